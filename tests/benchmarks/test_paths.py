"""The benchmark of paths runs, and a term by paths is worth more than one by the lowest marks, but not where luck alone decides."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.needs import KINDS
from benchmarks.paths import ASSUMED, LOWEST_TWO, OTHERS, PATH, USUAL, WAYS, WITHOUT, gains, tables
from model.training.topic_worlds import topic_worlds


def test_it_runs_in_tiny_sizes() -> None:
    by_world, by_assumed = tables(quick=True, classes=1)
    assert len(by_world.rows) == len(KINDS) * (len(topic_worlds()) + len(OTHERS))
    assert len(by_assumed.rows) == len(KINDS)
    assert len(by_assumed.notes) == 1


@pytest.mark.parametrize(("tests", "each"), [(4, 12), (12, 1)])
def test_a_path_is_worth_more_than_the_lowest_marks(tests: int, each: int) -> None:
    found = [gains(world, tests, each, 6) for world in topic_worlds()]
    worth = {way: np.mean([one[way].mean() for one in found]) for way in WAYS}
    assert worth[LOWEST_TWO] < worth[WITHOUT] < worth[PATH]


def test_what_is_missing_first_costs_something_where_topics_do_not_build_on_each_other() -> None:
    world = topic_worlds()[2]
    matter_not = next(assumed for assumed in ASSUMED if assumed.lost_at == np.inf)
    without, with_missing = (gains(world, 24, 1, 8, assumed) for assumed in (matter_not, USUAL))
    assert with_missing[PATH].mean() - with_missing[WITHOUT].mean() > without[PATH].mean() - without[WITHOUT].mean()
