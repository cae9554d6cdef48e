"""Sheets of many shapes by generator, each with the right answer: languages, orders, junk, scales, merged cells, several tables.

Names and marks are invented and drawn from a seed, so that a sheet of a name is always the same.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

from addin.reading.grid import CellValue, Sheet

NAMES = (
    ("Ova", "Zarrin"), ("Tul", "Beska"), ("Pim", "Dorro"), ("Kel", "Vasti"), ("Ren", "Ulba"), ("Sim", "Orrel"),
    ("Dax", "Pell"), ("Lio", "Marn"), ("Yan", "Cobb"),
)  # fmt: skip
Row = tuple[CellValue, ...]


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A sheet and what is right.

    Args:
        name: What is special about it.
        rows: Its rows.
        students: How many stand on it.
        marks: Heading of an assessment -> its total and the first student's marks in it; all that there are.
        again: The same of assessments whose headings stand among `marks` already, behind these.
        strands: The strands of all assessments in their order, where they matter.
        asked: Whether asking is right, too.
        refused: Whether refusing is right.
        facts: Name of a field of the cohort -> its first value.
        topics: Topic of questions -> marks that they are out of.
    """

    name: str
    rows: tuple[Row, ...]
    students: int = len(NAMES)
    marks: dict[str, tuple[float | None, float]] = field(default_factory=dict)
    again: tuple[tuple[str, float | None, float], ...] = ()
    strands: tuple[str, ...] = ()
    asked: bool = False
    refused: bool = False
    facts: dict[str, float] = field(default_factory=dict)
    topics: dict[str, float] = field(default_factory=dict)

    @property
    def sheet(self) -> Sheet:
        """The sheet, rectangular."""
        width = max(map(len, self.rows))
        return Sheet(name="Set 2", rows=tuple((*row, *[None] * (width - len(row))) for row in self.rows))


WHO: dict[str, tuple[tuple[str, ...], str]] = {
    "Name": (("Name",), "whole"),
    "Student Name": (("Student Name",), "whole"),
    "NAME OF STUDENT": (("S/N", "NAME OF STUDENT"), "counted"),
    "Surname, Forename": (("Surname", "Forename"), "parts"),
    "Last Name, First Name": (("Last Name", "First Name"), "parts"),
    "Nom": (("Nom", "Prénom"), "parts"),
    "Apellidos": (("Apellidos", "Nombre"), "parts"),
    "Nachname": (("Nachname", "Vorname"), "parts"),
    "Cognome": (("Cognome", "Nome"), "parts"),
    "Achternaam": (("Achternaam", "Voornaam"), "parts"),
    "Learner": (("Learner",), "whole"),
    "Roll No": (("Roll No", "Name"), "numbered"),
}
TESTS: dict[str, tuple[str, str, str]] = {
    "topics": ("Fractions", "Angles", "Averages"),
    "numbered tests": ("Test 1", "Test 2", "Test 3"),
    "quizzes": ("Quiz1", "Quiz2", "Quiz3"),
    "weeks": ("Wk 3", "Wk 5", "Wk 9"),
    "days": ("12/09", "19/09", "03/10"),
    "continuous assessment": ("1ST CA", "2ND CA", "EXAM"),
    "French": ("Contrôle 1", "Contrôle 2", "Examen"),
    "Spanish": ("Prueba 1", "Prueba 2", "Examen final"),
    "unknown words": ("Zog", "Blimp", "Frood"),
    "books": ("Ch 1", "Ch 2", "Ch 3"),
}
TOTALS = ("in the heading", "a row above", "a row below", "none")
JUNK = ("nothing", "a title", "blank column", "remarks", "worked out", "a legend below")
OUT_OF = (20, 30, 40)


def _who(kind: str, i: int) -> Row:
    forename, surname = NAMES[i]
    whole = f"{forename} {surname}"
    return {
        "whole": (whole,), "counted": (i + 1, whole), "parts": (surname, forename), "numbered": (2301 + 7 * i, whole),
    }[kind]  # fmt: skip


