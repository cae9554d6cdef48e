"""Whether a formula, as it is stored, is one that Excel can read; the grammar's outline, not its functions."""

from __future__ import annotations

import re

LONGEST = 8_192
_TEXT = re.compile(r'"(?:[^"]|"")*"')
_SHEET = re.compile(r"'(?:[^']|'')*'")
_ESCAPED_IN_COLUMN = re.compile(r"'[\[\]#'@]")
_OPERATOR_AT_END = re.compile(r"[-+*/^&=<>,(]\s*$")
_TWO_VALUES = re.compile(r"\)\s*[A-Za-z0-9]|\d\s*\(")
_PAIRS = {")": "(", "}": "{", "]": "["}


def fault(formula: str) -> str | None:
    """What is wrong with a formula, the text of `<f>`; None if nothing is seen.


    Example:
        >>> [fault(text) for text in ('SUM(A1:B2)', '=A1', 'SUM(A1', 'Marks[@Ratio]', '"a', 'A1+')]
        [None, 'it begins with an equals sign', 'its brackets do not match', 'it has the short form [@...]',
         'a quotation is not closed', 'it ends in the middle']
    """
    if len(formula) > LONGEST:
        return "it is too long"
    if formula.lstrip().startswith("="):
        return "it begins with an equals sign"
    bare = _SHEET.sub("s", _ESCAPED_IN_COLUMN.sub("", _TEXT.sub("t", formula)))
    if '"' in bare or "'" in bare:
        return "a quotation is not closed"
    if "[@" in bare:
        return "it has the short form [@...]"
    if not _match(bare):
        return "its brackets do not match"
    outside = re.sub(r"\[[^\[\]]*\]", "", bare)
    if _OPERATOR_AT_END.search(outside):
        return "it ends in the middle"
    if _TWO_VALUES.search(outside):
        return "two values stand side by side"
    return None


def _match(text: str) -> bool:
    opened: list[str] = []
    for letter in text:
        if letter in "([{":
            opened.append(letter)
        elif letter in _PAIRS and (not opened or opened.pop() != _PAIRS[letter]):
            return False
    return not opened
