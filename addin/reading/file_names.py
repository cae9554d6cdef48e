"""What a teacher has written, as part of a file's name that every system takes."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 60
"""Characters: folders with long names leave that much of what Windows allows in all."""

_RESERVED = re.compile(r"con|prn|aux|nul|conin|conout|clock|(com|lpt)[0-9¹²³]", re.IGNORECASE)
"""Names that Windows keeps for devices, with any ending (Microsoft, Naming Files, Paths, and Namespaces)."""


def plain_name(text: str, *, otherwise: str = "student") -> str:
    """A text as a part of a file's name: letters and digits of any script, everything else one hyphen.

    Args:
        text: What was written.
        otherwise: What stands where nothing is left.

    Example:
        >>> plain_name("../Zoë O'Zar\\\\x"), plain_name("  "), plain_name("Tue, after school (M4)"), plain_name("Con")
        ('Zoë-O-Zar-x', 'student', 'Tue-after-school-M4', 'Con-')
    """
    # One spelling for é, whether typed as one character or two; systems differ in which of them they keep.
    letters = unicodedata.normalize("NFKC", text)
    kept = "".join(
        letter if letter.isalnum() or unicodedata.category(letter).startswith("M") else " " for letter in letters
    )
    name = "-".join(kept.split())[:LONGEST].strip("-") or otherwise
    return f"{name}-" if _RESERVED.fullmatch(name) else name
