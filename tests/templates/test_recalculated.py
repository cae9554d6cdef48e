"""Scored markbooks, calculated by LibreOffice: every figure of `Summary` and `Fairness` is what the program itself says."""

from __future__ import annotations

import subprocess
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from addin.files.marked import score_file
from addin.files.package.read import read_book
from addin.reading.headings.column import Role
from addin.results.scored import Review
from model.fairness import Figure, Hidden
from model.reasons import MODEL_ALONE, RULE_ALONE
from model.vocabulary import STRANDS, Flag
from templates.build import build_markbook, class_workbook
from templates.layout import (
    DATA_COLUMN,
    DATA_ROWS,
    FIRST_DATA_ROW,
    FLAGS_ROW,
    NEED_ROW,
    RULE_ROW,
    RUNS_ROW,
)
from tests.tools import needed

SIZES = (1, 30, 200)
SCORED_FLAGS = (Flag.HIGH, Flag.WATCH, Flag.ON_TRACK)


def calculated(path: Path, folder: Path) -> Workbook:
    """The workbook as LibreOffice calculates it; formulas without a stored result are calculated whatever its settings."""
    office = needed("soffice", remedy="apt-get install libreoffice-calc")
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "calculated"), str(path)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return load_workbook(folder / "calculated" / path.name, data_only=True)


@pytest.fixture(scope="module", params=SIZES)
def scored(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Review, Workbook, Any]:
    """A scored class: what the program says, the calculated workbook, and the marked file as read."""
    folder = tmp_path_factory.mktemp("calculated")
    class_workbook(folder / "class.xlsx", students=request.param, seed=2026)
    done = score_file(folder / "class.xlsx")
    return done.review, calculated(done.output, folder), read_book(done.output)


def column(book: Workbook, sheet: str, letter: str, first: int, count: int) -> list[Any]:
    return [book[sheet][f"{letter}{row}"].value for row in range(first, first + count)]


def test_no_formula_fails(scored: tuple[Review, Workbook, Any]) -> None:
    book = scored[1]
    for sheet in ("Summary", "What if", "Fairness"):
        last = DATA_COLUMN - 1 if sheet == "Summary" else None
        cells = (cell for row in book[sheet].iter_rows(max_col=last) for cell in row)
        failed = [cell.coordinate for cell in cells if str(cell.value).startswith(("#", "Err:"))]
        assert not failed, sheet


def test_students_by_flag(scored: tuple[Review, Workbook, Any]) -> None:
    review, book, _ = scored
    counts = list(review.counts().values())
    size = len(review.results)
    assert column(book, "Summary", "B", FLAGS_ROW + 2, len(Flag) + 1) == [*counts, size]
    assert column(book, "Summary", "C", FLAGS_ROW + 2, len(Flag)) == pytest.approx([count / size for count in counts])
    told = book["Summary"]["A2"].value
    assert told.startswith(f"{size} student")
    assert f" {sum(counts[:3])} scored" in told


def test_change_since_the_run_before(scored: tuple[Review, Workbook, Any]) -> None:
    _, book, read = scored
    rows = read.sheet("Runs").rows[1:]
    days = sorted({row[0] for row in rows if row[0] is not None})[-2:]
    for letter, day in zip("BC", days, strict=True):
        assert book["Summary"][f"{letter}{RUNS_ROW + 2}"].value.date() == _day(day)
        counts = [sum(row[0] == day and row[4] == flag.value for row in rows) for flag in Flag]
        assert column(book, "Summary", letter, RUNS_ROW + 3, len(Flag)) == counts
    before, after, step = (column(book, "Summary", letter, RUNS_ROW + 3, len(Flag)) for letter in "BCD")
    assert step == [later - earlier for earlier, later in zip(before, after, strict=True)]


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def test_need_by_strand(scored: tuple[Review, Workbook, Any]) -> None:
    review, book, _ = scored
    cohort, flags = review.markbook.cohort, [result.flag for result in review.results]
    for place, strand in enumerate(STRANDS):
        tests = [j for j, test in enumerate(cohort.assessments) if test.strand is strand]
        for letter, flag in zip("BCDE", (None, *SCORED_FLAGS), strict=True):
            marks = [
                (cohort.earned[i, j], cohort.totals[j])
                for i in range(cohort.size)
                for j in tests
                if flag in (None, flags[i]) and cohort.earned[i, j] >= 0
            ]
            found = book["Summary"][f"{letter}{NEED_ROW + 2 + place}"].value
            if marks:
                assert found == pytest.approx(sum(mark for mark, _ in marks) / sum(total for _, total in marks))
            else:
                assert not found
        to_help = sum(any(need.strand is strand for need in result.topics) for result in review.results)
        assert book["Summary"][f"F{NEED_ROW + 2 + place}"].value == to_help


