"""The cells of a workbook's XML: values, types, places, formats, formulas, shared texts and dates that do not fit together."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from addin.files.package.markup import MAIN
from tests.fuzz.campaign import Kind
from tests.fuzz.choices import Choices
from tests.fuzz.seeds import of_other_programs
from tests.fuzz.values import ERRORS, odd
from tests.fuzz.whole_file import on_real_books
from tests.fuzz.xml_parts import VALUES, Element
from tests.fuzz.zips import members_of, zipped

_TYPES = ("n", "s", "str", "inlineStr", "b", "e", "d", "x", "", "N")
_PLACES = (
    "A1",
    "B2",
    "Z99",
    "XFD1",
    "XFD1048576",
    "XFE1",
    "A1048577",
    "A0",
    "1A",
    "a1",
    "$A$1",
    "AB",
    "7",
    "A1:B1",
    "HD5",
    "HE5",
    "A110001",
)
_FORMULAS = (
    "A1+1", "SUM(A1:A3)", "1/0", "", "NOW()", "'Other sheet'!A1", "[1]Sheet1!A1", "INTERVENTION_RISK(A1:B2,A1:B1)",
    "Marks[[#This Row],[Target]]",
    "_xlfn.SINGLE(A1)", "IF(" * 70 + "1" + ")" * 70, "\"" + "x" * 300 + "\"", "#REF!", "=A1",
    "HYPERLINK(\"http://example.org\",\"x\")",
)  # fmt: skip
_SERIALS = (
    "46000",
    "0",
    "60",
    "61",
    "-1",
    "2958465",
    "2958466",
    "0.5",
    "1e10",
    "46000.999999999",
    "1E-9",
    "1.7976931348623157E308",
    "4.9E-324",
)
_ISO = (
    "2026-03-12",
    "2026-03-12T10:30:00",
    "2026-02-30",
    "10:30",
    "P1D",
    "2026-03-12T10:30:00Z",
    "9999-12-31T23:59:59.999",
    "x",
)


def _tag(name: str) -> str:
    return f"{{{MAIN}}}{name}"


def mutated(choices: Choices, content: bytes) -> bytes:
    """A workbook with some cells of one sheet changed, now and then its formats and shared texts too."""
    members = members_of(content)
    sheets = [at for at, (name, _) in enumerate(members or []) if re.fullmatch(r"/?xl/worksheets/sheet\d*\.xml", name)]
    if not members or not sheets:
        return content
    at = choices.choice(sheets)
    try:
        root = etree.fromstring(members[at][1])
    except etree.XMLSyntaxError:
        return content
    for _ in range(1 + choices.randrange(6)):
        cells = list(root.iter(_tag("c")))
        if cells:
            try:
                choices.choice(_MUTATIONS)(choices, choices.choice(cells))
            except ValueError:
                continue  # nothing that XML can say
    members[at] = (members[at][0], etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
    for place, (name, data) in enumerate(members):
        if name.endswith("workbook.xml") and choices.once_in(10):
            members[place] = (name, data.replace(b"<workbookPr", b'<workbookPr date1904="1"', 1))
        if name.endswith("styles.xml") and choices.once_in(6):
            code = choices.choice((b"14", b"22", b"46", b"9", b"999", b"-1", b"164", b"20"))
            members[place] = (
                name,
                re.sub(rb'numFmtId="\d+"', b'numFmtId="' + code + b'"', data, count=choices.randrange(1, 30)),
            )
        if name.endswith("sharedStrings.xml") and choices.once_in(6):
            items = data.split(b"<si>")
            del items[choices.randrange(len(items))]
            members[place] = (name, b"<si>".join(items))
    return zipped(members)


def _value(choices: Choices, cell: Element) -> None:
    part = cell.find(_tag("v"))
    part = etree.SubElement(cell, _tag("v")) if part is None else part
    part.text = choices.choice((*VALUES, *_SERIALS, *_ISO, *ERRORS))


def _type(choices: Choices, cell: Element) -> None:
    cell.set("t", choices.choice(_TYPES))


def _untyped(choices: Choices, cell: Element) -> None:
    cell.attrib.pop("t", None)


def _format(choices: Choices, cell: Element) -> None:
    cell.set("s", choices.choice(("0", "1", "2", "3", "999", "-1", "x", "1.5", "")))


def _place(choices: Choices, cell: Element) -> None:
    cell.set("r", choices.choice(_PLACES))


def _unplaced(choices: Choices, cell: Element) -> None:
    cell.attrib.pop("r", None)


def _formula(choices: Choices, cell: Element) -> None:
    part = etree.Element(_tag("f"))
    part.text = choices.choice(_FORMULAS)
    for name, values in (
        ("t", ("shared", "array", "dataTable", "normal", "x")),
        ("si", ("0", "7", "x")),
        ("ref", ("A1:A9", "J4:J9", "x")),
    ):
        if choices.once_in(3):
            part.set(name, choices.choice(values))
    cell.insert(0, part)
    if choices.once_in(3):
        for value in cell.findall(_tag("v")):
            cell.remove(value)


def _inline(choices: Choices, cell: Element) -> None:
    for part in list(cell):
        cell.remove(part)
    cell.set("t", "inlineStr")
    holder = etree.SubElement(cell, _tag("is"))
    for _ in range(choices.randrange(4)):
        into = etree.SubElement(holder, _tag(choices.choice(("r", "rPh", "x")))) if choices.once_in(2) else holder
        value = odd(choices)
        etree.SubElement(into, _tag("t")).text = value if isinstance(value, str) else "12"


def _date(choices: Choices, cell: Element) -> None:
    for part in list(cell):
        cell.remove(part)
    iso = choices.once_in(2)
    cell.attrib.pop("t", None)
    if iso:
        cell.set("t", "d")
    cell.set("s", choices.choice(("1", "2", "3", "4", "5")))
    etree.SubElement(cell, _tag("v")).text = choices.choice(_ISO if iso else _SERIALS)


def _emptied(choices: Choices, cell: Element) -> None:
    for part in list(cell):
        cell.remove(part)


def _doubled(choices: Choices, cell: Element) -> None:
    parent = cell.getparent()
    if parent is not None:
        again = etree.fromstring(etree.tostring(cell))
        parent.insert(choices.randrange(len(parent) + 1), again)


def _two_values(choices: Choices, cell: Element) -> None:
    etree.SubElement(cell, _tag("v")).text = choices.choice(VALUES)


def _row(choices: Choices, cell: Element) -> None:
    row = cell.getparent()
    if row is None:
        return
    match choices.randrange(6):
        case 0:
            row.set("r", choices.choice(("1", "0", "-3", "1048576", "1048577", "x", "2", "110001", "5")))
        case 1:
            row.attrib.pop("r", None)
        case 2:
            row.set("hidden", choices.choice(("1", "0", "true", "x")))
        case 3:
            parent = row.getparent()
            if parent is not None:
                parent.insert(choices.randrange(len(parent)), row)
        case 4:
            row.set("spans", choices.choice(("1:1", "x", "5:2", "1:16384")))
        case _:
            parent = row.getparent()
            if parent is not None:
                parent.remove(row)


_MUTATIONS: tuple[Callable[[Choices, Element], None], ...] = (
    _value, _value, _value, _type, _untyped, _format, _place, _unplaced, _formula, _formula, _inline, _date, _date, _emptied,
    _doubled,
    _two_values, _row, _row,
)  # fmt: skip


KIND = Kind(
    name="cells",
    about="values, types, places, formats, formulas and shared texts of real sheets",
    share=14,
    begin=on_real_books(mutated),
    ready=of_other_programs,
)
