"""The small pictures on the sheet `Guide`: three cells that look as they do on the sheet that a step is about."""

from __future__ import annotations

from xlsxwriter.format import Format

from addin.results.columns import DECISIONS, FLAG_COLOURS
from model.vocabulary import Flag
from templates.layout import Group
from templates.styles import INPUT_FILL, LINE, Styles

Picture = tuple[tuple[str, Format], ...]
"""Text and format of cells from left to right."""


def of_steps(styles: Styles) -> tuple[Picture, ...]:
    """A picture for each of the five steps: set up, add students, enter marks, score, decide.

    Example:
        >>> from io import BytesIO
        >>> from xlsxwriter import Workbook
        >>> [text for text, _ in of_steps(Styles(Workbook(BytesIO())))[2]]
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
