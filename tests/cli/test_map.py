"""`markbook map`: shown, asked in a terminal, kept in the file and on the computer, and not asked again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from addin.files.package.read import read_book
from addin.hosts.closed_file import ClosedFile
from addin.reading.markbook import read_markbook
from tests.support import refused, run, write_workbook
from tests.tools import ROOT

ODD = (("Name", "Doodles", "Angles (20)"), ("Ova", 7, 12), ("Tul", 9, 15), ("Pim", 4, 8))
GERMAN = (
    ("Nachname", "Vorname", "KA 1", "KA 2"),
    ("Zarrin", "Ova", 4, 2),
    ("Beska", "Tul", 2, 5),
    ("Dorro", "Pim", 1, 3),
)


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    return write_workbook(tmp_path / "class.xlsx", {"Y9": ODD})


def roles(path: Path) -> list[str]:
    return [
        column.role.value for column in read_markbook(ClosedFile(path, output=path).read()).columns if column.heading
    ]


def test_it_shows_and_writes_nothing_where_nothing_is_said(odd: Path) -> None:
    before = odd.read_bytes()
    ran = run("map", odd)
    assert ran.code == 0
    for words in ("Doodles", "7, 9, 4", "test?", "numbers beside the names"):
        assert words in ran.out
    assert odd.read_bytes() == before


def test_what_is_said_is_kept_on_a_sheet_with_consent_and_beside_it(
    odd: Path, tmp_path: Path, markbook_home: Path
) -> None:
    before = odd.read_bytes()
    ran = run("map", odd, "--set", "Doodles=attendance (10)", "--add-sheets")
    assert "on the sheet Columns of class.xlsx and on this computer" in ran.out
    assert roles(odd) == ["name", "attendance", "test"]
    assert next(tmp_path.glob("class.backup-*.xlsx")).read_bytes() == before
    (markbook_home / "columns.json").unlink()
    assert roles(odd) == ["name", "attendance", "test"], "the file carries it"
    assert read_book(odd).sheet("Columns") is not None


def test_another_workbook_of_the_same_shape_is_not_asked_about(odd: Path, tmp_path: Path, markbook_home: Path) -> None:
    run("map", odd, "--set", "B=ignored", "--leave-file")
    twin = write_workbook(tmp_path / "next.xlsx", {"Y9": (*ODD, ("Kel", 3, 11))})
    assert roles(twin) == ["name", "ignored", "test"]
    kept = (markbook_home / "columns.json").read_text(encoding="utf-8")
    assert not [word for word in ("Doodles", "doodles", "Ova", "Angles") if word in kept]


def test_the_best_mark_is_said_once(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "7b.xlsx", {"7b": GERMAN})
    assert "best mark=1" in refused(run("score", path))
    run("map", path, "--set", "best mark=1", "--add-sheets")
    ran = run("score", path)
    assert ran.code == 0
    order = [name for line in ran.out.splitlines() if line.startswith("│") and (name := line.split("│")[2].strip())]
    assert order[-1] == "Pim Dorro", "who has a 1 and a 3 comes last"


@pytest.mark.parametrize(("said", "mark"), [("Physics", 7.0), ("Maths", 5.0)])
def test_the_subject_whose_rows_are_read_is_said_once(tmp_path: Path, said: str, mark: float) -> None:
    subjects = ("Maths", "Further maths", "Physics")
    rows = [
        ("Student ID", "Subject", "Final"),
        *((f"S{i}", s, 5 + i + j) for i in range(4) for j, s in enumerate(subjects)),
    ]
    path = write_workbook(tmp_path / "long.xlsx", {"Marks": rows})
    assert "only subject=" in refused(run("score", path))
    run("map", path, "--set", f"only subject={said}", "--add-sheets")
    markbook = read_markbook(ClosedFile(path, output=path).read())
    assert [column.role.value for column in markbook.columns if column.heading] == ["student ID", "subject", "mock"]
    assert (len(markbook.students), markbook.cohort.earned[0, 0]) == (4, mark)


def test_a_csv_file_is_mapped_on_this_computer(tmp_path: Path) -> None:
    path = tmp_path / "class.csv"
    path.write_text("Name;Doodles;Angles (20)\nOva;7;12\nTul;9;15\nPim;4;8\n", encoding="utf-8")
    before = path.read_bytes()
    assert "Kept on this computer" in run("map", path, "--set", "Doodles=ignored", "--add-sheets").out
    assert path.read_bytes() == before
    assert "Doodles" not in run("score", path).out


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Doodles", "give a heading and what it means"),
        ("Poodles=test", "no heading 'Poodles'"),
        ("Doodles=chess", "'chess' is not"),
    ],
)
def test_nonsense_is_refused_and_keeps_nothing(odd: Path, markbook_home: Path, said: str, words: str) -> None:
    assert words in refused(run("map", odd, "--set", said))
    assert not (markbook_home / "columns.json").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminal of this kind")
def test_a_terminal_asks_for_each_guess_and_a_second_run_asks_nothing(odd: Path, markbook_home: Path) -> None:
    def talk(answers: str) -> str:
        import pty

        ours, theirs = pty.openpty()
        os.write(ours, answers.encode())
        done = subprocess.run(
            [sys.executable, "-m", "addin.cli", "map", str(odd)], stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            cwd=odd.parent, env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}, timeout=60, check=True,
        )  # fmt: skip
        os.close(ours)
        os.close(theirs)
        return done.stdout.decode()

    first = talk("chess\nhomework (10)\ny\n")
    assert "B 'Doodles' (7, 9, 4) is test" in first
    assert "'chess' is not understood" in first
    assert "on the sheet Columns of class.xlsx" in first
    assert roles(odd) == ["name", "homework", "test"]
    assert "What do these columns mean" not in talk("")
