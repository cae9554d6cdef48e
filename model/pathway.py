"""What a student works on, step by step: what marks show missing below a weak topic, the weakest topics in turn, mixed practice.

Two topics are worked at in turn, the two weakest that are not mastered, of whatever strand: one of them may be judged wrongly, and
the first session on a topic brings more than the third. A topic may be weak because something that it builds on is not there. Of
the topics one or two steps below it on the map, at the student's stage, the one that holds up most of what is weak comes first,
once, where its newest marks are under three in five and what is believed of it (`model.topic_levels`) is less than of the class's
middle. Without marks it comes first only where two weak topics build on it directly. Practice at the end mixes the topics of the
path, which keeps them longer than practice of one kind (Rohrer, Dedrick and Stershic, Interleaved practice improves mathematics
learning, 2015). Every step ends with a check of three questions.

What was done moves the path on: a topic worked on in a clinic leaves its steps and stays in the mixed practice; where its exit
ticket was not right, the other topic has its turn before it comes again; a topic whose newest marks are at least four in five is
mastered and leaves the path. What a mastered topic builds on counts as mastered where it has no marks of its own.

`python -m benchmarks.paths` compares such a term with others, also where topics do not build on each other at all.

A teacher's decision (Accept, Reject, Defer) is not read. It says whether help is offered, and clinics and letters keep to it; what
a student has to work on is the same either way, and a path that came and went with a decision would be no help in making it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import numpy as np

from model.activities import Activity, ActivityKind
from model.curriculum import Stage, below, by_name, depth, topics
from model.language.speech import ENGLISH, Language
from model.strands import Need, levels
from model.students import Cohort, FloatArray
from model.vocabulary import Strand

MASTERED, NOT_THERE = 0.8, 0.6
"""Share of the newest marks on a topic from which it is mastered, and below which it is missing."""

LIKELY_MISSING, WEAK_TOPICS_ON_IT = -0.35, 2
"""A topic without marks is likely missing where so little is believed of it, in standard deviations of the class, and so many of
the weak topics build on it directly."""

DOWN = 2
"""Steps below a topic in which what is missing is looked for: nobody re-teaches place value before a quadratic."""

BASICS = 2
"""Topics that stand lower than this on the map are steps only where marks show them missing: a guess is too little to send anybody
back to adding up."""

FEWEST, MOST, TARGETS = 3, 6, 2
"""Steps of a path, and weak topics that one path leads to."""

NEEDS_OF_A_PATH, WEAK = 12, 4
"""Needs that a path chooses from: two of each strand, so that the two weakest are among them whatever their strands. The weakest
of them that are not done are the weak topics that something missing may hold up."""

_STAGES = tuple(Stage)


class StepKind(StrEnum):
    """What a step is for."""

    MISSING = "missing first"
    TOPIC = "topic"
    PRACTISE = "practise"
    MIXED = "mixed"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of a path.

    Args:
        kind: What it is for.
        topic: What is worked on; of mixed practice the topics, apart by commas.
        strand: Its strand, None of mixed practice over several.
        why: Why it comes here, in a teacher's words.
        activity: The title of an activity, or what to do where the library has none.
        done_when: How one knows that it is done.
    """

    kind: StepKind
    topic: str
    strand: Strand | None
    why: str
    activity: str
    done_when: str


@dataclass(frozen=True, kw_only=True, eq=False)
class _Shown:
    """What marks show of one student.

    Args:
        marks: Topic id -> marks earned, out of, and the share of the newest of them.
        believed: Topic id -> what is believed of it.
        stages: The stages that are the student's.
        attended: Names of topics worked on in a clinic.
        tried: Name of a topic -> how often its exit ticket was not right.
        language: What steps are told in.
    """

    marks: dict[str, tuple[float, float, float]]
    believed: Mapping[str, float]
    stages: frozenset[Stage]
    attended: frozenset[str]
    tried: Mapping[str, int]
    language: Language

    def mastered(self) -> frozenset[str]:
        """Topics that marks show mastered, with all that they build on and that has no marks of its own."""
        shown = [id_ for id_, (_, _, newest) in self.marks.items() if newest >= MASTERED]
        return frozenset(shown).union(*(below(id_).keys() - self.marks.keys() for id_ in shown))

    def missing(self, id_: str, weak: Sequence[str]) -> bool:
        """Whether a topic is missing: by its marks beside the class's, or where it has none by what builds on it."""
        if topics()[id_].name in self.tried:
            return False
        believed = self.believed.get(id_, 0.0)
        if id_ in self.marks:
            return self.marks[id_][2] < NOT_THERE and believed < 0
        on_it = sum(id_ in topics()[other].prerequisites for other in weak)
        return depth(id_) >= BASICS and believed < LIKELY_MISSING and on_it >= WEAK_TOPICS_ON_IT

    def builds(self, id_: str, names: Sequence[str]) -> str:
        """That topics build on one that comes first, and what marks tell of it."""
        named, number = {"topics": self.language.listed(names)}, len(names)
        if id_ not in self.marks:
            # Translators: why a topic comes first; "topics" are one or two topics.
            return self.language.ngettext(
                "%(topics)s builds on it; nothing shows yet that it is there",
                "%(topics)s build on it; nothing shows yet that it is there",
                number,
                **named,
            )
        earned, out_of, _ = self.marks[id_]
        # Translators: "earned" are marks so far of "out_of" marks.
        return self.language.ngettext(
            "%(topics)s builds on it; %(earned)s/%(out_of)s so far",
            "%(topics)s build on it; %(earned)s/%(out_of)s so far",
            number,
            earned=self.language.number(earned),
            out_of=self.language.number(out_of),
            **named,
        )


