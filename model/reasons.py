"""Why a student is flagged, in sentences a teacher would say, strongest first, each with the figures behind it.

What is told is what moved the score: the exact contributions of the features, summed by theme (tests, homework, ...). A
sentence is told only where the figures themselves bear it out, and always says what it compares with.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import fsum, isnan

import numpy as np

from model.features import FEATURES, Feature, sat_by_most
from model.language.of_reasons import COMPARED, FIGURES, OUTLOOKS, WITHOUT_TOTALS, WORKING
from model.language.speech import ENGLISH, Language, gettext_noop
from model.means import mean_over
from model.rules import says_below_target
from model.scorecard import Scores
from model.standing.reference import SMALLEST_COHORT, Reference
from model.students import AssessmentKind, Cohort, FloatArray, MarkState
from model.vocabulary import GRADE_LOWEST, Flag

MOST_REASONS = 3
LEAST_CONTRIBUTION = 0.05  # log-odds; less moves a risk of .5 by about one in a hundred
LITTLE_EVIDENCE = 2  # marks up to which a sentence says that there is little to go on


class Reason(str):
    """A reason as a sentence, and the same in a few words for where there is little room.

    Args:
        sentence: The whole sentence, without its full stop; what the object is as a text.
        short: The same in at most 44 characters, so that two stand in 90; left out, the sentence itself. (Another language may need
            more; what does not fit is cut where it is shown.)
        kind: What the sentence is about, where that has to be known whatever its language: `OUTLOOK` or `OPINIONS`; else "".
        english: The sentence in English; left out, the sentence itself.

    Example:
        >>> reason = Reason("Homework 43 %, well under the class (71 %)", short="Homework 43 %, class 71 %")
        >>> reason.startswith("Homework"), reason.short
        (True, 'Homework 43 %, class 71 %')
    """

    __slots__ = ("english", "kind", "short")
    short: str
    kind: str
    english: str

    def __new__(cls, sentence: str, short: str = "", kind: str = "", english: str = "") -> Reason:
        made = super().__new__(cls, sentence)
        made.short = short or sentence
        made.kind, made.english = kind, english or sentence
        return made

    def __reduce__(self) -> tuple[type[Reason], tuple[str, str, str, str]]:
        return Reason, (str(self), self.short, self.kind, self.english)


RULE_ALONE = gettext_noop("The plain rule, working below target, would flag this student: look twice")
MODEL_ALONE = gettext_noop("The plain rule, working below target, would not flag this student yet")
OPINIONS = {RULE_ALONE: "rule alone", MODEL_ALONE: "model alone"}
"""Sentence -> the kind of the reason, as the class list says it."""

OUTLOOK = "outlook"
"""The kind of the sentence that tells where a student is likely to end."""

_DIFFERENCES = {  # theme -> (worth telling, "well" under or above)
    "tests": (3.0, 15.0),
    "mocks": (3.0, 15.0),
    "attendance": (2.0, 6.0),
    "homework": (5.0, 18.0),
    "effort": (0.25, 0.7),
}
"""About a sixth and one standard deviation of the differences between students of a class (model/training/cohorts.py)."""

_THEMES = ("working", "tests", "mocks", "attendance", "homework", "effort", "missed", "blank")


def reasons(
    cohort: Cohort,
    scores: Scores,
    *,
    columns: Sequence[Feature] = FEATURES,
    reference: Reference,
    against: Cohort | None = None,
    language: Language = ENGLISH,
) -> tuple[tuple[Reason, ...], ...]:
    """The reasons for each student.

    Args:
        cohort: n students.
        scores: What the model says of them.
        columns: The features behind `scores.contributions`, in order.
        reference: Stands in for the class where it is too small.
        against: The cohort that marks were compared with, left out: the students themselves.
        language: What they are told in.

    Returns:
        n tuples, each with at least one sentence for a student who is scored, and one that says what is missing for
        others.
    """
    table = _Facts(cohort, scores, reference, against or cohort, language)
    by_theme = (scores.contributions @ _themes_of(tuple(columns))).tolist()
    told = []
    for i, risk in enumerate(scores.risk.tolist()):
        if isnan(risk):
            told.append((table.nothing(i),))
            continue
        weights = sorted(zip(by_theme[i], _THEMES, strict=True), reverse=True)
        raising = [theme for weight, theme in weights if weight > LEAST_CONTRIBUTION]
        calming = [theme for weight, theme in weights[::-1] if weight < -LEAST_CONTRIBUTION]
        # A flag is told by what raised the risk; "on track" by what speaks for the student, as far as anything does.
        if scores.flags[i] is Flag.ON_TRACK:
            sentences = table.tell(calming, i, worse=False) or table.tell(raising, i, worse=True)
        else:
            sentences = table.tell(raising, i, worse=True) or table.tell(calming, i, worse=False)
        told.append((*(sentences or (table.nothing_stands_out(),)), *table.caveats(i)))
    return tuple(told)


def all_reasons(
    cohort: Cohort,
    scores: Scores,
    *,
    reference: Reference,
    against: Cohort | None = None,
    language: Language = ENGLISH,
) -> tuple[tuple[Reason, ...], ...]:
    """Everything that `Why` says of each student: the reasons, where the student is likely to end, and the plain rule's opinion
    where it differs. Arguments and result are those of `reasons`."""
    why = reasons(cohort, scores, reference=reference, against=against, language=language)
    likely, opinions = outlook(scores, language=language), second_opinion(scores)
    in_english = likely if language.is_source else outlook(scores)
    # Most students share these sentences.
    of_rule = {each: Reason(language.gettext(each), kind=kind, english=each) for each, kind in OPINIONS.items()}
    of_outlook = {
        told: Reason(told, kind=OUTLOOK, english=english)
        for told, english in zip(likely, in_english, strict=True)
        if told and english
    }
    return tuple(
        (*told, *((of_outlook[end],) if end else ()), *((of_rule[opinion],) if opinion else ()))
        for told, end, opinion in zip(why, likely, opinions, strict=True)
    )


def outlook(scores: Scores, *, language: Language = ENGLISH) -> tuple[str | None, ...]:
    """Where each student is likely to end: the 80 % interval in whole grades beside the target, and for flagged students whether
    catching up is likely to be enough. None for students without a score.

    Returns:
        n sentences, such as "Likely final grade 3 to 5, target 6: catch-up".
    """
    told: list[str | None] = []
    for i, ends in enumerate(_grade_intervals(scores)):
        if ends is None:
            told.append(None)
            continue
        known = bool(scores.standing.target_known[i])
        tier = scores.tiers[i] if scores.flags[i] in (Flag.HIGH, Flag.WATCH) else None
        low, high = ends
        target = f"{scores.standing.target[i]:.0f}"
        told.append(language.gettext(OUTLOOKS[known, tier], low=low, high=high, target=target))
    return tuple(told)


def likely_grades(scores: Scores) -> tuple[str | None, ...]:
    """The 80 % interval of each student's final grade in whole grades, such as "3 to 5"; None without a score."""
    return tuple(None if ends is None else " to ".join(ends) for ends in _grade_intervals(scores))


