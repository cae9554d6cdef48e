"""What a cell of a markbook says: the grammar of marks, per cent, grades, effort, scaled scores and tiers.

Every reader answers a value, nothing, or a `Doubt`: what is wrong and how to mend it. A doubt is never a guess and never 0.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import isfinite

from addin.reading.grid import EXCEL_ERRORS, CellValue, as_text
from addin.reading.queries import Doubt
from model.students import MarkState
from model.vocabulary import EFFORT_HIGHEST, EFFORT_LOWEST, GRADE_HIGHEST, GRADE_LOWEST, KS2_HIGHEST, KS2_LOWEST

ABSENT = frozenset({"abs", "a", "x", "absent"})
NOT_REQUIRED = frozenset({"n/a", "nr", "ex", "na"})
NOT_YET_JOINED = frozenset({"ne"})
SMALLEST_TOTAL, LARGEST_TOTAL = 0.1, 1000.0
"""No paper has fewer or more marks; a larger number beside a heading is a year or a date, in a cell of marks it is a slip."""
_NOTHING = frozenset({"none", "n/a", "na", "ne", "no ks2", "nil"})
FRACTION = re.compile(r"(\d+(?:\.\d+)?)\s*/\s*(\d+(?:\.\d+)?)")
PER_CENT = re.compile(r"(\d+(?:\.\d+)?)\s*%")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Mark:
    """One mark cell: its state, and the marks earned where the state is MARK."""

    state: MarkState
    earned: float = float("nan")


def read_mark(value: CellValue, *, out_of: float | None, as_fraction: bool = False) -> Mark | Doubt:
    """A mark cell.

    Args:
        value: The cell.
        out_of: The total of its column, None where there is none.
        as_fraction: The column's numbers are shown as per cent, 0.42 standing for 42 %.

    Example:
        >>> read_mark("17/40", out_of=20).earned, read_mark("Abs", out_of=20).state.name, read_mark(0, out_of=20).earned
        (8.5, 'ABSENT', 0.0)
        >>> read_mark(47, out_of=40).rule
        'a mark is not above the total of 40'
    """
    text = as_text(value)
    low = text.casefold()
    if not text:
        return Mark(MarkState.NOT_RECORDED)
    if low in ABSENT:
        return Mark(MarkState.ABSENT)
    if low in NOT_REQUIRED:
        return Mark(MarkState.NOT_REQUIRED)
    if low in NOT_YET_JOINED:
        return Mark(MarkState.NOT_YET_JOINED)
    doubt = _not_a_value(value)
    if doubt:
        return doubt
    total = 100.0 if out_of is None else out_of
    if fraction := FRACTION.fullmatch(text):
        earned, of = float(fraction[1]), float(fraction[2])
        if not is_total(of) or earned > of:
            return Doubt(
                f"a fraction lies between 0 and 1, its total not above {LARGEST_TOTAL:g}",
                "Correct the mark, for example 17/40",
            )
        return Mark(MarkState.MARK, earned if out_of in (None, of) else earned / of * total)
    if per_cent := PER_CENT.fullmatch(text):
        share = float(per_cent[1])
        if share > 100:
            return Doubt("a per cent is not above 100", "Correct the mark")
        return Mark(MarkState.MARK, share / 100.0 * total)
    number = _plain_number(value, text)
    if number is None:
        return Doubt(
            "a mark is a number, a fraction, a per cent, Abs, N/A, NE or blank", "Enter one of these, or leave it blank"
        )
    if as_fraction:
        number *= total
    if number < 0:
        return Doubt("a mark is not below 0", "Correct the mark")
    if out_of is not None and number > out_of:
        return Doubt(f"a mark is not above the total of {out_of:g}", "Correct the mark or the total")
    if number > LARGEST_TOTAL:
        return Doubt(f"a mark is not above {LARGEST_TOTAL:g}", "Correct the mark, or enter the total of the test")
    return Mark(MarkState.MARK, number)


def read_per_cent(value: CellValue, *, as_fraction: bool) -> float | Doubt | None:
    """A per cent from 0 to 100; with `as_fraction` the column's numbers 0-1 stand for 0-100.

    Example:
        >>> read_per_cent(0.93, as_fraction=True), read_per_cent("85%", as_fraction=False), read_per_cent(None, as_fraction=False)
        (93.0, 85.0, None)
    """
    text = as_text(value)
    if not text or text.casefold() in _NOTHING:
        return None
    doubt = _not_a_value(value)
    if doubt:
        return doubt
    if fraction := FRACTION.fullmatch(text):
        done, of = float(fraction[1]), float(fraction[2])
        if not done <= of or not of:
            return Doubt("a fraction lies between 0 and 1", "Correct it, for example 7/9")
        return round(100.0 * done / of, 6)
    written = PER_CENT.fullmatch(text)
    number = float(written[1]) if written else _plain_number(value, text)
    if number is None:
        return Doubt("this column holds per cent", "Enter a number from 0 to 100, or leave it blank")
    if as_fraction and not written:
        number *= 100.0
    if not 0 <= number <= 100:
        return Doubt("a per cent lies between 0 and 100", "Correct the number")
    return round(number, 6)


def read_within(value: CellValue, *, lowest: float, highest: float, what: str) -> float | Doubt | None:
    """A number within bounds, None where the cell is blank or says that there is none.

    Example:
        >>> read_within("104", lowest=80, highest=120, what="a key stage 2 scaled score")
        104.0
    """
    text = as_text(value)
    if not text or text.casefold() in _NOTHING:
        return None
    doubt = _not_a_value(value)
    if doubt:
        return doubt
    number = _plain_number(value, text)
    if number is None or not lowest <= number <= highest:
        return Doubt(f"{what} lies between {lowest:g} and {highest:g}", "Correct it, or leave it blank")
    return number


def read_grade(value: CellValue, *, target: bool) -> float | Doubt | None:
    """A GCSE grade: 1 to 9, and U as 0 unless it is a target. A sign behind the grade ("6+") is left out.

    Example:
        >>> read_grade("6+", target=True), read_grade("U", target=False)
        (6.0, 0.0)
    """
    text = as_text(value)
    if text.casefold() in {"u", "0"} and not target:
        return 0.0
    bare = text[:-1] if len(text) == 2 and text[0].isdigit() and text[1] in "+-=abc" else None
    return read_within(bare or value, lowest=GRADE_LOWEST, highest=GRADE_HIGHEST, what="a grade")


def read_effort(value: CellValue) -> float | Doubt | None:
    """Effort or attitude to learning on the scale 1 to 4."""
    return read_within(value, lowest=EFFORT_LOWEST, highest=EFFORT_HIGHEST, what="effort")


def read_ks2(value: CellValue) -> float | Doubt | None:
    """A key stage 2 scaled score, 80 to 120."""
    return read_within(value, lowest=KS2_LOWEST, highest=KS2_HIGHEST, what="a key stage 2 scaled score")


def read_tier(value: CellValue) -> float | Doubt | None:
    """1 for higher tier, 0 for foundation.

    Example:
        >>> read_tier("Higher"), read_tier("f"), read_tier(None)
        (1.0, 0.0, None)
    """
    low = as_text(value).casefold()
    if not low:
        return None
    if low in {"h", "higher"}:
        return 1.0
    return 0.0 if low in {"f", "foundation"} else Doubt("a tier is H or F", "Enter H or F, or leave it blank")


def _not_a_value(value: CellValue) -> Doubt | None:
    if isinstance(value, bool):
        return Doubt("TRUE and FALSE are no marks", "Enter a number, or leave it blank")
    if isinstance(value, (date, datetime, time, timedelta)):
        return Doubt(
            "Excel has turned the entry into a date or time",
            "Format the cell as text and enter it again, for example 12/30",
        )
    if isinstance(value, str) and value.strip() in EXCEL_ERRORS:
        return Doubt("the cell holds an error of Excel", "Mend its formula or enter the value")
    return None


def is_total(number: float) -> bool:
    """Whether a test may be out of so many marks.

    Example:
        >>> is_total(20.0), is_total(0.0), is_total(5e-324), is_total(2026.0)
        (True, False, False, False)
    """
    return SMALLEST_TOTAL <= number <= LARGEST_TOTAL


def number_in(value: CellValue) -> float | None:
    """The number that a cell holds as a number or as digits, None for everything else.

    Example:
        >>> number_in(12), number_in(" 0.5"), number_in("12/20"), number_in(True)
        (12.0, 0.5, None, None)
    """
    if value is None or isinstance(value, bool):
        return None
    if type(value) is float:  # most cells of most markbooks
        return value if isfinite(value) else None
    return _plain_number(value, as_text(value) if isinstance(value, str) else "")


def _plain_number(value: CellValue, text: str) -> float | None:
    if not isinstance(value, (int, float)) and not _NUMBER.fullmatch(text):
        return None
    try:
        number = float(value if isinstance(value, (int, float)) else text)
    except OverflowError:  # a whole number of hundreds of digits
        return None
    return number if isfinite(number) else None
