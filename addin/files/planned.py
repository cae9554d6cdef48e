"""Planning over a closed file: the marked workbook with its sheet `Clinic plan`, and beside it registers and calendar files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from addin.clinics.files import write_files
from addin.clinics.planning import Planned, plan_class
from addin.extras import left_out
from addin.files.marked import check_ending, earlier_at, marked_name, replace_target, with_name
from addin.hosts.closed_file import ClosedFile
from model.language.speech import Language

FOLDER_ENDING = ".clinics"


@dataclass(frozen=True, kw_only=True, eq=False)
class PlannedFile:
    """A finished plan over a file.

    Args:
        folder: Where registers and calendar files are.
        written: Whether the workbook was written; not where it held this plan already.
    """

    source: Path
    output: Path
    folder: Path
    files: tuple[str, ...]
    planned: Planned
    notices: tuple[str, ...]
    written: bool


def clinics_folder(output: Path) -> Path:
    """Where registers and calendar files of a workbook go.

    Example:
        >>> clinics_folder(Path("class.marked.xlsx")).name
        'class.clinics'
    """
    return output.with_name(f"{output.stem.removesuffix('.marked')}{FOLDER_ENDING}")


def plan_file(
    path: Path,
    *,
    output: Path | None = None,
    sheet: str | None = None,
    impact: bool = False,
    add_sheets: bool = False,
    today: date | None = None,
    language: Language | None = None,
) -> PlannedFile:
    """Plan the clinics of a closed file.

    Args:
        path: The workbook; never changed unless it is itself the output.
        output: Where the result goes; left out, `marked_name(path)`, which is kept as a dated backup first.
        impact: Also tell what changed for students who were offered clinics.
        add_sheets: Give a workbook without them the sheets `Clinics` (with an example), `Queries` and `Runs`.
        language: The language of the reasons; left out, the one that Setup names, else English.

    Raises:
        DecisionsAtRisk: The output exists and holds decisions that cannot be carried over.
        MarkbookError: Anything else that keeps the clinics from being planned; nothing is written.
    """
    path = with_name(path)
    target = output or marked_name(path)
    check_ending(path, target)
    day = today or date.today()
    earlier = earlier_at(path, target, sheet=sheet)

    def plan(host: ClosedFile) -> tuple[Planned, tuple[str, ...]]:
        return plan_class(
            host, sheet=sheet, earlier=earlier, today=day, with_impact=impact, add_sheets=add_sheets, language=language
        )

    planned, notices, written = replace_target(path, target, plan)
    folder = clinics_folder(target)
    files = write_files(planned, folder, today=day)
    return PlannedFile(
        source=path,
        output=target,
        folder=folder,
        files=files,
        planned=planned,
        notices=(*notices, *left_out("calendar")),
        written=written,
    )
