"""Workbooks that hold what other tools lose: two that hold nearly everything, and many that each hold one thing.

All have the students' sheet of `books.rich_book` in the same place, so that the same results fit into them.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import xlsxwriter
import xlwings
from xlsxwriter.worksheet import Worksheet

from tests.files.package.books import FIRST_ROW, HEADER_ROW, LAST_ROW, NAMES, SHEET, rewritten

Feature = Callable[[xlsxwriter.Workbook, Worksheet, Worksheet], object]
"""Puts one thing into a workbook, its students' sheet or its second sheet."""

DATA = f"='{SHEET}'!$C$5:$C$9"
CHARTS = (
    *(("area", kind) for kind in (None, "stacked", "percent_stacked")),
    *(("bar", kind) for kind in (None, "stacked", "percent_stacked")),
    *(("column", kind) for kind in (None, "stacked", "percent_stacked")),
    *(("line", kind) for kind in (None, "stacked", "percent_stacked")),
    *(("scatter", kind) for kind in (None, "straight", "smooth", "straight_with_markers", "smooth_with_markers")),
    *(("radar", kind) for kind in (None, "with_markers", "filled")),
    ("pie", None), ("doughnut", None), ("stock", None),
)  # fmt: skip
RULES: tuple[dict[str, object], ...] = (
    {"type": "cell", "criteria": ">=", "value": 10}, {"type": "cell", "criteria": "between", "minimum": 1, "maximum": 5},
    {"type": "text", "criteria": "containing", "value": "9"}, {"type": "time_period", "criteria": "yesterday"},
    {"type": "average", "criteria": "above"}, {"type": "duplicate"}, {"type": "unique"}, {"type": "top", "value": 3},
    {"type": "bottom", "value": 10, "criteria": "%"}, {"type": "blanks"}, {"type": "no_blanks"}, {"type": "errors"},
    {"type": "no_errors"}, {"type": "formula", "criteria": "=$C5>10"}, {"type": "2_color_scale"}, {"type": "3_color_scale"},
    {"type": "data_bar"}, {"type": "data_bar", "data_bar_2010": True, "bar_solid": True},
    {"type": "data_bar", "bar_negative_color": "#FF0000", "bar_axis_position": "middle"},
    {"type": "icon_set", "icon_style": "3_traffic_lights"}, {"type": "icon_set", "icon_style": "5_ratings", "reverse_icons": True},
)  # fmt: skip
CHOICES: tuple[dict[str, object], ...] = (
    {"validate": "list", "source": ["9A", "9B"]}, {"validate": "list", "source": "=$B$5:$B$9"},
    {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 20},
    {"validate": "decimal", "criteria": ">", "value": 0},
    {"validate": "length", "criteria": "<", "value": 40}, {"validate": "custom", "value": "=COUNTIF($C$5:$C$9,C5)=1"},
    {"validate": "any", "input_title": "Marks", "input_message": "Whole marks"},
    {"validate": "time", "criteria": ">", "value": "=TIME(9,0,0)"}, {"validate": "date", "criteria": ">", "value": "=TODAY()"},
)  # fmt: skip
FORMATS = (
    "0", "0.00", "#,##0", "0%", "0.0%", "0.00E+00", "# ?/?", "dd/mm/yyyy", "hh:mm", "[h]:mm", "@", "General;-General;\"none\"",
    "[Red]0;[Blue]-0", "0\" of 20\"", "_-£* #,##0.00_-", "[>15]\"good\";0", "mmm yy", "00000",
)  # fmt: skip
FORMULAS = (
    "=SUM(C5:C9)", "=IF(C5>10,\"yes\",\"\")", "=1/0", "=NA()", "=Marks[[#Totals],[Class]]", "=AVERAGE(Marks[Fractions])",
    "=VLOOKUP(\"x\",A5:C9,3,FALSE)", "=TODAY()", "=[1]Sheet1!A1", "=HYPERLINK(\"#A1\",\"up\")", "=TRUE",
)  # fmt: skip


