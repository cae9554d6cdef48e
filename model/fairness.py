"""The audit by group: are some students flagged more often than others, and are they judged by the same measure?

Pupil premium, SEN, EAL, sex and whatever else a markbook holds for audit only are read here and nowhere else; they are never
features. Four figures of each group, the last two only where final grades and targets are known:
    HIGH, FLAGGED   flag rate: the share flagged High, and High or Watch
    FOUND           equal opportunity: the share flagged High or Watch of those who went on to miss their target
    CALIBRATION     mean risk minus the share who missed: above 0 where risks were too high for this group
    M. Hardt, E. Price and N. Srebro, "Equality of Opportunity in Supervised Learning", NeurIPS 2016
All are among the students who were scored. Groups differ in many ways, and a difference in flag rates alone is not unfair; that
students who needed help were overlooked more often in one group, or judged too harshly, is.

Every figure has its 95 % interval (`model/intervals.py`), which treats the class as a sample of students like them. Differences
are many: of ten groups that do not differ at all, one would look different in two classes of five. So their intervals are widened
for the number of groups that are looked at: in all classes together, no more than one in twenty is told of a difference by chance.

Small numbers are hidden: a figure from fewer than ten students tells of persons, not of groups. Neither may it be worked out
from the others, so of a column nothing is hidden, or everything, or at least two groups with ten students together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from model.intervals import Estimate, difference, for_many, wilson
from model.students import FloatArray
from model.vocabulary import Flag

LEAST = 10
"""Students that a figure needs: below, schools' statistics in England are commonly suppressed."""

NOT_RECORDED = "not recorded"

_SEN = {"sen", "send", "sen status"}
_YES_NO = {
    "pp", "pupil premium", "eal", "fsm", "lac", "cla", "young carer", "disadvantaged", *_SEN,
}  # fmt: skip
WORDS = {"y": "yes", "yes": "yes", "true": "yes", "1": "yes", "n": "no", "no": "no", "false": "no", "0": "no"}
SEN_WORDS = {
    "k": "SEN support", "sen support": "SEN support", "e": "EHC plan", "ehcp": "EHC plan", "ehc plan": "EHC plan",
}  # fmt: skip
BLANK = ("", "-", "–", "n/a", "unknown", NOT_RECORDED)


class Figure(Enum):
    """What is compared; the value heads its column."""

    HIGH = "Flagged High"
    FLAGGED = "Flagged High or Watch"
    FOUND = "Flagged, of those who missed their target"
    CALIBRATION = "Mean risk minus share who missed"


class Hidden(Enum):
    """Why a figure is not shown."""

    SMALL = f"fewer than {LEAST}"
    SUBTRACTION = "hidden, or a small group could be worked out"


@dataclass(frozen=True, kw_only=True)
class Group:
    """One group of a column; without outcomes `figures` lacks FOUND and CALIBRATION."""

    name: str
    figures: Mapping[Figure, Estimate | Hidden]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A group's figure minus that of the group it is compared with."""

    figure: Figure
    group: str
    against: str
    estimate: Estimate

    @property
    def reading(self) -> str:
        """The difference in plain words, in percentage points.

        Example:
            >>> points = Estimate(value=0.18, low=0.05, high=0.31, students=90)
            >>> Difference(figure=Figure.FLAGGED, group="yes", against="no", estimate=points).reading
            'flagged more often by 18 points, 5 to 31'
        """
        told = self.estimate
        if told.low <= 0 <= told.high:
            return "no difference that this many students could show"
        more, fewer = _READINGS[self.figure]
        near, value, far = sorted(abs(100 * end) for end in (told.low, told.value, told.high))
        return f"{more if told.value > 0 else fewer} by {value:.0f} points, {near:.0f} to {far:.0f}"


