"""A column of cells read at once: cells that hold the same are read once, and a column holds few different ones."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from addin.reading.grid import CellValue, are_alike, kinds_of
from addin.reading.queries import Doubt

Answer = TypeVar("Answer")
Number = TypeVar("Number", np.float64, np.int8)


@dataclass(frozen=True, kw_only=True)
class Answers(Generic[Answer]):
    """What the n cells of a column say.

    Args:
        keys: n keys, one a cell.
        known: Key -> answer, None where nothing stands or is understood.
        doubts: (place, doubt) of the cells that are not understood.
    """

    keys: Sequence[Hashable]
    known: Mapping[Hashable, Answer | None]
    doubts: Sequence[tuple[int, Doubt]]

    def over(self, what: Callable[[Answer | None], float], kind: type[Number]) -> NDArray[Number]:
        """(n,) something of the answers, as numbers."""
        found = {key: what(answer) for key, answer in self.known.items()}
        return np.fromiter(map(found.__getitem__, self.keys), dtype=kind, count=len(self.keys))


def answers(
    cells: Sequence[CellValue], shown: Collection[int], reader: Callable[[CellValue, bool], Answer | Doubt]
) -> Answers[Answer]:
    """What cells say.

    Args:
        cells: n cells.
        shown: The places of those that are shown as per cent.
        reader: From a cell, and whether it is shown as per cent, to what it says.

    Example:
        >>> from addin.reading.marks import read_effort
        >>> found = answers([3, 9, None], (), lambda cell, shown: read_effort(cell))
        >>> [found.known[key] for key in found.keys], [place for place, _ in found.doubts]
        ([3.0, None, None], [1])
    """
    keys: Sequence[Hashable] = cells
    read: dict[Hashable, Answer | Doubt] = {}
    if not shown and not are_alike(kinds_of(cells)):
        read.update((cell, reader(cell, False)) for cell in dict.fromkeys(cells))
    else:
        keys = there = [(type(cell), cell, place in shown) for place, cell in enumerate(cells)]
        read.update((key, reader(key[1], key[2])) for key in dict.fromkeys(there))
    doubts = {key: answer for key, answer in read.items() if isinstance(answer, Doubt)}
    return Answers(
        keys=keys,
        known={key: None if isinstance(answer, Doubt) else answer for key, answer in read.items()},
        doubts=[(place, doubts[key]) for place, key in enumerate(keys) if key in doubts] if doubts else (),
    )
