"""Paths: what is missing comes first, at the stage; what is done moves them on; three to six steps, each with its check."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from model.activities import Activity, bundled
from model.curriculum import Stage, below, by_name, topics
from model.means import within
from model.pathway import DOWN, FEWEST, MOST, NEEDS_OF_A_PATH, Step, StepKind, pathways
from model.strands import needs
from model.students import Assessment, Cohort
from model.training.topic_worlds import class_with_tests, topic_worlds
from model.vocabulary import TOPICS, Strand


def cohort(*tests: tuple[str, float, float], higher: float = np.nan) -> Cohort:
    """One student's marks (topic, earned, out of), in a class of ten whose others have three in five everywhere."""
    assessments = [
        Assessment(title=f"{name} {n}", strand=TOPICS.get(name, Strand.ALGEBRA), topic=name, out_of=out_of)
        for n, (name, _, out_of) in enumerate(tests)
    ]
    others = [[(0.5 + 0.02 * k) * out_of for _, _, out_of in tests] for k in range(9)]
    return Cohort.build(
        keys=[str(i) for i in range(10)],
        half_term=3,
        assessments=assessments,
        earned=[[earned for _, earned, _ in tests], *others],
        higher=[higher] * 10,
    )


def path(
    made: Cohort,
    *,
    attended: frozenset[str] = frozenset(),
    tried: dict[str, int] | None = None,
    library: tuple[Activity, ...] = (),
) -> tuple[Step, ...]:
    marks = within(made.earned, made.earned)
    weak = needs(made, marks, most=NEEDS_OF_A_PATH)
    return pathways(made, marks, weak, library=library, attended={"0": attended}, tried={"0": tried or {}})[0]


def names(steps: tuple[Step, ...], *kinds: StepKind) -> list[str]:
    return [step.topic for step in steps if step.kind in (kinds or tuple(StepKind))]


def test_a_missing_prerequisite_with_marks_comes_first() -> None:
    steps = path(cohort(("Double brackets", 3, 20), ("Expanding", 6, 20), ("Pie charts", 14, 20)))
    assert names(steps)[:2] == ["Expanding", "Double brackets"]
    assert steps[0].kind is StepKind.MISSING
    assert steps[0].why == "Double brackets builds on it; 6/20 so far"
    assert steps[1].why == "weakest topic, 3/20"


def test_a_prerequisite_that_marks_show_mastered_is_no_step() -> None:
    steps = path(cohort(("Double brackets", 3, 20), ("Expanding", 18, 20), ("Pie charts", 14, 20)))
    assert not {"Expanding", "Simplifying"} & set(names(steps, StepKind.MISSING, StepKind.TOPIC))


def test_a_prerequisite_that_is_there_as_in_the_class_is_no_step() -> None:
    hard = cohort(("Double brackets", 3, 20), ("Expanding", 11, 20), ("Pie charts", 14, 20))
    hard.earned[1:, 1] = np.linspace(2, 9, 9)
    assert "Expanding" not in names(path(hard), StepKind.MISSING)


def test_a_guess_about_one_topic_is_no_step() -> None:
    steps = path(cohort(("Double brackets", 2, 30), ("Pie charts", 20, 30)))
    assert names(steps, StepKind.MISSING) == []


def test_two_weakest_in_turn_whatever_their_strand() -> None:
    steps = path(cohort(("Bar charts", 6, 30), ("Averages", 5, 30), ("Angles", 10, 30)))
    assert set(names(steps, StepKind.TOPIC)) == set(names(steps, StepKind.PRACTISE)) == {"Bar charts", "Averages"}


def test_after_a_ticket_that_was_not_right_the_other_topic_has_its_turn() -> None:
    made = cohort(("Pie charts", 4, 20), ("Speed", 6, 20), ("Angles", 13, 20))
    assert names(path(made))[:2] == ["Pie charts", "Speed"]
    steps = path(made, tried={"Pie charts": 1})
    assert names(steps)[:2] == ["Speed", "Pie charts"]
    assert [step.why for step in steps[:2]] == [
        "next weakest topic, 6/20",
        "weakest topic, 4/20; worked on once, not yet right",
    ]
    assert names(path(made, tried={"Pie charts": 1, "Speed": 2}))[:2] == ["Pie charts", "Speed"]


def test_what_is_missing_comes_first_once() -> None:
    made = cohort(("Double brackets", 3, 20), ("Expanding", 7, 20), ("Pie charts", 4, 20))
    assert names(path(made), StepKind.MISSING) == ["Expanding"]
    assert "Expanding" not in names(path(made, tried={"Expanding": 1}), StepKind.MISSING)


def test_marks_of_its_own_judge_what_a_mastered_topic_builds_on() -> None:
    steps = path(cohort(("Simplifying", 3, 20), ("Equations", 19, 20), ("Pie charts", 14, 20)))
    assert steps[0].topic == "Simplifying"


def test_what_a_mastered_topic_builds_on_is_mastered_too() -> None:
    steps = path(cohort(("Double brackets", 3, 20), ("Equations", 19, 20), ("Pie charts", 14, 20)))
    assert "Simplifying" in {topics()[id_].name for id_ in below("equations")}
    assert "Simplifying" not in names(steps)


