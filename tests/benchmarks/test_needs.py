"""The benchmark of needs runs, and a perfect judge is not beaten by much."""

from __future__ import annotations

from benchmarks.needs import KINDS, OURS, PERFECT, RAW, hits, tables
from model.training.topic_worlds import topic_worlds


def test_it_runs_in_tiny_sizes() -> None:
    found = tables(quick=True, classes=1)
    assert [len(table.rows) for table in found] == [len(KINDS) * len(topic_worlds())]
    assert len(found[0].notes) == len(KINDS)


def test_the_judge_who_knows_the_world_is_at_least_as_good_as_raw_marks() -> None:
    told = hits(topic_worlds()[0], 4, 12, 25)
    assert told[RAW] < told[OURS] <= told[PERFECT] + 0.05
