"""Last year's markbook -> a model of the school's own, taken into use where it is better."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from addin.errors import SheetProblem
from addin.reading.grid import Book
from addin.reading.headings.column import Role
from addin.reading.markbook import read_markbook
from model import local
from model.learning.adapt import Adaptation, learn


@dataclass(frozen=True, kw_only=True, eq=False)
class Adapted:
    """A finished `markbook adapt`.

    Args:
        sheet: The sheet that was learnt from.
        adaptation: What it came to.
        kept: Where the new scorecard is kept, None where it was declined.
    """

    sheet: str
    adaptation: Adaptation
    kept: Path | None


def adapt_from(
    book: Book, *, sheet: str | None = None, on_step: Callable[[float], None] = lambda share: None
) -> Adapted:
    """Learn from a sheet of last year with a `Final grade` column.

    Args:
        book: What a host read.
        sheet: Name of the sheet; left out, it is found.
        on_step: Told the share of the work that is done, 0 to 1.

    Raises:
        MarkbookError: The sheet cannot be read, has no `Final grade`, or too few outcomes. What was in use still is.
    """
    markbook = read_markbook(book, sheet=sheet)
    if not any(column.role is Role.OUTCOME for column in markbook.columns):
        raise SheetProblem(
            f"Sheet {markbook.sheet!r} has no column 'Final grade'. Add one with last year's grades, 0 to 9; adapting learns "
            "from outcomes."
        )
    # As in scoring, rows whose identity is in doubt take no part.
    sure = np.flatnonzero([student.why_not is None for student in markbook.students])
    adaptation = learn(markbook.cohort.take(sure), markbook.final_grade[sure], on_step=on_step)
    kept = local.keep(adaptation.card, about(adaptation)) if adaptation.accepted else None
    return Adapted(sheet=markbook.sheet, adaptation=adaptation, kept=kept)


def about(adaptation: Adaptation) -> dict[str, str]:
    """What is kept beside the scorecard for `markbook adapt --status`: dates and figures, no names."""
    candidate, half_terms = adaptation.candidate, adaptation.half_terms
    return {
        "Adapted on": adaptation.card.trained,
        "Outcomes": f"{adaptation.outcomes} students, half-term{'s' if len(half_terms) > 1 else ''} "
        + ", ".join(map(str, half_terms)),
        "Method": f"{candidate.freedom}, shipped weights counting for {candidate.strength:g} outcomes",
        "Why": adaptation.verdict,
        "Shipped model": str(adaptation.drift),
    }
