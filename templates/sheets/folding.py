"""Columns folded away under a [+], so that what matters now stands side by side."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.worksheet import Worksheet

from templates.layout import Column, Group


def folded(columns: tuple[Column, ...], *, half_term: int | None) -> list[int]:
    """Which columns are folded, counted from 0.

    Those for audit only, which nobody should see while deciding about a student; engagement by half-term, whose latest value
    stands beside it; and the tests of half-terms that are still to come.

    Args:
        columns: All columns.
        half_term: The current one; None folds no test.

    Example:
        >>> from templates.layout import columns
        >>> [columns()[place].heading for place in folded(columns(), half_term=5)][-2:]
        ['Tree diagrams HT6', 'Scatter graphs HT6']
    """
    return [place for place, column in enumerate(columns) if _is_folded(column, half_term)]


def _is_folded(column: Column, half_term: int | None) -> bool:
    if column.group is Group.AUDIT:
        return True
    if column.half_term is None:
        return False
    return column.group is Group.ENGAGEMENT or (half_term is not None and column.half_term > half_term)


def fold(sheet: Worksheet, widths: Mapping[int, float], *, beside: Mapping[int, float]) -> None:
    """Fold columns; the [+] of each run of them stands above the column at its left, which says what is folded.

    Args:
        sheet: Where.
        widths: Place from 0 -> width in characters, of the columns to fold.
        beside: The same of all columns.
    """
    sheet.outline_settings(symbols_right=False)
    for place, width in sorted(widths.items()):
        sheet.set_column(place, place, width, None, {"level": 1, "hidden": True})
        if place - 1 not in widths:
            sheet.set_column(place - 1, place - 1, beside[place - 1], None, {"collapsed": True})
