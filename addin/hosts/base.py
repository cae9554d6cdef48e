"""The smallest seam between the program and a place where a workbook lives.

Every host test runs over every host (tests/hosts), so a new host needs these two functions and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from addin.reading.grid import Book
from addin.results.edits import SheetEdits


class Host(Protocol):
    """A place that holds one workbook."""

    def read(self) -> Book:
        """Everything the program may need, in one go.

        Raises:
            MarkbookError: The workbook cannot be read; the text says why and what to do.
        """
        ...

    def apply(self, *edits: SheetEdits) -> tuple[str, ...]:
        """Read the identities of one sheet or several again, follow rows that moved, write all in one go, and read back.

        Returns:
            What the user should know (a filter was cleared, results went right of a chart); empty if nothing.

        Raises:
            StudentsMoved: The students are not those that were read; nothing is written.
            MarkbookError: Anything else that keeps the result from being written; nothing is written.
        """
        ...


class LiveHost(Host, Protocol):
    """A workbook that is open in Excel, where formulas of the add-in mean something."""

    def set_formulas(self, formulas: Mapping[str, str]) -> None:
        """Write formulas into named cells: defined name -> formula, as Excel's formula bar shows it.

        Raises:
            RequestProblem: The workbook lacks one of the names; nothing is written.
        """
        ...
