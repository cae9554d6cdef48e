"""An export of a school's information system or a learning platform, CSV or .xlsx: bytes -> headings and rows of text.

The encoding is told by a byte order mark, else UTF-8 where the bytes allow it, else Windows-1252. The separator is the one
under which the rows are as wide as the headings. Every cell stays the text that it is: nothing is taken for a number, a date
or a formula here.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from addin.errors import FileMissing, FileProblem
from addin.importing.platforms import cell_of, headings_of, totals_in, turned_name, why_no_student, with_total
from addin.reading.grid import Sheet, as_text
from addin.reading.headings.column import IDENTITY_ROLES, WHO_ROLES, role_of
from addin.reading.table.find_table import HEADING_ROWS, find_header_row

LARGEST_EXPORT = 20_000_000
"""Bytes. A whole school's marks of a year take less than a tenth of this."""

_SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_ROWS_LOOKED_AT = 200  # to choose the separator; more rows tell no more
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_NO_CSV = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")
_SAVE_AS = "Export it again as CSV, or save it in Excel as 'CSV UTF-8'."

Record = tuple[int, list[str]]
"""The line of the file on which a row begins, counted from 1, and its cells."""


@dataclass(frozen=True, kw_only=True)
class ExportRow:
    """One row below the headings.

    Args:
        line: The line of the file on which it begins, counted from 1, as an editor shows it.
        cells: As many texts as there are headings.
    """

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Export:
    """An export, read.

    Args:
        name: The file's name, for messages.
        rows: The rows below it that hold anything.
        encoding: How the bytes were read, as Python calls it.
        left_out: Heading -> why its column is never imported, as the platform's signs tell.
        no_students: Line -> why it is no student.
    """

    name: str
    headings: tuple[str, ...]
    rows: tuple[ExportRow, ...]
    encoding: str
    separator: str
    left_out: Mapping[str, str] = field(default_factory=dict)
    no_students: Mapping[int, str] = field(default_factory=dict)


def read_export(path: Path) -> Export:
    """Read a CSV export.

    Args:
        path: The file. Lines above the headings, such as the report's title, are passed over.

    Raises:
        FileMissing: There is no such file.
        FileProblem: It is empty, no CSV, in no known encoding, has no row of headings, or a row is not as wide as the headings.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder) / "export.csv"
        ...     _ = path.write_text('Adno;Name;Fractions (20)\\n0417;"Zovarrin; Ova";15\\n', encoding="cp1252")
        ...     export = read_export(path)
        >>> export.separator, export.rows[0].cells
        (';', ('0417', 'Zovarrin; Ova', '15'))
    """
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        encoding, separator, records = "", "", _of_workbook(path)
    else:
        text, encoding = _decoded(_content(path), path.name)
        separator, records = _records(text, path.name)
    plain_rows = tuple(tuple(one.words for one in headings_of(cells)) for _, cells in records[:HEADING_ROWS])
    sheet = Sheet(name=path.name, rows=plain_rows)
    # A list of IDs alone is an export too: it tells who has left.
    place = find_header_row(sheet) or find_header_row(sheet, misspelt=True) or _names_an_identity(records)
    if place is None:
        raise FileProblem(
            f"{path.name}: no row of headings with a name or student ID in its first rows. Export it with headings such as "
            "Student ID, Surname, Forename."
        )
    written = _without_blank_end(records[place - 1][1])
    meant = headings_of(written, path.stem)
    who = [i for i, one in enumerate(meant) if not one.why and role_of(one.words) in WHO_ROLES]
    rows: list[ExportRow] = []
    no_students: dict[int, str] = {}
    totals: dict[int, float] = {}
    for line, cells in records[place:]:
        shown = [cell_of(cell) for cell in cells]
        why = why_no_student(shown, written, who)
        if why is not None:
            no_students[line] = why
            totals |= totals_in(shown) if why == "points" else {}
            continue
        fitted = _fitted(shown, len(written), line, path.name)
        named = tuple(turned_name(cell, heading) for cell, heading in zip(fitted, written, strict=True))
        rows.append(ExportRow(line=line, cells=named))
    if not rows:
        raise FileProblem(f"{path.name}: it has headings and no student below. Export it again with the students.")
    headings = tuple(
        with_total(one.words, totals.get(i), [row.cells[i] for row in rows]) if i not in who else one.words
        for i, one in enumerate(meant)
    )
    return Export(
        name=path.name,
        headings=headings,
        rows=tuple(rows),
        encoding=encoding,
        separator=separator,
        left_out={heading: one.why for heading, one in zip(headings, meant, strict=True) if one.why},
        no_students=no_students,
    )


def _of_workbook(path: Path) -> list[Record]:
    """The rows of the first sheet of a workbook that hold anything, as texts."""
    from addin.hosts.closed_file import ClosedFile

    sheet = next(sheet for sheet in ClosedFile(path, output=path).read().sheets if sheet.visible)
    rows = ((line, [as_text(cell) for cell in cells]) for line, cells in enumerate(sheet.rows, start=1))
    return [(line, cells) for line, cells in rows if any(cells)]


