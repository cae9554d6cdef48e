"""How high a row must be for text that wraps.

Excel works heights out again only when a cell is edited, and other programs not even then.
"""

from __future__ import annotations

from lxml import etree

from addin.files.package.markup import child

_LINE, _GREATEST = 15.0, 409.0  # in points: a line of the standard font, and the most that Excel takes


def usual_height(root: etree._Element) -> float:
    """The height of rows that have none of their own, from the `<worksheet>` element."""
    defaults = child(root, "sheetFormatPr")
    return _LINE if defaults is None else float(defaults.get("defaultRowHeight", _LINE))


def raised(lines: int, height: float) -> str | None:
    """The new height of a row as it is stored, None where it is high enough.

    Example:
        >>> raised(3, 15.0), raised(1, 15.0), raised(99, 15.0)
        ('45', None, '409')
    """
    wanted = min(lines * _LINE, _GREATEST)
    return f"{wanted:g}" if wanted > height else None


def lines_of(text: str, width: float) -> int:
    """The lines that a text takes in a column of that many characters.

    Example:
        >>> lines_of("two words", 5), lines_of("", 9)
        (2, 1)
    """
    return sum(_lines_of_paragraph(paragraph, max(1, int(width))) for paragraph in text.splitlines()) or 1


def _lines_of_paragraph(text: str, width: int) -> int:
    lines, used = 1, 0
    if len(text) <= width:
        return lines
    for word in text.split():
        if used and used + 1 + len(word) > width:
            lines, used = lines + 1, 0
        used += len(word) + bool(used)
        if used > width:  # a word that is longer than a line goes on in the next
            lines, used = lines + (used - 1) // width, (used - 1) % width + 1
    return lines
