"""What is refused before anything is read: no workbook, an encrypted one, one that would not fit into memory, a trap.

Normal markbooks unpack to less than 10 MB at a ratio under 8; 100,000 students by 49 columns unpack to 209 MB. The
limits leave room above that and stay far below what harms a computer.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.parsers import expat

from addin.errors import (
    FileMissing,
    FileProblem,
    NotAWorkbook,
    PasswordProtected,
    UnsafeWorkbook,
    UnsupportedWorkbook,
)
from addin.files.package.cell_values import holds_something, stream_rows
from addin.files.package.markup import MAIN_STRICT, main
from addin.files.package.parts import Package, damage_explained, open_package
from addin.reading.grid import column_letters

MOST_UNPACKED = 600_000_000
MOST_RATIO = 100
RATIO_COUNTS_ABOVE = 5_000_000  # a few megabytes of blank cells compress well and harm nobody
MOST_PARTS = 20_000
MOST_ROWS, MOST_COLUMNS = 110_000, 212  # 200 of a markbook's own, and room right of them for our nine
MOST_CELLS = MOST_ROWS * MOST_COLUMNS

_OLE_SIGNATURE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_NEVER_PARSED = ("customxml/", "docprops/", "_xmlsignatures/")
_SAVE_AS = "Open it in Excel and save it as Excel Workbook (.xlsx)."


def check(path: Path) -> None:
    """Refuse a file that must not or cannot be read; a file that passes is safe to read whole.

    Raises:
        FileMissing: There is no such file, or it is a folder.
        PasswordProtected: It is encrypted.
        NotAWorkbook: It is something else, or damaged.
        UnsupportedWorkbook: It is a Strict Open XML workbook.
        UnsafeWorkbook: It unpacks to too much, declares entities, or has cells far outside any markbook.

    Example:
        >>> from addin.errors import MarkbookError
        >>> try:
        ...     check(Path("Y9 set 2.xlsx"))
        ... except MarkbookError as error:
        ...     print(error)
        Y9 set 2.xlsx: there is no such file. Check the name and the folder.
    """
    check_package(path)
    with open_package(path) as package:
        budget = CellBudget(path.name)
        for sheet in package.sheets():
            last_row = last_column = 0
            with package.open(sheet.part) as stream:
                for row, cells in stream_rows(stream):
                    filled = [column for column, cell in cells if holds_something(cell)]
                    if filled:
                        last_row, last_column = max(last_row, row), max(last_column, *filled)
                        budget.allow(sheet.name, row, max(filled))
            budget.spend(sheet.name, last_row * last_column)


def check_package(path: Path) -> None:
    """All of `check` but the extent of the cells, which `read_book` watches while it reads.

    Raises:
        MarkbookError: As `check` does.
    """
    _check_file(path)
    with damage_explained(path), zipfile.ZipFile(path) as archive:
        check_sizes(path, archive)
        package = Package(archive)
        _check_kind(path, package)
        for name in package.names():
            if name.casefold().endswith((".xml", ".rels")) and not name.casefold().startswith(_NEVER_PARSED):
                _check_prologue(path, package, name)
        _check_dialect(path, package)


class TooFar(UnsafeWorkbook):
    """A cell of one sheet stands where no markbook reaches. Delete what is beyond the students, or score another sheet."""


class CellBudget:
    """Counts the cells of a workbook while it is read, and refuses the one that is too far out or too many.

    Example:
        >>> budget = CellBudget("Y9.xlsx")
        >>> budget.allow("Set 2", 40, 30)
        >>> budget.allow("Set 2", 1048576, 16384)
        Traceback (most recent call last):
        ...
        addin.files.package.guard.TooFar: Y9.xlsx, sheet 'Set 2', cell XFD1048576: a value stands beyond row 110,000 or \