def pathways(
    cohort: Cohort,
    standard: FloatArray,
    needs: Sequence[Sequence[Need]],
    *,
    parts: FloatArray | None = None,
    peers: Cohort | None = None,
    library: tuple[Activity, ...] = (),
    attended: Mapping[str, frozenset[str]] | None = None,
    tried: Mapping[str, Mapping[str, int]] | None = None,
    language: Language = ENGLISH,
) -> tuple[tuple[Step, ...], ...]:
    """The path of each student, three to six steps; empty for a student without a need.

    Args:
        cohort: n students.
        standard, parts, peers: As in `strands.needs`.
        needs: For each student the needs; best `NEEDS_OF_A_PATH` of them.
        library: The activities to choose from.
        attended: Student key -> names of topics worked on in a clinic.
        tried: Student key -> name of a topic -> how often its exit ticket was not right.
        language: What the steps are told in; topics and activities are called what they are called.

    Example:
        >>> from model.strands import needs
        >>> from model.students import Assessment
        >>> names = ("Expanding", "Double brackets")
        >>> tests = tuple(Assessment(title=name, strand=Strand.ALGEBRA, topic=name, out_of=20) for name in names)
        >>> one = Cohort.build(keys=("ZQ1",), half_term=1, assessments=tests, earned=[[9, 3]])
        >>> marks = np.array([[-0.8, -1.5]])
        >>> for step in pathways(one, marks, needs(one, marks))[0]:
        ...     print(step.topic, "|", step.why)
        Expanding | Double brackets builds on it; 9/20 so far
        Double brackets | weakest topic, 3/20
        Double brackets | once more, alone
        Expanding | once more, alone
        Expanding, Double brackets | what is mixed stays longer
    """
    attended, tried = attended or {}, tried or {}
    marks = _marks(cohort)
    known = sorted({id_ for own in marks for id_ in own} | {_id(need) for each in needs for need in each if _id(need)})
    asked = sorted({each for id_ in known for each in _near(id_)} - {""})
    groups = [(topics()[id_].strand, topics()[id_].name) for id_ in asked]
    believed = levels(cohort, standard, groups, parts=parts, peers=peers) if groups else np.zeros((cohort.size, 0))
    latest = max((_STAGES.index(topics()[id_].stage) for id_ in known), default=len(_STAGES) - 1)
    titles = {(activity.topic, activity.kind): activity.title for activity in reversed(library)}
    paths = []
    for i, (key, higher, level) in enumerate(zip(cohort.keys, cohort.higher.tolist(), believed.tolist(), strict=True)):
        own = _STAGES.index(Stage.FOUNDATION) if higher == 0 else latest
        shown = _Shown(
            marks=marks[i],
            believed=dict(zip(asked, level, strict=True)),
            stages=frozenset(_STAGES[: min(own, latest) + 1]),
            attended=attended.get(key, frozenset()),
            tried=tried.get(key, {}),
            language=language,
        )
        paths.append(_path(needs[i], shown, titles))
    return tuple(paths)


def _marks(cohort: Cohort) -> list[dict[str, tuple[float, float, float]]]:
    """For each student topic id -> marks earned, out of, and the share of the newest of them."""
    sources = [
        *((a.topic, a.out_of, cohort.earned[:, j]) for j, a in enumerate(cohort.assessments)),
        *((part.topic, part.out_of, cohort.parts_earned[:, j]) for j, part in enumerate(cohort.parts)),
    ]
    found: list[dict[str, tuple[float, float, float]]] = [{} for _ in cohort.keys]
    for name, out_of, column in sources:
        if name not in by_name() or not out_of:
            continue
        id_ = by_name()[name].id
        for own, earned in zip(found, column.tolist(), strict=True):
            if earned == earned:
                before = own.get(id_, (0.0, 0.0, 0.0))
                own[id_] = (before[0] + earned, before[1] + out_of, earned / out_of)
    return found


def _id(need: Need) -> str:
    """The id of a need's topic; "" where it is not on the map."""
    topic = by_name().get(need.topic or "")
    return topic.id if topic else ""


@cache
def _near(id_: str) -> dict[str, int]:
    """What a topic builds on and how many steps below it stands, no further down than is looked."""
    return {each: steps for each, steps in below(id_).items() if steps <= DOWN}


