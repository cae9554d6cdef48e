"""Text in a cell's XML: what XML or Excel cannot hold is escaped as Excel does, and text is cut where Excel cuts it."""

from __future__ import annotations

import re

LONGEST_TEXT = 32_767
"""Excel's longest text in one cell, in UTF-16 units; it repairs a file with more."""

_NOT_IN_XML = "\\x00-\\x08\\x0b-\\x1f\ufffe\uffff"
# A carriage return is legal in XML but every parser turns it into a line feed, hence it is among the escaped.
_UNSAFE = re.compile(f"[{_NOT_IN_XML}]")
# An underscore is escaped where the text would otherwise read as an escape, be it only together with one of ours.
_LOOKS_ESCAPED = re.compile(f"_(?=x[0-9A-Fa-f]{{4}}[_{_NOT_IN_XML}])")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


def fit(text: str) -> str:
    """Text as a cell can hold it: cut at Excel's longest, halves of a character replaced.

    Example:
        >>> len(fit("a" * 40_000)), fit("=1+1")
        (32767, '=1+1')
    """
    whole = _HALF_CHARACTER.sub("\ufffd", text)
    if len(whole) * 2 <= LONGEST_TEXT:
        return whole
    # Characters outside the basic plane count twice; errors="ignore" drops a pair that the cut would split.
    return whole.encode("utf-16-le")[: LONGEST_TEXT * 2].decode("utf-16-le", errors="ignore")


def escape(text: str) -> str:
    """Text for a `<t>` element.

    Example:
        >>> escape("_x0041_"), escape("a\\x01b")
        ('_x005F_x0041_', 'a_x0001_b')
    """
    return _UNSAFE.sub(lambda found: f"_x{ord(found[0]):04X}_", _LOOKS_ESCAPED.sub("_x005F_", text))


def unescape(text: str) -> str:
    """Text of a `<t>` element as Excel shows it.

    Example:
        >>> unescape(escape("_x0041_ and \\x01"))
        '_x0041_ and \\x01'
    """
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
