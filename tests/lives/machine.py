"""The machine: rules drawn at random from one seed, and the promises looked at after every step.

Hypothesis' state machines are not used: it keeps and shrinks whole runs, and is far from ten thousand steps on three hosts.
What it would shrink is small here anyway: a life has a few dozen steps, and every fault tells its life and step.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.lives.edits import EDITS
from tests.lives.faults import Fault
from tests.lives.hosts import hosts
from tests.lives.life import Life
from tests.lives.presses import PRESSES
from tests.lives.promises import Ledger, after_every_step

STEPS_OF_A_LIFE = 50
RULES = EDITS | PRESSES


@dataclass(frozen=True)
class Stop:
    """When a machine ends before its steps are over: after so much that was broken, or at a time of `time.monotonic`."""

    broken: int = 25
    at: float = float("inf")


def live(
    steps: int,
    *,
    seed: int,
    fault: str = "",
    faulty: Sequence[str] = ("file", "server", "lite"),
    stop: Stop = Stop(),
    life: int = 1,
    tell: Callable[[int, Ledger], None] = lambda step, ledger: None,
) -> Ledger:
    """Take steps, life after life.

    Args:
        steps: How many.
        seed: What the dice begin with; the same seed takes the same steps.
        fault, faulty: As in `tests.lives.hosts.hosts`.
        life: The life to begin with: each has dice of its own.
        tell: Called after every step.
    """
    ledger = Ledger()
    with tempfile.TemporaryDirectory() as place, hosts(Path(place), fault=fault, faulty=faulty) as three:
        one, taken, number, ends = None, 0, life - 1, 0
        while taken < steps and len(ledger.broken) < stop.broken and time.monotonic() < stop.at:
            if one is None or taken >= ends:
                number, ends = number + 1, taken + STEPS_OF_A_LIFE
                random = Random(f"{seed} {number}")
                for host in three:
                    for left in host.folder.glob("*.xlsx"):
                        left.unlink()
                one = Life.begun(random, three, ledger)
            rule = _draw(one)
            taken += 1
            ledger.when = f"seed {seed}, life {number}, step {taken}: {rule}"
            broken = len(ledger.broken)
            try:
                if not RULES[rule][1](one):
                    taken -= 1
                    continue
                if rule in EDITS:
                    for host in three:
                        ledger.steps[rule, host.name] += 1
                after_every_step(one.teacher, three, ledger)
            except Exception as fault_of_a_host:
                ledger.broken.append(("a step can be taken to its end", ledger.when, repr(fault_of_a_host)))
                if "--raise" in sys.argv:
                    raise
                one = None
                continue
            if len(ledger.broken) > broken:
                one = None  # what follows a fault would only repeat it
            tell(taken, ledger)
    return ledger


def found(fault: Fault, *, steps: int, seed: int) -> bool:
    """Whether the machine finds a fault that is put into the program, by a promise that it breaks."""
    ledger = live(steps, seed=seed, fault=fault.program, faulty=fault.hosts, stop=Stop(broken=1))
    return bool({promise for promise, _, _ in ledger.broken} & set(fault.breaks))


def _draw(life: Life) -> str:
    names = list(RULES)
    return life.random.choices(names, weights=[RULES[name][0] for name in names])[0]
