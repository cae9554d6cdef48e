"""What is read from sheets that were misread once, and from shapes by generator, beside what is right.

python -m tests.reading.sheets        a line for each: right, asked, refused rightly or wrong, and what was read
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import isnan
from pathlib import Path

from addin.errors import InDoubt, MarkbookError, SheetProblem
from addin.hosts.closed_file import ClosedFile
from addin.reading.grid import Book
from addin.reading.headings.column import Role
from addin.reading.markbook import Markbook, read_markbook
from addin.review import reviews
from tests.public_data import data_folder
from tests.reading.shapes import Shape, shapes

RIGHT, ASKED, REFUSED, WRONG = "right", "asked", "refused rightly", "wrong"


@dataclass(frozen=True)
class Verdict:
    """What came of one sheet."""

    name: str
    verdict: str
    told: str


def told(markbook: Markbook) -> str:
    """What was read, in a line."""
    tests = ", ".join(f"{a.title}{'' if a.out_of is None else f' ({a.out_of:g})'}" for a in markbook.cohort.assessments)
    roles = Counter(
        c.role.value for c in markbook.columns if c.heading and c.role not in (Role.TEST, Role.MOCK, Role.RESULT)
    )
    return f"{len(markbook.students)} students; {tests}; {', '.join(f'{n} {role}' for role, n in roles.items())}"


def of_shape(shape: Shape) -> Verdict:
    """What comes of a generated sheet."""
    try:
        markbook = read_markbook(Book(sheets=(shape.sheet,)))
    except InDoubt as doubt:
        return Verdict(shape.name, ASKED if shape.asked or shape.refused else WRONG, str(doubt))
    except SheetProblem as problem:
        return Verdict(shape.name, REFUSED if shape.refused or shape.asked else WRONG, str(problem))
    wrong = "" if not shape.refused else "read, and should be refused"
    cohort = markbook.cohort
    read = [(a.title, a.out_of, float(cohort.earned[0, j])) for j, a in enumerate(cohort.assessments)]
    if not wrong and len(markbook.students) != shape.students:
        wrong = f"{len(markbook.students)} students"
    wrong = wrong or _differs(shape, read)
    strands = tuple(a.strand.value if a.strand else "" for a in cohort.assessments)
    if shape.strands and strands != shape.strands:
        wrong = wrong or f"strands {strands}"
    for name, first in shape.facts.items():
        values = getattr(cohort, name)[0]
        known = values[~_nan(values)] if getattr(values, "ndim", 0) else [values]
        if len(known) != 1 or abs(float(known[0]) - first) > 1e-6:
            wrong = wrong or f"{name}: {list(known)}"
    topics = Counter[str]()
    for part in cohort.parts:
        topics[part.topic or part.strand.value] += int(part.out_of)
    if shape.topics and dict(topics) != shape.topics:
        wrong = wrong or f"topics {dict(topics)}"
    return Verdict(shape.name, WRONG if wrong else RIGHT, f"{wrong}; {told(markbook)}" if wrong else told(markbook))


def _nan(values: object) -> object:
    import numpy as np

    return np.isnan(values)  # type: ignore[call-overload]


def _differs(shape: Shape, read: list[tuple[str, float | None, float]]) -> str:
    """What is read in place of the right assessments; "" where all are there, in their order, with total and first mark."""
    right = [*((title, *value) for title, value in shape.marks.items()), *shape.again]
    same = len(read) == len(right) and all(
        title in ("", found) and total == out_of and (isnan(mark) or mark == earned)
        for (title, total, mark), (found, out_of, earned) in zip(right, read, strict=True)
    )
    return "" if same else f"read {read} in place of {right}"


def _read(markbook: Markbook, *titles: str, students: int = 12, **facts: float) -> str:
    """Why a markbook is not what it should be; "" where it is."""
    cohort = markbook.cohort
    found = [f"{a.title}{'' if a.out_of is None else f'|{a.out_of:g}'}" for a in cohort.assessments]
    if len(markbook.students) != students or found != list(titles):
        return f"{len(markbook.students)} students, {found}"
    for name, first in facts.items():
        values = getattr(cohort, name)[0]
        known = [float(v) for v in (values if getattr(values, "ndim", 0) else [values]) if not isnan(v)]
        if known != [first]:
            return f"{name}: {known}"
    return ""


Check = Callable[[Markbook], str]
SHARED: dict[str, Check | type[MarkbookError]] = {
    "subjects": lambda m: _read(m, "Math"),
    "subject_maths_alone": lambda m: _read(m, "Math"),
    "names_under_points": lambda m: _read(m, "Number test|10", "Algebra test|20", "Ratio test|50"),
    "continuous_assessment": lambda m: _read(m, "1ST CA (20)|20", "2ND CA (20)|20", "EXAM (60)|60"),
    "midterm_final": lambda m: _read(m, "Exam 1", "Midterm", "Final"),
    "attendance_out_of_10": lambda m: _read(m, "Assignment", "Quiz1", "Quiz2", "Quiz3", attendance=90.0),
    "homework_out_of_10": lambda m: _read(m, "Fractions (20)|20", homework=52.777778),
    "ranges_in_headings": lambda m: _read(
        m,
        "Fractions (20)|20",
        "Angles (20)|20",
        higher=1.0,
        ks2=94.0,
        target=6.0,
        working_at=6.0,
        attendance=90.0,
        effort=1.0,
    ),
    "baseline_mean": lambda m: _read(m, "Algebra (20)|20", target=7.0, ks2=91.0),
    "quiz_export": lambda m: _read(m, "Questions|3") or ("" if not m.cohort.parts else "a topic"),
    "questions_topic_and_max_above": lambda m: _read(m, "QLA|27") or _topics(m),
    "questions_numbered": lambda m: _read(m, "Mock 1|27") or _topics(m),
    "questions_down": InDoubt,
    "letter_grades": lambda m: _read(m, "Mock 1", "Mock 2", "Test 3 (40)|40", target=4.0) or _in_order(m, "A*", "D"),
    "stage_words": lambda m: _read(m, "Autumn", "Spring", "Angles (20)|20") or _in_order(m, "Emerging", "Secure"),
    "lower_is_better": InDoubt,
    "dates_as_headings": lambda m: _read(m, "12/09", "19/09", "Autumn assessment 1") or ("query" if m.queries else ""),
    "wide_absences_sheet": lambda m: _read(m, "Fractions (20)|20", "Angles (30)|30"),
    "three_classes": lambda m: _read(m, "Fractions (20)|20", "Angles (20)|20"),
    "note_far_below": lambda m: _read(m, "Fractions", "Ratio"),
    "strands_merged_above": lambda m: _read(m, "T1", "T2", "T1") or _strands(m, "Number", "Number", "Algebra"),
    "subjects_under_exams": lambda m: _read(m, "1st exam (sep) Maths", "2nd exam (Oct) Maths"),
    "remarks_between": lambda m: _read(m, "Report (45)|45", "Method (15)|15"),
    "long_list": lambda m: _read(m, "Internal1", "Internal2", "Final"),
    "no_headings": InDoubt,
    "register_number": lambda m: _read(m, "CGPA|10"),
}
"""Workbook of the shared data -> why what is read is not right, or what asks; those of the model's issue are judged there."""


