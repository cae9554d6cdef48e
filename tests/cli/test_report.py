"""`markbook report` on real files: what it writes, what it says, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_letters import marked_file
from tests.report.printed import rows_of, text_of
from tests.support import (
    BAD_INPUT_NAMES,
    BAD_INPUTS,
    HEADINGS,
    class_file,
    contents,
    refused,
    run,
    students,
    write_workbook,
)


def test_score_then_report(tmp_path: Path) -> None:
    file = class_file(tmp_path / "class.xlsx", 32)
    assert run("score", file, "--add-sheets").code == 0
    marked = tmp_path / "class.marked.xlsx"
    before = contents(tmp_path)
    ran = run("report", marked)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"Written to {tmp_path / 'class.report.html'}: 32 students in order of priority.\n"
    after = contents(tmp_path)
    assert set(after) - set(before) == {"class.report.html"}
    assert {name: after[name] for name in before} == before
    rows = rows_of(after["class.report.html"].decode())
    assert [row[0] for row in rows if row[0]] == [
        str(number) for number in range(1, len([r for r in rows if r[0]]) + 1)
    ]
    assert rows[0][6] == "new No earlier run"


def test_an_unmarked_file_is_scored_and_not_touched(tmp_path: Path) -> None:
    file = class_file(tmp_path / "class.xlsx")
    before = file.read_bytes()
    ran = run("report", file, "-o", tmp_path / "x.html")
    assert (ran.code, ran.err) == (0, "")
    assert set(contents(tmp_path)) == {"class.xlsx", "x.html"}
    assert file.read_bytes() == before


def test_parents_evening(tmp_path: Path) -> None:
    ran = run("report", marked_file(tmp_path / "9K.marked.xlsx", ["Accept", None, "Reject"]), "--parents-evening")
    assert (ran.code, ran.err) == (0, "")
    assert "3 students, a page each." in ran.out
    page = (tmp_path / "9K.parents-evening.html").read_text(encoding="utf-8")
    assert page.count("<article") == 3
    assert "Private note" not in page


def test_filters_and_support(tmp_path: Path) -> None:
    file = marked_file(tmp_path / "c.xlsx", ["Accept", None, "Reject", "Accept"])
    ran = run("report", file, "--decision", "Accept", "--decision", "Reject", "--support", "-o", tmp_path / "x.html")
    assert (ran.code, ran.err) == (0, "")
    page = (tmp_path / "x.html").read_text(encoding="utf-8")
    assert len(rows_of(page)) == page.count("<article") == 3
    assert "Only decision Accept or Reject." in text_of(page)


def test_every_class_of_a_workbook_or_those_that_are_named(tmp_path: Path) -> None:
    sheets = {name: [HEADINGS, *students(4, seed=seed)] for seed, name in enumerate(("9A", "9B", "9C"))}
    file = write_workbook(tmp_path / "year.xlsx", sheets)
    assert "12 students in order of priority, 3 classes." in run("report", file).out
    assert "8 students in order of priority, 2 classes." in run("report", file, "--sheet", "9A", "--sheet", "9C").out
    page = (tmp_path / "year.report.html").read_text(encoding="utf-8")
    assert [f"Maths Clinic: {name}" in page for name in ("9A", "9B", "9C")] == [True, False, True]


def test_the_terminal_shows_no_name_and_no_file_has_one(tmp_path: Path) -> None:
    rows = students(3)
    file = write_workbook(tmp_path / f"{rows[0][1]} {rows[0][2]}.xlsx", {"Y9": [HEADINGS, *rows]})
    before = set(contents(tmp_path))
    for options in ((), ("--parents-evening",), ("--support",)):
        ran = run("report", file, *options)
        assert ran.code == 0
        assert not [row for row in rows if str(row[1]) in ran.out or str(row[0]) in ran.out]
    assert set(contents(tmp_path)) - before == {"class.report.html", "class.parents-evening.html"}
    told = run("report", file, "-o", tmp_path / f"{rows[1][1]}.html").out
    assert "Rename it before you pass it on." in told


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--group", "PP=Y"), "no audit column 'PP'"),
        (("--group", "PP"), "such as PP=Y"),
        (("--decision", "Maybe"), "Accept, Reject, Defer or none"),
        (("--decision", "Accept"), "Nobody is listed"),
        (("-o", "class.xlsx"), "ends in .html"),
        (("-o", "class.pdf"), "print it to PDF"),
        (("--sheet", "Y10"), "no sheet 'Y10'"),
    ],
)
def test_what_it_refuses(options: tuple[str, ...], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    file = class_file(tmp_path / "class.xlsx")
    before = contents(tmp_path)
    assert words in refused(run("report", file, *options))
    assert contents(tmp_path) == before


def test_support_is_not_for_families(tmp_path: Path) -> None:
    ran = run("report", class_file(tmp_path / "c.xlsx"), "--support", "--parents-evening")
    assert ran.code == 2
    assert "give one of them" in ran.err


@pytest.mark.parametrize(("_name", "make", "word"), BAD_INPUTS, ids=BAD_INPUT_NAMES)
def test_bad_files_are_refused_in_one_line(_name: str, make: object, word: str, tmp_path: Path) -> None:
    path = tmp_path / "class.xlsx"
    assert callable(make)
    make(path)
    assert word in refused(run("report", path))
    assert not list(tmp_path.glob("*.html"))
