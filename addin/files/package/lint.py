"""What makes Excel repair, and so alter, a workbook although its XML is valid and Microsoft's validator is content.

Each finding is one line that names the part and what is wrong with it. A file may have come with findings of its own: the
self-check before a file takes its place compares with what it was made from.

lint_cells      rows and cells: order, addresses, types, formats, lengths, formulas
lint_sheet      what stands around them: order of elements, rules, lists, merged cells, columns, links; Excel tables
lint_workbook   sheets, defined names, formats, relationships, content types
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from lxml import etree

from addin.files.package.lint_cells import CellRules, cell_findings
from addin.files.package.lint_sheet import TableNames, sheet_findings, table_findings
from addin.files.package.lint_workbook import (
    name_findings,
    relationship_findings,
    sheet_list_findings,
    style_findings,
    type_findings,
)
from addin.files.package.markup import parse
from addin.files.package.parts import Package, open_package


def lint(path: Path) -> tuple[str, ...]:
    """Every reason that Excel would have to repair a file that `guard.check` lets pass; empty for a sound one.

    Raises:
        NotAWorkbook: It is too damaged to look into.

    Example:
        >>> import tempfile, xlsxwriter
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     with xlsxwriter.Workbook(f"{folder}/class.xlsx") as workbook:
        ...         _ = workbook.add_worksheet("Y9").write("A1", "Name")
        ...     lint(Path(folder) / "class.xlsx")
        ()
    """
    with open_package(path) as package:
        return findings(package)


def findings(
    package: Package, *, sheets: Collection[str] | None = None, without_cells: Mapping[str, bytes] | None = None
) -> tuple[str, ...]:
    """Every reason that Excel would have to repair an open package.

    Looks at the parts `sheets` (None: all sheets), at those in `without_cells` without their rows, which are checked elsewhere:
    part -> its bytes without these, b"" where they are still to be cut.
    """
    looked_at = {sheet.part for sheet in package.sheets()} if sheets is None else frozenset(sheets)
    return tuple(_findings(package, looked_at, without_cells or {}))


def _findings(package: Package, looked_at: Collection[str], without_cells: Mapping[str, bytes]) -> Iterator[str]:
    workbook = package.xml(package.workbook_part)
    styles_part = package.styles_part()
    styles = None if styles_part is None else package.xml(styles_part)
    yield from relationship_findings(package)
    yield from type_findings(package)
    yield from sheet_list_findings(workbook)
    yield from name_findings(workbook)
    if styles is not None:
        yield from style_findings(styles)
    rules = CellRules.of(package, styles)
    names = TableNames(workbook)
    for sheet in package.sheets():
        if sheet.part not in looked_at:
            continue
        tables = [package.xml(part) for part in package.related(sheet.part, "table")]
        headings = {row for table in tables for row in _heading_row(table)}
        texts: dict[tuple[int, int], object] = {}
        if sheet.part in without_cells:
            told = without_cells[sheet.part]
            root = parse(told) if told else _around(package, sheet.part)
        else:
            root = package.xml(sheet.part)
            yield from (
                f"sheet '{sheet.name}': {finding}" for finding in cell_findings(root, rules, keep=headings, texts=texts)
            )
        for finding in sheet_findings(root, package.relationships(sheet.part), differences=rules.differences):
            yield f"sheet '{sheet.name}': {finding}"
        known = None if sheet.part in without_cells else texts
        yield from (f"sheet '{sheet.name}': {finding}" for finding in table_findings(tables, root, known, names))


def _heading_row(table: etree._Element) -> Iterator[int]:
    digits = "".join(letter for letter in table.get("ref", "").partition(":")[0] if letter.isdigit())
    if digits:
        yield int(digits)


def _around(package: Package, part: str) -> etree._Element:
    """The sheet without its rows."""
    data = package.read(part)
    start, end = data.find(b"<sheetData>"), data.rfind(b"</sheetData>")
    if start < 0 or end < 0:
        return package.xml(part)
    return parse(data[: start + len(b"<sheetData>")] + data[end:])
