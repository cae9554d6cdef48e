"""The nine result columns: their headings, how they look, and which of them belong to the teacher."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from addin.reading.headings.roles import RESULT_HEADINGS
from model.vocabulary import Decision, Flag


class Look(Enum):
    """How a result column is shown."""

    FLAG = "flag"  # sign and word, centred, coloured by FLAG_COLOURS through a conditional format
    PERCENT = "percent"  # a number 0-1 shown as whole per cent
    WHOLE = "whole"  # a whole number
    WRAPPED = "wrapped"  # sentences, wrapped, at the top of the cell
    CHOICE = "choice"  # the teacher's list
    TEXT = "text"  # the teacher's own words, wrapped


@dataclass(frozen=True)
class Colours:
    """Fill and text as RRGGBB; contrast of at least 4.5 to 1 (WCAG 1.4.3; a test computes it)."""

    fill: str
    text: str


FLAG_COLOURS: dict[Flag, Colours] = {
    Flag.HIGH: Colours(fill="B84300", text="FFFFFF"),
    Flag.WATCH: Colours(fill="FFC94D", text="3D2B00"),
    Flag.ON_TRACK: Colours(fill="CFE3F5", text="0B3C66"),
    Flag.NOT_ENOUGH: Colours(fill="E4E4E4", text="3A3A3A"),
    Flag.ALWAYS_ABSENT: Colours(fill="5B2A86", text="FFFFFF"),
}
"""Dark orange, amber, blue, grey and purple: told apart without red and green, and always beside sign and word."""

DECISIONS: tuple[str, ...] = tuple(decision.value for decision in Decision if decision.value)


@dataclass(frozen=True, kw_only=True)
class ResultColumn:
    """One of the nine columns that a run adds: its heading, look, width in characters, and whose it is."""

    heading: str
    look: Look
    width: float
    teachers: bool = False


RESULT_COLUMNS: tuple[ResultColumn, ...] = tuple(
    ResultColumn(heading=heading, look=look, width=width, teachers=heading.startswith("Decision"))
    for heading, (look, width) in zip(
        RESULT_HEADINGS,
        (
            (Look.FLAG, 18),
            (Look.PERCENT, 7),
            (Look.WHOLE, 8),
            (Look.WRAPPED, 49),
            (Look.WRAPPED, 48),
            (Look.WRAPPED, 50),
            (Look.TEXT, 24),
            (Look.CHOICE, 11),
            (Look.TEXT, 30),
        ),
        strict=True,
    )
)
