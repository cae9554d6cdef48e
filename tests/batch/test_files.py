"""Which files a batch takes, and where it refuses to write."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from addin.batch.files import LEDGER_NAME, OVERVIEW_NAME, find_workbooks
from addin.errors import RequestProblem


def make(folder: Path, *files: str, size: int = 1) -> None:
    for file in files:
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * size)


def found(folder: Path, output: Path | None = None) -> set[str]:
    return set(find_workbooks(folder, output or folder.parent / "out").files)


@pytest.mark.parametrize(
    ("names", "taken"),
    [
        (("a.xlsx", "b.XLSM", "c.csv", "d.xls", "e.ods", "f", "xlsx"), {"a.xlsx", "b.XLSM"}),
        (("~$a.xlsx", ".~lock.a.xlsx#", "._a.xlsx", ".hidden.xlsx", ".git/a.xlsx", ".writing-8x.xlsx"), set()),
        (("a.xlsx", "a.backup-2026-01-05.xlsx", "a.backup-2026-01-05-2.xlsx", "b.marked.backup-2026-01-05.xlsx"), {"a.xlsx"}),
        (("a.xlsx", "a.marked.xlsx", "a.cleared.xlsx", "a.imported.xlsx"), {"a.xlsx"}),
        (("a.marked.xlsx", "b.marked.xlsm", "b.xlsx"), {"a.marked.xlsx", "b.marked.xlsm", "b.xlsx"}),
        (("North/9A.xlsx", "South/9A.xlsx", "South/Year 9/9A.xlsx"), {"North/9A.xlsx", "South/9A.xlsx", "South/Year 9/9A.xlsx"}),
        (("Schüle é/数学 9.xlsx", "a b/=1+1.xlsx", "new\nline.xlsx"), {"Schüle é/数学 9.xlsx", "a b/=1+1.xlsx", "new\nline.xlsx"}),
        ((f"{'d/' * 60}a.xlsx",), {f"{'d/' * 60}a.xlsx"}),
    ],
    ids=["endings", "hidden", "backups", "results", "marked alone", "the same name", "names", "deep"],
)  # fmt: skip
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_what_is_taken(tmp_path: Path, names: tuple[str, ...], taken: set[str]) -> None:
    make(tmp_path / "in", *names)
    assert found(tmp_path / "in") == taken


def test_the_largest_come_first_so_that_no_worker_waits_at_the_end(tmp_path: Path) -> None:
    for name, size in (("b", 5), ("a", 5), ("c", 900), ("d", 40)):
        make(tmp_path / "in", f"{name}.xlsx", size=size)
    assert find_workbooks(tmp_path / "in", tmp_path / "out").files == ("c.xlsx", "d.xlsx", "a.xlsx", "b.xlsx")


def test_every_workbook_counts_once_however_many_links_lead_to_it(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "in", tmp_path / "elsewhere"
    make(folder, "North/9A.xlsx", "North/9B.xlsx")
    make(elsewhere, "10A.xlsx", "deep/10B.xlsx")
    (folder / "A link to itself").symlink_to(folder)
    (folder / "North" / "up").symlink_to("..")
    (folder / "North" / "circle").symlink_to("circle")
    (folder / "A copy").symlink_to(folder / "North")
    (folder / "9A too.xlsx").symlink_to(folder / "North" / "9A.xlsx")
    (folder / "South").symlink_to(elsewhere)
    (elsewhere / "back").symlink_to(folder)
    (folder / "nowhere.xlsx").symlink_to(folder / "gone.xlsx")
    looked = find_workbooks(folder, tmp_path / "out")
    assert set(looked.files) == {"North/9A.xlsx", "North/9B.xlsx", "South/10A.xlsx", "South/deep/10B.xlsx"}
    assert list(looked.refused) == ["nowhere.xlsx"]
    assert looked.passed_over == {"links to what was found already": 5}


def test_its_own_results_are_never_taken(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    make(folder, "9A.xlsx", "out/9A.xlsx", "earlier/9A.xlsx", f"earlier/{LEDGER_NAME}")
    assert found(folder, folder / "out") == {"9A.xlsx"}
    (tmp_path / "link").symlink_to(folder / "out")
    assert found(folder, tmp_path / "link") == {"9A.xlsx"}


@pytest.mark.parametrize("output", [".", "..", "../../..", "link"])
def test_results_are_never_written_over_markbooks(tmp_path: Path, output: str) -> None:
    folder = tmp_path / "a" / "in"
    make(folder, "9A.xlsx")
    (folder / "link").symlink_to(folder)
    with pytest.raises(RequestProblem, match="over the markbooks"):
        find_workbooks(folder, folder / output)


def test_folders_that_make_no_sense(tmp_path: Path) -> None:
    make(tmp_path, "in/9A.xlsx", "a file", f"done/{LEDGER_NAME}")
    for folder, output, words in (
        ("nowhere", "out", "no such folder"),
        ("a file", "out", "Give one, or the folder"),
        ("done", "out", "results of a batch"),
        ("in", "a file", "Give a folder"),
    ):
        with pytest.raises(RequestProblem, match=words):
            find_workbooks(tmp_path / folder, tmp_path / output)
    for address in ("s3://bucket/in", "memory://in"):
        with pytest.raises(RequestProblem, match="object store"):
            find_workbooks(Path(address), tmp_path / "out")


def test_a_markbook_with_the_name_of_the_overview_is_told(tmp_path: Path) -> None:
    make(tmp_path / "in", OVERVIEW_NAME, f"North/{OVERVIEW_NAME}")
    looked = find_workbooks(tmp_path / "in", tmp_path / "out")
    assert (looked.files, list(looked.refused)) == ((f"North/{OVERVIEW_NAME}",), [OVERVIEW_NAME])
