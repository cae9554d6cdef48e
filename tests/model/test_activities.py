"""The library: both kinds for each topic, texts that are safe and readable, and suggestions that fit."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from model.activities import ActivityKind, bundled, parse, suggest
from model.curriculum import by_name
from model.errors import ActivitiesError
from model.strands import Need
from model.vocabulary import TOPICS, Evidence, Strand


def need(strand: Strand, topic: str | None) -> Need:
    return Need(strand=strand, topic=topic, earned=3, out_of=20, evidence=Evidence.MODERATE, level=-1)


def test_each_topic_has_one_to_re_teach_and_one_to_practise() -> None:
    kinds = defaultdict(set)
    for activity in bundled():
        assert by_name()[activity.topic].strand is activity.strand
        kinds[activity.topic].add(activity.kind)
    assert set(kinds) == set(TOPICS)
    assert all(found == set(ActivityKind) for found in kinds.values())


def test_texts_are_whole_and_safe_in_a_cell() -> None:
    titles = [activity.title for activity in bundled()]
    assert len(set(titles)) == len(titles)
    for activity in bundled():
        for text in (activity.title, activity.misconception, activity.scaffold, activity.fade, activity.source):
            assert text
            assert text[0] not in "=+-@"
            assert "\n" not in text
            assert "  " not in text
        assert activity.scaffold.endswith((".", "?", "!"))
        assert activity.fade.endswith((".", "?", "!"))
        assert 100 < len(activity.scaffold) <= 450


def test_plain_sums_in_the_texts_are_right() -> None:
    """Fractions written as sums or equalities in the texts are checked, wrong ones told as wrong left out."""
    sums = re.compile(r"(?<![\d/×.])(\d+)/(\d+) ([+−]) (\d+)/(\d+) = (\d+)/(\d+)(?![\d/])")
    checked = 0
    for activity in bundled():
        for a, b, sign, c, d, e, f in sums.findall(activity.scaffold):
            left = int(a) / int(b) + (1 if sign == "+" else -1) * int(c) / int(d)
            assert left == pytest.approx(int(e) / int(f)), (activity.title, a, b, c, d)
            checked += 1
    assert checked >= 5


def test_first_re_teach_then_practise() -> None:
    first, second = suggest((need(Strand.NUMBER, "Fractions"), need(Strand.RATIO, "Speed")))
    assert (first.topic, first.kind) == ("Fractions", ActivityKind.RE_TEACH)
    assert (second.topic, second.kind) == ("Speed", ActivityKind.PRACTISE)


@pytest.mark.parametrize("topic", ["Volume", None])
def test_unknown_topic_gets_one_of_its_strand(topic: str | None) -> None:
    (activity,) = suggest((need(Strand.GEOMETRY, topic),))
    assert activity.strand is Strand.GEOMETRY
    assert activity.kind is ActivityKind.RE_TEACH


def test_never_the_same_activity_twice() -> None:
    first, second = suggest((need(Strand.GEOMETRY, "Volume"), need(Strand.GEOMETRY, "Circles")))
    assert first != second


def test_empty_library_suggests_nothing() -> None:
    assert suggest((need(Strand.NUMBER, "Fractions"),), ()) == ()


GOOD = {"strand": "Number", "topic": "Fractions", "kind": "re-teach", "title": "Bars", "scaffold": "Draw two bars."}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"strand": "Numbers"}, "row 2: strand 'Numbers' is not one of Number, Algebra"),
        ({"kind": "sing"}, "row 2: kind 'sing' is not"),
        ({"topic": " "}, "row 2: topic is empty"),
        ({"title": ""}, "row 2: title is empty"),
        ({"scaffold": ""}, "row 2: scaffold is empty"),
    ],
)
def test_broken_rows_are_told_with_their_place(change: dict[str, str], says: str) -> None:
    with pytest.raises(ActivitiesError, match=says):
        parse([GOOD | change], source="Activities")


def test_a_whole_row_is_read() -> None:
    (activity,) = parse([GOOD], source="Activities")
    assert activity.title == "Bars"
