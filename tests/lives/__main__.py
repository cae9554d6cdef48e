"""`python -m tests.lives`: take steps, and print them by rule and host, and every promise with how often it was looked at and broken."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

from tests.lives.machine import RULES, live
from tests.lives.promises import PROMISES, Ledger


def lines(ledger: Ledger) -> list[str]:
    """What is printed."""
    rules = [*dict.fromkeys(rule for rule, _ in ledger.steps)]
    rules.sort(key=lambda rule: list(RULES).index(rule) if rule in RULES else len(RULES))
    told = [f"{'rule':30}{'file':>8}{'server':>8}{'lite':>8}"]
    told += [f"{rule:30}{''.join(f'{ledger.steps[rule, host]:8}' for host in ('file', 'server', 'lite'))}" for rule in rules]
    broken = Counter(promise for promise, _, _ in ledger.broken)
    told += ["", f"{'promise':100}{'checked':>9}{'broken':>8}"]
    told += [f"{promise:100}{ledger.checked[promise]:9}{broken[promise]:8}" for promise in PROMISES]
    told += ["", "refused, and why"]
    told += [f"{count:6}  {rule}: {words}" for (rule, words), count in ledger.refused.most_common(20)]
    first = {(promise, when): found for promise, when, found in reversed(ledger.broken)}
    told += ["", *(f"BROKEN  {promise}\n        {when}\n        {found}" for (promise, when), found in reversed(first.items()))]
    return [*told, f"{sum(ledger.checked.values())} checks, {len(ledger.broken)} broken"]


def main() -> None:
    """Take the steps that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--raise", action="store_true", help="end with the traceback of a step that cannot be taken to its end")
    given = parser.parse_args()
    begun = time.monotonic()

    def tell(step: int, ledger: Ledger) -> None:
        if step % 100 == 0:
            sys.stderr.write(f"{step} steps, {len(ledger.broken)} broken, {time.monotonic() - begun:.0f} s\n")

    ledger = live(given.steps, seed=given.seed, tell=tell)
    sys.stdout.write("\n".join(lines(ledger)) + "\n")
    sys.exit(bool(ledger.broken))


if __name__ == "__main__":
    main()
