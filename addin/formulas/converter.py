"""How xlwings hands a range over to a function: as `Cells`, cleaned only where the same range is not known yet.

xlwings cleans every cell of every call (errors, dates, blanks), which for a class of 2,000 takes longer than to score it once. Here
it cleans what is not known, of that each text once, and numbers not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from addin.formulas.cells import ERRORS_BELOW, cells_of

Rows = Sequence[Sequence[Any]]


class AsCells:
    """A converter, as xlwings calls it: its own reader of ranges, with the cleaning of cells left to those that are new."""

    keep = True
    """Whether single rows are kept too."""

    @classmethod
    def reader(cls, options: Any) -> Any:
        """xlwings' pipeline of stages for an argument with such options; the value that comes out of it is `Cells`."""
        from xlwings.conversion import accessors
        from xlwings.conversion.standard import CleanDataFromReadStage

        pipeline = accessors[None].reader(options)
        for place, stage in enumerate(pipeline):
            if isinstance(stage, CleanDataFromReadStage):
                pipeline[place] = _Once(stage, keep=cls.keep)
        return pipeline


class RowsAsCells(AsCells):
    """The same for an argument that in every row of a table is another row, which does not come again soon."""

    keep = False


class _Once:
    """A stage that cleans what is not known."""

    def __init__(self, stage: Any, *, keep: bool) -> None:
        self.stage, self.keep = stage, keep

    def __call__(self, context: Any) -> None:
        def clean(rows: Rows) -> Rows:
            context.value = rows
            self.stage(context)
            cleaned: Rows = context.value
            return cleaned

        handed, source = context.value, context.engine.impl
        context.value = cells_of(
            handed, "cells", source=source, clean=lambda rows: cleaned_once(rows, clean), keep=self.keep
        )


def cleaned_once(rows: Rows, clean: Callable[[Rows], Rows]) -> Rows:
    """Rows of cells as `clean` leaves them, which sees each text once and no number: no engine of xlwings changes these, save for
    the whole numbers by which Excel on the desktop hands over its errors.

    Args:
        rows: n rows of cells.
        clean: Makes rows of cells from such rows, each cell without regard to the others.

    Example:
        >>> seen = []
        >>> def clean(rows):
        ...     seen.extend(rows[0])
        ...     return [[cell or None for cell in row] for row in rows]
        >>> cleaned_once([["Ova", 7, "", True], ["Ova", 2.5, "", -2146826281]], clean)
        [['Ova', 7, None, True], ['Ova', 2.5, None, -2146826281]]
        >>> seen
        ['Ova', '', -2146826281]
    """
    texts = list(dict.fromkeys(cell for row in rows for cell in row if type(cell) is str))
    others = [cell for row in rows for cell in row if type(cell) is not str and not _is_number(cell)]
    [cleaned] = clean([texts + others]) if texts or others else [[]]
    known, rest = dict(zip(texts, cleaned, strict=False)), iter(cleaned[len(texts) :])
    return [
        [known[cell] if type(cell) is str else cell if _is_number(cell) else next(rest) for cell in row] for row in rows
    ]


def _is_number(cell: object) -> bool:
    kind = type(cell)
    return kind is float or kind is bool or (kind is int and cell > ERRORS_BELOW)  # type: ignore[operator]
