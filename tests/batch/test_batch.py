"""`markbook batch` over real files: what it writes, what it leaves, what it tells."""

from __future__ import annotations

import json
import os
import pty
import sys
import zipfile
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from addin.batch.files import LEDGER_NAME
from addin.batch.ledger import Ledger
from model import local
from model.scorecard import bundled
from tests.batch.support import BROKEN, OWN_FILES, ended, results, start, tree, trust
from tests.support import FIRST_MARK, HEADINGS, Ran, class_file, opened, refused, run, students, write_workbook
from tests.support import column_of as column


def batch(folder: Path, *options: object) -> Ran:
    return run("batch", folder / "in", "-o", folder / "out", *options)


def told(folder: Path, *options: object) -> dict[str, object]:
    answer = json.loads(batch(folder, "--json", *options).out)
    assert isinstance(answer, dict)
    return answer


def test_each_result_is_what_score_writes_and_the_markbooks_stay(tmp_path: Path) -> None:
    files = trust(tmp_path / "in")
    before = tree(tmp_path / "in")
    ran = batch(tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert f"{len(files)} workbooks with a result: {len(files)} scored now" in ran.out
    assert results(tmp_path / "out") == files
    assert tree(tmp_path / "in") == before
    for file in files:
        assert run("score", tmp_path / "in" / file, "-o", tmp_path / "one.xlsx").code == 0
        assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "out" / file).read_bytes()
        (tmp_path / "one.xlsx").unlink()


def test_one_worker_two_and_a_folder_of_results_inside_give_the_same_bytes(tmp_path: Path) -> None:
    trust(tmp_path / "in", broken=True)
    one = run("batch", tmp_path / "in", "-o", tmp_path / "one", "--workers", 1)
    two = run("batch", tmp_path / "in", "-o", tmp_path / "in" / "two", "--workers", 2)
    assert one.code == two.code == 1
    assert one.err == two.err
    assert tree(tmp_path / "one") == tree(tmp_path / "in" / "two")
    assert "1 folders of results" in run("batch", tmp_path / "in", "-o", tmp_path / "in" / "two").out


def test_broken_workbooks_are_told_one_line_each_and_stop_nobody(tmp_path: Path) -> None:
    files = trust(tmp_path / "in", broken=True)
    ran = batch(tmp_path)
    assert ran.code == 1
    lines = ran.err.splitlines()
    assert len(lines) == len(BROKEN)
    assert all(line.startswith("error: School ") and ".xlsx: " in line for line in lines)
    for words in ("downloaded or copied completely", "no Excel workbook. ", "cut off", "password", "no student below"):
        assert sum(words in line for line in lines) == 1
    assert str(tmp_path) not in ran.err
    assert results(tmp_path / "out") == files


