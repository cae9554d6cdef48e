"""Makes the icons of the tab: simple signs, drawn large and made small. `python -m addin.excel.server.icons` writes them all.

Needs Pillow, which the program itself does not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from addin.excel.server.settings import project
from addin.results.columns import FLAG_COLOURS
from model.vocabulary import Flag

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

SIZES = (16, 32, 64, 80)
"""Pixels that Excel asks for."""

_GRID = 16  # drawings are made on 16 by 16 squares
_LARGE = 640
_INK, _ORANGE, _AMBER, _BLUE = "#2B3A4A", *(f"#{FLAG_COLOURS[f].fill}" for f in (Flag.HIGH, Flag.WATCH, Flag.ON_TRACK))
_BLUE_INK = f"#{FLAG_COLOURS[Flag.ON_TRACK].text}"

Points = list[tuple[float, float]]


class _Pen:
    """Draws on the grid."""

    def __init__(self, draw: ImageDraw) -> None:
        self.draw, self.unit = draw, _LARGE / _GRID

    def _at(self, *places: tuple[float, float]) -> Points:
        return [(x * self.unit, y * self.unit) for x, y in places]

    def shape(self, colour: str, *corners: tuple[float, float]) -> None:
        self.draw.polygon(self._at(*corners), fill=colour)

    def line(self, colour: str, *corners: tuple[float, float], width: float = 1.6) -> None:
        self.draw.line(self._at(*corners), fill=colour, width=round(width * self.unit), joint="curve")

    def disc(self, colour: str, x: float, y: float, radius: float) -> None:
        self.draw.ellipse(self._at((x - radius, y - radius), (x + radius, y + radius)), fill=colour)

    def box(self, colour: str, left: float, top: float, right: float, bottom: float, radius: float = 0.8) -> None:
        self.draw.rounded_rectangle(self._at((left, top), (right, bottom)), radius=radius * self.unit, fill=colour)

    def arc(self, colour: str, left: float, top: float, right: float, bottom: float, start: int, end: int) -> None:
        self.draw.arc(self._at((left, top), (right, bottom)), start, end, fill=colour, width=round(1.6 * self.unit))


def _tab(pen: _Pen) -> None:
    """The three flags."""
    pen.shape(_ORANGE, (8, 1), (12.2, 7.6), (3.8, 7.6))
    pen.disc(_AMBER, 4.2, 11.8, 3.2)
    pen.box(_BLUE_INK, 9, 8.8, 15, 14.8)


def _score(pen: _Pen) -> None:
    """A table with a flag on one row."""
    for top in (1.5, 6.5, 11.5):
        pen.box(_INK, 1, top, 9, top + 3, radius=0.5)
    pen.shape(_ORANGE, (12.6, 0.6), (15.6, 5.4), (9.8, 5.4))
    pen.disc(_AMBER, 12.7, 8, 2)
    pen.box(_BLUE_INK, 10.8, 11.2, 14.6, 15, radius=0.5)


def _check(pen: _Pen) -> None:
    """A tick on a sheet."""
    pen.box(_INK, 1.5, 1, 14.5, 15)
    pen.box("#FFFFFF", 3, 2.5, 13, 13.5, radius=0.3)
    pen.line(_BLUE_INK, (4.6, 8.4), (7.2, 11), (11.6, 5), width=2)


def _clear(pen: _Pen) -> None:
    """A rubber over a line."""
    pen.shape(_ORANGE, (6, 9.5), (10.5, 2), (15, 4.8), (10.4, 12.2))
    pen.shape(_INK, (6, 9.5), (10.4, 12.2), (8.8, 14.6), (4.4, 12))
    pen.box(_INK, 1, 13.8, 8, 15.2, radius=0.4)


def _what_if(pen: _Pen) -> None:
    """A way that forks."""
    pen.line(_INK, (1.5, 8), (6, 8), (10, 3.5), (13, 3.5), width=1.8)
    pen.line(_BLUE_INK, (5.6, 8), (10, 12.5), (13, 12.5), width=1.8)
    pen.disc(_ORANGE, 13, 3.5, 2.3)
    pen.disc(_BLUE_INK, 13, 12.5, 2.3)


def _plan(pen: _Pen) -> None:
    """A sheet of a calendar with one day marked."""
    pen.box(_INK, 1, 2.4, 15, 15)
    pen.box("#FFFFFF", 2.4, 6, 13.6, 13.6, radius=0.3)
    for x in (4.6, 11.4):
        pen.line(_INK, (x, 0.8), (x, 4))
    for x, y in ((5, 8.2), (8, 8.2), (11, 8.2), (5, 11.4), (8, 11.4)):
        pen.box(_BLUE_INK, x - 0.9, y - 0.9, x + 0.9, y + 0.9, radius=0.2)
    pen.disc(_ORANGE, 11, 11.4, 1.5)


def _packs(pen: _Pen) -> None:
    """Sheets one upon the other, the upper one with questions and lines to answer them."""
    pen.box(_ORANGE, 1, 1, 10.6, 12.4)
    pen.box(_INK, 4, 3, 15, 15.4)
    for height in (6.2, 9.4, 12.6):
        pen.disc("#FFFFFF", 6.4, height, 0.9)
        pen.line("#FFFFFF", (8.4, height), (13, height), width=1.1)


def _letters(pen: _Pen) -> None:
    """A sheet of paper with lines."""
    pen.box(_INK, 2.5, 1, 13.5, 15)
    for height, end in ((4.4, 8.5), (7, 11.3), (9.4, 11.3), (11.8, 9.5)):
        pen.line("#FFFFFF", (4.7, height), (end, height), width=1.1)


def _mail(pen: _Pen) -> None:
    """An envelope."""
    pen.box(_INK, 1, 3, 15, 13.2)
    pen.line("#FFFFFF", (2.2, 4.6), (8, 9.2), (13.8, 4.6), width=1.4)


def _help(pen: _Pen) -> None:
    """A question mark in a circle."""
    pen.disc(_BLUE_INK, 8, 8, 7.2)
    pen.arc("#FFFFFF", 5, 3.4, 11, 9.2, 180, 60)
    pen.line("#FFFFFF", (8.7, 8.6), (8, 9.3), (8, 10.4))
    pen.disc("#FFFFFF", 8, 12.6, 1.1)


DRAWINGS: Mapping[str, Callable[[_Pen], None]] = {
    "tab": _tab,
    "ScoreClass": _score,
    "CheckData": _check,
    "ClearResults": _clear,
    "WhatIf": _what_if,
    "PlanClinics": _plan,
    "WritePacks": _packs,
    "WriteLetters": _letters,
    "EmailMarkbook": _mail,
    "ShowHelp": _help,
}
"""Name of the icon -> what draws it: the tab, and each button by its id."""


def drawn(name: str, size: int) -> Image:
    """An icon in a size in pixels."""
    from PIL import Image, ImageDraw

    large = Image.new("RGBA", (_LARGE, _LARGE), (0, 0, 0, 0))
    DRAWINGS[name](_Pen(ImageDraw.Draw(large)))
    return large.resize((size, size), Image.Resampling.LANCZOS)


def write(folder: Path) -> None:
    """Write every icon in every size into a folder."""
    for name in DRAWINGS:
        for size in SIZES:
            drawn(name, size).save(folder / f"{name}-{size}.png", optimize=True)


if __name__ == "__main__":
    write(project() / "static" / "icons")
    drawn("tab", 32).save(project() / "static" / "images" / "favicon.png", optimize=True)
