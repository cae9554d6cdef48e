"""What an open book held before a run wrote into it: macros and add-ins empty Excel's list of undoing, so it is kept here.

Formulas and values of a block are put back as they were, new columns are emptied, new sheets deleted. A server's book needs none of
it: what fails there fails before the client is told of anything.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from addin.hosts.open_sheet import formulas, is_formula, values
from addin.reading.grid import CellValue


class Kept:
    """The steps that undo what was done, in the order in which it was done.

    Args:
        able: Whether there is anything to undo, and the book tells formulas.
    """

    def __init__(self, *, able: bool) -> None:
        self._able = able
        self._steps: list[Callable[[], object]] = []

    def block(self, cells: Any) -> None:
        """Keep the formulas and values of a range that is about to be written."""
        if not self._able:
            return
        before = [
            [_again(*cell) for cell in zip(*row, strict=True)]
            for row in zip(formulas(cells), values(cells), strict=True)
        ]
        self._steps.append(lambda: setattr(cells, "formula", before))

    def then(self, step: Callable[[], object]) -> None:
        """Keep another step."""
        self._steps.append(step)

    def put_back(self) -> bool:
        """Undo everything, the last first; whether all of it could be undone."""
        whole = True
        while self._steps:
            try:
                self._steps.pop()()
            except Exception:  # each engine has its own errors; the other steps are still worth trying
                whole = False
        return whole


def _again(formula: Any, value: CellValue) -> Any:
    """What gives a cell its content again: texts with the sign that keeps Excel from reading them as something else.

    Example:
        >>> _again("=A1", 3.0), _again("1/2", "1/2"), _again("0.5", 0.5), _again("", None)
        ('=A1', "'1/2", 0.5, '')
    """
    if is_formula(formula, value):
        return formula
    if isinstance(value, str):
        return f"'{value}"
    return value if isinstance(value, (int, float)) else formula or ""