def _grade_intervals(scores: Scores) -> tuple[tuple[str, str] | None, ...]:
    ends = zip(scores.risk.tolist(), scores.low.tolist(), scores.high.tolist(), strict=True)
    # Nobody is sure to be ungraded.
    return tuple(
        None if isnan(risk) else (grade_told(low), grade_told(max(high, GRADE_LOWEST))) for risk, low, high in ends
    )


def grade_told(grade: float) -> str:
    """A grade as it stands on a certificate: U below half a grade.

    Example:
        >>> grade_told(0.3), grade_told(4.6)
        ('U', '5')
    """
    return str(round(grade)) if round(grade) >= GRADE_LOWEST else "U"


def second_opinion(scores: Scores) -> tuple[str | None, ...]:
    """What the plain rule "working below target" says where it disagrees with the flag; None where they agree.

    A teacher who trusts the rule sees at once which flags are the model's alone, and whom the rule would have added.
    """
    told: list[str | None] = []
    for flag, below in zip(scores.flags, says_below_target(scores.standing).tolist(), strict=True):
        flagged = flag in (Flag.HIGH, Flag.WATCH)
        if flag in (Flag.NOT_ENOUGH, Flag.ALWAYS_ABSENT) or flagged == below:
            told.append(None)
        else:
            told.append(RULE_ALONE if below else MODEL_ALONE)
    return tuple(told)


@cache
def _themes_of(columns: tuple[Feature, ...]) -> FloatArray:
    """(features, themes): 1 where a feature belongs to a theme."""
    return np.array([[column.theme == theme for theme in _THEMES] for column in columns], dtype=np.float64)


