"""The machine: rules drawn at random from one seed, and the promises looked at after every step.

Hypothesis' state machines are not used: it keeps and shrinks whole runs, and is far from ten thousand steps on three hosts.
What it would shrink is small here anyway: a life has a few dozen steps, and every fault tells its life and step.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.lives.edits import EDITS
from tests.lives.hosts import hosts
from tests.lives.life import Life
from tests.lives.presses import PRESSES
from tests.lives.promises import Ledger, after_every_step

STEPS_OF_A_LIFE = 50
RULES = EDITS | PRESSES


@dataclass(frozen=True)
class Stop:
    """When a machine ends before its steps are over."""

    broken: int = 25


def live(
    steps: int,
    *,
    seed: int,
    fault: str = "",
    faulty: Sequence[str] = ("file", "server", "lite"),
    stop: Stop = Stop(),  # noqa: B008 - frozen
    tell: Callable[[int, Ledger], None] = lambda step, ledger: None,
) -> Ledger:
    """Take steps, life after life.

    Args:
        steps: How many.
        seed: What the dice begin with; the same seed takes the same steps.
        fault, faulty: As in `tests.lives.hosts.hosts`.
        tell: Called after every step.
    """
    ledger = Ledger()
    with tempfile.TemporaryDirectory() as place, hosts(Path(place), fault=fault, faulty=faulty) as three:
        life, taken, number = None, 0, 0
        while taken < steps and len(ledger.broken) < stop.broken:
            if life is None or taken % STEPS_OF_A_LIFE == 0:
                number += 1
                random = Random(f"{seed} {number}")
                for host in three:
                    for left in host.folder.glob("*.xlsx"):
                        left.unlink()
                life = Life.begun(random, three, ledger)
            rule = _draw(life)
            taken += 1
            ledger.when = f"seed {seed}, life {number}, step {taken}: {rule}"
            broken = len(ledger.broken)
            try:
                if not RULES[rule][1](life):
                    taken -= 1
                    continue
                if rule in EDITS:
                    for host in three:
                        ledger.steps[rule, host.name] += 1
                after_every_step(life.teacher, three, ledger)
            except Exception as fault_of_a_host:
                ledger.broken.append(("a step can be taken to its end", ledger.when, repr(fault_of_a_host)))
                if "--raise" in sys.argv:
                    raise
                life = None
                with suppress(ValueError):
                    taken += -taken % STEPS_OF_A_LIFE
                continue
            if len(ledger.broken) > broken:
                life = None  # what follows a fault would only repeat it
            tell(taken, ledger)
    return ledger


def _draw(life: Life) -> str:
    names = list(RULES)
    return life.random.choices(names, weights=[RULES[name][0] for name in names])[0]
