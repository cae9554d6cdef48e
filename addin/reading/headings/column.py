"""What a column of a markbook is, from its heading: a role, and for assessments strand, topic, total and half-term.

In this order: what the teacher says in `Setup`; a known word; a topic or a word for tests; a slip of the pen in one of these;
the word that stands above; a total that stands with it. What remains is left out, and said so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from addin.reading.grades import Scale, ladder
from addin.reading.grid import CellValue, as_text
from addin.reading.headings.roles import (
    ASSESSMENT_ROLES,
    ENGAGEMENT_ROLES,
    IDENTITY_ROLES,
    MARKED_ROLES,
    SINGLE_ROLES,
    WHO_ROLES,
    Role,
    synonyms,
)
from addin.reading.headings.text import bare, half_term_of, plain, range_of, total_of
from addin.reading.headings.told import CONFIRMED, GUESS, Told, misspelt_topic, role_of, told_by, with_slip
from addin.reading.headings.topics import strand_of, topic_of
from addin.reading.headings.typos import close_to
from addin.reading.marks import is_total
from model.vocabulary import Strand

__all__ = [
    "ASSESSMENT_ROLES",
    "CONFIRMED",
    "ENGAGEMENT_ROLES",
    "IDENTITY_ROLES",
    "LATEST",
    "MARKED_ROLES",
    "SINGLE_ROLES",
    "WHO_ROLES",
    "Column",
    "Role",
    "half_term_of",
    "left_out",
    "role_of",
    "strand_of",
    "topic_of",
    "total_in",
    "total_of",
    "understand",
]


@dataclass(frozen=True, kw_only=True)
class Column:
    """One understood column.

    Args:
        index: Its place in the rows it was read with, from 0.
        heading: The heading as written, in one line.
        role: What it is for.
        strand, topic: For topic tests.
        out_of: Total in marks; None where nothing tells it.
        half_term: 1 to 6 where the heading tells it.
        confidence: 1 for a known word or the teacher's own in `Setup`, less for a guess, 0 where it was not understood.
        why: What the role was told from: "exact", "Setup", "names Fractions", "close to 'attendance'", "total beside it" ...
        own: The lowest of several heading rows by itself, where the heading is made of what stands above it too.
        over: What the row of strands or topics says of it.
        scale: The scale of grades on which the column's marks are steps.
        ends: Lowest and highest of a rating's own scale, where it is another than the usual one.
        paper: For a question, the paper that it belongs to.
        lower_is_better: 1 is the best grade.
    """

    index: int
    heading: str
    role: Role
    strand: Strand | None = None
    topic: str | None = None
    out_of: float | None = None
    half_term: int | None = None
    confidence: float = 1.0
    why: str = "exact"
    own: str = ""
    over: str = ""
    scale: Scale | None = None
    ends: tuple[float, float] | None = None
    paper: str = ""
    lower_is_better: bool = False


def left_out(column: Column, why: str, confidence: float = 1.0) -> Column:
    """A column of which nothing is read, and why."""
    return replace(
        column, role=Role.IGNORED, strand=None, topic=None, out_of=None, confidence=confidence, why=why, scale=None
    )


_NOT_UNDERSTOOD = "not understood"
LATEST = "the latest of the half-terms beside it"
"""Why a column of attendance, homework or effort is left out that says once more what a half-term's own column says."""
_LATEST = re.compile(r"latest\b", re.IGNORECASE)
_COUNTED = re.compile(r"(?:w(?:ee)?k|term|no|t|ht)?\.?\s*\d*", re.IGNORECASE)
_PLAIN_TOTAL = re.compile(r"(?:/|out of|max)?\s*\d+(?:\.\d+)?(?:\s*marks?)?", re.IGNORECASE)


def understand(
    headings: Sequence[CellValue],
    *,
    out_of: Sequence[CellValue] = (),
    strands: Sequence[CellValue] = (),
    groups: Sequence[CellValue] = (),
    means: Mapping[str, str] | None = None,
    owns: Sequence[CellValue] = (),
) -> tuple[Column, ...]:
    """Every column of a heading row.

    Args:
        headings: The heading row.
        out_of: The row of totals, empty where there is none.
        strands: The row of strands, empty where there is none; it goes before what the heading itself says. A strand that
            stands over several columns at once, in merged cells, has its word in the first of them.
        groups: A row of other words above the headings, such as "Attendance" or "Autumn 1" over several columns.
        means: What `Setup` says: `plain` heading -> what it means, in the words of a heading.
        owns: The lowest of several heading rows by itself, where `headings` hold what stands above too.

    Returns:
        One column per heading. A heading that names no role is a test where a total stands with it, else ignored.

    Example:
        >>> [column.role.value for column in understand(["Name", "Angles", "Term project"], out_of=[None, 20, 15])]
        ['name', 'test', 'test']
        >>> understand(["Attendence"])[0].why
        "close to 'attendance'"
    """
    over, above = _over(strands, len(headings)), _over(groups or strands, len(headings))
    columns = []
    for index, cell in enumerate(headings):
        heading = as_text(cell)
        if not heading:
            columns.append(Column(index=index, heading="", role=Role.IGNORED, why="blank"))
            continue
        beside = total_in(out_of[index]) if index < len(out_of) else None
        own, carried = over[index]
        told = _understood(heading, own=own, group="".join(above[index]), total=beside, means=means or {})
        columns.append(
            _column(index, heading, told, beside=beside, own=own, carried=carried, above="".join(above[index]))
        )
    columns = [replace(c, own=as_text(own)) for c, own in zip(columns, owns, strict=True)] if owns else columns
    return _without_doubles(columns)


