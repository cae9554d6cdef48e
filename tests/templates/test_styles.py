"""Colours: every text can be read on its fill (WCAG 1.4.3, contrast of at least 4.5 to 1)."""

from __future__ import annotations

import pytest

from addin.results.columns import FLAG_COLOURS
from model.vocabulary import Flag
from templates.layout import Group
from templates.styles import BANDS, FAINT_FLAGS, INK, INPUT_FILL, NEED, SECURE, SOFT_INK, TOO_HIGH, WHITE

PAIRS = {
    **{f"{group} heading": (WHITE, band.strong) for group, band in BANDS.items()},
    **{f"{group} above": (INK, band.pale) for group, band in BANDS.items()},
    **{f"{group} marks": (INK, band.tint) for group, band in BANDS.items()},
    **{f"{group} words": (SOFT_INK, band.tint) for group, band in BANDS.items()},
    "mark above its total": (TOO_HIGH.pale, TOO_HIGH.strong),
    "setting": (INK, INPUT_FILL),
    "help": (SOFT_INK, WHITE),
    "weakest in the heat map": (INK, NEED),
    "strongest in the heat map": (INK, SECURE),
    **{flag: (colours.text, colours.fill) for flag, colours in FLAG_COLOURS.items()},
}


def luminance(colour: str) -> float:
    """Relative luminance of RRGGBB, 0 to 1, by the definition of WCAG 2."""
    shares = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_wcag_does() -> None:
    assert contrast("000000", "FFFFFF") == pytest.approx(21)
    assert contrast("777777", "FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("pair", PAIRS)
def test_text_can_be_read_on_its_fill(pair: str) -> None:
    assert contrast(*PAIRS[pair]) >= 4.5


def test_marks_in_a_chart_stand_out() -> None:
    # WCAG 1.4.11 asks for 3 to 1 where there is no text.
    marks = [FLAG_COLOURS[Flag.HIGH].fill, *FAINT_FLAGS.values(), BANDS[Group.TESTS].strong]
    assert all(contrast(colour, WHITE) >= 3 for colour in marks)


def test_no_band_looks_like_a_flag() -> None:
    strong = {band.strong for band in BANDS.values()} | {TOO_HIGH.strong}
    assert not strong & {colours.fill for colours in FLAG_COLOURS.values()}
