"""The checks can fail: each finds, on a page, document or workbook that is made for it, the fault that it is there to find."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from docx import Document
from docx.shared import Pt

from tests.everybody import word, workbook
from tests.everybody.contrast import contrast
from tests.everybody.page import problems
from tests.everybody.read_out import not_by_keyboard

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_MERGED = b'<mergeCells count="1"><mergeCell ref="A5:B5"/></mergeCells>'
_SOUND = (
    '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>T</title><style>'
    "body { color: #111; background: #fff } svg { display: block }</style></head><body><main><h1>T</h1>"
    "<p>Some words in a line.</p>%s</main></body></html>"
)


_DRAWN = "<svg role='img' aria-label='s' width='99' height='30' style='background: %s'><text y='20' fill='%s'>drawn</text></svg>"
_FAULTS = {
    "color-contrast": "<p style='color: #999'>faint</p>",
    "target-size": "<button style='width: 9px; height: 9px; padding: 0' aria-label='b'></button>" * 2,
    "img_alt_valid": "<p><img src='data:,'></p>",
    "no name: button": "<p><button></button></p>",
    "no name: table": "<table><tr><th scope='row'>A</th><td>1</td></tr></table>",
    "a table is not read as one": "<table><tr><td>A</td></tr></table>",
    "a table has no headings": "<table role='table' aria-label='L'><tr><td>A</td></tr></table>",
    "the focus is not seen": "<p><button style='outline: none'>b</button></p>",
    "at 400 %: the page is": "<p style='width: 600px'>wide</p>",
    "spaced: cut off": "<p style='height: 1.2em; width: 9em; overflow: hidden'>four words in here</p>",
    "spaced: on top of one another": "<div style='height: 20px; width: 9em'>nine em wide it is</div><div>below</div>",
    "none: contrast 1.": _DRAWN % ("#fff", "#bbb"),
    "high contrast, dark: contrast 1.": _DRAWN % ("none", "#111"),
    "achromatopsia: contrast 1.": _DRAWN % ("#080", "#c22"),
}
_BY_KEYBOARD = {
    "the focus is caught": "<p><button>a</button> <button onkeydown='event.preventDefault()'>b</button></p>",
    "1 of 1 controls are not reached": "<p><button tabindex='-1'>b</button></p>",
    "1 of 2 controls are not reached": "<p><button>b</button> <button tabindex='1'>out of order</button></p>",
}


def test_a_sound_page_has_no_problem(chromium: Browser, tmp_path: Path) -> None:
    table = "<table aria-label='L'><tr><th scope='row'>A</th><td>1</td></tr></table>"
    (tmp_path / "page.html").write_text(_SOUND % table, encoding="utf-8")
    assert problems(chromium, tmp_path / "page.html") == []


def test_every_fault_of_a_page_is_found(chromium: Browser, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(_SOUND % "".join(_FAULTS.values()), encoding="utf-8")
    found = "\n".join(problems(chromium, tmp_path / "page.html"))
    assert [told for told in _FAULTS if told not in found] == []


@pytest.mark.parametrize("told", _BY_KEYBOARD)
def test_what_a_keyboard_does_not_reach_is_found(chromium: Browser, told: str) -> None:
    context = chromium.new_context()
    try:
        page = context.new_page()
        page.set_content(_SOUND % _BY_KEYBOARD[told])
        assert told in " ".join(not_by_keyboard(page))
    finally:
        context.close()


def test_each_fault_of_a_document_is_found() -> None:
    document = Document()
    document.add_heading("deep", 3)
    document.styles["Heading 3"].font.size = Pt(6)
    document.styles["Normal"].font.size = Pt(11)
    document.add_paragraph("1. typed")
    document.add_paragraph("to write ______")
    document.add_table(rows=2, cols=2).cell(0, 0).merge(document.tables[0].cell(0, 1))
    document.core_properties.title = ""
    buffer = BytesIO()
    document.save(buffer)
    found = " | ".join(word.problems(buffer.getvalue()))
    for told in (
        "no title",
        "none of the first level",
        "smaller than text",
        "only typed",
        "in a row",
        "row of headings",
        "merged",
    ):
        assert told in found


def test_each_fault_of_a_workbook_is_found(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "book.xlsx") as book:
        sheet = book.add_worksheet("Sheet1")
        sheet.add_table(1, 0, 40, 1, {"columns": [{"header": "a"}, {"header": "b"}]})
        sheet.write(2, 0, "faint", book.add_format({"font_color": "#CCCCCC"}))
        sheet.conditional_format("A4:A9", {"type": "no_blanks", "format": book.add_format({"bg_color": "#333333"})})
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": ["Sheet1", 1, 0, 3, 0]})
        sheet.insert_chart("D4", chart)
    # XlsxWriter refuses to merge cells of a table; other programs do not.
    with zipfile.ZipFile(tmp_path / "book.xlsx") as book_, zipfile.ZipFile(tmp_path / "merged.xlsx", "w") as merged:
        for name in book_.namelist():
            merged.writestr(name, book_.read(name).replace(b"</sheetData>", b"</sheetData>" + _MERGED))
    found = " | ".join(workbook.problems(tmp_path / "merged.xlsx"))
    wanted = (
        "no alternative text", "no title", "says nothing", "reading begins", "out of sight", "merged cells", "in A3",
        "by format of A4:A9",
    )  # fmt: skip
    assert [told for told in wanted if told not in found] == []


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("767676", "FFFFFF") == pytest.approx(4.54, abs=0.005)  # the lightest grey that passes
