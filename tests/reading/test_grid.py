"""Cells: what a person would write, what nobody sees, and how far a sheet is used."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from addin.reading.grid import Area, Sheet, as_text, holds

UNSEEN = [chr(n) for n in range(sys.maxunicode + 1) if unicodedata.category(chr(n)) == "Cf"]


def test_no_format_character_of_unicode_tells_two_texts_apart() -> None:
    assert len(UNSEEN) > 150
    assert {as_text(f"Za{sign}rrin") for sign in UNSEEN} == {"Zarrin"}
    assert not any(holds(sign) for sign in UNSEEN)


@pytest.mark.parametrize("text", ["Zoë", "O’Zar", "Αλφα", "سارة", "李", "Ñ", "é"])
def test_what_is_seen_stays(text: str) -> None:
    assert as_text(text) == text
    assert holds(text)


ROWS = (("Name", "Mark", None, None, None), ("Ova", 3, None, None, None))


@pytest.mark.parametrize(
    ("sheet", "last"),
    [
        (Sheet(name="a", rows=ROWS), 2),
        (Sheet(name="a", rows=ROWS, formulas=frozenset({(2, 4)})), 4),
        (Sheet(name="a", rows=ROWS, merged=(Area(2, 2, 2, 3),)), 3),
        (Sheet(name="a", rows=ROWS, merged=(Area(1, 1, 1, 5),)), 2),
        (Sheet(name="a", rows=ROWS, tells_formulas=False), 5),
        (Sheet(name="a", rows=ROWS, merged=None), 5),
    ],
)
def test_the_last_used_column_takes_in_what_a_writer_must_keep_off(sheet: Sheet, last: int) -> None:
    assert sheet.last_used(first_row=2) == last
