"""What a column of a markbook is, from its heading: a role, and for assessments strand, topic, total and half-term."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from addin.annotations import RESULT_HEADINGS
from addin.grid import CellValue, as_text
from addin.marks import LARGEST_TOTAL
from model.vocabulary import HALF_TERMS, TOPICS, Strand


class Role(Enum):
    """What a column is for. Audit columns and outcomes are never features of the model."""

    STUDENT_ID = "student ID"
    UPN = "UPN"
    SURNAME = "surname"
    FORENAME = "forename"
    NAME = "name"
    FORM = "form"
    SET = "set"
    TIER = "tier"
    KS2 = "key stage 2"
    TARGET = "target grade"
    WORKING_AT = "working-at grade"
    ATTENDANCE = "attendance"
    HOMEWORK = "homework"
    EFFORT = "effort"
    TEST = "test"
    MOCK = "mock"
    AUDIT = "audit only"
    OUTCOME = "outcome"
    RESULT = "result"
    IGNORED = "ignored"


IDENTITY_ROLES = (Role.STUDENT_ID, Role.UPN, Role.SURNAME, Role.FORENAME, Role.NAME)
ASSESSMENT_ROLES = (Role.TEST, Role.MOCK)


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
    """

    index: int
    heading: str
    role: Role
    strand: Strand | None = None
    topic: str | None = None
    out_of: float | None = None
    half_term: int | None = None


_SYNONYMS: dict[Role, tuple[str, ...]] = {
    Role.STUDENT_ID: (
        "student id", "pupil id", "id", "admission number", "admission no", "adno", "student number", "candidate number",
        "candidate no", "student code", "mis id", "exam number", "exam no", "exam candidate number",
    ),
    Role.UPN: ("upn", "unique pupil number"),
    Role.SURNAME: ("surname", "last name", "family name", "legal surname"),
    Role.FORENAME: ("forename", "first name", "given name", "preferred name", "preferred forename", "legal forename"),
    Role.NAME: ("name", "student", "pupil", "student name", "pupil name", "full name", "names"),
    Role.FORM: ("form", "tutor group", "reg", "reg group", "registration group", "tutor", "registration form"),
    Role.SET: ("set", "class", "teaching group", "maths set", "group"),
    Role.TIER: ("tier", "entry tier", "tier of entry"),
    Role.KS2: (
        "ks2", "ks2 maths", "ks2 score", "ks2 scaled score", "ks2 maths scaled score", "key stage 2", "sats", "sats score",
        "ks2 ma", "ks2 sats",
    ),
    Role.TARGET: (
        "target", "target grade", "gcse target", "mtg", "fft", "fft20", "fft 20", "fft50", "aspirational target",
        "minimum target grade", "ks4 target", "end of year target",
    ),
    Role.WORKING_AT: (
        "working at", "working-at", "working at grade", "working-at grade", "wag", "current grade", "predicted",
        "predicted grade", "prediction", "forecast grade", "teacher prediction",
    ),
    Role.ATTENDANCE: ("attendance", "attendance %", "att", "att %", "% attendance", "attendance per cent"),
    Role.HOMEWORK: (
        "homework", "homework %", "hw", "hw %", "% homework", "homework completed", "homework completion", "prep", "prep %",
    ),
    Role.EFFORT: ("effort", "atl", "attitude to learning", "effort grade", "effort score", "engagement"),
    Role.AUDIT: (
        "pp", "pupil premium", "sen", "send", "sen status", "eal", "sex", "gender", "fsm", "ethnicity", "lac", "cla",
        "young carer", "disadvantaged", "date of birth", "dob",
    ),
    Role.OUTCOME: ("final grade", "gcse grade", "gcse result", "final gcse grade", "actual grade"),
    Role.IGNORED: (
        "year", "year group", "teacher", "joined", "date joined", "comment", "comments", "notes", "note", "total", "overall",
        "average", "mean", "overall %", "total %", "average %", "rank", "position", "grade", "%", "cat", "cats", "cat score",
        "clinics offered", "clinics attended", "email", "e-mail", "no", "seat", "seat number", "phone",
        "phone number", "contact number", "locker number",
    ),
}  # fmt: skip
_ROLE_OF = {synonym: role for role, synonyms in _SYNONYMS.items() for synonym in synonyms}
_RESULT_OF = {heading.casefold() for heading in RESULT_HEADINGS}

