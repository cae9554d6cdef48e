"""Two lines a cell: at most 90 characters of reasons, a line a topic, a line an activity, whatever the class."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.results.columns import RESULT_COLUMNS
from addin.results.short import (
    LONGEST_LINE,
    LONGEST_WHY,
    activities_in_short,
    cut,
    topics_in_short,
    topics_on_one_line,
    why_in_short,
)
from addin.review import review
from model.activities import bundled
from model.reasons import Reason
from model.strands import Need
from model.vocabulary import Evidence, Strand
from tests import support

WIDTHS = {column.heading: column.width for column in RESULT_COLUMNS}


@pytest.mark.parametrize("seed", range(6))
def test_the_two_reasons_of_every_student_are_whole(seed: int) -> None:
    for result in review(support.book(support.HEADINGS, *support.students(40, seed=seed))).results:
        told = why_in_short(result.reasons)
        assert len(told) <= LONGEST_WHY
        assert "…" not in told
        assert told == "; ".join(reason.short for reason in result.reasons[:2]) + "."


def test_no_bundled_title_is_cut_and_only_the_longest_topics_are() -> None:
    for activity in bundled():
        assert activity.title in activities_in_short([activity])
        need = Need(
            strand=activity.strand, topic=activity.topic, earned=20, out_of=40, evidence=Evidence.MODERATE, level=-1
        )
        told = topics_in_short([need])
        too_long = len(f"1. {activity.topic} ({activity.strand}): 20/40") > LONGEST_LINE
        assert activity.topic in told or (too_long and activity.topic[:15] in told and "…" in told)


@given(st.text(max_size=120), st.sampled_from(Strand), st.sampled_from(Evidence), st.floats(0, 999), st.floats(1, 999))
def test_every_topic_keeps_its_strand_and_marks_in_one_line(
    topic: str, strand: Strand, evidence: Evidence, earned: float, out_of: float
) -> None:
    topic = " ".join(topic.split())
    earned, out_of = round(earned), round(out_of)
    need = Need(strand=strand, topic=topic or None, earned=earned, out_of=out_of, evidence=evidence, level=-1)
    told = topics_in_short([need, need._replace(topic=None)])
    first, second = told.split("\n")
    assert len(first) <= LONGEST_LINE
    assert f"({strand}): {earned}/{out_of}" in first or not topic
    assert second.startswith(f"2. {strand}: {earned}/{out_of}")
    assert ("weak" in second) is (evidence is Evidence.WEAK)
    assert len(topics_on_one_line([need, need], longest=46)) <= 46


@given(st.text(min_size=1, max_size=200), st.integers(8, 90))
def test_what_is_cut_says_so_and_is_no_longer(text: str, longest: int) -> None:
    told = cut(text, longest)
    assert len(told) <= longest
    assert told == text or told.endswith("…")


def test_two_lines_fit_the_columns() -> None:
    assert 2 * WIDTHS["Why"] >= LONGEST_WHY + 8, "a word that does not fit the first line goes to the second"
    assert min(WIDTHS["Topics to work on"], WIDTHS["Suggested activities"]) >= LONGEST_LINE


def test_a_reason_is_its_sentence_wherever_a_text_is_wanted() -> None:
    reason = Reason("Homework 43 %, well under the class (71 %)", "Homework 43 %, class 71 %")
    assert reason == "Homework 43 %, well under the class (71 %)"
    assert Reason("No mark yet").short == "No mark yet"
