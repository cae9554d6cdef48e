"""The functions for cells with odd ranges of odd values, in every shape that Excel, numpy and pandas hand over."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from addin import functions
from addin.reading.grid import CellValue
from tests.fuzz.campaign import Attempt, Kind
from tests.fuzz.choices import Choices
from tests.fuzz.classes import class_rows
from tests.fuzz.values import heading, odd

FUNCTIONS: tuple[Callable[..., Any], ...] = (
    functions.INTERVENTION_RISK, functions.INTERVENTION_FLAG, functions.INTERVENTION_PRIORITY, functions.INTERVENTION_WHY,
    functions.INTERVENTION_TOPICS, functions.INTERVENTION_ACTIVITIES, functions.INTERVENTION_PATHWAY,
)  # fmt: skip
Rows = list[list[CellValue]]


def attempt(choices: Choices, folder: Path) -> bool:
    """One call."""
    headings, rows = _class(choices)
    width = len(headings)
    out_of = _beside(choices, width)
    if choices.once_in(6):
        answer = functions.INTERVENTION_WHATIF(
            _shaped(choices, rows), _shaped(choices, [headings]), _shaped(choices, [out_of]) if out_of else None,
            choices.choice((headings[-1] if headings else None, heading(choices), odd(choices), [[heading(choices)]], [])),
            choices.choice((80, odd(choices), [[odd(choices)]], [[1, 2]], None)),
        )  # fmt: skip
    else:
        function = choices.choice(FUNCTIONS)
        given: dict[str, Any] = {}
        if out_of:
            given["out_of"] = _shaped(choices, [out_of])
        if strands := _beside(choices, width):
            given["strands"] = _shaped(choices, [strands])
        students, cohort = rows, rows
        if choices.once_in(2):
            given["cohort"] = _shaped(choices, cohort)
            at = choices.randrange(len(rows) + 1)
            students = rows[at : at + 1 + choices.randrange(3)]
        if choices.once_in(4):
            given["half_term"] = choices.choice((1, 6.0, 7, "3", odd(choices), [[2]], np.int64(3), np.float64("nan")))
        if choices.once_in(4) and "detail" in function.__doc__.split("Args:")[1]:  # type: ignore[union-attr]
            given["detail"] = choices.choice((True, 1, "true", odd(choices), [[True]], np.bool_(True)))
        answer = function(_shaped(choices, students), _shaped(choices, [headings]), **given)
    return _checked(answer)


def _checked(answer: object) -> bool:
    """Whether it holds anything else than sentences; fails where it is no column of numbers and texts."""
    assert isinstance(answer, list), "no column"
    assert all(isinstance(row, list) and len(row) == 1 for row in answer), "rows of other widths"
    cells = [row[0] for row in answer]
    assert all(type(cell) in (str, int, float) for cell in cells), "a cell of another kind"
    assert all(cell == cell and abs(cell) < 1e6 for cell in cells if isinstance(cell, (int, float))), "no number"
    assert all("Traceback" not in cell for cell in cells if isinstance(cell, str)), "a traceback"
    sentence = len(cells) == 1 and isinstance(cells[0], str) and cells[0].endswith(".") and ":" in cells[0]
    return bool(cells) and not sentence


def _class(choices: Choices) -> tuple[list[CellValue], Rows]:
    rows = class_rows(choices, most=10)
    width = max(map(len, rows), default=0)
    filled = [[*row, *[None] * (width - len(row))] for row in rows]
    fullest = max(range(len(filled)), key=lambda at: sum(isinstance(cell, str) for cell in filled[at]), default=0)
    headings, below = (filled[fullest], filled[fullest + 1 :]) if filled else ([], [])
    if choices.once_in(30):
        headings = headings[:-1]
    if choices.once_in(30):
        below = [row[: choices.randrange(width + 1)] for row in below]
    return headings, below


def _beside(choices: Choices, width: int) -> list[CellValue]:
    """A row of totals or strands, or none."""
    match choices.randrange(4):
        case 0 | 1:
            return []
        case 2:
            return [choices.choice((None, 20.0, 20.0, "Number", "Algebra", odd(choices))) for _ in range(width)]
        case _:
            return [odd(choices) for _ in range(max(0, width + choices.choice((0, 0, -1, 1))))]


def _shaped(choices: Choices, rows: Rows) -> Any:
    """A range as somebody hands it over."""
    match choices.randrange(14):
        case 0:
            return np.array(rows, dtype=object) if len({len(row) for row in rows}) == 1 else rows
        case 1:
            return tuple(map(tuple, rows))
        case 2 if rows:
            return rows[0]
        case 3 if len({len(row) for row in rows}) == 1:
            return pd.DataFrame(rows)
        case 4 if choices.once_in(4):
            return odd(choices)
        case 5 if choices.once_in(4):
            return choices.choice(
                (
                    [],
                    [[]],
                    (),
                    [[], []],
                    None,
                    [[None]],
                    np.zeros((2, 3)),
                    np.zeros(3),
                    [[["x"]]],
                    [{}],
                    {"a": 1},
                    object,
                )
            )
        case 6:
            return [[None if cell == "" else cell for cell in row] for row in rows]
        case _:
            return rows


def begin(home: Path, stack: ExitStack) -> Attempt:
    """Nothing is needed."""
    return attempt


KIND = Kind(
    name="functions",
    about="INTERVENTION_* on odd ranges of odd values, as lists, tuples, arrays, data frames",
    share=60,
    begin=begin,
)
