"""What an earlier result holds that the next one must not lose: the teacher's decisions, the history, and the clinics' register.

Everything is carried over by identity, and what cannot be carried over keeps the new result from being written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from addin.errors import DecisionsAtRisk
from addin.reading.grid import Book, address, as_text
from addin.reading.markbook import Markbook, read_markbook
from addin.results.clinic_register import Cells, Line, plan_rows, read_register
from addin.results.clinic_slots import slot_rows
from addin.results.history import Entry, read_history
from model.vocabulary import counted

Decisions = Mapping[str, tuple[str, str]]
"""Student key -> (Decision, Decision note), as the teacher entered them."""


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """What an earlier result holds that must not be lost when a new one takes its place."""

    decisions: Decisions = field(default_factory=dict)
    history: tuple[Entry, ...] = ()
    register: tuple[Line, ...] = ()
    plan: tuple[Cells, ...] = ()
    """Every row of the sheet `Clinic plan`, those of the register among them."""
    clinics: tuple[Cells, ...] = ()
    """Every clinic of the sheet `Clinics`, for a workbook that lacks it."""


NOTHING_EARLIER = Earlier()


def earlier_in(book: Book, *, sheet: str | None = None) -> Earlier:
    """What a marked book holds that the next result must not lose."""
    return Earlier(
        decisions=decisions_in(book, sheet=sheet),
        history=read_history(book) or (),
        register=read_register(book) or (),
        plan=tuple(cells for _, cells in plan_rows(book) or ()),
        clinics=slot_rows(book),
    )


def decisions_in(book: Book, *, sheet: str | None = None) -> dict[str, tuple[str, str]]:
    """The teacher's decisions and notes in a marked book, by student key; students without either are left out."""
    return decisions_at(book, read_markbook(book, sheet=sheet), {})


def decisions_at(book: Book, markbook: Markbook, earlier: Decisions) -> dict[str, tuple[str, str]]:
    """The decisions and notes that hold for the students of a sheet: its own, else an earlier result's."""
    found = dict(earlier)
    for student in markbook.students:
        pair = _decision_at(book, markbook, student.row)
        if any(pair):
            found[student.key] = pair
    return found


def _decision_at(book: Book, markbook: Markbook, row: int) -> tuple[str, str]:
    sheet = book.sheet(markbook.sheet)

    def text(heading: str) -> str:
        column = markbook.results.get(heading)
        if sheet is None or column is None:
            return ""
        if sheet.cell(row, column) is None and (row, column) in sheet.formulas:
            raise DecisionsAtRisk(
                f"Sheet {sheet.name!r}, cell {address(row, column)}: a formula without a stored result stands where a decision "
                "would. Open the file in Excel and save it, or delete the formula."
            )
        return as_text(sheet.cell(row, column))

    return text("Decision"), text("Decision note")


def carried(markbook: Markbook, book: Book, earlier: Decisions) -> dict[str, tuple[str, str]]:
    """Earlier decisions for students whose cells here are still empty."""
    here = {student.key: student for student in markbook.students}
    lost = sorted(key for key in earlier if key not in here or not here[key].key_is_unique)
    if lost:
        who = lost[0].partition("\n")[0].partition("|")[0].replace(":", " ", 1)
        where = "stands there twice" if lost[0] in here else "is not on the sheet now"
        raise DecisionsAtRisk(
            f"Sheet {markbook.sheet!r}: {counted(len(lost), 'earlier decision')} would be lost, the first "
            f"for the student with {who}, who {where}. Choose another output with -o, or correct the list of students."
        )
    return {key: pair for key, pair in earlier.items() if not any(_decision_at(book, markbook, here[key].row))}
