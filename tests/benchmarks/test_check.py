"""The comparison of today's ratios with the last ones, and what is measured for it."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import cycle
from pathlib import Path

import pytest

from benchmarks.check import FIGURES, Compared, compare, is_well, told, write
from benchmarks.measure import Cost
from benchmarks.ratios import Ratio, ratios
from tests.tools import ROOT


def never(name: str) -> float:
    raise AssertionError(f"{name} was not worse, and is measured again")


@pytest.mark.parametrize(
    ("then", "now", "again", "verdict", "well"),
    [
        (2.0, 2.0, None, "as it was", True),
        (2.0, 2.29, None, "as it was", True),
        (2.0, 1.0, None, "50 % better", True),
        (2.0, 2.4, 2.4, "20 % WORSE", True),
        (2.0, 2.4, 2.1, "as it was", True),
        (2.0, 2.4, 9.0, "20 % WORSE", True),  # the better of two counts
        (2.0, 3.0, 2.9, "45 % WORSE: fails", False),
        (2.0, 3.0, 2.5, "25 % WORSE", True),
        (None, 3.0, None, "new", True),
        (2.0, None, None, "no longer measured", True),
    ],
)
def test_what_is_worse_is_measured_again_and_told(
    then: float | None, now: float | None, again: float | None, verdict: str, well: bool
) -> None:
    before = {"start": then} if then is not None else {}
    today = {"start": now} if now is not None else {}
    compared = compare(before, today, again=never if again is None else lambda name: again)
    assert [each.verdict for each in compared] == [verdict]
    assert is_well(compared) is well
    assert told(compared, "yesterday").rows[0][-1] == verdict


def test_each_ratio_is_compared_by_its_name() -> None:
    compared = compare({"a": 1.0, "b": 2.0}, {"b": 2.0, "a": 1.5}, again=lambda name: {"a": 1.5}[name])
    assert {each.name: each.verdict for each in compared} == {"b": "as it was", "a": "50 % WORSE: fails"}


def test_a_ratio_is_the_median_of_rounds_in_turns() -> None:
    order: list[str] = []
    seconds = cycle([100.0, 3.0, 5.0, 40.0])

    def task(name: str) -> Cost:
        order.append(name)
        return Cost(0.0, next(seconds) if name == "ours" else 2.0, 0.0)

    ratio = Ratio(lambda: task("ours"), lambda: task("peer"), 3)
    assert ratio.measured() == 2.5, "the first round warms up"
    assert order == ["ours", "peer"] * 4


def test_figures_are_kept_and_read(tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    write({"start": 1.234}, figures)
    kept = json.loads(figures.read_text(encoding="utf-8"))
    assert kept["ratios"] == {"start": 1.234}
    assert "processor core" in kept["measured"]


def test_the_committed_figures_are_of_what_is_measured(tmp_path: Path) -> None:
    kept = json.loads(FIGURES.read_text(encoding="utf-8"))["ratios"]
    assert set(kept) == set(ratios(tmp_path))
    assert all(0 < ratio < 100 for ratio in kept.values())


def test_a_quick_check_runs_and_keeps_nothing() -> None:
    figures = FIGURES.read_bytes()
    command = [sys.executable, "-m", "benchmarks", "--check", "--keep", "--quick"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert ran.stdout.count(Compared("start", None, 1.0).verdict) >= 8
    assert FIGURES.read_bytes() == figures


def test_a_check_that_fails_ends_with_1(tmp_path: Path) -> None:
    # The figures of a computer on which everything was a thousand times quicker; one ratio that is soon measured.
    program = f"""
import sys
from pathlib import Path
from benchmarks import __main__ as benchmarks, check, ratios
from benchmarks.measure import Cost
figures = Path({str(tmp_path / "figures.json")!r})
check.write({{"start": 0.001}}, figures)
check.ratios = lambda folder, quick: {{"start": ratios.Ratio(lambda: Cost(1, 1, 1), lambda: Cost(1, 1, 1), 1)}}
benchmarks.check = lambda **given: check.check(**given, figures=figures)
sys.argv = ["benchmarks", "--check"]
benchmarks.main()
"""
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert ran.returncode == 1, ran.stderr
    assert "WORSE: fails" in ran.stdout
