"""What is written for those who carry on is true: every path exists, and the picture shows arrows that are there."""

from __future__ import annotations

import re

import pytest

from tests import structure
from tests.tools import ROOT

PAGES = ("CONTRIBUTING.md", "docs/architecture.md")
_PATH = re.compile(r"`((?:addin|model|templates|tests|docs|benchmarks)/[\w./-]*|[A-Z]+\.md|\.ci/run)`")
_BOX = re.compile(r'(\w+)\["([\w.]+)')
_ARROW = re.compile(r'(\w+)(?:\["[^"]*"\])? --> (\w+)')


@pytest.mark.parametrize("page", PAGES)
def test_every_path_exists(page: str) -> None:
    paths = _PATH.findall((ROOT / page).read_text(encoding="utf-8"))
    assert len(paths) > 5
    assert not [path for path in paths if not (ROOT / path).exists()]


def test_the_picture_shows_every_room_and_only_arrows_that_are_there() -> None:
    picture = (ROOT / "docs/architecture.md").read_text(encoding="utf-8").split("```")[1]
    shown = dict(_BOX.findall(picture))
    ours = {name for name, label in shown.items() if not label.startswith(("model", "templates"))}
    boxes = {name: f"addin.{label}" if name in ours else label for name, label in shown.items()}
    assert set(boxes.values()) == {room for floor in structure.FLOORS for room in floor}
    arrows = structure.room_arrows()
    drawn = [(boxes[one], boxes[other]) for one, other in _ARROW.findall(picture)]
    assert len(drawn) > 15
    assert not [(one, other) for one, other in drawn if other not in arrows[one]]
