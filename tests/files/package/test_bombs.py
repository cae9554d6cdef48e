"""Traps are refused before they cost anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.files.package.bombs import BOMBS, MOST_MEGABYTES, MOST_SECONDS, made, opened

SLACK = 5  # other tests run at the same time; `python -m tests.files.package.bombs` measures


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused(name: str, tmp_path: Path) -> None:
    cost = opened(made(name, tmp_path))
    assert cost.said is not None
    assert "\n" not in cost.said
    assert cost.seconds < MOST_SECONDS * SLACK
    assert cost.megabytes < MOST_MEGABYTES
