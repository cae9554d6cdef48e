"""The help of Excel's function wizard, taken from the functions' docstrings.

xlwings hands the whole docstring to Excel on the desktop; on a server it would show its example too, and no word on arguments.
"""

from __future__ import annotations

import inspect
import re
from typing import Any

LONGEST = 255
"""Characters that Excel's function wizard shows of one description."""


def explain(function: Any) -> None:
    """Give a registered function its description and its arguments theirs; without xlwings' registration nothing happens.

    Args:
        function: A function of `addin.functions`.
    """
    registered = getattr(function, "__xlfunc__", None)
    if registered is None:
        return
    first, arguments = described(function.__doc__ or "")
    registered["ret"]["doc"] = first
    for argument in registered["args"]:
        argument["doc"] = arguments[argument["name"]]


def described(docstring: str) -> tuple[str, dict[str, str]]:
    """The first paragraph of a docstring, and argument -> what `Args:` says of it.

    Example:
        >>> described('''The risk of each student.
        ...
        ...     Args:
        ...         students: One row,
        ...             or many.
        ... ''')
        ('The risk of each student.', {'students': 'One row, or many.'})
    """
    text = inspect.cleandoc(docstring)
    first = " ".join(text.partition("\n\n")[0].split())
    block = re.split(r"\n(?=\S)", text.partition("Args:\n")[2])[0]
    pairs = re.findall(r"^ {4}(\w+): (.+(?:\n {8,}.+)*)", block, re.MULTILINE)
    return first[:LONGEST], {name: " ".join(words.split())[:LONGEST] for name, words in pairs}
