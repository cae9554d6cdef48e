"""The cells of a row found by one search in its bytes, and their values, looked up rather than worked out where they repeat.

A markbook holds the same few hundred marks, formats and names again and again: each distinct spelling is turned into a
value once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import NamedTuple, TypeVar

from addin.files.package.cell_text import from_xml
from addin.files.package.cell_values import CellReader
from addin.files.package.number_formats import NumberKind
from addin.files.package.ranges import column_number
from addin.files.package.sheet_stream import Unusual
from addin.reading.grid import CellValue

_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})[0-9]{1,7}"([^>]*)>'
    rb"(?:(?:<v>([^<]*)</v>|<is><t(?: [^>]*)?>([^<]*)</t></is>"
    rb"|(<f(?: [^>]*)?>[^<]*</f>|<f(?: [^>]*)?/>)(?:<v(>[^<]*)</v>|<v(/)>)?|<v/>)?</c>)?"
)
# A cell of one column with a value, or empty, or not there at all; nothing in it is ever tried twice ("+" behind a count).
_USUAL = rb'(?:<c r="%b[0-9]{1,7}+"([^>/]*+)(?:><v>([^<]*+)</v></c>|/>))?+'
# Rows, columns; in fewer rows a pattern of their own does not earn what it costs to compile.
_FIRST_LEARNT, _WIDEST = 60, 256
_ROW = re.compile(
    rb'(?:\s*+<c r="[A-Z]{1,3}+[0-9]{1,7}+"[^>]*+>'
    rb"(?:(?:<v>[^<]*+</v>|<is><t(?: [^>]*+)?>[^<]*+</t></is>"
    rb"|(?:<f(?: [^>]*)?>[^<]*+</f>|<f(?: [^>]*)?/>)(?:<v>[^<]*+</v>|<v/>)?+|<v/>)?+</c>)?+)*+\s*+"
)
_ATTRIBUTES = re.compile(rb'(?: [a-z]+="[^"<&]*")*\s*(/?)')
_ATTRIBUTE = re.compile(rb' ([a-z]+)="([^"<&]*)"')
_MOST_KEPT = 4_000  # distinct spellings; a sheet with more holds measurements, which do not repeat


class RowValues(NamedTuple):
    """What a row holds: columns ascend; `formulas` are `<f>` elements by column, `percents` the columns shown as per cent."""

    columns: tuple[int, ...]
    values: list[CellValue]
    formulas: dict[int, bytes]
    percents: tuple[int, ...]

    @classmethod
    def none(cls) -> RowValues:
        """A row without cells."""
        return cls((), [], {}, ())

    @classmethod
    def of(cls, values: Mapping[int, CellValue]) -> RowValues:
        """A row of which only the values are known."""
        return cls(tuple(values), list(values.values()), {}, ())


Spelling = TypeVar("Spelling")


class Spellings(dict[Spelling, CellValue]):
    """Spelling -> value; the first ones are kept."""

    def __init__(
        self, convert: Callable[[Spelling], CellValue], known: Mapping[Spelling, CellValue] | None = None
    ) -> None:
        super().__init__(known or {})
        self._convert = convert

    def __missing__(self, spelling: Spelling) -> CellValue:
        value = self._convert(spelling)
        if len(self) < _MOST_KEPT:
            self[spelling] = value
        return value


_Values = Spellings[bytes | None]
"""Of cells of one type and format; None and nothing are an empty cell."""


class _Kinds(dict[bytes, _Values]):
    """Attributes of a cell, as they are spelled -> what tells its value."""

    def __init__(self, reader: CellReader) -> None:
        super().__init__()
        self._reader = reader
        self.percent: set[bytes] = set()
        self.closed: set[bytes] = set()
        self.inline: set[bytes] = set()
        self._by_type: dict[tuple[str, NumberKind], _Values] = {}

    def __missing__(self, attributes: bytes) -> _Values:
        whole = _ATTRIBUTES.fullmatch(attributes)
        if whole is None:
            raise Unusual
        named = {name.decode(): value.decode() for name, value in _ATTRIBUTE.findall(attributes)}
        kind, shown = named.get("t", "n"), self._reader.kind_of_style(int(named.get("s") or 0))
        if shown is NumberKind.PERCENT and kind == "n":
            self.percent.add(attributes)
        if whole[1]:
            self.closed.add(attributes)
        if kind == "inlineStr":
            self.inline.add(attributes)
        if (kind, shown) not in self._by_type:
            self._by_type[kind, shown] = _Values(self._converter(kind, shown), {b"": None, None: None})
        self[attributes] = self._by_type[kind, shown]
        return self[attributes]

    def _converter(self, kind: str, shown: NumberKind) -> Callable[[bytes | None], CellValue]:
        def convert(spelling: bytes | None) -> CellValue:
            return self._reader.typed(kind, from_xml(spelling or b""), shown)

        def shared(spelling: bytes | None) -> CellValue:  # names, which seldom repeat
            return self._reader.shared[int(spelling)] or None if spelling and spelling.isdigit() else convert(spelling)

        return shared if kind == "s" else convert


class CellScan:
    """Finds the cells of rows and tells their values."""

    def __init__(self, reader: CellReader) -> None:
        self._kinds = _Kinds(reader)
        self._letters: tuple[bytes, ...] = ()
        self._columns: tuple[int, ...] = ()
        self._usual: re.Pattern[bytes] | None = None
        self._usual_columns: tuple[int, ...] = ()
        self._is_usual = False  # how the last row was: rows of a sheet are alike
        self._known: dict[int, bytes] = {}
        self._learnt, self._learn_at = 0, _FIRST_LEARNT

    def row(self, cells: bytes) -> RowValues:
        """The cells between a row's start tag and its end tag.

        Raises:
            Unusual: There is something in it that only a parser understands.
            ValueError, IndexError: A cell holds what its type does not allow.
        """
        if self._is_usual and self._usual is not None:
            usual = self._usual.fullmatch(cells)
            if usual is not None:
                return self._usual_row(usual)
        if _ROW.fullmatch(cells) is None:
            raise Unusual
        found = _CELL.findall(cells)
        if not found:
            return RowValues.none()
        letters, attributes, plain, inline, formulas, results, closed = zip(*found, strict=True)
        columns, kinds = self._columns_of(letters), self._kinds
        values = [
            kinds[attribute][spelling or text]
            for attribute, spelling, text in zip(attributes, plain, inline, strict=True)
        ]
        # An element without content must say so, and no other may.
        hollow = [not (value or text or formula) for value, text, formula in zip(plain, inline, formulas, strict=True)]
        if hollow != list(map(kinds.closed.__contains__, attributes)):
            raise Unusual
        texts = len(found) - inline.count(b"")
        if texts and sum(map(kinds.inline.__contains__, attributes)) < texts:
            raise Unusual
        by_column: dict[int, bytes] = {}
        if any(formulas):
            for place, formula in enumerate(formulas):
                if formula:
                    by_column[columns[place]] = formula
                    values[place] = self._result(attributes[place], results[place] or closed[place])
        self._is_usual = not texts and not by_column
        if self._is_usual:
            self._learn(letters)
        return RowValues(columns, values, by_column, self._percents(columns, attributes, values))

    def _usual_row(self, found: re.Match[bytes]) -> RowValues:
        """A row of nothing but values and empty cells in columns that are known, as most are."""
        cells = found.groups()
        columns, attributes, plain = self._usual_columns, cells[::2], cells[1::2]
        if None in attributes:
            there = [place for place, attribute in enumerate(attributes) if attribute is not None]
            columns = tuple(columns[place] for place in there)
            attributes, plain = tuple(attributes[place] for place in there), tuple(plain[place] for place in there)
        kinds = self._kinds
        values = [kinds[attribute][spelling] for attribute, spelling in zip(attributes, plain, strict=True)]
        return RowValues(columns, values, {}, self._percents(columns, attributes, values))

    def _learn(self, letters: tuple[bytes, ...]) -> None:
        """Take in the columns of a usual row; now and then, ever more seldom, prepare to find rows like it in one go."""
        self._known.update(zip(self._columns, letters, strict=True))
        self._learnt += 1
        if self._learnt < self._learn_at or not len(self._usual_columns) < len(self._known) <= _WIDEST:
            return
        self._learn_at *= 4
        self._usual_columns = tuple(sorted(self._known))
        self._usual = re.compile(b"".join(_USUAL % self._known[column] for column in self._usual_columns))

    def _result(self, attributes: bytes, result: bytes) -> CellValue:
        """The stored result of a formula; an empty one is a text only where the cell says so."""
        spelling = result[1:]
        if not spelling:  # ">" or "/" alone: there is a <v>, and nothing in it
            return "" if result and b' t="str"' in attributes else None
        return self._kinds[attributes][spelling]

    def _percents(
        self, columns: tuple[int, ...], attributes: tuple[bytes, ...], values: list[CellValue]
    ) -> tuple[int, ...]:
        percent = self._kinds.percent
        if percent.isdisjoint(attributes):
            return ()
        return tuple(
            column
            for column, attribute, value in zip(columns, attributes, values, strict=True)
            if attribute in percent and isinstance(value, float)
        )

    def _columns_of(self, letters: tuple[bytes, ...]) -> tuple[int, ...]:
        if letters != self._letters:  # rows of a class mostly have the same columns as the row above
            columns = tuple(column_number(each.decode()) for each in letters)
            if any(left >= right for left, right in pairwise(columns)):
                raise Unusual
            self._letters, self._columns = letters, columns
        return self._columns
