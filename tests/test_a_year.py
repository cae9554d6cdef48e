"""A whole school year on the command line keeps what is promised."""

from __future__ import annotations

from pathlib import Path

from tests.a_year import walk

FEWEST_PROMISES = 40


def test_a_year_keeps_its_promises(tmp_path: Path) -> None:
    year = walk(tmp_path)
    assert len(year.kept) >= FEWEST_PROMISES
    assert [(step, what) for step, what, kept in year.kept if not kept] == []
