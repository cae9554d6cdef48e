"""Every messy markbook is read exactly as it is written beside it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from addin.hosts.closed_file import ClosedFile
from addin.hosts.memory import Memory
from addin.reading.headings.roles import RESULT_HEADINGS
from addin.reading.markbook import read_markbook
from addin.review import review
from tests.messy.case import Messy
from tests.messy.make import ALL, twelve_troubles
from tests.messy.mixtures import MIXTURES, TWELVE
from tests.messy.reading import expected, read
from tests.support import score_class


@pytest.mark.parametrize("messy", ALL, ids=[messy.name for messy in ALL])
def test_what_is_read_is_what_is_written_beside_it(messy: Messy, tmp_path: Path) -> None:
    assert read(messy, messy.write(tmp_path)) == expected(messy)


@pytest.mark.parametrize("messy", [m for m in ALL if not m.refused], ids=[m.name for m in ALL if not m.refused])
def test_the_class_is_scored_and_nobody_is_left_out(messy: Messy, tmp_path: Path) -> None:
    path = messy.write(tmp_path)
    book = ClosedFile(path, output=path).read()
    markbook, done = read_markbook(book, sheet=messy.sheet), review(book, sheet=messy.sheet)
    assert len(done.results) == len(messy.students)
    for student, result in zip(markbook.students, done.results, strict=True):
        assert (student.row, student.key) == (result.row, result.key)
        if student.why_not:
            assert (result.risk, result.reasons) == (None, (student.why_not,))


@pytest.mark.parametrize("messy", [m for m in ALL if not m.refused], ids=[m.name for m in ALL if not m.refused])
def test_scoring_changes_nothing_of_what_is_read(messy: Messy, tmp_path: Path) -> None:
    path = messy.write(tmp_path)
    host = Memory(ClosedFile(path, output=path).read())
    before = read_markbook(host.book, sheet=messy.sheet)
    done, _ = score_class(host, sheet=messy.sheet)
    once = host.book
    after = read_markbook(once, sheet=messy.sheet)
    assert after.students == before.students
    assert after.queries == before.queries
    assert np.array_equal(after.cohort.earned, before.cohort.earned, equal_nan=True)
    assert len(after.results) == len(RESULT_HEADINGS)
    sheet = once.sheet(after.sheet)
    assert sheet is not None
    for student, result in zip(before.students, done.results, strict=True):
        flag = sheet.cell(student.row, after.results["Flag"])
        assert flag == (result.flag.value if student.key_is_unique else None)
    score_class(host, sheet=messy.sheet)
    assert host.book == once, "a second run changes nothing"


@pytest.mark.parametrize("messy", [m for m in ALL if m.queries], ids=[m.name for m in ALL if m.queries])
def test_every_query_has_a_rule_and_a_remedy(messy: Messy, tmp_path: Path) -> None:
    path = messy.write(tmp_path)
    queries = read_markbook(ClosedFile(path, output=path).read(), sheet=messy.sheet).queries
    assert all(query.rule and query.remedy for query in queries)
    assert len({query.cell for query in queries}) == len(queries)


def test_there_are_enough_of_them_and_each_is_another() -> None:
    assert len(ALL) - len(MIXTURES) >= 35
    assert len(MIXTURES) >= 5
    assert len({messy.name for messy in ALL}) == len({messy.trouble for messy in ALL}) == len(ALL)


def test_twelve_troubles_give_twelve_queries_of_twelve_kinds(tmp_path: Path) -> None:
    path = twelve_troubles(tmp_path / "any name.xlsx")
    queries = read_markbook(ClosedFile(path, output=path).read()).queries
    assert sorted(query.cell for query in queries) == sorted(TWELVE.queries)
    assert len({query.cell for query in queries}) == len({query.rule for query in queries}) == 12
    assert [file.name for file in tmp_path.iterdir()] == ["any name.xlsx"]


def test_the_report_shows_every_file_and_all_are_equal() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.messy.report", "--json"],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    rows = json.loads(ran.stdout)
    assert [row["file"] for row in rows] == [messy.name for messy in ALL]
    assert all(row["equal"] for row in rows)
