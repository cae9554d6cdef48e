"""How xlwings hands a range over to a function: as `Cells`, cleaned only where the same range is not known yet.

xlwings cleans every cell of every call (errors, dates, blanks), which for a class of 2,000 takes longer than to score it once.
"""

from __future__ import annotations

from typing import Any

from addin.formulas.cells import cells_of


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
        def clean(handed: Any) -> Any:
            context.value = handed
            self.stage(context)
            return context.value

        handed, source = context.value, context.engine.impl
        context.value = cells_of(handed, "cells", source=source, clean=clean, keep=self.keep)
