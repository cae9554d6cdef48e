"""Chance that can be replayed and made smaller: every try is a function of the choices that it takes.

A try takes all its choices from a `Choices`. The first time they come from a seed and are written down; what fails is tried again
with choices left out and made smaller,
    as long as the same fault comes of it. So attacks write what is plain first (`choice(("plain",
"odd"))`): a choice that is left out is the first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from time import monotonic

_WHOLE = 53  # bits of a number from 0 to 1


class Choices(Random):
    """Random numbers, written down as they are drawn.

    Args:
        seed: What they come from.
        replayed: The choices of an earlier try, taken instead; beyond their end every choice is the first.

    `made` is for the try to say what it has made, for whoever looks at a fault.

    Example:
        >>> first = Choices("grids 7")
        >>> drawn = [first.randrange(100), first.choice("abc")]
        >>> again = Choices(replayed=first.drawn)
        >>> [again.randrange(100), again.choice("abc")] == drawn, Choices(replayed=[]).choice("abc")
        (True, 'a')
    """

    def __init__(self, seed: str = "", *, replayed: Sequence[int] | None = None) -> None:
        self.drawn: list[int] = []
        self.made = ""
        self._replayed = None if replayed is None else list(replayed)
        super().__init__(seed)

    def getrandbits(self, k: int, /) -> int:
        """A number of k bits."""
        if self._replayed is None:
            number = super().getrandbits(k)
        else:
            place = len(self.drawn)
            number = self._replayed[place] & ((1 << k) - 1) if place < len(self._replayed) else 0
        self.drawn.append(number)
        return number

    def random(self) -> float:
        """A number from 0 to 1."""
        return self.getrandbits(_WHOLE) / (1 << _WHOLE)

    def once_in(self, n: int) -> bool:
        """True once in n times; the plain answer is False."""
        return self.randrange(n) == n - 1


def shrunk(choices: Sequence[int], fails: Callable[[Sequence[int]], bool], *, seconds: float = 20.0) -> list[int]:
    """Fewer and smaller choices of which the same fault comes.

    Args:
        choices: Those that fail.
        fails: Whether the fault comes of choices.
        seconds: When to be content.

    Example:
        >>> shrunk([7, 3, 9, 40, 2], lambda tried: sum(tried) >= 40)
        [40]
    """
    best, ends = list(choices), monotonic() + seconds
    size = max(1, len(best) // 2)
    while size and monotonic() < ends:
        place = 0
        while place < len(best) and monotonic() < ends:
            fewer = best[:place] + best[place + size :]
            if fails(fewer):
                best = fewer
            else:
                place += size
        size //= 2
    for place, number in enumerate(best):
        for smaller in (0, 1, number // 2):
            if smaller < best[place] and monotonic() < ends:
                tried = [*best[:place], smaller, *best[place + 1 :]]
                if fails(tried):
                    best = tried
                    break
    return best
