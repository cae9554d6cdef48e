"""Two ways to read and two ways to write a sheet, one result: by bytes, and by a parser."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from addin.errors import MarkbookError
from addin.files.package import results, sheet_grid
from addin.files.package.cell_values import CellReader
from addin.files.package.guard import CellBudget
from addin.files.package.lint import lint
from addin.files.package.parts import Package
from addin.files.package.patch import patch_workbook
from addin.files.package.read import read_book
from addin.files.package.sheet_grid import SheetGrid, parsed_grid, searched_grid
from addin.files.package.sheet_stream import Unusual
from addin.reading.grid import CellValue, column_letters
from addin.results.columns import RESULT_COLUMNS
from addin.results.edits import ColumnEdit, SheetEdits
from tests.files.package.books import SHEET, SHEET_PART, plain_book, rewritten
from tests.files.package.torture import FEATURES, book_with

HEAD = '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8)
NUMBERS = st.one_of(st.integers(-9, 10**9), st.floats(allow_nan=False, allow_infinity=False)).map(str)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


CELLS = st.one_of(
    st.just("<c{r}/>"),
    st.just("<c{r}></c>"),
    st.just('<c{r} s="1"/>'),
    st.just("<c{r}><v/></c>"),
    st.just("<c{r}><v></v></c>"),
    st.just('<c{r} t="str"><f>A1</f><v></v></c>'),
    st.just('<c{r} t="str"><f>A1</f><v/></c>'),
    st.just("<c{r}><f>A1</f><v/></c>"),
    st.just("<c{r}><f>A1</f></c>"),
    st.just('<c{r}><f t="shared" si="0"/><v>3</v></c>'),
    st.just('<c{r}><f t="array" ref="A1:B2">X1</f><v>3</v></c>'),
    st.just('<c{r} t="b"><v>1</v></c>'),
    st.just('<c{r} t="e"><v>#N/A</v></c>'),
    st.just('<c{r} t="e"><f>1/0</f><v>#DIV/0!</v></c>'),
    st.just('<c{r} t="s"><v>0</v></c>'),
    st.just('<c{r} t="inlineStr"><is><r><t>a</t></r><r><t> b</t></r></is></c>'),
    st.just('<c{r} t="inlineStr"><is><t/></is></c>'),
    NUMBERS.map(lambda number: f"<c{{r}}><v>{number}</v></c>"),
    NUMBERS.map(lambda number: f'<c{{r}} s="2"><v>{number}</v></c>'),
    TEXTS.map(lambda text: f'<c{{r}} t="inlineStr"><is><t xml:space="preserve">{escaped(text)}</t></is></c>'),
    TEXTS.map(lambda text: f'<c{{r}} t="str"><v>{escaped(text)}</v></c>'),
    TEXTS.map(lambda text: f'<c{{r}} t="str"><f>"{escaped(text)}"</f><v>{escaped(text)}</v></c>'),
)
ROWS = st.dictionaries(st.integers(1, 12), st.dictionaries(st.integers(1, 30), CELLS, max_size=6), max_size=6)


def sheet_xml(rows: Mapping[int, Mapping[int, str]]) -> bytes:
    pieces = []
    for number, cells in sorted(rows.items()):
        # Braces of a generated text are no places to fill in.
        inside = "".join(
            cell.replace("<c{r}", f'<c r="{column_letters(column)}{number}"', 1)
            for column, cell in sorted(cells.items())
        )
        pieces.append(f'<row r="{number}" spans="1:30">{inside}</row>' if inside else f'<row r="{number}" ht="9"/>')
    return f"{HEAD}<sheetData>{''.join(pieces)}</sheetData></worksheet>".encode()


def told(grid: SheetGrid) -> object:
    rows = grid.filled_rows()
    return rows, [[type(cell) for cell in row] for row in rows], grid.all_formulas(), grid.percents


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return book_with(tmp_path_factory.mktemp("ways") / "class.xlsx", FEATURES["number format dd/mm/yyyy"])


@given(rows=ROWS)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_reading_by_bytes_and_by_parser_agree(source: Path, rows: Mapping[int, Mapping[int, str]]) -> None:
    data = sheet_xml(rows)
    with zipfile.ZipFile(source) as archive:
        reader = CellReader.of(Package(archive))
        parsed = told(parsed_grid(BytesIO(data), reader, SHEET, CellBudget("a")))
        assert told(searched_grid(BytesIO(data), reader, SHEET, CellBudget("a"))) == parsed


ALIKE = st.lists(
    st.lists(
        st.sampled_from(
            (
                "",
                '<c{r} s="1"/>',
                "<c{r}><v>7</v></c>",
                '<c{r} s="2"><v>0.5</v></c>',
                '<c{r} t="s"><v>0</v></c>',
                '<c{r} t="e"><v>#N/A</v></c>',
                "<c{r}><v></v></c>",
                "<c{r}><f>A1</f><v>3</v></c>",
                '<c{r} t="inlineStr"><is><t>a</t></is></c>',
                '<c{r} t="str"><v>a/b</v></c>',
            )
        ),
        min_size=5,
        max_size=5,
    ),
    max_size=12,
)


@given(rows=ALIKE)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_below_many_that_are_alike_agree(source: Path, rows: list[list[str]]) -> None:
    """By then the search expects the columns of the rows above."""
    full = ["<c{r}><v>7</v></c>"] * 5
    cells = {
        number: {column: cell for column, cell in enumerate(row, start=1) if cell}
        for number, row in enumerate([full] * 40 + rows, start=1)
    }
    data = sheet_xml(cells)
    with zipfile.ZipFile(source) as archive:
        reader = CellReader.of(Package(archive))
        parsed = told(parsed_grid(BytesIO(data), reader, SHEET, CellBudget("a")))
        assert told(searched_grid(BytesIO(data), reader, SHEET, CellBudget("a"))) == parsed


MALFORMED = (
    '<c r="A41" s="1"/><v>3</v></c>',
    '<c r="A41"><c r="B41"><v>3</v></c>',
    '<c r="A41"><v>3</v></c></c>',
    '<c r="A41"><v>3</v><v>4</v></c><c r="B41">',
    '<c r="A41"><v>&</v></c>',
    '<c r="A41" s=1><v>3</v></c>',
    '<c r="A41"><v>3</v></c>\x01',
)


@pytest.mark.parametrize("row", MALFORMED)
def test_a_damaged_row_below_many_that_are_alike_is_refused_both_ways(source: Path, row: str) -> None:
    above = sheet_xml({number: dict.fromkeys(range(1, 6), "<c{r}><v>7</v></c>") for number in range(1, 41)})
    data = above.replace(b"</sheetData>", f'<row r="41">{row}</row></sheetData>'.encode())
    with zipfile.ZipFile(source) as archive:
        reader = CellReader.of(Package(archive))
        for way in (searched_grid, parsed_grid):
            with pytest.raises((ValueError, etree.XMLSyntaxError, Unusual)):
                way(BytesIO(data), reader, SHEET, CellBudget("a"))


@pytest.mark.parametrize("name", list(FEATURES)[::4])
def test_reading_whole_workbooks_agrees(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = book_with(tmp_path / "one.xlsx", FEATURES[name])
    by_bytes = read_book(path)
    monkeypatch.setattr("addin.files.package.read.searched_grid", sheet_grid.parsed_grid)
    assert read_book(path) == by_bytes


VALUES = st.one_of(st.none(), TEXTS, st.floats(0, 1), st.integers(0, 99), st.just("=1+1"), st.just("a\nb"))


@given(
    rows=st.dictionaries(st.integers(2, 9), st.dictionaries(st.integers(1, 4), CELLS, max_size=3), max_size=5),
    values=st.lists(st.tuples(VALUES, VALUES, VALUES), min_size=8, max_size=8),
    second=st.lists(st.tuples(VALUES, VALUES, VALUES), min_size=8, max_size=8),
)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
)
def test_writing_by_bytes_and_by_tree_agree(
    tmp_path: Path,
    rows: dict[int, dict[int, str]],
    values: list[tuple[CellValue, ...]],
    second: list[tuple[CellValue, ...]],
) -> None:
    """A first run, which appends, and a second, which changes cells between others."""
    plain = plain_book(tmp_path / "plain.xlsx", [["Name", "a", "b", "c"]])
    head = {1: {column: f'<c{{r}} t="inlineStr"><is><t>{column}</t></is></c>' for column in range(1, 5)}}
    beside = {9: {20: "<c{r}><v>1</v></c>"}}
    changed = {SHEET_PART: sheet_xml(head | rows | beside), "xl/styles.xml": three_formats}
    start = rewritten(plain, tmp_path / "start.xlsx", changed)
    outcomes = []
    for way in ("bytes", "tree"):
        first, again = tmp_path / f"{way}1.xlsx", tmp_path / f"{way}2.xlsx"
        with pytest.MonkeyPatch.context() as patched:
            if way == "tree":
                patched.setattr(results, "SheetRows", refuses)
            try:
                patch_workbook(start, nine(values, is_new=True), first)
                patch_workbook(first, nine(second, is_new=False), again)
            except MarkbookError as error:
                outcomes.append(str(error).replace(way, ""))
                continue
        outcomes.append((read_book(first), read_book(again), set(lint(again)) - set(lint(start))))
    assert outcomes[0] == outcomes[1]


def three_formats(styles: str) -> str:
    """The formats of a book, the first of them three times: those that the cells ask for are there."""
    found = re.search(r'<cellXfs count="1">(<xf .*?/>)</cellXfs>', styles)
    assert found is not None
    return styles.replace(found[0], f'<cellXfs count="3">{3 * found[1]}</cellXfs>')


def refuses(*_arguments: object, **_named: object) -> None:
    raise Unusual


def nine(values: list[tuple[CellValue, ...]], *, is_new: bool) -> SheetEdits:
    columns = tuple(
        ColumnEdit(
            spec=RESULT_COLUMNS[place],
            column=6 + place,
            values={row: cells[place] for row, cells in enumerate(values, start=2)},
            is_new=is_new,
        )
        for place in (0, 1, 2)
    )
    return SheetEdits(
        sheet=SHEET, header_row=1, first_row=2, last_row=9, columns=columns, identity_columns=(1,), identities=()
    )
