"""The sheet `Class list`: the class in order of priority, a line a student, on one page.

Decisions stand there as they were when the run was made; the teacher enters them beside the student in the markbook.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from addin.reading.grid import CellValue
from addin.results.edits import Listing
from addin.results.history import Entry, known_as
from addin.results.runs_line import line_of, runs_of
from addin.results.scored import Result, Review
from addin.results.short import cut, topics_on_one_line
from model.language.speech import Language

SHEET = "Class list"
HEADINGS = (
    "Priority", "Student", "Flag", "Risk", "Likely grade", "Target", "Strongest reason", "Topics to work on", "Change",
    "Last runs", "Decision", "Clinic", "Plain rule",
)  # fmt: skip
WIDTHS = (8, 24, 18, 7, 12, 7, 36, 46, 13, 10, 10, 24, 12)
REASON, TOPICS = HEADINGS.index("Strongest reason"), HEADINGS.index("Topics to work on")

Pairs = Mapping[str, tuple[str, str]]
"""Student key -> (Decision, Decision note)."""


def class_list(
    reviews: Sequence[Review],
    *,
    decisions: Sequence[Pairs],
    changes: Sequence[Mapping[str, str]],
    history: Sequence[Entry],
    clinics: Mapping[str, str],
    add: bool,
) -> Listing:
    """The sheet, of several classes one after the other.

    Args:
        reviews: The classes.
        decisions, changes: For each class, by the student's key, what the teacher decided and what changed.
        history: Every run, this one included.
        clinics: Student ID or name, in one case -> the clinic.
        add: Whether a workbook without the sheet gets it.
    """
    runs = runs_of(history)
    rows = []
    for review, decided, changed in zip(reviews, decisions, changes, strict=True):
        of_several = f" [{review.markbook.sheet}]" if len(reviews) > 1 else ""
        for result in review.in_order():
            known = runs.get(known_as(result, review, among=len(reviews)), [])
            rows.append(
                _row(
                    result,
                    name=f"{called(result)}{of_several}",
                    decision=decided.get(result.key, ("", ""))[0],
                    change=changed.get(result.key, ""),
                    line=line_of([entry.risk for entry in known if entry.risk is not None]),
                    language=review.language,
                    clinic=clinics.get((result.student_id or result.name).casefold(), ""),
                )
            )
    return Listing(
        sheet=SHEET, headings=HEADINGS, widths=WIDTHS, rows=tuple(rows), add=add, per_cents=frozenset({"Risk"})
    )


def called(result: Result) -> str:
    """The student's name, else the student ID, else the row."""
    return result.name or result.student_id or f"row {result.row}"


def _row(
    result: Result, *, name: str, decision: str, change: str, line: str, clinic: str, language: Language
) -> tuple[CellValue, ...]:
    return (
        result.priority,
        name,
        result.flag.value,
        None if result.risk is None else round(result.risk, 4),
        result.likely_grade,
        result.target,
        cut(result.reasons[0].short, WIDTHS[REASON]),
        topics_on_one_line(result.topics, longest=WIDTHS[TOPICS], language=language) or None,
        change.partition(" since ")[0] or None,
        line or None,
        decision or None,
        clinic or None,
        result.beside_the_rule(),
    )