def test_model_beside_the_plain_rule(scored: tuple[Review, Workbook, Any]) -> None:
    review, book, _ = scored
    assert tuple(column(book, "Summary", "B", RULE_ROW + 2, 3)) == review.beside_the_rule()
    assert (
        any(MODEL_ALONE in result.reasons or RULE_ALONE in result.reasons for result in review.results)
        or len(review.results) < 30
    )


def test_risk_against_the_gap_to_target(scored: tuple[Review, Workbook, Any]) -> None:
    review, book, _ = scored
    assert len(review.results) <= DATA_ROWS
    rows = book["Summary"].iter_rows(
        min_row=FIRST_DATA_ROW,
        max_row=FIRST_DATA_ROW + DATA_ROWS - 1,
        min_col=DATA_COLUMN,
        max_col=DATA_COLUMN + 4,
        values_only=True,
    )
    for (_, gap, *risks), result in zip(rows, review.in_order(), strict=False):
        expected = [round(result.risk, 4) if result.flag is flag and result.risk else "#N/A" for flag in SCORED_FLAGS]
        assert risks == expected
        likely = next((reason for reason in result.reasons if reason.startswith("Likely final grade ")), None)
        if likely is None:
            assert gap == "#N/A"
        else:
            low, high = int(likely[19].replace("U", "0")), int(likely[24])
            assert result.target is not None
            assert gap == pytest.approx((low + high) / 2 - result.target)


def test_fairness(scored: tuple[Review, Workbook, Any]) -> None:
    review, book, _ = scored
    told = {
        (audit.heading, group.name): (
            figure if isinstance(figure := group.figures[Figure.HIGH], Hidden) else (figure.students, figure.value),
            figure if isinstance(figure := group.figures[Figure.FLAGGED], Hidden) else figure.value,
        )
        for audit in review.fairness()
        for group in audit.groups
    }
    assert {heading for heading, _ in told} == {
        *(entry.heading for entry in review.markbook.columns if entry.role is Role.AUDIT),
        "Tier",
    }
    heading = None
    for name, group, students, high, flagged in book["Fairness"].iter_rows(min_row=6, max_col=5, values_only=True):
        heading = name or heading
        expected = told.pop((str(heading), str(group)), None)
        if expected is None:
            assert (students, high, flagged) == ("–", "–", "–")
        elif isinstance(expected[0], Hidden):
            # A student who is not scored leaves a group of none, which the sheet shows as if it were not there.
            small = ("fewer than 10", "–") if expected[0] is Hidden.SMALL else ("hidden",)
            assert students in small
            assert high in ("hidden", "–")
            assert flagged == high
        else:
            assert (students, high) == (expected[0][0], pytest.approx(expected[0][1]))
            assert flagged == pytest.approx(expected[1])
    assert not told


def test_an_unscored_markbook_says_so_and_counts_nobody(tmp_path: Path) -> None:
    build_markbook(tmp_path / "empty.xlsx")
    book = calculated(tmp_path / "empty.xlsx", tmp_path)
    assert "Not scored yet" in book["Summary"]["A2"].value
    assert column(book, "Summary", "B", FLAGS_ROW + 2, 5) == [0] * 5
    assert column(book, "Summary", "C", RUNS_ROW + 2, 5) in ([None] * 5, [""] * 5)
    assert column(book, "Summary", "B", RULE_ROW + 2, 3) == [0] * 3
    shown = [cell.value for sheet in book for row in sheet.iter_rows(max_col=DATA_COLUMN - 1) for cell in row]
    assert not [value for value in shown if str(value).startswith(("#", "Err:"))]