def picture(width: int = 24, height: int = 12) -> BytesIO:
    """A PNG of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))

    head = struct.pack(">2L5B", width, height, 8, 2, 0, 0, 0)
    lines = b"".join(b"\0" + b"\x0b\x3c\x66" * width for _ in range(height))
    return BytesIO(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")
    )


def project(folder: Path) -> Path:
    """The VBA project of xlwings' own quickstart."""
    place = folder / "vbaProject.bin"
    if not place.exists():
        source = min(Path(xlwings.__file__).parent.rglob("quickstart*.xlsm"))
        with zipfile.ZipFile(source) as archive:
            place.write_bytes(archive.read("xl/vbaProject.bin"))
    return place


def book_with(path: Path, *features: Feature, options: dict[str, object] | None = None) -> Path:
    """A markbook with some features."""
    with xlsxwriter.Workbook(path, options or {}) as workbook:
        percent = workbook.add_format({"num_format": "0%"})
        sheet, second = workbook.add_worksheet(SHEET), workbook.add_worksheet("Summary")
        sheet.write("A1", "Year 9, set 2")
        sheet.write_row("C3", [20, 30])
        for offset, name in enumerate(NAMES):
            sheet.write_row(FIRST_ROW + offset - 1, 0, [name, "9B", 10 + offset])
            sheet.write(FIRST_ROW + offset - 1, 3, 0.4 + offset / 10, percent)
        heads = ("Name", "Class", "Fractions", "Ratio", "Average")
        columns: list[dict[str, object]] = [{"header": head} for head in heads]
        columns[4]["formula"] = "=[@Fractions]/20"
        sheet.add_table(HEADER_ROW - 1, 0, LAST_ROW - 1, 4, {"name": "Marks", "columns": columns})
        second.write_row("A1", ["kept", 1, 2, 3])
        for feature in features:
            feature(workbook, sheet, second)
    return path


def _chart(kind: str, subtype: str | None) -> Feature:
    def add(workbook: xlsxwriter.Workbook, sheet: Worksheet, second: Worksheet) -> None:
        chart = workbook.add_chart({"type": kind} | ({"subtype": subtype} if subtype else {}))
        for _ in range(4 if kind == "stock" else 1):
            chart.add_series({"values": DATA, "categories": f"='{SHEET}'!$A$5:$A$9"})
        sheet.insert_chart("B20", chart)

    return add


def _call(method: str, *arguments: object, second: bool = False) -> Feature:
    def add(workbook: xlsxwriter.Workbook, sheet: Worksheet, other: Worksheet) -> None:
        getattr(other if second else sheet, method)(*arguments)

    return add


def _of_book(method: str, *arguments: object) -> Feature:
    return lambda workbook, sheet, second: getattr(workbook, method)(*arguments)


def _number_format(code: str) -> Feature:
    return lambda workbook, sheet, second: sheet.write("C12", 12.5, workbook.add_format({"num_format": code}))


def _look(**properties: object) -> Feature:
    return lambda workbook, sheet, second: sheet.write("C12", "look", workbook.add_format(properties))


def _rich(workbook: xlsxwriter.Workbook, sheet: Worksheet, second: Worksheet) -> None:
    sheet.write_rich_string("A12", "plain ", workbook.add_format({"bold": True}), "bold", " and plain")


def _chart_sheet(workbook: xlsxwriter.Workbook, sheet: Worksheet, second: Worksheet) -> None:
    chart = workbook.add_chart({"type": "line"})
    chart.add_series({"values": DATA})
    workbook.add_chartsheet("Chart").set_chart(chart)


def _combined(workbook: xlsxwriter.Workbook, sheet: Worksheet, second: Worksheet) -> None:
    chart, line = workbook.add_chart({"type": "column"}), workbook.add_chart({"type": "line"})
    chart.add_series({"values": DATA, "trendline": {"type": "linear"}, "data_labels": {"value": True}})
    line.add_series({"values": DATA, "y2_axis": True, "y_error_bars": {"type": "standard_error"}})
    chart.combine(line)
    second.insert_chart("D2", chart)


def _sparkline(**more: object) -> Feature:
    return _call("add_sparkline", "E14", {"range": f"'{SHEET}'!C5:C9", **more})


