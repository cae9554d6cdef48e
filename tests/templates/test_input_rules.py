"""Input rules: they warn and never refuse, and stay within what Excel allows."""

from __future__ import annotations

import pytest

from templates.layout import Entry
from templates.sheets.input_rules import MARK_WORDS_ACCEPTED, Rule, input_rule, total_rule

LONGEST_FORMULA, LONGEST_TITLE, LONGEST_MESSAGE = 255, 32, 255
RULES: dict[Entry, Rule | None] = {
    entry: input_rule(entry, cell="ZZ1000", total="ZZ$3") for entry in Entry if entry is not Entry.TEXT
}


@pytest.mark.parametrize("entry", RULES)
def test_a_rule_warns_and_fits_into_excel(entry: Entry) -> None:
    rule = RULES[entry]
    assert rule is not None
    assert rule["error_type"] == "warning"
    assert len(rule["error_title"]) <= LONGEST_TITLE
    assert len(rule["error_message"]) <= LONGEST_MESSAGE


def test_the_rule_for_marks_knows_every_word_and_needs_no_list_in_braces() -> None:
    rule = RULES[Entry.MARK]
    assert rule is not None
    assert len(rule["value"]) <= LONGEST_FORMULA
    assert "{" not in rule["value"]
    assert all(f"|{word}|" in rule["value"] for word in MARK_WORDS_ACCEPTED)


def test_audit_columns_offer_their_words() -> None:
    assert [RULES[entry]["source"] for entry in (Entry.YES_NO, Entry.SEN)] == [["Y", "N"], ["N", "K", "E"]]  # type: ignore[index]


def test_text_is_free() -> None:
    assert input_rule(Entry.TEXT, cell="A5", total="A$3") is None


def test_totals_are_above_zero() -> None:
    rule = total_rule()
    assert (rule["criteria"], rule["value"], rule["error_type"]) == (">", 0, "warning")
