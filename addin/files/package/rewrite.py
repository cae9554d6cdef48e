"""The frame around every change of a closed workbook: guard, locks, draft, self-check, and the swap at the end."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path

from addin.errors import FileInUse
from addin.files.package.archive import replace_parts
from addin.files.package.draft import Draft
from addin.files.package.guard import check_package
from addin.files.package.parts import Package, damage_explained
from addin.files.package.safe_save import Fingerprint, refuse_open_elsewhere, save_whole
from addin.files.package.verify import CellsOfSheets, check_change, check_finished, verify_copy

_CHANGED = "{}: the file changed while it was worked on. Nothing was written. Run again."


def rewrite(
    source: Path,
    target: Path,
    change: Callable[[Draft], CellsOfSheets],
    *,
    expected: Fingerprint | None = None,
    before_replacing: Callable[[], object] | None = None,
) -> bool:
    """Write a changed copy of a workbook, or the workbook itself: whole, or not at all.

    Parts that the change leaves alone stay byte for byte; where it changes nothing, the copy is the source's own bytes. The
    same source and change always give the same bytes.

    Args:
        source: The workbook; not touched unless it is the target.
        target: The file to write, replaced if it exists.
        change: Changes the draft, and answers what must be read back.
        expected: The state of the source in which the change is right; None takes the state now.
        before_replacing: Called when all is ready and an earlier, different target is about to go; raises to keep it.

    Returns:
        False where the target exists and is the result already; it is not touched then.

    Raises:
        FileInUse: The target is open elsewhere, or the source changed meanwhile.
        WriteFailed: The result could not be written or is not what it should be; the target is what it was.
        FileProblem: The guard refuses the source. And whatever `change` raises; nothing is written then.
    """
    check_package(source)
    refuse_open_elsewhere(target)
    with damage_explained(source):
        start = Fingerprint.of(source)
        content = source.read_bytes()
    if start != (expected or start):
        raise FileInUse(_CHANGED.format(source.name))
    with damage_explained(source):
        draft = Draft(Package(zipfile.ZipFile(BytesIO(content))))
        cells = change(draft)
        changed, added = draft.changed_members(), draft.added_members()
    check_change(draft.package, changed=changed, added=added, expected=cells, name=target.name)
    del draft, cells  # with the unpacked parts that the one keeps at hand: all that follows is as large as the files
    with damage_explained(source):
        finished = replace_parts(content, changed, added) if changed or added else content
    check_finished(finished, source=content, changed=changed, added=added, name=target.name)
    del content, changed, added
    if target.exists() and target.read_bytes() == finished:
        return False

    def last_check() -> None:
        if Fingerprint.of(source) != start:
            raise FileInUse(_CHANGED.format(source.name))
        if before_replacing is not None and target.exists():
            before_replacing()

    save_whole(
        target,
        finished,
        mode_of=source,
        verify=partial(verify_copy, finished=finished, name=target.name),
        last_check=last_check,
    )
    return True
