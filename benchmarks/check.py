"""Are we slower than we were? Ratios of today against the last that were committed, in benchmarks/figures.json.

    python -m benchmarks --check

Takes about a minute. What is more than `TOLD` worse is measured again, and told where it is worse then too; one ratio that is
`FAILS` worse or more fails the check. A whole run of `python -m benchmarks` writes the figures, and `--check --keep` these alone.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.ratios import measured, ratios
from benchmarks.tables import Table, machine
from model.vocabulary import day_told

FIGURES = Path(__file__).with_name("figures.json")
TOLD, FAILS = 0.15, 0.40
"""How much worse a ratio is, as a share of the last one, to be told and to fail."""


@dataclass(frozen=True)
class Compared:
    """One ratio, then and now; None where it was, or is, not measured."""

    name: str
    then: float | None
    now: float | None

    @property
    def worse(self) -> float:
        """How much greater it is, as a share of the last: 0.2 is a fifth worse, below 0 is better.

        Example:
            >>> round(Compared("start", 1.0, 1.2).worse, 3), Compared("new", None, 1.2).worse
            (0.2, 0.0)
        """
        return self.now / self.then - 1 if self.now is not None and self.then else 0.0

    @property
    def verdict(self) -> str:
        """What there is to say of it, in words.

        Example:
            >>> [Compared("start", then, 1.0).verdict for then in (1.0, 0.85, 0.7, 1.3, None)]
            ['as it was', '18 % WORSE', '43 % WORSE: fails', '23 % better', 'new']
        """
        if self.then is None or self.now is None:
            return "new" if self.then is None else "no longer measured"
        if self.worse > TOLD:
            return f"{100 * self.worse:.0f} % WORSE{': fails' if self.worse >= FAILS else ''}"
        return f"{-100 * self.worse:.0f} % better" if self.worse < -TOLD else "as it was"


def compare(then: Mapping[str, float], now: Mapping[str, float], again: Callable[[str], float]) -> tuple[Compared, ...]:
    """Ratios side by side, those of today first.

    Args:
        then, now: Name -> ratio; the greater, the worse.
        again: Measures one ratio anew. Asked for those that look worse, since a computer has busy moments; the better counts.

    Example:
        >>> [each.verdict for each in compare({"a": 1.0, "b": 1.0}, {"a": 1.5, "b": 1.0}, again=lambda name: 1.3)]
        ['30 % WORSE', 'as it was']
    """
    found = []
    for name, ratio in now.items():
        one = Compared(name, then.get(name), ratio)
        if one.worse > TOLD:
            one = Compared(name, one.then, min(ratio, again(name)))
        found.append(one)
    return (*found, *(Compared(name, ratio, None) for name, ratio in then.items() if name not in now))


def is_well(compared: tuple[Compared, ...]) -> bool:
    """Whether no ratio is so much worse that the check fails.

    Example:
        >>> is_well((Compared("a", 1.0, 1.39),)), is_well((Compared("a", 1.0, 1.39), Compared("b", 1.0, 1.41)))
        (True, False)
    """
    return all(each.worse < FAILS for each in compared)


def told(compared: tuple[Compared, ...], about: str) -> Table:
    """The comparison as a table; `about` says when and where the last figures were measured."""
    return Table(
        "Ours over a peer's, by the processor; the greater, the worse",
        ("ratio", "then", "now", "verdict"),
        [(each.name, _figure(each.then), _figure(each.now), each.verdict) for each in compared],
        (
            f"Then: {about}. Told from {100 * TOLD:.0f} % worse on, failed from {100 * FAILS:.0f} % on, both if measured twice.",
        ),
    )


def check(*, quick: bool = False, keep: bool = False, figures: Path = FIGURES) -> tuple[Table, bool]:
    """Measure and compare.

    Args:
        quick: Tiny sizes, to see that it runs: they are compared with nothing, and not kept.
        keep: Write the ratios of today into `figures`.

    Returns:
        The table, and whether all is well.
    """
    last = {"measured": "never", "ratios": {}}
    if figures.is_file() and not quick:
        last = json.loads(figures.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        wanted = ratios(Path(folder), quick=quick)
        now = measured(wanted)
        compared = compare(last["ratios"], now, again=lambda name: wanted[name].measured())
    if keep and not quick:
        write({each.name: round(each.now, 3) for each in compared if each.now is not None}, figures)
    return told(compared, last["measured"]), is_well(compared)


def write(found: Mapping[str, float], figures: Path = FIGURES) -> None:
    """Keep ratios as the last ones."""
    content = {"measured": f"{day_told(date.today())}, {machine()}", "ratios": dict(found)}
    figures.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _figure(ratio: float | None) -> str:
    return "" if ratio is None else f"{ratio:.2f}"
