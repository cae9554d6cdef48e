"""The sheet `Guide`: what the markbook is and how to use it, on one page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from addin.results.columns import DECISIONS, FLAG_COLOURS
from model.vocabulary import Flag
from templates.cells import A4, height_for, write_value
from templates.content import Content
from templates.layout import Group, listed
from templates.styles import BANDS, INPUT_FILL, LINE, Styles

NAME = "Guide"

_PURPOSE = (
    "This workbook is an ordinary maths markbook whose marks can also tell you which students need help first, on "
    "which topics, and with which activity. It works on this computer alone: nothing is sent anywhere unless you "
    "send it."
)

_LINE = {"bottom": 1, "bottom_color": LINE, "valign": "vcenter"}
_STEPS = "Five steps"
"""The section with a picture beside each of its lines."""

Picture = tuple[tuple[str, Format], ...]
"""Three cells that look as they do on the sheet that a step is about: text and format, from left to right."""


def write(workbook: Workbook, styles: Styles, content: Content) -> None:
    """Add the sheet, whose texts stand in `guide.csv`; it is the same for every class, so that `content` is not looked at.

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
    for title, rows in groupby(listed("guide.csv"), key=itemgetter("section")):
        lines = [(row["words"], row["explanation"]) for row in rows]
        if title == _STEPS:
            page.steps(title, lines, pictures(styles))
        else:
            page.section(title, lines)


def pictures(styles: Styles) -> tuple[Picture, ...]:
    """A picture for each of the five steps: set up, add students, enter marks, score, decide.

    Example:
        >>> from io import BytesIO
        >>> [text for text, _ in pictures(Styles(Workbook(BytesIO())))[2]]
        ['Out of 20', '17', 'Abs']
    """
    box = {"border": 1, "border_color": LINE, "align": "center", "indent": 0, "valign": "vcenter", "text_wrap": False}
    plain = styles.text(**box)
    filled = styles.text(**box, bg_color=INPUT_FILL)
    heading = styles.band(Group.IDENTITY, **box)
    signs = [
        styles.text(**box, bold=True, font_color=FLAG_COLOURS[flag].text, bg_color=FLAG_COLOURS[flag].fill)
        for flag in (Flag.HIGH, Flag.WATCH, Flag.ON_TRACK)
    ]
    flags = (Flag.HIGH, Flag.WATCH, Flag.ON_TRACK)
    return (
        (("Setup", heading), ("Half-term", plain), ("4", filled)),
        (("ZQ4827", plain), ("Zovarrin", plain), ("Lumemi", plain)),
        (
            ("Out of 20", styles.above(Group.TESTS, **box, bold=True)),
            ("17", plain),
            ("Abs", styles.text(**box, italic=True)),
        ),
        tuple((flag.value, sign) for flag, sign in zip(flags, signs, strict=True)),
        (
            ("Decision", styles.band(Group.RESULTS, **box)),
            (DECISIONS[0], filled),
            ("note", styles.text(**box, bg_color=INPUT_FILL, italic=True)),
        ),
    )


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
        for (words, explanation), picture in zip(lines, pictures, strict=True):
            self._row += 1
            self._sheet.set_row(self._row - 1, max(30, height_for((explanation,), (self._WIDTHS[1],))))
            self._fill(self._styles.text(**_LINE))
            write_value(self._sheet, self._row, 1, words, self._styles.text(bold=True, **_LINE))
            write_value(self._sheet, self._row, 2, explanation, self._styles.text(**_LINE))
            for column, (text, style) in enumerate(picture, start=4):
                write_value(self._sheet, self._row, column, text, style)

    def section(self, title: str, lines: Sequence[tuple[str, str]]) -> None:
        """A heading, and below it words on the left, flags in their own colours, with their explanation on the right."""
        self._heading(title)
        for words, explanation in lines:
            self._row += 1
            height = height_for((words, explanation), (self._WIDTHS[0], self._WIDE))
            self._sheet.set_row(self._row - 1, max(22, height))
            own = {flag.value: {"font_color": each.text, "bg_color": each.fill} for flag, each in FLAG_COLOURS.items()}
            look = self._styles.text(bold=True, **_LINE, **own.get(words, {}))
            write_value(self._sheet, self._row, 1, words, look)
            self._across(2, explanation, self._styles.text(**_LINE))

    def _heading(self, title: str) -> None:
        self._row += 1
        self._sheet.set_row(self._row - 1, 8)
        self._row += 1
        self._sheet.set_row(self._row - 1, 22)
        self._fill(self._styles.section())
        write_value(self._sheet, self._row, 1, title, self._styles.section())

    def _across(self, column: int, words: str, style: Format) -> None:
        """A text over all columns from `column` on."""
        self._sheet.merge_range(self._row - 1, column - 1, self._row - 1, len(self._WIDTHS) - 1, "", style)
        write_value(self._sheet, self._row, column, words, style)

    def _fill(self, style: Format) -> None:
        for column in range(1, len(self._WIDTHS) + 1):
            write_value(self._sheet, self._row, column, None, style)
