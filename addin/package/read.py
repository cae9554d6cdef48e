"""A closed workbook -> `grid.Book`, by one stream over each sheet, behind the guard."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree

from addin.grid import Book, CellValue, Sheet, Table
from addin.package.cell_values import CellReader, stream_rows
from addin.package.floating import last_floating_column
from addin.package.guard import CellBudget, check_package
from addin.package.markup import main, required
from addin.package.number_formats import NumberKind
from addin.package.parts import Package, SheetPart, open_package
from addin.package.ranges import Range

_RESULTS_ELSEWHERE = ("array", "dataTable")
_ONE_CELL = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!(\$?[A-Z]{1,3}\$?[0-9]+)(?::(\$?[A-Z]{1,3}\$?[0-9]+))?")


def read_book(path: Path) -> Book:
    """Everything that the program may need of a workbook on disk.

    Values come as Excel stored them: numbers as floats (dates, times and lengths of time where the format says so),
    texts, booleans, errors as their own text; an empty cell is None. Formulas give their stored results: None where
    there is none.

    Raises:
        FileProblem: The guard refuses the file, or it is damaged; the text says why and what to do.

    Example:
        >>> import tempfile, xlsxwriter
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     with xlsxwriter.Workbook(f"{folder}/class.xlsx") as workbook:
        ...         _ = workbook.add_worksheet("Y9").write_row("A1", ["Name", "Mark"])
        ...     read_book(Path(folder) / "class.xlsx").sheets[0].rows
        (('Name', 'Mark'),)
    """
    check_package(path)
    with open_package(path) as package:
        reader = CellReader.of(package)
        budget = CellBudget(path.name)
        sheets = tuple(read_sheet(package, sheet, reader, budget) for sheet in package.sheets())
        return Book(sheets=sheets, names=_single_cells(package, sheets))


def read_sheet(package: Package, sheet: SheetPart, reader: CellReader, budget: CellBudget) -> Sheet:
    """One worksheet of an open package.

    Args:
        package: The workbook.
        sheet: Which of its sheets.
        reader: Tells values from cells.
        budget: Watches that the cells fit into memory.

    Raises:
        UnsafeWorkbook: The cells reach too far.
    """
    rows: dict[int, dict[int, CellValue]] = {}
    formulas: set[tuple[int, int]] = set()
    percents: set[tuple[int, int]] = set()
    results_of_arrays: list[Range] = []
    with package.open(sheet.part) as stream:
        for number, cells in stream_rows(stream):
            values: dict[int, CellValue] = {}
            for column, cell in cells:
                value, formula = reader.value_and_formula(cell)
                if value is None and formula is None:
                    continue
                values[column] = value
                if formula is not None:
                    formulas.add((number, column))
                    if formula.get("t") in _RESULTS_ELSEWHERE and formula.get("ref"):
                        results_of_arrays.append(Range.parse(str(formula.get("ref"))))
                if isinstance(value, float) and reader.kind(cell) is NumberKind.PERCENT:
                    percents.add((number, column))
            if values:
                budget.allow(sheet.name, number, max(values))
                rows.setdefault(number, {}).update(values)
    height, width = max(rows, default=0), max((max(values) for values in rows.values()), default=0)
    budget.spend(sheet.name, height * width)
    for area in results_of_arrays:
        formulas.update(_cells_within(area, height, width, sheet.name, budget))
    empty: tuple[CellValue, ...] = (None,) * width
    return Sheet(
        name=sheet.name,
        rows=tuple(_filled(rows.get(number), empty) for number in range(1, height + 1)),
        visible=sheet.visible,
        tables=read_tables(package, sheet),
        formulas=frozenset(formulas),
        percents=frozenset(percents),
        floating_columns=last_floating_column(package, sheet),
    )


def read_tables(package: Package, sheet: SheetPart) -> tuple[Table, ...]:
    """The Excel tables of a sheet that have a heading row."""
    roots = (package.xml(part) for part in package.related(sheet.part, "table"))
    return tuple(table_of(root) for root in roots if root.get("headerRowCount", "1") != "0")


def table_of(root: etree._Element) -> Table:
    """The place of a table, from the root of its part."""
    area = Range.parse(required(root, "ref"))
    return Table(
        name=str(root.get("displayName") or root.get("name", "")),
        first_row=area.first_row,
        first_column=area.first_column,
        last_row=area.last_row,
        last_column=area.last_column,
    )


def _filled(values: dict[int, CellValue] | None, empty: tuple[CellValue, ...]) -> tuple[CellValue, ...]:
    # Rows without values share one tuple: a sheet with a single cell far down costs next to nothing.
    if values is None:
        return empty
    return tuple(values.get(column) for column in range(1, len(empty) + 1))


def _cells_within(area: Range, height: int, width: int, sheet: str, budget: CellBudget) -> set[tuple[int, int]]:
    rows = range(area.first_row, min(area.last_row, height) + 1)
    columns = range(area.first_column, min(area.last_column, width) + 1)
    budget.spend(sheet, len(rows) * len(columns))
    return {(row, column) for row in rows for column in columns}


def _single_cells(package: Package, sheets: tuple[Sheet, ...]) -> dict[str, CellValue]:
    """The values of the names that the whole workbook shares and that stand for one cell."""
    by_name = {sheet.name.casefold(): sheet for sheet in sheets}
    values: dict[str, CellValue] = {}
    for entry in package.xml(package.workbook_part).iterfind(f"{main('definedNames')}/{main('definedName')}"):
        name = str(entry.get("name", ""))
        target = _ONE_CELL.fullmatch((entry.text or "").strip())
        if target is None or entry.get("localSheetId") is not None or name.startswith("_xlnm."):
            continue
        sheet = by_name.get((target[1] or target[2]).replace("''", "'").casefold())
        if sheet is not None and target[4] in (None, target[3]):
            cell = Range.parse(target[3])
            values[name.casefold()] = sheet.cell(cell.first_row, cell.first_column)
    return values
