"""Learns the spreads that needs over the map rest on (`model.topic_levels.LEARNT`) from training classes of known worlds.

    python -m model.training.topic_spreads

The spreads are those under which the marks of the training classes are likeliest (marginal likelihood; Rasmussen and Williams,
Gaussian processes for machine learning, 2006, section 5.4), found by a search along one spread after the other. The classes are
of all worlds together, the one where the map says nothing among them, so that the map is believed no further than it deserves;
the benchmark of needs draws other classes.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from model.curriculum import topics
from model.means import within
from model.students import FloatArray
from model.topic_levels import LEARNT, Columns, Group, Spreads, columns_of, model_of
from model.training.topic_worlds import class_with_tests, topic_worlds

SEED = 2_611
KINDS = ((4, 1), (12, 1), (24, 1), (4, 6), (4, 12))
"""Tests and topics of each, as in the benchmark."""

STEPS = {
    "strand": (0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0),
    "along": (0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0),
    "own": (0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0),
    "day": (3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0),
    "mark": (0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.5),
    "reach": (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0),
}


@dataclass(frozen=True, kw_only=True, eq=False)
class Marks:
    """The marks of one class, as `topic_levels.believed` is told them."""

    points: FloatArray
    groups: tuple[Group, ...]
    columns: Columns


def training_classes(*, of_each: int, seed: int = SEED) -> list[Marks]:
    """Classes of every world and kind of markbook."""
    rng = np.random.default_rng(seed)
    found = []
    for world in topic_worlds():
        for tests, each in KINDS:
            for _ in range(of_each):
                sheet = class_with_tests(world, tests=tests, rng=rng, topics_each=each)
                cohort = sheet.cohort
                earned = cohort.parts_earned if cohort.parts else cohort.earned
                totals = np.array([part.out_of for part in cohort.parts]) if cohort.parts else cohort.totals
                columns = columns_of(earned, totals)
                found.append(
                    Marks(
                        points=within(earned, earned) * columns.spread,
                        groups=tuple((topics()[id_].strand, topics()[id_].name) for id_ in sheet.tested),
                        columns=columns,
                    )
                )
    return found


def likelihood(classes: Sequence[Marks], spreads: Spreads) -> float:
    """The mean log-likelihood of a mark under some spreads; students with all marks count."""
    total, marks = 0.0, 0
    for each in classes:
        rows = each.points[~np.isnan(each.points).any(axis=1)]
        cov, noise, _ = model_of(each.groups, each.columns, spreads)
        whole = cov + np.diag(noise)
        _, size = np.linalg.slogdet(whole)
        total -= 0.5 * (len(rows) * size + float(np.einsum("nk,kn->", rows, np.linalg.solve(whole, rows.T))))
        marks += rows.size
    return total / marks


def learn(classes: Sequence[Marks], *, start: Spreads = LEARNT, rounds: int = 8) -> Spreads:
    """The likeliest spreads on the grid of `STEPS`."""
    best = start
    for _ in range(rounds):
        before = best
        for name, values in STEPS.items():
            tried = [replace(best, **{name: value}) for value in values]
            best = max(tried, key=lambda spreads: likelihood(classes, spreads))
        if best == before:
            break
    return best


def main() -> None:
    """Learn and print."""
    classes = training_classes(of_each=16)
    found = learn(classes)
    sys.stdout.write(f"{found}\nlog-likelihood of a mark {likelihood(classes, found):.4f}\n")
    for name in ("strand", "along", "own"):
        sys.stdout.write(f"without {name}: {likelihood(classes, replace(found, **{name: 0.0})):.4f}\n")


if __name__ == "__main__":
    main()
