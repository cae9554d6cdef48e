"""The check letter of a unique pupil number."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.reading.upn import LETTERS, check_letter, is_upn

digits = st.text("0123456789", min_size=12, max_size=12)


def test_the_letters_are_those_without_i_o_and_s() -> None:
    assert set(LETTERS) == set("ABCDEFGHIJKLMNOPQRSTUVWXYZ") - set("IOS")
    assert len(LETTERS) == 23


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("B801200005001", True),
        ("b801200005001", True),
        ("A801200005001", False),
        ("B801200005010", False),
        ("B80120000500", False),
        ("B8012000050011", False),
        ("I801200005001", False),
        ("8801200005001", False),
        ("B80120000500A", False),
        ("", False),
        ("B٨01200005001", False),
    ],
)
def test_numbers(text: str, valid: bool) -> None:
    assert is_upn(text) is valid


@given(digits)
@settings(max_examples=100, deadline=None)
def test_one_letter_and_no_other_belongs_to_twelve_digits(rest: str) -> None:
    assert [letter for letter in LETTERS if is_upn(letter + rest)] == [check_letter(rest)]


@given(digits, st.integers(0, 11), st.integers(1, 9))
@settings(max_examples=100, deadline=None)
def test_one_wrong_digit_is_always_found(rest: str, place: int, more: int) -> None:
    wrong = rest[:place] + str((int(rest[place]) + more) % 10) + rest[place + 1 :]
    assert not is_upn(check_letter(rest) + wrong)


@given(st.text("0123456789", min_size=11, max_size=11), st.sampled_from(LETTERS))
@settings(max_examples=50, deadline=None)
def test_a_temporary_number_ends_with_a_letter(rest: str, last: str) -> None:
    assert is_upn(check_letter(rest + last) + rest + last)
