"""A head's way from real workbooks to an overview: a folder or one workbook, several dates, students in two classes."""

from __future__ import annotations

import json
import os
import shutil
import stat
from datetime import date
from pathlib import Path

import pytest

from addin.batch.files import CSV_NAME, LEDGER_NAME, NAMES_NAME, OVERVIEW_NAME, PAGE_NAME
from addin.batch.run import COMPARING, LOOKING, run_batch
from addin.overview.tally import HIDDEN
from model.vocabulary import Flag
from tests.batch.support import tree
from tests.overview.support import (
    FIRST_RUN,
    SECOND_RUN,
    SHARED,
    TEACHERS,
    THIRD_RUN,
    TODAY,
    department,
    names_of_students,
    people,
    told_in,
    write_class,
    year_workbook,
)
from tests.overview.test_files import table
from tests.support import HEADINGS, opened, refused, run, students, write_workbook

NAMELESS = (OVERVIEW_NAME, CSV_NAME, PAGE_NAME, LEDGER_NAME)
DISTINCT = 24 + 20
"""Of 9A and 9B, each once; 9C is under ten."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The department as a folder, and its overview with names."""
    place = tmp_path_factory.mktemp("department")
    department(place / "in")
    run_batch(place / "in", place / "out", names=True, today=TODAY, workers=2)
    return place


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The department as one workbook with a sheet a class, and its overview with names."""
    place = tmp_path_factory.mktemp("year")
    run_batch(year_workbook(place / "Year 9.xlsx"), place / "out", names=True, today=TODAY, workers=1)
    return place


@pytest.mark.parametrize("kind", ["folder", "year"])
def test_classes_stand_beside_one_another_with_their_teachers(kind: str, request: pytest.FixtureRequest) -> None:
    place: Path = request.getfixturevalue(kind)
    rows = {str(row["Class"]): row for row in table(place / "out" / OVERVIEW_NAME, "Classes")} | {
        "All": table(place / "out" / OVERVIEW_NAME, "Classes")[-1]
    }
    assert {name: rows[name]["Teacher"] for name in TEACHERS} == TEACHERS
    assert (rows["9A"]["Year"], rows["9A"]["Students"], rows["9B"]["Students"]) == ("Year 9", 24, 20 + SHARED)
    assert rows["9C"]["Students"] == HIDDEN
    assert rows["All"]["Students"] == DISTINCT
    assert sum(int(str(rows["All"][flag.value])) for flag in Flag) == DISTINCT
    assert (rows["9A"]["Clinics offered"], rows["9A"]["Clinics attended"], rows["9A"]["Take-up"]) == (12, 6, 0.5)


@pytest.mark.parametrize("kind", ["folder", "year"])
def test_two_meetings_apart(kind: str, request: pytest.FixtureRequest) -> None:
    place: Path = request.getfixturevalue(kind)
    row = table(place / "out" / OVERVIEW_NAME, "Change")[0]
    days = [row[heading].date() for heading in ("Last run", "Run before", "Two runs before")]  # type: ignore[attr-defined]
    # The run before was a fortnight ago. Two runs before is the second run; it lies three weeks back, so it is taken.
    assert days == [TODAY, THIRD_RUN, SECOND_RUN]
    assert FIRST_RUN < SECOND_RUN
    # Then everybody had a risk of 1 per cent, and 50 per cent the run before that.
    assert row["Compared with the run before"] == 24
    assert (row["Flagged at the run before"], row["Flagged two runs before"]) == (0, 24)
    assert row["Flagged now"] == row["Flagged now, of these"]
    rose, fell = row["Risk rose since the run before"], row["Risk fell since the run before"]
    assert isinstance(rose, int)
    assert rose > 5
    assert fell == 0


def test_a_run_of_last_week_is_no_meeting(tmp_path: Path) -> None:
    department(tmp_path / "in")
    run_batch(tmp_path / "in", tmp_path / "out", today=date(2026, 2, 23), workers=1)
    row = table(tmp_path / "out" / OVERVIEW_NAME, "Change")[0]
    days = [row[heading].date() for heading in ("Last run", "Run before", "Two runs before")]  # type: ignore[attr-defined]
    assert days == [date(2026, 2, 23), THIRD_RUN, FIRST_RUN], "two weeks are too near for two meetings"
    assert row["Flagged two runs before"] == 24


@pytest.mark.parametrize("kind", ["folder", "year"])
def test_a_student_in_two_classes_stands_once_with_both_teachers(kind: str, request: pytest.FixtureRequest) -> None:
    place: Path = request.getfixturevalue(kind)
    rows = table(place / "out" / NAMES_NAME, "Who needs help")
    ids = [row["Student ID"] for row in rows]
    assert len(ids) == len(set(ids))
    both = {row["Student ID"]: row for row in rows if "," in str(row["Classes"])}
    shared = {row[0] for row in people("9B")[-SHARED:]}
    assert both
    assert set(both) <= shared
    for row in both.values():
        assert sorted(str(row["Teachers"]).split(", ")) == sorted((TEACHERS["9A"], TEACHERS["9B"]))
    small = [row for row in rows if row["Classes"] == "9C"]
    assert small, "in the list of names a small class is not left out: it is who needs help"
    risks = [row["Risk"] for row in rows if row["Risk"] is not None]
    assert risks == sorted(risks, reverse=True)


@pytest.mark.parametrize("kind", ["folder", "year"])
def test_no_name_is_in_what_is_nameless(kind: str, request: pytest.FixtureRequest) -> None:
    place: Path = request.getfixturevalue(kind)
    names = names_of_students()
    assert len(names) > 120
    for file in NAMELESS:
        content = told_in(place / "out" / file)
        assert not [name for name in names if name.encode() in content], file
    with_names = told_in(place / "out" / NAMES_NAME)
    assert sum(name.encode() in with_names for name in names) > 30


def test_the_ledger_holds_counts_alone(folder: Path) -> None:
    *workbooks, overview = (folder / "out" / LEDGER_NAME).read_text(encoding="utf-8").splitlines()
    assert len(workbooks) == len(TEACHERS)
    for text in workbooks:
        assert set(json.loads(text)) == {
            "file", "place", "source", "result", "stamps", "students", "counts", "needs", "queries", "add_sheets", "program",
        }  # fmt: skip
    assert set(json.loads(overview)["overview"]) == {"made_of", "files", "students", "queries", "counts", "needs"}


@pytest.mark.skipif(os.name == "nt", reason="rights as Unix knows them")
def test_the_list_of_names_is_for_its_owner_alone(folder: Path) -> None:
    assert stat.S_IMODE((folder / "out" / NAMES_NAME).stat().st_mode) == 0o600


def test_looked_at_again_or_scored_by_one_worker_the_bytes_are_the_same(folder: Path, tmp_path: Path) -> None:
    before = tree(folder / "out")
    again = run_batch(folder / "in", folder / "out", names=True, today=date(2026, 5, 4), workers=2)
    assert (again.scored, again.unchanged) == (0, 3)
    assert tree(folder / "out") == before, (
        "what stands is worked out again from the results, of which each has its own day"
    )
    run_batch(folder / "in", tmp_path / "one", names=True, today=TODAY, workers=1)
    assert tree(tmp_path / "one") == before


def steps_of(folder: Path, output: Path, *, names: bool = False) -> set[str]:
    """What a run does, step by step."""
    found: set[str] = set()
    run_batch(folder, output, names=names, today=TODAY, workers=1, on_step=lambda what, done, of: found.add(what))
    return found


def test_where_nothing_changed_nothing_is_looked_at_again(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "copy")
    source, output = tmp_path / "copy" / "in", tmp_path / "copy" / "out"
    before = tree(output)
    assert steps_of(source, output) == {LOOKING}
    assert COMPARING in steps_of(source, output, names=True), "names are kept nowhere"
    (output / PAGE_NAME).write_text("somebody's own page")
    assert COMPARING in steps_of(source, output)
    (output / OVERVIEW_NAME).unlink()
    assert COMPARING in steps_of(source, output)
    assert tree(output) == before


@pytest.mark.parametrize("damage", ["none of it", "cut", "rubbish", "another"])
def test_a_ledger_of_the_last_version_or_a_damaged_one_is_read_or_made_again(
    folder: Path, tmp_path: Path, damage: str
) -> None:
    shutil.copytree(folder, tmp_path / "copy")
    output = tmp_path / "copy" / "out"
    before, ledger = tree(output), output / LEDGER_NAME
    *workbooks, overview = ledger.read_bytes().splitlines(keepends=True)
    other = json.loads(overview)
    other["overview"]["counts"] = "many"
    ledger.write_bytes(
        b"".join(workbooks)
        + {
            "none of it": b"",
            "cut": overview[:40],
            "rubbish": b'{"overview": 3}\n',
            "another": json.dumps(other).encode() + b"\n",
        }[damage]
    )
    done = run_batch(tmp_path / "copy" / "in", output, today=TODAY, workers=1)
    assert (done.scored, done.unchanged, done.totals.students) == (0, 3, 24 + 20 + 8)
    assert tree(output) == before


def test_half_done_by_an_earlier_run_the_bytes_are_the_same(folder: Path, tmp_path: Path) -> None:
    half = tmp_path / "half"
    shutil.copytree(folder / "in", half)
    (half / "North Road" / "9B.xlsx").rename(tmp_path / "9B.xlsx")
    run_batch(half, tmp_path / "out", today=TODAY, workers=2)
    (tmp_path / "9B.xlsx").rename(half / "North Road" / "9B.xlsx")
    done = run_batch(half, tmp_path / "out", names=True, today=TODAY, workers=2)
    assert (done.scored, done.unchanged) == (1, 2)
    assert tree(tmp_path / "out") == tree(folder / "out")


def test_plain_workbooks_remember_their_runs_where_it_is_asked_for(tmp_path: Path) -> None:
    source, output = tmp_path / "9A.xlsx", tmp_path / "out"
    write_workbook(source, {"9A": [HEADINGS, *students(14)]})
    for day in (date(2026, 1, 12), date(2026, 2, 2)):
        assert run_batch(source, output, today=day, workers=1).scored == (day.month == 1)
    assert "Nothing to compare yet" in str(opened(output / OVERVIEW_NAME, "Change")[1]["A3"].value)
    assert run_batch(source, output, add_sheets=True, today=date(2026, 2, 2), workers=1).scored == 1
    assert run_batch(source, output, add_sheets=True, today=date(2026, 2, 3), workers=1).scored == 0
    write_workbook(source, {"9A": [HEADINGS, *students(14, seed=2)]})
    run_batch(source, output, today=date(2026, 3, 2), workers=1)
    (row, _) = table(output / OVERVIEW_NAME, "Change")
    assert [str(row[heading])[:10] for heading in ("Last run", "Run before")] == ["2026-03-02", "2026-02-02"]
    assert row["Compared with the run before"] == 14
    assert row["Two runs before"] is None


def test_names_are_written_on_request_alone_and_old_ones_are_told(tmp_path: Path) -> None:
    write_class(tmp_path / "in" / "9A.xlsx", {"9A": people("9A")}, teacher="Ms Quorra")
    plain = run("batch", tmp_path / "in", "-o", tmp_path / "out")
    assert (plain.code, NAMES_NAME in plain.out, (tmp_path / "out" / NAMES_NAME).exists()) == (0, False, False)
    asked = run("batch", tmp_path / "in", "-o", tmp_path / "out", "--names", "--json")
    assert json.loads(asked.out)["names"] == str(tmp_path / "out" / NAMES_NAME)
    assert (tmp_path / "out" / NAMES_NAME).exists()
    later = run("batch", tmp_path / "in", "-o", tmp_path / "out")
    assert f"{NAMES_NAME} there is of an earlier run and holds names" in later.out
    told = " ".join(run("batch", "--help").out.split())
    assert "It holds names and stays in the department" in told
    assert run("batch", tmp_path / "in", "-o", tmp_path / "out", "--names", "--dask", "x:1").code == 2


def test_score_tells_of_the_overview_where_there_are_several_classes(tmp_path: Path) -> None:
    path = year_workbook(tmp_path / "Year 9.xlsx")
    ran = run("score", path)
    assert "To see the 3 classes beside one another: markbook batch" in " ".join(ran.out.split())


def test_sheets_with_sets_of_one_name_stay_classes_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "Year 9.xlsx"
    classes = {name: students(11, seed=first, first=first) for name, first in (("9 red", 0), ("9 blue", 50))}
    write_workbook(
        path, {name: [[*HEADINGS, "Set"], *([*row, "Maths"] for row in rows)] for name, rows in classes.items()}
    )
    run_batch(path, tmp_path / "out", today=TODAY, workers=1)
    rows = table(tmp_path / "out" / OVERVIEW_NAME, "Classes")
    assert [(row["Class"], row["Students"]) for row in rows[:2]] == [("9 blue", 11), ("9 red", 11)]


def test_one_workbook_in_a_folders_place(tmp_path: Path) -> None:
    path = year_workbook(tmp_path / "Year 9.xlsx")
    before = path.read_bytes()
    ran = run("batch", path, "-o", tmp_path / "out")
    assert (ran.code, ran.err) == (0, "")
    assert "1 workbook with a result: 1 scored now" in ran.out
    assert path.read_bytes() == before
    assert set(tree(tmp_path / "out")) == {"Year 9.xlsx", *NAMELESS}
    assert opened(tmp_path / "out" / "Year 9.xlsx", "9C")[1]["A1"].value == "Student ID"
    assert "over the markbooks" in refused(run("batch", path, "-o", tmp_path))
    (tmp_path / "notes.txt").write_text("nothing")
    assert "no .xlsx or .xlsm workbook" in refused(run("batch", tmp_path / "notes.txt", "-o", tmp_path / "out"))


def test_a_topic_that_is_called_after_a_student_stays_out(tmp_path: Path) -> None:
    rows = people("9A")
    surname = str(rows[3][1])
    path = write_class(tmp_path / "9A.xlsx", {"9A": rows}, teacher="Ms Quorra")
    workbook, page = opened(path, "9A")
    for heading in ("Fractions (20)", "Angles (25)", "Equations (30)", "Test 4 (40)"):
        column = next(cell.column for cell in page[1] if cell.value == heading)
        page.cell(1, column).value = f"Number {surname} {heading[-4:]}"
        break
    workbook.save(path)
    run_batch(path, tmp_path / "out", today=TODAY, workers=1)
    assert surname.encode() not in told_in(tmp_path / "out" / OVERVIEW_NAME)
