"""Learning from the school's own outcomes: refit the shipped scorecard to last year, and use it only where that is better.

What is compared is the whole procedure, choice included: in every fold the way to refit (`model/learning/refit.py`) is chosen
by another cross-validation among the other students alone (nested cross-validation; Varma and Simon, 2006, Bias in error
estimation when using cross-validation for model selection, BMC Bioinformatics 7). So no risk here has seen the outcome that it
is compared with. The blend of the priority order alone is chosen on those risks themselves, which is why it moves only for a
clear gain.

The new scorecard takes effect where its log loss is lower than the shipped model's by more than one standard error of the
paired differences over students. What it does to recall at 20 % of the priority order, beside the shipped model's and the
rule's, is reported and is no hurdle: with one class that figure moves by chance far more than a model could move it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import numpy as np
import numpy.typing as npt

from model.learning.comparison import (
    Figures,
    figures,
    found,
    losses,
    mean_figures,
    out_of_fold,
    rule_figures,
    standard_error,
)
from model.learning.drift import Drift, calibration_drift
from model.learning.outcomes import Outcomes, outcomes_of
from model.learning.refit import Candidate, candidates_for, log_odds, refit
from model.scorecard import Scorecard, Thresholds, bundled
from model.students import Cohort, FloatArray

SEED = 20260915
REPEATS = 2
"""Of the nested cross-validation; each refits some three hundred times. A third moves no figure by more than its error."""

CLEAR = 1.0
"""Standard errors by which something new has to be better (the one-standard-error rule: Breiman and others, 1984)."""

BLENDS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)

ENOUGH_FOR_INTERVAL = 100
"""Outcomes from which the interval goes by local errors alone: the coverage of an 80 % interval from so many is known to .04.
With fewer it is never narrower than the shipped one."""

ENOUGH_FOR_THRESHOLDS = 200
"""Outcomes from which thresholds are chosen anew: High marks a fifth of them, and "right 8 times in 10" among forty has a
standard error of .06 already. With fewer the shipped ones stay; risks that are better calibrated keep their promise better."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Adaptation:
    """What learning from last year came to.

    Args:
        outcomes: How many students were learnt from; half_terms: what was known of them.
        candidate: The way to refit that was chosen.
        adapted, shipped, rule: Figures on students who had not been seen.
        gain, error: Log loss below the shipped model's, and its standard error over students.
        drift: Calibration of the shipped model on this cohort.
        accepted: Whether the new scorecard is to take effect.
        verdict: Why, in words with figures.
        notes: What could not be used, or was left as it was.
        card: The new scorecard, whether accepted or not.
    """

    outcomes: int
    half_terms: tuple[int, ...]
    candidate: Candidate
    adapted: Figures
    shipped: Figures
    rule: Figures
    gain: float
    error: float
    drift: Drift
    accepted: bool
    verdict: str
    notes: tuple[str, ...]
    card: Scorecard


def learn(
    cohort: Cohort,
    final_grade: npt.ArrayLike,
    *,
    card: Scorecard | None = None,
    repeats: int = REPEATS,
    on_step: Callable[[float], None] = lambda share: None,
) -> Adaptation:
    """Learn from last year; decides, but keeps nothing (`model.local.keep` does).

    Args:
        cohort: n students at the end of last year.
        final_grade: (n,) grades 0 to 9, NaN where there is none.
        card: The scorecard to start from; left out, the bundled one.
        repeats: Of the nested cross-validation.
        on_step: Told the share of the work that is done, 0 to 1.

    Raises:
        OutcomesError: Fewer than 30 outcomes, or too few who missed or reached their target.

    Example:
        >>> from model.training.cohorts import schools
        >>> from model.training.worlds import World
        >>> (sheet,) = schools(World(), students=40, seed=4, sizes=(40, 40))
        >>> learn(sheet.cohort, sheet.final_grade, repeats=1).outcomes
        40
    """
    card = card or bundled()
    outcomes = outcomes_of(cohort, final_grade, card=card)
    said = log_odds(card, outcomes.matrix)
    drift = calibration_drift(outcomes, said[:, 0])
    candidates = candidates_for(len(outcomes.keys), drifted=drift.found)

    unseen = []
    for repeat in range(repeats):
        rng = np.random.default_rng([SEED, repeat])
        unseen.append(out_of_fold(outcomes, partial(_best, outcomes, candidates, card, rng), rng))
        on_step((repeat + 1) / (repeats + 1))
    blend = _blend(outcomes, unseen, card)
    everyone = np.ones(len(outcomes.gap), dtype=bool)
    candidate = choose(outcomes, everyone, candidates, card, np.random.default_rng([SEED, repeats]))
    on_step(1.0)

    adapted = mean_figures([figures(outcomes, each[:, 0], blend=blend, cuts=card.thresholds) for each in unseen])
    shipped, rule = (
        figures(outcomes, said[:, 0], blend=card.blend, cuts=card.thresholds),
        rule_figures(outcomes, said[:, 0]),
    )
    by_student = losses(outcomes, said[:, 0]) - np.mean([losses(outcomes, each[:, 0]) for each in unseen], axis=0)
    gain, error = float(by_student.mean()), standard_error(by_student)
    accepted, verdict = _decide(adapted, shipped, rule, gain, error)
    new = _fitted(outcomes, everyone, candidate, card)
    interval, kept_interval = _interval(outcomes, unseen, card)
    thresholds, kept_thresholds = _thresholds(outcomes, unseen, card)
    return Adaptation(
        outcomes=len(outcomes.keys),
        half_terms=outcomes.half_terms,
        candidate=candidate,
        adapted=adapted,
        shipped=shipped,
        rule=rule,
        gain=gain,
        error=error,
        drift=drift,
        accepted=accepted,
        verdict=verdict,
        notes=(*outcomes.notes, *kept_interval, *kept_thresholds),
        card=replace(new, interval=interval, thresholds=thresholds, blend=blend, trained=date.today().isoformat()),
    )