def test_two_classes_in_one_workbook_are_both_scored(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    classes = {name: [HEADINGS, *students(3, seed=seed, first=10 * seed)] for seed, name in enumerate(("9A", "9B"))}
    write_workbook(tmp_path / "in" / "both.xlsx", classes)
    ran = batch(tmp_path)
    assert ran.code == 0
    assert "6 students:" in ran.out


def test_run_again_it_does_nothing_and_says_so(tmp_path: Path) -> None:
    files = trust(tmp_path / "in")
    batch(tmp_path)
    before, times = tree(tmp_path / "out"), {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")}
    ran = batch(tmp_path)
    assert ran.code == 0
    assert f"Nothing to do: {len(files)} workbooks had a good result already." in ran.out
    assert tree(tmp_path / "out") == before
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")} == times


@pytest.mark.dates
def test_only_what_changed_is_scored_again_and_decisions_are_carried_over(tmp_path: Path) -> None:
    files = trust(tmp_path / "in")
    batch(tmp_path)
    result = tmp_path / "out" / files[0]
    workbook, page = opened(result)
    page.cell(3, column(page, "Decision")).value = "Accept"
    workbook.save(result)
    assert told(tmp_path)["scored"] == 1, "a result that is no longer what was written is written again"
    page = opened(result)[1]
    assert page.cell(3, column(page, "Decision")).value == "Accept"
    backup = f"{result.stem}.backup-{datetime.now():%Y-%m-%d}.xlsx"
    assert results(tmp_path / "out") == sorted([*files, str(Path(files[0]).with_name(backup))])

    source = tmp_path / "in" / files[0]
    workbook, page = opened(source)
    page.cell(2, FIRST_MARK + 1).value = 1
    workbook.save(source)
    answer = told(tmp_path)
    assert (answer["scored"], answer["unchanged"]) == (1, len(files) - 1)
    page = opened(result)[1]
    assert page.cell(3, column(page, "Decision")).value == "Accept"
    assert told(tmp_path)["scored"] == 0


def test_a_missing_result_or_ledger_is_made_again_with_the_same_bytes(tmp_path: Path) -> None:
    files = trust(tmp_path / "in")
    batch(tmp_path)
    before = tree(tmp_path / "out")
    (tmp_path / "out" / files[1]).unlink()
    assert told(tmp_path)["scored"] == 1
    (tmp_path / "out" / LEDGER_NAME).write_bytes(b'not JSON\n{"file": 3}\n{"fi')
    assert told(tmp_path)["scored"] == len(files)
    assert tree(tmp_path / "out") == before


def test_another_model_scores_everything_again(tmp_path: Path) -> None:
    files = trust(tmp_path / "in", schools=1)
    batch(tmp_path)
    card = bundled()
    local.keep(replace(card, intercepts=card.intercepts + 0.5), {"made": "for a test"})
    # Processes of its own: workers that are left from an earlier run here would not know this model.
    code, out, err = ended(start(tmp_path / "in", "-o", tmp_path / "out", "--json"))
    assert (code, err) == (0, "")
    assert json.loads(out)["scored"] == len(files)


def test_no_name_of_a_student_is_in_what_the_batch_itself_writes_or_says(tmp_path: Path) -> None:
    trust(tmp_path / "in", broken=True)
    rows = students(12)
    rows[2][FIRST_MARK] = "Zovzz"
    path = write_workbook(tmp_path / "in" / "School 0" / "queries.xlsx", {"Y9": [HEADINGS, *rows]})
    batch(tmp_path)
    # A decision on a student who has left is refused, and that must not name the student either.
    result = tmp_path / "out" / "School 0" / "queries.xlsx"
    workbook, page = opened(result)
    page.cell(2, column(page, "Decision")).value = "Accept"
    workbook.save(result)
    write_workbook(path, {"Y9": [HEADINGS, *rows[1:]]})
    ran = batch(tmp_path, "--json")
    assert "markbook score" in ran.err
    written = [ran.out.encode(), ran.err.encode()]
    for name in OWN_FILES:
        file = tmp_path / "out" / name
        written.append(file.read_bytes())
        if file.suffix == ".xlsx":
            with zipfile.ZipFile(file) as package:
                written += [package.read(part) for part in package.namelist()]
    names = {str(cell) for first in (0, 100, 200) for row in students(20, first=first) for cell in row[:3]}
    assert len(names) > 40
    assert not [name for name in names for content in written if name.encode() in content]


def test_names_of_every_kind_and_the_same_name_in_two_folders(tmp_path: Path) -> None:
    names = [
        "A/9x.xlsx",
        "B/9x.xlsx",
        "Schüle é/数学 9.xlsx",
        "=1+1/@x.xlsx",
        "a b/[bold]c[/].xlsx",
        "new\nline/tab\t.xlsx",
    ]
    if os.name == "nt":
        names = names[:3]
    for number, name in enumerate(names):
        (tmp_path / "in" / name).parent.mkdir(parents=True)
        class_file(tmp_path / "in" / name, seed=number)
    (tmp_path / "in" / names[-1]).with_name("bro\nken.xlsx").write_bytes(b"")
    ran = batch(tmp_path)
    assert ran.code == 1
    assert ran.err.count("\n") == 1
    assert results(tmp_path / "out") == sorted(names)
    assert (tmp_path / "out" / names[0]).read_bytes() != (tmp_path / "out" / names[1]).read_bytes()
    assert told(tmp_path)["unchanged"] == len(names)


def test_where_the_output_cannot_be_written(tmp_path: Path) -> None:
    files = trust(tmp_path / "in", schools=2, classes=1)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "School 0").write_text("a file stands where a folder is needed")
    ran = batch(tmp_path)
    assert ran.code == 1
    assert ran.err.startswith(f"error: {files[0]}: the folder of the result cannot be made")
    assert results(tmp_path / "out") == ["School 0", files[1]]
    assert refused(run("batch", tmp_path / "in", "-o", tmp_path / "out" / "School 0" / "deeper"))


def test_a_link_in_the_output_folder_leads_nobody_to_a_markbook(tmp_path: Path) -> None:
    files = trust(tmp_path / "in", schools=2, classes=1)
    before = tree(tmp_path / "in")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "School 0").symlink_to(tmp_path / "in" / "School 0")
    (tmp_path / "out" / "School 1" / "Year 7").mkdir(parents=True)
    (tmp_path / "out" / files[1]).symlink_to(tmp_path / "in" / files[1])
    ran = batch(tmp_path)
    assert ran.err.count("a link stands in the output folder") == 2
    assert tree(tmp_path / "in") == before


