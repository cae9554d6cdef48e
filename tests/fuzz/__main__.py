"""python -m tests.fuzz [--tries 200000] [--kind grids]... [--seed 1] [--minutes 60] [--again "grids 1 4711"]

Runs the campaign and prints what came of it,
    kind by kind; every fault with the seed that makes it again. Exits with 1 where there
is one. With --again one try is made again, its smallest case found and the fault printed in full.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from time import monotonic

from tests.fuzz.campaign import Kind, Tally, attempt, campaign
from tests.fuzz.kinds import KINDS


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Try what nobody thought of.")
    parser.add_argument("--tries", type=int, default=20_000, help="of all kinds together")
    parser.add_argument("--kind", action="append", choices=[kind.name for kind in KINDS], help="may be given again")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--first", type=int, default=0, help="number of the first try of each kind")
    parser.add_argument("--minutes", type=float, help="stop then, whatever is done")
    parser.add_argument("--again", metavar="SEED", help='one try again, such as "grids 1 4711"')
    given = parser.parse_args(arguments)
    if given.again is not None:
        return _again(given.again)
    chosen = [kind for kind in KINDS if given.kind is None or kind.name in given.kind]
    shares = sum(kind.share for kind in chosen)
    tallies: list[Tally] = []
    ends = None if given.minutes is None else monotonic() + 60 * given.minutes
    for place, kind in enumerate(chosen):
        # Time that is left is shared among the kinds that are left.
        until = (
            None
            if ends is None
            else monotonic() + (ends - monotonic()) * kind.share / sum(k.share for k in chosen[place:])
        )
        tries = max(1, given.tries * kind.share // shares)
        tallies.append(campaign(kind, tries, seed=given.seed, first=given.first, until=until))
        _tell(tallies[-1])
    _line(
        "all",
        *(sum(getattr(tally, what) for tally in tallies) for what in ("tries", "well", "refused", "faulty")),
        sum(len(t.faults) for t in tallies),
    )
    return 1 if any(tally.faults for tally in tallies) else 0


def _tell(tally: Tally) -> None:
    if tally is not None:
        _line(tally.kind, tally.tries, tally.well, tally.refused, tally.faulty, len(tally.faults))
    for fault in tally.faults.values():
        sys.stdout.write(
            f"  FAULT {fault.what}\n    again: python -m tests.fuzz --again {fault.seed!r}\n    {_last(fault.told)}\n"
        )
    sys.stdout.flush()


def _line(kind: str, tries: int, well: int, refused: int, faulty: int, distinct: int) -> None:
    told = f"{well:>9,} answered well  {refused:>9,} refused with a sentence  {faulty:>6,} faulty, {distinct} distinct"
    sys.stdout.write(f"{kind:<12} {tries:>9,} tries  {told}\n")


def _last(text: str) -> str:
    return next((line for line in reversed(text.splitlines()) if line.strip()), "")[:300]


def _again(seed: str) -> int:
    name = seed.rsplit(" ", 2)[0]
    kind: Kind = next(kind for kind in KINDS if kind.name == name)
    with tempfile.TemporaryDirectory() as place, ExitStack() as stack:
        home, folder = Path(place, "home"), Path(place, "try")
        home.mkdir()
        folder.mkdir()
        os.environ["MARKBOOK_HOME"] = str(folder / "markbook-home")
        came, fault = attempt(kind, kind.begin(home, stack), seed, folder, shrink=True)
    sys.stdout.write(
        came + "\n" if fault is None else f"{fault.what}\n{fault.told}\nits smallest case: {list(fault.choices)}\n"
    )
    return 0 if fault is None else 1


if __name__ == "__main__":
    sys.exit(main())
