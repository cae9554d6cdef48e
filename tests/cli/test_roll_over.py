"""`markbook roll-over`: what stays, what is emptied, who is out, and what is refused."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl.comments import Comment

from addin.files.marked import score_file
from addin.files.package.read import read_book
from addin.reading.headings.roles import RESULT_HEADINGS
from addin.reading.markbook import read_markbook
from model.vocabulary import Flag
from templates.build import class_workbook
from templates.layout import HEADING_ROW, Group, columns
from tests.files.package.lint import lint
from tests.files.package.validator import validator_errors
from tests.support import (
    BAD_INPUT_NAMES,
    BAD_INPUTS,
    HEADINGS,
    class_file,
    column_of,
    contents,
    opened,
    refused,
    run,
    students,
    under,
    write_workbook,
)
from tests.tools import needed

pytestmark = pytest.mark.dates

IDENTITY = ("Student ID", "Surname", "Forename", "Form")
KEPT = (*IDENTITY, "Tier", "KS2 maths", "Target grade", "PP", "SEN", "EAL", "Sex")


@pytest.fixture(scope="module")
def at_the_end_of_a_year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class of the template at the end of a year: scored, decided, planned, with runs and a register."""
    folder = tmp_path_factory.mktemp("year")
    class_workbook(folder / "class.xlsx", students=30, seed=2026)
    assert run("plan", folder / "class.xlsx").code == 0
    marked = folder / "class.marked.xlsx"
    book, page = opened(marked, "Markbook")
    page.cell(5, column_of(page, "Decision", header_row=HEADING_ROW)).value = "Accept"
    page.cell(5, column_of(page, "Decision note", header_row=HEADING_ROW)).value = "rang home"
    for row in range(5, 35):
        page.cell(row, column_of(page, "Working-at grade", header_row=HEADING_ROW)).value = row % 9 + 1
    book.save(marked)
    return marked


@pytest.fixture
def source(at_the_end_of_a_year: Path, tmp_path: Path) -> Path:
    """The same, as a file that a test may change."""
    return Path(shutil.copy(at_the_end_of_a_year, tmp_path))


def rolled(source: Path, *arguments: object) -> Path:
    ran = run("roll-over", source, *arguments)
    assert (ran.code, ran.err) == (0, ""), ran
    return Path(ran.out.rstrip().splitlines()[-1].removeprefix("Written to "))


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_students_and_baselines_stay_and_the_year_is_emptied(source: Path, tmp_path: Path) -> None:
    before, (_, old) = source.read_bytes(), opened(source, "Markbook")
    out = rolled(source)
    assert (out, source.read_bytes()) == (tmp_path / "class.2026-27.xlsx", before)
    _, new = opened(out, "Markbook")
    for heading in KEPT:
        assert under(new, heading, header_row=HEADING_ROW) == under(old, heading, header_row=HEADING_ROW), heading
    gone = [c.heading for c in columns() if c.group in (Group.ENGAGEMENT, Group.TESTS, Group.MOCKS)]
    for heading in (*gone, *RESULT_HEADINGS, "Working-at grade"):
        left = under(new, heading, header_row=HEADING_ROW)
        if heading.startswith("Latest "):
            assert all(str(value).startswith("=") for value in left.values()), "formulas stay, and say nothing"
        else:
            assert left == {}, heading
    for row in range(1, HEADING_ROW + 1):  # titles, strands, totals, headings
        assert [cell.value for cell in new[row]] == [cell.value for cell in old[row]]
    assert [cell.style_id for cell in new[7]] == [cell.style_id for cell in old[7]]
    assert new.tables["Markbook"].ref == old.tables["Markbook"].ref
    assert [str(each.sqref) for each in new.conditional_formatting] == [
        str(e.sqref) for e in old.conditional_formatting
    ]
    assert len(new.data_validations.dataValidation) == len(old.data_validations.dataValidation) > 5