def choose(
    outcomes: Outcomes,
    rows: npt.NDArray[np.bool_],
    candidates: Sequence[Candidate],
    card: Scorecard,
    rng: np.random.Generator,
) -> Candidate:
    """The candidate with the lowest log loss in a cross-validation among the students of `rows`, (r,)."""
    part = _part(outcomes, rows)
    seed = int(rng.integers(2**32))  # every candidate meets the same folds

    def loss(candidate: Candidate) -> float:
        said = out_of_fold(
            part, lambda inner: _model(_fitted(part, inner, candidate, card)), np.random.default_rng(seed)
        )
        return float(losses(part, said[:, 0]).mean())

    return min(candidates, key=loss)


def _best(
    outcomes: Outcomes,
    candidates: Sequence[Candidate],
    card: Scorecard,
    rng: np.random.Generator,
    rows: npt.NDArray[np.bool_],
) -> Callable[[FloatArray], FloatArray]:
    return _model(_fitted(outcomes, rows, choose(outcomes, rows, candidates, card, rng), card))


def _model(card: Scorecard) -> Callable[[FloatArray], FloatArray]:
    return lambda matrix: log_odds(card, matrix)


def _fitted(outcomes: Outcomes, rows: npt.NDArray[np.bool_], candidate: Candidate, card: Scorecard) -> Scorecard:
    return refit(card, candidate, matrix=outcomes.matrix[rows], gap=outcomes.gap[rows], weight=outcomes.weight[rows])


def _part(outcomes: Outcomes, rows: npt.NDArray[np.bool_]) -> Outcomes:
    """The outcomes of some students only (`rows` holds all rows of a student or none)."""
    students, student = np.unique(outcomes.student[rows], return_inverse=True)
    return replace(
        outcomes,
        keys=tuple(outcomes.keys[i] for i in students),
        student=student,
        half_term=outcomes.half_term[rows],
        matrix=outcomes.matrix[rows],
        gap=outcomes.gap[rows],
        level_gap=outcomes.level_gap[rows],
        usual_error=outcomes.usual_error[rows],
    )


def _blend(outcomes: Outcomes, unseen: Sequence[FloatArray], card: Scorecard) -> float:
    """The weight of risk in the order: the shipped one unless another clearly finds more."""

    def recalled(blend: float) -> FloatArray:
        found_by = np.mean([found(outcomes, each[:, 0], blend=blend, cuts=card.thresholds) for each in unseen], axis=0)
        return np.asarray(found_by * len(outcomes.keys))  # so that the mean over students is the recall

    usual, best, most = recalled(card.blend), card.blend, 0.0
    for blend in BLENDS:
        more = recalled(blend) - usual
        if more.mean() > max(most, CLEAR * standard_error(more)):
            best, most = blend, float(more.mean())
    return best


def _decide(adapted: Figures, shipped: Figures, rule: Figures, gain: float, error: float) -> tuple[bool, str]:
    way = f"log loss {abs(gain):.3f} {'lower' if gain > 0 else 'higher'} than the shipped model's (standard error {error:.3f})"
    recalls = f"recall at 20 % {adapted.recall:.3f}, shipped {shipped.recall:.3f}, rule {rule.recall:.3f}"
    if gain <= CLEAR * error:
        return False, f"Not clearly better: {way}; more than {CLEAR:g} standard error is needed. {recalls}"
    return True, f"Better: {way}; {recalls}"


def _interval(
    outcomes: Outcomes, unseen: Sequence[FloatArray], card: Scorecard
) -> tuple[dict[int, float], tuple[str, ...]]:
    """Half the width of the 80 % interval by half-term from errors on unseen students (split conformal): all are of one school."""
    error = np.mean([np.abs(outcomes.gap - each[:, 2]) for each in unseen], axis=0) / outcomes.usual_error
    widths = dict(card.interval)
    for half_term in outcomes.half_terms:
        here = np.sort(error[outcomes.half_term == half_term])
        local = round(float(here[min(len(here) - 1, int(np.ceil(0.8 * (len(here) + 1))) - 1)]), 3)
        widths[half_term] = local if len(here) >= ENOUGH_FOR_INTERVAL else max(local, card.interval[half_term])
    if len(outcomes.keys) >= ENOUGH_FOR_INTERVAL:
        return widths, ()
    return widths, (f"Intervals of predicted grades are not narrowed below {ENOUGH_FOR_INTERVAL} outcomes",)


def _thresholds(
    outcomes: Outcomes, unseen: Sequence[FloatArray], card: Scorecard
) -> tuple[Thresholds, tuple[str, ...]]:
    rows = outcomes.half_term == 3
    if rows.sum() < ENOUGH_FOR_THRESHOLDS:
        return card.thresholds, (
            f"Thresholds stay as shipped; choosing them needs {ENOUGH_FOR_THRESHOLDS} outcomes known at half-term 3",
        )
    # Training is imported where it is needed: it takes a second that a refusal should not cost.
    from model.training.train import choose_thresholds

    risk = np.mean([1.0 / (1.0 + np.exp(-each[rows, 0])) for each in unseen], axis=0)
    return choose_thresholds(risk, outcomes.missed[rows]), ()