def _path(needs: Sequence[Need], shown: _Shown, titles: Mapping[tuple[str, ActivityKind], str]) -> tuple[Step, ...]:
    mastered, language = shown.mastered(), shown.language
    needs = sorted(needs, key=lambda need: need.level)
    # Whoever has mastered all that has marks makes the weakest of it sure.
    open_ = [need for need in needs if _id(need) not in mastered] or needs
    left = [need for need in open_ if _name(need) not in shown.attended]
    worked_on = [need for need in open_ if _name(need) in shown.attended][:TARGETS]
    if not open_:
        return ()
    targets = sorted(left[:TARGETS], key=lambda need: shown.tried.get(_name(need), 0))
    weak = [id_ for need in left[:WEAK] if (id_ := _id(need))]
    steps: list[Step] = []
    for need in targets:
        taken = {step.topic for step in steps}
        if _name(need) in taken:
            continue  # it came first, below the other one
        first = _first(_id(need), weak, mastered, shown)
        if first is not None and topics()[first].name not in taken:
            builds = [topics()[other].name for other in weak if first in _near(other)]
            why = shown.builds(first, builds[:2])
            steps.append(_step(StepKind.MISSING, topics()[first].name, topics()[first].strand, why, titles, language))
        steps.append(_step(StepKind.TOPIC, _name(need), need.strand, _why(need, needs, shown), titles, language))
    topics_of_path = dict.fromkeys((*(step.topic for step in steps), *map(_name, worked_on)))
    strands = {*(step.strand for step in steps), *(need.strand for need in worked_on)}
    steps += [
        _step(StepKind.PRACTISE, _name(need), need.strand, language.gettext("once more, alone"), titles, language)
        for need in targets[: MOST - 1 - len(steps)]
    ]
    return (*steps, _mixed(tuple(topics_of_path), strands, language))


def _why(need: Need, needs: Sequence[Need], shown: _Shown) -> str:
    """Why a topic is worked on: how weak it is, its marks, and that it was worked on before."""
    say, place = shown.language, needs.index(need)
    if need.earned is None or need.out_of is None:
        if place == 0:
            why = say.gettext("weakest topic")
        elif place == 1:
            why = say.gettext("next weakest topic")
        else:
            why = say.gettext("among the weakest topics")
    else:
        named = {"earned": say.number(need.earned), "out_of": say.number(need.out_of)}
        if place == 0:
            why = say.gettext("weakest topic, %(earned)s/%(out_of)s", **named)
        elif place == 1:
            why = say.gettext("next weakest topic, %(earned)s/%(out_of)s", **named)
        else:
            why = say.gettext("among the weakest topics, %(earned)s/%(out_of)s", **named)
    times = shown.tried.get(_name(need), 0)
    if not times:
        return why
    # Translators: of a topic that was worked on in a clinic, where the questions at the end were not all right.
    before = say.ngettext("worked on once, not yet right", "worked on %(number)s times, not yet right", times)
    return f"{why}; {before}"


def _first(id_: str, weak: Sequence[str], mastered: frozenset[str], shown: _Shown) -> str | None:
    """What is missing below a topic and holds up most of what is weak, what marks show before what is only likely; None where
    nothing is."""
    found = [
        each
        for each in (_near(id_) if id_ else ())
        if each not in mastered
        and topics()[each].stage in shown.stages
        and topics()[each].name not in shown.attended
        and shown.missing(each, weak)
    ]

    def holds_up(each: str) -> tuple[bool, float, float, str]:
        carried = sum(1.0 / _near(other)[each] for other in weak if each in _near(other))
        return each not in shown.marks, -carried, shown.believed.get(each, 0.0), each

    return min(found, key=holds_up, default=None)


def _name(need: Need) -> str:
    return need.topic or need.strand.value


def _step(
    kind: StepKind,
    topic: str,
    strand: Strand,
    why: str,
    titles: Mapping[tuple[str, ActivityKind], str],
    language: Language,
) -> Step:
    wanted = ActivityKind.PRACTISE if kind is StepKind.PRACTISE else ActivityKind.RE_TEACH
    activity = titles.get((topic, wanted), "")
    if not activity and kind is StepKind.PRACTISE:
        activity = language.gettext("Three questions alone")
    elif not activity:
        activity = language.gettext("Two worked examples together, then one alone")
    # Translators: stands after "Done:", how one knows that a topic is done.
    done_when = language.gettext("three questions right without help, on %(topic)s", topic=topic)
    return Step(kind=kind, topic=topic, strand=strand, why=why, activity=activity, done_when=done_when)


def _mixed(names: Sequence[str], strands: set[Strand | None], language: Language) -> Step:
    topic = ", ".join(names)
    if len(names) > 1:
        activity = language.gettext("Six questions in turn: %(topics)s", topics=topic)
    else:
        activity = language.gettext("Six questions on %(topic)s, of different kinds", topic=topic)
    return Step(
        kind=StepKind.MIXED,
        topic=topic,
        strand=next(iter(strands)) if len(strands) == 1 else None,
        why=language.gettext("what is mixed stays longer"),
        activity=activity,
        # Translators: stands after "Done:", how one knows that mixed practice is done.
        done_when=language.gettext("three questions right without help, mixed"),
    )