SIMPLE: dict[str, Feature] = {
    "image": _call("insert_image", "B22", "dot.png", {"image_data": picture()}),
    "image with link": _call("insert_image", "B22", "dot.png", {"image_data": picture(), "url": "https://example.org"}),
    "image in a cell": _call("embed_image", "A14", "dot.png", {"image_data": picture()}),
    "background": _call("set_background", picture()),
    "header image": _call("set_header", "&L&G", {"image_left": "dot.png", "image_data_left": picture()}),
    "header and footer": _call("set_footer", "&CPage &P of &N"),
    "text box": _call("insert_textbox", "B24", "Read this", {"font": {"bold": True}}),
    "button": _call("insert_button", "B26", {"macro": "go", "caption": "Go"}),
    "checkbox": _call("insert_checkbox", "A15", True),
    "comment": _call("write_comment", "A5", "Moved here in May"),
    "shown comment": _call("write_comment", "A5", "Moved here", {"visible": True, "author": "Ms Ode"}),
    "note on another sheet": _call("write_comment", "A1", "x", second=True),
    "web link": _call("write_url", "A13", "https://example.org/a?b=1&c=2"),
    "inner link": _call("write_url", "A13", "internal:Summary!A1"),
    "file link": _call("write_url", "A13", "external:Other.xlsx"),
    "mail link": _call("write_url", "A13", "mailto:head@school.example"),
    "dynamic array": _call("write_dynamic_array_formula", "B14:B16", "=SORT(C5:C9)"),
    "dynamic array on another sheet": _call(
        "write_dynamic_array_formula", "F1:F3", f"=UNIQUE('{SHEET}'!B5:B9)", second=True
    ),
    "array formula": _call("write_array_formula", "A16:B17", "{=C5:D6*2}"),
    "merged cells": _call("merge_range", "A12:E12", "Totals"),
    "rich text": _rich,
    "long text": _call("write", "A12", "word " * 6_000),
    "many languages": _call("write", "A12", "Ünï — 数学 — رياضيات — 🧮"),
    "boolean": _call("write_boolean", "A12", True),
    "blank cells": _call("write_blank", "A12", None),
    "freeze": _call("freeze_panes", HEADER_ROW, 1),
    "split": _call("split_panes", 60, 8.43),
    "zoom": _call("set_zoom", 75),
    "right to left": _call("right_to_left"),
    "no gridlines": _call("hide_gridlines", 2),
    "tab colour": _call("set_tab_color", "#FFC94D"),
    "protected": _call("protect", "secret", {"sort": True}),
    "protected, another sheet": _call("protect", second=True),
    "unprotected range": _call("unprotect_range", "C5:C9", "Marks"),
    "print area": _call("print_area", "A1:E9"),
    "repeated rows": _call("repeat_rows", 0, 3),
    "repeated columns": _call("repeat_columns", "A:B"),
    "page breaks": _call("set_h_pagebreaks", [20]),
    "upright page breaks": _call("set_v_pagebreaks", [3]),
    "landscape": _call("set_landscape"),
    "page view": _call("set_page_view"),
    "paper": _call("set_paper", 9),
    "fit to a page": _call("fit_to_pages", 1, 0),
    "print scale": _call("set_print_scale", 80),
    "centred": _call("center_horizontally"),
    "margins": _call("set_margins", 0.5),
    "row headings in print": _call("print_row_col_headers"),
    "hidden row": _call("set_row", 5, None, None, {"hidden": True}),
    "high row": _call("set_row", 5, 40),
    "outline rows": _call("set_row", 12, None, None, {"level": 1}),
    "hidden column": _call("set_column", "B:B", None, None, {"hidden": True}),
    "outline columns": _call("set_column", "C:D", 9, None, {"level": 1}),
    "wide run of columns": _call("set_column", "A:XFD", 11),
    "hidden sheet": _call("hide", second=True),
    "very hidden sheet": _call("very_hidden", second=True),
    "filter on another sheet": _call("autofilter", "A1:D9", second=True),
    "ignored errors": _call("ignore_errors", {"number_stored_as_text": "C5:C9"}),
    "selection": _call("set_selection", "C5:C9"),
    "default row": _call("set_default_row", 22),
    "another table": _call("add_table", "H20:J24", {"name": "Other"}),
    "table on another sheet": _call("add_table", "A5:C9", {"name": "Other", "total_row": True}, second=True),
    "name": _of_book("define_name", "Half_term", "=Summary!$B$1"),
    "name of a sheet": _of_book("define_name", "Summary!Own", "=Summary!$A$1"),
    "name of a formula": _of_book("define_name", "Rate", "=0.75"),
    "properties": _of_book("set_properties", {"title": "Markbook", "author": "Ms Ode", "comments": "Set 2"}),
    "own property": _of_book("set_custom_property", "School", "Ours"),
    "read only": _of_book("read_only_recommended"),
    "calculation by hand": _of_book("set_calc_mode", "manual"),
    "size of the window": _of_book("set_size", 1200, 800),
    "chart sheet": _chart_sheet,
    "combined chart": _combined,
    "sparkline": _sparkline(),
    "sparkline of columns": _sparkline(type="column", high_point=True),
    "sparkline of wins": _sparkline(type="win_loss", negative_points=True, axis=True),
    "format: colours": _look(bg_color="#FFC94D", font_color="#3D2B00", border=1, pattern=2),
    "format: upright": _look(rotation=90, align="center"),
    "format: script": _look(font_script=1, underline=33, italic=True, font_strikeout=True),
    "format: shrink": _look(shrink=True, indent=2, text_v_align=2),
    "format: unlocked": _look(locked=False, hidden=True),
    "format: diagonal": _look(diag_type=3, diag_border=7, diag_color="#FF0000"),
    "format: font": _look(font_name="Comic Sans MS", font_size=14),
    "format: quote": _look(quote_prefix=True),
}