_TOPIC_WORDS: tuple[tuple[str, str], ...] = (
    # The more particular word stands before the more general one.
    ("grouped", "Grouped mean"), ("estimated mean", "Grouped mean"), ("scale factor", "Scale factor"),
    ("enlarg", "Scale factor"), ("similar shapes", "Scale factor"), ("expected freq", "Expected frequency"),
    ("relative freq", "Expected frequency"), ("equally likely", "Equally likely outcomes"),
    ("sample space", "Equally likely outcomes"), ("independen", "Independence"), ("tree diagram", "Tree diagrams"),
    ("probability tree", "Tree diagrams"), ("fraction", "Fractions"), ("decimal", "Decimals"), ("negative", "Negative numbers"),
    ("directed number", "Negative numbers"), ("multipl", "Multiplying and dividing"), ("divid", "Multiplying and dividing"),
    ("division", "Multiplying and dividing"), ("times table", "Multiplying and dividing"), ("powers", "Powers"),
    ("indices", "Powers"), ("index laws", "Powers"), ("standard form", "Powers"), ("expand", "Expanding"),
    ("bracket", "Expanding"), ("factoris", "Expanding"), ("notation", "Notation"), ("substitut", "Notation"),
    ("expressions", "Notation"), ("equation", "Equations"), ("solving", "Equations"), ("inequalit", "Equations"),
    ("straight line", "Straight lines"), ("linear graph", "Straight lines"), ("gradient", "Straight lines"),
    ("nth term", "Nth term"), ("sequence", "Nth term"), ("percentage", "Percentage change"), ("interest", "Percentage change"),
    ("speed", "Speed"), ("compound measure", "Speed"), ("sharing", "Sharing in a ratio"), ("proportion", "Proportion"),
    ("best buy", "Proportion"), ("scaling", "Scaling"), ("recipe", "Scaling"), ("area", "Area and perimeter"),
    ("perimeter", "Area and perimeter"), ("angle", "Angles"), ("pythag", "Pythagoras"), ("regular shape", "Regular shapes"),
    ("polygon", "Regular shapes"), ("average", "Averages"), ("median", "Averages"), ("mean", "Averages"),
    ("pie chart", "Pie charts"), ("scatter", "Scatter graphs"),
)  # fmt: skip
_STRAND_WORDS: tuple[tuple[str, Strand], ...] = (
    ("number", Strand.NUMBER), ("rounding", Strand.NUMBER), ("estimat", Strand.NUMBER), ("surd", Strand.NUMBER),
    ("prime", Strand.NUMBER), ("algebra", Strand.ALGEBRA), ("quadratic", Strand.ALGEBRA), ("function", Strand.ALGEBRA),
    ("graph", Strand.ALGEBRA), ("formula", Strand.ALGEBRA), ("ratio", Strand.RATIO), ("rates", Strand.RATIO),
    ("geometry", Strand.GEOMETRY), ("shape", Strand.GEOMETRY), ("volume", Strand.GEOMETRY), ("circle", Strand.GEOMETRY),
    ("trig", Strand.GEOMETRY), ("transform", Strand.GEOMETRY), ("vector", Strand.GEOMETRY), ("bearing", Strand.GEOMETRY),
    ("loci", Strand.GEOMETRY), ("construction", Strand.GEOMETRY), ("congruen", Strand.GEOMETRY),
    ("probab", Strand.PROBABILITY), ("venn", Strand.PROBABILITY), ("statistic", Strand.STATISTICS),
    ("histogram", Strand.STATISTICS), ("cumulative freq", Strand.STATISTICS), ("box plot", Strand.STATISTICS),
    ("data", Strand.STATISTICS),
)  # fmt: skip

_HALF_TERM = re.compile(
    r"\b(?:ht|half[ -]?term)\s*([1-6])\b|\b(autumn|spring|summer)\s*(?:term\s*)?([12])\b", re.IGNORECASE
)
_TERM_START = {"autumn": 0, "spring": 2, "summer": 4}
_TOTAL = re.compile(
    r"\(\s*(?:out of|max|/)?\s*(\d+(?:\.\d+)?)\s*(?:marks?)?\s*\)|(?:/|\bout of\s|\bmax\s)\s*(\d+(?:\.\d+)?)\s*(?:marks?)?\s*$",
    re.IGNORECASE,
)
_DATE = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b")
_WORKED_OUT = re.compile(
    # What a sheet works out from the marks is no further assessment.
    r"((class|test|tests|overall|year|running|weighted|maths?) )?(total|sum|average|mean)( (marks?|scores?|per ?cent))?( ?%)?",
    re.IGNORECASE,
)
_MOCK = re.compile(r"\b(mock|paper|ppe|exam)\b", re.IGNORECASE)
_ASSESSMENT = re.compile(
    r"\b(tests?|quiz|assess(?:ment)?|unit|topic|check(?: ?point)?|task|mini|baseline test|starter)\b", re.IGNORECASE
)


def half_term_of(heading: str) -> int | None:
    """The half-term that a heading names, 1 to 6.

    Example:
        >>> half_term_of("Attendance % HT3"), half_term_of("Homework Spring 2"), half_term_of("Angles")
        (3, 4, None)
    """
    found = _HALF_TERM.search(heading)
    if not found:
        return None
    number = int(found[1]) if found[1] else _TERM_START[found[2].casefold()] + int(found[3])
    return number if 1 <= number <= HALF_TERMS else None


