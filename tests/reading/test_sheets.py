"""Sheets of others, and shapes by generator: read right, asked about, or refused rightly; never wrong."""

from __future__ import annotations

import pytest

from tests.public_data import data_folder
from tests.reading.shapes import Shape, shapes
from tests.reading.sheets import ASKED, SHARED, WRONG, of_file, of_shape

SHAPES = shapes()


def test_there_are_many_shapes_and_few_are_asked_about() -> None:
    assert len(SHAPES) >= 120
    assert sum(of_shape(shape).verdict == ASKED for shape in SHAPES) <= len(SHAPES) / 10


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_a_shape_is_not_misread(shape: Shape) -> None:
    verdict = of_shape(shape)
    assert verdict.verdict != WRONG, verdict.told


@pytest.mark.parametrize("name", SHARED)
def test_a_sheet_that_was_misread_once_is_read(name: str) -> None:
    folder = data_folder("sheets")
    if folder is None:
        pytest.skip("no data: MARKBOOK_DATA names no folder and shared/data does not stand beside the repository")
    verdict = of_file(folder / f"{name}.xlsx")
    assert verdict.verdict != WRONG, verdict.told
