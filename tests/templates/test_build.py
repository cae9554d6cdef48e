"""The workbooks, read back with another library than the one that wrote them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from addin.errors import RequestProblem, WriteFailed
from addin.reading.headings.roles import RESULT_HEADINGS
from addin.results import clinic_register
from model.clinics.groups import RANGES
from model.students import Cohort, MarkState
from templates import build, layout
from templates.content import Content, Setup
from templates.roster import Student, invent_roster
from templates.sheets.activities import library
from templates.sheets.setup import meanings

FOLDER = Path(build.__file__).parent
HEADINGS = [column.heading for column in layout.columns()]
LEAD = layout.LEADING_COLUMNS
ALL_HEADINGS = [*HEADINGS[:LEAD], *RESULT_HEADINGS, *HEADINGS[LEAD:]]
SETTINGS = {
    "school",
    "class_name",
    "school_year",
    "half_term",
    "teacher",
    "threshold_high",
    "threshold_watch",
    "boundaries_higher",
    "boundaries_foundation",
    *(f"clinic_{name}" for name in RANGES),
    "language",
    "letter_contact",
    "letter_language",
}
NAMES = SETTINGS | {
    "colleague_addresses",
    "heading_meanings",
    "last_run",
    "previous_run",
    "strand_row",
    "student_ids",
    "totals_row",
    "what_if_change",
    "what_if_flag_now",
    "what_if_flag_then",
    "what_if_risk_now",
    "what_if_risk_then",
    "what_if_student",
    "what_if_value",
}
SHEETS = [
    "Guide",
    "Class list",
    "Support",
    "Setup",
    "Markbook",
    "Summary",
    "Clinics",
    "Clinic plan",
    "Activities",
    "Runs",
    "Queries",
    "What if",
    "Fairness",
]
WITH_FORMULAS = {"Markbook", "Summary", "What if", "Fairness"}
EMPTY_AT_FIRST = {"Clinic plan", "Queries", "What if"}


def empty(path: Path) -> None:
    build.build_markbook(path)


def sample(path: Path) -> None:
    build.class_workbook(path, students=build.SAMPLE_STUDENTS, seed=build.SAMPLE_SEED)


def one(path: Path) -> None:
    build.class_workbook(path, students=1, seed=1)


def two_hundred(path: Path) -> None:
    build.class_workbook(path, students=200, seed=2)


WORKBOOKS: dict[Callable[[Path], None], int] = {empty: layout.ROOM, sample: 30, one: 1, two_hundred: 200}
"""How to write each workbook, and how many rows its students have."""


@pytest.fixture(scope="module", params=WORKBOOKS, ids=lambda write: write.__name__)
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Workbook, int]:
    """Each workbook: its path, its content, its rows of students."""
    path = tmp_path_factory.mktemp("built") / "markbook.xlsx"
    request.param(path)
    return path, load_workbook(path), WORKBOOKS[request.param]


def heading_column(heading: str) -> str:
    return str(get_column_letter(ALL_HEADINGS.index(heading) + 1))


def test_sheets_stand_in_order(written: tuple[Path, Workbook, int]) -> None:
    assert written[1].sheetnames == SHEETS


def test_sheets_that_hold_nothing_yet_are_hidden(written: tuple[Path, Workbook, int]) -> None:
    assert {sheet.title for sheet in written[1] if sheet.sheet_state == "hidden"} == EMPTY_AT_FIRST
    assert {sheet.sheet_state for sheet in written[1]} == {"visible", "hidden"}  # none that Excel's menu cannot show


def test_headings_strands_and_totals_are_those_of_the_layout(written: tuple[Path, Workbook, int]) -> None:
    sheet = written[1]["Markbook"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=1, max_row=layout.HEADING_ROW)]
    assert rows[layout.HEADING_ROW - 1] == ALL_HEADINGS
    assert rows[layout.STRAND_ROW - 1][0] == "Strand"
    assert rows[layout.OUT_OF_ROW - 1][0] == "Out of"
    works = layout.assessments()
    first = ALL_HEADINGS.index(works[0].title)
    marks = slice(first, first + len(works))
    assert rows[layout.OUT_OF_ROW - 1][marks] == [work.out_of for work in works]
    assert rows[layout.STRAND_ROW - 1][marks] == [work.strand and work.strand.value for work in works]


def test_tables_cover_their_rows(written: tuple[Path, Workbook, int]) -> None:
    _, book, students = written
    markbook, activities = book["Markbook"].tables["Markbook"], book["Activities"].tables["Activities"]
    assert markbook.ref == f"A4:{get_column_letter(len(ALL_HEADINGS))}{layout.HEADING_ROW + students}"
    assert [column.name for column in markbook.tableColumns] == ALL_HEADINGS
    assert activities.ref == f"A4:H{4 + len(library())}"


def test_the_programs_own_tables_have_the_headings_that_it_reads(written: tuple[Path, Workbook, int]) -> None:
    book = written[1]
    expected = {
        ("Setup", "HeadingMap"): ["Heading", "Means"],
        ("Clinics", "Clinics"): ["Slot", "Day", "Time", "Room", "Strand", "Seats", "Staff"],
        ("Clinic plan", "ClinicPlan"): list(clinic_register.HEADINGS),
        ("Runs", "History"): ["Date", "Student ID", "Name", "Risk", "Flag", "Priority", "Half-term", "Working on"],
        ("Queries", "Queries"): ["Cell", "Value", "Rule", "Remedy"],
    }
    for (sheet, table), headings in expected.items():
        assert [column.name for column in book[sheet].tables[table].tableColumns] == headings
    # These three are replaced below row 1, so that nothing may stand above them.
    assert all(book[sheet].tables[table].ref.startswith("A1:") for sheet, table in list(expected)[2:])


def test_defined_names_point_at_the_settings(written: tuple[Path, Workbook, int]) -> None:
    book = written[1]
    assert set(book.defined_names) == NAMES
    for name in SETTINGS:
        ((sheet, cell),) = book.defined_names[name].destinations
        assert sheet == "Setup"
        assert book[sheet][cell.replace("$", "").replace("B", "A")].value


def test_what_a_heading_may_mean_is_offered(written: tuple[Path, Workbook, int]) -> None:
    book = written[1]
    ((sheet, cells),) = book.defined_names["heading_meanings"].destinations
    assert tuple(cell.value for (cell,) in book[sheet][cells]) == meanings()
    assert any(rule.formula1 == "heading_meanings" for rule in book["Setup"].data_validations.dataValidation)


def test_rules_warn_and_never_stop(written: tuple[Path, Workbook, int]) -> None:
    rules = [rule for sheet in written[1] for rule in sheet.data_validations.dataValidation]
    assert rules
    assert {rule.errorStyle for rule in rules} == {"warning"}


def test_no_formula_stores_a_result_that_may_be_wrong(written: tuple[Path, Workbook, int]) -> None:
    path, book, _ = written
    stored = load_workbook(path, data_only=True)
    formulas = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert {cell.parent.title for cell in formulas} == WITH_FORMULAS
    others = [cell for cell in formulas if cell.parent.title != "Markbook"]
    assert all(stored[cell.parent.title][cell.coordinate].value is None for cell in others)


@pytest.mark.parametrize("kind", ["attendance %", "homework %", "effort"])
def test_the_latest_half_term_is_stored_as_it_will_be_worked_out(
    written: tuple[Path, Workbook, int], kind: str
) -> None:
    path, _, students = written
    sheet = load_workbook(path, data_only=True)["Markbook"]
    for row in range(layout.FIRST_STUDENT_ROW, layout.FIRST_STUDENT_ROW + students):
        told = [sheet[f"{heading_column(f'{kind.capitalize()} HT{number}')}{row}"].value for number in range(1, 7)]
        latest = next((value for value in reversed(told) if value is not None), None)
        assert sheet[f"{heading_column(f'Latest {kind}')}{row}"].value == latest


def test_formulas_name_no_cell_of_another_sheet(written: tuple[Path, Workbook, int]) -> None:
    cells = (cell for sheet in written[1] for row in sheet.iter_rows() for cell in row if cell.data_type == "f")
    assert not [cell.coordinate for cell in cells if "!" in cell.value or "[@" in cell.value]


def test_what_is_protected_and_what_never(written: tuple[Path, Workbook, int]) -> None:
    protected = {sheet.title for sheet in written[1] if sheet.protection.sheet}
    assert protected == {"Summary", "Fairness"}
    assert not any(sheet.protection.password for sheet in written[1])


def test_the_page_is_ready_to_print(written: tuple[Path, Workbook, int]) -> None:
    _, book, students = written
    sheet = book["Markbook"]
    # Names, flag, risk and priority stay in sight.
    assert sheet.freeze_panes == "G5"
    assert ALL_HEADINGS[3:6] == ["Flag", "Risk", "Priority"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
    assert sheet.print_title_cols == "$A:$C"
    assert sheet.print_title_rows == "$1:$4"
    last = heading_column("Decision note")
    assert sheet.print_area == f"'Markbook'!$A$1:${last}${layout.HEADING_ROW + students}"


def test_a_mark_above_its_total_is_shown_at_once(written: tuple[Path, Workbook, int]) -> None:
    _, book, students = written
    ranges = {str(rule.sqref): rule.rules for rule in book["Markbook"].conditional_formatting}
    first, last = heading_column("Fractions HT1"), heading_column("Mock 2 Paper 3 HT5")
    formulas = [rule.formula[0] for rule in ranges[f"{first}5:{last}{layout.HEADING_ROW + students}"]]
    assert any(f"{first}5>{first}$3" in formula for formula in formulas)


@pytest.mark.parametrize("write", WORKBOOKS, ids=lambda write: write.__name__)
def test_the_same_input_gives_the_same_bytes(write: Callable[[Path], None], tmp_path: Path) -> None:
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    write(first)
    write(second)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(("write", "name"), [(empty, "markbook.xlsx"), (sample, "sample_markbook.xlsx")])
def test_the_shipped_files_are_up_to_date(write: Callable[[Path], None], name: str, tmp_path: Path) -> None:
    write(tmp_path / name)
    stale = f"{name} is stale: run python -m templates.build"
    assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes(), stale


def test_the_empty_markbook_names_nobody(tmp_path: Path) -> None:
    empty(tmp_path / "empty.xlsx")
    book = load_workbook(tmp_path / "empty.xlsx")
    assert [book["Setup"][f"B{row}"].value for row in range(4, 9)] == [None] * 5
    students = book["Markbook"].iter_rows(min_row=layout.FIRST_STUDENT_ROW)
    assert all(cell.value is None or cell.data_type == "f" for row in students for cell in row)
    assert book["Markbook"]["A1"].value == "Maths markbook"


def test_the_sample_is_an_invented_class_at_half_term_four() -> None:
    book = load_workbook(FOLDER / "sample_markbook.xlsx")
    sheet = book["Markbook"]
    assert sheet["A1"].value == "Maths markbook – class 10x/Ma1"
    assert book["Setup"]["B4"].value == "Example School"
    assert book["Setup"]["B7"].value == 4
    later = [heading for heading in HEADINGS if "HT5" in heading or "HT6" in heading]
    for heading in [*later, "Working-at grade"]:
        assert all(cell.value is None for cell in sheet[heading_column(heading)][layout.HEADING_ROW :]), heading


def test_each_state_of_a_mark_has_its_own_word(tmp_path: Path) -> None:
    states = [
        MarkState.MARK,
        MarkState.ABSENT,
        MarkState.NOT_REQUIRED,
        MarkState.NOT_YET_JOINED,
        MarkState.NOT_RECORDED,
    ]
    cohort = Cohort.build(
        keys=[str(state) for state in states],
        half_term=1,
        higher=[1, 0, np.nan, 1, 0],
        attendance=np.tile([95.5] + [np.nan] * 5, (5, 1)),
        assessments=layout.assessments()[:1],
        earned=[[12.5], *[[np.nan]] * 4],
        state=[[state] for state in states],
    )
    build.build_markbook(tmp_path / "states.xlsx", roster=invent_roster(students=5, seed=1), cohort=cohort, rows=6)
    sheet = load_workbook(tmp_path / "states.xlsx")["Markbook"]

    def values(heading: str) -> list[object]:
        return [cell.value for cell in sheet[heading_column(heading)][layout.HEADING_ROW :]]

    assert values("Fractions HT1") == [12.5, "Abs", "N/A", "NE", None, None]
    assert values("Tier") == ["H", "F", None, "H", "F", None]
    assert values("Attendance % HT1") == [95.5] * 5 + [None]


def test_names_that_look_like_formulas_stay_text(tmp_path: Path) -> None:
    student = Student(student_id="ZQ1000", surname="=1+1", forename="@SUM(A1)", form="http://10K1")
    build.build_markbook(tmp_path / "text.xlsx", roster=[student], setup=Setup(class_name="=2+2"))
    book = load_workbook(tmp_path / "text.xlsx")
    row = book["Markbook"][layout.FIRST_STUDENT_ROW][:4]
    assert [(cell.value, cell.data_type) for cell in row[1:3]] == [("=1+1", "s"), ("@SUM(A1)", "s")]
    assert row[3].hyperlink is None
    assert book["Setup"]["B5"].data_type == "s"


@pytest.mark.parametrize(("students", "seed"), [(0, 1), (201, 1), (-1, 1), (30, -1)])
def test_a_class_that_cannot_be_is_refused_with_a_remedy(students: int, seed: int, tmp_path: Path) -> None:
    with pytest.raises(RequestProblem, match=r"Ask for|Choose"):
        build.class_workbook(tmp_path / "none.xlsx", students=students, seed=seed)
    assert not os.listdir(tmp_path)


def test_a_folder_that_is_not_there_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(WriteFailed, match=r"Check that the folder exists") as problem:
        empty(tmp_path / "nowhere" / "markbook.xlsx")
    assert "\n" not in str(problem.value)


def test_a_failed_write_leaves_the_earlier_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "markbook.xlsx"
    path.write_bytes(b"earlier")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(WriteFailed):
        empty(path)
    assert path.read_bytes() == b"earlier"
    assert os.listdir(tmp_path) == ["markbook.xlsx"]


def test_students_records_and_rows_must_fit_together() -> None:
    students = invent_roster(students=2, seed=1)
    cohort = Cohort.build(keys=("a",), half_term=1)
    with pytest.raises(ValueError, match="1 records for 2 students"):
        Content.of(roster=students, cohort=cohort, setup=Setup(), rows=None)
    with pytest.raises(ValueError, match="1 rows cannot hold 2 students"):
        Content.of(roster=students, cohort=None, setup=Setup(), rows=1)
