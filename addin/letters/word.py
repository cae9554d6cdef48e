"""A letter as a Word document: the same blocks as the web page, one A4 page, nothing in it of the program or the computer."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import partial
from io import BytesIO
from typing import cast

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from addin.letters.blocks import Block, Kind

INK = RGBColor(0x1F, 0x4E, 0x79)
SOFT = "EEF4FA"
FONT = "Calibri"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LABEL, _EDGE = Mm(38), Mm(3)
BEHIND = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
"""What stands behind a paragraph's lines in its properties: Word insists on its order."""


def word_letter(blocks: tuple[Block, ...], *, language: str, day: date, locale: str = "") -> bytes:
    """The document's bytes; the same blocks and day give the same document.

    Args:
        language: Its language code.
        locale: The same with a place, such as "cy-GB", for the spelling check of whoever edits it; left out, what is usual.
        day: The date in its properties.
    """
    document = Document()
    _set_up(document, language=locale or ("en-GB" if language == "en" else language))
    for block in blocks:
        _WRITERS[block.kind](document, block)
    about = document.core_properties
    about.title = next((_clean(block.text) for block in blocks if block.kind is Kind.SUBJECT), "Letter")[:255]
    about.author, about.comments, about.last_modified_by = "", "", ""
    about.language = language
    about.created = about.modified = datetime.combine(day, time())
    buffer = BytesIO()
    document.save(buffer)
    return without_times(buffer)


def without_times(document: BytesIO) -> bytes:
    """The same document with no time of making in its archive, so that the same letter is the same file."""
    buffer = BytesIO()
    with zipfile.ZipFile(document) as made, zipfile.ZipFile(buffer, "w") as archive:
        for name in made.namelist():
            archive.writestr(zipfile.ZipInfo(name), made.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _set_up(document: DocumentType, *, language: str) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(18)
    page.top_margin, page.bottom_margin = Mm(12), Mm(8)
    for name, size, before, after, coloured in (
        ("Normal", 10.6, 0, 3.5, False),
        ("Title", 18, 0, 6, True),
        ("Heading 1", 15, 5, 4, True),
        ("Heading 2", 11.6, 5.5, 1.5, True),
        ("List Bullet", 10.6, 0, 1, False),
    ):
        style = document.styles[name]
        style.font.size, style.font.name = Pt(size), FONT
        style.font.italic = False
        # The default template names a font of its theme for each script; a plain name has to replace all of them.
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            del fonts.attrib[attribute]
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), FONT)
        if coloured:
            style.font.color.rgb, style.font.bold = INK, True
        spacing = style.paragraph_format
        spacing.space_before, spacing.space_after, spacing.line_spacing = Pt(before), Pt(after), 1.04
    for spelling in document.styles.element.iter(qn("w:lang")):
        spelling.set(qn("w:val"), language)


def _paragraph(document: DocumentType, block: Block, style: str = "Normal") -> Paragraph:
    return document.add_paragraph(_clean(block.text), style=style)


def _list(document: DocumentType, block: Block) -> None:
    for row in block.rows:
        item = document.add_paragraph(_clean(" ".join(row)), style="List Bullet")
        item.paragraph_format.left_indent, item.paragraph_format.first_line_indent = Mm(5), Mm(-5)
    item.paragraph_format.space_after = Pt(4)


def _right(document: DocumentType, block: Block) -> None:
    paragraph = _paragraph(document, block)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.paragraph_format.space_after = Pt(0)


def _signature(document: DocumentType, block: Block) -> None:
    _paragraph(document, block).paragraph_format.space_before = Mm(8)


def _pairs(document: DocumentType, block: Block) -> None:
    """A line a pair and no table: a table of Word's knows headings of columns alone, and these are headings of lines."""
    for row in block.rows:
        line = document.add_paragraph()
        look = line.paragraph_format
        look.left_indent, look.first_line_indent, look.space_after = _LABEL + _EDGE, -_LABEL, Pt(0)
        look.tab_stops.add_tab_stop(_LABEL + _EDGE)
        line.add_run(_clean(row[0])).bold = True
        line.add_run(f"\t{_clean(' '.join(row[1:]))}")
        edge(line, "left", value="single", size=24, space=8, colour=f"{INK}")
        ground = element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": SOFT})
        line._p.get_or_add_pPr().insert_element_before(ground, *BEHIND[1:])
    look.space_after = Pt(4)


def edge(paragraph: Paragraph, *sides: str, value: str, size: int, space: int, colour: str) -> None:
    """A line along sides of a paragraph, for which python-docx has no call.

    Args:
        paragraph: With its indents and tabs set already, since Word wants these behind the line.
        sides: left; bottom; between, which is drawn between this paragraph and a next one like it, where Word leaves bottom out.
        value: How it is drawn, in Word's words: single, dotted.
        size: Eighths of a point.
        space: Points between text and line.
        colour: RRGGBB.
    """
    borders = element("w:pBdr", {})
    for side in sides:
        look = {"w:val": value, "w:sz": str(size), "w:space": str(space), "w:color": colour}
        borders.append(element(f"w:{side}", look))
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *BEHIND)


def element(name: str, attributes: Mapping[str, str]) -> BaseOxmlElement:
    """An element of Word's own, for what python-docx has no call for.

    Example:
        >>> element("w:shd", {"w:fill": "EEF4FA"}).tag.rpartition("}")[2]
        'shd'
    """
    made = cast(BaseOxmlElement, OxmlElement(name))
    for attribute, value in attributes.items():
        made.set(qn(attribute), value)
    return made


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", text)


_WRITERS: dict[Kind, Callable[[DocumentType, Block], object]] = {
    Kind.LETTERHEAD: partial(_paragraph, style="Title"),
    Kind.SUBJECT: partial(_paragraph, style="Heading 1"),
    Kind.HEADING: partial(_paragraph, style="Heading 2"),
    Kind.LIST: _list,
    Kind.TABLE: _pairs,
    Kind.RIGHT: _right,
    Kind.SIGNATURE: _signature,
    Kind.PARAGRAPH: _paragraph,
}
