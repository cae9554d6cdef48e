"""`markbook clear`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from addin.reading.headings.roles import RESULT_HEADINGS
from addin.results.columns import RESULT_COLUMNS
from tests.support import (
    BAD_INPUT_NAMES,
    BAD_INPUTS,
    HEADINGS,
    class_file,
    column_of,
    contents,
    opened,
    refused,
    run,
    under,
)


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    """A marked file with a decision in row 4."""
    path = class_file(tmp_path / "class.xlsx")
    assert run("score", path, "--in-place").code == 0
    workbook, page = opened(path)
    page.cell(4, column_of(page, "Decision")).value = "Accept"
    page.cell(4, column_of(page, "Decision note")).value = "rang home"
    workbook.save(path)
    for backup in tmp_path.glob("*.backup-*"):
        backup.unlink()
    return path


def test_the_seven_are_emptied_and_the_two_kept(marked: Path, tmp_path: Path) -> None:
    before = marked.read_bytes()
    ran = run("clear", marked)
    assert (ran.code, ran.err) == (0, "")
    cleared = tmp_path / "class.cleared.xlsx"
    assert f"Written to {cleared}" in ran.out
    assert marked.read_bytes() == before
    _, page = opened(cleared)
    assert [cell.value for cell in page[1]] == [*HEADINGS, *RESULT_HEADINGS]
    for spec in RESULT_COLUMNS:
        assert bool(under(page, spec.heading)) == spec.teachers
    assert under(page, "Decision") == {4: "Accept"}
    assert under(page, "Decision note") == {4: "rang home"}


def test_marks_stay_and_the_file_can_be_scored_again(marked: Path, tmp_path: Path) -> None:
    assert run("clear", marked, "-o", tmp_path / "out.xlsx").code == 0
    assert run("score", tmp_path / "out.xlsx", "--in-place").code == 0
    before, after = opened(marked)[1], opened(tmp_path / "out.xlsx")[1]
    assert [[c.value for c in row] for row in after.iter_rows()] == [
        [c.value for c in row] for row in before.iter_rows()
    ]


@pytest.mark.dates
def test_clearing_into_an_existing_file_keeps_a_backup_of_it(marked: Path, tmp_path: Path) -> None:
    before = marked.read_bytes()
    assert run("clear", marked, "-o", marked).code == 0
    (backup,) = tmp_path.glob("*.backup-*")
    assert backup.read_bytes() == before
    assert not under(opened(marked)[1], "Flag")


def test_a_file_without_results_is_only_copied(tmp_path: Path) -> None:
    path = class_file(tmp_path / "class.xlsx")
    assert run("clear", path).code == 0
    assert [c.value for c in opened(tmp_path / "class.cleared.xlsx")[1][1]] == list(HEADINGS)


@pytest.mark.parametrize(("_name", "make", "words"), BAD_INPUTS, ids=BAD_INPUT_NAMES)
def test_a_bad_input_is_one_line_and_no_file(
    tmp_path: Path, _name: str, make: Callable[[Path], object], words: str
) -> None:
    path = tmp_path / "class.xlsx"
    make(path)
    before = contents(tmp_path)
    assert words in refused(run("clear", path))
    assert contents(tmp_path) == before
