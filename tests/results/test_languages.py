"""Reasons in other languages: nothing of them is left English but the contract's words, and runs know the ones before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from addin.files.marked import clear_file, score_file
from addin.files.package.read import read_book
from addin.functions import INTERVENTION_PATHWAY, INTERVENTION_TOPICS, INTERVENTION_WHY
from addin.hosts.flag_notes import is_ours, note_texts
from addin.reading.grid import Book
from addin.results.annotate import OLD_SUMMARY, annotate
from addin.results.in_full import activities_in_full, path_in_full, path_on_a_card, topics_in_full
from addin.results.short import path_in_short, topics_in_short, why_in_short
from addin.review import review
from model.language.speech import ENGLISH, language_of, languages
from model.vocabulary import STRANDS, Flag
from templates.build import class_workbook
from tests.letters.samples import book_of_every_topic
from tests.model.language.pseudo import PSEUDO, outside
from tests.support import HEADINGS, book, run, students

MONDAY, FRIDAY = date(2026, 3, 2), date(2026, 3, 6)
FLAGS = [flag.value for flag in Flag]


def books() -> dict[str, Book]:
    """Classes in which different things are told of students."""
    rows = students(40, seed=3)
    bare = [[row[0], row[1], row[2], *([None] * 6), *row[9:]] for row in rows]
    absent = [[*rows[0][:9], "Abs", "Abs", "Abs", "Abs"], *rows[1:3], [*rows[3][:9], *[None] * 4], [None, *rows[4][1:]]]
    twins = [*rows[:9], [*rows[3][:3], *rows[9][3:]]]
    return {
        "usual": book(HEADINGS, *rows), "without targets": book(HEADINGS, *bare), "few": book(HEADINGS, *absent),
        "twins": book(HEADINGS, *twins), "every topic": book_of_every_topic(),
        "no totals": book(("Name", "Angles", "Speed"), *((f"Ova Z{n}", n % 7, n % 5) for n in range(12))),
    }  # fmt: skip


@pytest.mark.parametrize("kind", books())
def test_no_sentence_of_a_reason_stands_outside_of_the_catalogue(kind: str) -> None:
    done = review(books()[kind], language=PSEUDO)
    sheet = [*STRANDS, *FLAGS]
    told = []
    for result in done.results:
        activities = [
            text for a in result.activities for text in (a.title, a.topic, a.misconception, a.scaffold, a.fade)
        ]
        steps = [text for step in result.pathway for text in (step.topic, step.activity)]
        topics = [need.topic or "" for need in result.topics]
        own = [*sheet, *activities, *steps, *(name for text in steps for name in text.split(", ")), *topics]
        texts = (
            *result.reasons, *(reason.short for reason in result.reasons),
            topics_in_full(result.topics, language=PSEUDO), activities_in_full(result.activities, language=PSEUDO),
            path_in_full(result.pathway, language=PSEUDO), path_in_short(result.pathway, language=PSEUDO),
            path_on_a_card(result.pathway, language=PSEUDO), *(step.why for step in result.pathway),
            *(step.done_when for step in result.pathway),
        )  # fmt: skip
        for text in texts:
            assert outside(text, but=own) == "", text
            told += [text] * ("⟦" in text)
        # The column is cut where it is full, and says of weak evidence alone how strong it is.
        for line in topics_in_short(result.topics, language=PSEUDO).splitlines():
            assert outside(line.partition(": ")[2], but=own) == ""
    assert len(told) > len(done.results)


def test_notes_are_told_in_the_language_and_known_again_in_every_one() -> None:
    done = review(books()["usual"], language=PSEUDO)
    names = [text for identity in annotate(done).identities for text in identity.texts]
    for text in note_texts(annotate(done), MONDAY).values():
        assert (
            outside(
                text, but=[*names, *STRANDS, *FLAGS, *(need.topic or "" for r in done.results for need in r.topics)]
            )
            == ""
        )
    for code in languages():
        spoken = annotate(review(books()["usual"], language=language_of(code)))
        texts = [*note_texts(spoken, MONDAY).values()]
        assert texts
        assert all(is_ours(text) and not is_ours(f"{text}\nRang home.") for text in texts)


@pytest.mark.parametrize("code", [code for code in languages() if code != "en"])
def test_another_language_changes_words_and_nothing_else(code: str) -> None:
    given = books()["usual"]
    english, other = review(given), review(given, language=language_of(code))
    for one, same in zip(english.results, other.results, strict=True):
        assert (one.flag, one.risk, one.priority, one.topics, one.likely_grade) == (
            same.flag, same.risk, same.priority, same.topics, same.likely_grade
        )  # fmt: skip
        assert len(one.reasons) == len(same.reasons)
        assert not {*one.reasons} & {*same.reasons}
        assert one.beside_the_rule() == same.beside_the_rule()
        assert len(why_in_short(same.reasons)) <= 90
        assert [step.topic for step in one.pathway] == [step.topic for step in same.pathway]
    assert english.beside_the_rule() == other.beside_the_rule()
    assert min(english.beside_the_rule()) >= 0 < sum(english.beside_the_rule()[1:]), (
        "both differ from the rule somewhere"
    )


def test_the_formulas_of_an_old_summary_go_on_reading_english() -> None:
    old = replace(books()["usual"], names={OLD_SUMMARY: 1.0})
    done = review(old, language=language_of("cy"))
    why = next(column for column in annotate(done).columns if column.spec.heading == "Why").values
    wanted = review(old)
    for result in wanted.results:
        for reason in result.reasons:
            assert not reason.kind or reason in str(why[result.row])


def cells(path: Path) -> dict[str, list[list[object]]]:
    """Sheet -> its values."""
    workbook = openpyxl.load_workbook(path)
    return {page.title: [[cell.value for cell in row] for row in page.iter_rows()] for page in workbook.worksheets}


def test_a_book_in_welsh_then_in_english_then_cleared(tmp_path: Path) -> None:
    path, marked = tmp_path / "class.xlsx", tmp_path / "class.marked.xlsx"
    class_workbook(path, students=30, seed=7)
    score_file(path, today=MONDAY, language=language_of("cy"))
    page = read_book(marked).sheet("Markbook")
    assert page is not None
    header, headings = next((n, row) for n, row in enumerate(page.rows) if "Decision" in row)
    why, decision, flag = (headings.index(each) for each in ("Why", "Decision", "Flag"))
    workbook = openpyxl.load_workbook(marked)
    workbook["Markbook"].cell(header + 2, decision + 1, "Accept")
    workbook.save(marked)
    welsh = cells(marked)
    assert any("dosbarth" in str(row[why]) for row in welsh["Markbook"]), "the class, in Welsh"
    assert any("tystiolaeth" in str(row) for row in welsh["Support"])
    assert {row[flag] for row in welsh["Markbook"][header + 1 :]} <= {*FLAGS, None}, "flags are the contract's words"
    # The next run, in English: decisions, history and what changed are known as if the language had been the same.
    score_file(marked, today=FRIDAY)
    straight = tmp_path / "straight.xlsx"
    class_workbook(straight, students=30, seed=7)
    english = tmp_path / "straight.marked.xlsx"
    score_file(straight, today=MONDAY)
    workbook = openpyxl.load_workbook(english)
    workbook["Markbook"].cell(header + 2, decision + 1, "Accept")
    workbook.save(english)
    score_file(english, today=FRIDAY)
    assert cells(marked) == cells(english)
    assert any(row[decision] == "Accept" for row in cells(marked)["Markbook"])
    # In Welsh again on the same day, which replaces; then cleared.
    score_file(marked, today=FRIDAY, language=language_of("cy"))
    again = cells(marked)
    assert again["Runs"] == cells(english)["Runs"]
    cleared, _ = clear_file(marked)
    left = cells(cleared)
    assert {row[why] for row in left["Markbook"][header + 1 :]} == {None}
    assert any(row[decision] == "Accept" for row in left["Markbook"])
    assert len(left["Support"]) == 1 or not any(any(row) for row in left["Support"][1:])


def test_setup_or_the_option_says_the_language(tmp_path: Path) -> None:
    given = books()["usual"]
    assert review(replace(given, names={"language": "pl"})).language == language_of("pl")
    assert review(replace(given, names={"language": "pl"}), language=language_of("cy")).language == language_of("cy")
    wrong = review(replace(given, names={"language": "xx"}))
    assert wrong.language == ENGLISH
    assert [query.value for query in wrong.markbook.queries if "translation" in query.rule] == ["xx"]
    path = tmp_path / "class.xlsx"
    class_workbook(path, students=12, seed=7)
    assert run("score", path, "--language", "pl", "--json").out.count("klas") > 3
    told = run("score", path, "--language", "tlh")
    assert told.code == 1
    assert "only cy, en, pl" in told.err


def test_a_formula_tells_everything_in_the_language_that_it_is_asked_for() -> None:
    headings, *rows = [[*row] for row in books()["usual"].sheets[0].rows]
    english, welsh = (INTERVENTION_WHY(rows, [headings], detail=detail) for detail in (True, "cy"))
    done = review(books()["usual"], language=language_of("cy"))
    assert [row[0] for row in welsh] == ["; ".join(result.reasons) + "." for result in done.results]
    assert english != welsh
    assert "tystiolaeth" in INTERVENTION_TOPICS(rows, [headings], detail="cy")[0][0]
    assert "Gotowe" in INTERVENTION_PATHWAY(rows, [headings], detail="pl")[0][0]
    assert INTERVENTION_WHY(rows, [headings], detail="tlh") == [
        ["detail: 'tlh' is neither TRUE nor FALSE. Give one of them, or leave it out."]
    ]
