"""Closed files and their names: where a result goes, what is carried over into it, and what is kept as a backup.

Without an output, `class.xlsx` gives `class.marked.xlsx`, and a marked file is scored into itself. A result that is replaced
is kept as a dated backup first, its decisions carried over; if they cannot be, nothing is written.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path
from typing import TypeVar

from addin.errors import DecisionsAtRisk, InDoubt, MarkbookError, RequestProblem, WriteFailed
from addin.files.converted import as_workbook, converted_name, write_values
from addin.hosts.closed_file import ClosedFile
from addin.reading.markbook import Markbook
from addin.reading.table.turned import is_turned
from addin.results.earlier import NOTHING_EARLIER, Earlier, earlier_in
from addin.results.scored import Review
from addin.review import clear_results, reviews, score_classes
from model.language.speech import Language

Done = TypeVar("Done")

MARKED, CLEARED = ".marked", ".cleared"


@dataclass(frozen=True, kw_only=True, eq=False)
class Scored:
    """A finished run over a file."""

    source: Path
    output: Path
    reviews: tuple[Review, ...]
    notices: tuple[str, ...]
    written: bool

    @property
    def review(self) -> Review:
        """The review of the first class."""
        return self.reviews[0]


def marked_name(path: Path) -> Path:
    """Where the result of scoring `path` goes.

    Example:
        >>> marked_name(Path("class.xlsx")).name, marked_name(Path("class.marked.xlsm")).name
        ('class.marked.xlsx', 'class.marked.xlsm')
    """
    return path if path.stem.endswith(MARKED) else path.with_name(f"{path.stem}{MARKED}{path.suffix}")


def score_file(
    path: Path,
    *,
    output: Path | None = None,
    sheets: Sequence[str] = (),
    in_place: bool = False,
    add_sheets: bool = False,
    today: date | None = None,
    language: Language | None = None,
) -> Scored:
    """Score a closed file.

    Args:
        path: The workbook; never changed unless it is itself the output.
        output: Where the result goes; left out, `marked_name(path)`.
        sheets: Names of the sheets; left out, the one that holds students, or all where several do.
        add_sheets: Give a workbook without them the sheets `Queries`, `Runs`, `Class list` and `Support`.
        language: The language of the reasons; left out, the one that Setup names, else English.

    Raises:
        DecisionsAtRisk: The output exists and holds decisions that cannot be carried over.
        MarkbookError: Anything else that keeps the class from being scored; nothing is written.
    """
    path = with_name(path)
    with tempfile.TemporaryDirectory() as folder:
        source = as_workbook(path, Path(folder))
        if in_place and source is not path:
            raise RequestProblem(f"{path.name}: results are written into a new workbook. Leave --in-place out.")
        target = path if in_place else output or marked_name(converted_name(path))
        check_ending(source, target)
        try:
            return _scored(source, target, sheets, add_sheets, today, path, language)
        except InDoubt:
            book = ClosedFile(source, output=target).read()
            if source is not path or in_place or not any(map(is_turned, book.sheets)):
                raise
            values = write_values(book.sheets, Path(folder) / path.with_suffix(".xlsx").name)
            target = output or marked_name(path.with_suffix(".xlsx"))
            return _scored(values, target, sheets, add_sheets, today, path, language)


def _scored(
    path: Path,
    target: Path,
    sheets: Sequence[str],
    add_sheets: bool,
    today: date | None,
    named: Path,
    language: Language | None,
) -> Scored:
    def work(host: ClosedFile) -> tuple[tuple[Review, ...], tuple[str, ...]]:
        return score_classes(
            host, sheets=sheets, earlier=earlier, add_sheets=add_sheets, today=today, reviewed=reviewed
        )

    reviewed = partial(reviews, language=language)

    @cache
    def earlier(sheet: str | None) -> Earlier:
        return earlier_at(path, target, sheet=sheet)

    done, notices, written = replace_target(path, target, work)
    return Scored(source=named, output=target, reviews=done, notices=notices, written=written)


def clear_file(path: Path, *, output: Path | None = None, sheets: Sequence[str] = ()) -> tuple[Path, tuple[str, ...]]:
    """Empty the results of a closed file into a copy.

    Args:
        output: Where the copy goes; left out, the name with `.cleared` before the ending.
        sheets: Names of the sheets; left out, the one that holds students, or all where several do.

    Returns:
        Where the copy is, and what the user should know.
    """
    path = with_name(path)
    target = output or path.with_name(f"{path.stem}{CLEARED}{path.suffix}")
    check_ending(path, target)

    def empty(host: ClosedFile) -> tuple[tuple[Markbook, ...], tuple[str, ...]]:
        return clear_results(host, sheets=sheets)

    _, notices, _ = replace_target(path, target, empty)
    return target, notices


def replace_target(
    path: Path, target: Path, work: Callable[[ClosedFile], tuple[Done, tuple[str, ...]]]
) -> tuple[Done, tuple[str, ...], bool]:
    """Do the work into the target, which is replaced only where the result differs, after a backup.

    Returns:
        What the work answers, what the user should know, and whether anything was written.
    """
    existed, backups = target.exists(), list[Path]()
    done, notices = work(ClosedFile(path, output=target, before_replacing=lambda: backups.append(keep_backup(target))))
    kept = tuple(f"The earlier {target.name} is kept as {backup.name}" for backup in backups)
    return done, (*notices, *kept), bool(backups) or not existed


def earlier_at(path: Path, target: Path, *, sheet: str | None = None) -> Earlier:
    """What the target holds that a result from `path` must not lose; nothing where there is no target, or it is `path` itself.

    Raises:
        DecisionsAtRisk: The target cannot be read.
    """
    if not target.exists() or is_same_file(path, target):
        return NOTHING_EARLIER
    try:
        return earlier_in(ClosedFile(target, output=target).read(), sheet=sheet)
    except MarkbookError as error:
        raise DecisionsAtRisk(
            f"{target.name} exists already and its decisions cannot be read ({error}) "
            "Nothing was written. Choose another output with -o, or move that file away."
        ) from error


def is_same_file(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file."""
    try:
        return one.samefile(other)
    except OSError:
        return False