def _in_order(markbook: Markbook, first: str, second: str) -> str:
    """The first student's two grades stand as steps of one scale, whichever is the better."""
    scales = [column.scale for column in markbook.columns if column.scale and column.role in (Role.TEST, Role.MOCK)]
    steps = [scales[0].step(first), scales[1].step(second)]
    found = markbook.cohort.earned[0, :2].tolist()
    return "" if len(scales) == 2 and found == steps else f"steps {found}"


def _topics(markbook: Markbook) -> str:
    found = {part.topic or part.strand.value: part.out_of for part in markbook.cohort.parts}
    right = {"Fractions": 4.0, "Ratio": 5.0, "Angles": 3.0, "Probability": 6.0, "Equations": 5.0, "Averages": 4.0}
    return "" if found == right else f"topics {found}"


def _strands(markbook: Markbook, *strands: str) -> str:
    found = [a.strand.value if a.strand else "" for a in markbook.cohort.assessments]
    return "" if found == list(strands) else f"strands {found}"


def of_file(path: Path) -> Verdict:
    """What comes of a workbook of the shared data."""
    right = SHARED[path.stem]
    try:
        read = [done.markbook for done in reviews(ClosedFile(path, output=path).read())[0]]
    except InDoubt as doubt:
        return Verdict(path.stem, ASKED if right is InDoubt else WRONG, str(doubt))
    except MarkbookError as error:
        return Verdict(path.stem, WRONG, f"{type(error).__name__}: {error}")
    if isinstance(right, type):
        return Verdict(path.stem, WRONG, f"read: {told(read[0])}")
    wrong = next(filter(None, map(right, read)), "")
    if path.stem == "three_classes" and len(read) != 3:
        wrong = f"{len(read)} classes"
    return Verdict(path.stem, WRONG if wrong else RIGHT, wrong or "; ".join(map(told, read)))


def verdicts() -> Iterator[Verdict]:
    """Every verdict, of shared workbooks first where they are there."""
    folder = data_folder("sheets")
    for name in SHARED if folder is not None else ():
        assert folder is not None
        yield of_file(folder / f"{name}.xlsx")
    yield from map(of_shape, shapes())


def main() -> int:
    """Print them; 1 where one is wrong or more than a tenth is asked."""
    found = list(verdicts())
    for one in found:
        sys.stdout.write(f"{one.verdict:16} {one.name:60} {one.told[:200]}\n")
    counts = Counter(one.verdict for one in found)
    summed = ", ".join(f"{counts[verdict]} {verdict}" for verdict in (RIGHT, ASKED, REFUSED, WRONG))
    sys.stdout.write(f"{summed} of {len(found)}\n")
    return 1 if counts[WRONG] or counts[ASKED] > len(found) / 10 else 0


if __name__ == "__main__":
    sys.exit(main())