def csv_rows(path: Path) -> list[list[str]]:
    """The rows of a CSV file that hold anything, whatever its encoding and separator.

    Raises:
        FileMissing: There is no such file.
        FileProblem: It is empty, no CSV, or in no known encoding.
    """
    text, _ = _decoded(_content(path), path.name)
    return [cells for _, cells in _records(text, path.name)[1]]


def _names_an_identity(records: Sequence[Record]) -> int | None:
    for row, (_, cells) in enumerate(records[:HEADING_ROWS], start=1):
        if any(role_of(as_text(cell)) in IDENTITY_ROLES for cell in cells):
            return row
    return None


def _content(path: Path) -> bytes:
    if path.is_dir():
        raise FileProblem(f"{path.name}: this is a folder. Name the CSV file inside it.")
    try:
        if path.stat().st_size > LARGEST_EXPORT:
            raise FileProblem(
                f"{path.name}: it has more than {LARGEST_EXPORT // 1_000_000} MB. Export one class or year."
            )
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise FileMissing(f"{path.name}: there is no such file. Check the name and the folder.") from error
    except OSError as error:
        raise FileProblem(
            f"{path.name}: cannot be read: {error.strerror}. Close it elsewhere, or copy it here."
        ) from error
    if content.startswith(_NO_CSV):
        raise FileProblem(f"{path.name}: this is no CSV file. {_SAVE_AS}")
    return content


def _decoded(content: bytes, name: str) -> tuple[str, str]:
    """The text and how it was read."""
    encodings = [encoding for mark, encoding in _MARKS if content.startswith(mark)] or _without_mark(content)
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        if not text.strip():
            raise FileProblem(f"{name}: the file is empty. Check that it is exported completely.")
        return text, encoding
    raise FileProblem(f"{name}: its letters are in no encoding that is known here. {_SAVE_AS}")


def _without_mark(content: bytes) -> list[str]:
    # Half of the bytes of western text in UTF-16 are zeros; the other encodings have none.
    start = content[:1000]
    if start[1::2].count(0) > len(start) // 4:
        return ["utf-16-le"]
    if start[::2].count(0) > len(start) // 4:
        return ["utf-16-be"]
    return ["utf-8", "cp1252"]


def _records(text: str, name: str) -> tuple[str, list[Record]]:
    """The separator and all rows that hold anything."""
    first, _, rest = text.partition("\n")
    stated = first.strip().strip('"')
    if stated.startswith("sep=") and len(stated) == len("sep=") + 1:
        # A line that some programs write for Excel, and Excel does not show.
        return stated[-1], _parsed(rest, stated[-1], name, first_line=2)
    separator = _separator(text)
    return separator, _parsed(text, separator, name, first_line=1)


def _separator(text: str) -> str:
    """The separator that gives the most rows of the headings' width.

    `csv.Sniffer` counts characters instead, and so takes the comma of "Zovarrin, Ova" for one, or a letter.
    """

    def fitness(separator: str) -> tuple[float, int]:
        rows: list[list[str]] = []
        with_quotes = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        try:
            rows.extend(row for row, _ in zip(with_quotes, range(_ROWS_LOOKED_AT), strict=False) if any(row))
        except csv.Error:
            return 0.0, 0
        widths = [len(row) for row in rows]
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
        return (widths.count(usual) / len(widths), usual) if usual > 1 else (0.0, usual)

    return max(_SEPARATORS, key=fitness)


def _parsed(text: str, separator: str, name: str, *, first_line: int) -> list[Record]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    records: list[Record] = []
    line = first_line
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                records.append((line, [_plain(cell) for cell in cells]))
            line = first_line + reader.line_num
    except csv.Error as error:
        raise FileProblem(
            f"{name}, line {line}: a quotation mark is not closed, or stands inside a cell ({error}). Correct it there, or "
            "export it again."
        ) from error
    return records


def _plain(cell: str) -> str:
    """A cell without space around; `="0417"` is how some programs keep Excel from dropping a nought, and means 0417."""
    text = cell.strip()
    inner = text[2:-1]
    return inner if text.startswith('="') and text.endswith('"') and len(text) > 2 and '"' not in inner else text


def _without_blank_end(cells: Sequence[str]) -> list[str]:
    kept = list(cells)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _fitted(cells: Sequence[str], width: int, line: int, name: str) -> tuple[str, ...]:
    """A row as wide as the headings; only blank cells may be missing from it or stand beyond."""
    found = _without_blank_end(cells)
    if len(found) > width or len(cells) < width:
        raise FileProblem(
            f"{name}, line {line}: the row has {len(cells)} cells and the headings have {width}. Put quotation marks around a "
            "cell that holds the separator, delete the line if it is no student, or export it again."
        )
    return (*found, *("",) * (width - len(found)))
