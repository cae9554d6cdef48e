"""Learning from the school's own outcomes: what is used, what is compared, what takes effect, and what it does next year."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from addin.hosts.closed_file import ClosedFile
from addin.reading.markbook import read_markbook
from benchmarks.adapt import judge, school
from model.errors import OutcomesError
from model.features import FEATURES
from model.learning.adapt import CLEAR, Adaptation, learn
from model.learning.comparison import folds
from model.learning.drift import SURE, Drift, calibration_drift
from model.learning.outcomes import outcomes_of
from model.learning.refit import Candidate, Freedom, log_odds, refit
from model.means import mean_over
from model.scorecard import bundled, parse, score
from model.students import Cohort
from model.training.cohorts import SyntheticSheet
from model.training.worlds import World, worlds
from tests.public_data import data_folder

WORLDS = {world.name: world for world in worlds()}


def last_year(world: World, students: int, seed: int) -> SyntheticSheet:
    return school(world, students=students, seed=seed, next_years=0)[0]


def drift_of(sheet: SyntheticSheet) -> Drift:
    outcomes = outcomes_of(sheet.cohort, sheet.final_grade, card=bundled())
    return calibration_drift(outcomes, log_odds(bundled(), outcomes.matrix)[:, 0])


@pytest.fixture(scope="module")
def sheet() -> SyntheticSheet:
    return last_year(WORLDS["base"], 60, 5)


@pytest.fixture(scope="module")
def small(sheet: SyntheticSheet) -> Adaptation:
    return learn(sheet.cohort, sheet.final_grade, repeats=1)


# What is learnt from


def test_every_student_counts_once(sheet: SyntheticSheet) -> None:
    outcomes = outcomes_of(sheet.cohort, sheet.final_grade, card=bundled())
    assert outcomes.half_terms == (1, 2, 3, 4, 5, 6)
    np.testing.assert_allclose(np.bincount(outcomes.student, weights=outcomes.weight), 1.0)
    np.testing.assert_array_equal(
        outcomes.per_student(outcomes.gap).round(9), [sheet.gap[sheet.cohort.keys.index(key)] for key in outcomes.keys]
    )


def test_undated_assessments_leave_the_end_of_the_year(sheet: SyntheticSheet) -> None:
    first, *rest = sheet.cohort.assessments
    cohort = replace(sheet.cohort, assessments=(replace(first, half_term=None), *rest))
    outcomes = outcomes_of(cohort, sheet.final_grade, card=bundled())
    assert outcomes.half_terms == (6,)
    assert "1 assessment has no half-term" in outcomes.notes[0]


def test_a_working_at_grade_of_the_summer_is_not_known_in_autumn(sheet: SyntheticSheet) -> None:
    known = replace(sheet.cohort, working_at=sheet.final_grade)
    with_it = outcomes_of(known, sheet.final_grade, card=bundled())
    without = outcomes_of(sheet.cohort, sheet.final_grade, card=bundled())
    earlier = with_it.half_term < 6
    np.testing.assert_array_equal(with_it.matrix[earlier], without.matrix[earlier])
    assert (with_it.matrix[~earlier] != without.matrix[~earlier]).any()


def test_fewer_than_thirty_outcomes_are_refused(sheet: SyntheticSheet) -> None:
    final = sheet.final_grade.copy()
    final[29:] = np.nan
    with pytest.raises(OutcomesError, match=r"29 students .* at least 30"):
        learn(sheet.cohort, final)
    with pytest.raises(OutcomesError, match="0 students have a target"):
        learn(replace(sheet.cohort, target=np.full(60, np.nan)), sheet.final_grade)
    with pytest.raises(OutcomesError, match="No final grade"):
        learn(sheet.cohort, np.full(60, np.nan))


def test_one_kind_of_outcome_is_refused(sheet: SyntheticSheet) -> None:
    with pytest.raises(OutcomesError, match="Of 60 students 0 missed"):
        learn(sheet.cohort, np.full(60, 9.0))


def test_thirty_are_enough() -> None:
    sheet = last_year(WORLDS["base"], 30, 1)
    done = learn(sheet.cohort, sheet.final_grade, repeats=1)
    assert done.outcomes == 30
    assert done.candidate.freedom is not Freedom.REFITTED


def test_students_are_held_out_whole(sheet: SyntheticSheet) -> None:
    outcomes = outcomes_of(sheet.cohort, sheet.final_grade, card=bundled())
    parts = list(folds(outcomes, np.random.default_rng(1)))
    np.testing.assert_array_equal(np.sum(parts, axis=0), 1)
    for held in parts:
        assert not set(outcomes.student[held]) & set(outcomes.student[~held])
        assert 0 < outcomes.missed[held].mean() < 1


# What comes of it


def test_the_scorecard_is_one(small: Adaptation) -> None:
    card, shipped = small.card, bundled()
    assert parse(card.to_json()).to_json() == card.to_json()
    for name in ("mean", "scale"):
        np.testing.assert_array_equal(getattr(card, name), getattr(shipped, name))
    for name in ("features", "engagement", "cap", "cap_in_grades", "reference", "versions", "artefact_sha256"):
        assert getattr(card, name) == getattr(shipped, name), name
    assert (card.coefficients * [feature.sign for feature in FEATURES] >= 0).all()
    assert card.thresholds == shipped.thresholds, "sixty outcomes choose no thresholds"
    assert all(card.interval[t] >= shipped.interval[t] for t in shipped.interval)


@pytest.mark.parametrize("freedom", list(Freedom))
def test_no_way_to_refit_turns_a_sign(freedom: Freedom) -> None:
    # Outcomes turned upside down pull every weight the wrong way.
    sheet = last_year(WORLDS["base"], 60, 6)
    outcomes = outcomes_of(sheet.cohort, sheet.cohort.target + sheet.gap, card=bundled())
    card = refit(
        bundled(), Candidate(freedom=freedom, strength=0.1),
        matrix=outcomes.matrix, gap=outcomes.gap, weight=outcomes.weight,
    )  # fmt: skip
    assert (card.coefficients * [feature.sign for feature in FEATURES] >= 0).all()
    assert np.isfinite(card.coefficients).all()


def test_the_order_of_the_sheet_changes_nothing(sheet: SyntheticSheet, small: Adaptation) -> None:
    rows = np.random.default_rng(2).permutation(sheet.cohort.size)
    shuffled = learn(sheet.cohort.take(rows), sheet.final_grade[rows], repeats=1)
    np.testing.assert_allclose(shuffled.card.coefficients, small.card.coefficients, atol=1e-8)
    assert shuffled.gain == pytest.approx(small.gain, abs=1e-8)
    assert shuffled.accepted == small.accepted


def test_accepted_means_clearly_better(small: Adaptation) -> None:
    assert small.accepted == (small.gain > CLEAR * small.error)
    assert f"{abs(small.gain):.3f}" in small.verdict
    assert f"{small.error:.3f}" in small.verdict


def test_what_has_no_half_term_three_keeps_its_thresholds() -> None:
    sheet = last_year(WORLDS["base"], 210, 3)
    undated = tuple(replace(assessment, half_term=None) for assessment in sheet.cohort.assessments)
    done = learn(replace(sheet.cohort, assessments=undated), sheet.final_grade, repeats=1)
    assert done.card.thresholds == bundled().thresholds
    assert done.card.interval[3] == bundled().interval[3]
    assert done.card.interval[6] != bundled().interval[6]
    assert any("Thresholds stay" in note for note in done.notes)


# Drift


@pytest.mark.parametrize("seed", range(3))
def test_drift_is_found_in_a_pandemic_year(seed: int) -> None:
    drift = drift_of(last_year(WORLDS["no growth"], 180, seed))
    assert drift.found
    assert drift.missed - drift.mean_risk > 0.1
    assert "risks were too low by" in str(drift)


def test_false_alarms_are_rare() -> None:
    # Outcomes are drawn by the very risks that were said, so no drift is real: each of two tests errs in one school of a hundred.
    alarms = 0
    for seed in range(20):
        sheet = last_year(WORLDS["base"], 180, seed)
        undated = tuple(replace(assessment, half_term=None) for assessment in sheet.cohort.assessments)
        outcomes = outcomes_of(replace(sheet.cohort, assessments=undated), sheet.final_grade, card=bundled())
        said = log_odds(bundled(), outcomes.matrix)[:, 0]
        drawn = np.random.default_rng(seed).random(len(said)) < 1 / (1 + np.exp(-said))
        alarms += calibration_drift(replace(outcomes, gap=drawn.astype(float)), said).found
    assert alarms <= 2


def test_in_the_base_world_risks_are_right_in_the_large() -> None:
    # Every synthetic school is a little better or worse than the mean. Risks are a little too cautious there, since the model has
    # seen noisier schools too; that may be found by the slope, and adapting then sharpens them.
    drifts = [drift_of(last_year(WORLDS["base"], 180, seed)) for seed in range(20)]
    assert sum(abs(drift.z) > SURE for drift in drifts) <= 3
    assert abs(np.mean([drift.missed - drift.mean_risk for drift in drifts])) <= 0.03


def test_risks_that_part_the_outcomes_entirely_have_a_slope() -> None:
    n = 40
    cohort = Cohort.build(keys=[f"{i:02d}" for i in range(n)], half_term=1)
    sheet = last_year(WORLDS["base"], n, 1)
    outcomes = outcomes_of(replace(sheet.cohort, keys=cohort.keys), sheet.final_grade, card=bundled())
    drift = calibration_drift(outcomes, np.where(outcomes.missed == 1, 2.0, -2.0))
    assert 1 < drift.slope < 20
    assert np.isfinite([drift.slope_low, drift.slope_high]).all()


# The year after (the whole table: python -m benchmarks.adapt)


def changes(world: str, seeds: range) -> tuple[float, int]:
    """Mean change of recall at 20 % in the next years of 180 students, and how many schools accepted."""
    total, accepted = 0.0, 0
    for seed in seeds:
        last, *following = school(WORLDS[world], students=180, seed=seed)
        done = learn(last.cohort, last.final_grade, repeats=1)
        if done.accepted:
            accepted += 1
            total += judge(following, done.card)[0] - judge(following, bundled())[0]
    return total / len(seeds), accepted


def test_it_does_no_harm_where_engagement_has_no_effect() -> None:
    # The score finds that out from the sheet, so little is left to learn.
    change, _ = changes("engagement without effect", range(2))
    assert change >= -0.005


@pytest.mark.parametrize("seed", range(3))
def test_real_pupils_are_learnt_from_nearly_as_well_as_by_a_regression_of_their_own(seed: int) -> None:
    folder = data_folder("sheets")
    if folder is None:
        pytest.skip("needs shared/data/sheets or MARKBOOK_DATA")
    markbook = read_markbook(ClosedFile(folder / "uci_mat.xlsx", output=Path("unused.xlsx")).read())
    cohort, failed = markbook.cohort, markbook.cohort.target - markbook.final_grade >= 1
    order = np.random.default_rng(seed).permutation(cohort.size)
    last, following = order[:150], order[150:]
    done = learn(cohort.take(last), markbook.final_grade[last], repeats=1)
    assert done.accepted
    known = np.column_stack([cohort.earned, mean_over(cohort.attendance), mean_over(cohort.effort)])
    fitted = make_pipeline(StandardScaler(), LogisticRegression()).fit(known[last], failed[last])
    adapted, shipped = (score(cohort.take(following), card=card).risk for card in (done.card, bundled()))
    theirs = fitted.predict_proba(known[following])[:, 1]
    truth = failed[following]
    assert roc_auc_score(truth, adapted) >= roc_auc_score(truth, theirs) - 0.02
    assert ((adapted - truth) ** 2).mean() < ((shipped - truth) ** 2).mean() - 0.01


def test_it_declines_or_does_no_harm_in_the_base_world() -> None:
    change, _ = changes("base", range(2))
    assert change >= -0.005