def test_requests_that_make_no_sense(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    assert "no .xlsx or .xlsm workbook" in refused(batch(tmp_path))
    assert "no such folder or workbook" in refused(run("batch", tmp_path / "nowhere", "-o", tmp_path / "out"))
    assert not (tmp_path / "out").exists()
    for options in (
        [],
        ["-o", tmp_path / "out", "--workers", 0],
        ["-o", tmp_path / "out", "--workers", 2, "--dask", "x:1"],
    ):
        assert run("batch", tmp_path / "in", *options).code == 2


def test_a_second_batch_into_the_same_folder_is_refused(tmp_path: Path) -> None:
    trust(tmp_path / "in", schools=1, classes=1)
    with Ledger(tmp_path / "out"):
        assert "another batch is at work" in refused(batch(tmp_path))
    assert batch(tmp_path).code == 0


def test_the_object_that_json_prints(tmp_path: Path) -> None:
    trust(tmp_path / "in", broken=True)
    (tmp_path / "in" / "old.xls").write_bytes(b"")
    answer = told(tmp_path)
    assert list(answer) == [
        "input", "output", "scored", "unchanged", "refused", "passed_over", "students", "counts", "needs", "queries",
        "overview", "overview_csv", "overview_page", "names",
    ]  # fmt: skip
    assert (answer["scored"], answer["unchanged"], answer["passed_over"]) == (6, 0, {"other kinds of spreadsheet": 1})
    assert isinstance(answer["counts"], dict)
    assert answer["students"] == sum(answer["counts"].values()) == 2 * (12 + 13 + 14)
    broken = answer["refused"]
    assert isinstance(broken, list)
    assert [sorted(each) for each in broken] == [["file", "reason"]] * len(BROKEN)


@pytest.mark.skipif(os.name == "nt", reason="there is no such terminal")
def test_a_bar_with_the_time_left_on_a_terminal_and_none_in_a_pipe(tmp_path: Path) -> None:
    trust(tmp_path / "in", schools=1, classes=2)
    code, out, err = ended(start(tmp_path / "in", "-o", tmp_path / "piped"))
    assert (code, err) == (0, "")
    assert out.startswith("2 workbooks with a result")
    assert "\x1b" not in out

    shown = bytearray()

    def keep(terminal: int) -> bytes:
        content = os.read(terminal, 4096)
        shown.extend(content)
        return content

    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(TERM="xterm-256color", COLUMNS="120")
        os.execlp(sys.executable, sys.executable, "-m", "addin.cli", "batch", tmp_path / "in", "-o", tmp_path / "shown")
    with suppress(OSError):  # the terminal closes with its last process
        while keep(terminal):
            pass
    os.waitpid(child, 0)
    text = shown.decode("utf-8", "replace")
    assert "Scoring" in text
    assert "2/2" in text
    assert "0:0" in text
    assert "2 workbooks with a result" in text
