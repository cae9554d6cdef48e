"""A decision entered in the task pane -> edits of the student's own two cells, `Decision` and `Decision note`."""

from __future__ import annotations

from dataclasses import replace

from addin.errors import RequestProblem
from addin.reading.grid import Book
from addin.reading.markbook import read_markbook
from addin.results.annotate import empty
from addin.results.columns import DECISIONS
from addin.results.earlier import decisions_in
from addin.results.edits import SheetEdits

LONGEST_NOTE = 1000
"""Characters; more belongs elsewhere."""


def decide(book: Book, *, key: str, decision: str, note: str, seen: tuple[str, str] | None = None) -> SheetEdits:
    """The edits that enter a decision for one student; no other cell changes.

    Args:
        book: What a host read.
        key: The student's key, as the glance gave it.
        decision: Accept, Reject or Defer; "" takes an earlier one back.
        note: The teacher's words, "" for none.
        seen: Decision and note as the teacher saw them last; left out, whatever stands in the sheet is replaced.

    Raises:
        RequestProblem: The decision is none of these, the note is too long, the student cannot be told or is not there, or the
            sheet has another decision or note by now, such as a colleague's.
        MarkbookError: The sheet cannot be found or read.

    Example:
        >>> from addin.reading.headings.roles import RESULT_HEADINGS
        >>> from addin.reading.grid import Sheet
        >>> rows = (("Name", "Angles (20)", *RESULT_HEADINGS), ("Ova Zarrin", 2, *[None] * 9), ("Tul Beska", 9, *[None] * 9))
        >>> edits = decide(Book(sheets=(Sheet(name="Y9", rows=rows),)), key="name:tul beska|", decision="Defer", note="")
        >>> [(column.spec.heading, column.values) for column in edits.columns]
        [('Decision', {3: 'Defer'}), ('Decision note', {3: None})]
    """
    if decision and decision not in DECISIONS:
        raise RequestProblem(f"{decision!r} is not a decision. Choose {', '.join(DECISIONS)}, or none.")
    if len(note) > LONGEST_NOTE:
        raise RequestProblem(f"The note has {len(note)} characters, {LONGEST_NOTE} are allowed. Shorten it.")
    markbook = read_markbook(book)
    edits = empty(markbook)
    new = {"Decision": decision or None, "Decision note": note or None}
    columns = [column for column in edits.columns if column.spec.heading in new]
    if len(columns) < len(new):
        raise RequestProblem(
            f"Sheet {markbook.sheet!r} has no columns Decision and Decision note yet. Press Score class, which adds them."
        )
    student = next((student for student in markbook.students if student.key == key), None)
    if student is None:
        raise RequestProblem(
            f"The student is no longer on sheet {markbook.sheet!r}. Nothing was written. Refresh the list and try again."
        )
    if not student.key_is_unique:
        raise RequestProblem(
            f"Sheet {markbook.sheet!r}, row {student.row}: the student cannot be told from another. Nothing was written. Correct "
            "the identity, or enter the decision in the sheet."
        )
    there = decisions_in(book, sheet=markbook.sheet).get(key, ("", ""))
    if seen is not None and there != seen:
        raise RequestProblem(
            f"Sheet {markbook.sheet!r}, row {student.row}: somebody has entered {' '.join(filter(None, there)) or 'nothing'!r} "
            "here since. Nothing was written. Refresh the list, look, and decide again."
        )
    return replace(
        edits,
        columns=tuple(replace(column, values={student.row: new[column.spec.heading]}) for column in columns),
    )
