"""The scorecard: equal to the pipeline, verified before use, readable for ever, and without scikit-learn."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from dataclasses import replace
from importlib import resources
from pathlib import Path

import joblib
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.errors import ScorecardError
from model.features import FEATURE_NAMES, FEATURES
from model.pinned import SCORECARD_SHA256
from model.scorecard import Thresholds, bundled, contributions, load, parse, priorities, score
from model.students import Assessment, Cohort
from model.training.cohorts import schools
from model.training.worlds import World
from model.vocabulary import Flag, SupportTier

FOLDER = Path(str(resources.files("model")))
OLD = Path(__file__).parent / "scorecards"


def test_bundled_files_belong_together() -> None:
    assert hashlib.sha256((FOLDER / "scorecard.json").read_bytes()).hexdigest() == SCORECARD_SHA256
    assert hashlib.sha256((FOLDER / "risk_model.joblib").read_bytes()).hexdigest() == bundled().artefact_sha256
    assert (FOLDER / "scorecard.json").stat().st_size <= 10_000
    assert bundled().to_json() == (FOLDER / "scorecard.json").read_text(encoding="utf-8")


def test_equal_to_the_pipeline_on_ten_thousand_rows() -> None:
    pipeline = joblib.load(FOLDER / "risk_model.joblib")
    rng = np.random.default_rng(1)
    card = bundled()
    matrix = card.mean + 2.5 * card.scale * rng.standard_normal((10_000, len(FEATURE_NAMES)))
    totals = contributions(card, matrix).sum(axis=2) + card.intercepts[:, None]
    np.testing.assert_allclose(totals.T, pipeline.decision_function(matrix), rtol=0, atol=1e-9)
    np.testing.assert_allclose(1 / (1 + np.exp(-totals[0])), pipeline.predict_proba(matrix)[:, 1], rtol=0, atol=1e-9)


def test_scores_are_those_of_the_contributions() -> None:
    cohort = next(schools(World(), students=1, seed=2, sizes=(30, 30))).at(3)
    scores = score(cohort)
    log_odds = scores.contributions.sum(axis=1) + bundled().intercepts[0]
    known = ~np.isnan(scores.risk)
    np.testing.assert_allclose(scores.risk[known], 1 / (1 + np.exp(-log_odds[known])))


def test_engagement_is_capped_and_the_rest_is_not() -> None:
    card = bundled()
    matrix = np.vstack([card.mean, card.mean])
    engaged = np.isin(card.features, card.engagement)
    matrix[0, engaged] -= 100 * card.scale[engaged] * np.sign(1)
    parts = contributions(card, matrix)
    assert np.abs(parts[0, :, engaged].sum(axis=0)).max() <= card.cap + 1e-9
    assert {f.name for f in FEATURES if f.family == "engagement"} == set(card.engagement)


def test_signs_hold_in_the_shipped_coefficients() -> None:
    signs = np.array([feature.sign for feature in FEATURES])
    assert (bundled().coefficients * signs >= 0).all()


def test_no_mark_no_score() -> None:
    test = Assessment(title="Angles", out_of=20)
    cohort = Cohort.build(keys=("a", "b"), half_term=2, target=[5, 5], assessments=(test,), earned=[[np.nan], [3]])
    scores = score(cohort)
    assert np.isnan(scores.risk[0])
    assert np.isnan(scores.predicted[0])
    assert scores.flags[0] is Flag.NOT_ENOUGH
    assert scores.tiers[0] is None
    assert scores.priority.tolist() == [0, 1]


def test_intervals_tiers_and_flags_agree() -> None:
    for sheet in schools(World(), students=600, seed=4):
        scores = score(sheet.at(4))
        known = ~np.isnan(scores.risk)
        assert (scores.severe[known] <= scores.risk[known]).all()
        assert (scores.low[known] <= scores.predicted[known]).all()
        assert (scores.predicted[known] <= scores.high[known]).all()
        for flag, tier in zip(scores.flags, scores.tiers, strict=True):
            assert (tier is SupportTier.ON_TRACK) == (flag is Flag.ON_TRACK)
            assert (tier is None) == (flag is Flag.NOT_ENOUGH)


def test_the_interval_is_narrower_on_foundation_papers_and_as_before_in_cards_that_do_not_say_so() -> None:
    test = Assessment(title="Angles", out_of=20)
    cohort = Cohort.build(
        keys=("f", "h", "n"),
        half_term=3,
        target=[5, 5, 5],
        higher=[0, 1, np.nan],
        assessments=(test,),
        earned=[[10], [10], [10]],
    )
    for card in (bundled(), load(OLD / "format_2.json")):
        scores = score(cohort, card=card)
        foundation, higher, none = (scores.high - scores.low).tolist()
        assert foundation / higher == pytest.approx(card.foundation)
        assert higher == pytest.approx(none)
    assert bundled().foundation < 1 == load(OLD / "format_2.json").foundation


def test_thresholds_decide_the_flags() -> None:
    cohort = next(schools(World(), students=1, seed=2, sizes=(30, 30))).at(3)
    counts = [
        score(cohort, thresholds=Thresholds(high=high, watch=0.01)).flags.count(Flag.HIGH) for high in (0.2, 0.5, 0.9)
    ]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1]


@given(
    risk=st.lists(st.one_of(st.floats(0, 1), st.just(float("nan"))), min_size=1, max_size=30),
    blend=st.floats(0, 1),
    seed=st.integers(0, 99),
)
def test_priorities_are_one_to_n_without_ties(risk: list[float], blend: float, seed: int) -> None:
    gap = np.random.default_rng(seed).normal(size=len(risk)).round(1)
    keys = tuple(f"k{i:02d}" for i in range(len(risk)))
    order = priorities(np.array(risk), gap, keys, blend=blend)
    scored = ~np.isnan(risk)
    assert sorted(order[scored]) == list(range(1, int(scored.sum()) + 1))
    assert (order[~scored] == 0).all()


@given(
    risk=st.lists(st.floats(0, 1), min_size=1, max_size=30),
    blend=st.floats(0, 1),
    seed=st.integers(0, 99),
    gone=st.integers(0, 3),
)
def test_order_and_flags_agree(risk: list[float], blend: float, seed: int, gone: int) -> None:
    first = np.arange(len(risk)) < gone
    risks = np.where(first, np.nan, risk)
    gap = np.random.default_rng(seed).normal(size=len(risk)).round(1)
    cuts = Thresholds(high=0.7, watch=0.35)
    order = priorities(risks, gap, tuple(f"k{i:02d}" for i in range(len(risk))), blend=blend, cuts=cuts, first=first)
    assert sorted(order) == list(range(1, len(risk) + 1))
    assert (order[first] <= first.sum()).all()
    flags = np.digitize(risks[np.argsort(order)][first.sum() :], [cuts.watch, cuts.high])
    assert (np.diff(flags) <= 0).all(), "no Watch before a High"


def test_one_changed_byte_is_refused(tmp_path: Path) -> None:
    content = bytearray((FOLDER / "scorecard.json").read_bytes())
    content[len(content) // 2] ^= 1
    copy = tmp_path / "scorecard.json"
    copy.write_bytes(content)
    with pytest.raises(ScorecardError, match=r"scorecard\.json: its SHA-256 begins .* it has been changed"):
        load(copy, sha256=SCORECARD_SHA256)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not a scorecard"),
        ("[]", "not a scorecard"),
        ('{"format": 99}', "format 99 is not one that this program reads"),
        ('{"format": 1}', "Learn from last year again"),
        ('{"format": 2}', "not a scorecard"),
        ('{"format": 2, "features": ["shoe size"]}', "feature 'shoe size' is unknown"),
    ],
)
def test_what_is_no_scorecard_is_told_in_one_line(text: str, says: str) -> None:
    with pytest.raises(ScorecardError, match=says) as told:
        parse(text)
    assert "\n" not in str(told.value)


def test_missing_scorecard_is_told(tmp_path: Path) -> None:
    with pytest.raises(ScorecardError, match="cannot be read"):
        load(tmp_path / "scorecard.json")


def test_a_scorecard_of_features_that_are_no_longer_made_is_refused_with_the_way_on() -> None:
    with pytest.raises(
        ScorecardError, match=r"format 1 is not one .* Learn from last year again with 'markbook adapt'"
    ):
        load(OLD / "format_1.json")


@pytest.mark.parametrize("path", sorted(set(OLD.glob("*.json")) - {OLD / "format_1.json"}), ids=lambda p: p.stem)
def test_old_scorecards_keep_loading_and_scoring_the_same(path: Path) -> None:
    card = load(path)
    expected = json.loads(path.with_suffix(".expected").read_text(encoding="utf-8"))
    waves = np.sin(np.outer(np.arange(1, 6), np.arange(1, len(card.features) + 1)))
    totals = contributions(card, card.mean + card.scale * waves).sum(axis=2) + card.intercepts[:, None]
    np.testing.assert_allclose(totals, expected, rtol=0, atol=1e-9)


def test_there_is_an_old_scorecard_to_hold() -> None:
    assert [path.stem for path in sorted(OLD.glob("*.json"))] == ["format_1", "format_2"]


def test_a_scorecard_may_know_fewer_features_than_the_program() -> None:
    card = bundled()
    keep = [i for i, name in enumerate(card.features) if not name.startswith("ambition")]
    fewer = replace(
        card,
        features=tuple(card.features[i] for i in keep),
        mean=card.mean[keep],
        scale=card.scale[keep],
        coefficients=card.coefficients[:, keep],
    )
    cohort = next(schools(World(), students=1, seed=2, sizes=(12, 12))).at(3)
    assert np.isfinite(score(cohort, card=parse(fewer.to_json())).risk[cohort.has_mark]).all()


def test_scoring_imports_no_scikit_learn_pandas_or_joblib() -> None:
    code = (
        "import sys\n"
        "from model.scorecard import score, bundled\n"
        "from model.students import Assessment, Cohort\n"
        "test = Assessment(title='Angles', out_of=20)\n"
        "score(Cohort.build(keys=('a',), half_term=1, assessments=(test,), earned=[[3]]))\n"
        "print(*{name.partition('.')[0] for name in sys.modules} & {'sklearn', 'pandas', 'joblib', 'scipy', 'openpyxl'})\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
