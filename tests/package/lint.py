"""What makes Excel repair, and so alter, a file although it is valid XML. Each rule names what it found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from addin.grid import CellValue, column_letters
from addin.package.cell_text import LONGEST_TEXT, unescape
from addin.package.cell_values import CellReader, numbered_cells, row_number
from addin.package.parts import Package, open_package
from addin.package.ranges import LAST_COLUMN, LAST_ROW, Range
from addin.package.sheet_xml import SHEET_ORDER


def lint(path: Path) -> list[str]:
    """Every reason that Excel would have to repair the file; empty for a sound one."""
    with open_package(path) as package:
        styles = package.xml(str(package.styles_part()))
        found = list(_styles(styles))
        for sheet in package.sheets():
            root = package.xml(sheet.part)
            found += _sheet(root, styles)
            found += _tables(package, sheet.part, root)
        return found


def _count(styles: etree._Element, name: str) -> int:
    holder = styles.find(f"{{*}}{name}")
    return 0 if holder is None else len(holder)


def _styles(styles: etree._Element) -> Iterator[str]:
    for holder in styles:
        if holder.get("count") not in (None, str(len(holder))):
            yield f"{holder.tag} has a wrong count"
    for xf in styles.iterfind("{*}cellXfs/{*}xf"):
        for attribute, name in (
            ("fontId", "fonts"),
            ("fillId", "fills"),
            ("borderId", "borders"),
            ("xfId", "cellStyleXfs"),
        ):
            index = int(xf.get(attribute, "0"))
            if index and index >= _count(styles, name):
                yield f"{attribute} {index} is out of range"


def _sheet(root: etree._Element, styles: etree._Element) -> Iterator[str]:
    tags = [etree.QName(part).localname for part in root]
    places = [SHEET_ORDER.index(tag) for tag in tags]
    if places != sorted(places):
        yield f"elements out of order: {tags}"
    last = 0
    for row in root.iterfind("{*}sheetData/{*}row"):
        number = row_number(row, last)
        if number <= last:
            yield f"row {number} is out of order"
        last = number
        columns = [column for column, _ in numbered_cells(row)]
        if columns != sorted(set(columns)) or (columns and columns[-1] > LAST_COLUMN) or number > LAST_ROW:
            yield f"cells of row {number} are out of order"
        for column, cell in numbered_cells(row):
            yield from _cell(f"{column_letters(column)}{number}", cell, _count(styles, "cellXfs"))
    yield from _rules(root, _count(styles, "dxfs"))
    yield from _columns(root)
    merged = [Range.parse(entry.get("ref", "")) for entry in root.iterfind("{*}mergeCells/{*}mergeCell")]
    if any(one.meets(other) for index, one in enumerate(merged) for other in merged[:index]):
        yield "merged cells overlap"


def _cell(place: str, cell: etree._Element, formats: int) -> Iterator[str]:
    if cell.get("r") not in (None, place):
        yield f"cell {cell.get('r')} stands at {place}"
    if int(cell.get("s", "0")) >= max(formats, 1):
        yield f"cell {place} has a format that is not there"
    value = cell.findtext("{*}v")
    if cell.get("t", "n") == "n" and value and not re.fullmatch(r"-?[0-9.]+([eE][-+]?[0-9]+)?", value):
        yield f"cell {place} holds {value} for a number"
    text = "".join(map(str, cell.itertext("{*}t")))
    if len(unescape(text).encode("utf-16-le")) > 2 * LONGEST_TEXT:
        yield f"cell {place} holds too long a text"


def _rules(root: etree._Element, formats: int) -> Iterator[str]:
    priorities = [int(rule.get("priority", "0")) for rule in root.iter("{*}cfRule") if rule.get("priority")]
    if len(set(priorities)) < len(priorities):
        yield f"two rules have the same priority: {priorities}"
    for rule in root.iterfind("{*}conditionalFormatting/{*}cfRule"):
        if int(rule.get("dxfId", "0")) >= max(formats, 1):
            yield f"dxfId {rule.get('dxfId')} is out of range"
    lists = root.find("{*}dataValidations")
    if lists is not None and lists.get("count") not in (None, str(len(lists))):
        yield "the number of validations is wrong"
    for entry in root.iterfind("{*}dataValidations/{*}dataValidation/{*}formula1"):
        if len(entry.text or "") > 257:
            yield "a list is too long"


def _columns(root: etree._Element) -> Iterator[str]:
    last = 0
    for run in root.iterfind("{*}cols/{*}col"):
        first, end = int(run.get("min", "0")), int(run.get("max", "0"))
        if not last < first <= end <= LAST_COLUMN:
            yield f"columns {first} to {end} are out of order"
        last = end


def _tables(package: Package, part: str, sheet: etree._Element) -> Iterator[str]:
    reader = CellReader.of(package)
    cells: dict[tuple[int, int], CellValue] = {}
    last = 0
    for row in sheet.iterfind("{*}sheetData/{*}row"):
        last = row_number(row, last)
        cells |= {(last, column): reader.value(cell) for column, cell in numbered_cells(row)}
    for table in map(package.xml, package.related(part, "table")):
        area = Range.parse(table.get("ref", ""))
        columns = table.findall("{*}tableColumns/{*}tableColumn")
        names = [unescape(column.get("name", "")) for column in columns]
        if area.last_column - area.first_column + 1 != len(columns):
            yield "a table is not as wide as its columns"
        if any(holder.get("count") != str(len(columns)) for holder in table.iterfind("{*}tableColumns")):
            yield "a table counts its columns wrongly"
        if len({name.casefold() for name in names}) < len(names) or len({column.get("id") for column in columns}) < len(
            names
        ):
            yield "two columns of a table have the same name or number"
        headings = [cells.get((area.first_row, area.first_column + place)) for place in range(len(names))]
        if headings != names:
            yield f"headings {headings} are not the table's columns {names}"
