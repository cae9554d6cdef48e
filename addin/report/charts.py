"""The charts of a report as places on a drawing: the templates draw them in SVG and do no sums.

Nothing is said by colour alone: bars carry their numbers, dots have the shapes of the flags' signs, and every chart its words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from addin.report.runs import SHORT_DAY, Point, Story, percent
from addin.results.columns import FLAG_COLOURS
from addin.results.scored import Result, Review
from model.scorecard import Thresholds
from model.students import AssessmentKind
from model.vocabulary import STRANDS, Flag, counted, day_told

MOST_RUNS = 8
"""Runs that the small line of the list shows: a school year's half-terms and two more."""

SMALL_WIDTH, SMALL_HEIGHT, SMALL_EDGE = 46.0, 15.0, 2.0
WIDTH, HEIGHT = 300.0, 92.0
"""The small line, and each of the class's charts, in units of their drawing."""

BAR_HEIGHT, LABEL_WIDTH, NUMBER_WIDTH = 15.0, 112.0, 82.0

MOST_GRADES = 4.0
"""Grades from target that the chart of dots shows; what lies beyond stands on its edge."""

STORY_WIDTH, STORY_HEIGHT, STORY_LEFT = 340.0, 104.0, 62.0


@dataclass(frozen=True, kw_only=True)
class Small:
    """The small line of the last runs: its path, its last point, and what it says."""

    path: str
    x: float
    y: float
    told: str


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar: label, where it lies, how long it is, what stands behind it, and its colours as RRGGBB.

    Args:
        before: Where a mark shows how long it was in the run before, None without one.
    """

    label: str
    y: float
    width: float
    number: str
    fill: str
    before: float | None = None


@dataclass(frozen=True, kw_only=True)
class Dot:
    """One student on the chart of dots; nobody's name is beside it."""

    x: float
    y: float
    flag: Flag
    fill: str


