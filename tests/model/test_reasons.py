"""Reasons: sentences that the figures bear out, for everybody who is scored."""

from __future__ import annotations

import re
from types import SimpleNamespace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from model.reasons import MODEL_ALONE, RULE_ALONE, _Facts, outlook, reasons, second_opinion
from model.rules import says_below_target
from model.scorecard import bundled, score
from model.students import Assessment, Cohort, MarkState
from model.training.cohorts import schools
from model.training.worlds import World
from model.vocabulary import Flag


def told_for(cohort: Cohort) -> tuple[tuple[str, ...], ...]:
    return reasons(cohort, score(cohort), reference=bundled().reference)


@given(seed=st.integers(0, 300), students=st.integers(1, 40), half_term=st.integers(1, 6))
@settings(max_examples=40, deadline=None)
def test_everybody_has_a_reason_and_the_comparison_is_true(seed: int, students: int, half_term: int) -> None:
    cohort = next(schools(World(), students=1, seed=seed, sizes=(students, students))).at(half_term)
    for sentences in told_for(cohort):
        assert sentences
        for sentence in sentences:
            assert len(sentence) < 120
            compared = re.search(r"(\d+(?:\.\d+)?)(?: %| of 4).*(under|above).*\((\d+(?:\.\d+)?)", sentence)
            if compared:
                assert (float(compared[1]) <= float(compared[3])) == (compared[2] == "under") or compared[
                    1
                ] == compared[3]


def a_class(**changes: object) -> Cohort:
    """Ten students with middling records; the first one is changed."""
    parts = {
        "target": [5.0] * 10,
        "homework": np.tile([80.0, np.nan, np.nan, np.nan, np.nan, np.nan], (10, 1)),
        "attendance": np.tile([95.0, np.nan, np.nan, np.nan, np.nan, np.nan], (10, 1)),
        "effort": np.tile([3.0, np.nan, np.nan, np.nan, np.nan, np.nan], (10, 1)),
        "assessments": tuple(Assessment(title=f"Test {i}", out_of=20) for i in range(3)),
        "earned": np.tile([[9.0], [10.0], [11.0], [12.0], [13.0], [14.0], [12.0], [13.0], [11.0], [12.0]], (1, 3)),
    }
    return Cohort.build(keys=[str(i) for i in range(10)], half_term=1, **(parts | changes))  # type: ignore[arg-type]


def test_low_homework_is_told_with_its_figures() -> None:
    homework = np.tile([80.0, np.nan, np.nan, np.nan, np.nan, np.nan], (10, 1))
    homework[0, 0] = 20
    told = " ".join(told_for(a_class(homework=homework))[0])
    assert "Homework 20 %, well under the class (74 %)" in told


def test_missing_target_and_little_evidence_are_said() -> None:
    one = Cohort.build(keys=("a",), half_term=1, assessments=(Assessment(title="Angles", out_of=20),), earned=[[3]])
    told = told_for(one)[0]
    assert "Little to go on: 1 mark so far" in told
    assert "No target in the markbook: estimated from the class" in told


def test_an_estimated_target_is_called_so_in_a_few_words_too() -> None:
    told = told_for(a_class(target=[np.nan, *[5.0] * 9]))[0]
    beside = [getattr(sentence, "short", "") for sentence in told if "target of" in sentence]
    assert beside
    assert all(short.endswith(", estimated") and len(short) <= 44 for short in beside)
    assert all("an estimated target of" in sentence for sentence in told if "target of" in sentence)


def test_the_class_has_one_mean_however_it_is_sorted() -> None:
    """To the last digit: 56.5 % less a rounding error would be shown as 56 and not as 57."""
    earned = np.tile(np.array([[1.0], [2.0], [4.0], [5.0], [7.0], [8.0], [10.0], [11.0], [13.0], [2.3]]), (1, 3))
    assessments = tuple(Assessment(title=f"Test {i}", out_of=total) for i, total in enumerate((13.0, 17.0, 21.0)))
    cohort = a_class(earned=earned, assessments=assessments)
    random, usual = np.random.default_rng(7), set()
    for _ in range(200):
        shares = 100 * cohort.take(random.permutation(10)).earned[:, 0] / 13.0
        usual.add(_Facts._usual(SimpleNamespace(few=False), shares, 50.0))  # type: ignore[arg-type]
    assert len(usual) == 1


def test_no_mark_says_why_there_is_no_flag() -> None:
    earned = np.full((10, 3), 12.0)
    earned[0] = np.nan
    state = np.zeros((10, 3), dtype=np.int8)
    state[0] = 1
    away = "Absent from all 3 assessments, attendance 95 %: not scored, find out first what keeps this student away"
    assert told_for(a_class(earned=earned, state=state))[0] == (away,)
    state[0, 2] = MarkState.NOT_RECORDED
    assert told_for(a_class(earned=earned, state=state))[0] == ("No mark yet (absent from 2 assessments)",)


def test_on_track_is_told_by_what_speaks_for_the_student() -> None:
    cohort = next(schools(World(), students=1, seed=12, sizes=(30, 30))).at(4)
    scores = score(cohort)
    told = reasons(cohort, scores, reference=bundled().reference)
    praised = sum(
        any(word in sentence for word in ("above", "close to")) for flag, sentences in zip(scores.flags, told, strict=True)
        if flag is Flag.ON_TRACK for sentence in sentences[:1]
    )  # fmt: skip
    assert praised > 0.7 * scores.flags.count(Flag.ON_TRACK)


def test_without_totals_the_place_is_told() -> None:
    tests = tuple(Assessment(title=f"Test {i}") for i in range(3))
    told = " ".join(told_for(a_class(assessments=tests))[0])
    assert "Topic tests: place 10 of 10 (no totals in the markbook)" in told


def test_outlook_names_the_interval_and_the_target() -> None:
    cohort = next(schools(World(), students=1, seed=12, sizes=(30, 30))).at(4)
    scores = score(cohort)
    for i, sentence in enumerate(outlook(scores)):
        if np.isnan(scores.risk[i]):
            assert sentence is None
            continue
        told = re.fullmatch(r"Likely final grade ([U\d]) to (\d), target (\d)(: catch-up|: intensive)?", sentence or "")
        assert told
        assert int(told[1].replace("U", "0")) <= int(told[2])
        assert int(told[3]) == cohort.target[i]
        assert bool(told[4]) == (scores.flags[i] in (Flag.HIGH, Flag.WATCH))


def test_second_opinion_only_where_rule_and_model_disagree() -> None:
    for sheet in schools(World(), students=400, seed=13):
        scores = score(sheet.at(3))
        below = says_below_target(scores.standing)
        for flag, rule, told in zip(scores.flags, below, second_opinion(scores), strict=True):
            flagged = flag in (Flag.HIGH, Flag.WATCH)
            expected = None if flag is Flag.NOT_ENOUGH or flagged == rule else (RULE_ALONE if rule else MODEL_ALONE)
            assert told == expected
