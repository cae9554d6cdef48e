"""Words that every part of the program needs in the same form."""

from __future__ import annotations


def counted(number: int, word: str) -> str:
    """How many of something, in the singular for one.

    Example:
        >>> counted(1, "student"), counted(30, "student"), counted(0, "clinic")
        ('1 student', '30 students', '0 clinics')
    """
    return f"{number} {word}{'' if number == 1 else 's'}"