def test_setup_moves_on_and_the_clinics_stay(source: Path) -> None:
    book, page = opened(source, "Setup")
    settings = {cell.value: page.cell(cell.row, 2) for cell in page["A"] if cell.value}
    settings["School year"].value, settings["Half-term"].value = "2025/26", 6
    book.save(source)
    out = rolled(source)
    names = read_book(out).names
    assert (names["school_year"], names["half_term"], names["class_name"]) == ("2026/27", None, "10x/Ma1")
    _, clinics = opened(out, "Clinics")
    assert [[c.value for c in row] for row in clinics] == [
        [c.value for c in row] for row in opened(source, "Clinics")[1]
    ]
    for sheet in ("Clinic plan", "Queries", "Runs"):
        assert [c.value for row in opened(out, sheet)[1].iter_rows(min_row=2) for c in row if c.value is not None] == []


def test_runs_and_last_grades_are_kept_in_sheets_of_the_year(source: Path) -> None:
    runs = [[c.value for c in row] for row in opened(source, "Runs")[1].iter_rows(min_row=2)]
    out = rolled(source)
    book, kept = opened(out, "Runs 2025-26")
    assert [[c.value for c in row] for row in kept.iter_rows(min_row=2)] == runs
    assert isinstance(kept["A2"].value, datetime)
    grades = under(opened(out, "Outcomes 2025-26")[1], "Working-at grade")
    assert grades == {row - 3: row % 9 + 1 for row in range(5, 35)}
    assert "Runs" in book.sheetnames
    assert run("score", out).code == 0
    marked = out.with_name("class.2026-27.marked.xlsx")
    assert set(under(opened(marked, "Markbook")[1], "Change", header_row=HEADING_ROW)) == set(), (
        "nothing to compare with"
    )


def test_everybody_waits_for_marks_and_is_scored_when_they_come(source: Path) -> None:
    out = rolled(source)
    ran = run("score", out)
    assert (ran.code, ran.err) == (0, "")
    assert "? Not enough data 30" in ran.out
    assert "No mark is entered yet" in " ".join(ran.out.split())
    book, page = opened(out, "Markbook")
    for row in range(5, 35):
        page.cell(row, column_of(page, "Fractions HT1", header_row=HEADING_ROW)).value = row % 20
    book.save(out)
    assert "? Not enough data 0" in run("score", out, "-o", out.with_name("later.xlsx")).out


def test_every_part_that_is_not_meant_to_change_stays_byte_for_byte(tmp_path: Path) -> None:
    class_workbook(tmp_path / "class.xlsx", students=30, seed=3)
    marked = score_file(tmp_path / "class.xlsx").output
    before, after = parts_of(marked), parts_of(rolled(marked))
    changed = {name for name, data in before.items() if after.get(name) != data}
    sheets = {name for name in changed if "/worksheets/sheet" in name}
    assert changed - sheets <= {
        "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml", "xl/styles.xml",
        *(name for name in changed if name.startswith("xl/tables/")),
    }  # fmt: skip
    assert len(sheets) <= 7  # Markbook, Setup, Class list, Support, Runs, Queries, Clinic plan
    assert {name for name in before if "drawing" in name or "chart" in name} <= before.keys() - changed


@pytest.mark.parametrize("make", [lambda path: class_workbook(path, students=30, seed=3), class_file])
def test_what_is_written_is_sound(make: Callable[[Path], object], tmp_path: Path) -> None:
    make(tmp_path / "class.xlsx")
    out = rolled(score_file(tmp_path / "class.xlsx", add_sheets=True).output)
    assert lint(out) == []
    assert validator_errors(out) == []