_READINGS = {
    Figure.HIGH: ("flagged High more often", "flagged High less often"),
    Figure.FLAGGED: ("flagged more often", "flagged less often"),
    Figure.FOUND: (
        "flagged more often where the target was missed",
        "overlooked more often where the target was missed",
    ),
    Figure.CALIBRATION: ("risks higher, against the outcomes,", "risks lower, against the outcomes,"),
}


@dataclass(frozen=True, kw_only=True)
class ColumnAudit:
    """What an audit-only column shows.

    Args:
        heading: As the teacher wrote it.
        groups: From the largest to the smallest, hidden ones included; `not recorded` stands last.
        differences: Of every group that is shown from the first one that is (the largest), for every figure; their intervals are
            widened for the number of groups looked at in all columns.
    """

    heading: str
    groups: tuple[Group, ...]
    differences: tuple[Difference, ...]

    @property
    def compared(self) -> int:
        """How many groups are compared with the first one that is shown."""
        return len({difference.group for difference in self.differences})

    def reading(self, group: str, figure: Figure) -> str | None:
        """How a group compares, None for the group that the others are compared with and where anything is hidden."""
        return next((d.reading for d in self.differences if d.group == group and d.figure is figure), None)


def audit(
    columns: Mapping[str, Sequence[str]],
    *,
    flags: Sequence[Flag],
    risk: npt.ArrayLike,
    target: npt.ArrayLike | None = None,
    final_grade: npt.ArrayLike | None = None,
) -> tuple[ColumnAudit, ...]:
    """Compare the groups of every audit-only column.

    Args:
        columns: Heading -> what it says of each of n students, as written, "" where blank.
        flags: n flags.
        risk: (n,) risks, 0 to 1; NaN for those who cannot be scored.
        target, final_grade: (n,) grades, NaN where not known; left out, nobody's is.

    Raises:
        ValueError: The lengths differ (a programming error, never a user's).

    Example:
        >>> flags = [Flag.HIGH] * 9 + [Flag.ON_TRACK] * 3 + [Flag.HIGH] * 3 + [Flag.ON_TRACK] * 15
        >>> (told,) = audit({"PP": ["Y"] * 12 + ["N"] * 18}, flags=flags, risk=[0.5] * 30)
        >>> [group.name for group in told.groups], told.reading("yes", Figure.HIGH)
        (['no', 'yes'], 'flagged High more often by 58 points, 22 to 78')
    """
    n = len(flags)
    risks = np.asarray(risk, dtype=np.float64)
    grades = [np.full(n, np.nan) if g is None else np.asarray(g, dtype=np.float64) for g in (target, final_grade)]
    if {risks.shape, *(g.shape for g in grades)} != {(n,)} or any(len(values) != n for values in columns.values()):
        raise ValueError(f"every part needs one value for each of {n} flags")
    scored = np.array([flag is not Flag.NOT_ENOUGH for flag in flags], dtype=bool) & ~np.isnan(risks)
    high = np.array([flag is Flag.HIGH for flag in flags], dtype=bool)
    flagged = high | np.array([flag is Flag.WATCH for flag in flags], dtype=bool)
    known = scored & ~np.isnan(grades[0]) & ~np.isnan(grades[1])
    missed = known & (np.nan_to_num(grades[0] - grades[1]) >= 1)

    # Figure -> (whom it is about, what is counted among them)
    asked = {Figure.HIGH: (scored, high), Figure.FLAGGED: (scored, flagged)}
    if known.any():
        asked |= {Figure.FOUND: (missed, flagged), Figure.CALIBRATION: (known, missed)}
    looked_at = sum(_column(heading, values, asked, risks, 1).compared for heading, values in columns.items())
    return tuple(_column(heading, values, asked, risks, looked_at) for heading, values in columns.items())