class _Facts:
    """The figures of a cohort, and sentences about one student's."""

    def __init__(self, cohort: Cohort, scores: Scores, reference: Reference, peers: Cohort, language: Language) -> None:
        self.cohort, self.scores, self.language = cohort, scores, language
        mock = cohort.is_mock
        self.few = int(peers.has_mark.sum()) < SMALLEST_COHORT
        where = scores.standing
        # Plain lists: a sentence is about one student, and numpy is slow at single numbers.
        self.gap, self.level, self.target = where.gap.tolist(), where.level.tolist(), where.target.tolist()
        self.working_at, self.target_known = cohort.working_at.tolist(), where.target_known.tolist()
        self.sat = (cohort.state == MarkState.MARK).sum(axis=1).tolist()
        self.absent = (cohort.state == MarkState.ABSENT).sum(axis=1).tolist()
        self.blank = ((cohort.state == MarkState.NOT_RECORDED) & sat_by_most(peers)).sum(axis=1).tolist()
        self.marks = (~np.isnan(scores.standing.marks)).sum(axis=1).tolist()
        figures = {"tests": self._per_cent(cohort, ~mock), "mocks": self._per_cent(cohort, mock)}
        figures |= {name: mean_over(getattr(cohort, name)) for name in ("attendance", "homework", "effort")}
        self.figures: dict[str, list[float]] = {theme: values.tolist() for theme, values in figures.items()}
        alone = peers is cohort
        self.usual = {
            "tests": self._usual(figures["tests"] if alone else self._per_cent(peers, ~mock), reference.test_mean),
            "mocks": self._usual(figures["mocks"] if alone else self._per_cent(peers, mock), reference.mock_mean),
            **{
                name: self._usual(values if alone else mean_over(getattr(peers, name)), getattr(reference, name))
                for name, values in figures.items()
                if name not in ("tests", "mocks")
            },
        }
        self._spelled: dict[tuple[str, str, bool, bool], Reason] = {}

    @staticmethod
    def _per_cent(cohort: Cohort, kind: np.ndarray) -> FloatArray:
        return mean_over(100.0 * cohort.earned[:, kind] / cohort.totals[kind])

    def _usual(self, values: FloatArray, reference: float) -> float:
        known = values[~np.isnan(values)]
        # Summed exactly: a class that is sorted another way must not have another mean, which 56.5 would show as 56 or 57.
        return reference if self.few or len(known) < SMALLEST_COHORT else fsum(known.tolist()) / len(known)

    def tell(self, themes: Sequence[str], i: int, *, worse: bool) -> list[Reason]:
        """The first sentences about the themes, in their order, that the figures bear out."""
        told: list[Reason] = []
        for theme in themes:
            sentence = self.sentence(theme, i, worse=worse)
            if sentence is not None:
                told.append(sentence)
                if len(told) == MOST_REASONS:
                    break
        return told

    def sentence(self, theme: str, i: int, *, worse: bool) -> Reason | None:
        """The sentence for a theme, None where the figures do not bear it out."""
        if theme == "working":
            return self._working(i, worse=worse)
        say = self.language.gettext
        if theme == "missed":
            count = self.absent[i]
            told = say("Absent from %(number)s of %(all)s assessments", number=count, all=count + self.sat[i])
            return Reason(told) if worse and count else None
        if theme == "blank":
            named = {"number": self.blank[i], "all": self.blank[i] + self.sat[i]}
            short = say("No mark in %(number)s of %(all)s assessments", **named)
            told = say("No mark in %(number)s of %(all)s assessments that most have a mark in", **named)
            return Reason(told, short) if worse and self.blank[i] else None
        value = self.figures[theme][i]
        if isnan(value):
            return self._place(theme, i, worse=worse) if theme in ("tests", "mocks") else None
        return self._compared(value, theme, worse=worse)

    def _figure(self, theme: str, value: float) -> str:
        return self.language.number(value, 1 if theme == "effort" else 0)

    def _compared(self, value: float, theme: str, *, worse: bool) -> Reason | None:
        difference = value - self.usual[theme]
        least, much = _DIFFERENCES[theme]
        if abs(difference) < least or (difference < 0) != worse:
            return None
        key = theme, self._figure(theme, value), abs(difference) >= much, worse
        if key not in self._spelled:
            say = self.language.gettext
            in_sentence, in_short = (say(each, value=key[1]) for each in FIGURES[theme])
            usual = self._figure(theme, self.usual[theme])
            if theme != "effort":
                usual = say("%(value)s %%", value=usual)
            sentence = say(COMPARED[worse, key[2], self.few], figure=in_sentence, usual=usual)
            if self.few:
                short = say("%(figure)s, usual %(usual)s", figure=in_short, usual=usual)
            else:
                short = say("%(figure)s, class %(usual)s", figure=in_short, usual=usual)
            self._spelled[key] = Reason(sentence, short)
        return self._spelled[key]

    def _working(self, i: int, *, worse: bool) -> Reason | None:
        gap, level = self.gap[i], min(9.0, max(0.0, self.level[i]))
        if isnan(gap) or (gap < 0) != worse or abs(gap) < 0.25:
            return None
        # An estimated target is said here too, since two short reasons may leave no room for `NO_TARGET`.
        graded, known = not isnan(self.working_at[i]), bool(self.target_known[i])
        sentence, short = WORKING[graded, worse, known]
        named = {
            "grade": f"{level:.0f}",
            "gap": f"{abs(gap):.0f}" if graded else self.language.number(abs(gap), 1),
            "target": f"{self.target[i]:.0f}",
        }
        return Reason(self.language.gettext(sentence, **named), self.language.gettext(short, **named))

    def _place(self, theme: str, i: int, *, worse: bool) -> Reason | None:
        """Without totals only the place in the cohort can be told."""
        kind = AssessmentKind.TEST if theme == "tests" else AssessmentKind.MOCK
        columns = [j for j, a in enumerate(self.cohort.assessments) if a.kind is kind]
        mean = mean_over(self.scores.standing.marks[:, columns]) if columns else np.full(self.cohort.size, np.nan)
        if np.isnan(mean[i]) or (mean[i] < 0) != worse:
            return None
        known, say = mean[~np.isnan(mean)], self.language.gettext
        named = {
            "tests": say(WITHOUT_TOTALS[theme]), "place": int((known > mean[i]).sum()) + 1, "all": len(known)
        }  # fmt: skip
        # Translators: "tests" is: Topic tests, or: Mock papers; the place is that in the class, 1 for the best.
        told = say("%(tests)s: place %(place)s of %(all)s (no totals in the markbook)", **named)
        return Reason(told, say("%(tests)s: place %(place)s of %(all)s", **named))

    def nothing(self, i: int) -> Reason:
        """Why a student has no score."""
        say = self.language.gettext
        if self.scores.flags[i] is Flag.ALWAYS_ABSENT:
            attendance, named = self.figures["attendance"][i], {"number": self.absent[i]}
            if isnan(attendance):
                told = say(
                    "Absent from all %(number)s assessments: not scored, find out first what keeps this student away",
                    **named,
                )
            else:
                told = say(
                    "Absent from all %(number)s assessments, attendance %(attendance)s %%: not scored, find out first what keeps "
                    "this student away",
                    attendance=self._figure("attendance", attendance),
                    **named,
                )
            return Reason(told, say("Absent from all %(number)s assessments: find out why first", **named))
        if not (self.cohort.state[i] == MarkState.MARK).any():
            absent = int((self.cohort.state[i] == MarkState.ABSENT).sum())
            if absent:
                return Reason(say("No mark yet (absent from %(number)s assessments)", number=absent))
            return Reason(say("No mark yet"))
        return Reason(say("Marks cannot be compared: no totals, and too few students to compare with"))

    def nothing_stands_out(self) -> Reason:
        """What is said where no figure does."""
        say = self.language.gettext
        return Reason(
            say("Marks and engagement close to the class's, and to the target"),
            say("Close to the class and to the target"),
        )

    def caveats(self, i: int) -> tuple[Reason, ...]:
        """What weakens the score, said beside it."""
        caveats, say = [], self.language
        if self.marks[i] <= LITTLE_EVIDENCE:
            few = self.marks[i]
            told = say.ngettext(
                "Little to go on: %(number)s mark so far", "Little to go on: %(number)s marks so far", few
            )
            short = say.ngettext("Little to go on: %(number)s mark", "Little to go on: %(number)s marks", few)
            caveats.append(Reason(told, short))
        if not self.target_known[i]:
            caveats.append(
                Reason(
                    say.gettext("No target in the markbook: estimated from the class"),
                    say.gettext("No target: estimated"),
                )
            )
        return tuple(caveats)