def test_libreoffice_opens_it_and_no_formula_fails(source: Path, tmp_path: Path) -> None:
    office = needed("soffice", remedy="apt-get install libreoffice-calc")
    out = rolled(source)
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "lo"), str(out)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    book = read_book(tmp_path / "lo" / out.name)
    errors = {(sheet.name, cell) for sheet in book.sheets for row in sheet.rows for cell in row if str(cell)[:1] == "#"}
    assert errors <= {("Summary", "#N/A")}, "where the scatter chart has nobody to show"
    assert "? Not enough data 30" in run("score", tmp_path / "lo" / out.name).out


def test_the_teacher_names_leavers_and_their_rows_stay_blank(source: Path) -> None:
    _, old = opened(source, "Markbook")
    first, second = old.cell(7, 1).value, f"{old.cell(9, 3).value} {old.cell(9, 2).value}"
    ran = run("roll-over", source, "--leaver", first, "--leaver", second)
    assert "28 students go on. Out: 2 leavers (row 7, named, row 9, named)." in ran.out
    out = source.with_name("class.2026-27.xlsx")
    _, new = opened(out, "Markbook")
    left = [str(cell.value) for row in (7, 9) for cell in new[row] if cell.value is not None]
    assert all(text.startswith("=IFERROR(LOOKUP(") for text in left), "formulas over nothing say nothing"
    for row in range(5, 35):
        if row not in (7, 9):
            assert [new.cell(row, c).value for c in range(1, 4)] == [old.cell(row, c).value for c in range(1, 4)]
    assert first not in under(opened(out, "Runs 2025-26")[1], "Student ID").values()
    assert first not in under(opened(out, "Outcomes 2025-26")[1], "Student ID").values()
    assert "? Not enough data 28" in run("score", out).out


OWN = ("Student ID", "Name", "Target", "Fractions (20)", "Final grade")


def own(path: Path, heading: str, *cells: object) -> Path:
    rows = [[f"ZQ{n}", f"Ova Zarrin{n}", 5, 10 + n, 4, cell] for n, cell in enumerate(cells)]
    return write_workbook(path, {"Y9": [(*OWN, heading), *rows]})  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("heading", "cells", "out"),
    [
        ("Status", ("Left", "On roll", None, "left"), [2, 5]),
        ("Left", ("yes", "no", None, False), [2]),
        ("Leaving date", ("2001-07-17", "2999-09-01", None, "soon"), [2]),
        ("Notes", ("left early on Monday", "Left", "leaver", None), []),
    ],
)
def test_whom_the_sheet_marks_as_left_is_out(
    heading: str, cells: tuple[object, ...], out: list[int], tmp_path: Path
) -> None:
    new = rolled(own(tmp_path / "own.xlsx", heading, *cells))
    there = under(opened(new, "Y9")[1], "Student ID")
    assert sorted(there) == [row for row in range(2, 6) if row not in out]


def test_a_leaver_who_is_nobody_or_several_is_refused(tmp_path: Path) -> None:
    rows = [("Ova Zarrin", "9A", 12), ("Ova Zarrin", "9B", 11), ("Tul Beska", "9A", 3)]
    path = write_workbook(tmp_path / "own.xlsx", {"Y9": [("Name", "Form", "Angles (20)"), *rows]})
    before = contents(tmp_path)
    assert "nobody on the sheet" in refused(run("roll-over", path, "--leaver", "Pim Dorro"))
    assert "more than one row (Y9 row 2, Y9 row 3)" in refused(run("roll-over", path, "--leaver", "Zarrin, Ova"))
    assert contents(tmp_path) == before


def test_a_leavers_row_that_cannot_be_emptied_stays_and_is_told(tmp_path: Path) -> None:
    path = own(tmp_path / "own.xlsx", "Status", "Left", "Left", "Left", None)
    book, page = opened(path)
    page["B2"].comment = Comment("wears glasses", "a teacher")
    page["C3"].value = "=3+2"
    book.save(path)
    told = run("roll-over", path, "-o", tmp_path / "new.xlsx").out
    assert "Notes, comments or links hang on 1 row and stay" in told
    assert "Row 2 is a leaver's (Status: Left) and is still there, without marks: a note or a link hangs" in told
    assert (
        "Row 3 is a leaver's (Status: Left) and is still there, without marks: a formula stands in it under 'Target'"
        in told
    )
    _, new = opened(tmp_path / "new.xlsx")
    assert sorted(under(new, "Student ID")) == [2, 3, 5]
    assert under(new, "Fractions (20)") == {}


