"""Train the model on synthetic schools and write it down: pipeline, scorecard and the hash that pins it.

Rebuilds the same files from the same seed. The date, the versions and the pipeline's bytes change only when a coefficient
does, so that training again leaves no trace in version control.
"""

from __future__ import annotations

import hashlib
import io
import platform
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib import metadata
from pathlib import Path

import joblib
import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

from model.errors import MarkbookError
from model.features import ENGAGEMENT, FEATURE_NAMES, FEATURES, features
from model.heads import GapHeads
from model.means import mean_over
from model.scorecard import Scorecard, Thresholds, load, score
from model.standing.place import standing
from model.standing.reference import Reference
from model.students import FloatArray
from model.training.cohorts import SyntheticSheet, schools
from model.training.measure import reference_of
from model.training.widths import intervals
from model.training.worlds import World, kinds
from model.vocabulary import HALF_TERMS

SEED = 20260901
TRAINING_STUDENTS, CALIBRATION_STUDENTS, TEST_STUDENTS = 48_000, 96_000, 4_800
"""To know how far one kind of school strays takes many whole schools: with 12,000 students a kind has about fifteen, and another
seed moved the interval by a twentieth; with 96,000 by a fiftieth."""

BASE_SHARE = 0.3
"""Of the training students, those of the base world."""

DIGITS = 10  # of every coefficient, in the scorecard and in the pipeline alike

L2 = 30.0
"""One in a thousand of the rows: enough to share the weight between features that say nearly the same."""

CAP, CAP_IN_GRADES = 1.5, 0.75
"""Engagement may move the log-odds by no more than this (about the 2nd and 98th percentile of what it contributes in the
base world): from a risk of .5 to .18 or .82, never further, however bad the homework."""

