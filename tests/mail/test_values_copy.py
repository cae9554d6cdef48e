"""The attachment: values alone, in the template's look, without what a colleague does not need."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from addin.errors import SheetProblem
from addin.hosts.closed_file import ClosedFile
from addin.hosts.memory import Memory
from addin.mail.copied_columns import IN_PLACE
from addin.mail.values_copy import values_copy
from addin.reading.grid import Book, CellValue
from addin.reading.headings.roles import RESULT_HEADINGS
from addin.reading.markbook import read_markbook
from addin.results.columns import FLAG_COLOURS
from addin.review import review
from model.vocabulary import Flag
from templates.layout import DATA_COLUMN, DATA_ROWS, IMPACT_ROW
from tests.files.package.validator import validator_errors
from tests.mail.reading import parts_of, saved_by_libreoffice
from tests.support import HEADINGS, Row, book, score_class, students

HOSTILE = (
    '=HYPERLINK("http://evil.example","x")', "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "{=1+1}", "\t=1", "http://evil.example",
    "mailto:me@evil.example", "<b>&amp;", "x" * 32767,
)  # fmt: skip
HEADER_ROW, FIRST_ROW = 4, 5


def scored(*rows: Row, hidden: frozenset[int] | None = None) -> Book:
    host = Memory(book(*rows))
    score_class(host, add_sheets=True)
    sheets = tuple(replace(sheet, hidden_columns=hidden) if sheet.name == "Y9" else sheet for sheet in host.book.sheets)
    return replace(host.book, sheets=sheets)


def copied(read: Book) -> bytes:
    return values_copy(read, read_markbook(read)).content


def page_of(content: bytes, name: str = "Markbook") -> Worksheet:
    page = load_workbook(BytesIO(content))[name]
    assert isinstance(page, Worksheet)
    return page


def headings(page: Worksheet) -> list[object]:
    return [cell.value for cell in page[HEADER_ROW]]


def value(page: Worksheet, row: int, heading: object) -> object:
    return page.cell(row, headings(page).index(heading) + 1).value


def everything(content: bytes) -> bytes:
    return b"\n".join(parts_of(content).values())


def test_students_marks_and_results_arrive() -> None:
    read = scored(HEADINGS, *students(12))
    page = page_of(copied(read))
    assert headings(page) == [*HEADINGS[:3], *RESULT_HEADINGS, "Form", "Target", "KS2", *HEADINGS[6:]]
    for row, result in enumerate(review(read).results, start=FIRST_ROW):
        assert [value(page, row, heading) for heading in HEADINGS] == students(12)[row - FIRST_ROW]
        assert value(page, row, "Flag") == result.flag.value
        assert value(page, row, "Priority") == result.priority
    assert page.freeze_panes == "G5"


def test_it_looks_like_the_template(sample: Path, tmp_path: Path) -> None:
    """Colours, headings, widths and totals of the template's own sheet, column for column."""
    read = ClosedFile(sample, output=sample).read()
    copy, original = page_of(copied(read)), load_workbook(sample)["Markbook"]
    assert isinstance(original, Worksheet)
    place = {cell.value: cell.column for cell in original[HEADER_ROW]}
    compared = 0
    for cell in copy[HEADER_ROW]:
        column = place[cell.value]
        for row in (2, 3, HEADER_ROW, FIRST_ROW):
            ours, theirs = copy.cell(row, cell.column), original.cell(row, column)
            assert ours.fill.fgColor.rgb == theirs.fill.fgColor.rgb, (cell.value, row)
            assert ours.font.name == theirs.font.name
            assert ours.alignment.textRotation == theirs.alignment.textRotation
            assert ours.number_format == theirs.number_format
        assert [copy.cell(row, cell.column).value for row in (2, 3)] == [
            original.cell(row, column).value for row in (2, 3)
        ]
        compared += 1
    shown = {str(cell.value) for cell in original[HEADER_ROW]} - folded_in(original)
    assert compared == len(shown - {"Clinics offered", "Clinics attended", "Unavailable"})
    assert [value(copy, FIRST_ROW, f"Latest {kind}") for kind in ("attendance %", "homework %", "effort")] == [
        read_of(sample, f"Latest {kind}") for kind in ("attendance %", "homework %", "effort")
    ]
    assert copy["A1"].value == original["A1"].value
    colours = {
        rule.dxf.fill.bgColor.rgb[-6:]
        for rules in copy.conditional_formatting
        for rule in rules.rules
        if rule.dxf is not None and rule.dxf.fill is not None
    }
    assert {colour.fill for colour in FLAG_COLOURS.values()} <= colours


def folded_in(sheet: Worksheet) -> set[str]:
    """The headings of the columns that nobody sees."""
    hidden = [size for size in sheet.column_dimensions.values() if size.hidden]
    return {str(sheet.cell(HEADER_ROW, number).value) for size in hidden for number in range(size.min, size.max + 1)}


