"""A closed file into its next school year: a copy, in which all that is not meant to change is as it was.

The file itself is never touched, nor is a file that is there already: what has been typed into it for the new year is nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from addin.errors import MarkbookError, RequestProblem
from addin.files.marked import MARKED, check_ending, is_same_file, with_name
from addin.hosts.closed_file import ClosedFile
from addin.importing.next_year import NextYear, classes_in, plan_next_year, refuse_guesses
from addin.reading.markbook import read_markbook

_YEAR = re.compile(r"\.\d{4}-\d{2}$")


@dataclass(frozen=True, kw_only=True, eq=False)
class RolledOver:
    """A finished roll-over.

    Args:
        written: False where the output held the result already.
    """

    source: Path
    output: Path
    year: NextYear
    notices: tuple[str, ...]
    written: bool


def next_year_name(path: Path, begins: str) -> Path:
    """Where the next year of a file goes: its name with the year that begins.

    Example:
        >>> next_year_name(Path("class.xlsx"), "2026-27").name, next_year_name(Path("class.2026-27.marked.xlsm"), "2027-28").name
        ('class.2026-27.xlsx', 'class.2027-28.xlsm')
    """
    stem = _YEAR.sub("", path.stem.removesuffix(MARKED))
    return path.with_name(f"{stem}.{begins}{path.suffix}")


def roll_over_file(
    path: Path,
    *,
    output: Path | None = None,
    sheets: Sequence[str] = (),
    leavers: Sequence[str] = (),
    today: date | None = None,
) -> RolledOver:
    """Copy a closed file into its next school year.

    Args:
        path: The workbook of the year that ends; never changed.
        output: Where the copy goes; left out, the file's name with the year that begins (`next_year_name`).
        sheets: Names of the sheets; left out, the one that holds students, or all where several do.
        leavers: Whom the teacher names as leavers, by student ID, UPN or name.
        today: The day; left out, today's.

    Raises:
        RequestProblem: The output is the file itself, or is there already and holds something else; nothing is written.
        MarkbookError: Anything else that keeps the class from being copied; nothing is written.
    """
    path = with_name(path)
    if output is not None:
        _check_output(path, output)
    host = ClosedFile(path, output=output or path)
    book = host.read()
    classes = classes_in(book, sheets)
    refuse_guesses(classes)
    tied = {found.sheet.name: host.rows_with_notes(found.sheet.name) for found in classes}
    year = plan_next_year(book, classes, leavers=leavers, tied=tied, today=today or date.today())
    target = host.output = output or next_year_name(path, year.begins)
    _check_output(path, target)

    def refuse() -> None:
        raise RequestProblem(
            f"{target.name} exists already and holds something else. Nothing was written. Give another name with -o, or move "
            "that file away."
        )

    written, notices = host.fill(year.edits, listings=year.listings, before_replacing=refuse)
    waits = (note for found in classes for note in _waits(target, found.sheet.name))
    return RolledOver(source=path, output=target, year=year, notices=(*notices, *waits), written=written)


def _check_output(path: Path, target: Path) -> None:
    check_ending(path, target)
    if target.exists() and is_same_file(path, target):
        raise RequestProblem(f"{path.name}: the next year goes into a file of its own. Give another name with -o.")


def _waits(target: Path, sheet: str) -> Iterator[str]:
    """What to say of a class that was understood by its marks alone, now that they are gone."""
    try:
        read_markbook(ClosedFile(target, output=target).read(), sheet=sheet)
    except MarkbookError:
        yield (
            f"Sheet '{sheet}' was understood by its marks: enter marks of the new year before you score it, or say what its "
            "columns mean with `markbook map`"
        )
