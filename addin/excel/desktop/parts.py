"""The parts of the add-in's package that say what it is: its one sheet, the sheet's name, its title."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from addin.excel.desktop.vba_edits import PROJECT_NAME

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DUBLIN = "http://purl.org/dc/elements/1.1/"


def settings_sheet(settings: Mapping[str, str]) -> bytes:
    """The sheet of names and values that xlwings' VBA, and `settings_told`, read.

    Example:
        >>> settings_told(settings_sheet({"XLWINGS_VERSION": "0.37.8"}))
        {'XLWINGS_VERSION': '0.37.8'}
    """
    sheet = etree.XML(f'<worksheet xmlns="{_MAIN}"/>')
    # VBA knows the sheet by this name.
    etree.SubElement(sheet, f"{{{_MAIN}}}sheetPr", codeName="Sheet2")
    data = etree.SubElement(sheet, f"{{{_MAIN}}}sheetData")
    for number, pair in enumerate(settings.items(), start=1):
        row = etree.SubElement(data, f"{{{_MAIN}}}row", r=str(number))
        for column, text in zip("AB", pair, strict=True):
            cell = etree.SubElement(row, f"{{{_MAIN}}}c", r=f"{column}{number}", t="inlineStr")
            etree.SubElement(etree.SubElement(cell, f"{{{_MAIN}}}is"), f"{{{_MAIN}}}t").text = text
    return _as_part(sheet)


def settings_told(sheet: bytes) -> dict[str, str]:
    """Names and values of a settings sheet; others than ours may lack some or all.

    Raises:
        etree.XMLSyntaxError: It is no XML.
    """
    told = {}
    for row in _parsed(sheet).iter(f"{{{_MAIN}}}row"):
        name, value, *_ = (*("".join(str(text) for text in cell.itertext()) for cell in row), "", "")
        told[name] = value
    return told


def workbook(part: bytes) -> bytes:
    """The workbook part with its sheet under the name where xlwings' VBA looks, and without the maker's folder."""
    root = _parsed(part)
    (sheet,) = root.iter(f"{{{_MAIN}}}sheet")
    sheet.set("name", f"{PROJECT_NAME}.conf")
    for where in list(root.iter(f"{{{_COMPATIBILITY}}}AlternateContent")):
        root.remove(where)
    return _as_part(root)


def properties(description: str) -> bytes:
    """The core properties: Excel's list of add-ins shows title and description."""
    root = etree.Element(f"{{{_CORE}}}coreProperties", nsmap={"cp": _CORE, "dc": _DUBLIN})
    for name, text in {
        "title": "Maths Clinic Markbook",
        "creator": "The Maths Clinic Markbook contributors",
        "description": description,
    }.items():
        etree.SubElement(root, f"{{{_DUBLIN}}}{name}").text = text
    return _as_part(root)


def _parsed(part: bytes) -> etree._Element:
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))


def _as_part(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
