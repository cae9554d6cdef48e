"""`markbook check`: shows every column, lists every doubt with its remedy, writes nothing."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import xlsxwriter

from templates.build import class_workbook
from tests.messy.make import twelve_troubles
from tests.support import run


def a_book(path: Path, rows: list[list[object]]) -> Path:
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        page = book.add_worksheet("Y9 set 2")
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                page.write(r, c, cell)
    return path


def test_a_clear_markbook_is_understood(tmp_path: Path) -> None:
    class_workbook(tmp_path / "class.xlsx", students=30, seed=7)
    before = hashlib.sha256((tmp_path / "class.xlsx").read_bytes()).hexdigest()
    done = run("check", str(tmp_path / "class.xlsx"))
    assert done.code == 0
    assert "Everything was understood." in done.out
    assert "test: Geometry, Angles, half-term 2" in done.out
    assert hashlib.sha256((tmp_path / "class.xlsx").read_bytes()).hexdigest() == before
    assert [path.name for path in tmp_path.iterdir()] == ["class.xlsx"]


def test_one_student_is_told_in_the_singular(tmp_path: Path) -> None:
    path = a_book(tmp_path / "y9.xlsx", [["Name", "Angles (20)"], ["Ova", 12]])
    assert "1 student in row 2." in run("check", str(path)).out


def test_columns_of_clinics_are_understood(tmp_path: Path) -> None:
    headings = ["Name", "Angles (20)", "Clinics offered", "Clinics attended", "Unavailable"]
    path = a_book(tmp_path / "y9.xlsx", [headings, ["Ova", 12, 3, 2, "Mon"], ["Tul", 15, None, None, None]])
    told = json.loads(run("check", str(path), "--json").out)
    assert [column["role"] for column in told["columns"]][2:] == [
        "clinics offered",
        "clinics attended",
        "unavailable days",
    ]


def test_doubts_are_listed_with_cell_value_rule_and_remedy(tmp_path: Path) -> None:
    path = a_book(tmp_path / "y9.xlsx", [["Name", "Angles (20)"], ["Ova", 12], ["Tul", 25], ["Zim", "1O"]])
    done = run("check", str(path))
    assert done.code == 1
    for text in ("B3", "25", "a mark is not above the total of 20", "Correct the mark or the total", "B4", "1O"):
        assert text in done.out
    assert done.err == ""


def test_twelve_troubles_are_twelve_queries(tmp_path: Path) -> None:
    path = twelve_troubles(tmp_path / "twelve.xlsx") or tmp_path / "twelve.xlsx"
    done = run("check", str(path), "--json")
    told = json.loads(done.out)
    assert done.code == 1
    assert len(told["queries"]) == 12
    assert len({query["cell"] for query in told["queries"]}) == 12
    for query in told["queries"]:
        assert query["rule"]
        assert query["remedy"]


def test_json_names_every_column(tmp_path: Path) -> None:
    path = a_book(tmp_path / "y9.xlsx", [["Name", "Angles (20)", "Doodles"], ["Ova", 12, "x"], ["Tul", 5, None]])
    told = json.loads(run("check", str(path), "--json").out)
    assert [(c["heading"], c["role"], c["out_of"]) for c in told["columns"]] == [
        ("Name", "name", None),
        ("Angles (20)", "test", 20),
        ("Doodles", "ignored", None),
    ]
    assert told["students"] == 2
    assert all(0 <= column["confidence"] <= 1 and column["why"] for column in told["columns"])


def test_problems_with_the_file_are_one_line(tmp_path: Path) -> None:
    done = run("check", str(tmp_path / "nothing.xlsx"))
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("error: nothing.xlsx: there is no such file")
