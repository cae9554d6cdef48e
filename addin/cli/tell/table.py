"""Tables for a terminal: columns as wide as what they hold, long text folded where it does not fit, the widest columns first."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import click

LEAST = 6
"""Signs to which a column may be narrowed where the terminal is narrow."""

_LINES = "┏━┳┓┃┡╇┩│└─┴┘"
_PLAIN_LINES = "+-++|+++|+-++"
"""What tables are drawn with, and what in its place where the terminal's encoding has no such signs."""


@dataclass(frozen=True)
class Styled:
    """Text in a look: `look` are the arguments of `click.style`."""

    text: str
    look: Mapping[str, Any]

    def __str__(self) -> str:
        return click.style(self.text, **self.look)


@dataclass(frozen=True)
class _Column:
    heading: str
    right: bool
    folds: bool


@dataclass
class Table:
    """A table that is filled row by row and then told in lines.

    Args:
        title: Above the table; "" for none.
        caption: Below it; "" for none.

    Example:
        >>> table = Table(title="Y9")
        >>> table.add_column("Priority", right=True)
        >>> table.add_column("Why")
        >>> table.add_row("1", "Homework 22 %")
        >>> print(click.unstyle("\\n".join(table.lines(24))))
        Y9
        ┏━━━━━━━━━━┳━━━━━━━━━━━┓
        ┃ Priority ┃ Why       ┃
        ┡━━━━━━━━━━╇━━━━━━━━━━━┩
        │        1 │ Homework  │
        │          │ 22 %      │
        └──────────┴───────────┘
    """

    title: str = ""
    caption: str = ""
    columns: list[_Column] = field(default_factory=list)
    rows: list[tuple[str | Styled, ...]] = field(default_factory=list)

    def add_column(self, heading: str, *, right: bool = False, folds: bool = True) -> None:
        """Add a column.

        Args:
            right: Whether its texts stand at the right, as numbers do.
            folds: Whether it may be narrowed.
        """
        self.columns.append(_Column(heading, right, folds))

    def add_columns(self, *headings: str) -> None:
        """Add columns of text."""
        for heading in headings:
            self.add_column(heading)

    def add_row(self, *cells: str | Styled) -> None:
        """Add a row, a cell for each column."""
        self.rows.append(cells)

    def lines(self, width: int, *, encoding: str = "utf-8") -> Iterator[str]:
        """The table in lines, as wide as it has to be and no wider than `width` signs where that can be.

        Args:
            encoding: Of the terminal; one without the signs for lines gets plainer ones.
        """
        signs = _LINES if _can_say(_LINES, encoding) else _PLAIN_LINES
        widths = self._widths(width)
        if self.title:
            yield from (
                click.style(line, italic=True) for line in folded(self.title, sum(widths) + 3 * len(widths) + 1)
            )
        yield _rule(widths, signs[1], signs[0], signs[2], signs[3])
        headings = [Styled(column.heading, {"bold": True}) for column in self.columns]
        yield from self._row(headings, widths, signs[4])
        yield _rule(widths, signs[1], *signs[5:8])
        for cells in self.rows:
            yield from self._row(cells, widths, signs[8])
        yield _rule(widths, signs[10], signs[9], *signs[11:])
        if self.caption:
            looks = {"italic": True, "dim": True}
            yield from (click.style(line, **looks) for line in folded(self.caption, sum(widths) + 3 * len(widths) + 1))

    def _widths(self, width: int) -> list[int]:
        """Signs of each column: the widest that fold give way first, down to one width."""
        rows = [[column.heading for column in self.columns], *self.rows]
        widths = [max((_longest(cells[place]) for cells in rows), default=0) for place in range(len(self.columns))]
        folding = [place for place, column in enumerate(self.columns) if column.folds]
        for _ in range(sum(widths) + 3 * len(widths) + 1 - width):
            widest = max(folding, key=widths.__getitem__, default=None)
            if widest is None or widths[widest] <= LEAST:
                break
            widths[widest] -= 1
        return widths

    def _row(self, cells: Sequence[str | Styled], widths: Sequence[int], side: str) -> Iterator[str]:
        texts = [cell.text if isinstance(cell, Styled) else cell for cell in cells]
        parts = [folded(text, width) for text, width in zip(texts, widths, strict=True)]
        for line in range(max(map(len, parts))):
            told = []
            for cell, part, width, column in zip(cells, parts, widths, self.columns, strict=True):
                text = part[line] if line < len(part) else ""
                room = " " * (width - signs_of(text))
                shown = click.style(text, **cell.look) if isinstance(cell, Styled) and text else text
                told.append(f" {room}{shown} " if column.right else f" {shown}{room} ")
            yield f"{side}{side.join(told)}{side}"


def folded(text: str, width: int) -> list[str]:
    """Text in lines of at most so many signs, broken between words where it can be.

    What would steer a terminal is left out.

    Example:
        >>> folded("Topic tests 25 % on average", 12), folded("unbreakable", 6)
        (['Topic tests', '25 % on', 'average'], ['unbrea', 'kable'])
    """
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for word in _words(_harmless(paragraph)):
            if signs_of(line) + signs_of(word.rstrip(" ")) <= width:
                line += word
                continue
            if line:
                lines.append(line.rstrip(" "))
            *whole, line = _pieces(word, width)
            lines += whole
        lines.append(line.rstrip(" "))
    return lines


def signs_of(text: str) -> int:
    """How many places of a terminal's line a text takes: two for a sign of Chinese, none for an accent of its own.

    Example:
        >>> signs_of("Ova"), signs_of("王芳"), signs_of("e\\u0301")
        (3, 4, 1)
    """
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else not _takes_no_place(sign) for sign in text)


def _takes_no_place(sign: str) -> bool:
    return unicodedata.category(sign) in ("Mn", "Me", "Cf")


def _longest(cell: str | Styled) -> int:
    return max(map(signs_of, _harmless(cell.text if isinstance(cell, Styled) else cell, but="\n").split("\n")))


def _harmless(text: str, *, but: str = "") -> str:
    return "".join(sign if sign.isprintable() or sign in but or sign == "\u00ad" else " " for sign in text)


def _words(text: str) -> Iterator[str]:
    """The words, each with the spaces behind it."""
    word = ""
    for sign in text:
        if word.endswith(" ") and sign != " ":
            yield word
            word = ""
        word += sign
    if word:
        yield word


def _pieces(word: str, width: int) -> list[str]:
    """A word in pieces that fit."""
    pieces = [""]
    for sign in word:
        if sign != " " and pieces[-1] and signs_of(pieces[-1] + sign) > width:
            pieces.append("")
        pieces[-1] += sign
    return pieces


def _rule(widths: Sequence[int], line: str, first: str, between: str, last: str) -> str:
    return f"{first}{between.join(line * (width + 2) for width in widths)}{last}"


def _can_say(signs: str, encoding: str) -> bool:
    try:
        signs.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
