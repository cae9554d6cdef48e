"""Clinic packs: in come a marked book with its plan, out go pages to print for each session, for the teacher and for each student.

    plan and results -> sets (questions by topic and level) -> pack (frozen records) -> HTML or Word -> a folder

A student's page holds the student's own name and mathematics, and nothing else: no flag, risk, mark or other student.
"""
