"""A closed workbook -> `grid.Book`, by one stream over each sheet, behind the guard."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

from lxml import etree

from addin.files.package.cell_values import CellReader
from addin.files.package.guard import CellBudget, TooFar, check_package
from addin.files.package.kept_off import hidden_columns, last_floating_column
from addin.files.package.markup import main, required
from addin.files.package.parts import Package, SheetPart, open_package
from addin.files.package.plain_spelling import respelled
from addin.files.package.ranges import Range
from addin.files.package.sheet_grid import SheetGrid, parsed_grid, searched_grid
from addin.files.package.sheet_stream import Unusual
from addin.reading.grid import Book, CellValue, Sheet, Table

_NEVER_CALCULATES = "124519"
"""The mark of XlsxWriter and openpyxl, which work out no formula; every Excel since 2010 leaves a later one when it saves."""

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
        reader = CellReader.of(package, every_format=True)
        budget = CellBudget(path.name)
        calculation = package.xml(package.workbook_part).find(main("calcPr"))
        by, mode = (None, None) if calculation is None else (calculation.get("calcId"), calculation.get("calcMode"))
        uncalculated = by == _NEVER_CALCULATES
        sheets = tuple(
            read_sheet(package, sheet, reader, budget, uncalculated=uncalculated) for sheet in package.sheets()
        )
        return Book(
            sheets=sheets,
            names=_single_cells(package, sheets),
            manual_calculation=mode == "manual",
        )


def read_sheet(
    package: Package, sheet: SheetPart, reader: CellReader, budget: CellBudget, *, uncalculated: bool = False
) -> Sheet:
    """One worksheet of an open package.

    Args:
        uncalculated: Whether the results of formulas are nobody's.

    Raises:
        UnsafeWorkbook: All sheets together hold too many cells.
    """
    try:
        try:
            with package.open(sheet.part) as stream:
                grid = searched_grid(stream, reader, sheet.name, budget)
        except Unusual:
            grid = _unusual_grid(package, sheet, reader, budget)
    except TooFar as refusal:
        # Attendance by day and the like may be as wide as it wants: only the sheet of the class must be read.
        return Sheet(name=sheet.name, rows=(), visible=sheet.visible, refusal=str(refusal))
    kept_off, filters = grid.kept_off, f".//{main('filterColumn')}"
    return Sheet(
        name=sheet.name,
        rows=grid.filled_rows(),
        visible=sheet.visible,
        tables=read_tables(package, sheet),
        formulas=frozenset(grid.all_formulas()),
        merged=tuple(kept_off.merged),
        filtered=kept_off.filtered
        or any(package.xml(part).find(filters) is not None for part in package.related(sheet.part, "table")),
        protected=kept_off.protected,
        uncalculated=uncalculated,
        percents=frozenset(grid.percents),
        floating_columns=last_floating_column(package, sheet),
        hidden_columns=hidden_columns(package, sheet),
        hidden_rows=frozenset(kept_off.hidden_rows),
    )


def _unusual_grid(package: Package, sheet: SheetPart, reader: CellReader, budget: CellBudget) -> SheetGrid:
    try:
        return searched_grid(BytesIO(respelled(package.read(sheet.part))), reader, sheet.name, budget)
    except Unusual:
        with package.open(sheet.part) as stream:
            return parsed_grid(stream, reader, sheet.name, budget)


def read_tables(package: Package, sheet: SheetPart) -> tuple[Table, ...]:
    """The Excel tables of a sheet that have a heading row."""
    roots = (package.xml(part) for part in package.related(sheet.part, "table"))
    return tuple(table_of(root) for root in roots if root.get("headerRowCount", "1") != "0")


def table_of(root: etree._Element) -> Table:
    """The place of a table, from the root of its part."""
    area = Range.parse(required(root, "ref"))
    return Table(name=str(root.get("displayName") or root.get("name", "")), **area._asdict())


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
