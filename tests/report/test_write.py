"""The report's file: named after nobody, whole or not at all, and over nothing but an earlier report."""

from __future__ import annotations

from pathlib import Path

import pytest

from addin.errors import MarkbookError, RequestProblem, WriteFailed
from addin.report.page import MADE_BY
from addin.report.write import names_somebody, report_name, write_page

PAGE = f"<title>{MADE_BY}</title>"


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("class.xlsx", "class.report.html"),
        ("9K.marked.xlsm", "9K.report.html"),
        ("Ova Zarrin.xlsx", "class.report.html"),
        ("zarrin.o-2026.marked.xlsx", "class.report.html"),
        ("9K_ZARRIN_support.xlsx", "class.report.html"),
        ("Zoë.xlsx", "class.report.html"),
        ("y9 set 2 2025-26.xlsx", "y9 set 2 2025-26.report.html"),
    ],
)
def test_no_name_in_the_files_name(file: str, name: str) -> None:
    assert report_name(Path(file), ["Ova Zarrin", "Zoe Plix"]).name == name


def test_no_students_no_names() -> None:
    assert not names_somebody("Zarrin", [])


def test_an_earlier_report_is_replaced_and_nothing_else(tmp_path: Path) -> None:
    workbook, target = tmp_path / "class.xlsx", tmp_path / "class.report.html"
    workbook.write_bytes(b"PK")
    write_page(PAGE, target, workbook=workbook)
    write_page(PAGE + "2", target, workbook=workbook)
    assert target.read_text() == PAGE + "2"
    target.write_text("<p>A page of my own</p>")
    with pytest.raises(RequestProblem, match="no report stands there"):
        write_page(PAGE, target, workbook=workbook)
    assert target.read_text() == "<p>A page of my own</p>"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["class.report.html", "class.xlsx"]


@pytest.mark.parametrize("name", ["class.xlsx", "class.pdf", "class", "report.docx"])
def test_only_a_page_is_a_page(name: str, tmp_path: Path) -> None:
    with pytest.raises(RequestProblem, match=r"ends in \.html"):
        write_page(PAGE, tmp_path / name, workbook=tmp_path / "class.xlsx")
    assert not list(tmp_path.iterdir())


def test_a_link_to_the_workbook_is_the_workbook(tmp_path: Path) -> None:
    workbook, link = tmp_path / "class.xlsx", tmp_path / "class.html"
    workbook.write_bytes(MADE_BY.encode())
    link.symlink_to(workbook)
    with pytest.raises(RequestProblem, match="the workbook itself"):
        write_page(PAGE, link, workbook=workbook)


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(WriteFailed, match="Check the folder"):
        write_page(PAGE, tmp_path / "gone" / "x.html", workbook=tmp_path / "class.xlsx")
    folder = tmp_path / "folder.html"
    folder.mkdir()
    with pytest.raises(MarkbookError):
        write_page(PAGE, folder, workbook=tmp_path / "class.xlsx")
    assert not list(folder.iterdir())
    assert [path.name for path in tmp_path.iterdir()] == ["folder.html"]
