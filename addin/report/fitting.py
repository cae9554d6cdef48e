"""How small a class list is set so that it prints on one sheet of A4: the largest letters with which all rows fit.

A browser does the setting. Widths are reckoned with Calibri's letters, to whose height the page sets any other, and rows with
the lines that their fullest cell needs.
"""

from __future__ import annotations

import re

from addin.report.compose import ClassList, Line

ONE_SHEET = 34
"""Students up to whom a list is to fit on one sheet."""

SIZES = (9.0, 8.6, 8.2, 7.8, 7.4, 7.0, 6.7, 6.4, 6.1)
"""In points, the largest first; the smallest is still that of a timetable."""

ROOM = 238.0
"""Millimetres for rows on a sheet, below title, charts and headings and above the last line."""

WIDTHS = {"name": 32.0, "flag": 20.0, "reason": 34.0, "topics": 40.0, "decision": 13.0, "clinic": 20.0}
"""Millimetres of the columns whose texts may need several lines, as the template sets them."""

PADDING, GAP = 2.0, 0.45
"""Millimetres beside a cell's text, and below a row."""

LEAST_ROW = 5.4
LINE_HEIGHT, MILLIMETRES = 1.16, 0.3528
LETTER, BOLD_LETTER = 0.5, 0.52
"""Width of a usual letter in units of its size."""


_OF_LETTERS = {**dict.fromkeys("fijlrt.,;:'’!|()[]/- ", 0.6), **dict.fromkeys("mwMW@%&", 1.7)}
"""Width of letters against a usual one; capitals are a little wider than others."""


def letters_of(shown: ClassList) -> float:
    """The size in points; a class that needs several sheets anyway is set so that each is as full as one.

    Example:
        >>> from addin.report.compose import class_lists
        >>> from addin.reading.grid import Book, Sheet
        >>> rows = [("Name", "Angles (20)"), *((f"Ova Zarrin {number}", number % 20) for number in range(1, 33))]
        >>> made = class_lists(Book(sheets=(Sheet(name="Y9", rows=tuple(rows)),)))
        >>> letters_of(made.classes[0]) in SIZES
        True
    """
    lines = shown.lines[:ONE_SHEET]
    return next((size for size in SIZES if sum(_height(line, size) for line in lines) <= ROOM), SIZES[-1])


def _height(line: Line, size: float) -> float:
    texts = {
        "name": line.name, "flag": line.flag.value, "reason": line.reason, "decision": line.decision, "clinic": line.clinic,
    }  # fmt: skip
    lines = max(
        *(_lines(text, WIDTHS[where], size, bold=where in ("name", "flag")) for where, text in texts.items()),
        sum(_lines(topic, WIDTHS["topics"], size) for topic in line.topics),
    )
    return max(LEAST_ROW, lines * size * LINE_HEIGHT * MILLIMETRES + GAP)


def _lines(text: str, width: float, size: float, *, bold: bool = False) -> int:
    """How many lines a text needs: words go to the next one whole, and only what is longer than a line is broken."""
    room = (width - PADDING) / ((BOLD_LETTER if bold else LETTER) * size * MILLIMETRES)
    lines, used = 1, 0.0
    for word in re.findall(r"[^\s-]+-*\s?|\s", text):
        needed = sum(_OF_LETTERS.get(letter, 1.15 if letter.isupper() else 1.0) for letter in word)
        if used and used + needed > room:
            lines, used = lines + 1, 0.0
        lines += int((used + needed) // (room + 0.01))
        used = (used + needed) % (room + 0.01)
    return lines
