"""The sheet `Guide`: what the markbook is and how to use it, on one page."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from addin.results.columns import DECISIONS, FLAG_COLOURS
from model.vocabulary import Flag
from templates.cells import height_for, write_value
from templates.content import Content
from templates.layout import Group
from templates.sheets import guide_pictures
from templates.sheets.guide_pictures import Picture
from templates.sheets.table import A4
from templates.styles import BANDS, LINE, Styles

NAME = "Guide"

_PURPOSE = (
    "This workbook is an ordinary maths markbook whose marks can also tell you which students need help first, on "
    "which topics, and with which activity. It works on this computer alone: nothing is sent anywhere unless you "
    "send it."
)

_STEPS: tuple[tuple[str, str], ...] = (
    ("1  Set up", "On the Setup sheet, fill in school, class and half-term."),
    (
        "2  Add students",
        "On the Markbook sheet, type or paste one student a row. Target grade and KS2 score help, and may stay empty.",
    ),
    (
        "3  Enter marks",
        "Put the total of each test in row 3 (Out of), then the marks. HT1 to HT6 in a heading are the half-terms. "
        "Rename a test or add a column as you need; add attendance, homework and effort when you have them.",
    ),
    (
        "4  Score",
        "Use the ribbon in Excel, or the command markbook score with the name of this file. Results appear to the "
        "right of your columns; your own cells stay as they are.",
    ),
    (
        "5  Decide",
        f"Read the reasons, then choose {DECISIONS[0]}, {DECISIONS[1]} or {DECISIONS[2]} for each student. Change the "
        "Activities sheet to suit your lessons.",
    ),
)

_SIGNS: dict[Flag, str] = {
    Flag.HIGH: "Likely to finish below target without extra help. Talk to the student and look at the work first.",
    Flag.WATCH: "Some signs of slipping. Look again in a few weeks, or offer a clinic.",
    Flag.ON_TRACK: "The marks give no reason for extra help now.",
    Flag.NOT_ENOUGH: "Too few marks to say anything. This does not mean that all is well.",
}

_MARKS: tuple[tuple[str, str], ...] = (
    ("17", "Marks earned, out of the total in row 3. 0 means: sat the test and scored nothing."),
    ("17/40 or 42%", "A mark with its own total. If Excel makes a date of it, type the marks alone."),
    ("Abs, A, X, absent", "Absent."),
    ("N/A, NR, ex", "Not required."),
    ("NE", "Had not yet joined the class."),
    ("(empty)", "Not recorded. Never counted as 0."),
    ("anything else", "Is listed as a question for you, with its cell. Never counted as 0."),
    ("white on magenta", "This colour shows a mark that is below 0 or above its total: check both."),
)

_SCORE: tuple[tuple[str, str], ...] = (
    (
        "It is",
        "A prompt for a conversation, not a verdict: an estimate, from the marks and engagement in this sheet, of how "
        "likely a student is to finish below target. It can be wrong. You decide.",
    ),
    (
        "It is not",
        "A grade, a label or a measure of worth. It knows nothing of what is not in the sheet. Never show it to "
        "students or families as a label; say “support offered”.",
    ),
)

_SHEETS: tuple[tuple[str, str], ...] = (
    (
        "Summary",
        "The class at a glance: flags, change since the last run, need by strand, and the plain rule beside the model.",
    ),
    ("Clinics, Clinic plan", "When clinics are held and how many seats they have; who is invited to which."),
    ("Activities", "What to do about a topic. The library is yours: suggestions come from this sheet."),
    ("History, Queries", "Every run with its date; every cell that was not understood, with its remedy."),
    ("What if, Fairness", "How a risk moves if one entry changes; how often flags fall on groups of students."),
)

_HELP: tuple[tuple[str, str], ...] = (
    (
        "A column misread?",
        "Say on the Setup sheet what its heading means. markbook check shows how every column was understood.",
    ),
    ("A new column?", "Insert a whole column between two others, so that strand and total stay above their marks."),
    ("README", "It comes with the program and explains every command, sheet and message."),
)


def write(workbook: Workbook, styles: Styles, content: Content) -> None:
    """Add the sheet; it is the same for every class, so that `content` is not looked at.

    Example:
        >>> from io import BytesIO
        >>> book = Workbook(BytesIO())
        >>> write(book, Styles(book), Content.of())
        >>> [sheet.name for sheet in book.worksheets()]
        ['Guide']
    """
    del content
    page = _Page(workbook, styles)
    page.title("Maths Clinic Markbook", _PURPOSE)
    page.steps("Five steps", _STEPS, guide_pictures.of_steps(styles))
    page.signs("What the signs mean")
    page.section("What a mark cell may say", _MARKS)
    page.section("The other sheets", _SHEETS)
    page.section("What the score is, and is not", _SCORE)
    page.section("Help", _HELP)


class _Page:
    """A page that is written from the top down: words on the left, text in the middle, small pictures of cells on the right."""

    _WIDTHS = (20, 66, 2, 13, 13, 13)
    _WIDE = 66 + 2 + 3 * 13
    """The width of a text that no picture stands beside."""

    def __init__(self, workbook: Workbook, styles: Styles) -> None:
        self._styles = styles
        self._row = 0
        self._sheet = workbook.add_worksheet(NAME)
        self._sheet.hide_gridlines(2)
        for position, width in enumerate(self._WIDTHS):
            self._sheet.set_column(position, position, width)
        self._sheet.set_paper(A4)
        self._sheet.set_margins(left=0.6, right=0.6, top=0.5, bottom=0.5)
        self._sheet.fit_to_pages(1, 1)
        self._sheet.center_horizontally()

    def title(self, words: str, purpose: str) -> None:
        """The page's title and, across the page, what the workbook is."""
        title = {"font_size": 20, "align": "left", "indent": 1, "valign": "vcenter"}
        self._row += 1
        self._sheet.set_row(0, 38)
        self._fill(self._styles.band(Group.IDENTITY))
        write_value(self._sheet, self._row, 1, words, self._styles.band(Group.IDENTITY, **title))
        self._row += 1
        self._sheet.set_row(self._row - 1, 44)
        pale = self._styles.text(bg_color=BANDS[Group.IDENTITY].pale, font_size=12, valign="vcenter")
        self._across(1, purpose, pale)

    def steps(self, title: str, lines: Sequence[tuple[str, str]], pictures: Sequence[Picture]) -> None:
        """Steps, each with a picture of the cells that it is about."""
        self._heading(title)
        rule = {"bottom": 1, "bottom_color": LINE, "valign": "vcenter"}
        for (words, explanation), picture in zip(lines, pictures, strict=True):
            self._row += 1
            self._sheet.set_row(self._row - 1, max(30, height_for((explanation,), (self._WIDTHS[1],))))
            self._fill(self._styles.text(**rule))
            write_value(self._sheet, self._row, 1, words, self._styles.text(bold=True, **rule))
            write_value(self._sheet, self._row, 2, explanation, self._styles.text(**rule))
            for column, (text, style) in enumerate(picture, start=4):
                write_value(self._sheet, self._row, column, text, style)

    def section(self, title: str, lines: Sequence[tuple[str, str]]) -> None:
        """A heading, and below it words on the left with their explanation on the right."""
        self._heading(title)
        for words, explanation in lines:
            self._line(words, explanation)

    def signs(self, title: str) -> None:
        """The flags, each in its own colours, with what they ask of the teacher."""
        self._heading(title)
        for flag, meaning in _SIGNS.items():
            colours = FLAG_COLOURS[flag]
            self._line(flag.value, meaning, font_color=colours.text, bg_color=colours.fill)

    def _heading(self, title: str) -> None:
        self._row += 1
        self._sheet.set_row(self._row - 1, 8)
        self._row += 1
        self._sheet.set_row(self._row - 1, 22)
        self._fill(self._styles.section())
        write_value(self._sheet, self._row, 1, title, self._styles.section())

    def _line(self, words: str, explanation: str, **colours: str) -> None:
        rule = {"bottom": 1, "bottom_color": LINE, "valign": "vcenter"}
        self._row += 1
        height = height_for((words, explanation), (self._WIDTHS[0], self._WIDE))
        self._sheet.set_row(self._row - 1, max(22, height))
        write_value(self._sheet, self._row, 1, words, self._styles.text(bold=True, **rule, **colours))
        self._across(2, explanation, self._styles.text(**rule))

    def _across(self, column: int, words: str, style: Format) -> None:
        """A text over all columns from `column` on."""
        self._sheet.merge_range(self._row - 1, column - 1, self._row - 1, len(self._WIDTHS) - 1, "", style)
        write_value(self._sheet, self._row, column, words, style)

    def _fill(self, style: Format) -> None:
        for column in range(1, len(self._WIDTHS) + 1):
            write_value(self._sheet, self._row, column, None, style)
