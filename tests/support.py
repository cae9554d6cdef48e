"""What several tests need: classes of invented students, workbooks that hold them, and the command line in this process."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

import xlsxwriter
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from addin.cli.entry import main
from addin.hosts.base import Host
from addin.reading.grid import Book, CellValue, Sheet
from addin.results.earlier import NOTHING_EARLIER, Earlier
from addin.results.scored import Review
from addin.review import score_classes

Row = Sequence[CellValue]

HEADINGS: Row = (
    "Student ID", "Surname", "Forename", "Form", "Target", "KS2", "Attendance %", "Homework %", "Effort",
    "Fractions (20)", "Angles (25)", "Equations (30)", "Test 4 (40)",
)  # fmt: skip
FIRST_MARK = 9
"""Where the marks begin in `HEADINGS`, counted from 0."""


@dataclass(frozen=True)
class Ran:
    """A command that has ended."""

    code: int
    out: str
    err: str


def run(*arguments: object) -> Ran:
    """Run `markbook` with these arguments, as a shell would."""
    out, err = io.StringIO(), io.StringIO()
    code: object = 0
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as ended:
            code = ended.code or 0
    assert isinstance(code, int)
    return Ran(code, out.getvalue(), err.getvalue())


def refused(ran: Ran, *, code: int = 1) -> str:
    """The one line with which a command refused; fails where it did not refuse in exactly that form."""
    assert ran.code == code, ran
    assert ran.out == ""
    assert ran.err.startswith("error: ")
    assert ran.err.count("\n") == 1
    assert ran.err.endswith("\n")
    assert "Traceback" not in ran.err
    assert "unexpected fault" not in ran.err
    return ran.err.removeprefix("error: ").rstrip("\n")


def students(count: int, *, seed: int = 1, first: int = 0) -> list[list[CellValue]]:
    """Rows under `HEADINGS`: stronger students have better marks, some marks are missing in each of the four ways.

    IDs and names count on from `first`: two classes with the same are the same children.
    """
    random = Random(seed)
    rows = []
    for number in range(first, first + count):
        strength = random.uniform(0.15, 0.95)

        def part_of(total: float, strength: float = strength) -> float:
            return float(round(total * min(1.0, max(0.0, random.gauss(strength, 0.12)))))

        row: list[CellValue] = [
            f"ZQ{1000 + number}", f"Zov{chr(97 + number % 26)}{number}", f"Lum{number * 7 % 100}", f"9K{number % 4}",
            float(random.randint(3, 8)), 80.0 + part_of(40), 60.0 + part_of(40), part_of(100), 1.0 + part_of(3),
            part_of(20), part_of(25), part_of(30), part_of(40),
        ]  # fmt: skip
        if number % 5 == 4:
            row[FIRST_MARK + number % 4] = ("Abs", "N/A", "NE", None)[number // 5 % 4]
        rows.append(row)
    return rows


def book(*rows: Row, name: str = "Y9", names: Mapping[str, CellValue] | None = None) -> Book:
    """A book of one sheet, its rows filled up to a rectangle."""
    width = max(map(len, rows), default=0)
    filled = tuple((*row, *[None] * (width - len(row))) for row in rows)
    return Book(sheets=(Sheet(name=name, rows=filled),), names=dict(names or {}))


def write_workbook(path: Path, sheets: Mapping[str, Sequence[Row]], *, names: Mapping[str, str] | None = None) -> Path:
    """A workbook of plain values; `names` are defined names with what they stand for."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        for title, rows in sheets.items():
            sheet = workbook.add_worksheet(title)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        for name, place in (names or {}).items():
            workbook.define_name(name, f"={place}")
    return path


def class_file(path: Path, count: int = 12, *, seed: int = 1, first: int = 0) -> Path:
    """A workbook with one plain sheet of students."""
    return write_workbook(path, {"Y9": [HEADINGS, *students(count, seed=seed, first=first)]})


def opened(path: Path, sheet: str | None = None) -> tuple[Workbook, Worksheet]:
    """A workbook through another library than ours, and one of its sheets (left out: the only one)."""
    workbook = load_workbook(path)
    page = workbook[sheet or workbook.sheetnames[0]]
    assert isinstance(page, Worksheet)
    return workbook, page


def column_of(page: Worksheet, heading: str, *, header_row: int = 1) -> int:
    """The column, counted from 1, under a heading that must stand there once."""
    (column,) = [cell.column for cell in page[header_row] if cell.value == heading]
    assert isinstance(column, int)
    return column


def under(page: Worksheet, heading: str, *, header_row: int = 1) -> dict[int, object]:
    """Row -> value of every filled cell below a heading."""
    column = column_of(page, heading, header_row=header_row)
    cells = ((row, page.cell(row, column).value) for row in range(header_row + 1, page.max_row + 1))
    return {row: value for row, value in cells if value is not None}


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by name: equal before and after means that nothing was written."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def score_class(
    host: Host,
    *,
    sheet: str | None = None,
    earlier: Earlier = NOTHING_EARLIER,
    add_sheets: bool = False,
    today: date | None = None,
) -> tuple[Review, tuple[str, ...]]:
    """Score the one class of a host, or that of a sheet: its review, and what the user should know of the writing."""
    (done,), notices = score_classes(
        host, sheets=(sheet,) if sheet else (), earlier=lambda name: earlier, add_sheets=add_sheets, today=today
    )
    return done, notices


def bad_inputs() -> Iterator[tuple[str, Callable[[Path], object], str]]:
    """Files that cannot be scored: what they are, what makes one at a path, and a word that the refusal must hold."""
    ole = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504)
    empty = {"Sheet1": ()}
    covers = {"Cover": (("Maths department",),), "Notes": (("Buy", "compasses"),)}
    nobody = {"Y9": (("Name", "Target", "Angles (20)"),)}
    unmarked = {"Y9": (("Name", "Target", "Angles (20)"), ("Ova Zarrin", 5, None), ("Tul Beska", 6, "Abs"))}
    unreadable = {"Y9": (("Name", "Target", "Angles (20)"), ("Ova Zarrin", 5, "ten"), ("Tul Beska", 6, 21))}
    bare = {"Y9": (("Ova Zarrin", 5, 12), ("Tul Beska", 6, 9), ("Pim Dorro", 4, 11))}
    yield "no such file", lambda path: None, "no such file"
    yield "a folder", lambda path: path.mkdir(), "folder"
    yield "no bytes", lambda path: path.write_bytes(b""), "empty"
    yield "text", lambda path: path.write_text("Name,Angles\nOva,12\n"), "no Excel workbook"
    yield "old Excel", lambda path: path.write_bytes(ole), ".xls"
    yield "encrypted", lambda path: path.write_bytes(ole + "EncryptedPackage".encode("utf-16-le")), "password"
    yield "cut off", lambda path: path.write_bytes(class_file(path).read_bytes()[:900]), "cut off"
    yield "an empty sheet", lambda path: write_workbook(path, empty), "No sheet with students"
    yield "no sheet of students", lambda path: write_workbook(path, covers), "No sheet with students"
    yield "headings alone", lambda path: write_workbook(path, nobody), "no student below"
    yield "no mark", lambda path: write_workbook(path, unmarked), "not one mark"
    yield "no mark understood", lambda path: write_workbook(path, unreadable), "C2"
    yield "no headings", lambda path: write_workbook(path, bare), "no row of headings"


BAD_INPUTS = tuple(bad_inputs())
BAD_INPUT_NAMES = tuple(name for name, *_ in BAD_INPUTS)
