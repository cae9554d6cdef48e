"""Workbooks for the tests: real ones from XlsxWriter, and the spellings that other programs give the same content."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import xlsxwriter

from addin.reading.grid import CellValue, Table, as_text
from addin.results.columns import RESULT_COLUMNS
from addin.results.edits import ColumnEdit, Identity, SheetEdits
from model.vocabulary import Flag

HEADER_ROW, FIRST_ROW = 4, 5
NAMES = ("Amir Khan", "Beth O'Neil", "Chloé Ng", "NA", "None")
LAST_ROW = FIRST_ROW + len(NAMES) - 1
LAST_COLUMN = 5  # Name, Class, Fractions, Ratio, Average
SHEET = "Y9 set 2"
TABLE = Table(name="Marks", first_row=HEADER_ROW, first_column=1, last_row=LAST_ROW, last_column=LAST_COLUMN)
SHEET_PART = "xl/worksheets/sheet1.xml"


def rich_book(path: Path) -> Path:
    """A markbook with a table, a chart, comments, formats, rules, lists, names, a print area and a hidden sheet."""
    with xlsxwriter.Workbook(path) as workbook:
        heading = workbook.add_format({"bold": True, "bg_color": "#DDEEFF", "rotation": 0, "text_wrap": True})
        percent = workbook.add_format({"num_format": "0%"})
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        red = workbook.add_format({"bg_color": "#FF0000"})
        sheet = workbook.add_worksheet(SHEET)
        summary = workbook.add_worksheet("Summary")
        hidden = workbook.add_worksheet("Last year's")
        hidden.hide()
        hidden.write("B2", "kept")
        sheet.write("A1", "Year 9, set 2")
        sheet.write("C1", 45363, day)
        sheet.write_row("C2", ["Number", "Ratio"])
        sheet.write_row("C3", [20, 30])
        for offset, name in enumerate(NAMES):
            row = FIRST_ROW + offset
            sheet.write_row(row - 1, 0, [name, "9B", 10 + offset])
            sheet.write(row - 1, 3, 0.4 + offset / 10, percent)
        sheet.add_table(
            HEADER_ROW - 1,
            0,
            LAST_ROW - 1,
            LAST_COLUMN - 1,
            {
                "name": "Marks",
                "columns": [
                    {"header": "Name", "header_format": heading},
                    {"header": "Class", "header_format": heading},
                    {"header": "Fractions", "header_format": heading},
                    {"header": "Ratio", "header_format": heading, "format": percent},
                    {"header": "Average", "header_format": heading, "formula": "=[@Fractions]/20"},
                ],
            },
        )
        sheet.conditional_format("C5:C9", {"type": "cell", "criteria": "<", "value": 5, "format": red})
        sheet.conditional_format("D5:D9", {"type": "data_bar", "data_bar_2010": True})
        sheet.data_validation("B5:B9", {"validate": "list", "source": ["9A", "9B"]})
        sheet.write_comment("A5", "Moved here in May")
        sheet.set_column(0, 0, 22)
        sheet.set_column(2, 30, 8)
        sheet.freeze_panes(HEADER_ROW, 1)
        sheet.print_area("A1:E9")
        sheet.merge_range("A12:E12", "Totals are out of 20 and 30")
        summary.write_formula("A1", f"=COUNTA('{SHEET}'!A5:A9)", None, 5)
        summary.write_row("A3", ["half-term", 3])
        workbook.define_name("Half_Term", "=Summary!$B$3")
        workbook.define_name("Block", f"='{SHEET}'!$C$5:$D$9")
        chart = workbook.add_chart({"type": "column"})
        chart.add_series({"values": f"='{SHEET}'!$C$5:$C$9"})
        summary.insert_chart("D2", chart)
    return path


def plain_book(path: Path, rows: Sequence[Sequence[object]], *, sheet: str = SHEET) -> Path:
    """A workbook with one sheet of values that starts at A1."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_numbers": False}) as workbook:
        worksheet = workbook.add_worksheet(sheet)
        for number, row in enumerate(rows):
            worksheet.write_row(number, 0, row)
    return path


def result_edits(
    *,
    is_new: bool = True,
    first_column: int = LAST_COLUMN + 1,
    table: Table | None = TABLE,
    changes: Mapping[tuple[int, str], CellValue] | None = None,
    names: Sequence[str] = NAMES,
) -> SheetEdits:
    """All nine result columns for `rich_book`; `changes` names values by (row, heading)."""
    flags = list(Flag)
    columns = []
    for place, spec in enumerate(RESULT_COLUMNS):
        values: dict[int, CellValue] = {}
        for offset in range(len(names)):
            row = FIRST_ROW + offset
            by_heading: dict[str, CellValue] = {
                "Flag": flags[offset % 4].value,
                "Risk": 0.91 - offset / 10,
                "Priority": offset + 1,
                "Why": f"Fractions: {offset} of 20.\nRatio fell.",
                "Topics to work on": "Fractions (strong evidence)",
                "Suggested activities": "Fraction walls",
                "Change": "▲ up",
            }
            if not spec.teachers:
                values[row] = by_heading[spec.heading]
            if (row, spec.heading) in (changes or {}):
                values[row] = (changes or {})[row, spec.heading]
        columns.append(ColumnEdit(spec=spec, column=first_column + place, values=values, is_new=is_new))
    return SheetEdits(
        sheet=SHEET,
        header_row=HEADER_ROW,
        first_row=FIRST_ROW,
        last_row=FIRST_ROW + len(names) - 1,
        columns=tuple(columns),
        identity_columns=(1, 2),
        identities=tuple(
            Identity(row=FIRST_ROW + offset, texts=(as_text(name), "9B")) for offset, name in enumerate(names)
        ),
        table=table,
        identity_headings=("Name", "Class"),
    )


def members(path: Path) -> dict[str, bytes]:
    """Every part of a file by name."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewritten(source: Path, target: Path, change: Mapping[str, Callable[[str], str] | bytes | None]) -> Path:
    """A copy of a file with some parts changed by a function, replaced or added as bytes, or left out (None)."""
    parts: dict[str, bytes] = members(source)
    for name, how in change.items():
        if how is None:
            del parts[name]
        else:
            parts[name] = how if isinstance(how, bytes) else how(parts[name].decode()).encode()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target


def with_prefix(xml: str) -> str:
    """The same XML with a prefix for its main namespace, as some programs write it."""
    head, declaration, body = xml.rpartition("?>") if xml.startswith("<?xml") else ("", "", xml)
    return (
        head + declaration + re.sub(r"<(/?)([A-Za-z0-9]+)(?=[ />])", r"<\1x:\2", body).replace('xmlns="', 'xmlns:x="')
    )


def without_places(xml: str) -> str:
    """The same XML with rows and cells that do not say where they stand."""
    return re.sub(r'(<(?:row|c)\b[^>]*?) r="[A-Z]*[0-9]+"', r"\1", xml)
