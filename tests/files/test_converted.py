"""Files that cannot be patched are scored into a new workbook of values; the source stays what it is."""

from __future__ import annotations

import struct
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest

from addin.errors import FileProblem, NotAWorkbook, RequestProblem, SheetProblem, UnsafeWorkbook
from addin.files.marked import score_file
from tests.support import class_file, write_workbook
from tests.tools import needed

TEXT = "Name;Target;Angles (20);Ratio (30)\nOva Zarrin;6;10,5;20\nTul Beska;7;9,5;11\nPim Dorro;5;17,0;025\n"


def test_a_csv_file_with_decimal_commas(tmp_path: Path) -> None:
    path = tmp_path / "class.csv"
    path.write_text(TEXT, encoding="cp1252")
    done = score_file(path)
    assert done.output == tmp_path / "class.marked.xlsx"
    assert done.review.markbook.cohort.earned[:, 0].tolist() == [10.5, 9.5, 17.0]
    assert path.read_text(encoding="cp1252") == TEXT
    page = openpyxl.load_workbook(done.output).active
    assert page is not None
    assert [cell.value for cell in page[1]][:4] == ["Name", "Target", "Angles (20)", "Ratio (30)"]
    assert "Flag" in [cell.value for cell in page[1]]


@pytest.mark.parametrize("ending", ["ods", "xls"])
def test_what_other_programs_save_gives_the_same_flags(ending: str, tmp_path: Path) -> None:
    office = needed("soffice", remedy="install LibreOffice Calc")
    path = class_file(tmp_path / "class.xlsx")
    subprocess.run(
        [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", ending, str(path)],
        cwd=tmp_path, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    other = tmp_path / f"class.{ending}"
    before = other.read_bytes()
    flags = {name: [r.flag for r in score_file(tmp_path / name).review.results] for name in ("class.xlsx", other.name)}
    assert flags["class.xlsx"] == flags[other.name]
    assert other.read_bytes() == before


def test_a_paper_whose_students_stand_in_columns_is_turned(tmp_path: Path) -> None:
    rows = (
        ("Question", "Topic", "Marks", "Ova Zarrin", "Tul Beska", "Pim Dorro"),
        (1, "Fractions", 4, 0, 1, 4), (2, "Angles", 5, 4, 1, 5), (3, "Speed", 3, 3, 2, 0),
    )  # fmt: skip
    path = tmp_path / "paper.xlsx"
    write_workbook(path, {"Paper 1": rows})
    before = path.read_bytes()
    markbook = score_file(path).review.markbook
    assert [student.name for student in markbook.students] == ["Ova Zarrin", "Tul Beska", "Pim Dorro"]
    assert markbook.cohort.earned[:, 0].tolist() == [7.0, 4.0, 9.0]
    assert {part.topic: part.out_of for part in markbook.cohort.parts} == {
        "Fractions": 4.0,
        "Angles": 5.0,
        "Speed": 3.0,
    }
    assert path.read_bytes() == before


def test_no_result_is_written_into_such_a_file_and_a_damaged_one_is_told(tmp_path: Path) -> None:
    path = tmp_path / "class.csv"
    path.write_text(TEXT, encoding="utf-8")
    with pytest.raises(RequestProblem, match="--in-place"):
        score_file(path, in_place=True)
    broken = tmp_path / "class.ods"
    broken.write_bytes(b"PK\x03\x04nothing")
    with pytest.raises(FileProblem, match=r"class\.ods"):
        score_file(broken)


def _ods(path: Path, cell: bytes) -> Path:
    head = (
        b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
        b'<office:body><office:spreadsheet><table:table table:name="A"><table:table-row>'
        b'<table:table-cell office:value-type="string"><text:p>'
    )
    tail = b"</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>"
    tail += b"</office:document-content>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
        )
        archive.writestr("content.xml", head + cell + tail)
    return path


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (b"x" * 50_000_000, "times its size"),
        (b'<text:s text:c="2000000000"/>', "millions of spaces"),
        (b"<text:s text:c = ' 999999999999999999999 '/>", "millions of spaces"),
        (b"".join(b'<text:s text:c="9%03d"/>' % number for number in range(120)), "millions of spaces"),
    ],
)
def test_an_opendocument_bomb_is_refused(cell: bytes, told: str, tmp_path: Path) -> None:
    with pytest.raises(UnsafeWorkbook, match=told):
        score_file(_ods(tmp_path / "bomb.ods", cell))


def test_spaces_as_people_type_them_are_no_bomb(tmp_path: Path) -> None:
    with pytest.raises(SheetProblem):
        score_file(_ods(tmp_path / "spaces.ods", b'Ova<text:s text:c="12"/>Zarrin' * 500))


def test_a_zip_of_another_kind_with_a_broken_directory_is_told_in_a_sentence(tmp_path: Path) -> None:
    whole = class_file(tmp_path / "class.xlsx").read_bytes()
    at = whole.rindex(b"PK\x05\x06")
    broken = tmp_path / "class.ods"
    broken.write_bytes(whole[: at + 16] + b"\xff\xff\xff\x00" + whole[at + 20 :])
    with pytest.raises(FileProblem, match=r"class\.ods: it cannot be read"):
        score_file(broken)


def test_an_old_file_that_makes_its_reader_panic_is_told_in_a_sentence(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    head, sectors = bytearray(512), bytearray(b"\xff" * 512)
    head[:8] = bytes.fromhex("D0CF11E0A1B11AE1")
    struct.pack_into("<5H", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<9I", head, 40, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head[76:512] = struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    struct.pack_into("<2I", sectors, 0, 0xFFFFFFFD, 0xFFFFFFFE)
    path = tmp_path / "class.xls"
    path.write_bytes(bytes(head + sectors) + bytes(46))  # the folder of its streams is cut off
    with pytest.raises(NotAWorkbook, match=r"class\.xls: it cannot be read"):
        score_file(path)
    assert capfd.readouterr().err == ""
