"""A sheet with drawn buttons: each a shape above a cell, which leads to that cell when it is pressed."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from addin.errors import UnsupportedWorkbook
from addin.files.package.draft import Draft, companion_of
from addin.files.package.markup import MAIN
from addin.files.package.new_part import enlist, free_name, has_window, is_closed, point_at, state_type
from addin.reading.grid import address

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_ARROWS = "http://schemas.openxmlformats.org/package/2006/relationships"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.drawing+xml"
_FILL, _INK = "1F3A5F", "FFFFFF"
_HEIGHT = 26
_WIDTHS = (3, 26, 100)


@dataclass(frozen=True, kw_only=True)
class DrawnButton:
    """A button.

    Args:
        name: The shape's name.
        label: What stands on it.
        words: What it does: for the mouse, and for who hears the sheet read aloud.
        row, column: The cell below it, counted from 1.
    """

    name: str
    label: str
    words: str
    row: int
    column: int


def add_button_sheet(
    draft: Draft, sheet: str, cells: Mapping[tuple[int, int], str], buttons: Sequence[DrawnButton], *, file_name: str
) -> None:
    """Add a sheet of buttons behind all others.

    Args:
        draft: The workbook's parts.
        sheet: Its name, of letters and digits alone; no tab has it yet.
        cells: (row, column) -> text.
        buttons: The buttons.
        file_name: What messages call the file.

    Raises:
        UnsupportedWorkbook: The workbook's structure is protected.
    """
    package = draft.package
    workbook = draft.root(package.workbook_part)
    if is_closed(workbook):
        raise UnsupportedWorkbook(
            f"{file_name}: the workbook's structure is protected, so no sheet can be added. Unprotect it under Review > Protect "
            "Workbook, and run again."
        )
    part = free_name(draft.names(), package.workbook_part)
    drawing = _free_drawing(draft, package.workbook_part)
    draft.add(part, _sheet(cells, {button.row for button in buttons}, with_view=has_window(workbook)))
    draft.add(companion_of(part), _arrows({"rId1": (f"{_R}/drawing", f"/{drawing}")}))
    draft.add(drawing, _drawing(buttons))
    links = {
        f"rId{place}": (f"{_R}/hyperlink", f"#{sheet}!{address(button.row, button.column)}")
        for place, button in enumerate(buttons, start=1)
    }
    draft.add(companion_of(drawing), _arrows(links))
    state_type(draft, drawing, _DRAWING_TYPE)
    enlist(sheet, point_at(draft, part, "worksheet"), workbook=workbook)


def _sheet(cells: Mapping[tuple[int, int], str], high: set[int], *, with_view: bool) -> bytes:
    rows = []
    for row in sorted({row for row, _ in cells} | high):
        tall = f' ht="{_HEIGHT}" customHeight="1"' if row in high else ""
        texts = "".join(
            f'<c r="{address(row, column)}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
            for (r, column), text in sorted(cells.items())
            if r == row
        )
        rows.append(f'<row r="{row}"{tall}>{texts}</row>')
    view = '<sheetViews><sheetView showGridLines="0" workbookViewId="0"/></sheetViews>' if with_view else ""
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>' for n, width in enumerate(_WIDTHS, start=1)
    )
    last = address(max(row for row, _ in cells), max(column for _, column in cells))
    return (
        f'<worksheet xmlns="{MAIN}" xmlns:r="{_R}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{last}"/>{view}<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols>'
        f"<sheetData>{''.join(rows)}</sheetData>"
        '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="portrait" fitToHeight="0"/><drawing r:id="rId1"/></worksheet>'
    ).encode()


def _drawing(buttons: Sequence[DrawnButton]) -> bytes:
    shapes = "".join(_shape(place, button) for place, button in enumerate(buttons, start=1))
    return f'<xdr:wsDr xmlns:xdr="{_XDR}" xmlns:a="{_A}" xmlns:r="{_R}">{shapes}</xdr:wsDr>'.encode()


def _shape(place: int, button: DrawnButton) -> str:
    words = quoteattr(button.words)
    return (
        '<xdr:twoCellAnchor editAs="oneCell">'
        f"<xdr:from><xdr:col>{button.column - 1}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{button.row - 1}</xdr:row>"
        "<xdr:rowOff>0</xdr:rowOff></xdr:from>"
        f"<xdr:to><xdr:col>{button.column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{button.row}</xdr:row>"
        "<xdr:rowOff>0</xdr:rowOff></xdr:to>"
        f'<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="{place + 1}" name={quoteattr(button.name)} descr={words}>'
        f'<a:hlinkClick r:id="rId{place}" tooltip={words}/></xdr:cNvPr><xdr:cNvSpPr/></xdr:nvSpPr>'
        '<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></a:xfrm>'
        '<a:prstGeom prst="roundRect"><a:avLst/></a:prstGeom>'
        f'<a:solidFill><a:srgbClr val="{_FILL}"/></a:solidFill><a:ln><a:noFill/></a:ln></xdr:spPr>'
        '<xdr:txBody><a:bodyPr vertOverflow="clip" horzOverflow="clip" rtlCol="0" anchor="ctr"/><a:lstStyle/>'
        '<a:p><a:pPr algn="ctr"/><a:r><a:rPr lang="en-GB" sz="1200" b="1">'
        f'<a:solidFill><a:srgbClr val="{_INK}"/></a:solidFill><a:latin typeface="Calibri"/></a:rPr>'
        f"<a:t>{escape(button.label)}</a:t></a:r></a:p>"
        "</xdr:txBody></xdr:sp><xdr:clientData/></xdr:twoCellAnchor>"
    )


def _arrows(arrows: Mapping[str, tuple[str, str]]) -> bytes:
    entries = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target={quoteattr(target)}/>'
        for name, (kind, target) in arrows.items()
    )
    return f'<Relationships xmlns="{_ARROWS}">{entries}</Relationships>'.encode()


def _free_drawing(draft: Draft, workbook_part: str) -> str:
    folder = posixpath.join(posixpath.dirname(workbook_part), "drawings")
    pattern = re.compile(re.escape(folder) + r"/drawing(\d+)\.xml", re.IGNORECASE)
    numbers = [int(found[1]) for found in map(pattern.fullmatch, draft.names()) if found]
    return f"{folder}/drawing{max(numbers, default=0) + 1}.xml"