BLEND = 0.8
"""Weight of risk in the priority order; the rest goes to the plain rule. The weight of least regret over all worlds, found on
tuning seeds that no reported figure uses (`evaluate.choose_blend`)."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Rows:
    """Training rows: one per student and half-term."""

    matrix: FloatArray
    gap: FloatArray
    half_term: FloatArray
    trust: FloatArray
    higher: FloatArray
    school: FloatArray
    world: npt.NDArray[np.str_]


def training_sheets(*, students: int, seed: int) -> list[SyntheticSheet]:
    """Schools of the base world, and as many of worlds that differ in kind, in equal parts.

    What is learnt from one world is wrong in the next; a model that has seen many relies on what holds in all (Tobin and others,
    2017, call it domain randomisation). The kinds of `worlds.held_out` are left for judging.
    """
    others = kinds()
    shares = [(World(), BASE_SHARE), *((world, (1 - BASE_SHARE) / len(others)) for world in others)]
    sheets = [sheet for world, share in shares for sheet in schools(world, students=int(share * students), seed=seed)]
    return [replace(sheet, school=number) for number, sheet in enumerate(sheets)]


def rows_of(
    sheets: Sequence[SyntheticSheet], reference: Reference, half_terms: Sequence[int] = range(1, HALF_TERMS + 1)
) -> Rows:
    """The rows of all sheets at all half-terms, students without any mark left out."""
    parts = []
    for sheet in sheets:
        for half_term in half_terms:
            cohort = sheet.at(half_term)
            placed = standing(cohort, reference=reference)
            keep = placed.scorable
            count = int(keep.sum())
            parts.append(
                (
                    features(cohort, reference=reference, placed=placed)[keep],
                    sheet.gap[keep],
                    np.full(count, half_term, dtype=np.float64),
                    placed.trust[keep],
                    cohort.higher[keep],
                    np.full(count, sheet.school, dtype=np.float64),
                    np.full(count, sheet.world.name),
                )
            )
    matrix, gap, half_term_of, reliable, higher, school, world = (
        np.concatenate(columns) for columns in zip(*parts, strict=True)
    )
    return Rows(
        matrix=matrix, gap=gap, half_term=half_term_of, trust=reliable, higher=higher, school=school, world=world
    )


def new_pipeline() -> Pipeline:
    """The pipeline before fitting: standardise, then the heads."""
    return Pipeline(
        [
            ("standardise", StandardScaler()),
            (
                "heads",
                GapHeads(
                    signs=[feature.sign for feature in FEATURES],
                    capped=[i for i, feature in enumerate(FEATURES) if feature.family == ENGAGEMENT],
                    cap=CAP,
                    cap_in_grades=CAP_IN_GRADES,
                    l2=L2,
                ),
            ),
        ]
    )


def round_pipeline(pipeline: Pipeline) -> Pipeline:
    """Round every number of a fitted pipeline to `DIGITS` digits, so that it and the scorecard are the same model."""
    scaler, heads = pipeline.named_steps["standardise"], pipeline.named_steps["heads"]
    scaler.mean_, scaler.scale_ = np.round(scaler.mean_, DIGITS), np.round(scaler.scale_, DIGITS)
    heads.coef_, heads.intercept_ = np.round(heads.coef_, DIGITS) + 0.0, np.round(heads.intercept_, DIGITS)
    return pipeline


def choose_thresholds(
    risk: FloatArray, missed: FloatArray, early: tuple[FloatArray, FloatArray] | None = None
) -> Thresholds:
    """The thresholds that keep the promises of the flags.

    High: the lowest step of .05 from which at half-term 3 at least 8 in 10 of all marked miss their target, with a margin of
    .02, and at most a quarter of the students is marked. Watch: the highest step of .01 at which Watch and High together find
    at least 8 in 10 of those who miss their target, with a margin of .04 at half-term 3, and of .02 at half-term 2 already.

    Args:
        risk: (n,) risks at half-term 3 on schools that the model has not seen.
        missed: (n,) 1 where the target was missed.
        early: The same at half-term 2, where it is known.
    """
    steps = [float(step) for step in np.round(np.arange(0.05, 0.96, 0.05), 2)]

    def keeps_its_promise(threshold: float) -> bool:
        marked = risk >= threshold
        return bool(0 < marked.mean() <= 0.25 and missed[marked].mean() >= 0.82)

    high = next((step for step in steps if keeps_its_promise(step)), steps[-1])

    def finds(threshold: float) -> bool:
        found = (missed * (risk >= threshold)).sum() >= 0.84 * missed.sum()
        if early is None:
            return bool(found)
        return bool(found and (early[1] * (early[0] >= threshold)).sum() >= 0.82 * early[1].sum())

    fine = [float(step) for step in np.round(np.arange(0.05, high, 0.01), 2)]
    return Thresholds(high=high, watch=max(filter(finds, fine), default=fine[0]))


def fit(*, seed: int = SEED, students: int = TRAINING_STUDENTS) -> tuple[Pipeline, Scorecard]:
    """Fit the model on synthetic schools.

    Returns:
        The fitted, rounded pipeline and its scorecard, whose `artefact_sha256` is still empty.
    """
    sheets = training_sheets(students=students, seed=seed)
    reference = reference_of(sheets)
    rows = rows_of(sheets, reference)
    pipeline = new_pipeline()
    pipeline.fit(rows.matrix, rows.gap)
    round_pipeline(pipeline)

    apart = CALIBRATION_STUDENTS * students // TRAINING_STUDENTS
    unseen = rows_of(training_sheets(students=apart, seed=seed + 1), reference)
    risk, missed = pipeline.predict_proba(unseen.matrix)[:, 1], (unseen.gap >= 1).astype(np.float64)
    at_two, at_three = unseen.half_term == 2, unseen.half_term == 3
    scaler, heads = pipeline.named_steps["standardise"], pipeline.named_steps["heads"]
    error = np.abs(unseen.gap - heads.expected_gap(scaler.transform(unseen.matrix)))
    widths = intervals(error, trust=unseen.trust, higher=unseen.higher, half_term=unseen.half_term, world=unseen.world)
    card = Scorecard(
        features=FEATURE_NAMES,
        engagement=tuple(feature.name for feature in FEATURES if feature.family == ENGAGEMENT),
        mean=scaler.mean_,
        scale=scaler.scale_,
        intercepts=heads.intercept_,
        coefficients=heads.coef_,
        cap=CAP,
        cap_in_grades=CAP_IN_GRADES,
        reference=reference,
        interval=widths.interval,
        doubt=widths.doubt,
        foundation=widths.foundation,
        thresholds=choose_thresholds(risk[at_three], missed[at_three], (risk[at_two], missed[at_two])),
        blend=BLEND,
        trained=date.today().isoformat(),
        versions={
            "python": platform.python_version(),
            **{name: metadata.version(name) for name in ("numpy", "scipy", "scikit-learn", "joblib")},
        },
        artefact_sha256="",
    )
    return pipeline, card


def held_out(card: Scorecard, *, seed: int = SEED + 2, students: int = TEST_STUDENTS) -> pd.DataFrame:
    """Figures on schools that were used for nothing else: by half-term, the model beside the plain rules.

    Returns:
        A table with a row for each half-term and columns `students`, `missed` (share), `model`, `below target`, `lowest
        average` (areas under the curve), `high` (share flagged) and `right` (of those flagged High).
    """
    sheets = list(schools(World(), students=students, seed=seed))
    table = []
    for half_term in range(1, HALF_TERMS + 1):
        risk, rule, average, missed = [], [], [], []
        for sheet in sheets:
            cohort = sheet.at(half_term)
            scores = score(cohort, card=card)
            keep = scores.standing.scorable
            risk.append(scores.risk[keep])
            rule.append(-scores.standing.gap[keep])
            average.append(-mean_over(cohort.earned / cohort.totals)[keep])
            missed.append(sheet.gap[keep] >= 1)
        truth, model = np.concatenate(missed), np.concatenate(risk)
        high = model >= card.thresholds.high
        table.append(
            {
                "half-term": half_term,
                "students": len(truth),
                "missed": truth.mean(),
                "model": roc_auc_score(truth, model),
                "below target": roc_auc_score(truth, np.concatenate(rule)),
                "lowest average": roc_auc_score(truth, np.concatenate(average)),
                "high": high.mean(),
                "right": truth[high].mean() if high.any() else np.nan,
            }
        )
    return pd.DataFrame(table).set_index("half-term")


@dataclass(frozen=True, kw_only=True)
class Trained:
    """What training left behind: the scorecard as it now stands on disk, and whether anything changed."""

    card: Scorecard
    changed: bool


def train(*, folder: Path, seed: int = SEED, students: int = TRAINING_STUDENTS) -> Trained:
    """Fit, and write risk_model.joblib, scorecard.json and pinned.py into `folder` unless they hold this very model.

    Args:
        folder: The `model` package itself, or any other folder.
        seed: Seed of the synthetic schools.
        students: Number of students to train on.
    """
    pipeline, card = fit(seed=seed, students=students)
    scorecard, artefact = folder / "scorecard.json", folder / "risk_model.joblib"
    earlier = _earlier(scorecard, artefact)
    if earlier is not None:
        same = replace(
            card, trained=earlier.trained, versions=earlier.versions, artefact_sha256=earlier.artefact_sha256
        )
        if same.to_json() == earlier.to_json():
            return Trained(card=earlier, changed=False)
    buffer = io.BytesIO()
    joblib.dump(pipeline, buffer, compress=("zlib", 9))
    card = replace(card, artefact_sha256=hashlib.sha256(buffer.getvalue()).hexdigest())
    folder.mkdir(parents=True, exist_ok=True)
    artefact.write_bytes(buffer.getvalue())
    text = card.to_json()
    scorecard.write_text(text, encoding="utf-8", newline="\n")
    (folder / "pinned.py").write_text(
        '"""The hash that pins scorecard.json to this version of the program; written by `markbook model train`."""\n\n'
        f'SCORECARD_SHA256 = "{hashlib.sha256(text.encode()).hexdigest()}"\n',
        encoding="utf-8",
        newline="\n",
    )
    return Trained(card=card, changed=True)


def _earlier(scorecard: Path, artefact: Path) -> Scorecard | None:
    """The scorecard on disk where it and its pipeline belong together, else None."""
    try:
        card = load(scorecard)
        found = hashlib.sha256(artefact.read_bytes()).hexdigest()
    except (MarkbookError, OSError):
        return None
    return card if found == card.artefact_sha256 else None
