"""The sheet `Guide`: what the markbook is and how to use it, on one page."""

from __future__ import annotations

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from addin.annotations import DECISIONS, FLAG_COLOURS
from model.vocabulary import Flag
from templates.cells import height_for, write_value
from templates.content import Content
from templates.layout import Group
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

_HELP = "The README that comes with the program explains every command, sheet and message."


def write(workbook: Workbook, styles: Styles, content: Content) -> None:
    """Add the sheet; it is the same for every class, so that `content` is not looked at.

    Example:
        >>> from io import BytesIO
        >>> from templates.content import Setup
        >>> book = Workbook(BytesIO())
        >>> write(book, Styles(book), Content.of(roster=(), cohort=None, setup=Setup(), rows=None))
        >>> [sheet.name for sheet in book.worksheets()]
        ['Guide']
    """
    del content
    page = _Page(workbook, styles)
    page.title("Maths Clinic Markbook", _PURPOSE)
    page.section("Five steps", _STEPS)
    page.signs("What the signs mean")
    page.section("What a mark cell may say", _MARKS)
    page.section("What the score is, and is not", _SCORE)
    page.section("Help", (("README", _HELP),))


class _Page:
    """A page of two columns that is written from the top down."""

    _WIDTHS = (22, 96)

    def __init__(self, workbook: Workbook, styles: Styles) -> None:
        a4 = 9
        self._styles = styles
        self._row = 0
        self._sheet = workbook.add_worksheet(NAME)
        self._sheet.hide_gridlines(2)
        for position, width in enumerate(self._WIDTHS):
            self._sheet.set_column(position, position, width)
        self._sheet.set_paper(a4)
        self._sheet.set_margins(left=0.6, right=0.6, top=0.6, bottom=0.6)
        self._sheet.fit_to_pages(1, 1)
        self._sheet.center_horizontally()

    def title(self, words: str, purpose: str) -> None:
        """The page's title and, across both columns, what the workbook is."""
        title = {"font_size": 20, "align": "left", "indent": 1, "valign": "vcenter"}
        self._line(
            words, None, (self._styles.band(Group.IDENTITY, **title), self._styles.band(Group.IDENTITY)), height=38
        )
        self._row += 1
        style = self._styles.text(bg_color=BANDS[Group.IDENTITY].pale, font_size=12, valign="vcenter")
        self._sheet.set_row(self._row - 1, 44)
        self._sheet.merge_range(self._row - 1, 0, self._row - 1, 1, "", style)
        write_value(self._sheet, self._row, 1, purpose, style)

    def section(self, title: str, lines: tuple[tuple[str, str], ...]) -> None:
        """A heading, and below it words on the left with their explanation on the right."""
        self._heading(title)
        rule = {"bottom": 1, "bottom_color": LINE, "valign": "vcenter"}
        for words, explanation in lines:
            self._line(words, explanation, (self._styles.text(bold=True, **rule), self._styles.text(**rule)))

    def signs(self, title: str) -> None:
        """The flags, each in its own colours, with what they ask of the teacher."""
        self._heading(title)
        rule = {"bottom": 1, "bottom_color": LINE, "valign": "vcenter"}
        for flag, meaning in _SIGNS.items():
            colours = FLAG_COLOURS[flag]
            sign = self._styles.text(bold=True, font_color=colours.text, bg_color=colours.fill, **rule)
            self._line(flag.value, meaning, (sign, self._styles.text(**rule)))

    def _heading(self, title: str) -> None:
        self._row += 1
        self._sheet.set_row(self._row - 1, 9)
        self._line(title, None, (self._styles.section(), self._styles.section()), height=22)

    def _line(
        self, left: str, right: str | None, styles: tuple[Format, Format], *, height: float | None = None
    ) -> None:
        self._row += 1
        self._sheet.set_row(self._row - 1, height or height_for((left, right or ""), self._WIDTHS))
        write_value(self._sheet, self._row, 1, left, styles[0])
        write_value(self._sheet, self._row, 2, right, styles[1])
