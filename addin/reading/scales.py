"""How the numbers of a column are to be read: out of what, and whether 0.93 stands for 93 per cent.

A column that mixes two scales is not misread in one of them: the cells that do not fit become doubts. Of a cell that Excel shows
as per cent the closed file and Excel on the desktop see the format, a server and the functions do not: there it is 0.85 among
other numbers. Hence the remedies: typing 85 or 85% into such a cell would leave it as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from addin.reading.grid import CellValue, are_alike, as_text, kinds_of
from addin.reading.headings.column import Column
from addin.reading.marks import FRACTION, PER_CENT, is_total, number_in
from addin.reading.queries import Doubt

_ENTER_0_TO_100 = "Format the column as Number and enter every number from 0 to 100, 85 for 85 %"
_ENTER_THE_MARK = (
    "Format the column as Number and enter the mark; for a per cent format the cell as Text and enter it, such as 93%"
)


@dataclass(frozen=True, kw_only=True)
class Scale:
    """How a column is read.

    Args:
        out_of: The total of a column of marks, None where there is none.
        as_fraction: Numbers from 0 to 1 stand for 0 to 100 per cent.
        mixed: Why some numbers of the column cannot be read, None where all can.
        misfits: Which numbers these are.
        note: What was inferred, in words.
    """

    out_of: float | None = None
    as_fraction: bool = False
    mixed: Doubt | None = None
    misfits: Callable[[float], bool] = bool  # every number but 0, which is the same on every scale
    note: str | None = None

    def doubt(self, cell: CellValue) -> Doubt | None:
        """Why a cell does not fit the scale of its column; None for words, and for what fits."""
        if self.mixed is None:
            return None
        number = number_in(cell)
        return self.mixed if number is not None and self.misfits(number) else None


def per_cent_scale(cells: Sequence[CellValue]) -> Scale:
    """The scale of a column of per cents, from its numbers that are not shown as per cent.

    Example:
        >>> per_cent_scale([0.93, 0.88, 1]).as_fraction, per_cent_scale([93, 88, 0.9]).doubt(0.9).rule
        (True, '0 to 1 and 0 to 100 are mixed in this column')
        >>> per_cent_scale([1, 0, 1]).doubt(1).rule
        'in a column of 0 and 1 alone a 1 may be 1 or 100 per cent'
    """
    numbers = _numbers(cells)
    parts, wholes = _count(numbers, _is_part), _count(numbers, _is_whole)
    if not parts and not wholes:
        return Scale(mixed=Doubt("in a column of 0 and 1 alone a 1 may be 1 or 100 per cent", _ENTER_0_TO_100))
    if not parts or not wholes:
        return Scale(as_fraction=bool(parts) and all(0 <= n <= 1 for n in numbers))
    doubt = Doubt("0 to 1 and 0 to 100 are mixed in this column", _ENTER_0_TO_100)
    if parts > wholes:
        return Scale(as_fraction=True, mixed=doubt, misfits=_is_whole)
    return Scale(mixed=doubt, misfits=_may_be_a_part)


def mark_scale(column: Column, cells: Sequence[CellValue], shown: Collection[int]) -> Scale:
    """The scale of a column of marks: its own total, else the one that its fractions or per cents tell.

    Args:
        column: The column.
        cells: Its cells.
        shown: The places of those that are shown as per cent.

    Example:
        >>> from addin.reading.headings.column import understand
        >>> mark_scale(understand(["Angles"])[0], ["12/20", "15/20"], ()).note
        'Angles: no total given; taken as out of 20 from its fractions'
    """
    numbers = _numbers([cell for place, cell in enumerate(cells) if place not in shown] if shown else cells)
    odd, wholes = _count(numbers, _is_odd_part), _count(numbers, _is_whole)
    plain = Scale(as_fraction=any(map(_is_part, numbers)) and all(0 <= n <= 1 for n in numbers))
    if odd and wholes:
        doubt = Doubt("marks and parts of 1 are mixed in this column", _ENTER_THE_MARK)
        as_fraction = odd > wholes
        # A half beside other half marks is one.
        halves = any(n > 1 and n % 1 == 0.5 for n in numbers)
        parts = _is_odd_part_or_one if halves else _may_be_a_part
        plain = Scale(as_fraction=as_fraction, mixed=doubt, misfits=_is_whole if as_fraction else parts)
    if column.out_of is not None:
        return replace(plain, out_of=column.out_of)
    texts = [as_text(cell) for cell in cells if isinstance(cell, str)]
    fractions = (found for text in texts if (found := FRACTION.fullmatch(text)))
    totals = {float(found[2]) for found in fractions if is_total(float(found[2]))}
    if len(totals) == 1 and not plain.as_fraction:
        total = totals.pop()
        note = f"{column.heading}: no total given; taken as out of {total:g} from its fractions"
        return replace(plain, out_of=total, note=note)
    mixed = Doubt("a number among per cents or different fractions needs a total", "Enter the total of the test")
    if totals:
        note = f"{column.heading}: no total given and fractions of different totals; taken as per cent"
        return Scale(out_of=100.0, mixed=mixed, note=note)
    if plain.as_fraction or shown or any(PER_CENT.fullmatch(text) for text in texts):
        note = f"{column.heading}: no total given; taken as per cent"
        if plain.as_fraction:
            return replace(plain, out_of=100.0, note=note)
        return Scale(out_of=100.0, mixed=mixed, note=note)
    return plain


def _numbers(cells: Sequence[CellValue]) -> Counter[float]:
    """Number -> how many cells hold it: a column holds few different ones."""
    counts = Counter(map(number_in, cells)) if are_alike(kinds_of(cells)) else Counter[float | None]()
    for cell, count in () if counts else Counter(cells).items():
        counts[number_in(cell)] += count
    return Counter({number: count for number, count in counts.items() if number is not None})


def _count(numbers: Counter[float], fits: Callable[[float], bool]) -> int:
    return sum(count for number, count in numbers.items() if fits(number))


def _is_part(number: float) -> bool:
    return 0 < number < 1


def _may_be_a_part(number: float) -> bool:
    """Beside parts of 1, a 1 may be all of it, or one mark or per cent; a half may be 50 per cent or half a mark."""
    return 0 < number <= 1


def _is_odd_part(number: float) -> bool:
    """Half marks are given; other parts of a mark beside whole ones are per cents."""
    return 0 < number < 1 and number != 0.5


def _is_odd_part_or_one(number: float) -> bool:
    return _is_odd_part(number) or number == 1


def _is_whole(number: float) -> bool:
    return number > 1
