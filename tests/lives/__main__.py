"""`python -m tests.lives`: take steps; print them by rule and host, and how often each promise was looked at and broken."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

from tests.lives.faults import FAULTS
from tests.lives.machine import RULES, Stop, found, live
from tests.lives.promises import PROMISES, Ledger

MOST_FOR_A_FAULT = 1000


def lines(ledger: Ledger) -> list[str]:
    """What is printed."""
    rules = [*dict.fromkeys(rule for rule, _ in ledger.steps)]
    rules.sort(key=lambda rule: list(RULES).index(rule) if rule in RULES else len(RULES))
    told = [f"{'rule':30}{'file':>8}{'server':>8}{'lite':>8}"]
    told += [
        f"{rule:30}{''.join(f'{ledger.steps[rule, host]:8}' for host in ('file', 'server', 'lite'))}" for rule in rules
    ]
    broken = Counter(promise for promise, _, _ in ledger.broken)
    told += ["", f"{'promise':100}{'checked':>9}{'broken':>8}"]
    told += [f"{promise:100}{ledger.checked[promise]:9}{broken[promise]:8}" for promise in PROMISES]
    told += ["", "refused, and why"]
    told += [f"{count:6}  {rule}: {words}" for (rule, words), count in ledger.refused.most_common(20)]
    first = {(promise, when): found for promise, when, found in reversed(ledger.broken)}
    told += [
        "",
        *(f"BROKEN  {promise}\n        {when}\n        {found}" for (promise, when), found in reversed(first.items())),
    ]
    return [*told, f"{sum(ledger.checked.values())} checks, {len(ledger.broken)} broken"]


def main() -> None:
    """Take the steps that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=float("inf"), help="end after so long, whatever is done")
    parser.add_argument("--life", type=int, default=1, help="the life to begin with: each has dice of its own")
    parser.add_argument(
        "--raise", action="store_true", help="end with the traceback of a step that cannot be taken to its end"
    )
    parser.add_argument(
        "--faults", action="store_true", help="instead, look whether every fault that is put in is found"
    )
    given = parser.parse_args()
    if given.faults:
        silent = [
            fault.name
            for fault in FAULTS
            if not found(fault, steps=min(given.steps, MOST_FOR_A_FAULT), seed=given.seed)
        ]
        sys.stdout.writelines(f"{'MISSED' if fault.name in silent else 'found '}  {fault.name}\n" for fault in FAULTS)
        sys.exit(bool(silent))
    begun, told = time.monotonic(), [0]

    def tell(step: int, ledger: Ledger) -> None:
        for promise, when, what in ledger.broken[told.pop() :]:
            sys.stderr.write(f"BROKEN  {promise}\n        {when}\n        {what}\n")
        told.append(len(ledger.broken))
        if step % 100 == 0:
            sys.stderr.write(f"{step} steps, {len(ledger.broken)} broken, {time.monotonic() - begun:.0f} s\n")

    ledger = live(given.steps, seed=given.seed, life=given.life, tell=tell, stop=Stop(at=begun + 60 * given.minutes))
    sys.stdout.write("\n".join(lines(ledger)) + "\n")
    sys.exit(bool(ledger.broken))


if __name__ == "__main__":
    main()
