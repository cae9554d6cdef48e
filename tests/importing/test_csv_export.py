"""CSV files as school information systems and Excel write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from addin.errors import FileMissing, FileProblem
from addin.files.converted import as_workbook
from addin.files.package.read import read_book
from addin.importing.export import LARGEST_EXPORT, read_export
from addin.importing.roll import tells_who
from addin.reading.headings.roles import Role
from addin.reading.markbook import read_markbook
from tests.support import Row, book

ROWS = (
    ("Adno", "Surname", "Forename", "Fractions (20)"),
    ("0417", "O’Zarr", "Siân", "15"),
    ("0418", "Beska", "Tul", "Abs"),
)


def text(separator: str = ",", rows: tuple[tuple[str, ...], ...] = ROWS, end: str = "\r\n") -> str:
    return "".join(separator.join(row) + end for row in rows)


def export(folder: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    path = folder / "export.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_with_every_separator(tmp_path: Path, encoding: str, separator: str) -> None:
    read = read_export(export(tmp_path, text(separator), encoding))
    assert read.separator == separator
    assert (read.headings, *(row.cells for row in read.rows)) == ROWS
    assert [row.line for row in read.rows] == [2, 3]


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_both_byte_orders_with_their_mark(tmp_path: Path, mark: bytes) -> None:
    encoded = mark + text().encode("utf-16-le" if mark == b"\xff\xfe" else "utf-16-be")
    assert read_export(export(tmp_path, encoded)).rows[0].cells == ROWS[1]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_end_of_line(tmp_path: Path, end: str) -> None:
    assert len(read_export(export(tmp_path, text(end=end))).rows) == 2


def test_quoted_newlines_belong_to_their_cell_and_lines_are_counted_as_an_editor_does(tmp_path: Path) -> None:
    content = 'Name,"Fractions\n(20)",Comment\n"Zarrin, Ova",15,"late\r\nagain"\nTul Beska,11,\n'
    read = read_export(export(tmp_path, content))
    assert read.headings == ("Name", "Fractions\n(20)", "Comment")
    assert [row.cells[0] for row in read.rows] == ["Zarrin, Ova", "Tul Beska"]
    assert [row.line for row in read.rows] == [3, 5]


@pytest.mark.parametrize(
    ("content", "separator"),
    [
        ("Name;Form;Target\nZarrin, Ova;9K;5\nBeska, Tul;9K;6\n", ";"),
        ("Name\tNote\tTarget\na, b; c\td, e\t5\n", "\t"),
        ("sep=;\nName;Form\nOva, Zarrin;9K\n", ";"),
        ('Name,Form\n"Zarrin; Ova","9K"\n', ","),
        ("Name,Attendance %,Homework %\nOva,0.93,0.5\n", ","),
    ],
)
def test_a_separator_is_not_mistaken(tmp_path: Path, content: str, separator: str) -> None:
    assert read_export(export(tmp_path, content)).separator == separator


def test_a_list_of_ids_alone_is_an_export(tmp_path: Path) -> None:
    assert read_export(export(tmp_path, "Adno\n0417\n0418\n")).rows[1].cells == ("0418",)


def test_lines_above_the_headings_and_blank_ones_are_passed_over(tmp_path: Path) -> None:
    content = f"Year 9 Mathematics\n\n{text(end=chr(10))},,,\n\n"
    read = read_export(export(tmp_path, content))
    assert read.headings == ROWS[0]
    assert [row.line for row in read.rows] == [4, 5]


def test_cells_stay_text(tmp_path: Path) -> None:
    hostile = ("=cmd|' /C calc'!A0", "+1+1", "@SUM(1)", "-2")
    content = text(rows=(("Name", "Form", "Set", "Target"), hostile))
    assert read_export(export(tmp_path, content)).rows[0].cells == hostile


def test_a_number_that_was_protected_from_excel_is_the_text_in_it(tmp_path: Path) -> None:
    assert read_export(export(tmp_path, 'Adno,Name\n="0417",Ova\n"=""0418""",Tul\n')).rows[1].cells[0] == "0418"


def test_blank_cells_at_the_end_may_be_too_many(tmp_path: Path) -> None:
    assert read_export(export(tmp_path, "Name,Form\nOva,9K,,\nTul,9J\n")).rows[0].cells == ("Ova", "9K")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n\r\n", "empty"),
        (b"PK\x03\x04 and so on", "no CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "no CSV"),
        (b"Name,Form\nOva\x00,9K\n", "encoding"),
        (b"Name,Form\n\x81\x8d,9K\n", "encoding"),
        (b"Shoe size,Colour\n41,blue\n", "no row of headings"),
        (b"Name,Form\n", "no student"),
        (b"Name,Form,Target\nOva,9K,5\nTul,9K\n", "line 3: the row has 2 cells and the headings have 3"),
        (b"Name,Form,Target\nOva,9K,5\nBeska, Tul,9K,6\n", "line 3: the row has 4 cells"),
        (b'Name,Form\nOva,9K\nTul,"9K\n', "line 3: a quotation mark is not closed"),
        (b'Name,Form\n"Ova" Zarrin,9K\n', "line 2: a quotation mark"),
        (b"Name,Form\nOva," + b"9" * 200_000 + b"\n", "line 2"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(FileProblem, match=words):
        read_export(export(tmp_path, content))


def test_no_file_a_folder_and_too_much(tmp_path: Path) -> None:
    with pytest.raises(FileMissing, match="no such file"):
        read_export(tmp_path / "missing.csv")
    with pytest.raises(FileProblem, match="folder"):
        read_export(tmp_path)
    with pytest.raises(FileProblem, match="20 MB"):
        read_export(export(tmp_path, b"," * (LARGEST_EXPORT + 1)))


def test_a_long_text_in_a_column_of_ids_takes_no_time(tmp_path: Path) -> None:
    # Ten million letters would keep an expression that looks behind every letter busy for days.
    assert not tells_who(Role.STUDENT_ID, "word " * 2_000_000)
    assert tells_who(Role.STUDENT_ID, "word " * 2_000_000 + "0")


def test_a_number_of_hundreds_of_digits_is_read_or_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "class.csv"
    path.write_text(f"Name,Angles,Ratio\nOut of,20,30\nOva Zarrin,{'9' * 400},12\nTul Beska,8,11\n", encoding="utf-8")
    marks = as_workbook(path, tmp_path)
    assert read_book(marks).sheets[0].cell(4, 2) == 8
    huge: tuple[Row, ...] = (("Name", "Angles", "Ratio"), ("Out of", 20, 30), ("Ova", 10**400, 12), ("Tul", 8, 11))
    assert [student.name for student in read_markbook(book(*huge)).students] == ["Ova", "Tul"]
