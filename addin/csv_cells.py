"""Texts that no spreadsheet program takes for a formula when it opens them as CSV."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"(^|[;,|\t\r\n])(?=\s*[=+\-@＝＋－＠\t\r\n])")
"""What begins a formula, at the beginning of a cell and after every character that some program may take for a separator."""


def safe(text: str) -> str:
    """A text that no spreadsheet program takes for a formula; all others stay as they are.

    Example:
        >>> safe("=1+1"), safe("x;@SUM(A1)"), safe("Anne-Marie O'Zar"), safe(" -2")
        ("'=1+1", "x;'@SUM(A1)", "Anne-Marie O'Zar", "' -2")
    """
    return _FORMULA.sub(r"\1'", text)
