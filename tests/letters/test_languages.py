"""Letters in other languages: nothing in them is left English but what the sheet says, and they say what language they are in."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from addin.letters import wording as wording_module
from addin.letters.compose import Letter, compose
from addin.letters.facts import Improvement, LetterFacts, Strengths, TopicMarks
from addin.letters.folder import zipped
from addin.letters.wording import READERS, Wording, own_folder
from model.language.speech import language_of
from model.vocabulary import TOPICS
from tests.letters.samples import decided_book, facts, longest_facts, whole_text
from tests.model.language.pseudo import PSEUDO, outside

NOTHING = facts(form="", school="", teacher="", contact="", topics=(), sessions=(), focus=None, activity="", path=None,
                strengths=Strengths())  # fmt: skip
LESS = facts(
    form="", contact="", activity="", sessions=(replace(facts().sessions[0], date=None),) * 2,
    strengths=Strengths(best_so_far=TopicMarks(topic="Angles", earned=7.5, out_of=15.0), effort=3, homework=88, attendance=97,
                        improvement=Improvement(earlier=40, later=61, tests=4)),
    path=replace(facts().path, steps=facts().path.steps[:1], again=("Speed", "Surds")),
)  # fmt: skip
MIXED = facts(activity="", path=replace(facts().path, steps=(), again=("Speed",)))
SHAPES = {"usual": facts(), "longest": longest_facts(), "nothing": NOTHING, "less": LESS, "mixed": MIXED}


def letter_of(told: LetterFacts, language: str) -> Letter:
    wording = Wording(language)
    return Letter(facts=told, versions={reader: wording.letter(told, reader=reader) for reader in READERS})


def own_words(told: LetterFacts) -> list[str]:
    """What a letter takes from the sheet as it is."""
    named = (told.name, told.forename, told.form, told.school, told.teacher, told.contact, told.activity)
    means = (topic.means for topic in (*told.topics, told.focus, *(told.path.steps if told.path else ())) if topic)
    places = (text for s in told.sessions for text in (s.slot, s.time, s.room, s.staff))
    return [*named, *means, *places]


@pytest.mark.parametrize("shape", SHAPES)
def test_no_sentence_of_a_letter_stands_outside_of_the_catalogue(shape: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wording_module, "languages", lambda: ("en", "qq"))
    monkeypatch.setattr(wording_module, "language_of", lambda code: PSEUDO)
    told = SHAPES[shape]
    text = whole_text(letter_of(told, "qq"))
    assert text.count("⟦") > 20
    # Topics are looked up too; where the catalogue does not have one, it is called what the sheet calls it.
    assert outside(text, but=own_words(told)) == ""


@pytest.mark.parametrize("language", ["cy", "pl"])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_letter_says_the_same_facts_in_every_language(shape: str, language: str) -> None:
    told = replace(SHAPES[shape], name="Zyx Qwv", forename="Zyx")
    english, other = (whole_text(letter_of(told, code)) for code in ("en", language))

    def figures(text: str) -> list[str]:
        return sorted(re.findall(r"\d+", text.replace("7,5", "7.5")))

    assert figures(other) == figures(english)
    assert other.count("Zyx") >= 3
    common = {
        "maths",
        "clinic",
        "teacher",
        "marks",
        "with",
        "when",
        "you",
        "topic",
        "the",
        "and",
    }  # not "help", which is Welsh too
    words = {word.casefold() for word in re.findall(r"\w+", other)}
    kept = {word.casefold() for text in own_words(told) for word in re.findall(r"\w+", text)}
    assert not (words & common) - kept - ({"maths", "clinic"} if language == "pl" else set())


def test_every_topic_has_a_name_and_words_for_a_family() -> None:
    for code in ("cy", "pl"):
        wording = Wording(code)
        for topic in TOPICS:
            assert wording.speech.word("topic", topic), topic
            assert wording.words.of("topic", topic), topic
        letters = (letter_of(facts(topics=(TopicMarks(topic=topic),)), code) for topic in TOPICS if len(topic) > 14)
        assert not [text for letter in letters for text in TOPICS if len(text) > 14 and text in whole_text(letter)]


def test_dates_and_numbers_are_the_languages_own() -> None:
    assert "poniedziałek, 9 marca, 12:30" in whole_text(letter_of(facts(), "pl"))
    assert "dydd Llun 9 Mawrth, 12:30" in whole_text(letter_of(facts(), "cy"))
    assert "7,5 z 15 punktów" in whole_text(letter_of(LESS, "pl"))
    assert "7.5 allan o 15 marc" in whole_text(letter_of(LESS, "cy"))


@pytest.mark.parametrize(("language", "locale"), [("en", "en-GB"), ("cy", "cy-GB"), ("pl", "pl-PL")])
def test_pages_and_documents_say_their_language(language: str, locale: str) -> None:
    composed = compose(decided_book(["Accept"]), language=language, today=date(2026, 3, 2))
    with zipfile.ZipFile(io.BytesIO(zipped(composed))) as files:
        pages = [files.read(name).decode() for name in files.namelist() if name.endswith(".html")]
        documents = [files.read(name) for name in files.namelist() if name.endswith(".docx")]
    assert len(pages) == len(documents) == 2
    assert all(f'<html lang="{locale if language == "en" else language}">' in page for page in pages)
    for document in documents:
        with zipfile.ZipFile(io.BytesIO(document)) as parts:
            styles = ElementTree.fromstring(parts.read("word/styles.xml"))
        found = [each for each in styles.iter() if each.tag.endswith("}lang")]
        assert found
        assert {value for each in found for name, value in each.attrib.items() if name.endswith("}val")} == {locale}


def test_a_schools_own_english_wording_is_not_told_in_other_languages() -> None:
    own_folder().mkdir(parents=True, exist_ok=True)
    for reader in READERS:
        (own_folder() / f"letter_{reader}.en.txt.j2").write_text("Our own words.", encoding="utf-8")
    assert "Our own words." in whole_text(letter_of(facts(), "en"))
    assert "Our own words." not in whole_text(letter_of(facts(), "pl"))
    (own_folder() / "letter_family.pl.txt.j2").write_text("Nasze własne słowa.", encoding="utf-8")
    assert "Nasze własne słowa." in whole_text(letter_of(facts(), "pl"))
    assert Wording("pl").draft_notice() == language_of("pl").draft_notice() is not None, (
        "the student's is still the draft"
    )