def total_of(heading: str) -> float | None:
    """The total that a heading names.

    Example:
        >>> total_of("Fractions (20)"), total_of("Ratio\\n/20"), total_of("Mock 1 Paper 2")
        (20.0, 20.0, None)
    """
    found = _TOTAL.search(_DATE.sub(" ", heading))
    total = float(found[1] or found[2]) if found else 0.0
    return total if 0 < total <= LARGEST_TOTAL else None


def strand_of(text: str) -> Strand | None:
    """The strand that a word of a strand row names, None where it names none.

    Example:
        >>> strand_of("Geometry and measures"), strand_of("Total")
        (<Strand.GEOMETRY: 'Geometry'>, None)
    """
    low = text.casefold()
    return next((strand for strand in Strand if low.startswith(strand.casefold())), None) or next(
        (strand for word, strand in _STRAND_WORDS if word in low), None
    )


def topic_of(heading: str) -> tuple[Strand | None, str | None]:
    """Strand and topic that a heading names: one of the 28 topics, or the teacher's own word where only the strand is known.

    Example:
        >>> topic_of("Pythagoras HT5"), topic_of("Volume"), topic_of("Algebra (30)"), topic_of("Test 4")
        ((<Strand.GEOMETRY: 'Geometry'>, 'Pythagoras'), (<Strand.GEOMETRY: 'Geometry'>, 'Volume'), \
(<Strand.ALGEBRA: 'Algebra'>, None), (None, None))
    """
    low = _bare(heading).casefold()
    if low in {strand.casefold() for strand in Strand}:
        return strand_of(low), None
    topic = next((topic for topic in TOPICS if topic.casefold() in low), None) or next(
        (topic for word, topic in _TOPIC_WORDS if word in low), None
    )
    if topic is not None:
        return TOPICS[topic], topic
    strand = strand_of(low)
    if strand is None or low.startswith(strand.casefold()):
        return strand, None
    return strand, _bare(heading)


def _bare(heading: str) -> str:
    """A heading without half-term, total and the space around them."""
    return " ".join(_TOTAL.sub(" ", _HALF_TERM.sub(" ", heading)).split()).strip(" -–:,")


def role_of(heading: str) -> Role | None:
    """The role that a heading names by itself, None where it names none (an unknown word, or nothing).

    Example:
        >>> role_of("Attendance % HT2"), role_of("Mock 1 Paper 2"), role_of("Volume (30)"), role_of("Favourite colour")
        (<Role.ATTENDANCE: 'attendance'>, <Role.MOCK: 'mock'>, <Role.TEST: 'test'>, None)
    """
    text = " ".join(heading.split())
    low = text.casefold()
    bare = _bare(text).casefold().rstrip(".")
    if not low:
        return None
    if low in _RESULT_OF:
        return Role.RESULT
    named = _ROLE_OF.get(low) or _ROLE_OF.get(bare)
    if named is not None:
        return named
    if _WORKED_OUT.fullmatch(bare):
        return Role.IGNORED
    if _MOCK.search(low):
        return Role.MOCK
    if _ASSESSMENT.search(low) or topic_of(text)[0] is not None:
        return Role.TEST
    return None


def understand(
    headings: Sequence[CellValue],
    *,
    out_of: Sequence[CellValue] = (),
    strands: Sequence[CellValue] = (),
) -> tuple[Column, ...]:
    """Every column of a heading row.

    Args:
        headings: The heading row.
        out_of: The row of totals, empty where there is none.
        strands: The row of strands, empty where there is none; it goes before what the heading itself says.

    Returns:
        One column per heading. A heading that names no role is a test where a total stands with it, else ignored.

    Example:
        >>> [column.role.value for column in understand(["Name", "Angles", "Term project"], out_of=[None, 20, 15])]
        ['name', 'test', 'test']
    """
    columns = []
    for index, cell in enumerate(headings):
        heading = as_text(cell)
        total = total_of(heading) or _number(out_of, index)
        role = role_of(heading)
        if role is None:
            role = Role.TEST if heading and total is not None and _number(out_of, index) is not None else Role.IGNORED
        strand, topic = topic_of(heading) if role is Role.TEST else (None, None)
        told = strand_of(as_text(strands[index])) if index < len(strands) else None
        if role is Role.TEST and told is not None:
            # A topic that the program places elsewhere keeps its name under the strand that the teacher gave it.
            strand = told
        columns.append(
            Column(
                index=index,
                heading=heading,
                role=role,
                strand=strand,
                topic=topic,
                out_of=total if role in ASSESSMENT_ROLES else None,
                half_term=half_term_of(heading),
            )
        )
    return tuple(columns)


def _number(row: Sequence[CellValue], index: int) -> float | None:
    value = row[index] if index < len(row) else None
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return float(value) if 0 < value <= LARGEST_TOTAL else None
    return total_of(f"/{as_text(value)}") if re.fullmatch(r"/?\s*\d+(\.\d+)?", as_text(value)) else None
