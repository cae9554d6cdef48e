"""`markbook letters` on real files: what it writes, what it says, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from addin.reading.headings.roles import RESULT_HEADINGS
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
    students,
    write_workbook,
)


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's data folder."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("MARKBOOK_HOME", str(folder))
    return folder


def marked_file(path: Path, decisions: list[str | None], *, title: str = "Y9") -> Path:
    """A workbook with a decision for each student."""
    rows = [
        [*row, *[None] * 7, decision, None] for row, decision in zip(students(len(decisions)), decisions, strict=True)
    ]
    return write_workbook(path, {title: [[*HEADINGS, *RESULT_HEADINGS], *rows]})


def test_score_decide_write(tmp_path: Path) -> None:
    file = class_file(tmp_path / "class.xlsx")
    assert run("score", file).code == 0
    marked = tmp_path / "class.marked.xlsx"
    workbook, sheet = opened(marked)
    for row, decision in ((2, "Accept"), (5, "Accept"), (6, "Reject")):
        sheet.cell(row, column_of(sheet, "Decision")).value = decision
    workbook.save(marked)
    before = marked.read_bytes()
    ran = run("letters", marked, "-o", tmp_path / "letters")
    assert (ran.code, ran.err) == (0, "")
    assert "2 students: a letter to the family and one to the student." in ran.out
    assert "No letter for 10: 1 Reject, 9 without a decision." in ran.out
    assert "no clinic plan yet" in ran.out
    assert len(contents(tmp_path / "letters")) == 2 * 2 * 2 + 1
    assert marked.read_bytes() == before


def test_the_terminal_shows_no_name(tmp_path: Path) -> None:
    ran = run("letters", marked_file(tmp_path / "c.xlsx", ["Accept"] * 3), "-o", tmp_path / "x")
    assert not [row for row in students(3) if str(row[1]) in ran.out or str(row[0]) in ran.out]


@pytest.mark.parametrize(
    ("given", "endings"), [("html", {".html"}), ("docx", {".docx"}), ("DOCX, html", {".docx", ".html"})]
)
def test_formats(given: str, endings: set[str], tmp_path: Path) -> None:
    file = marked_file(tmp_path / "c.xlsx", ["Accept"])
    assert run("letters", file, "-o", tmp_path / "x", "--format", given).code == 0
    assert {Path(name).suffix for name in contents(tmp_path / "x")} == {*endings, ".csv"}


def test_one_of_several_sheets(tmp_path: Path) -> None:
    rows = [[*HEADINGS, *RESULT_HEADINGS], *([*row, *[None] * 7, "Accept", None] for row in students(2))]
    file = write_workbook(tmp_path / "c.xlsx", {"Set 1": rows, "Set 2": rows[:2]})
    assert "--sheet" in refused(run("letters", file, "-o", tmp_path / "x"))
    assert "1 student:" in run("letters", file, "-o", tmp_path / "x", "--sheet", "Set 2").out


def test_nobody_accepted(tmp_path: Path) -> None:
    told = refused(run("letters", marked_file(tmp_path / "c.xlsx", ["Reject", None]), "-o", tmp_path / "x"))
    assert "no student has the decision Accept" in told
    assert "1 Reject, 1 without a decision" in told
    assert not (tmp_path / "x").exists()


def test_a_used_folder(tmp_path: Path) -> None:
    file = marked_file(tmp_path / "c.xlsx", ["Accept"])
    run("letters", file, "-o", tmp_path / "x")
    assert "new or empty" in refused(run("letters", file, "-o", tmp_path / "x"))


@pytest.mark.parametrize(
    "arguments", [(), ("FILE",), ("-o", "x"), ("FILE", "-o", "x", "--format", "pdf"), ("--copy-wording", "FILE")]
)
def test_wrong_usage(arguments: tuple[str, ...], tmp_path: Path) -> None:
    file = str(marked_file(tmp_path / "c.xlsx", ["Accept"]))
    given = [file if argument == "FILE" else argument for argument in arguments]
    assert run("letters", *given).code == 2


@pytest.mark.parametrize("what", BAD_INPUT_NAMES)
def test_files_that_cannot_be_read(what: str, tmp_path: Path) -> None:
    _, make, word = BAD_INPUTS[BAD_INPUT_NAMES.index(what)]
    path = tmp_path / "class.xlsx"
    make(path)
    assert word in refused(run("letters", path, "-o", tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_edited_wording_from_copy_to_letter(home: Path, tmp_path: Path) -> None:
    ran = run("letters", "--copy-wording")
    assert ran.code == 0
    assert str(home / "letters") in ran.out
    assert "letter_family.en.txt.j2" in ran.out
    template = home / "letters" / "letter_family.en.txt.j2"
    template.write_text("# Our own words\n\n{{ letter.nam }}\n", encoding="utf-8")
    file = marked_file(tmp_path / "c.xlsx", ["Accept"])
    told = refused(run("letters", file, "-o", tmp_path / "x"))
    assert told.startswith(f"{template}, line 3: ")
    template.write_text("# Our own words\n\n{{ letter.name }}\n", encoding="utf-8")
    assert run("letters", file, "-o", tmp_path / "x", "--format", "html").code == 0
    (letter,) = (tmp_path / "x").glob("*family.html")
    assert "Our own words" in letter.read_text(encoding="utf-8")


def test_an_unknown_language(tmp_path: Path) -> None:
    file = marked_file(tmp_path / "c.xlsx", ["Accept"])
    assert "only cy, en, pl" in refused(run("letters", file, "-o", tmp_path / "x", "--language", "tlh"))
