"""Papers question by question: which columns are questions, of which paper, and out of what.

Questions stand as "Q1, Q2, 3a, 3b", as numbers with their topics or maxima above, or as a quiz form exports them: "Points - Solve
2x + 3 = 7". They add up to their paper and to their topics; a single question is no assessment.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from addin.reading.headings.column import ASSESSMENT_ROLES, CONFIRMED, Column, Role, left_out
from addin.reading.headings.text import bare, plain
from addin.reading.headings.topics import topic_of
from addin.reading.shape.profile import Profile

FEWEST_QUESTIONS = 3
"""Numbered headings that make a paper: two columns "Q1" and "Q2" may be quizzes."""

MOST_MARKS = 20.0
"""Marks of one question; what is out of more is a test that is called by a number, or a quarter of the year."""

_NUMBERED = re.compile(
    r"(?:q(?:uestions?|u|n|\.)?|qn|aufgabe|frage|ex(?:ercise)?|item)"
    r"[ ._-]*\d{1,2}[ ._-]*[a-h]?[ ._]*(?:\(?(?:[a-h]|[ivx]{1,4})\)?)*"
    r"|\d{1,2}[ .]?(?:\(?(?:[a-h]|[ivx]{1,4})\)?){0,3}",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"\d{1,2}")
_POINTS = re.compile(r"points? ?[-–:] ?(?P<q>.+)", re.IGNORECASE)
_SCORE_BEHIND = re.compile(r"(?P<q>.+?) ?\[score\]", re.IGNORECASE)
_BESIDE = re.compile(r"(?:feedback|comments?) ?[-–:] ?.+|.+\[(?:feedback|comments?)\]", re.IGNORECASE)
UNTITLED = "Questions"
"""What a paper is called that nothing names."""
_GENERIC = re.compile(
    r"(?:sheet|tabelle|feuil|hoja|foglio|blad|arkusz|planilha|form responses?|responses?) ?\d*", re.IGNORECASE
)
"""Names that programs give to sheets and that tell nothing of what stands there."""
_QUARTERS = ("q1", "q2", "q3", "q4")


def questions_in(columns: Sequence[Column], profiles: Sequence[Profile], *, title: str) -> tuple[Column, ...]:
    """The columns, those of questions told as such, each with its paper, topic and maximum.

    Args:
        columns: The columns, as their headings are understood.
        profiles: What each holds over the rows of students.
        title: What a paper is called that nothing above its questions names: the sheet's name.

    Example:
        >>> from addin.reading.headings.column import understand
        >>> from addin.reading.shape.profile import profiles
        >>> headings = ["Name", "Q1", "Q2", "Q3", "Total"]
        >>> read = understand(headings, out_of=[None, 4, 5, 3, 12], strands=[None, "Ratio", "Angles", "Speed", None])
        >>> told = questions_in(read, profiles([("Ova", 1, 4, 2, 7), ("Tul", 3, 5, 0, 8)], 5), title="Paper 1")
        >>> [(column.role.value, column.topic, column.out_of, column.paper) for column in told[1:3]]
        [('question', None, 4.0, 'Paper 1'), ('question', 'Angles', 5.0, 'Paper 1')]
    """
    title = UNTITLED if _GENERIC.fullmatch(title) else title
    exported = _exported(columns, title)
    if exported is not None:
        return _with_maxima(exported, profiles)
    numbered = [
        column.index
        for column, profile in zip(columns, profiles, strict=True)
        if column.why != CONFIRMED and _is_numbered(column) and _can_be_a_question(column, profile)
    ]
    quarters = {plain(columns[i].own or columns[i].heading) for i in numbered} <= set(_QUARTERS)
    told_as_such = [column.index for column in columns if column.role is Role.QUESTION]
    if quarters and not any(columns[i].out_of for i in numbered):
        numbered = []
    bare_numbers = all(_BARE_NUMBER.fullmatch(columns[i].own or columns[i].heading) for i in numbered)
    if bare_numbers and not all(columns[i].out_of or columns[i].topic or columns[i].strand for i in numbered):
        numbered = []  # weeks or register numbers
    if len(numbered) < FEWEST_QUESTIONS and not told_as_such:
        return tuple(columns)
    meant = {*told_as_such, *(numbered if len(numbered) >= FEWEST_QUESTIONS else ())}
    return _with_maxima(_with_papers(columns, meant, title), profiles)


def _is_numbered(column: Column) -> bool:
    text = (column.own or bare(column.heading)).strip()
    return column.role in (*ASSESSMENT_ROLES, Role.IGNORED) and _NUMBERED.fullmatch(text) is not None


def _can_be_a_question(column: Column, profile: Profile) -> bool:
    return (
        profile.is_numeric
        and profile.lowest >= 0
        and profile.highest <= MOST_MARKS
        and (column.out_of is None or column.out_of <= MOST_MARKS)
    )


def _exported(columns: Sequence[Column], title: str) -> tuple[Column, ...] | None:
    """The columns of a quiz form's export: points are questions; answers, feedback and comments beside them are left out."""
    found = {
        c.index: match for c in columns if (match := _POINTS.fullmatch(c.heading) or _SCORE_BEHIND.fullmatch(c.heading))
    }
    if not found:
        return None
    asked = {plain(match["q"]) for match in found.values()}
    told = []
    for column in columns:
        match = found.get(column.index)
        if match is not None:
            strand, topic = topic_of(match["q"]) if _leaves_no_doubt(match["q"]) else (None, None)
            told.append(
                replace(
                    column, role=Role.QUESTION, strand=strand, topic=topic, paper=title, confidence=0.9,
                    why="points of a question",
                )
            )  # fmt: skip
        elif plain(column.heading) in asked or _BESIDE.fullmatch(column.heading):
            told.append(left_out(column, "an answer or feedback"))
        elif plain(column.heading) in ("total points", "quiz feedback", "grade posted time", "score"):
            told.append(left_out(column, "worked out from marks"))
        else:
            told.append(column)
    return tuple(told)


