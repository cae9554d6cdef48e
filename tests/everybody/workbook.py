"""What a screen reader, or somebody who sees few colours, goes by in a workbook, read back from the file."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
from lxml import etree
from openpyxl.styles.colors import Color
from openpyxl.worksheet.worksheet import Worksheet

from tests.everybody.contrast import contrast

_THEME = ("FFFFFF", "000000")
"""Light and dark of every theme, which Excel calls 0 and 1."""

_LONG = 25
"""Rows of a table that do not fit on a screen."""


def problems(path: Path) -> list[str]:
    """What of a workbook is not for everybody: title, sheets' names, alternative texts, tables, merged cells, panes, contrast."""
    found = [f"{name}: no alternative text" for name in drawn(path) if not drawn(path)[name]]
    book = openpyxl.load_workbook(path)
    if not book.properties.title:
        found.append("no title")
    for sheet in book.worksheets:
        found += [f"{sheet.title}: {each}" for each in _of_sheet(sheet)]
    return found


def drawn(path: Path) -> dict[str, str]:
    """The alternative text of every chart, picture and shape, by its part and name; "" where it has none."""
    found = {}
    with zipfile.ZipFile(path) as archive:
        for part in archive.namelist():
            if re.fullmatch(r"xl/drawings/drawing\d+\.xml", part):
                for each in etree.fromstring(archive.read(part)).iter("{*}cNvPr"):
                    found[f"{part} {each.get('name')} {each.get('id')}"] = each.get("descr", "")
    return found


def _of_sheet(sheet: Worksheet) -> Iterator[str]:
    if re.fullmatch(r"(?i)sheet ?\d*", sheet.title):
        yield "a name that says nothing"
    if not any(cell.value is not None for cell in next(sheet.iter_rows(max_row=1))):
        yield "nothing stands where reading begins"
    for table in sheet.tables.values():
        first, *lines = sheet[table.ref]
        headings = [cell.value for cell in first]
        if table.headerRowCount != 1 or not all(headings) or len(set(headings)) != len(headings):
            yield f"table {table.name}: headings that are not there or not told apart"
        frozen = sheet.freeze_panes and sheet[sheet.freeze_panes].row > first[0].row
        if len(lines) > _LONG and not frozen:
            yield f"table {table.name}: its headings go out of sight"
        if any(not merged.isdisjoint(_range(table.ref)) for merged in sheet.merged_cells.ranges):
            yield f"table {table.name}: merged cells"
    for row in sheet.iter_rows():
        for cell in row:
            ratio = contrast(_colour(cell.font.color, "000000"), _ground(cell.fill))
            if cell.value is not None and ratio < 4.5:
                yield f"contrast {ratio:.1f} in {cell.coordinate}"
    for where, rules in sheet.conditional_formatting._cf_rules.items():
        for rule in rules:
            yield from (f"{each} by format of {where.sqref}" for each in _of_rule(rule))


def _of_rule(rule: Any) -> Iterator[str]:
    """A conditional format: its letters on its ground; on a scale of colours, black letters on each."""
    if rule.colorScale is not None:
        grounds, ink = [_colour(each, "FFFFFF") for each in rule.colorScale.color], "000000"
    elif rule.dxf is not None:
        fill = rule.dxf.fill
        grounds = [_colour(fill.bgColor, "FFFFFF")] if fill is not None else ["FFFFFF"]
        ink = _colour(rule.dxf.font.color, "000000") if rule.dxf.font is not None else "000000"
    else:
        return
    for ground in grounds:
        if contrast(ink, ground) < 4.5:
            yield f"contrast {contrast(ink, ground):.1f}"


def _range(reference: str) -> Any:
    return openpyxl.worksheet.cell_range.CellRange(reference)


def _ground(fill: Any) -> str:
    return _colour(fill.fgColor, "FFFFFF") if fill.fill_type == "solid" else "FFFFFF"


def _colour(colour: Color | None, usual: str) -> str:
    """RRGGBB; what is told by theme is light or dark, and everything that follows the system is as usual."""
    if colour is None or colour.type == "indexed":
        return usual
    if colour.type == "theme":
        return _THEME[colour.theme]
    return str(colour.rgb)[-6:]
