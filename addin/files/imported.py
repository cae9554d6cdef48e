"""An export into a closed file: where the result goes, and what it must not take away.

Without an output, `class.xlsx` gives `class.imported.xlsx`. The markbook is only written to where it is named as the output
itself. An earlier file of the output's name is kept as a dated backup; where it holds decisions or history that the result
would not hold, nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from addin.errors import DecisionsAtRisk, MarkbookError, NoMarks, NoStudents
from addin.files.marked import check_ending, keep_backup, with_name
from addin.hosts.closed_file import ClosedFile
from addin.importing.changes import ImportPlan, plan_import
from addin.importing.export import Export, read_export
from addin.reading.grid import Book
from addin.results.earlier import NOTHING_EARLIER, Earlier, earlier_in

IMPORTED = ".imported"


@dataclass(frozen=True, kw_only=True, eq=False)
class Imported:
    """A finished import.

    Args:
        source: The markbook that took the export.
        written: False where the output held the result already.
    """

    source: Path
    export: Export
    output: Path
    plan: ImportPlan
    notices: tuple[str, ...]
    written: bool


def imported_name(path: Path) -> Path:
    """Where the result of an import into `path` goes.

    Example:
        >>> imported_name(Path("class.xlsx")).name
        'class.imported.xlsx'
    """
    return path.with_name(f"{path.stem}{IMPORTED}{path.suffix}")


def import_file(
    export: Path,
    *,
    into: Path,
    output: Path | None = None,
    sheet: str | None = None,
    overwrite: bool = False,
    add_columns: Callable[[tuple[str, ...]], bool] = lambda offered: False,
) -> Imported:
    """Take an export into a closed file.

    Args:
        into: The workbook; never changed unless it is itself the output.
        output: Where the result goes; left out, `imported_name(into)`.
        overwrite: Let the export's values replace others.
        add_columns: Asked with the tests that the markbook does not have: whether each may get a column.

    Raises:
        DecisionsAtRisk: The output exists and holds decisions or history that the result would not hold.
        MarkbookError: Anything else that keeps the export from being taken; nothing is written.
    """
    into = with_name(into)
    target = output or imported_name(into)
    check_ending(into, target)
    read = read_export(export)
    host = ClosedFile(into, output=target)
    book = host.read()
    plan = plan_import(book, read, sheet=sheet, overwrite=overwrite)
    if plan.offered and add_columns(plan.offered):
        plan = plan_import(book, read, sheet=sheet, overwrite=overwrite, add_columns=True)
    if target.exists() and not target.samefile(into):
        _refuse_loss(target, _earlier(book, sheet), sheet)
    backups: list[Path] = []
    written, notices = host.fill(plan.edits, before_replacing=lambda: backups.append(keep_backup(target)))
    kept = (f"The earlier {target.name} is kept as {backup.name}" for backup in backups)
    return Imported(source=into, export=read, output=target, plan=plan, notices=(*notices, *kept), written=written)


def _refuse_loss(target: Path, ours: Earlier, sheet: str | None) -> None:
    """An import carries nothing over from an earlier output, so what the teacher decided there must be here too."""
    try:
        theirs = _earlier(ClosedFile(target, output=target).read(), sheet)
    except MarkbookError as error:
        raise DecisionsAtRisk(
            f"{target.name} exists already and its decisions cannot be read ({error}) Nothing was written. Choose another "
            "output with -o, or move that file away."
        ) from error
    decisions = sum(ours.decisions.get(key) != pair for key, pair in theirs.decisions.items())
    history = sum(entry not in ours.history for entry in theirs.history)
    if decisions or history:
        raise DecisionsAtRisk(
            f"{target.name} exists already, and {decisions} of its decisions and {history} lines of its history would be lost. "
            f"Nothing was written. Import into {target.name} itself, with -o, or choose another output."
        )


def _earlier(book: Book, sheet: str | None) -> Earlier:
    try:
        return earlier_in(book, sheet=sheet)
    except (NoStudents, NoMarks):  # a class list that nothing was decided in
        return NOTHING_EARLIER