def read_of(path: Path, heading: str) -> object:
    """What the first student's cell holds under a heading, as it is stored."""
    page = load_workbook(path, data_only=True)["Markbook"]
    assert isinstance(page, Worksheet)
    return value(page, FIRST_ROW, heading)


def test_a_year_of_folded_columns_is_told_in_short(sample: Path) -> None:
    read = ClosedFile(sample, output=sample).read()
    (hidden,) = [words for words in values_copy(read, read_markbook(read)).left_out if words.startswith("hidden: ")]
    assert re.fullmatch(r"hidden: Attendance % HT1, Attendance % HT2, Attendance % HT3, \d+ more", hidden)


def test_what_a_colleague_does_not_need_is_left_out() -> None:
    left_out = ("PP", "SEN", "Sex", "Ethnicity", "Final grade", "Comments", "", "E-mail")
    secret = {"UPN": "A823456789012"} | {heading: f"secret {heading}" for heading in left_out}
    rows = [(*HEADINGS, *secret), *((*row, *secret.values()) for row in students(12))]
    read = scored(*rows, hidden=frozenset())
    copy = values_copy(read, read_markbook(read))
    assert headings(page_of(copy.content)) == [*HEADINGS[:3], *RESULT_HEADINGS, "Form", "Target", "KS2", *HEADINGS[6:]]
    assert b"ZQ1003" in everything(copy.content)
    assert b"secret" not in everything(copy.content)
    assert b"A823456789012" not in everything(copy.content)
    assert copy.left_out == (
        "UPN", "for audit only: PP, SEN, Sex, Ethnicity", "outcomes: Final grade", "not used by the program: Comments, E-mail",
        "formulas, comments, macros and other sheets",
    )  # fmt: skip


def test_hidden_columns_are_left_out_and_named() -> None:
    hidden = {5: "Target", 7: "Attendance %", 10: "Fractions (20)"}
    read = scored(HEADINGS, *students(12), hidden=frozenset(hidden))
    copy = values_copy(read, read_markbook(read))
    assert not set(hidden.values()) & set(headings(page_of(copy.content)))
    assert "hidden: Target, Attendance %, Fractions (20)" in copy.left_out


def test_a_host_that_cannot_tell_hidden_columns_says_so() -> None:
    read = scored(HEADINGS, *students(12), hidden=None)
    assert any("cannot be told" in words for words in values_copy(read, read_markbook(read)).left_out)


def test_hidden_columns_of_a_file_are_seen(tmp_path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "h.xlsx") as workbook:
        sheet = workbook.add_worksheet("Y9")
        for number, row in enumerate([HEADINGS, *students(9)]):
            sheet.write_row(number, 0, row)
        sheet.set_column("E:F", 8, None, {"hidden": True})
        sheet.set_column("G:G", 0)
    read = ClosedFile(tmp_path / "h.xlsx", output=tmp_path / "h.xlsx").read().sheet("Y9")
    assert read is not None
    assert read.hidden_columns == {5, 6, 7}


def test_no_upn_in_a_query_or_anywhere() -> None:
    """A UPN typed into the wrong column, a wrong one in its own, and one as a student ID."""
    upn, wrong = "B801200005001", "80120000500"
    rows = [[*row, upn if number else wrong] for number, row in enumerate(students(12))]
    rows[1][FIRST := 9] = upn
    rows[2][0] = "A801200005001"
    read = scored([*HEADINGS, "UPN"], *rows)
    markbook = read_markbook(read)
    assert any(upn in query.value or wrong in query.value for query in markbook.queries)
    content = values_copy(read, markbook).content
    for number in (upn, wrong, "A801200005001"):
        assert number.encode() not in everything(content)
    values = [row[1].value for row in page_of(content, "Queries").iter_rows(min_row=2)]
    assert IN_PLACE in values
    assert "(left out)" in values
    assert value(page_of(content), FIRST_ROW + 1, HEADINGS[FIRST]) == IN_PLACE


def test_queries_arrive() -> None:
    rows = students(12)
    rows[3][9] = "4?"
    read = scored(HEADINGS, *rows)
    (query,) = read_markbook(read).queries
    page = page_of(copied(read), "Queries")
    assert [cell.value for cell in page[2]] == [query.cell, "4?", query.rule, query.remedy]


@pytest.mark.parametrize("text", HOSTILE, ids=[text[:12] for text in HOSTILE])
def test_hostile_text_stays_text(text: str) -> None:
    rows: list[list[CellValue]] = [list(row) for row in students(9)]
    rows[2][1] = text
    content = copied(scored(["Student ID", "Surname", *HEADINGS[2:]], *rows))
    page = page_of(content)
    assert page.cell(FIRST_ROW + 2, 2).value == text
    assert page.cell(FIRST_ROW + 2, 2).data_type == "s"
    for sheet in load_workbook(BytesIO(content)):
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f" or cell.hyperlink]
    parts = parts_of(content)
    assert not [name for name in parts if "vba" in name or "external" in name or "comments" in name]
    assert not [name for name, part in parts.items() if name.startswith("xl/worksheets/") and b"<f>" in part]


