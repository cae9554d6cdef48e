"""Packs as files: one a session and format, called after day and slot and never after a student."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from addin.errors import RequestProblem
from addin.letters.folder import Written, plain_name, refuse_used, write_into
from addin.packs.compose import Packs
from addin.packs.page import pack_page
from addin.packs.word import pack_document
from addin.report.write import names_somebody

HTML, WORD = "html", "docx"
FORMATS = (HTML, WORD)


def write_packs(made: Packs, folder: Path, *, formats: Sequence[str] = FORMATS, easy_to_read: bool = False) -> Written:
    """Write every pack.

    Args:
        made: The packs.
        folder: A folder that does not exist yet, or is empty.
        formats: html, docx or both.
        easy_to_read: Larger letters with more room.

    Raises:
        RequestProblem: The folder holds something or is a file.
        WriteFailed: The disk or folder does not allow it; nothing is left there.
    """
    refuse_used(folder, what="Packs")
    contents: dict[str, bytes] = {}
    for number, pack in enumerate(made.packs, start=1):
        day = pack.session.date.isoformat() if pack.session.date else f"{number:02d}"
        slot = "clinic" if names_somebody(pack.session.slot, made.names) else plain_name(pack.session.slot).lower()
        name, again = f"{day}-{slot}", 2
        while any(each.startswith(f"{name}.") for each in contents):
            name, again = f"{day}-{slot}-{again}", again + 1
        for ending in formats:
            if ending == HTML:
                page = pack_page(pack, class_name=made.class_name, easy_to_read=easy_to_read)
                contents[f"{name}.{HTML}"] = page.encode("utf-8", errors="replace")
            elif ending == WORD:
                document = pack_document(pack, class_name=made.class_name, easy_to_read=easy_to_read)
                contents[f"{name}.{WORD}"] = document
            else:
                raise RequestProblem(f"--format: {ending!r} is not known. Give {' or '.join(FORMATS)}, or both.")
    return write_into(folder, contents, what="packs")