def keep_backup(target: Path) -> Path:
    """Copy a file beside itself, today's date in its name; the first copy of a day keeps the plain date.

    Raises:
        WriteFailed: The disk or folder does not allow it.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     target = Path(folder) / "class.xlsx"
        ...     _ = target.write_bytes(b"1")
        ...     keep_backup(target).read_bytes(), keep_backup(target).stem.endswith("-2")
        (b'1', True)
    """
    day = datetime.now().strftime("%Y-%m-%d")
    place = target.with_name(f"{target.stem}.backup-{day}{target.suffix}")
    number = 2
    while place.exists():
        place = target.with_name(f"{target.stem}.backup-{day}-{number}{target.suffix}")
        number += 1
    try:
        shutil.copy2(target, place)
    except OSError as error:
        raise WriteFailed(
            f"{target.name}: no backup could be kept ({error.strerror}). Nothing was written. Free some space, or choose "
            "another output with -o."
        ) from error
    return place


def check_ending(source: Path, target: Path) -> None:
    """Refuse a result of another kind than its source: .xlsx stays .xlsx, .xlsm stays .xlsm.

    Raises:
        RequestProblem: The endings differ.

    Example:
        >>> check_ending(Path("class.xlsm"), Path("class.marked.XLSM"))
    """
    if source.suffix and target.suffix.lower() != source.suffix.lower():
        raise RequestProblem(
            f"{target.name}: the result keeps the kind of {source.name}. Give a name that ends in {source.suffix}."
        )


def with_name(path: Path) -> Path:
    """The path, spelled so that it has a name: "." has none that a result could be called after.

    Example:
        >>> with_name(Path("class.xlsx")).name, bool(with_name(Path(".")).name)
        ('class.xlsx', True)
    """
    return path if path.name else path.resolve()