def group_of(heading: str, value: str) -> str:
    """The group that a cell puts a student in: the school's usual codes in words, anything else as written.

    Example:
        >>> group_of("PP", "Y"), group_of("SEN", "K"), group_of("SEN", "N"), group_of("Sex", "F"), group_of("EAL", " ")
        ('yes', 'SEN support', 'no', 'F', 'not recorded')
    """
    text, kind = " ".join(value.split()), " ".join(heading.split()).casefold()
    low = text.casefold()
    if low in BLANK:
        return NOT_RECORDED
    if kind in _SEN and low in SEN_WORDS:
        return SEN_WORDS[low]
    return WORDS.get(low, text) if kind in _YES_NO else text


_Mask = npt.NDArray[np.bool_]


def _column(
    heading: str, values: Sequence[str], asked: dict[Figure, tuple[_Mask, _Mask]], risk: FloatArray, looked_at: int
) -> ColumnAudit:
    """The audit of one column; `looked_at` groups are compared in all columns together."""
    names = _same_spelling([group_of(heading, value) for value in values])
    member = {name: np.array([each == name for each in names], dtype=bool) for name in set(names)}
    order = sorted(member, key=lambda name: (name == NOT_RECORDED, -int(member[name].sum()), name))
    figures: dict[str, dict[Figure, Estimate | Hidden]] = {name: {} for name in order}
    wide: dict[str, dict[Figure, Estimate | Hidden]] = {name: {} for name in order}
    hidden: set[str] = set()
    for figure, (about, counted) in asked.items():
        sizes = {name: int((member[name] & about).sum()) for name in order}
        # Whoever is hidden among all who were scored stays hidden among the fewer whose outcome is known.
        unseen = _hidden(sizes, hidden)
        if figure is Figure.HIGH:
            hidden = unseen
        for name in order:
            if name in unseen:
                figures[name][figure] = wide[name][figure] = Hidden.SMALL if sizes[name] < LEAST else Hidden.SUBTRACTION
                continue
            count, mean = int((member[name] & about & counted).sum()), float(risk[member[name] & about].mean())
            for kept, z in ((figures, for_many(1)), (wide, for_many(looked_at))):
                share = wilson(count, sizes[name], z=z)
                kept[name][figure] = _minus(mean, share) if figure is Figure.CALIBRATION else share
    groups = tuple(Group(name=name, figures=figures[name]) for name in order)
    widened = tuple(Group(name=name, figures=wide[name]) for name in order)
    return ColumnAudit(
        heading=heading, groups=groups, differences=tuple(d for figure in asked for d in _differences(widened, figure))
    )


def _differences(groups: tuple[Group, ...], figure: Figure) -> list[Difference]:
    # The same group is compared with in every figure, whether that figure of it is shown or not.
    base = next((group for group in groups if isinstance(group.figures[Figure.HIGH], Estimate)), None)
    against = base and base.figures[figure]
    if base is None or not isinstance(against, Estimate):
        return []
    return [
        Difference(figure=figure, group=group.name, against=base.name, estimate=difference(told, against))
        for group in groups
        if group is not base and isinstance(told := group.figures[figure], Estimate)
    ]


def _minus(mean: float, share: Estimate) -> Estimate:
    # Risks are given, outcomes are what chance decided: all uncertainty is that of the share. With risks that differ it is a
    # little less than Wilson's, who takes all for alike, so the interval is on the safe side.
    return Estimate(value=mean - share.value, low=mean - share.high, high=mean - share.low, students=share.students)


def _hidden(sizes: Mapping[str, int], already: set[str]) -> set[str]:
    """Groups to hide: the small ones, and the next smallest until no small one can be found by subtraction."""
    unseen = {name for name, size in sizes.items() if size < LEAST or name in already}
    rest = sorted((name for name in sizes if name not in unseen), key=lambda name: (sizes[name], name))
    while unseen and rest and (len(unseen) < 2 or sum(sizes[name] for name in unseen) < LEAST):
        unseen.add(rest.pop(0))
    return unseen


def _same_spelling(names: Sequence[str]) -> list[str]:
    """Names that differ in capitals alone are one group, spelt as it was first."""
    spelt: dict[str, str] = {}
    return [spelt.setdefault(name.casefold(), name) for name in names]