def features() -> Iterator[tuple[str, Feature]]:
    """Every feature by name; at least 150."""
    yield from SIMPLE.items()
    yield from ((f"chart: {kind} {subtype or ''}".strip(), _chart(kind, subtype)) for kind, subtype in CHARTS)
    for number, rule in enumerate(RULES):
        yield f"rule {number}: {rule['type']}", _call("conditional_format", "C5:C9", dict(rule))
    for number, rule in enumerate(CHOICES):
        yield f"validation {number}: {rule['validate']}", _call("data_validation", "C5:C9", dict(rule))
    yield from ((f"number format {code}", _number_format(code)) for code in FORMATS)
    yield from ((f"formula {formula}", _call("write_formula", "A14", formula, None, 0)) for formula in FORMULAS)


FEATURES = dict(features())
assert len(FEATURES) >= 150


def torture_book(path: Path) -> Path:
    """A workbook with nearly everything; with macros where its name ends in .xlsm."""
    together = [
        FEATURES[name]
        for name in (
            "image", "image in a cell", "text box", "button", "checkbox", "comment", "web link", "inner link", "rich text",
            "dynamic array on another sheet", "array formula", "freeze", "protected", "print area", "repeated rows", "page breaks",
            "hidden row", "filter on another sheet", "name", "properties", "own property", "chart sheet", "combined chart",
            "sparkline", "sparkline of columns", "header image", "background", "ignored errors", "formula =[1]Sheet1!A1",
            "chart: column", "rule 0: cell", "rule 18: data_bar", "rule 19: icon_set", "validation 0: list", "number format 0%",
            "unprotected range", "tab colour", "hidden column",
        )
    ]  # fmt: skip

    def last(workbook: xlsxwriter.Workbook, sheet: Worksheet, second: Worksheet) -> None:
        for name in ("Hidden", "Very hidden"):
            page = workbook.add_worksheet(name)
            page.write("A1", "kept")
            page.hide() if name == "Hidden" else page.very_hidden()
        if path.suffix == ".xlsm":
            workbook.add_vba_project(str(project(path.parent)))

    plain = book_with(path.with_name(f"plain{path.suffix}"), *together, last)
    return _with_injected(plain, path)


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NEWER = "http://schemas.microsoft.com/office/2007/relationships"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
X15 = "http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SLICER = (
    f'<slicers xmlns="{X14}"><slicer name="Class" cache="Slicer_Class" caption="Class" rowHeight="241300"/></slicers>'
)
SLICER_CACHE = (
    f'<slicerCacheDefinition xmlns="{X14}" xmlns:x="{MAIN}" name="Slicer_Class" sourceName="Class"><extLst>'
    f'<x:ext uri="{{2F2917AC-EB37-4324-AD4E-5DD8C200BD13}}" xmlns:x15="{X15}"><x15:tableSlicerCache tableId="1" column="2"/>'
    "</x:ext></extLst></slicerCacheDefinition>"
)
EXTERNAL_LINK = (
    f'<externalLink xmlns="{MAIN}"><externalBook xmlns:r="{OFFICE}" r:id="rId1"><sheetNames><sheetName val="Sheet1"/>'
    "</sheetNames></externalBook></externalLink>"
)
CUSTOM = '<?xml version="1.0" standalone="no"?><records xmlns="urn:school"><record>kept as it is</record></records>'
CUSTOM_PROPERTIES = (
    '<ds:datastoreItem ds:itemID="{6B3C0B36-5E2A-4C34-8C0B-2F2F2F2F2F2F}" '
    'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs/></ds:datastoreItem>'
)


