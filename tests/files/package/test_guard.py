"""What the guard refuses, and that it lets real workbooks pass."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from addin.errors import (
    FileMissing,
    FileProblem,
    NotAWorkbook,
    PasswordProtected,
    UnsafeWorkbook,
    UnsupportedWorkbook,
)
from addin.files.package import guard
from addin.files.package.guard import check
from addin.files.package.read import read_book
from addin.reading.markbook import read_markbook
from tests.files.package.books import SHEET_PART, plain_book, rewritten, rich_book

OLE = bytes.fromhex("D0CF11E0A1B11AE1")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return plain_book(tmp_path / "book.xlsx", [["Name", "Mark"], ["Amir", 3]])


def refused(path: Path, error: type[FileProblem], words: str) -> None:
    """Both the check and the reader refuse the file, in one line that names it."""
    for act in (check, read_book):
        with pytest.raises(error, match=words) as caught:
            act(path)
        assert "\n" not in str(caught.value)
        assert str(caught.value).startswith(path.name)
        assert str(path.parent) not in str(caught.value)


def test_a_rich_workbook_passes(tmp_path: Path) -> None:
    check(rich_book(tmp_path / "rich.xlsx"))


def test_no_such_file(tmp_path: Path) -> None:
    refused(tmp_path / "gone.xlsx", FileMissing, "no such file")


def test_a_folder(tmp_path: Path) -> None:
    (tmp_path / "folder.xlsx").mkdir()
    refused(tmp_path / "folder.xlsx", FileMissing, "folder")


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600), PasswordProtected, "password"),
        (OLE + bytes(600) + "Workbook".encode("utf-16-le") + bytes(600), NotAWorkbook, r"\.xls\)"),
        (b"Name,Mark\nAmir,3\n", NotAWorkbook, "no Excel workbook. Open"),
        (b"", NotAWorkbook, "empty"),
        (b"PK\3\4" + bytes(100), NotAWorkbook, "cut off"),
    ],
)
def test_other_files(tmp_path: Path, content: bytes, error: type[FileProblem], words: str) -> None:
    path = tmp_path / "marks.xlsx"
    path.write_bytes(content)
    refused(path, error, words)


def test_a_truncated_file(book: Path) -> None:
    book.write_bytes(book.read_bytes()[:-700])
    refused(book, NotAWorkbook, "cut off")


def test_a_damaged_part(book: Path) -> None:
    content = bytearray(book.read_bytes())
    with zipfile.ZipFile(book) as archive:
        start = archive.getinfo(SHEET_PART).header_offset
    content[start + 60 : start + 160] = bytes(100)
    book.write_bytes(content)
    refused(book, NotAWorkbook, "damaged")


def test_xml_that_is_not_well_formed(book: Path, tmp_path: Path) -> None:
    path = rewritten(book, tmp_path / "cut.xlsx", {SHEET_PART: lambda xml: xml[: len(xml) // 2]})
    refused(path, NotAWorkbook, "damaged")


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"readme.txt": b"hello"}, "no workbook"),
        ({"xl/workbook.bin": b"\0"}, "xlsb"),
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}, "ods"),
    ],
)
def test_other_zips(tmp_path: Path, parts: dict[str, bytes], words: str) -> None:
    path = tmp_path / "other.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    refused(path, NotAWorkbook, words)


def test_a_strict_workbook(book: Path, tmp_path: Path) -> None:
    def strict(xml: str) -> str:
        return xml.replace(
            "http://schemas.openxmlformats.org/spreadsheetml/2006", "http://purl.oclc.org/ooxml/spreadsheetml"
        )

    refused(rewritten(book, tmp_path / "s.xlsx", {"xl/workbook.xml": strict}), UnsupportedWorkbook, "Strict")


@pytest.mark.parametrize("part", [SHEET_PART, "xl/styles.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_in_any_part(book: Path, tmp_path: Path, part: str, encoding: str) -> None:
    def declare(xml: bytes) -> bytes:
        body = xml.decode().partition("?>")[2].strip()
        head = f'<?xml version="1.0" encoding="{encoding}"?><!--{"x" * 9000}--><!DOCTYPE x [<!ENTITY a "b">]>'
        return (head + body).encode(encoding)

    with zipfile.ZipFile(book) as archive:
        trap = declare(archive.read(part))
    refused(rewritten(book, tmp_path / "trap.xlsx", {part: trap}), UnsafeWorkbook, "entities")


def test_a_bomb_of_blanks(book: Path, tmp_path: Path) -> None:
    path = rewritten(book, tmp_path / "bomb.xlsx", {"xl/extra.xml": b"<a>" + b" " * 20_000_000 + b"</a>"})
    refused(path, UnsafeWorkbook, "times its size")


def test_a_small_part_may_pack_well(book: Path, tmp_path: Path) -> None:
    check(rewritten(book, tmp_path / "blank.xlsx", {"xl/extra.xml": b"<a>" + b" " * 3_000_000 + b"</a>"}))


def test_the_limit_of_size(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MOST_UNPACKED", 5_000)
    with pytest.raises(UnsafeWorkbook, match=r"unpacks to|larger than"):
        check(book)


def test_the_limit_of_parts(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MOST_PARTS", 3)
    with pytest.raises(UnsafeWorkbook, match="parts"):
        check(book)


def test_a_part_that_stands_twice(book: Path) -> None:
    with zipfile.ZipFile(book, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(SHEET_PART, b"<a/>")
    refused(book, NotAWorkbook, "twice")


@pytest.mark.parametrize(
    "stray",
    ['<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', '<row r="110001"><c r="A110001"><f>1</f></c></row>'],
)
def test_a_stray_cell_far_out(book: Path, tmp_path: Path, stray: str) -> None:
    path = rewritten(
        book, tmp_path / "far.xlsx", {SHEET_PART: lambda xml: xml.replace("</sheetData>", stray + "</sheetData>")}
    )
    with pytest.raises(UnsafeWorkbook, match=r"cell (XFD1048576|A110001)"):
        check(path)
    # The sheet alone is refused, where it is the one to be read; what is written on others may stand where it wants.
    (sheet,) = read_book(path).sheets
    assert sheet.rows == ()
    assert "where no markbook reaches" in sheet.refusal
    with pytest.raises(UnsafeWorkbook, match="where no markbook reaches"):
        read_markbook(read_book(path))


def test_a_format_far_out_does_no_harm(book: Path, tmp_path: Path) -> None:
    stray = '<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    path = rewritten(book, tmp_path / "far.xlsx", {SHEET_PART: lambda xml: xml.replace("</sheetData>", stray)})
    check(path)
    assert read_book(path).sheets[0].rows == (("Name", "Mark"), ("Amir", 3.0))


def test_many_cells_in_all(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MOST_CELLS", 3)
    refused(book, UnsafeWorkbook, "span more than")
