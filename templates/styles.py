"""Colours and cell formats: one calm band of colour for each group of columns, readable on screen and on paper.

Colours are RRGGBB. Every text on its fill has a contrast of at least 4.5 to 1 (WCAG 1.4.3); a test computes it. The
bands keep away from the colours of the flags, and no meaning hangs on colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from addin.results.columns import Colours
from model.vocabulary import Flag
from templates.layout import Group

FONT = "Calibri"
"""Comes with Excel on Windows and on Mac."""

INK, SOFT_INK, LINE, WHITE = "1F2933", "52606D", "D5DAE1", "FFFFFF"


@dataclass(frozen=True, kw_only=True)
class Band:
    """The colours of one group of columns: `strong` under white headings, `pale` above them, `tint` under marks."""

    strong: str
    pale: str
    tint: str


BANDS: dict[Group, Band] = {
    Group.IDENTITY: Band(strong="3E4C5E", pale="E6EAEF", tint="FFFFFF"),
    Group.BASELINE: Band(strong="1F6670", pale="DAECEE", tint="FFFFFF"),
    Group.AUDIT: Band(strong="666666", pale="EDEDED", tint="FFFFFF"),
    Group.ENGAGEMENT: Band(strong="36568C", pale="DEE7F4", tint="F2F6FC"),
    Group.TESTS: Band(strong="654680", pale="EBE3F2", tint="F8F4FB"),
    Group.MOCKS: Band(strong="5C5F2B", pale="EBECD8", tint="F7F7EC"),
    Group.CLINICS: Band(strong="2F5D50", pale="DCEBE6", tint="FFFFFF"),
    Group.RESULTS: Band(strong="403A36", pale="ECE7E3", tint="FFFFFF"),
}

TOO_HIGH = Band(strong="8A1259", pale="FFFFFF", tint="FFFFFF")
"""A mark above its total: white on magenta, which is no band's colour and no flag's."""

INPUT_FILL = "FFF9E5"
"""Cells that wait for the teacher."""

NEED, SECURE = "CDB2E5", "FFFFFF"
"""The ends of the heat map, weakest and strongest: one hue from dark to light, which nobody has to tell from another."""

FAINT_FLAGS: dict[Flag, str] = {Flag.WATCH: "A87400", Flag.ON_TRACK: "2F6FA8"}
"""Flags whose fill is too faint for a small mark on white: the same hue, with a contrast of at least 3 to 1 (WCAG 1.4.11)."""


class Styles:
    """The formats of one workbook; the same request gives the same format, so that a workbook stays small.

    Example:
        >>> from io import BytesIO
        >>> styles = Styles(Workbook(BytesIO()))
        >>> styles.text(bold=True) is styles.text(bold=True)
        True
    """

    def __init__(self, workbook: Workbook) -> None:
        self._add = cache(lambda properties: workbook.add_format(dict(properties)))

    def text(self, **properties: Any) -> Format:
        """Plain text, wrapped at the top of its cell; `properties` are XlsxWriter's and win over these."""
        return self._format({"align": "left", "indent": 1, "valign": "top", "text_wrap": True}, properties)

    def page_title(self) -> Format:
        """The title at the head of a sheet."""
        return self._format({"bold": True, "font_size": 18, "valign": "vcenter"}, {})

    def section(self) -> Format:
        """A heading between parts of a page."""
        line = {"bottom": 2, "bottom_color": BANDS[Group.IDENTITY].strong}
        return self._format({"bold": True, "font_size": 13, "font_color": BANDS[Group.IDENTITY].strong, **line}, {})

    def band(self, group: Group, **properties: Any) -> Format:
        """White on the strong colour of a group: headings and titles."""
        return self._format({"font_color": WHITE, "bg_color": BANDS[group].strong, "bold": True}, properties)

    def above(self, group: Group, **properties: Any) -> Format:
        """Ink on the pale colour of a group: strands and totals."""
        return self._format({"bg_color": BANDS[group].pale}, properties)

    def student_cell(
        self, group: Group, *, is_tinted: bool, is_first: bool, centred: bool, per_cent: bool = False
    ) -> Format:
        """A cell of a student's row.

        Args:
            group: Whose column it is.
            is_tinted: Every other half-term carries a tint, to lead the eye.
            is_first: The first column of a half-term or group has a line at its left.
            centred: Numbers and short words stand in the middle.
            per_cent: A number from 0 to 1 is shown as per cent.
        """
        edge = {"left": 1, "left_color": BANDS[group].strong} if is_first else {}
        place = {"align": "center"} if centred else {"align": "left", "indent": 1}
        fill = {"bg_color": BANDS[group].tint} if is_tinted else {}
        shown = {"num_format": "0%"} if per_cent else {}
        # At the top, where the sentences of the result columns begin.
        return self._format({"valign": "top", "bottom": 1, "bottom_color": LINE, **place, **edge, **fill, **shown}, {})

    def warning(self) -> Format:
        """How a mark above its total looks."""
        return self._format({"font_color": TOO_HIGH.pale, "bg_color": TOO_HIGH.strong, "bold": True}, {}, font=False)

    def flag(self, colours: Colours) -> Format:
        """How a flag looks in a conditional format."""
        return self._format({"font_color": colours.text, "bg_color": colours.fill, "bold": True}, {}, font=False)

    def highlight(self, **properties: Any) -> Format:
        """How cells look on which a rule of ours falls; `properties` are XlsxWriter's."""
        return self._format({}, properties, font=False)

    def word_in_place_of_a_mark(self) -> Format:
        """How Abs, N/A and NE look: softer than marks, so that marks stand out."""
        return self._format({"font_color": SOFT_INK, "italic": True}, {}, font=False)

    def _format(self, usual: dict[str, Any], wanted: dict[str, Any], *, font: bool = True) -> Format:
        # Conditional formats may not name a font: Excel calls such a file damaged.
        base = {"font_name": FONT, "font_size": 11, "font_color": INK} if font else {}
        return self._add(tuple(sorted((base | usual | wanted).items())))
