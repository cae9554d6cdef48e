"""What gathers in an invented class's markbook: told by the model where it is the model's, and the same each time."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from addin.results.columns import DECISIONS
from model.scorecard import bundled, score
from model.training.cohorts import sample_class
from templates import layout
from templates.example import EARLIER_RUNS, invent_example
from templates.roster import invent_roster

pytestmark = pytest.mark.dates


@pytest.mark.parametrize("students", [1, 2, 30, 200])
def test_earlier_runs_are_what_the_scorecard_says(students: int) -> None:
    cohort = sample_class(students=students, seed=4, half_term=4, assessments=layout.assessments())
    roster = invent_roster(students=students, seed=4)
    history = invent_example(roster, cohort, seed=4).history
    assert len(history) == students * len(EARLIER_RUNS)
    for place, (half_term, day) in enumerate(EARLIER_RUNS):
        rows = history[place * students : (place + 1) * students]
        scores = score(cohort.up_to(half_term), card=bundled())
        assert {(row.half_term, row.day) for row in rows} == {(half_term, day)}
        assert [row.student_id for row in rows] == [student.student_id for student in roster]
        assert [row.flag for row in rows] == [flag.value for flag in scores.flags]
        risks = [np.nan if row.risk is None else row.risk for row in rows]
        np.testing.assert_allclose(risks, scores.risk, atol=5e-5)


def test_runs_stop_where_the_records_do() -> None:
    cohort = sample_class(students=12, seed=4, half_term=2, assessments=layout.assessments())
    made = invent_example(invent_roster(students=12, seed=4), cohort, seed=4)
    assert {row.day for row in made.history} == {date(2025, 12, 12)}


def test_decisions_are_about_those_who_came_first() -> None:
    cohort = sample_class(students=30, seed=4, half_term=4, assessments=layout.assessments())
    made = invent_example(invent_roster(students=30, seed=4), cohort, seed=4)
    decided = {i for i, (decision, _) in enumerate(made.decisions) if decision}
    assert decided == {i for i, row in enumerate(made.history[30:]) if row.priority is not None and row.priority <= 5}
    assert {decision for decision, _ in made.decisions} - {None} == set(DECISIONS)


def test_nobody_attends_more_clinics_than_were_offered() -> None:
    cohort = sample_class(students=200, seed=4, half_term=4, assessments=layout.assessments())
    columns = invent_example(invent_roster(students=200, seed=4), cohort, seed=4).columns
    pairs = list(zip(columns["Clinics offered"], columns["Clinics attended"], strict=True))
    assert any(offered for offered, _ in pairs)
    assert all((offered is None) is (came is None) for offered, came in pairs)
    assert all(0 < came <= offered for offered, came in pairs if offered is not None)  # type: ignore[operator]
