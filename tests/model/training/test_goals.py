"""The goals in worlds that no training saw: one world that fails at one half-term is enough to miss them."""

from __future__ import annotations

import pandas as pd
import pytest

from model.training.goals import Goal, unseen_goals

GOOD = {
    "calibration": 0.02,
    "foundation said": 0.4,
    "foundation seen": 0.41,
    "higher said": 0.4,
    "higher seen": 0.41,
    "found": 0.85,
    "within interval": 0.8,
}


def judged(**changed: float) -> dict[str, Goal]:
    """The goals over three worlds and three half-terms, all good but for one figure of one of them; by name."""
    cells = [
        {"world": world, "half_term": half_term, **GOOD}
        for world in ("tests by set", "another country", "small mixed classes")
        for half_term in (2, 3, 6)
    ]
    cells[4] |= {name.replace("_", " "): value for name, value in changed.items()}
    goals = unseen_goals(pd.DataFrame(cells), pd.DataFrame([{"calibration": 0.03}]))
    return {goal.name.removeprefix("kinds that no training saw").lstrip(":, "): goal for goal in goals}


def test_all_are_met_where_every_world_is_good() -> None:
    assert all(goal.met for goal in judged().values())


@pytest.mark.parametrize(
    ("changed", "missed"),
    [
        ({"found": 0.799}, "missers found by High and Watch, worst of all"),
        ({"within_interval": 0.749}, "grade within the 80 % interval, least of all"),
        ({"within_interval": 0.851}, "grade within the 80 % interval, most of all"),
        ({"calibration": 0.041}, "calibration error, worst of all"),
        ({"higher_said": 0.5}, "said from seen in a tier, worst of all"),
    ],
)
def test_one_cell_that_fails_is_not_averaged_away(changed: dict[str, float], missed: str) -> None:
    goals = judged(**changed)
    assert [name for name, goal in goals.items() if not goal.met] == [missed]
