"""CSV files of platforms and information systems, true and damaged, into a markbook and as a class of their own."""

from __future__ import annotations

import csv
import io
from contextlib import ExitStack
from pathlib import Path

from addin.files.converted import as_workbook
from addin.files.imported import import_file
from addin.hosts.closed_file import ClosedFile
from addin.importing.changes import plan_import
from addin.importing.export import Export, read_export
from addin.reading.grid import Book, as_text
from tests.fuzz.campaign import Attempt, Kind
from tests.fuzz.choices import Choices
from tests.fuzz.classes import book, class_rows
from tests.fuzz.kept import cells_of
from tests.fuzz.seeds import public_files
from tests.fuzz.values import odd
from tests.support import class_file

_ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "mac-roman", "shift-jis")


def written(choices: Choices, known: tuple[bytes, ...]) -> bytes:
    """A CSV file: a class of ours in some dialect, or a real export; its bytes damaged now and then."""
    if known and choices.once_in(3):
        content = choices.choice(known)
        if choices.once_in(2):
            content = _other_cells(choices, content)
    else:
        text = io.StringIO()
        writer = csv.writer(
            text, delimiter=choices.choice(",;\t|"), lineterminator=choices.choice(("\n", "\r\n", "\r")),
            quoting=choices.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC)),
        )  # fmt: skip
        for row in class_rows(choices, most=12):
            with_errors = [
                as_text(cell) if not isinstance(cell, int) or abs(cell) < 10**300 else "9" * 500 for cell in row
            ]
            writer.writerow(with_errors)
        content = text.getvalue().encode(choices.choice(_ENCODINGS), "replace")
    if choices.once_in(4):
        content = _damaged(choices, content)
    return content


def _other_cells(choices: Choices, content: bytes) -> bytes:
    lines = content.split(b"\n")
    for _ in range(1 + choices.randrange(4)):
        at = choices.randrange(len(lines))
        cells = lines[at].split(b",")
        value = odd(choices)
        shown = "9" * 500 if isinstance(value, int) and abs(value) > 10**300 else as_text(value)
        cells[choices.randrange(len(cells))] = shown.encode("utf-8", "replace")
        lines[at] = b",".join(cells)
    return b"\n".join(lines)


def _damaged(choices: Choices, content: bytes) -> bytes:
    for _ in range(1 + choices.randrange(3)):
        at = choices.randrange(len(content) + 1)
        match choices.randrange(6):
            case 0:
                content = content[:at]
            case 1:
                content = content[:at] + bytes([choices.randrange(256)]) + content[at + 1 :]
            case 2:
                content = (
                    content[:at]
                    + choices.choice((b'"', b"\0", b"\r", b"\n\n", b",,,,", b"\xff\xfe", b'""', b"sep=;\n"))
                    + content[at:]
                )
            case 3:
                content = content[at:]
            case 4:
                content = (
                    choices.choice(
                        (
                            b"\xff\xfe",
                            b"\xfe\xff",
                            b"\xef\xbb\xbf",
                            b"sep=,\n",
                            b'"sep=;"\r\n',
                            b"sep=\n",
                            b"PK\x03\x04",
                        )
                    )
                    + content
                )
            case _:
                lines = content.split(b"\n")
                content = b"\n".join(lines * (1 + choices.randrange(3)))
    return content


def begin(home: Path, stack: ExitStack) -> Attempt:
    """A markbook that takes the exports, and real exports where there are any."""
    known = tuple(path.read_bytes() for path in public_files("exports", ".csv"))
    taker = class_file(home / "class.xlsx")
    markbook = ClosedFile(taker, output=taker).read()

    def attempt(choices: Choices, folder: Path) -> bool:
        path = folder / choices.choice(("export.csv", "export.csv", "export.tsv", "Mathe 9b [1].csv"))
        path.write_bytes(written(choices, known))
        match choices.randrange(12):
            case 11:
                return _as_file(choices, path, taker)
            case 10:
                read = ClosedFile(made := as_workbook(path, folder), output=made).read()
                assert read.sheets, "no sheet"
                return True
            case 9:
                return _planned(choices, book(choices), read_export(path))
            case _:
                return _planned(choices, markbook, read_export(path))

    return attempt


def _planned(choices: Choices, into: Book, export: Export) -> bool:
    plan = plan_import(into, export, overwrite=choices.choice((False, True)), add_columns=choices.choice((False, True)))
    assert plan.known + len(plan.added) <= len(export.rows), "more students than rows"
    sheet = into.sheet(plan.sheet)
    assert sheet is not None, "a sheet that is not there"
    assert not set(plan.edits.values) & sheet.formulas, "a formula is overwritten"
    return True


def _as_file(choices: Choices, path: Path, into: Path) -> bool:
    before = into.read_bytes()
    target = path.with_name("out.xlsx")
    done = import_file(path, into=into, output=target, add_columns=lambda offered: choices.choice((True, False)))
    assert into.read_bytes() == before, "the markbook is changed"
    was, now = (ClosedFile(each, output=each).read() for each in (into, target))
    changed = {place for place, value in cells_of(was.sheets[0]).items() if cells_of(now.sheets[0]).get(place) != value}
    assert not changed, "a cell is overwritten that nobody asked for"
    again = import_file(path, into=target, output=path.with_name("again.xlsx"))
    assert not again.plan.added or done.plan.added, "students come twice"
    return True


KIND = Kind(
    name="exports",
    about="CSV files in many dialects, damaged: read, planned, imported, scored as a class",
    share=30,
    begin=begin,
)
