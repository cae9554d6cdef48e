"""What Excel repairs in rows and cells."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from addin.files.package.cell_text import is_too_long, shared_texts, text_of, unescape
from addin.files.package.cell_values import CELL, FORMULA, INLINE, ROW, VALUE, numbered_cells
from addin.files.package.formula_text import fault
from addin.files.package.markup import main
from addin.files.package.parts import Package
from addin.files.package.ranges import LAST_COLUMN, LAST_ROW
from addin.reading.grid import EXCEL_ERRORS, address

_NUMBER = re.compile(r"\s*[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?\s*")
_TYPES = frozenset(("n", "s", "b", "e", "str", "inlineStr", "d"))
_NEWER_ERRORS = frozenset(
    ("#BLOCKED!", "#CONNECT!", "#FIELD!", "#UNKNOWN!", "#BUSY!", "#EXTERNAL!", "#PYTHON!", "#TIMEOUT!")
)
_NO_TEXT_OF_ITS_OWN = frozenset(("shared", "dataTable"))


@dataclass(kw_only=True)
class CellRules:
    """What cells may refer to: how many cell formats, and how many formats for rules (dxfs), there are."""

    package: Package
    formats: int
    differences: int

    @cached_property
    def shared(self) -> Sequence[str]:
        """The shared texts; read when the first cell names one."""
        return shared_texts(self.package)

    @classmethod
    def of(cls, package: Package, styles: etree._Element | None) -> CellRules:
        """The rules of one workbook."""
        return cls(package=package, formats=length_of(styles, "cellXfs"), differences=length_of(styles, "dxfs"))


def cell_findings(
    sheet: etree._Element, rules: CellRules, *, keep: Collection[int], texts: dict[tuple[int, int], object]
) -> Iterator[str]:
    """What is wrong with the rows of a sheet; `texts` takes (row, column) -> text of the rows in `keep`."""
    last = 0
    for row in sheet.iterfind(f"{main('sheetData')}/{ROW}"):
        number = int(row.get("r") or last + 1)
        if number <= last:
            yield f"row {number} stands after row {last}"
        if number > LAST_ROW:
            yield f"row {number} is beyond Excel's last"
            continue
        last = max(last, number)
        before = 0
        for column, cell in _cells(row):
            if column is None:
                yield f"cell {cell.get('r')} is beyond Excel's last column"
                continue
            if column <= before:
                yield f"cell {address(number, column)} stands after column {before}"
            before = max(before, column)
            if cell.get("r") not in (None, address(number, column)):
                yield f"cell {cell.get('r')} stands in row {number}"
            for finding in _cell_findings(cell, rules):
                yield f"cell {address(number, column)}: {finding}"
            if number in keep:
                texts[number, column] = _text(cell, rules)


def _cells(row: etree._Element) -> Iterator[tuple[int | None, etree._Element]]:
    try:
        yield from numbered_cells(row)
    except ValueError:
        for cell in row.iterchildren(CELL):
            found = re.fullmatch(r"([A-Z]+)[0-9]+", cell.get("r", ""))
            number = 0
            for letter in found[1] if found else "ZZZZ":
                number = number * 26 + ord(letter) - 64
            yield (number if number <= LAST_COLUMN else None), cell


def _cell_findings(cell: etree._Element, rules: CellRules) -> Iterator[str]:
    style, kind = cell.get("s", "0"), cell.get("t", "n")
    if not style.isdigit() or (int(style) and int(style) >= rules.formats):
        yield f"it has the format {style} of {rules.formats}"
    if kind not in _TYPES:
        yield f"it has the type {kind}"
    value, formula, inline = cell.find(VALUE), cell.find(FORMULA), cell.find(INLINE)
    if value is not None and value.text:
        yield from _value_findings(kind, value.text, rules)
    if inline is not None and kind != "inlineStr":
        yield f"it holds text of its own and has the type {kind}"
    if inline is not None and is_too_long(text_of(inline)):
        yield "its text is longer than Excel takes"
    if formula is not None:
        text = formula.text or ""
        if not text and formula.get("t", "normal") not in _NO_TEXT_OF_ITS_OWN:
            yield "its formula is empty"
        if wrong := fault(text):
            yield f"its formula cannot be read: {wrong}"


def _value_findings(kind: str, text: str, rules: CellRules) -> Iterator[str]:
    if kind == "n" and not _NUMBER.fullmatch(text):
        yield f"it holds {text[:20]!r} for a number"
    elif kind == "s" and not (text.strip().isdigit() and int(text) < len(rules.shared)):
        yield f"it names the shared text {text[:20]!r} of {len(rules.shared)}"
    elif kind == "s" and is_too_long(rules.shared[int(text)]):
        yield "its text is longer than Excel takes"
    elif kind == "b" and text not in ("0", "1", "true", "false"):
        yield f"it holds {text[:20]!r} for true or false"
    elif kind == "e" and text not in EXCEL_ERRORS | _NEWER_ERRORS:
        yield f"it holds {text[:20]!r} for an error"
    elif kind == "str" and is_too_long(unescape(text)):
        yield "its text is longer than Excel takes"


def _text(cell: etree._Element, rules: CellRules) -> str | None:
    inline = cell.find(INLINE)
    if inline is not None:
        return text_of(inline)
    value = cell.findtext(VALUE)
    if value and cell.get("t") == "s":
        return rules.shared[int(value)] if value.isdigit() and int(value) < len(rules.shared) else None
    return unescape(value) if value and cell.get("t") == "str" else value


def length_of(root: etree._Element | None, name: str) -> int:
    """How many entries a list of a part has; 0 where it is not there."""
    holder = None if root is None else root.find(main(name))
    return 0 if holder is None else len(holder)
