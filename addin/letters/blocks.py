"""The text of a letter as blocks: what HTML and Word are both made from, so that they say the same words.

A wording template renders to plain text with one mark at the beginning of a line:

    # letterhead          ## subject          ### heading
    - one of a list       | label | value     one row of a table
    > set to the right    ~ signed by         anything else: a paragraph; a blank line ends it

Facts come with these characters put aside (`as_fact`), so that no name or topic is ever taken for a mark.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_SPECIAL = "#-|>~"
_ASIDE = str.maketrans({character: chr(0xE000 + place) for place, character in enumerate(_SPECIAL)})
_BACK = str.maketrans({chr(0xE000 + place): character for place, character in enumerate(_SPECIAL)})
"""Each character that may be a mark, and one for private use that stands for it until the marks have been read."""


class Kind(StrEnum):
    """What a block is."""

    LETTERHEAD = "letterhead"
    SUBJECT = "subject"
    HEADING = "heading"
    LIST = "list"
    TABLE = "table"
    RIGHT = "right"
    SIGNATURE = "signature"
    PARAGRAPH = "paragraph"


_KINDS = {
    "###": Kind.HEADING,
    "##": Kind.SUBJECT,
    "#": Kind.LETTERHEAD,
    "-": Kind.LIST,
    "|": Kind.TABLE,
    ">": Kind.RIGHT,
    "~": Kind.SIGNATURE,
    "": Kind.PARAGRAPH,
}
"""Mark -> what it begins; the first that a line begins with counts."""


@dataclass(frozen=True, kw_only=True)
class Block:
    """One block.

    Args:
        rows: Its lines, each one cell; of a table two or more cells a line, of a list one line an item.
    """

    kind: Kind
    rows: tuple[tuple[str, ...], ...]

    @property
    def text(self) -> str:
        """Its words in one line."""
        return " ".join(cell for row in self.rows for cell in row)


def as_fact(text: str) -> str:
    """A text in one line that is not taken for a mark; doing it twice does no harm.

    Example:
        >>> blocks_of(f"- {as_fact('# 3|4')}")[0].rows
        (('# 3|4',),)
    """
    return " ".join(text.split()).translate(_ASIDE)


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a rendered wording.

    Example:
        >>> for block in blocks_of("## A place\\n\\nDear Ova,\\nhello.\\n- 3\\n- b\\n| Day | Monday |"):
        ...     print(block.kind, block.rows)
        subject (('A place',),)
        paragraph (('Dear Ova, hello.',),)
        list (('3',), ('b',))
        table (('Day', 'Monday'),)
    """
    blocks: list[Block] = []
    for kind, rows in _runs(text):
        if kind in (Kind.LIST, Kind.TABLE):
            blocks.append(Block(kind=kind, rows=tuple(rows)))
        else:
            blocks.append(Block(kind=kind, rows=((" ".join(cell for row in rows for cell in row),),)))
    return tuple(blocks)


def _runs(text: str) -> Iterator[tuple[Kind, list[tuple[str, ...]]]]:
    """Neighbouring lines of one kind; only lists, tables and paragraphs run over several lines."""
    kind, rows = Kind.PARAGRAPH, list[tuple[str, ...]]()
    for line in (*text.splitlines(), ""):
        mark, rest = _marked(line.strip())
        goes_on = rest and _KINDS[mark] is kind and kind in (Kind.LIST, Kind.TABLE, Kind.PARAGRAPH)
        if rows and not goes_on:
            yield kind, rows
            rows = []
        if rest:
            kind = _KINDS[mark]
            rows.append(_cells(rest) if kind is Kind.TABLE else (rest.translate(_BACK),))


def _marked(line: str) -> tuple[str, str]:
    mark = next(mark for mark in _KINDS if line.startswith(mark))
    return mark, line[len(mark) :].strip()


def _cells(rest: str) -> tuple[str, ...]:
    return tuple(cell.strip().translate(_BACK) for cell in rest.split("|") if cell.strip())
