"""To which clinic a student is invited, as the sheet `Clinic plan` says it."""

from __future__ import annotations

from collections.abc import Sequence

from addin.reading.grid import as_text
from addin.results.clinic_register import INVITED, STATUS, Line
from model.vocabulary import day_told


def clinics_of(register: Sequence[Line] | None) -> dict[str, str]:
    """Student ID or name, in one case -> the latest clinic that the student is invited to, with its day.

    Example:
        >>> from addin.reading.grid import Book, Sheet
        >>> from addin.results.clinic_register import HEADINGS, read_register
        >>> row = ("2026-02-09", "Mon lunch", "Invited", "ZQ1", "Ova Zarrin", "Fractions", 0.5, None, "Priority 1", 1, None)
        >>> clinics_of(read_register(Book(sheets=(Sheet(name="Clinic plan", rows=(HEADINGS, row)),))))
        {'zq1': 'Mon lunch, 9 Feb'}
    """
    invited = [line for line in register or () if line.day and line.who and as_text(line.cells[STATUS]) == INVITED]
    invited.sort(key=lambda line: (line.day, line.slot))
    return {line.who: f"{line.slot}, {day_told(line.day, '{number} {short}')}" for line in invited if line.day}
