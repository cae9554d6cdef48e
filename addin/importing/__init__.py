"""Takes an export into a markbook.

In come its rows and the students' sheet, out go cells to fill, students to add, and the rest, told.
"""
