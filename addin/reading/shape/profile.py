"""What a column holds, before its heading is read: kinds of cells, range, whether whole, distinct or counted up."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import pairwise

from addin.reading.grid import CellValue, as_text
from addin.reading.marks import ABSENT, FRACTION, NOT_REQUIRED, NOT_YET_JOINED, PER_CENT, number_in

LONGEST_WORD = 40
"""Characters of a name, a code or a word for a stage; what is longer, or has many words, is a remark."""

MOST_WORDS = 5
"""Words of a name; a sentence has more."""


LARGEST_NUMBER = 1e12
"""Beyond this a number is a slip or a code, and sums of it tell nothing."""


class Kind(StrEnum):
    """What one cell holds."""

    NUMBER = "number"
    FRACTION = "fraction"
    PER_CENT = "per cent"
    GRADE = "grade"
    DATE = "date"
    CODE = "code"
    STATE = "absence"
    WORD = "word"
    REMARK = "remark"


_GRADE = re.compile(r"A\*{1,2}|[A-GUN][+\-=]?|[1-9][+\-=]|[1-9]/[1-9](?=\Z)", re.IGNORECASE)
_COMMA_NUMBER = re.compile(r"-?\d{1,4},\d{1,2}")
_DATE_TEXT = re.compile(
    r"\d{1,2}[/.\-]\d{1,2}(?:[/.\-]\d{2,4})?|\d{4}-\d{2}-\d{2}(?:[T ].*)?|"
    r"\d{1,2}[ \-](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:[ \-]\d{2,4})?",
    re.IGNORECASE,
)
_OTHER_GRADES = frozenset(
    {"b", "c", "d", "e", "f", "g", "u", "a*", "a**", "a+", "a-", "b+", "b-", "c+", "c-", "d+", "d-", "e+", "e-"}
) | {f"{grade}{sign}" for grade in range(1, 10) for sign in "+-="}
_STATES = ABSENT | NOT_REQUIRED | NOT_YET_JOINED | {"-", "–", "—", ".", "?"}


@lru_cache(maxsize=4096)
def _kind_of_text(text: str) -> Kind | None:
    low = text.casefold()
    if not text:
        return None
    if low in _STATES and low != "a":
        return Kind.STATE
    if number_in(text) is not None or _COMMA_NUMBER.fullmatch(text):
        return Kind.NUMBER
    if PER_CENT.fullmatch(text):
        return Kind.PER_CENT
    if _GRADE.fullmatch(text) and not FRACTION.fullmatch(text):
        return Kind.GRADE
    if FRACTION.fullmatch(text):
        return Kind.FRACTION
    if _DATE_TEXT.fullmatch(text):
        return Kind.DATE
    if len(text) > LONGEST_WORD or len(text.split()) > MOST_WORDS:
        return Kind.REMARK
    if any(sign.isdigit() for sign in text) or "@" in text:
        return Kind.CODE
    return Kind.WORD


def kind_of(cell: CellValue) -> Kind | None:
    """What a cell holds; None where it is empty.

    Example:
        >>> [str(kind_of(cell)) for cell in (12, "7/9", "A*", "Abs", "Ova Zarrin", "S004", "12/09/2026")]
        ['number', 'fraction', 'grade', 'absence', 'word', 'code', 'date']
    """
    if cell is None or isinstance(cell, bool):
        return None if cell is None else Kind.WORD
    if isinstance(cell, (int, float)):
        return Kind.NUMBER
    if isinstance(cell, (date, datetime, time, timedelta)):
        return Kind.DATE
    return _kind_of_text(as_text(cell))


def comma_number(cell: CellValue) -> float | None:
    """The number that a text with a decimal comma stands for, None for everything else.

    Example:
        >>> comma_number("10,5"), comma_number("10.5"), comma_number("1,234")
        (10.5, None, None)
    """
    text = as_text(cell) if isinstance(cell, str) else ""
    return float(text.replace(",", ".")) if _COMMA_NUMBER.fullmatch(text) else None


@dataclass(frozen=True, kw_only=True, eq=False)
class Profile:
    """What the cells of one column hold.

    Args:
        kinds: How many cells hold what; empty cells are not counted.
        numbers: The column's numbers by row, None where a cell holds none; of a fraction what stands before the stroke.
        totals: What stands behind the stroke of fractions.
        words: The distinct texts, spelled as they are first met.
        distinct: Whether no two cells hold the same.
        decimal_comma: Whether its broken numbers are written with a comma.
    """

    kinds: Mapping[Kind, int]
    numbers: tuple[float | None, ...]
    totals: frozenset[float]
    words: tuple[str, ...]
    distinct: bool
    decimal_comma: bool

    @cached_property
    def filled(self) -> int:
        """How many cells hold anything."""
        return sum(self.kinds.values())

    @cached_property
    def known(self) -> tuple[float, ...]:
        """The numbers that are there, in their order."""
        return tuple(number for number in self.numbers if number is not None)

    def share(self, *kinds: Kind) -> float:
        """How much of what is filled is of these kinds, 0 to 1; absences and the like, which stand in any column, left out."""
        meant = self.filled - self.kinds.get(Kind.STATE, 0)
        return sum(self.kinds.get(kind, 0) for kind in kinds) / meant if meant else 0.0

    @cached_property
    def is_numeric(self) -> bool:
        """Whether it holds numbers, fractions or per cents but for a slip here and there."""
        return self.share(Kind.NUMBER, Kind.FRACTION, Kind.PER_CENT) >= 0.8

    @cached_property
    def is_whole(self) -> bool:
        """Whether all numbers are whole."""
        return all(number.is_integer() for number in self.known)

    @cached_property
    def lowest(self) -> float:
        """The lowest number, NaN without any."""
        return min(self.known, default=float("nan"))

    @cached_property
    def highest(self) -> float:
        """The highest number, NaN without any."""
        return max(self.known, default=float("nan"))

    @cached_property
    def middle(self) -> float:
        """The median, NaN without any number."""
        ordered = sorted(self.known)
        return ordered[len(ordered) // 2] if ordered else float("nan")

    @cached_property
    def counts_up(self) -> bool:
        """Whether every number is one more than the number before it."""
        known = self.known
        return len(known) > 1 and all(after == before + 1 for before, after in pairwise(known))

    @property
    def is_constant(self) -> bool:
        """Whether every row holds the same number."""
        return len(self.known) > 2 and self.lowest == self.highest


def profile(cells: Iterable[CellValue]) -> Profile:
    """The profile of a column's cells.

    Example:
        >>> column = profile([12, "7/20", "Abs", None, 20])
        >>> column.filled, column.numbers, column.is_numeric, column.highest
        (4, (12.0, 7.0, None, None, 20.0), True, 20.0)
    """
    column = list(cells)
    return _of_plain_numbers(column) or _of_any_cells(column)


_PLAIN = frozenset({int, float, type(None)})


def _of_plain_numbers(cells: Sequence[CellValue]) -> Profile | None:
    """The profile of a column that holds numbers of a usual size and blanks alone, as most do; None for any other."""
    if not _PLAIN.issuperset(map(type, cells)):
        return None
    known = [cell for cell in cells if isinstance(cell, (int, float))]
    if not all(-LARGEST_NUMBER < number < LARGEST_NUMBER for number in known):
        return None
    return Profile(
        kinds={Kind.NUMBER: len(known)} if known else {},
        numbers=tuple([float(cell) if isinstance(cell, (int, float)) else None for cell in cells]),
        totals=frozenset(),
        words=(),
        distinct=len(set(known)) == len(known),
        decimal_comma=False,
    )


def _of_any_cells(cells: Sequence[CellValue]) -> Profile:
    kinds: Counter[Kind] = Counter()
    numbers: list[float | None] = []
    totals: set[float] = set()
    words: dict[str, str] = {}
    texts: set[str] = set()
    filled = commas = 0
    for cell in cells:
        kind, number = kind_of(cell), None
        if kind is None:
            numbers.append(None)
            continue
        text = as_text(cell)
        low = text.casefold()
        kinds[kind] += 1
        filled += 1
        texts.add(low)
        if kind is Kind.NUMBER:
            number = number_in(cell)
            if number is None and isinstance(cell, str):
                number, commas = comma_number(cell), commas + 1
        elif kind is Kind.FRACTION and (found := FRACTION.fullmatch(text)):
            number = float(found[1])
            totals.add(float(found[2]))
        elif kind is Kind.PER_CENT and (found := PER_CENT.fullmatch(text)):
            number = float(found[1])
        elif kind in (Kind.WORD, Kind.GRADE):
            words.setdefault(low, text)
        numbers.append(number if number is None or abs(number) < LARGEST_NUMBER else None)
    if kinds[Kind.GRADE] and not texts & _OTHER_GRADES:
        # An A among numbers says that somebody was absent; among grades it is the best of them.
        kinds[Kind.STATE] += kinds.pop(Kind.GRADE)
    return Profile(
        kinds=dict(kinds),
        numbers=tuple(numbers),
        totals=frozenset(totals),
        words=tuple(words.values()),
        distinct=filled == len(texts),
        decimal_comma=bool(commas),
    )


PROFILED = 200
"""Rows from which profiles are taken: more tell nothing new of a column's kind."""


def profiles(rows: Sequence[Sequence[CellValue]], width: int) -> tuple[Profile, ...]:
    """The profile of every column of some rows.

    Args:
        rows: n rows, of which the first `PROFILED` are looked at; shorter ones are filled with blanks.
        width: How many columns there are.

    Example:
        >>> [column.is_numeric for column in profiles([["Ova", 12], ["Tul", 15]], 2)]
        [False, True]
    """
    looked_at = rows[:PROFILED]
    return tuple(profile(row[place] if place < len(row) else None for row in looked_at) for place in range(width))
