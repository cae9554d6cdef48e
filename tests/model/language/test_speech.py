"""Plurals, dates and numbers of each language, beside what Unicode's locale data (CLDR) says of them."""

from __future__ import annotations

import json
import pickle
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

from model.language.speech import ENGLISH, SOURCE, Language, Sentence, language_of, languages
from model.vocabulary import MONTHS, WEEKDAYS
from tests.libraries import needed_library
from tests.model.language.test_catalogue import texts
from tests.tools import ROOT, needed

OTHERS = [language_of(code) for code in languages() if code != SOURCE]
WORDS = ROOT / "addin" / "excel" / "server" / "project" / "static" / "js" / "pane_words.js"
ONE, MANY = "%(number)s question", "%(number)s questions"
EVERY = range(230)


@pytest.mark.parametrize("language", OTHERS, ids=lambda each: each.code)
def test_plurals_are_those_of_unicodes_data(language: Language) -> None:
    needed_library("babel")
    from babel import Locale

    rule = Locale.parse(language.locale, sep="-").plural_form
    order = ("zero", "one", "two", "few", "many", "other")
    used = sorted({rule(number) for number in EVERY}, key=order.index)
    forms = {form: text for (message, form), text in texts(language.code).items() if message == ONE}
    assert len(forms) == len(used)
    for number in EVERY:
        assert language.ngettext(ONE, MANY, number) == forms[used.index(rule(number))] % {"number": number}


@pytest.mark.parametrize("language", OTHERS, ids=lambda each: each.code)
def test_the_task_pane_counts_as_python_does(language: Language, tmp_path: Path) -> None:
    node = needed("node", remedy="install Node 18 or later")
    script = tmp_path / "count.mjs"
    answer = json.dumps({"code": language.code, "sentences": language.sentences()})
    script.write_text(
        WORDS.read_text(encoding="utf-8")
        + f"""
globalThis.location = {{ search: "?lang={language.locale}", href: "https://school.example/taskpane.html" }};
globalThis.document = {{ documentElement: {{}}, querySelectorAll: () => [], body: {{ querySelectorAll: () => [] }},
  createTreeWalker: () => ({{ nextNode: () => false }}) }};
globalThis.NodeFilter = {{}};
globalThis.fetch = async (url) => ({{ ok: `${{url}}`.endsWith("/words/{language.code}.json"), json: async () => ({answer}) }});
await speak();
console.log(JSON.stringify(Array.from({{ length: {len(EVERY)} }}, (_, n) => ngettext("{ONE}", "{MANY}", n))));
""",
        encoding="utf-8",
    )
    ran = subprocess.run([node, script], capture_output=True, text=True, check=True)
    assert json.loads(ran.stdout) == [language.ngettext(ONE, MANY, number) for number in EVERY]


@pytest.mark.parametrize("language", OTHERS, ids=lambda each: each.code)
def test_days_months_and_the_decimal_mark_are_those_of_unicodes_data(language: Language) -> None:
    needed_library("babel")
    from babel import Locale, dates, numbers

    locale = Locale.parse(language.locale, sep="-")
    months = dates.get_month_names("wide", context="format", locale=locale)
    weekdays = {name.casefold() for name in dates.get_day_names("wide", locale=locale).values()}
    assert [language.pgettext("month in a date", name) for name in MONTHS] == [
        months[number] for number in range(1, 13)
    ]
    assert {language.weekday(name).casefold() for name in WEEKDAYS} == weekdays
    monday = date(2026, 2, 9)
    for name, day in zip(WEEKDAYS, (monday + timedelta(days=number) for number in range(7)), strict=True):
        assert language.weekday(name).casefold() == dates.format_date(day, "EEEE", locale=locale).casefold()
    assert language.number(7.5) == numbers.format_decimal(7.5, locale=locale)


def test_the_plurals_of_a_language_are_not_those_of_english() -> None:
    polish, welsh = language_of("pl"), language_of("cy")
    assert [polish.ngettext(ONE, MANY, n) for n in (1, 3, 5, 22)] == ["1 pytanie", "3 pytania", "5 pytań", "22 pytania"]
    assert [welsh.ngettext(ONE, MANY, n) for n in (1, 2, 3, 4)] == [
        "1 cwestiwn",
        "2 gwestiwn",
        "3 chwestiwn",
        "4 cwestiwn",
    ]


def test_a_language_travels_and_is_the_same_afterwards() -> None:
    for language in (ENGLISH, *OTHERS):
        assert pickle.loads(pickle.dumps(language)) == language
    kept = pickle.loads(pickle.dumps(Sentence("Not scored: the same UPN stands in row %(rows)s", rows="7, 9")))
    assert kept == "Not scored: the same UPN stands in row 7, 9"
    assert language_of("pl").tell(kept) == "Bez oceny: ten sam numer UPN jest w wierszu 7, 9"
