"""The unique pupil number of schools in England: 13 characters, the first a check letter.

Source: Department for Education, "Unique pupil numbers (UPNs): a guide for schools": each of characters 2 to 13 times its
place, the sum modulo 23, gives the letter among A to Z without I, O and S. The last character of a temporary number is a
letter, which counts by its place among the same letters.
"""

from __future__ import annotations

import re

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_FORM = re.compile(rf"[{LETTERS}][0-9]{{11}}[0-9{LETTERS}]")


def check_letter(rest: str) -> str:
    """The first letter that belongs to characters 2 to 13.

    Example:
        >>> check_letter("801200005001")
        'B'
    """
    values = (int(sign) if sign.isdigit() else LETTERS.index(sign) for sign in rest)
    return LETTERS[sum(place * value for place, value in enumerate(values, start=2)) % len(LETTERS)]


def is_upn(text: str) -> bool:
    """Whether a text is a unique pupil number with the right check letter; small letters count as capitals.

    Example:
        >>> is_upn("B801200005001"), is_upn("b801200005001"), is_upn("A801200005001"), is_upn("B80120000501")
        (True, True, False, False)
    """
    number = text.upper()
    return _FORM.fullmatch(number) is not None and number[0] == check_letter(number[1:])
