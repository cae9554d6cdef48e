"""What was not understood: a doubt about a value, and the query about its cell, for the teacher to mend."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Doubt:
    """Why a cell was not understood.

    Args:
        rule: What the cell breaks.
        remedy: What to enter instead.
    """

    rule: str
    remedy: str


@dataclass(frozen=True, kw_only=True)
class Query:
    """A cell that was not understood.

    Args:
        cell: Its address on the sheet of students, such as "F14"; on another sheet with its name, such as "Setup!B14".
        value: What stands there, as text.
        rule: What it breaks.
        remedy: What to do about it.

    Example:
        >>> Query(cell="F14", value="47", rule="a mark is not above the total of 40", remedy="Correct the mark").cell
        'F14'
    """

    cell: str
    value: str
    rule: str
    remedy: str
