"""A pack as a Word document: the pages of the web page, their formulas as equations that Word sets and lets edit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from addin.letters.word import BEHIND, edge, element, without_times
from addin.packs.pack import LEVELS_IN_WORDS, HomePage, Pack, Seat, WorkSet
from addin.packs.page import session_told
from addin.packs.typeset import pieces, word_equation
from model.questions.question import Question

FONT, EASY_FONT = "Calibri", "Verdana"
_SIZES = {"Normal": 11.0, "Heading 1": 15.0, "Heading 2": 12.0, "Heading 3": 11.0}
_EASY_SIZES = {"Normal": 14.0, "Heading 1": 19.0, "Heading 2": 16.0, "Heading 3": 14.0}
_NUMBERED = "List Number"
_INK = RGBColor(0x1F, 0x4E, 0x79)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def pack_document(pack: Pack, *, class_name: str, easy_to_read: bool = False) -> bytes:
    """The document's bytes; the same pack gives the same document.

    Args:
        pack: The session's pack.
        class_name: Stands on the teacher's page.
        easy_to_read: Larger letters with more room.
    """
    document = Document()
    _set_up(document, easy_to_read=easy_to_read)
    _Writer(document).pack(pack, class_name)
    about = document.core_properties
    about.title = _clean(f"Clinic pack: {session_told(pack.session)}")[:255]
    about.author, about.comments, about.last_modified_by = "", "", ""
    about.language = "en-GB"
    about.created = about.modified = datetime.combine(pack.session.date or date(2026, 1, 1), time())
    buffer = BytesIO()
    document.save(buffer)
    return without_times(buffer)


class _Writer:
    """Writes a pack, page by page."""

    def __init__(self, document: DocumentType) -> None:
        self._document = document
        # Names of styles and the numbering are looked up once: python-docx searches all of them for every paragraph.
        self._styles = {style.name: style.style_id for style in document.styles}
        self._numbering = document.part.numbering_part.numbering_definitions._numbering
        of_style = document.styles[_NUMBERED].element.pPr.numPr.numId.val
        self._numbered_as = self._numbering.num_having_numId(of_style).abstractNumId.val

    def pack(self, pack: Pack, class_name: str) -> None:
        self._teachers_page(pack, class_name)
        for seat in pack.seats:
            if seat.work is not None:
                self._student(seat, seat.work)
        for seat in pack.seats:
            if seat.home is not None:
                self._home(seat, seat.home)
        if pack.sets:
            self._heading("Answers", 1, new_page=True)
            for work in pack.sets:
                self._answers(work)

    def _teachers_page(self, pack: Pack, class_name: str) -> None:
        self._heading(f"Maths Clinic: {session_told(pack.session)}", 1)
        staff = f", with {pack.session.staff}" if pack.session.staff else ""
        self._text(f"For the teacher. Class {class_name}{staff}. Keep this page: it names students.")
        table = self._document.add_table(rows=1, cols=5, style="Table Grid")
        # Read out with every cell, and repeated on every page.
        table.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader", {}))
        for cell, words in zip(table.rows[0].cells, ("Group", "Student", "Set", "Came", "Exit ticket"), strict=True):
            cell.text = words
            cell.paragraphs[0].runs[0].bold = True
        for topic, seats in pack.groups().items():
            for seat in seats:
                cells = table.add_row().cells
                for cell, words in zip(cells, (topic, seat.name, seat.work.letter if seat.work else "–"), strict=False):
                    cell.text = _clean(words)
        for activity in pack.activities:
            self._heading(f"{activity.topic}: {activity.title}", 2)
            for label, words in (("Meets", activity.misconception), ("Do", activity.scaffold), ("Fade", activity.fade)):
                self._text(f"{label}: {words}")

    def _student(self, seat: Seat, work: WorkSet) -> None:
        for page in ("Starter", "Practice"):
            self._heading(f"{seat.name}: {work.topic}, set {work.letter}", 1, new_page=True)
            self._heading(page, 2)
            if page == "Starter":
                self._questions(work.starter, lines=1)
                self._heading("An example, all of it", 2)
                self._example(work.worked, left_out=0)
                self._heading("Finish these", 2)
                for left_out, question in enumerate(work.faded, start=1):
                    self._example(question, left_out=left_out)
            else:
                self._questions(work.practice, lines=1)
                self._heading("Exit ticket", 2)
                self._questions(work.exit_ticket, lines=1)

    def _home(self, seat: Seat, home: HomePage) -> None:
        self._heading(f"{seat.name}: {home.topic} at home, two weeks, ten minutes a day", 1, new_page=True)
        for number, day in enumerate(home.days, start=1):
            self._heading(f"Day {number}", 2)
            self._questions(day, lines=1)
        self._heading(f"For the family of {seat.name}: answers", 1, new_page=True)
        for number, day in enumerate(home.days, start=1):
            self._heading(f"Day {number}", 2)
            self._solved(day)

    def _answers(self, work: WorkSet) -> None:
        self._heading(f"Set {work.letter}: {work.topic}, practice {LEVELS_IN_WORDS[work.level]}", 2)
        parts = {
            "Starter": work.starter,
            "Finish these": work.faded,
            "Practice": work.practice,
            "Exit ticket": work.exit_ticket,
        }
        for title, questions in parts.items():
            self._heading(title, 3)
            self._solved(questions)

    def _heading(self, words: str, level: int, *, new_page: bool = False) -> None:
        heading = self._document.add_paragraph(_clean(words))
        heading._p.style = self._styles[f"Heading {level}"]
        heading.paragraph_format.page_break_before = new_page

    def _questions(self, questions: Sequence[Question], *, lines: int) -> None:
        numbered = self._new_list()
        for question in questions:
            self._item(numbered, question.prompt).paragraph_format.keep_with_next = True
            for _ in range(lines):
                self._line()

    def _solved(self, questions: Sequence[Question]) -> None:
        numbered = self._new_list()
        for question in questions:
            self._item(numbered, f"{question.prompt}: {question.shown}")

    def _new_list(self) -> int:
        """A numbered list that begins with 1."""
        made = self._numbering.add_num(self._numbered_as)
        made.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(made.numId)

    def _item(self, numbered: int, text: str) -> Paragraph:
        paragraph = self._text(text)
        paragraph._p.style = self._styles[_NUMBERED]
        place = element("w:numPr", {})
        place.extend((element("w:ilvl", {"w:val": "0"}), element("w:numId", {"w:val": str(numbered)})))
        paragraph._p.get_or_add_pPr().insert_element_before(place, "w:pBdr", *BEHIND)
        return paragraph

    def _line(self) -> None:
        """A line to write on: an edge, since a row of underscores is read out one by one."""
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.right_indent = Mm(8), Mm(70)
        edge(paragraph, "bottom", "between", value="dotted", size=6, space=1, colour="74808C")

    def _example(self, question: Question, *, left_out: int) -> None:
        self._text(question.prompt).paragraph_format.keep_with_next = True
        kept = len(question.steps) - left_out
        for place, step in enumerate(question.steps):
            if place < kept:
                self._text(step).paragraph_format.left_indent = Mm(8)
            else:
                self._line()

    def _text(self, text: str) -> Paragraph:
        paragraph = self._document.add_paragraph()
        for piece, is_formula in pieces(text):
            if is_formula:
                paragraph._p.append(word_equation(piece))
            else:
                paragraph.add_run(_clean(piece))
        return paragraph


def _set_up(document: DocumentType, *, easy_to_read: bool) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(18)
    page.top_margin, page.bottom_margin = Mm(13), Mm(11)
    font = EASY_FONT if easy_to_read else FONT
    for name, size in (_EASY_SIZES if easy_to_read else _SIZES).items():
        style = document.styles[name]
        style.font.size, style.font.name = Pt(size), font
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            del fonts.attrib[attribute]
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), font)
        if name != "Normal":
            style.font.color.rgb = _INK
        style.paragraph_format.space_after = Pt(4)
        style.paragraph_format.line_spacing = 1.5 if easy_to_read else 1.12
    for spelling in document.styles.element.iter(qn("w:lang")):
        spelling.set(qn("w:val"), "en-GB")


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", text)