def test_formulas_stay_and_forget_last_year(tmp_path: Path) -> None:
    path = tmp_path / "own.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Y9")
        sheet.write_row(0, 0, (*HEADINGS, "All (115)"))
        for number, row in enumerate(students(12), start=2):
            sheet.write_row(number - 1, 0, row)
            sheet.write_formula(number - 1, len(HEADINGS), f"=SUM(J{number}:M{number})", None, 7 * number)
    out = tmp_path / "new.xlsx"
    ran = run("roll-over", path, "--leaver", "ZQ1003", "-o", out)
    assert "Formulas stay in 'All (115)' (N1)" in ran.out
    _, page = opened(out)
    assert under(page, "All (115)") == {row: f"=SUM(J{row}:M{row})" for row in range(2, 14)}
    assert {read_book(out).sheets[0].cell(row, len(HEADINGS) + 1) for row in range(2, 14)} == {None}
    # Excel and LibreOffice make 0 of a sum of blank cells, which nobody has earned.
    office = needed("soffice", remedy="apt-get install libreoffice-calc")
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "lo"), str(out)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    calculated = read_book(tmp_path / "lo" / out.name)
    assert {calculated.sheets[0].cell(row, len(HEADINGS) + 1) for row in range(2, 14)} == {0.0}
    assert not read_markbook(calculated).cohort.has_mark.any()
    assert "? Not enough data 11" in run("score", tmp_path / "lo" / out.name).out


def test_a_column_for_last_years_grade_is_filled(tmp_path: Path) -> None:
    path = own(tmp_path / "own.xlsx", "Last year's grade", 3, None, 2)
    out = rolled(path)
    book, page = opened(out)
    assert under(page, "Last year's grade") == {2: 4, 3: 4, 4: 4}
    assert (under(page, "Final grade"), book.sheetnames) == ({}, ["Y9"])


def test_an_output_that_holds_something_else_is_never_replaced(source: Path) -> None:
    out = rolled(source)
    assert "holds this result already" in run("roll-over", source).out
    book, page = opened(out, "Markbook")
    page.cell(5, column_of(page, "Fractions HT1", header_row=HEADING_ROW)).value = 12
    book.save(out)
    before = contents(out.parent)
    assert "exists already and holds something else" in refused(run("roll-over", source))
    assert "goes into a file of its own" in refused(run("roll-over", source, "-o", source))
    assert contents(out.parent) == before


def test_the_year_after_the_next_keeps_both(source: Path) -> None:
    once = rolled(source)
    assert run("score", once).code == 0
    twice = rolled(once.with_name("class.2026-27.marked.xlsx"))
    assert twice.name == "class.2027-28.xlsx"
    book, _ = opened(twice, "Markbook")
    assert {"Runs 2025-26", "Runs 2026-27"} <= set(book.sheetnames)
    assert Flag.NOT_ENOUGH in under(book["Runs 2026-27"], "Flag").values()


@pytest.mark.parametrize(
    ("make", "words"),
    [(make, words) for name, make, words in BAD_INPUTS if not name.startswith("no mark")],
    ids=[name for name in BAD_INPUT_NAMES if not name.startswith("no mark")],
)
def test_a_bad_input_is_one_line_and_no_file(tmp_path: Path, make: Callable[[Path], object], words: str) -> None:
    path = tmp_path / "class.xlsx"
    make(path)
    before = contents(tmp_path)
    assert words in refused(run("roll-over", path))
    assert contents(tmp_path) == before
