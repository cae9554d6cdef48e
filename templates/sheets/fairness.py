"""The sheet `Fairness`: how often each group of students is flagged, by formulas, with small numbers hidden.

The same rule as `model.fairness`: of a column nothing is hidden, or everything, or at least two groups that have ten students
together, so that no hidden figure can be worked out from those shown.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from model.fairness import BLANK, LEAST, NOT_RECORDED, SEN_WORDS, WORDS, Hidden
from model.vocabulary import Flag
from templates import formulas
from templates.cells import new_page, write_formula, write_value
from templates.content import Content
from templates.layout import Group
from templates.styles import LINE, SOFT_INK, Styles

NAME = "Fairness"
FIRST_ROW = 6
"""The row of the first group, counted from 1."""

_WIDTHS = (16, 20, 18, 18, 24)
_SIZE, _RANK = "H", "I"
"""Folded columns: students of the group who were scored, and the order in which groups are hidden."""

_NOTE = (
    f"Among the students who were scored. A group of fewer than {LEAST} is not shown, nor one that it could be worked out from. "
    "Groups differ for many reasons: a difference is a question to ask, not yet an answer."
)


def _words(group: str) -> tuple[str, ...]:
    """The words that put a student in a group; for F and M these alone."""
    return tuple(word for word, name in (WORDS | SEN_WORDS).items() if name == group) or (group.casefold(),)


Groups = dict[str, tuple[str, ...] | None]
"""Group of an audit column -> the words that put a student in it, None for all other words."""

GROUPS: dict[str, Groups] = {
    heading: {**{name: _words(name) for name in names}, NOT_RECORDED: BLANK, "anything else": None}
    for heading, names in {
        "PP": ("no", "yes"),
        "SEN": ("EHC plan", "SEN support", "no"),
        "EAL": ("no", "yes"),
        "Sex": ("F", "M"),
    }.items()
} | {
    "Tier": {
        "foundation": ("f", "foundation"),
        "higher": ("h", "higher"),
        NOT_RECORDED: BLANK,
        "anything else": None,
    }
}
"""Heading of an audit column -> its groups."""


def write(workbook: Workbook, styles: Styles, content: Content) -> None:
    """Add the sheet.

    Example:
        >>> from io import BytesIO
        >>> book = Workbook(BytesIO())
        >>> write(book, Styles(book), Content.of())
        >>> [sheet.name for sheet in book.worksheets()]
        ['Fairness']
    """
    del content
    sheet = new_page(workbook, styles, NAME, _WIDTHS, landscape=False)
    sheet.set_column(f"{_SIZE}:{_RANK}", 9, None, {"hidden": True})
    sheet.set_row(1, 36)
    note = styles.text(font_color=SOFT_INK, indent=0)
    sheet.merge_range(1, 0, 1, len(_WIDTHS) - 1, "", note)
    write_value(sheet, 2, 1, _NOTE, note)
    told = f'IF({formulas.SCORED}=0,"Not scored yet: the figures fill in with the first run.",{formulas.SCORED}&" students scored")'
    write_formula(sheet, 3, 1, told, styles.text(text_wrap=False, indent=0, bold=True))
    headings = ("Column", "Group", "Students", "Flagged High", "Flagged High or Watch")
    for column, words in enumerate(headings, start=1):
        place = {"align": "left", "indent": 1} if column < 3 else {"align": "center"}
        write_value(sheet, FIRST_ROW - 1, column, words, styles.band(Group.IDENTITY, valign="vcenter", **place))
    row = FIRST_ROW
    for heading, groups in GROUPS.items():
        _write_column(sheet, styles, heading, groups, row)
        row += len(groups)
    # Without a password: it keeps slips away from the formulas, and nobody out.
    sheet.protect()
    sheet.freeze_panes(FIRST_ROW - 1, 0)
    sheet.print_area(0, 0, row - 2, len(_WIDTHS) - 1)


def _write_column(sheet: Worksheet, styles: Styles, heading: str, groups: Groups, first: int) -> None:
    last = first + len(groups) - 1
    sizes, ranks = f"${_SIZE}${first}:${_SIZE}${last}", f"${_RANK}${first}:${_RANK}${last}"
    # Groups of one size are hidden in the order of their names, as the program hides them.
    names = sorted(groups)
    for row, (group, words) in enumerate(groups.items(), start=first):
        size, rank = f"${_SIZE}{row}", f"${_RANK}{row}"
        before = f"({ranks}<{rank})*({sizes}>0)"
        hidden = (
            f"AND(SUMPRODUCT(({sizes}>0)*({sizes}<{LEAST}))>0,"
            f"OR({size}<{LEAST},SUMPRODUCT({before})<2,SUMPRODUCT({before}*{sizes})<{LEAST}))"
        )
        cell = partial(_look, styles, is_last=row == last)
        look = cell()
        write_value(sheet, row, 1, heading if row == first else None, cell(bold=True, align="left", indent=1))
        write_value(sheet, row, 2, group, cell(align="left", indent=1))
        small = f'IF({size}<{LEAST},"{Hidden.SMALL.value}","hidden")'
        write_formula(sheet, row, 3, f'IF({size}=0,"–",IF({hidden},{small},{size}))', look)
        share = cell(num_format="0%")
        member = _members(heading, words, groups)
        high = f'(Markbook[Flag]="{Flag.HIGH.value}")'
        flagged = f'({high}+(Markbook[Flag]="{Flag.WATCH.value}"))'
        for column, counted in ((4, high), (5, flagged)):
            rate = f"SUMPRODUCT({member}*ISNUMBER(Markbook[Risk])*{counted})/{size}"
            write_formula(sheet, row, column, f'IF({size}=0,"–",IF({hidden},"hidden",{rate}))', share)
        write_formula(sheet, row, 8, f"SUMPRODUCT({member}*ISNUMBER(Markbook[Risk]))", look)
        write_formula(sheet, row, 9, f"{size}+{names.index(group) / 100}", look)


def _members(heading: str, words: tuple[str, ...] | None, groups: Groups) -> str:
    """1 for every student of the group that these words make, else 0."""
    if words is not None:
        return formulas.in_group(heading, words)
    known = tuple(word for others in groups.values() for word in others or ())
    return f"(1-{formulas.in_group(heading, known)})"


def _look(styles: Styles, *, is_last: bool, **properties: Any) -> Format:
    """A cell; a stronger line closes a column's groups."""
    line = {"bottom": 2 if is_last else 1, "bottom_color": SOFT_INK if is_last else LINE}
    return styles.text(
        **({"align": "center", "indent": 0, "valign": "vcenter", "text_wrap": False} | line | properties)
    )
