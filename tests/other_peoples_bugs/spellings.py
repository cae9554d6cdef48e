"""The same class as other programs spell it: a plain workbook whose parts are rewritten, entry by entry."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tests import support

SHEET, WORKBOOK, RELATIONSHIPS = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
TYPES, STRINGS = "[Content_Types].xml", "xl/sharedStrings.xml"
STUDENTS = 12
LAST = STUDENTS + 1

Change = Callable[[str], str]


def swap(pattern: str, new: str | Callable[[re.Match[str]], str], count: int = 0) -> Change:
    """Replace what fits a pattern; something must."""

    def change(xml: str) -> str:
        done, times = re.subn(pattern, new, xml, count=count, flags=re.DOTALL)
        assert times, f"{pattern} is not in {xml[:300]}"
        return done

    return change


def prefixed(prefix: str) -> Change:
    """Elements of the main namespace with a prefix."""

    def change(xml: str) -> str:
        xml = re.sub(r"<(/?)([A-Za-z])", rf"<\1{prefix}:\2", xml.replace("<?xml", "\0"))
        return xml.replace("\0", "<?xml").replace(" xmlns=", f" xmlns:{prefix}=")

    return change


def renamed(old: str, new: str) -> dict[str, Change]:
    """Another name for a part, followed by its relationship and its type."""
    relative = old.removeprefix("xl/")
    return {
        RELATIONSHIPS: swap(re.escape(f'Target="{relative}"'), f'Target="{new.removeprefix("xl/")}"'),
        TYPES: swap(re.escape(f"/{old}"), f"/{new}"),
    }


def at_the_end(rows: str) -> Change:
    """More at the end of the rows."""
    return swap("</sheetData>", f"{rows}</sheetData>")


def respelled(path: Path, changes: Mapping[str, Change], *, entries: Callable[[str], str] = lambda name: name) -> Path:
    """The class with some parts changed, and every entry of the zip under another name.

    Args:
        path: Where it goes.
        changes: Part -> what to do to its XML.
        entries: From the usual name of a part to the one that it gets.
    """
    plain = support.class_file(path.with_name("plain.xlsx"), STUDENTS)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name in changes:
                data = changes[name](data.decode()).encode()
            entry = zipfile.ZipInfo(entries(name))
            entry.filename = entries(name)  # zipfile turns some signs round
            target.writestr(entry, data)
    return path


NO_PLACES_OF_CELLS = {SHEET: swap(r'<c r="[A-Z]+\d+"', "<c")}
NO_PLACES_OF_ROWS = {SHEET: swap(r'<row r="\d+"', "<row")}

SPELLINGS: dict[str, Callable[[Path], Path]] = {
    "cells without places": lambda path: respelled(path, NO_PLACES_OF_CELLS),
    "cells without places but the first": lambda path: respelled(path, {SHEET: swap(r'<c r="[B-Z]\d+"', "<c")}),
    "rows without places": lambda path: respelled(path, NO_PLACES_OF_ROWS),
    "rows and cells without places": lambda path: respelled(
        path, {SHEET: lambda xml: NO_PLACES_OF_CELLS[SHEET](NO_PLACES_OF_ROWS[SHEET](xml))}
    ),
    "two rows without places, then one with": lambda path: respelled(path, {SHEET: swap(r'<row r="[12]"', "<row")}),
    "rows without spans": lambda path: respelled(path, {SHEET: swap(r' spans="[^"]*"', "")}),
    "entries with backslashes": lambda path: respelled(path, {}, entries=lambda name: name.replace("/", "\\")),
    "targets with backslashes": lambda path: respelled(
        path, {RELATIONSHIPS: swap('Target="worksheets/sheet1.xml"', r'Target="worksheets\\sheet1.xml"')}
    ),
    "absolute targets": lambda path: respelled(
        path, {RELATIONSHIPS: swap('Target="worksheets/sheet1.xml"', 'Target="/xl/worksheets/sheet1.xml"')}
    ),
    "a part in other case than its name": lambda path: respelled(
        path, {}, entries=lambda name: name.replace("sheet1", "Sheet1").replace("sharedStrings", "SharedStrings")
    ),
    "workbook2.xml": lambda path: respelled(
        path,
        {"_rels/.rels": swap("xl/workbook.xml", "xl/workbook2.xml"), TYPES: swap("/xl/workbook.xml", "/xl/workbook2.xml")},
        entries=lambda name: name.replace("workbook.xml", "workbook2.xml"),
    ),
    "a sheet of another name": lambda path: respelled(
        path, renamed(SHEET, "xl/worksheets/sheet.xml"), entries=lambda name: name.replace("sheet1.xml", "sheet.xml")
    ),
    "a prefix in the sheet": lambda path: respelled(path, {SHEET: prefixed("x")}),
    "a prefix in the workbook": lambda path: respelled(path, {WORKBOOK: prefixed("x")}),
    "a prefix in relationships": lambda path: respelled(path, {RELATIONSHIPS: prefixed("ns0")}),
    "dimension A1": lambda path: respelled(path, {SHEET: swap('<dimension ref="[^"]*"', '<dimension ref="A1"')}),
    "dimension of rows alone": lambda path: respelled(
        path, {SHEET: swap('<dimension ref="[^"]*"', '<dimension ref="1:10901"')}
    ),
    "no dimension": lambda path: respelled(path, {SHEET: swap("<dimension[^>]*/>", "")}),
    "formatted rows down to the last": lambda path: respelled(
        path, {SHEET: at_the_end('<row r="1048575" ht="30" customHeight="1"/><row r="1048576"><c r="A1048576" s="0"/></row>')}
    ),
    "ten thousand empty cells with formats": lambda path: respelled(
        path,
        {
            SHEET: at_the_end(
                "".join(f'<row r="{row}"><c r="A{row}" s="0"/><c r="B{row}" s="0"/></row>' for row in range(20, 5020))
            )
        },
    ),
    "a merge of one cell": lambda path: respelled(
        path, {SHEET: swap("</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="B3"/></mergeCells>')}
    ),
    "white space around values": lambda path: respelled(path, {SHEET: swap(r"<v>(\d+)</v>", "<v>\n  \\1\n</v>")}),
    "an inline text without content": lambda path: respelled(
        path, {SHEET: at_the_end('<row r="40"><c r="A40" t="inlineStr"/></row>')}
    ),
    "an inline text in runs": lambda path: respelled(
        path,
        {
            SHEET: swap(
                r'<c r="A1" t="s"><v>\d+</v></c>',
                '<c r="A1" t="inlineStr"><is><r><t>Student </t></r><r><t>ID</t></r></is></c>',
            )
        },
    ),
    "a heading with an escaped line end": lambda path: respelled(
        path, {STRINGS: swap(r"<t>Angles \(25\)</t>", "<t>Angles_x000D_\n(25)</t>")}
    ),
    "dates from 1904": lambda path: respelled(path, {WORKBOOK: swap("<workbookPr ", '<workbookPr date1904="true" ')}),
    "a byte order mark in the sheet": lambda path: respelled(path, {SHEET: lambda xml: "\ufeff" + xml}),
    "a style sheet of the web": lambda path: respelled(
        path, {SHEET: swap(r"(<\?xml[^>]*\?>)", r'\1<?mso-application progid="Excel.Sheet"?>')}
    ),
}  # fmt: skip
"""What is unusual -> writes the class so."""
