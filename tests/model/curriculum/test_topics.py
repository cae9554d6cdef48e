"""The map of the course: no circles, nobody alone, no word for two topics, and every word that was understood before."""

from __future__ import annotations

import re

import pytest

from addin.reading.headings.topics import topic_of
from model.curriculum import Stage, below, cycles, dependants, depth, orphans, topics
from model.curriculum.__main__ import lines
from model.training.assessments import TESTED
from model.vocabulary import STRANDS, TOPICS

STAGES = tuple(Stage)


def test_the_map_is_large_and_covers_every_strand_and_stage() -> None:
    known = topics()
    assert len(known) >= 130
    for strand in STRANDS:
        assert {topic.stage for topic in known.values() if topic.strand is strand} == set(Stage)
    assert len({topic.name for topic in known.values()}) == len(known)
    assert {topic.name: topic.strand for topic in known.values()} == TOPICS
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id_) for id_ in known)


def test_no_circle_and_no_orphan_and_one_beginning() -> None:
    assert cycles() == ()
    assert orphans() == ()
    first = [topic for topic in topics().values() if not topic.prerequisites]
    assert first
    assert all(topic.stage is Stage.KEY_STAGE_3 and dependants()[topic.id] for topic in first)
    assert max(map(depth, topics())) <= 12


def test_prerequisites_are_direct_known_and_never_of_a_later_stage() -> None:
    for topic in topics().values():
        assert len(set(topic.prerequisites)) == len(topic.prerequisites) <= 3
        for before in topic.prerequisites:
            assert STAGES.index(topics()[before].stage) <= STAGES.index(topic.stage), (topic.id, before)
            implied = [other for other in topic.prerequisites if other != before and before in below(other)]
            assert not implied, (topic.id, before, implied)


def test_references_are_numbers_of_the_subject_content() -> None:
    most = {"N": 16, "A": 25, "R": 16, "G": 25, "P": 9, "S": 6}
    told = [topic.reference for topic in topics().values() if topic.reference]
    assert len(told) >= 130
    for reference in told:
        assert re.fullmatch(r"[NARGPS]\d{1,2}", reference)
        assert 1 <= int(reference[1:]) <= most[reference[0]]


def test_no_word_stands_for_two_topics_and_each_finds_its_own() -> None:
    seen: dict[str, str] = {}
    for topic in topics().values():
        for word in (topic.name, *topic.aliases):
            assert word.casefold() not in seen, word
            seen[word.casefold()] = topic.id
            assert topic_of(word.removesuffix("-")) == (topic.strand, topic.name), word


UNDERSTOOD = {
    "Grouped mean": "grouped; estimated mean",
    "Scale factor": "scale factor; enlargement; enlarging",
    "Expected frequency": "expected freq; expected frequencies",
    "Equally likely outcomes": "equally likely",
    "Independence": "independent events",
    "Tree diagrams": "tree diagram; probability tree",
    "Fractions": "fraction; adding fractions; fractions and decimals",
    "Decimals": "decimal; multiplying decimals; dividing decimals",
    "Negative numbers": "negative; directed number; multiplying negatives",
    "Multiplying and dividing": "multiplication; dividing; division; times tables",
    "Powers": "powers; indices",
    "Expanding": "expand; brackets; expanding brackets; expanding and factorising",
    "Notation": "notation; expressions",
    "Equations": "equation; solving; solving equations; equations and inequalities",
    "Straight lines": "straight line; linear graphs; straight line graphs",
    "Nth term": "nth term; sequences and nth term",
    "Percentage change": "percentage; percentages",
    "Speed": "speed; compound measures",
    "Sharing in a ratio": "sharing",
    "Proportion": "proportion; direct proportion",
    "Scaling": "scaling; recipes",
    "Area and perimeter": "area; perimeter",
    "Angles": "angle; angles and bearings",
    "Pythagoras": "pythagoras theorem; Pythagoras and trigonometry",
    "Regular shapes": "regular shape; polygons",
    "Averages": "average; median; mean; mean, median and mode",
    "Pie charts": "pie chart",
    "Scatter graphs": "scatter; scattergraph; scatter diagrams",
}
"""What headings with these words led to before there was a map; each goes on to."""

MORE_PARTICULAR = {
    "similar shape": "Similar shapes", "relative frequency": "Relative frequency", "sample space": "Sample spaces",
    "index laws": "Index laws", "laws of indices": "Index laws", "standard form": "Standard form", "factorise": "Factorising",
    "factorizing": "Factorising", "substituting": "Substitution", "inequalities": "Inequalities", "gradient": "Gradient",
    "sequence": "Sequences", "compound interest": "Compound interest", "simple interest": "Simple interest",
    "best buy": "Best buys", "surface area": "Surface area", "frequency polygon": "Frequency polygons",
    "multiplying fractions": "Multiplying fractions", "area of circles": "Area of circles", "scientific notation": "Standard form",
}  # fmt: skip
"""Words that led to one of few topics, and now lead to their own."""


@pytest.mark.parametrize("topic", TESTED)
def test_words_that_were_understood_go_on_to_be(topic: str) -> None:
    for words in (topic, topic.upper(), f"{topic} HT2 (20)", *UNDERSTOOD[topic].split("; ")):
        assert topic_of(words) == (TOPICS[topic], topic), words


@pytest.mark.parametrize(("words", "topic"), MORE_PARTICULAR.items())
def test_words_for_a_topic_of_their_own(words: str, topic: str) -> None:
    assert topic_of(f"{words} test") == (TOPICS[topic], topic)


@pytest.mark.parametrize(
    "words", ["Out of bounds", "Proof of address", "Proofread", "Functional skills", "Coordinator", "Region"]
)
def test_words_that_only_look_like_topics(words: str) -> None:
    assert topic_of(words) == (None, None)


def test_the_strand_whose_name_is_made_of_topics() -> None:
    strand, topic = topic_of("Ratio, proportion and rates of change test")
    assert (strand, topic) == (TOPICS["Proportion"], None)


def test_the_map_is_told() -> None:
    told = "\n".join(lines(each=True))
    assert "0 cycles, 0 orphans" in told
    assert "loci (foundation, G2" in told
