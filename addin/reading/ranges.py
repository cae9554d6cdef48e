"""What a formula hands over, as plain cells: a range, a row or a single cell, from Excel, numpy or pandas."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from numbers import Real
from typing import Any

import numpy as np

from addin.errors import RequestProblem
from addin.reading.grid import CellValue
from model.language.speech import ENGLISH, Language, language_of, languages
from model.vocabulary import HALF_TERMS


def rows_of(value: Any, name: str) -> list[list[CellValue]]:
    """A range as rows, whether Excel hands over a cell, a row or a table; numpy arrays and data frames too.

    Returns:
        The rows; empty where nothing was given. Numbers are floats, as Excel's are: what hands over 7 and what hands over 7.0
        cannot make a difference.

    Raises:
        RequestProblem: Rows and single cells are mixed.

    Example:
        >>> rows_of(["Ova", 7], "students"), rows_of(np.array([[1.0, np.nan]]), "students"), rows_of(None, "cohort")
        ([['Ova', 7.0]], [[1.0, None]], [])
    """
    return [
        [
            # Most cells are of these three kinds, and there are many cells.
            cell if (kind := type(cell)) is str or cell is None or (kind is float and cell == cell) else _cell(cell)
            for cell in row
        ]
        for row in table_of(value, name)
    ]


def table_of(value: Any, name: str) -> Sequence[Sequence[Any]]:
    """A range as rows of cells as they were handed over. Arguments, result and errors are those of `rows_of`.

    Example:
        >>> table_of(7, "students")
        [[7]]
    """
    if hasattr(value, "to_numpy"):
        value = value.to_numpy(dtype=object, na_value=None)
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if value is None or (isinstance(value, (str, list, tuple)) and not value):
        return []
    if not isinstance(value, (list, tuple)):
        value = [value]
    if not isinstance(value[0], (list, tuple)):
        value = [value]
    if not all(isinstance(row, (list, tuple)) for row in value):
        raise RequestProblem(f"{name}: rows and single cells are mixed. Select one block of cells.")
    return value  # type: ignore[no-any-return]


def _cell(cell: Any) -> Any:
    if isinstance(cell, (bool, np.bool_)):
        return bool(cell)
    if isinstance(cell, Real | Decimal):
        try:
            number = float(cell)
        except OverflowError:
            return cell
        # numpy spells a blank cell as NaN; digits that no number of Excel has stay as they are.
        return None if number != number else number if number == cell else cell
    return cell


def half_term_given(value: Any) -> int | None:
    """A half-term, 1 to 6; None where the cell is empty.

    Raises:
        RequestProblem: It is none.

    Example:
        >>> half_term_given(3.0), half_term_given(None)
        (3, None)
    """
    if value is None or value == "":
        return None
    if isinstance(value, (int, float, np.number)) and not isinstance(value, bool) and value in range(1, HALF_TERMS + 1):
        return int(value)
    raise RequestProblem(f"half_term: {value!r} is not a half-term. Give a whole number from 1 to {HALF_TERMS}.")


def cell_of(value: Any) -> CellValue:
    """A single cell; None where it is empty.

    Raises:
        RequestProblem: There are several.

    Example:
        >>> cell_of([["Homework %"]])
        'Homework %'
    """
    rows = rows_of(value, "value")
    if not rows:
        return None
    if len(rows) != 1 or len(rows[0]) != 1:
        raise RequestProblem("change and value: give one cell each.")
    return rows[0][0]


def yes_or_no(value: Any, name: str) -> bool:
    """TRUE or FALSE as a cell holds it, or 1 and 0; an empty cell says no.

    Raises:
        RequestProblem: It is neither.

    Example:
        >>> yes_or_no(True, "detail"), yes_or_no(0.0, "detail"), yes_or_no(None, "detail")
        (True, False, False)
    """
    if isinstance(value, str) and value.strip().casefold() in ("", "true", "false"):
        return value.strip().casefold() == "true"
    if value is None or (isinstance(value, (bool, np.bool_, int, float, np.number)) and value in (0, 1)):
        return bool(value)
    raise RequestProblem(f"{name}: {value!r} is neither TRUE nor FALSE. Give one of them, or leave it out.")


def in_detail(value: Any, name: str) -> Language | None:
    """Whether everything is wanted and in which language: TRUE for English, or a language's code; None where it is not.

    Raises:
        RequestProblem: It is neither TRUE nor FALSE nor a language's code.

    Example:
        >>> in_detail("cy", "detail"), in_detail(True, "detail"), in_detail(None, "detail")
        (Language('cy'), Language('en'), None)
    """
    if isinstance(value, str) and value.strip().casefold() in languages():
        return language_of(value)
    return ENGLISH if yes_or_no(value, name) else None