column HD, where no markbook reaches. Delete the rows and columns beyond the students, and save.
    """

    def __init__(self, file_name: str) -> None:
        self._file_name = file_name
        self._left = MOST_CELLS

    def allow(self, sheet: str, row: int, column: int) -> None:
        """Pass over a cell that holds something.

        Raises:
            TooFar: It stands too far out.
        """
        if row > MOST_ROWS or column > MOST_COLUMNS:
            raise TooFar(
                f"{self._file_name}, sheet '{sheet}', cell {column_letters(column)}{row}: a value stands beyond row "
                f"{MOST_ROWS:,} or column {column_letters(MOST_COLUMNS)}, where no markbook reaches. "
                "Delete the rows and columns beyond the students, and save."
            )

    def spend(self, sheet: str, cells: int) -> None:
        """Count cells that will be held in memory.

        Raises:
            UnsafeWorkbook: All sheets together hold too many.
        """
        self._left -= cells
        if self._left < 0:
            raise UnsafeWorkbook(
                f"{self._file_name}, sheet '{sheet}': all sheets together span more than {MOST_CELLS:,} cells. "
                "Save a copy that holds the students' sheet alone."
            )


def check_readable(path: Path) -> bytes:
    """The first bytes of a file that is there, can be read, holds something, and is neither encrypted nor too large.

    Raises:
        FileMissing: There is no such file, or it is a folder.
        FileProblem: It cannot be read.
        PasswordProtected: It is encrypted.
        NotAWorkbook: It is empty.
        UnsafeWorkbook: It is too large.
    """
    if path.is_dir():
        raise FileMissing(f"{path.name}: this is a folder. Name the workbook inside it.")
    try:
        with path.open("rb") as stream:
            start = stream.read(len(_OLE_SIGNATURE))
            encrypted = start == _OLE_SIGNATURE and _ENCRYPTED_STREAM in stream.read(MOST_UNPACKED)
        size = path.stat().st_size
    except (FileNotFoundError, NotADirectoryError) as error:
        raise FileMissing(f"{path.name}: there is no such file. Check the name and the folder.") from error
    except OSError as error:
        raise FileProblem(f"{path.name}: cannot be read: {error.strerror}. Ask for access, or copy it here.") from error
    if encrypted:
        raise PasswordProtected(
            f"{path.name}: the workbook is protected by a password. Open it in Excel and save a copy without one."
        )
    if size == 0:
        raise NotAWorkbook(f"{path.name}: the file is empty. Check that it is downloaded or copied completely.")
    if size > MOST_UNPACKED:
        raise UnsafeWorkbook(
            f"{path.name}: the file is larger than {MOST_UNPACKED // 1_000_000} MB. Save a copy with the students only."
        )
    return start


def _check_file(path: Path) -> None:
    start = check_readable(path)
    if start == _OLE_SIGNATURE:
        raise NotAWorkbook(f"{path.name}: this is an old Excel file (.xls) or no workbook. {_SAVE_AS}")
    if not zipfile.is_zipfile(path):
        cut = " or was cut off while it was copied" if start[:2] == b"PK" else ""
        raise NotAWorkbook(f"{path.name}: this is no Excel workbook{cut}. {_SAVE_AS}")


def check_sizes(path: Path, archive: zipfile.ZipFile) -> None:
    """Refuse a file of packed parts, of any program's, whose parts are too large, too many, encrypted or there twice.

    Raises:
        MarkbookError: As `check` does.
    """
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if unpacked > MOST_UNPACKED:
        raise UnsafeWorkbook(
            f"{path.name}: it unpacks to {unpacked // 1_000_000:,} MB, more than the {MOST_UNPACKED // 1_000_000} MB "
            "that any markbook needs. Save a copy with the students only."
        )
    if unpacked > RATIO_COUNTS_ABOVE and unpacked > MOST_RATIO * max(packed, 1):
        raise UnsafeWorkbook(
            f"{path.name}: it unpacks to {unpacked // max(packed, 1):,} times its size, more than {MOST_RATIO}. "
            "Save a copy with the students only."
        )
    if len(members) > MOST_PARTS:
        raise UnsafeWorkbook(
            f"{path.name}: it has {len(members):,} parts, more than {MOST_PARTS:,}. Save a copy with the students only."
        )
    names = [member.filename.casefold() for member in members]
    if len(set(names)) < len(names):
        raise NotAWorkbook(f"{path.name}: the file holds a part twice, so it is damaged. {_SAVE_AS}")
    if any(member.flag_bits & 1 for member in members):
        raise PasswordProtected(
            f"{path.name}: the parts of the file are encrypted. Open it in Excel and save a copy without a password."
        )


def _check_kind(path: Path, package: Package) -> None:
    if package.member(package.workbook_part) is not None and not package.workbook_part.casefold().endswith(".bin"):
        return
    if package.member("xl/workbook.bin") is not None:
        raise NotAWorkbook(f"{path.name}: this is a binary workbook (.xlsb). {_SAVE_AS}")
    if package.member("mimetype") is not None and b"opendocument" in package.read("mimetype"):
        raise NotAWorkbook(f"{path.name}: this is an OpenDocument file (.ods). {_SAVE_AS}")
    raise NotAWorkbook(f"{path.name}: there is no workbook in this file. {_SAVE_AS}")


def _check_prologue(path: Path, package: Package, name: str) -> None:
    """Read up to the first element: a document type can stand nowhere else, and without one there are no entities."""
    begun = False

    def begin(_name: str, _attributes: object) -> None:
        nonlocal begun
        begun = True

    def refuse(*_declaration: object) -> None:
        raise UnsafeWorkbook(
            f"{path.name}: its part {name} declares a document type or entities, which no workbook needs. {_SAVE_AS}"
        )

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    parser.StartDoctypeDeclHandler = refuse
    with package.open(name) as stream:
        while not begun and (chunk := stream.read(4096)):
            try:
                parser.Parse(chunk)
            except expat.ExpatError as error:
                raise NotAWorkbook(f"{path.name}: its part {name} is damaged ({error}). {_SAVE_AS}") from error


def _check_dialect(path: Path, package: Package) -> None:
    root = package.xml(package.workbook_part)
    if root.tag == f"{{{MAIN_STRICT}}}workbook":
        raise UnsupportedWorkbook(
            f"{path.name}: this is a Strict Open XML Spreadsheet, which cannot be written without loss. {_SAVE_AS}"
        )
    if root.tag != main("workbook"):
        raise NotAWorkbook(f"{path.name}: there is no workbook in this file. {_SAVE_AS}")
    if not package.sheets():
        raise NotAWorkbook(f"{path.name}: the workbook has no worksheet. {_SAVE_AS}")
