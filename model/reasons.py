"""Why a student is flagged, in sentences a teacher would say, strongest first, each with the figures behind it.

What is told is what moved the score: the exact contributions of the features, summed by theme (tests, homework, ...). A
sentence is told only where the figures themselves bear it out, and always says what it compares with.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from model.features import FEATURES, SMALLEST_COHORT, Feature, Reference, mean_over
from model.scorecard import Scores
from model.students import AssessmentKind, Cohort, FloatArray, MarkState
from model.vocabulary import Flag

MOST_REASONS = 3
LEAST_CONTRIBUTION = 0.05  # log-odds; less moves a risk of .5 by about one in a hundred
LITTLE_EVIDENCE = 2  # marks up to which a sentence says that there is little to go on

_DIFFERENCES = {  # theme -> (worth telling, "well" under or above)
    "tests": (3.0, 15.0),
    "mocks": (3.0, 15.0),
    "attendance": (2.0, 6.0),
    "homework": (5.0, 18.0),
    "effort": (0.25, 0.7),
}
"""About a sixth and one standard deviation of the differences between students of a class (model/cohorts.py)."""

_THEMES = ("working", "tests", "mocks", "attendance", "homework", "effort", "missed")


def reasons(
    cohort: Cohort,
    scores: Scores,
    *,
    columns: Sequence[Feature] = FEATURES,
    reference: Reference,
    against: Cohort | None = None,
) -> tuple[tuple[str, ...], ...]:
    """The reasons for each student.

    Args:
        cohort: n students.
        scores: What the model says of them.
        columns: The features behind `scores.contributions`, in order.
        reference: Stands in for the class where it is too small.
        against: The cohort that marks were compared with, left out: the students themselves.

    Returns:
        n tuples, each with at least one sentence for a student who is scored, and one that says what is missing for
        others.
    """
    table = _Facts(cohort, scores, reference, against or cohort)
    by_theme = {
        theme: scores.contributions[:, [i for i, column in enumerate(columns) if column.theme == theme]].sum(axis=1)
        for theme in _THEMES
    }
    told = []
    for i in range(cohort.size):
        if np.isnan(scores.risk[i]):
            told.append((table.nothing(i),))
            continue
        weight = {theme: float(by_theme[theme][i]) for theme in _THEMES}
        # A flag is told by what raised the risk; "on track" by what speaks for the student, as far as anything does.
        against_first = scores.flags[i] is not Flag.ON_TRACK
        raising = sorted((t for t in _THEMES if weight[t] > LEAST_CONTRIBUTION), key=lambda t: -weight[t])
        calming = sorted((t for t in _THEMES if weight[t] < -LEAST_CONTRIBUTION), key=lambda t: weight[t])
        told_worse = [s for t in raising if (s := table.sentence(t, i, worse=True))][:MOST_REASONS]
        told_better = [s for t in calming if (s := table.sentence(t, i, worse=False))][:MOST_REASONS]
        sentences = (told_worse or told_better) if against_first else (told_better or told_worse)
        told.append((*(sentences or (table.plain(i),)), *table.caveats(i)))
    return tuple(told)


class _Facts:
    """The figures of a cohort, and sentences about one student's."""

    def __init__(self, cohort: Cohort, scores: Scores, reference: Reference, peers: Cohort) -> None:
        self.cohort, self.scores = cohort, scores
        mock = np.array([a.kind is AssessmentKind.MOCK for a in cohort.assessments], dtype=bool)
        self.has_totals = not bool(np.isnan(cohort.totals).all()) if len(mock) else False
        self.few = int(peers.has_mark.sum()) < SMALLEST_COHORT
        self.tests, self.mocks = self._per_cent(cohort, ~mock), self._per_cent(cohort, mock)
        self.sat = (cohort.state[:, ~mock] == MarkState.MARK).sum(axis=1)
        self.absent = (cohort.state[:, ~mock] == MarkState.ABSENT).sum(axis=1)
        self.marks = (~np.isnan(scores.standing.marks)).sum(axis=1)
        self.usual = {
            "tests": self._usual(self._per_cent(peers, ~mock), reference.test_mean),
            "mocks": self._usual(self._per_cent(peers, mock), reference.mock_mean),
            **{
                name: self._usual(mean_over(getattr(peers, name)), getattr(reference, name))
                for name in ("attendance", "homework", "effort")
            },
        }

    @staticmethod
    def _per_cent(cohort: Cohort, kind: np.ndarray) -> FloatArray:
        return mean_over(100.0 * cohort.earned[:, kind] / cohort.totals[kind])

    def _usual(self, values: FloatArray, reference: float) -> float:
        known = values[~np.isnan(values)]
        return reference if self.few or len(known) < SMALLEST_COHORT else float(known.mean())

    def sentence(self, theme: str, i: int, *, worse: bool) -> str | None:
        """The sentence for a theme, None where the figures do not bear it out."""
        if theme == "working":
            return self._working(i, worse=worse)
        if theme == "missed":
            count = int(self.absent[i])
            return f"Missed {count} of {count + int(self.sat[i])} topic tests" if worse and count else None
        if theme in ("tests", "mocks"):
            value = float((self.tests if theme == "tests" else self.mocks)[i])
            name = "Topic tests" if theme == "tests" else "Mock papers"
            if np.isnan(value):
                return self._place(name, theme, i, worse=worse)
            return self._compared(f"{name} {value:.0f} % on average", value, theme, "{:.0f} %", worse=worse)
        value = float(mean_over(getattr(self.cohort, theme)[i : i + 1])[0])
        if np.isnan(value):
            return None
        if theme == "effort":
            return self._compared(f"Effort {value:.1f} of 4", value, theme, "{:.1f}", worse=worse)
        return self._compared(f"{theme.capitalize()} {value:.0f} %", value, theme, "{:.0f} %", worse=worse)

    def _compared(self, start: str, value: float, theme: str, form: str, *, worse: bool) -> str | None:
        difference = value - self.usual[theme]
        least, much = _DIFFERENCES[theme]
        if abs(difference) < least or (difference < 0) != worse:
            return None
        how = "well " if abs(difference) >= much else ""
        where = "under" if worse else "above"
        what = "what is usual" if self.few else "the class"
        return f"{start}, {how}{where} {what} ({form.format(self.usual[theme])})"

    def _working(self, i: int, *, worse: bool) -> str | None:
        where = self.scores.standing
        gap, level = float(where.gap[i]), float(where.level[i])
        if np.isnan(gap) or (gap < 0) != worse or abs(gap) < 0.25:
            return None
        side, target = "below" if worse else "above", f"the target of {where.target[i]:.0f}"
        if not np.isnan(self.cohort.working_at[i]):
            return f"Working-at grade {level:.0f}, {abs(gap):.0f} {side} {target}"
        return f"Marks about {abs(gap):.1f} grades {side} those of {target}"

    def _place(self, name: str, theme: str, i: int, *, worse: bool) -> str | None:
        """Without totals only the place in the cohort can be told."""
        kind = AssessmentKind.TEST if theme == "tests" else AssessmentKind.MOCK
        columns = [j for j, a in enumerate(self.cohort.assessments) if a.kind is kind]
        mean = mean_over(self.scores.standing.marks[:, columns]) if columns else np.full(self.cohort.size, np.nan)
        if np.isnan(mean[i]) or (mean[i] < 0) != worse:
            return None
        known = mean[~np.isnan(mean)]
        return f"{name}: place {int((known > mean[i]).sum()) + 1} of {len(known)} (no totals in the markbook)"

    def plain(self, i: int) -> str:
        """What to say where nothing stands out either way."""
        return "Marks and engagement close to the class's, and to the target"

    def nothing(self, i: int) -> str:
        """Why a student has no score."""
        if not (self.cohort.state[i] == MarkState.MARK).any():
            absent = int((self.cohort.state[i] == MarkState.ABSENT).sum())
            return f"No mark yet (absent from {absent} assessments)" if absent else "No mark yet"
        return "Marks cannot be compared: no totals, and too few students to compare with"

    def caveats(self, i: int) -> tuple[str, ...]:
        """What weakens the score, said beside it."""
        caveats = []
        if self.marks[i] <= LITTLE_EVIDENCE:
            caveats.append(f"Little to go on: {int(self.marks[i])} mark{'s' if self.marks[i] != 1 else ''} so far")
        if not self.scores.standing.target_known[i]:
            caveats.append("No target in the markbook: estimated from the class")
        return tuple(caveats)
