"""Closed files and their names: where a result goes, what is carried over into it, and what is kept as a backup.

Without an output, `class.xlsx` gives `class.marked.xlsx`, and a marked file is scored into itself. A result that is replaced
is kept as a dated backup first, its decisions carried over; if they cannot be, nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from addin.errors import DecisionsAtRisk, MarkbookError
from addin.files.backup import check_ending, keep_backup, with_name
from addin.hosts.closed_file import ClosedFile
from addin.reading.markbook import Markbook
from addin.results.earlier import NOTHING_EARLIER, Earlier, earlier_in
from addin.results.scored import Review
from addin.review import clear_results, score_class

Done = TypeVar("Done")

MARKED, CLEARED = ".marked", ".cleared"


@dataclass(frozen=True, kw_only=True, eq=False)
class Scored:
    """A finished run over a file."""

    source: Path
    output: Path
    review: Review
    notices: tuple[str, ...]
    written: bool


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
    sheet: str | None = None,
    in_place: bool = False,
    add_sheets: bool = False,
    today: date | None = None,
) -> Scored:
    """Score a closed file.

    Args:
        path: The workbook; never changed unless it is itself the output.
        output: Where the result goes; left out, `marked_name(path)`.
        sheet: Name of the sheet; left out, it is found.
        in_place: Write into `path` itself.
        add_sheets: Give a workbook without them the sheets `Queries` and `Runs`.
        today: The date of the run; left out, today's.

    Raises:
        DecisionsAtRisk: The output exists and holds decisions that cannot be carried over.
        MarkbookError: Anything else that keeps the class from being scored; nothing is written.
    """
    path = with_name(path)
    target = path if in_place else output or marked_name(path)
    check_ending(path, target)
    earlier = earlier_at(path, target, sheet=sheet)

    def work(host: ClosedFile) -> tuple[Review, tuple[str, ...]]:
        return score_class(host, sheet=sheet, earlier=earlier, add_sheets=add_sheets, today=today)

    review, notices, written = replace_target(path, target, work)
    return Scored(source=path, output=target, review=review, notices=notices, written=written)


def clear_file(path: Path, *, output: Path | None = None, sheet: str | None = None) -> tuple[Path, tuple[str, ...]]:
    """Empty the results of a closed file into a copy.

    Args:
        path: The workbook.
        output: Where the copy goes; left out, the name with `.cleared` before the ending.
        sheet: Name of the sheet; left out, it is found.

    Returns:
        Where the copy is, and what the user should know.
    """
    path = with_name(path)
    target = output or path.with_name(f"{path.stem}{CLEARED}{path.suffix}")
    check_ending(path, target)

    def empty(host: ClosedFile) -> tuple[Markbook, tuple[str, ...]]:
        return clear_results(host, sheet=sheet)

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
    if not target.exists() or _same_file(path, target):
        return NOTHING_EARLIER
    try:
        return earlier_in(ClosedFile(target, output=target).read(), sheet=sheet)
    except MarkbookError as error:
        raise DecisionsAtRisk(
            f"{target.name} exists already and its decisions cannot be read ({error}) "
            "Nothing was written. Choose another output with -o, or move that file away."
        ) from error


def _same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