def _leaves_no_doubt(question: str) -> bool:
    """Whether a question's words may be taken for its topic: a topic's name alone, not a sentence in which such a word stands."""
    return len(bare(question).split()) <= 4 and not re.search(r"[=?+×÷]|\d", question)


def _with_papers(columns: Sequence[Column], questions: set[int], title: str) -> tuple[Column, ...]:
    """The questions with their papers: what stands above them, else one paper; numbers that begin again begin another."""
    told, above, seen, number = [], "", set[str](), 1
    several = Counter(plain(columns[i].own or columns[i].heading) for i in questions).most_common(1)[0][1] > 1
    for column in columns:
        if column.index not in questions:
            told.append(column)
            continue
        label = plain(column.own or column.heading)
        group = column.heading.removesuffix(column.own).strip() if column.own and column.heading != column.own else ""
        if group != above and group:
            above, seen = group, set()
        elif label in seen:
            number, seen = number + 1, set()
        seen.add(label)
        paper = above or (f"{title}, part {number}" if several else title)
        strand, topic = topic_of(column.over) if column.over else (None, None)
        told.append(
            replace(
                column, role=Role.QUESTION, strand=strand, topic=topic, paper=paper,
                confidence=max(column.confidence, 0.95), why="a question",
            )
        )  # fmt: skip
    return tuple(told)


def _with_maxima(columns: Sequence[Column], profiles: Sequence[Profile]) -> tuple[Column, ...]:
    """Where nothing tells what a question is out of, the best mark stands for it, and this is said."""
    return tuple(
        replace(
            column,
            out_of=profile.highest,
            confidence=0.7,
            why=f"{column.why}; out of its best mark, {profile.highest:g}",
        )
        if column.role is Role.QUESTION and column.out_of is None and profile.known and profile.highest > 0
        else column
        for column, profile in zip(columns, profiles, strict=True)
    )
