"""Looking into files: as openpyxl sees them, as the program reads them, and as bytes."""

from __future__ import annotations

import warnings
import zipfile
from pathlib import Path

import openpyxl

from addin.files.package.read import read_book
from addin.reading.grid import CellValue
from tests.files.package.books import FIRST_ROW, HEADER_ROW, LAST_ROW, members


def opened(path: Path) -> openpyxl.Workbook:
    """The file as openpyxl sees it; what openpyxl does not support is not our concern."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(path)


def changed_parts(before: Path, after: Path) -> set[str]:
    old, new = members(before), members(after)
    assert list(old) == list(new)
    return {name for name in old if old[name] != new[name]}


def students(path: Path, heading: str) -> list[CellValue]:
    sheet = read_book(path).sheets[0]
    column = sheet.rows[HEADER_ROW - 1].index(heading) + 1
    return [sheet.cell(row, column) for row in range(FIRST_ROW, LAST_ROW + 1)]


def raw_records(path: Path) -> dict[str, tuple[bytes, bytes]]:
    """Each member's compressed bytes and its attributes, as they stand in the file."""
    content = path.read_bytes()
    records = {}
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            start = info.header_offset + 30 + len(info.orig_filename.encode()) + len(info.extra)
            about = repr(
                (info.date_time, info.external_attr, info.flag_bits, info.create_system, info.comment)
            ).encode()
            records[info.filename] = content[start : start + info.compress_size], about
    return records