def total_in(value: CellValue) -> float | None:
    """The total that a cell of a row of totals holds: a number, or a text such as "/20" or "out of 20".

    Example:
        >>> total_in(20), total_in("/ 20"), total_in("TBC"), total_in(2026)
        (20.0, 20.0, None, None)
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return float(value) if is_total(value) else None
    text = as_text(value)
    return total_of(text if not text[:1].isdigit() else f"/{text}") if _PLAIN_TOTAL.fullmatch(text) else None


def _column(
    index: int, heading: str, told: Told, *, beside: float | None, own: str, carried: str, above: str
) -> Column:
    strand, topic = topic_of(told.words) if told.role is Role.TEST else (None, None)
    if told.role is Role.TEST and told.why != CONFIRMED:
        named = strand_of(own) if own else None
        if named is not None:
            # A topic that the program places elsewhere keeps its name under the strand that the teacher gave it.
            strand = named
        elif strand is None and carried:
            strand = strand_of(carried)
    total = None
    if told.role in ASSESSMENT_ROLES:
        per_cent = 100.0 if "%" in heading else None
        total = total_of(heading) or total_of(told.words) or beside or per_cent
    if told.role in ENGAGEMENT_ROLES and told.why == CONFIRMED:
        total = total_of(told.words)
    return Column(
        index=index,
        heading=heading,
        role=told.role,
        strand=strand,
        topic=topic,
        out_of=total,
        half_term=half_term_of(heading) or half_term_of(told.words) or half_term_of(above),
        confidence=told.confidence,
        why=told.why,
        over=own or carried,
        scale=ladder(told.words.partition(":")[2]) if told.why == CONFIRMED else None,
        ends=range_of(told.words) if told.why == CONFIRMED and told.role is Role.EFFORT else None,
    )


def _understood(heading: str, *, own: str, group: str, total: float | None, means: Mapping[str, str]) -> Told:
    told = told_by(heading)
    if told is not None and told.role is Role.RESULT:
        return told  # a map that makes something else of a result would have each run add it once more
    meant = means.get(plain(heading)) or means.get(plain(bare(heading)))
    if meant is not None and plain(meant).startswith("stages "):
        return Told(role=Role.TEST, words=meant, why=CONFIRMED)
    if meant is not None and (confirmed := told_by(meant)) is not None:
        return replace(confirmed, words=meant, confidence=1.0, why=CONFIRMED)
    if told is not None:
        return told if told.role is not Role.TEST or topic_of(heading)[0] else with_slip(told, heading)
    near = close_to(plain(bare(heading)), synonyms())
    if near is not None:
        word, role, likeness = near
        return Told(role=role, words=heading, confidence=likeness * GUESS, why=f"close to {word!r}")
    topic = misspelt_topic(bare(heading))
    if topic is not None:
        word, likeness = topic
        return Told(role=Role.TEST, words=word, confidence=likeness, why=f"close to {word!r}")
    over = told_by(group) if group else None
    if over is not None and over.role in (*ENGAGEMENT_ROLES, Role.MOCK) and _COUNTED.fullmatch(bare(heading)):
        return Told(role=over.role, words=heading, confidence=0.8, why=f"stands under {group!r}")
    if own and strand_of(own) is not None:
        return Told(role=Role.TEST, words=heading, confidence=0.8, why=f"stands under {own!r}")
    if total is not None or total_of(heading) is not None:
        return Told(role=Role.TEST, words=heading, confidence=0.6, why="total beside it")
    return Told(role=Role.IGNORED, words=heading, confidence=0.0, why=_NOT_UNDERSTOOD)


def _over(row: Sequence[CellValue], width: int) -> list[tuple[str, str]]:
    """For every column the word that stands right above it, and the word that a merged cell carries there from the left.

    One of the two is always empty. Where a word stands twice side by side, cells are not merged and nothing is carried.
    """
    texts = [as_text(row[index]) if index < len(row) else "" for index in range(width)]
    merged = not any(text and text == after for text, after in pairwise(texts))
    pairs, carried = [], ""
    for text in texts:
        carried = text or carried
        pairs.append((text, carried if merged and not text else ""))
    return pairs


def _without_doubles(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns; where a test stands as marks and as per cent of these, only the marks count; where the latest attendance,
    homework or effort stands beside several half-terms of it, only these."""
    marks = {plain(bare(c.heading)) for c in columns if c.role in ASSESSMENT_ROLES and "%" not in c.heading}
    half_terms = {role: {c.half_term for c in columns if c.role is role} - {None} for role in ENGAGEMENT_ROLES}

    def single(column: Column) -> Column:
        if column.why == CONFIRMED:
            return column
        if column.role in ASSESSMENT_ROLES and "%" in column.heading and plain(bare(column.heading)) in marks:
            return left_out(column, "the same test in per cent", column.confidence)
        if column.half_term is None and len(half_terms.get(column.role, ())) > 1 and _LATEST.match(column.heading):
            return left_out(column, LATEST)
        return column

    return tuple(map(single, columns))