@dataclass(frozen=True, kw_only=True)
class Charts:
    """The class's charts; a tuple is empty where there is nothing to draw.

    Args:
        flags: Students by flag.
        strands: Share of the marks earned by strand, and how many have it among their topics.
        dots: Likely final grade against target, and risk.
        before: The day of the run before, "" without one.
    """

    flags: tuple[Bar, ...]
    strands: tuple[Bar, ...]
    dots: tuple[Dot, ...]
    before: str

    def told_of_flags(self) -> str:
        """The first chart in words."""
        since = f"; in brackets on {self.before}" if self.before else ""
        return f"Bar chart, students by flag: {_listed(self.flags)}{since}"

    def told_of_strands(self) -> str:
        """The second chart in words."""
        return (
            f"Bar chart, share of marks earned in topic tests, and students to help, by strand: {_listed(self.strands)}"
        )

    def told_of_dots(self) -> str:
        """The third chart in words."""
        below = sum(dot.x < WIDTH / 2 for dot in self.dots)
        return (
            f"Scatter chart, likely final grade against target and risk, a sign for each of {counted(len(self.dots), 'student')}: "
            f"{below} likely below target"
        )


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A story as a chart: the line, and for every run its place and its day."""

    path: str
    marks: tuple[tuple[float, float, str], ...]
    high: float
    watch: float
    told: str


def small_line(story: Story) -> Small | None:
    """The last runs of a student, all drawn to the same scale of 0 to 100 %; None without a score.

    Example:
        >>> points = tuple(Point(day=date(2026, 2, day), risk=risk, flag="● Watch") for day, risk in ((6, 1.0), (13, 0.0)))
        >>> small_line(Story(points=points, remembers=True)).path
        'M2.0 2.0 L44.0 13.0'
    """
    scored = story.scored[-MOST_RUNS:]
    if not scored:
        return None
    across, down = SMALL_WIDTH - 2 * SMALL_EDGE, SMALL_HEIGHT - 2 * SMALL_EDGE
    parts = max(len(scored) - 1, 1)
    places = [
        (
            round(SMALL_EDGE + across * (place / parts if len(scored) > 1 else 1.0), 1),
            round(SMALL_EDGE + down * (1.0 - (point.risk or 0.0)), 1),
        )
        for place, point in enumerate(scored)
    ]
    told = "; ".join(point.told() for point in scored)
    return Small(path=_path(places), x=places[-1][0], y=places[-1][1], told=told)


def charts_of(review: Review, keys: Collection[str], stories: Mapping[str, Story]) -> Charts:
    """The charts of the students who are listed."""
    listed = [result for result in review.results if result.key in keys]
    earlier = [point for result in listed for point in stories[result.key].points[:-1]]
    last = max((point.day for point in earlier), default=None)
    return Charts(
        flags=tuple(_flags(listed, [point for point in earlier if point.day == last])),
        strands=tuple(_strands(review, listed)),
        dots=tuple(_dots(review, listed)),
        before=day_told(last, SHORT_DAY) if last else "",
    )


def _flags(listed: Sequence[Result], before: Sequence[Point]) -> Iterator[Bar]:
    counts = {flag: sum(result.flag is flag for result in listed) for flag in Flag}
    were = {flag: sum(point.flag == flag.value for point in before) for flag in Flag}
    most = max(*counts.values(), *were.values(), 1)
    for place, flag in enumerate(Flag):
        yield Bar(
            label=flag.value,
            y=place * BAR_HEIGHT,
            width=_length(counts[flag] / most),
            number=f"{counts[flag]} ({were[flag]})" if before else f"{counts[flag]}",
            fill=FLAG_COLOURS[flag].fill,
            before=LABEL_WIDTH + _length(were[flag] / most) if before else None,
        )


def _strands(review: Review, listed: Sequence[Result]) -> Iterator[Bar]:
    cohort = review.markbook.cohort
    rows = [cohort.keys.index(result.key) for result in listed]
    place = 0
    for strand in STRANDS:
        columns = [
            j for j, test in enumerate(cohort.assessments)
            if test.strand is strand and test.kind is AssessmentKind.TEST and test.out_of is not None
        ]  # fmt: skip
        earned = cohort.earned[np.ix_(rows, columns)]
        possible = float((~np.isnan(earned) * cohort.totals[columns]).sum()) if columns else 0.0
        to_help = sum(strand in {need.strand for need in result.topics} for result in listed)
        if not possible and not to_help:
            continue
        share = float(np.nansum(earned)) / possible if possible else 0.0
        told = f"{percent(share)} %, {to_help} to help" if possible else f"{to_help} to help"
        yield Bar(label=strand.value, y=place * BAR_HEIGHT, width=_length(share), number=told, fill="3E4C5E")
        place += 1


def _dots(review: Review, listed: Sequence[Result]) -> Iterator[Dot]:
    cohort = review.markbook.cohort
    for result in listed:
        target = float(cohort.target[cohort.keys.index(result.key)])
        if result.risk is None or result.predicted_grade is None or target != target:
            continue
        gap = min(max(result.predicted_grade - target, -MOST_GRADES), MOST_GRADES)
        yield Dot(
            x=round(WIDTH / 2 + gap / MOST_GRADES * (WIDTH / 2 - 6), 1),
            y=round(6 + (HEIGHT - 24) * (1.0 - result.risk), 1),
            flag=result.flag,
            fill=FLAG_COLOURS[result.flag].fill,
        )


def story_chart(story: Story, thresholds: Thresholds) -> Drawn | None:
    """A term's story: the risk of every run over the days; None with fewer than two runs that have a score."""
    scored = story.scored
    if len(scored) < 2:
        return None
    first, last = scored[0].day, scored[-1].day
    left, right, top, bottom = STORY_LEFT, STORY_WIDTH - 26, 8.0, STORY_HEIGHT - 18

    def x(day: date) -> float:
        return round(left + (right - left) * (day - first).days / max((last - first).days, 1), 1)

    def y(risk: float) -> float:
        return round(bottom - (bottom - top) * risk, 1)

    places = [(x(point.day), y(point.risk or 0.0)) for point in scored]
    labels = _apart([(place, day_told(point.day, SHORT_DAY)) for place, point in zip(places, scored, strict=True)])
    marks = tuple((*place, label) for place, label in zip(places, labels, strict=True))
    told = "Line chart of the risk: " + "; ".join(point.told() for point in scored)
    return Drawn(path=_path(places), marks=marks, high=y(thresholds.high), watch=y(thresholds.watch), told=told)


LABEL_APART = 38.0


def _apart(labels: Sequence[tuple[tuple[float, float], str]]) -> list[str]:
    """Labels below a line, "" for those that would run into one; the last one is always shown."""
    shown, end = [], STORY_WIDTH * 2
    for (across, _), label in reversed(labels):
        fits = end - across >= LABEL_APART
        shown.append(label if fits else "")
        end = across if fits else end
    return shown[::-1]


def _length(share: float) -> float:
    return round((WIDTH - LABEL_WIDTH - NUMBER_WIDTH) * share, 1)


def _path(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{'L' if number else 'M'}{x} {y}" for number, (x, y) in enumerate(places))


def _listed(bars: Sequence[Bar]) -> str:
    return ", ".join(f"{bar.label} {bar.number}" for bar in bars)