@pytest.mark.parametrize("value", [True, False, date(2026, 3, 12), datetime(2026, 3, 12, 9, 30), "#N/A", "=1"])
def test_any_kind_of_value_is_copied_as_it_reads(value: CellValue) -> None:
    rows: list[list[CellValue]] = [list(row) for row in students(9)]
    rows[0][4] = value
    page = page_of(copied(scored(HEADINGS, *rows)))
    assert page.cell(FIRST_ROW, headings(page).index("Target") + 1).value == str(value)


def test_other_sheets_and_titles_stay_behind() -> None:
    read = scored(("Private title",), HEADINGS, *students(9), ("Average", None, None, None, 5.5))
    both = replace(read, sheets=(*read.sheets, *book(("Private",), name="Home addresses").sheets))
    content = copied(both)
    assert load_workbook(BytesIO(content)).sheetnames == ["Markbook", "Summary", "Queries"]
    assert page_of(content).max_row == HEADER_ROW + 9
    assert b"Private" not in everything(content)
    assert b"Home addresses" not in everything(content)


def test_headings_that_are_alike_are_told_apart(tmp_path: Path) -> None:
    rows = [
        ["Name", "Test (20)", "Test (20)", "test (20)"],
        *([f"Zov{n} Lum", n, n * 7 % 11, n * 5 % 13] for n in range(9)),
    ]
    content = copied(scored(*rows))
    assert headings(page_of(content))[:1] == ["Name"]
    assert headings(page_of(content))[-3:] == ["Test (20)", "Test (20) (2)", "test (20) (3)"]
    (tmp_path / "c.xlsx").write_bytes(content)
    assert validator_errors(tmp_path / "c.xlsx") == []


def test_the_same_values_give_the_same_bytes() -> None:
    read = scored(HEADINGS, *students(9))
    assert copied(read) == copied(read)


def test_a_book_without_results() -> None:
    read = book(HEADINGS, *students(9))
    with pytest.raises(SheetProblem, match="no results to send"):
        values_copy(read, read_markbook(read))


def test_summary_is_what_libreoffice_works_out(sample: Path, tmp_path: Path) -> None:
    """Every figure of the copy, which holds values, against the same cell of the template's formulas."""
    read = ClosedFile(sample, output=sample).read()
    content = copied(read)
    assert saved_by_libreoffice(sample, tmp_path) is not None
    theirs: Any = load_workbook(tmp_path / "saved.xlsx", data_only=True)["Summary"]
    ours: Any = page_of(content, "Summary")
    figures = 0
    for row in range(1, IMPACT_ROW):
        for column in range(1, DATA_COLUMN - 1):
            got, wanted = ours.cell(row, column).value, theirs.cell(row, column).value
            if isinstance(wanted, datetime):
                wanted = (wanted - datetime(1899, 12, 30)).days
            if isinstance(got, datetime):
                got = (got - datetime(1899, 12, 30)).days
            if isinstance(wanted, (int, float)):
                assert got == pytest.approx(wanted), (row, column)
                figures += 1
            elif "Marks typed as" not in str(wanted):
                assert (got or None) == (wanted or None), (row, column)
    assert figures > 50
    drawn = 0
    for row in range(4, 4 + DATA_ROWS):
        pair = [ours.cell(row, column).value for column in range(DATA_COLUMN + 1, DATA_COLUMN + 5)]
        wanted = [theirs.cell(row, column).value for column in range(DATA_COLUMN + 1, DATA_COLUMN + 5)]
        numbers = [value if isinstance(value, (int, float)) else None for value in wanted]
        if all(value is None for value in numbers[1:]) or numbers[0] is None:
            numbers = [None] * 4
        assert pair == pytest.approx(numbers), row
        drawn += pair[0] is not None
    assert drawn == 29


def test_charts_show_their_figures_in_a_preview(sample: Path) -> None:
    """Native charts that refer to cells of the copy and keep the figures, for programs that only show."""
    read = ClosedFile(sample, output=sample).read()
    counts = [sum(result.flag is flag for result in review(read).results) for flag in Flag]
    charts = {
        name: part.decode() for name, part in parts_of(copied(read)).items() if name.startswith("xl/charts/chart")
    }
    assert len(charts) == 4
    for part in charts.values():
        assert "<c:f>Summary!" in part
        assert "<c:v>" in part.partition("<c:numCache>")[2]
    kept = charts["xl/charts/chart1.xml"].partition("<c:numCache>")[2]
    assert [f"<c:v>{count}</c:v>" in kept for count in counts] == [True] * len(counts)


@pytest.mark.parametrize("size", [1, 9, 200])
def test_microsoft_finds_no_fault(tmp_path: Path, size: int) -> None:
    path = tmp_path / "copy.xlsx"
    path.write_bytes(copied(scored(HEADINGS, *students(size))))
    assert validator_errors(path) == []