def test_without_marks_the_one_that_holds_up_most_comes_first() -> None:
    steps = path(cohort(("Double brackets", 2, 30), ("Factorising", 3, 30), ("Pie charts", 20, 30)))
    assert names(steps)[0] == "Expanding"
    assert steps[0].why in (
        f"{a} and {b} build on it; nothing shows yet that it is there"
        for a, b in (("Double brackets", "Factorising"), ("Factorising", "Double brackets"))
    )


def test_nothing_beyond_the_students_tier() -> None:
    tests = (("Quadratic formula", 2, 30), ("Surds", 3, 30), ("Pie charts", 20, 30))
    for higher, stages in ((0.0, (Stage.KEY_STAGE_3, Stage.FOUNDATION)), (1.0, tuple(Stage))):
        steps = path(cohort(*tests, higher=higher))
        assert all(by_name()[name].stage in stages for name in names(steps, StepKind.MISSING))


def test_newest_marks_move_the_path_on() -> None:
    before = path(cohort(("Expanding", 4, 20), ("Pie charts", 13, 20)))
    after = path(cohort(("Expanding", 4, 20), ("Pie charts", 13, 20), ("Expanding", 17, 20)))
    assert "Expanding" in names(before, StepKind.TOPIC)
    assert "Expanding" not in names(after, StepKind.TOPIC, StepKind.MISSING)


def test_a_clinic_on_the_topic_moves_the_path_on_and_it_stays_in_the_mix() -> None:
    made = cohort(("Expanding", 4, 20), ("Speed", 8, 20), ("Pie charts", 13, 20))
    steps = path(made, attended=frozenset({"Expanding"}))
    assert "Expanding" not in names(steps, StepKind.TOPIC, StepKind.MISSING, StepKind.PRACTISE)
    assert "Expanding" in steps[-1].topic
    assert "Speed" in names(steps, StepKind.TOPIC)


def test_topics_that_are_done_hold_nothing_up() -> None:
    done = ("Pie charts", "Bar charts", "Speed", "Angles", "Averages")
    made = cohort(*((name, 2, 30) for name in done), ("Double brackets", 9, 30), ("Expanding", 12, 30))
    steps = path(made, attended=frozenset(done))
    assert [step.why for step in steps if step.kind is StepKind.MISSING] == [
        "Double brackets builds on it; 12/30 so far"
    ]


def test_a_word_of_the_teachers_own_is_a_topic_without_prerequisites() -> None:
    steps = path(cohort(("Knots and loops", 2, 20)))
    assert names(steps) == ["Knots and loops"] * 3
    assert [step.kind for step in steps] == [StepKind.TOPIC, StepKind.PRACTISE, StepKind.MIXED]


def test_who_has_mastered_everything_makes_the_weakest_sure() -> None:
    assert names(path(cohort(("Expanding", 17, 20), ("Speed", 19, 20))))[0] in ("Expanding", "Speed")


def test_activities_are_the_librarys() -> None:
    steps = path(cohort(("Fractions", 2, 20), ("Pie charts", 14, 20)), library=bundled())
    titles = {(a.topic, a.title) for a in bundled()}
    own = [step for step in steps if step.topic == "Fractions" and step.kind is not StepKind.MIXED]
    assert len(own) == 2
    assert all((step.topic, step.activity) in titles for step in own)
    assert all(step.activity for step in steps)


def test_nobody_without_a_need_has_a_path() -> None:
    made = replace(cohort(("Expanding", 4, 20)), keys=tuple("abcdefghij"))
    assert pathways(made, made.earned, ((),) * 10) == ((),) * 10


@pytest.mark.parametrize(("tests", "each"), [(1, 1), (4, 1), (12, 1), (4, 12)])
def test_every_path_keeps_its_form(tests: int, each: int) -> None:
    rng = np.random.default_rng([3, tests, each])
    with_missing = 0
    for world in topic_worlds():
        made = class_with_tests(world, tests=tests, rng=rng, topics_each=each).cohort
        marks, parts = within(made.earned, made.earned), within(made.parts_earned, made.parts_earned)
        weak = needs(made, marks, parts=parts, most=NEEDS_OF_A_PATH)
        for own, steps in zip(weak, pathways(made, marks, weak, parts=parts), strict=True):
            if not own:
                assert steps == ()
                continue
            assert FEWEST <= len(steps) <= MOST
            assert steps[-1].kind is StepKind.MIXED
            assert all(step.why and step.activity and "three questions" in step.done_when for step in steps)
            targets = [by_name()[name].id for name in names(steps, StepKind.TOPIC)]
            for step in steps:
                if step.kind is StepKind.MISSING:
                    with_missing += 1
                    id_ = by_name()[step.topic].id
                    assert any(below(other).get(id_, DOWN + 1) <= DOWN for other in targets)
                    assert steps.index(step) < len(steps) - 2
    assert bool(with_missing) is (tests > 1)
