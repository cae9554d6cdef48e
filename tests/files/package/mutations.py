"""Ways to damage a valid workbook so that Excel would repair it, and who notices: our lint, Microsoft's validator, or nobody.

    python -m tests.files.package.mutations

prints the table.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from addin.errors import MarkbookError
from addin.files.package.lint import lint
from addin.files.package.patch import patch_workbook
from tests.files.package.books import SHEET_PART, result_edits, rewritten, rich_book
from tests.files.package.validator import validator_errors

TABLE, STYLES, WORKBOOK = "xl/tables/table1.xml", "xl/styles.xml", "xl/workbook.xml"
RELATIONSHIPS, TYPES = "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
OVERLAPPING = '<mergeCells count="2"><mergeCell ref="A12:E12"/><mergeCell ref="C12:F13"/></mergeCells>'
Change = Callable[[str], str]


def swap(old: str, new: str) -> Change:
    """Replace the first place where a text stands; it must be there."""

    def change(xml: str) -> str:
        assert old in xml, f"{old} is not in {xml[:500]}"
        return xml.replace(old, new, 1)

    return change


def swap_pattern(pattern: str, new: str) -> Change:
    """Replace the first place where a pattern fits; there must be one."""

    def change(xml: str) -> str:
        done, count = re.subn(pattern, new, xml, count=1, flags=re.DOTALL)
        assert count == 1, f"{pattern} is not in {xml[:500]}"
        return done

    return change


def add_rows(rows: str) -> Change:
    """More rows at the end of a sheet."""
    return swap("</sheetData>", f"{rows}</sheetData>")


def add_name(name: str, text: str = "Summary!$A$1", more: str = "") -> Change:
    """Another defined name."""
    return swap("</definedNames>", f'<definedName name="{name}"{more}>{text}</definedName></definedNames>')


def row(cells: str, number: int = 30) -> Change:
    """One more row of cells."""
    return add_rows(f'<row r="{number}">{cells}</row>')


MUTATIONS: Mapping[str, tuple[str, Change]] = {
    # The list of the knowledge that the lint was made from.
    "heading unlike the table column": (TABLE, swap('name="Fractions"', 'name="Fraction"')),
    "duplicate table columns": (TABLE, swap('name="Fractions"', 'name="Class"')),
    "wrong table width": (TABLE, swap('ref="A4:N9"', 'ref="A4:O9"')),
    "overlapping merges": (SHEET_PART, swap_pattern(r"<mergeCells.*?</mergeCells>", OVERLAPPING)),
    "dxfId out of range": (SHEET_PART, swap_pattern(r'dxfId="\d+"', 'dxfId="99"')),
    "unsorted cells": (SHEET_PART, row('<c r="B30"><v>1</v></c><c r="A30"><v>2</v></c>')),
    "duplicate cells": (SHEET_PART, row('<c r="A30"><v>1</v></c><c r="A30"><v>2</v></c>')),
    "unsorted rows": (SHEET_PART, add_rows('<row r="40"/><row r="39"/>')),
    "duplicate rows": (SHEET_PART, add_rows('<row r="40"/><row r="40"/>')),
    "formula with open brackets": (SHEET_PART, row('<c r="A30"><f>SUM(A1:B2</f></c>')),
    "formula that ends in the middle": (SHEET_PART, row('<c r="A30"><f>A1+</f></c>')),
    "short form [@col]": (SHEET_PART, row('<c r="A30"><f>Marks[@Ratio]*2</f></c>')),
    "duplicate names": (WORKBOOK, add_name("HALF_TERM")),
    "name like a cell": (WORKBOOK, add_name("AB12")),
    "list over 255 characters": (SHEET_PART, swap('"9A,9B"', '"' + "9A," * 90 + '9B"')),
    "text over 32,767 characters": (SHEET_PART, row(f'<c r="A30" t="inlineStr"><is><t>{"a" * 32_768}</t></is></c>')),
    "duplicate rule priority": (SHEET_PART, swap_pattern(r'priority="2"', 'priority="1"')),
    "column past XFD": (SHEET_PART, row('<c r="XFE30"><v>1</v></c>')),
    "text for a number": (SHEET_PART, row('<c r="A30"><v>twelve</v></c>')),
    # Further ways that a patcher of parts could go wrong.
    "format out of range": (SHEET_PART, row('<c r="A30" s="999"><v>1</v></c>')),
    "shared text out of range": (SHEET_PART, row('<c r="A30" t="s"><v>99999</v></c>')),
    "font out of range": (STYLES, swap_pattern(r'(<cellXfs.*?)fontId="1"', r'\1fontId="77"')),
    "number format not there": (STYLES, swap_pattern(r'(<cellXfs.*?)numFmtId="9"', r'\1numFmtId="177"')),
    "cell in another row": (SHEET_PART, row('<c r="A31"><v>1</v></c>')),
    "row past the last": (SHEET_PART, add_rows('<row r="1048577"><c r="A1048577"><v>1</v></c></row>')),
    "formula with an equals sign": (SHEET_PART, row('<c r="A30"><f>=A1</f></c>')),
    "elements out of order": (
        SHEET_PART, swap_pattern(r"(<mergeCells.*?</mergeCells>)(.*)(<pageMargins[^>]*/>)", r"\2\3\1"),
    ),
    "overlapping columns": (SHEET_PART, swap_pattern(r"<cols>", '<cols><col min="1" max="9" width="5" customWidth="1"/>')),
    "duplicate sheet names": (WORKBOOK, swap('name="Summary"', 'name="Y9 SET 2"')),
    "sheet name of 32 characters": (WORKBOOK, swap('name="Summary"', f'name="{"S" * 32}"')),
    "sheet name with a slash": (WORKBOOK, swap('name="Summary"', 'name="9A/9B"')),
    "sheet without its part": (RELATIONSHIPS, swap("worksheets/sheet2.xml", "worksheets/sheet9.xml")),
    "name of a tab that is not there": (WORKBOOK, add_name("_xlnm.Print_Titles", "Summary!$1:$1", ' localSheetId="9"')),
    "table without rows": (TABLE, lambda xml: xml.replace('ref="A4:N9"', 'ref="A4:N4"')),
}  # fmt: skip
assert len(MUTATIONS) == 34


def valid_book(folder: Path) -> Path:
    """A rich workbook with our columns, in which nobody finds a fault."""
    patch_workbook(rich_book(folder / "rich.xlsx"), result_edits(), folder / "valid.xlsx")
    return folder / "valid.xlsx"


def noticed(valid: Path, name: str, folder: Path) -> tuple[list[str], list[str]]:
    """What the lint and the validator say of a mutated workbook; a file that cannot even be read counts as found."""
    part, change = MUTATIONS[name]
    path = rewritten(valid, folder / "mutated.xlsx", {part: change})
    try:
        ours = list(lint(path))
    except MarkbookError as error:
        ours = [str(error)]
    return ours, validator_errors(path)


def main() -> None:
    """Print who notices which mutation."""
    write = sys.stdout.write
    caught = lint_alone = 0
    with tempfile.TemporaryDirectory() as folder:
        valid = valid_book(Path(folder))
        write(f"{'mutation':34} {'lint':5} {'validator':9}  what the lint says\n")
        for name in MUTATIONS:
            ours, theirs = noticed(valid, name, Path(folder))
            caught += bool(ours or theirs)
            lint_alone += bool(ours and not theirs)
            write(f"{name:34} {'yes' if ours else 'no':5} {'yes' if theirs else 'no':9}  {ours[0] if ours else '-'}\n")
    write(f"caught {caught} of {len(MUTATIONS)}; {lint_alone} of them by the lint alone\n")


if __name__ == "__main__":
    main()
