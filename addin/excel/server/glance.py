"""The class at a glance, as data for the task pane: counts, and the students in order of priority with all that is known of them.

It is worked out from the workbook as it is now, by the same way as Score class, and nothing is written.
"""

from __future__ import annotations

from typing import Any

from addin.excel.server.once import class_reviews
from addin.reading.grid import Book, as_text
from addin.reading.language import NAME
from addin.results.as_json import of_activity, of_query, of_result, of_step
from addin.results.columns import DECISIONS
from addin.results.earlier import decisions_in
from addin.results.scored import Result
from model.language.speech import ENGLISH, Language
from model.vocabulary import Flag, Strand


def glance(book: Book, *, language: Language = ENGLISH) -> dict[str, Any]:
    """Everything the task pane shows, ready for JSON.

    Args:
        book: What a host read.
        language: The pane's, in which reasons are told where Setup names none: there they are told as in the sheet.

    Returns:
        `class`, `sheet`, `half_term` and `half_term_from`; `counts`: flag -> students, all four flags in their order; `flags`
        and `strands`: what filters; `decisions`: what may be entered; `can_decide`: whether the sheet has a column for it
        (Score class adds it); `students` in order of priority, those without a score last (`of_student`); `queries`: what was
        not understood.

    Raises:
        MarkbookError: The sheet cannot be found or read.

    Example:
        >>> from addin.reading.grid import Sheet
        >>> rows = (("Name", "Target", "Angles (20)"), ("Tul Beska", 6, "Abs"), ("Ova Zarrin", 7, 2))
        >>> seen = glance(Book(sheets=(Sheet(name="Y9", rows=rows),)))
        >>> seen["counts"]["▲ High"], [student["name"] for student in seen["students"]], seen["can_decide"]
        (1, ['Ova Zarrin', 'Tul Beska'], False)
    """
    asked = None if as_text(book.names.get(NAME)) else language
    (done, *_), _ = class_reviews(book, language=asked)  # of several classes the first
    markbook = done.markbook
    decisions = decisions_in(book, sheet=markbook.sheet) if "Decision" in markbook.results else {}
    sure = {student.key for student in markbook.students if student.key_is_unique}
    return {
        "class": as_text(book.names.get("class_name")) or markbook.sheet,
        "sheet": markbook.sheet,
        "half_term": int(markbook.cohort.half_term),
        "half_term_from": markbook.half_term_from,
        "counts": {flag.value: students for flag, students in done.counts().items()},
        "flags": [flag.value for flag in Flag],
        "strands": [strand.value for strand in Strand],
        "decisions": list(DECISIONS),
        "can_decide": "Decision" in markbook.results,
        "students": [
            of_student(result, decisions.get(result.key, ("", "")), known=result.key in sure)
            for result in done.in_order()
        ],
        "queries": [of_query(query) for query in markbook.queries],
    }


def of_student(result: Result, decided: tuple[str, str], *, known: bool) -> dict[str, Any]:
    """One student of the glance.

    Args:
        result: What the run says.
        decided: Decision and note, as they stand in the sheet.
        known: Whether the identity cells tell the student from all others; without that no decision can be entered.

    Returns:
        `key`, with which a decision is entered; `row`, `student_id`, `name`, `flag`, `risk` (0-1 or null), `priority` (or null),
        `reasons`, `topics`, `activities`, `pathway`, `decision`, `note`, `known`.
    """
    return {
        "key": result.key,
        **of_result(result),
        "activities": [
            {**of_activity(activity), "kind": str(activity.kind), "misconception": activity.misconception}
            for activity in result.activities
        ],
        "pathway": [of_step(step) for step in result.pathway],
        "decision": decided[0],
        "note": decided[1],
        "known": known,
    }