def _with_injected(source: Path, target: Path) -> Path:
    """What XlsxWriter cannot make: a slicer, custom XML, printer settings and a thumbnail."""

    def arrow(number: int, kind: str, place: str) -> str:
        return f'<Relationship Id="rIdX{number}" Type="{kind}" Target="{place}"/></Relationships>'

    def types(xml: str) -> str:
        parts = {
            "/xl/slicers/slicer1.xml": "application/vnd.ms-excel.slicer+xml",
            "/xl/slicerCaches/slicerCache1.xml": "application/vnd.ms-excel.slicerCache+xml",
            "/customXml/itemProps1.xml": "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
            "/xl/printerSettings/printerSettings1.bin": f"{SPREADSHEET}.printerSettings",
            "/xl/externalLinks/externalLink1.xml": f"{SPREADSHEET}.externalLink+xml",
        }
        entries = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
        return xml.replace("</Types>", f"{entries}</Types>")

    def sheet_arrows(xml: str) -> str:
        xml = xml.replace("</Relationships>", arrow(1, f"{NEWER}/slicer", "../slicers/slicer1.xml"))
        return xml.replace(
            "</Relationships>", arrow(2, f"{OFFICE}/printerSettings", "../printerSettings/printerSettings1.bin")
        )

    def book_arrows(xml: str) -> str:
        xml = xml.replace("</Relationships>", arrow(1, f"{NEWER}/slicerCache", "slicerCaches/slicerCache1.xml"))
        xml = xml.replace("</Relationships>", arrow(3, f"{OFFICE}/externalLink", "externalLinks/externalLink1.xml"))
        return xml.replace("</Relationships>", arrow(2, f"{OFFICE}/customXml", "../customXml/item1.xml"))

    def sheet(xml: str) -> str:
        entry = (
            f'<ext uri="{{3A4CF648-6AED-40f4-86FF-DC5316D8AED3}}" xmlns:x14="{X14}">'
            '<x14:slicerList><x14:slicer r:id="rIdX1"/></x14:slicerList></ext></extLst>'
        )
        assert "</extLst>" in xml
        return xml.replace("</extLst>", entry, 1)

    def workbook(xml: str) -> str:
        entry = (
            f'<extLst><ext uri="{{46BE6895-7355-4a93-B00E-2C351335B9C9}}" xmlns:x15="{X15}">'
            f'<x15:slicerCaches xmlns:x14="{X14}"><x14:slicerCache r:id="rIdX1"/></x15:slicerCaches></ext></extLst></workbook>'
        )
        xml = xml.replace(
            "</sheets>", '</sheets><externalReferences><externalReference r:id="rIdX3"/></externalReferences>'
        )
        return xml.replace("</workbook>", entry)

    return rewritten(
        source,
        target,
        {
            "[Content_Types].xml": types,
            "xl/_rels/workbook.xml.rels": book_arrows,
            "xl/worksheets/_rels/sheet1.xml.rels": sheet_arrows,
            "xl/worksheets/sheet1.xml": sheet,
            "xl/workbook.xml": workbook,
            "xl/externalLinks/externalLink1.xml": EXTERNAL_LINK.encode(),
            "xl/externalLinks/_rels/externalLink1.xml.rels": (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
                f'Type="{OFFICE}/externalLinkPath" Target="Other.xlsx" TargetMode="External"/></Relationships>'
            ).encode(),
            "xl/slicers/slicer1.xml": SLICER.encode(),
            "xl/slicerCaches/slicerCache1.xml": SLICER_CACHE.encode(),
            "customXml/item1.xml": CUSTOM.encode(),
            "customXml/itemProps1.xml": CUSTOM_PROPERTIES.encode(),
            "customXml/_rels/item1.xml.rels": (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                + arrow(1, f"{OFFICE}/customXmlProps", "itemProps1.xml")
            ).encode(),
            "xl/printerSettings/printerSettings1.bin": bytes(range(256)) * 4,
        },
    )
