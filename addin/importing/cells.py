"""A text of an export as the cell of a markbook that it goes into, and whether a cell says the same already."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from addin.importing.columns import Pair
from addin.importing.roll import name_key, plain_id, plain_name
from addin.reading.grid import CellValue, Sheet, as_text
from addin.reading.headings.column import ASSESSMENT_ROLES, Role
from addin.reading.marks import FRACTION, read_mark, read_per_cent
from addin.reading.queries import Doubt

_PER_CENT_ROLES = (Role.ATTENDANCE, Role.HOMEWORK)
_NUMBER_ROLES = (
    *ASSESSMENT_ROLES, *_PER_CENT_ROLES, Role.EFFORT, Role.KS2, Role.TARGET, Role.WORKING_AT, Role.OUTCOME,
)  # fmt: skip
_NUMBER = re.compile(r"-?\d{1,12}(?:\.\d{1,9})?")
_COMMA = re.compile(r"(\d{1,12}),(\d{1,2})")
_PER_CENT = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)\s*%")
_WHOLE = re.compile(r"[1-9]\d{0,14}|0")


@dataclass(frozen=True, kw_only=True)
class CellForm:
    """How the cells of one column are written.

    Args:
        shares: The export's numbers are shares: 0.42 stands for 42 %.
        shown_as_shares: The markbook's numbers are.
        numbers: The markbook has numbers here, so that an ID of digits is written as one too.
        out_of: The total of the marks, where it is known.
        commas: The export writes decimal commas.
    """

    role: Role
    shares: bool = False
    shown_as_shares: bool = False
    numbers: bool = False
    out_of: float | None = None
    commas: bool = False

    @classmethod
    def of(cls, pair: Pair, texts: Iterable[str], sheet: Sheet, rows: Sequence[int]) -> CellForm:
        """The form of a pair of columns."""
        column, held = pair.target.index + 1, list(texts)
        there = [cell for row in rows if isinstance(cell := sheet.cell(row, column), float)]
        return cls(
            role=pair.target.role,
            shares=_are_shares([float(text) for text in held if _NUMBER.fullmatch(text)]),
            shown_as_shares=_are_shares(there) or any((row, column) in sheet.percents for row in rows),
            numbers=bool(there),
            out_of=pair.target.out_of or pair.source.out_of,
            commas=pair.target.role in _NUMBER_ROLES and any(_COMMA.fullmatch(text) for text in held),
        )

    def value(self, text: str) -> CellValue:
        """The cell for a text of the export, None for a blank one. What is no plain number stays the text that it is.

        Example:
            >>> form = CellForm(role=Role.ATTENDANCE, shares=True)
            >>> form.value("0.93"), form.value("95%"), form.value("n/a"), form.value("=1+1")
            (93.0, 95.0, 'n/a', '=1+1')
            >>> CellForm(role=Role.STUDENT_ID).value("0417"), CellForm(role=Role.STUDENT_ID, numbers=True).value("417")
            ('0417', 417.0)
        """
        text = as_text(text)
        if not text:
            return None
        if self.commas and (comma := _COMMA.fullmatch(text)):
            text = f"{comma[1]}.{comma[2]}"
        if self.role not in _NUMBER_ROLES:
            return float(text) if self.numbers and _WHOLE.fullmatch(text) else text
        fraction = FRACTION.fullmatch(text) if self.role in ASSESSMENT_ROLES else None
        if fraction and self.out_of == float(fraction[2]) and not self.shown_as_shares:
            text = fraction[1]
        per_cent = _PER_CENT.fullmatch(text)
        number = float(text) if _NUMBER.fullmatch(text) else None
        if self.role in _PER_CENT_ROLES and (per_cent or number is not None):
            found = float(per_cent[1]) if per_cent else (number or 0.0) * (100.0 if self.shares else 1.0)
            return round(found / 100.0 if self.shown_as_shares else found, 9)
        if self.role in ASSESSMENT_ROLES and number is not None:
            return self._mark(number)
        return text if number is None else number

    def can_be_read(self, value: CellValue) -> bool:
        """Whether a value says something in its column; what does not is listed and never written.

        Example:
            >>> CellForm(role=Role.TEST, out_of=20.0).can_be_read("Abs"), CellForm(role=Role.TEST).can_be_read("see me")
            (True, False)
        """
        if self.role in ASSESSMENT_ROLES:
            return not isinstance(read_mark(value, out_of=None), Doubt)
        if self.role in _PER_CENT_ROLES:
            return not isinstance(value, str) or not isinstance(read_per_cent(value, as_fraction=False), Doubt)
        return True

    def says_the_same(self, cell: CellValue, value: CellValue) -> bool:
        """Whether a cell of the markbook says what the export says, spelled as it may be.

        Example:
            >>> CellForm(role=Role.TEST).says_the_same("15", 15.0), CellForm(role=Role.FORENAME).says_the_same("ova", "Ova")
            (True, True)
        """
        if self.role is Role.NAME:
            return name_key(as_text(cell)) == name_key(as_text(value))
        if self.role is Role.STUDENT_ID:
            return plain_id(as_text(cell)) == plain_id(as_text(value))
        return self._plain(cell) == self._plain(value)

    def _mark(self, number: float) -> CellValue:
        """A mark; between a column of shares and one of marks a fraction or a per cent says what is meant."""
        if self.shares == self.shown_as_shares:
            return number
        if self.shares:
            return f"{number * 100:g}%"
        return number if self.out_of is None else f"{number:g}/{self.out_of:g}"

    def _plain(self, cell: CellValue) -> str | float:
        if isinstance(cell, bool) or not isinstance(cell, (int, float, str)):
            return plain_name(as_text(cell))
        text = as_text(cell)
        if self.role not in _NUMBER_ROLES:
            return plain_name(text)
        if not isinstance(cell, str):
            return round(float(cell), 9)
        if self.role in _PER_CENT_ROLES and _PER_CENT.fullmatch(text):
            text = as_text(self.value(text))
        return round(float(text), 9) if _NUMBER.fullmatch(text) else plain_name(text.replace(" ", ""))


def _are_shares(numbers: Sequence[float]) -> bool:
    """Whether numbers stand for per cent: none above 1, and not only 0 and 1."""
    return bool(numbers) and all(0 <= n <= 1 for n in numbers) and any(0 < n < 1 for n in numbers)