def plain_shapes() -> Iterator[Shape]:
    """Classes with three tests: every way to name students and tests, totals and junk in turn."""
    axes = list(product(WHO, TESTS))
    for number, (who, tests) in enumerate(axes):
        totals, junk = TOTALS[number % 4], JUNK[(number // 4 + number) % 6]
        if tests == "days" and totals == "in the heading":
            totals = "a row above"
        yield _plain(number, who, tests, totals, junk)


def _plain(seed: int, who: str, tests: str, totals: str, junk: str) -> Shape:
    draw = random.Random(seed)
    headings, kind = WHO[who]
    titles = [
        f"{title} ({total})" if totals == "in the heading" else title
        for title, total in zip(TESTS[tests], OUT_OF, strict=True)
    ]
    marks = [[draw.randint(4, total) for total in OUT_OF] for _ in NAMES]
    for j, total in enumerate(OUT_OF):
        marks[draw.randrange(len(NAMES))][j] = total - 1
    if junk == "blank column":
        head, wide = [titles[0], None, *titles[1:]], [[m[0], None, *m[1:]] for m in marks]
        tops: list[CellValue] = [OUT_OF[0], None, *OUT_OF[1:]]
    elif junk == "remarks":
        head, tops = [*titles, "Comment"], [*OUT_OF, None]
        wide = [[*m, draw.choice(("Works well in class", "Needs to show working", "Good term"))] for m in marks]
    elif junk == "worked out":
        head, tops = [*titles, "Total", "Average"], [*OUT_OF, sum(OUT_OF), None]
        wide = [[*m, sum(m), round(sum(m) / 3, 1)] for m in marks]
    else:
        head, wide, tops = list(titles), [list(m) for m in marks], list(OUT_OF)
    rows: list[Row] = [(*headings, *head), *((*_who(kind, i), *wide[i]) for i in range(len(NAMES)))]
    if totals == "a row above":
        rows.insert(0, ("Out of", *[None] * (len(headings) - 1), *tops))
    if totals == "a row below":
        rows.append(("Max marks", *[None] * (len(headings) - 1), *tops))
    if junk == "a title":
        rows = [("Mathematics department",), (), *rows]
    if junk == "a legend below":
        rows += [(), (), (), (), (), ("Marks are entered by Friday",)]
    told = [None if totals == "none" else float(total) for total in OUT_OF]
    return Shape(
        name=f"{who}; {tests}; totals {totals}; {junk}", rows=tuple(rows),
        marks={title: (total, float(mark)) for title, total, mark in zip(titles, told, marks[0], strict=True)},
    )  # fmt: skip


def _class(
    headings: Row, *columns: list[CellValue], above: tuple[Row, ...] = (), below: tuple[Row, ...] = ()
) -> tuple[Row, ...]:
    names = [f"{forename} {surname}" for forename, surname in NAMES]
    return (*above, headings, *zip(names, *columns, strict=True), *below)


def _marks(seed: int, top: int, low: int = 3) -> list[CellValue]:
    draw = random.Random(seed)
    found: list[CellValue] = [draw.randint(low, top) for _ in NAMES]
    found[4] = top
    return found


def _of(words: str, seed: int = 5) -> list[CellValue]:
    draw = random.Random(seed)
    steps = words.split()
    found: list[CellValue] = [draw.choice(steps) for _ in NAMES]
    found[: len(steps)] = steps[: len(NAMES)]
    return found


def scale_shapes() -> Iterator[Shape]:
    """Grades, stages, counts and fractions: what a column is out of, and what is no mark out of anything."""
    base = _marks(1, 20)
    test = {"Angles (20)": (20.0, float(base[0] or 0))}  # type: ignore[arg-type]
    for name, words in (
        ("A* to U", "A* C B U E D A B C"), ("A-level", "A* A B C D E U B C"), ("A to F", "A B C D F B C D A"),
        ("US letters", "A+ B- C B+ A- D C+ B A"), ("stages", "Emerging Secure Developing Mastered Secure"),
        ("fine grades", "5+ 5= 5- 6+ 4- 4= 7- 6= 3+"),
    ):  # fmt: skip
        yield Shape(
            name=f"grades: {name}", rows=_class(("Name", "Autumn assessment", "Angles (20)"), _of(words), base),
            marks={"Autumn assessment": (None, float("nan")), **test},
        )  # fmt: skip
    for name, heading, cells, field_name, first in (
        ("homework out of 10", "Homework (10)", [7, *_marks(2, 10)[1:]], "homework", 70.0),
        ("homework as fractions", "Homework", [f"{n}/9" for n in [7, *_marks(3, 9)[1:]]], "homework", 77.777778),
        ("homework counted", "HW", [7, *_marks(4, 9)[1:8], 10], "homework", 70.0),
        ("attendance counted", "Attendance", [9, 8, 10, 9, 7, 10, 6, 9, 10], "attendance", 90.0),
        ("attendance in sessions", "Sessions attended (40)", [36, *_marks(6, 40, 25)[1:]], "attendance", 90.0),
        ("attendance shares", "Attendance %", [0.9, 0.85, 0.97, 1, 0.78, 0.92, 0.88, 0.95, 0.9], "attendance", 90.0),
        ("effort 1 to 5", "Effort (1-5)", [3, *_marks(7, 5, 1)[1:]], "effort", 2.5),
        ("effort 1 to 4", "Effort (1-4)", [3, *_marks(8, 4, 1)[1:]], "effort", 3.0),
        ("attitude, 1 best", "ATL (4-1)", [1, *_marks(8, 4, 1)[1:]], "effort", 4.0),
        ("target in range", "Target grade (1-9)", [6, *_marks(9, 8, 2)[1:]], "target", 6.0),
        ("FFT", "FFT target", [5, *_marks(9, 8, 2)[1:]], "target", 5.0),
        ("KS2 in range", "KS2 (80-120)", [104, *_marks(10, 119, 85)[1:]], "ks2", 104.0),
        ("KS2 SS", "KS2 SS", [99, *_marks(10, 119, 85)[1:]], "ks2", 99.0),
        ("CAT mean", "CAT4 mean", [115, *_marks(11, 130, 80)[1:]], "ks2", 111.5),
        ("MidYIS", "MidYIS", [100, *_marks(11, 130, 80)[1:]], "ks2", 104.0),
        ("tier in range", "Tier (F/H)", ["H", *["F", "H"] * 4], "higher", 1.0),
        ("working at in range", "Working at (1-9)", [4, *_marks(9, 8, 2)[1:]], "working_at", 4.0),
        ("target in letters", "Target", ["C", "B", "A", "A*", "C", "D", "B", "C", "A"], "target", 4.0),
    ):  # fmt: skip
        yield Shape(
            name=f"scale: {name}", rows=_class(("Name", heading, "Angles (20)"), list(cells), base), marks=test,
            facts={field_name: first},
        )  # fmt: skip
    comma: list[CellValue] = ["10,5", "9,5", "12,0", "7,5", "15,5", "8,0", "11,5", "13,0", "9,0"]
    yield Shape(
        name="scale: decimal commas", rows=_class(("Name", "Angles (20)"), comma), marks={"Angles (20)": (20.0, 10.5)}
    )
    yield Shape(
        name="scale: per cent copies",
        rows=_class(("Name", "Angles (20)", "Angles %"), base, [round(100 * int(str(m)) / 20) for m in base]), marks=test,
    )  # fmt: skip


def heading_shapes() -> Iterator[Shape]:
    """Headings over several rows, merged cells, other subjects, several tables."""
    a, b, c, d = (_marks(seed, 20) for seed in (21, 22, 23, 24))

    def first(cells: list[CellValue]) -> float:
        return float(str(cells[0]))

    yield Shape(
        name="three rows of headings", rows=(
            (None, "Autumn", None, "Spring", None), (None, "Number", None, "Algebra", None),
            ("Name", "T1", "T2", "T1", "T2"), *_class((), a, b, c, d)[1:],
        ),
        marks={"T1": (None, first(a)), "T2": (None, first(b))},
        again=(("T1", None, first(c)), ("T2", None, first(d))), strands=("Number", "Number", "Algebra", "Algebra"),
    )  # fmt: skip
    yield Shape(
        name="strands merged above", rows=((None, "Number", None, "Algebra"), *_class(("Name", "T1", "T2", "T3"), a, b, c)),
        marks={"T1": (None, first(a)), "T2": (None, first(b)), "T3": (None, first(c))}, strands=("Number", "Number", "Algebra"),
    )  # fmt: skip
    yield Shape(
        name="names below points", rows=(
            ("Book", None, "Ratio test", "Angles test"), (None, "Points possible", 20, 20), ("Last Name", "First Name"),
            *((s, f, a[i], b[i]) for i, (f, s) in enumerate(NAMES)),
        ),
        marks={"Ratio test": (20.0, first(a)), "Angles test": (20.0, first(b))},
    )  # fmt: skip
    for maths in ("Math", "Maths", "Mathematics", "Mathe", "Matemáticas", "Mathematics marks", "Wiskunde"):
        yield Shape(
            name=f"subjects: {maths}", rows=_class(("Name", "English", maths, "Physics", "Total"), a, b, c, d),
            marks={maths: (None, first(b))},
        )  # fmt: skip
    yield Shape(name="subjects: no mathematics", rows=_class(("Name", "English", "Physics"), a, b), refused=True)
    yield Shape(
        name="two tables, one below the other",
        rows=(*_class(("Name", "Angles (20)"), a), (), (), ("Key", "Meaning"), ("A", "absent"), ("N", "new")),
        marks={"Angles (20)": (20.0, first(a))},
    )  # fmt: skip
    yield Shape(
        name="a legend right of the class",
        rows=tuple(
            (*row, None, None, *key)
            for row, key in zip(
                _class(("Name", "Angles (20)"), a), [("Key", ""), ("Abs", "absent"), *[()] * 8], strict=True
            )
        ),
        marks={"Angles (20)": (20.0, first(a))},
    )  # fmt: skip
    yield Shape(
        name="weights and totals above",
        rows=((None, 0.4, 0.6), ("Out of", 20, 20), *_class(("Name", "Midterm", "Final"), a, b)),
        marks={"Midterm": (20.0, first(a)), "Final": (20.0, first(b))},
    )  # fmt: skip
    yield Shape(
        name="one row a subject", rows=(
            ("Student ID", "Subject", "Internal", "Final"),
            *(row for i in range(9) for row in ((f"S{i}", "Maths", a[i], b[i]), (f"S{i}", "Physics", c[i], d[i]))),
        ),
        marks={"Internal": (None, first(a)), "Final": (None, first(b))}, asked=True,
    )  # fmt: skip
    yield Shape(name="no headings", rows=_class((), a, b)[1:], asked=True)
    yield Shape(
        name="a stock list",
        rows=(("Item", "Price"), *((name, 3 * i + 2) for i, (name, _) in enumerate(NAMES))),
        refused=True,
    )
    grades: list[CellValue] = [2, 4, 3, 5, 1, 3, 2, 6, 3]
    yield Shape(name="German grades", rows=_class(("Name", "KA 1", "KA 2"), grades, list(reversed(grades))), asked=True)


def question_shapes() -> Iterator[Shape]:
    """Papers question by question, each way that they are written."""
    topics = ("Fractions", "Angles", "Averages", "Fractions", "Equations")
    tops = (4, 5, 3, 6, 2)
    cells = [_marks(40 + j, top, 0) for j, top in enumerate(tops)]
    paper = float(sum(int(str(column[0])) for column in cells))
    want = {"Fractions": 10.0, "Angles": 5.0, "Averages": 3.0, "Equations": 2.0}
    people = _class((), *cells)[1:]
    labels = {
        "Q1": ("Q1", "Q2", "Q3", "Q4", "Q5"), "parts": ("1a", "1b", "2", "3a", "3b"), "numbers": (1, 2, 3, 4, 5),
        "Question 1": tuple(f"Question {number}" for number in range(1, 6)), "Q1a": ("Q1a", "Q1b", "Q2", "Q3(i)", "Q3(ii)"),
    }  # fmt: skip
    for name, asked in labels.items():
        yield Shape(
            name=f"questions: {name}, topics and maxima above",
            rows=(("Question", *asked), ("Topic", *topics), ("Marks", *tops), *people), marks={"": (20.0, paper)}, topics=want,
        )  # fmt: skip
        yield Shape(
            name=f"questions: {name}, Name beside the maxima",
            rows=((None, *asked), (None, *topics), ("Name", *tops), *people), marks={"": (20.0, paper)}, topics=want,
        )  # fmt: skip
        if name != "numbers":
            yield Shape(
                name=f"questions: {name}, maxima in the heading",
                rows=(("Name", *(f"{label} ({top})" for label, top in zip(asked, tops, strict=True))), *people),
                marks={"": (20.0, paper)},
            )  # fmt: skip
    yield Shape(
        name="questions: points of a form", rows=(
            ("ID", "Name", "Total points", *(part for j in range(5) for part in (f"Work out {j}", f"Points - Work out {j}"))),
            *((i + 1, row[0], 0, *(part for mark in row[1:] for part in ("x", mark))) for i, row in enumerate(people)),
        ),
        marks={"": (20.0, paper)},
    )  # fmt: skip


def shapes() -> tuple[Shape, ...]:
    """All of them."""
    return (*plain_shapes(), *scale_shapes(), *heading_shapes(), *question_shapes())
