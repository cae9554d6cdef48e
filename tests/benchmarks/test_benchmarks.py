"""The benchmarks run, and the usual way that we are compared with does the same work."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from benchmarks.__main__ import BEGIN, BENCHMARKS, DOCUMENT, END, replaced
from benchmarks.measure import Cost, Failed, alternately, cost
from benchmarks.school_year import make_sheet
from tests.support import run
from tests.tools import ROOT


def test_all_of_them_run(tmp_path: Path) -> None:
    document = DOCUMENT.read_bytes()
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--quick"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert [name for name in BENCHMARKS if f"({name}: " not in ran.stdout] == []
    assert DOCUMENT.read_bytes() == document, "a quick run writes nothing"


def test_the_document_has_a_place_for_the_tables() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert replaced(text, f"{BEGIN}\n{END}").count(BEGIN) == 1
    with pytest.raises(ValueError, match="no lines"):
        replaced("prose alone", "")


def test_the_usual_way_finds_the_same_risks_and_flags(tmp_path: Path) -> None:
    source, ours, usual = (tmp_path / f"{name}.xlsx" for name in ("year", "ours", "usual"))
    make_sheet(source, 150)
    assert run("score", source, "-o", ours).code == 0
    cost((sys.executable, "-m", "benchmarks.usual_way", source, usual))
    for heading in ("Flag", "Risk"):
        found = _column(usual, heading)
        assert found == _column(ours, heading)
        assert len(set(found)) > 2


def _column(path: Path, heading: str) -> list[object]:
    page = load_workbook(path).active
    assert page is not None
    place = next(cell.column for cell in page[1] if cell.value == heading)
    return [page.cell(row, place).value for row in range(2, page.max_row + 1)]


def test_a_measured_program_that_fails_is_told() -> None:
    with pytest.raises(Failed, match="no good"):
        cost((sys.executable, "-c", "raise SystemExit('no good')"))


def test_what_is_measured_is_the_program() -> None:
    small = cost((sys.executable, "-c", "pass"))
    large = cost(
        (sys.executable, "-c", "import time; kept = bytearray(200_000_000); time.sleep(0.2); sum(range(3_000_000))")
    )
    assert 190 < large.megabytes - small.megabytes < 230
    assert large.processor > small.processor


def test_rounds_take_turns_and_the_first_does_not_count() -> None:
    order: list[str] = []

    def task(name: str) -> Cost:
        order.append(name)
        return Cost(1000.0 if len(order) <= 2 else len(order), 0.0, 0.0)

    done = alternately({"a": lambda: task("a"), "b": lambda: task("b")}, 3)
    assert order == ["a", "b"] * 4
    assert done["a"].seconds == 5
