"""What the synthetic schools of the training data are like: the reference cohort, and how far evidence is to be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from model.standing.class_level import differences, usual_boundaries
from model.standing.engagement import Sums, engagement_index, progress
from model.standing.place import standing
from model.standing.reference import Reference
from model.standing.reliability import half_terms, reliability
from model.students import Assessment, AssessmentKind
from model.training.cohorts import SyntheticSheet
from model.training.worlds import World
from model.vocabulary import HALF_TERMS


def reference_of(sheets: Sequence[SyntheticSheet]) -> Reference:
    """The reference cohort: means over sheets of what one sheet shows, rounded to what a reader can check by eye."""

    def over(kind: AssessmentKind) -> tuple[float, float]:
        means, spreads = [], []
        for sheet in sheets:
            columns = [j for j, a in enumerate(sheet.cohort.assessments) if a.kind is kind]
            if columns and not np.isnan(sheet.cohort.totals[columns]).any():
                per_cent = 100 * sheet.cohort.earned[:, columns] / sheet.cohort.totals[columns]
                means.append(float(np.nanmean(per_cent)))
                spreads.append(float(np.nanmean(np.nanstd(per_cent, axis=0))))
        return round(float(np.mean(means)), 1), round(float(np.mean(spreads)), 1)

    def usual(name: str) -> float:
        values = np.concatenate([getattr(sheet.cohort, name).ravel() for sheet in sheets])
        return round(float(np.nanmean(values)), 2)

    (test_mean, test_sd), (mock_mean, mock_sd) = over(AssessmentKind.TEST), over(AssessmentKind.MOCK)
    targets = [sheet.cohort.target for sheet in sheets]
    first = Reference(
        test_mean=test_mean, test_sd=test_sd, mock_mean=mock_mean, mock_sd=mock_sd,
    )  # fmt: skip
    return replace(
        first,
        **_trust(sheets, first),
        target_mean=round(float(np.mean(np.concatenate(targets))), 2),
        target_sd=round(float(np.mean([values.std() for values in targets])), 2),
        attendance=usual("attendance"),
        homework=usual("homework"),
        effort=usual("effort"),
    )


def _trust(sheets: Sequence[SyntheticSheet], reference: Reference, half_term: int = 3) -> dict[str, float]:
    """How far classes end from their targets, how far each kind of evidence is from telling it, how well assessments agree, and
    what engagement usually goes with."""
    levels: list[float] = []
    agreements: dict[str, list[float]] = {"topic_reliability": [], "paper_reliability": []}
    errors: dict[str, list[float]] = {name: [] for name in ("tests", "mocks", "teacher", "baseline")}
    for sheet in sheets:
        cohort = sheet.at(half_term)
        level = float(sheet.strand_ability[:, -1].mean() - cohort.target.mean())
        levels.append(level)
        for kind, (said, _) in differences(cohort, reference, usual_boundaries()).items():
            errors[kind].append(said - level)
        marks = standing(sheet.at(HALF_TERMS), reference=reference).marks
        for kind, columns in _comparable(sheet.cohort.assessments).items():
            agreements[kind].append(reliability(marks[:, columns], getattr(Reference(), kind))[1])

    def root(values: Sequence[float]) -> float:
        return round(float(np.sqrt(np.mean(np.square(values)))), 2)

    return {
        "class_sd": root(levels),
        **{f"{kind}_sd": root(values) for kind, values in errors.items() if values},
        **{name: round(float(np.mean(found)), 2) for name, found in agreements.items()},
        **usual_slopes([sheet for sheet in sheets if sheet.world.name == World().name], reference),
    }


def _comparable(assessments: Sequence[Assessment]) -> dict[str, list[int]]:
    """By what they are believed: columns of which two or more can be compared; of papers of one sitting the first, since they
    share a good or a bad day."""
    tests = [j for j, a in enumerate(assessments) if a.strand is not None]
    papers = [j for j, a in enumerate(assessments) if a.strand is None]
    first = [j for j in papers if j == min(i for i in papers if assessments[i].half_term == assessments[j].half_term)]
    found = {"topic_reliability": tests, "paper_reliability": first}
    return {name: columns for name, columns in found.items() if len(columns) > 1}


def usual_slopes(sheets: Sequence[SyntheticSheet], reference: Reference) -> dict[str, float]:
    """What engagement goes with in sheets in which it does the same: the mean slopes, and how much they differ beyond their
    errors."""
    found: dict[str, list[tuple[float, float]]] = {"level": [], "progress": []}
    for sheet in sheets:
        for half_term in (3, 6):
            cohort = sheet.at(half_term)
            placed = standing(cohort, reference=reference)
            index = engagement_index(cohort)
            gain, weight = progress(placed.marks, half_terms(cohort))
            level = placed.level_from_marks - placed.target
            for name, sums in (
                ("level", Sums.of(index, level, np.ones(cohort.size))),
                ("progress", Sums.of(index, gain, weight)),
            ):
                slopes, squared_errors = sums.slopes()
                if np.isfinite(squared_errors[-1]):
                    found[name].append((slopes[-1], squared_errors[-1]))
    table: dict[str, float] = {}
    for name, pairs in found.items():
        slopes, squared_errors = np.array(pairs).T
        weights = 1.0 / squared_errors
        mean = float(weights @ slopes / weights.sum())
        beyond = float(weights @ ((slopes - mean) ** 2 - squared_errors) / weights.sum())
        table |= {f"{name}_slope": round(mean, 3), f"{name}_slope_sd": round(float(np.sqrt(max(beyond, 1e-6))), 3)}
    return table
