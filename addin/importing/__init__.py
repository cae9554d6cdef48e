"""Takes an export into a markbook, and a markbook into the next school year.

In come an export's rows and the students' sheet, out go cells to fill and to empty, students to add or to leave out, and the rest,
told.
"""
