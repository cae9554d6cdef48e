"""Files that name children, and the folders that the program makes for them, are their owner's alone.

A marked workbook has the mode of the workbook that it was made from: who may read the one may read the other.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import run

if os.name == "nt":
    pytest.skip("Windows has other permissions: the data folder is the user's own there", allow_module_level=True)


@pytest.fixture(autouse=True)
def usual_mask() -> Iterator[None]:
    """What most systems give new files: everybody may read them."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_what_names_children_is_readable_for_its_owner_alone(tmp_path: Path, markbook_home: Path) -> None:
    data = markbook_home / "not" / "there yet"
    os.environ["MARKBOOK_HOME"] = str(data)  # the fixture puts it back
    marked = tmp_path / "class.marked.xlsx"
    for arguments in (
        ("new", tmp_path / "class.xlsx", "--students", 12, "--seed", 7),
        ("score", tmp_path / "class.xlsx"),
        ("plan", marked),
        ("letters", marked, "-o", tmp_path / "letters"),
        ("pack", marked, "-o", tmp_path / "packs"),
        ("report", marked),
        ("email", marked, "--to", "head@school.example", "--draft", tmp_path / "class.eml"),
        ("email", marked, "--to", "head@school.example", "--draft", tmp_path / "p.eml", "--pseudonymise"),
        ("letters", "--copy-wording"),
    ):
        ran = run(*arguments)
        assert ran.code == 0, ran.err
    naming = [
        tmp_path / "class.clinics" / "registers.html",
        tmp_path / "class.report.html",
        tmp_path / "class.eml",
        tmp_path / "p.eml",
        tmp_path / "p.key.csv",
        data / "mail-log.jsonl",
        *(tmp_path / "letters").iterdir(),
        *(tmp_path / "packs").iterdir(),
    ]
    assert len(naming) > 12
    assert {path.name: oct(mode(path)) for path in naming if mode(path) != 0o600} == {}
    folders = [data, data.parent, data / "letters", tmp_path / "letters", tmp_path / "packs"]
    assert {str(path): oct(mode(path)) for path in folders if mode(path) != 0o700} == {}


def test_the_marked_workbook_may_be_read_by_whom_its_source_may(tmp_path: Path) -> None:
    source = tmp_path / "class.xlsx"
    assert run("new", source, "--students", 12, "--seed", 7).code == 0
    source.chmod(0o640)
    assert run("score", source).code == 0
    assert mode(tmp_path / "class.marked.xlsx") == 0o640
