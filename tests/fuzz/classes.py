"""Messy markbooks: a class with headings as teachers write them, and whatever else may stand on the sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from addin.reading.grid import Area, Book, CellValue, Sheet, Table
from tests.fuzz.choices import Choices
from tests.fuzz.values import any_text, heading, odd

_SURNAMES = (
    "Zarrin",
    "Beska",
    "Orlix",
    "Quent",
    "Vondel",
    "Thurl",
    "Haxby",
    "Orrel",
    "Nimbo",
    "Widdow",
    "Ablin",
    "Fettrick",
)
_FORENAMES = ("Ova", "Tul", "Fen", "Bri", "Mik", "Sev", "Lum", "Pim", "Gat", "Jor", "Kes", "Nol")
_ABSENT = (None, "Abs", "N/A", "NE", "-", "x", "")
_WHO: tuple[tuple[tuple[str, str], ...], ...] = (
    (("Name", "whole"),), (("Student ID", "id"), ("Surname", "surname"), ("Forename", "forename")), (("Pupil", "turned"),
    ("Form", "form")),
    (("Surname", "surname"), ("Forename", "forename"), ("Form", "form")), (("Student ID", "id"),), (("UPN", "upn"), ("Name",
    "whole")),
)  # fmt: skip
_ABOUT = (
    ("Target", "grade"), ("KS2", "scaled"), ("Attendance %", "percent"), ("Homework %", "percent"), ("Effort", "effort"),
    ("Tier", "tier"),
    ("Target grade", "grade"), ("Final grade", "grade"), ("PP", "yes"), ("SEN", "yes"), ("Notes", "words"), ("Homework", "count"),
    ("Predicted", "grade"), ("Status", "status"), ("Decision", "decision"), ("Decision note", "words"), ("Flag", "words"),
    ("Sessions", "count"),
    ("Attendance % HT1", "percent"), ("Attendance % HT2", "share"), ("Effort HT3", "effort"), ("Clinics attended", "count"),
)  # fmt: skip
_TESTS = (
    "Fractions (20)", "Angles (20)", "Equations (30)", "Test 1", "Test 2", "Mock Paper 1 (80)", "Mock Paper 2 (80)", "Ratio",
    "Quiz 3 /10",
    "Fractions HT1 (20)", "Probability", "Q1", "Q2", "Q3", "Autumn", "Term 1 %", "Algerba (25)", "1", "2", "Wk 3 /15",
)  # fmt: skip


def book(choices: Choices) -> Book:
    """A workbook of one class or several, and of other sheets among them."""
    names = choices.choice(
        (("Y9",), ("Y9",), ("9A", "9B"), ("Setup", "Y9"), ("Markbook", "History"), ("Queries", "Y9", "Columns"), ("Clinics",
        "Y9"),
         ("Cover", "Y9", "Class list"), ("Runs", "Support", "Y9"), (" ", "Ünï 'quoted'"), ("y9", "Markbook", "What if")),
    )  # fmt: skip
    sheets = [sheet(choices, name) for name in names]
    settings: dict[str, CellValue] = {}
    while choices.once_in(3):
        settings[choices.choice(_SETTINGS)] = odd(choices)
    return Book(sheets=tuple(sheets), names=settings, manual_calculation=choices.choice((None, False, True)))


_SETTINGS = (
    "half_term", "threshold_high", "threshold_watch", "boundaries_higher", "boundaries_foundation", "school", "class", "teacher",
    "language", "clinic_seats", "school_year",
)  # fmt: skip


def sheet(choices: Choices, name: str) -> Sheet:
    """A sheet: mostly a class, else any cells."""
    rows = anything(choices) if choices.once_in(12) else class_rows(choices)
    width = max(map(len, rows), default=0)
    cells = tuple((*row, *[None] * (width - len(row))) for row in rows)
    made = Sheet(name=name, rows=cells)
    if not cells or not width or choices.randrange(3) == 0:
        return made
    height = len(cells)

    def place() -> tuple[int, int]:
        return 1 + choices.randrange(height), 1 + choices.randrange(width)

    def places(most: int) -> frozenset[tuple[int, int]]:
        return frozenset(place() for _ in range(choices.randrange(most)))

    def area() -> Area:
        (top, left), (bottom, right) = place(), place()
        return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))

    table = ()
    if choices.once_in(3):
        at = area()
        table = (
            Table(
                name="Marks",
                first_row=at[0],
                first_column=at[1],
                last_row=at[2] + choices.randrange(3),
                last_column=at[3],
            ),
        )
    merged: tuple[Area, ...] | None = tuple(area() for _ in range(choices.randrange(3)))
    return replace(
        made,
        visible=not choices.once_in(5),
        formulas=places(6),
        tells_formulas=not choices.once_in(4),
        merged=None if choices.once_in(4) else merged,
        filtered=choices.choice((False, True, None)),
        protected=choices.choice((False, None, True)),
        uncalculated=choices.once_in(6),
        percents=places(12),
        floating_columns=choices.choice((0, 0, width, width + 3)),
        hidden_columns=choices.choice((None, frozenset({1}), frozenset({2, 3}))),
        hidden_rows=choices.choice((None, frozenset({2, 3}), frozenset({height}))),
        tables=table,
    )


def anything(choices: Choices) -> list[list[CellValue]]:
    """Rows of any cells."""
    return [[odd(choices) for _ in range(choices.randrange(7))] for _ in range(choices.randrange(9))]


def class_rows(choices: Choices, *, most: int = 16) -> list[list[CellValue]]:
    """A class: headings, what stands above them, and students, a share of all cells odd."""
    columns: list[tuple[CellValue, str]] = list(choices.choice(_WHO))
    columns += [choices.choice(_ABOUT) for _ in range(choices.randrange(6))]
    columns += [(choices.choice(_TESTS), "mark") for _ in range(1 + choices.randrange(6))]
    share = choices.choice((0, 40, 12, 4))
    headings: list[CellValue] = [
        heading(choices) if share and choices.once_in(share) else words for words, _ in columns
    ]
    kinds = [kind for _, kind in columns]
    out_of = choices.choice((20.0, 10.0, 40.0, 100.0, 0.0, 7.5))
    rows: list[list[CellValue]] = [_student(choices, kinds, out_of) for _ in range(choices.randrange(most))]
    if choices.once_in(40):
        rows += [_student(choices, kinds, out_of) for _ in range(60)]
    if share:
        rows = [[odd(choices) if choices.once_in(share) else cell for cell in row] for row in rows]
    above: list[list[CellValue]] = []
    while choices.once_in(3):
        above.append(_row_beside(choices, kinds, out_of))
    below: list[list[CellValue]] = []
    while choices.once_in(4):
        below.append(_row_beside(choices, kinds, out_of))
    whole = [*above, headings, *rows, *below]
    if choices.once_in(6):
        for _ in range(choices.randrange(3)):
            whole.insert(
                choices.randrange(len(whole) + 1), choices.choice(([], list(headings), [None, any_text(choices)]))
            )
    if choices.once_in(8):
        at = choices.randrange(len(columns))
        for row in whole:
            row.insert(at, None)
    return whole


def _row_beside(choices: Choices, kinds: list[str], out_of: float) -> list[CellValue]:
    """A row that is no student: a title, totals, strands, averages, nothing."""
    match choices.randrange(6):
        case 0:
            return []
        case 1:
            return ["Year 9 set 2"]
        case 2:
            return [
                choices.choice(("Out of", None, "Max")),
                *[out_of if kind == "mark" else None for kind in kinds[1:]],
            ]
        case 3:
            strands = ("Number", "Algebra", "Geometry", None, None, "Statistics", "HT3")
            return [None, *[choices.choice(strands) if kind == "mark" else None for kind in kinds[1:]]]
        case 4:
            return [
                choices.choice(("Average", "Mean", "Total", "Boys")),
                *[11.5 if kind == "mark" else None for kind in kinds[1:]],
            ]
        case _:
            return [odd(choices) for _ in kinds]


def _student(choices: Choices, kinds: list[str], out_of: float) -> list[CellValue]:
    surname, forename = choices.choice(_SURNAMES), choices.choice(_FORENAMES)
    strength = choices.randrange(11) / 10
    made: dict[str, Callable[[], CellValue]] = {
        "whole": lambda: f"{forename} {surname}",
        "turned": lambda: f"{surname}, {forename}",
        "surname": lambda: surname,
        "forename": lambda: forename,
        "id": lambda: f"ZQ{1000 + choices.randrange(3000)}",
        "upn": lambda: f"B80120000{choices.randrange(9000):04d}",
        "form": lambda: choices.choice(("9A", "9B", "9K1")),
        "grade": lambda: choices.choice((5.0, 4.0, 7.0, "5", "B", "4+", 3, None)),
        "scaled": lambda: 80.0 + choices.randrange(41),
        "percent": lambda: choices.choice((93.0, 60.0, 100.0, 0.0, "85%", 12.5)),
        "share": lambda: choices.choice((0.93, 1.0, 0.4, 0.0)),
        "effort": lambda: choices.choice((1.0, 2.0, 3.0, 4.0, "good", "A")),
        "tier": lambda: choices.choice(("H", "F", None)),
        "yes": lambda: choices.choice(("Y", "N", None, "K")),
        "words": lambda: choices.choice((None, "Ring home", "▲ High", "glasses")),
        "count": lambda: float(choices.randrange(8)),
        "status": lambda: choices.choice((None, "Left", "On roll")),
        "decision": lambda: choices.choice(("Accept", "Reject", "Defer", None, "accept")),
    }  # fmt: skip
    return [
        (choices.choice(_ABSENT) if choices.once_in(8) else float(round(out_of * strength)))
        if kind == "mark"
        else made[kind]()
        for kind in kinds
    ]
