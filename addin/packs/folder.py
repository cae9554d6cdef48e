"""Packs as files: one a session, print and format, called after day and slot and never after a student."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from addin.errors import RequestProblem
from addin.extras import needed
from addin.letters.folder import Written, archive_of, formats_here, refuse_used, write_into
from addin.packs.compose import Packs
from addin.packs.page import pack_page
from addin.reading.file_names import plain_name
from addin.report.write import names_somebody

HTML, WORD = "html", "docx"
FORMATS = (HTML, WORD)
PLAIN, EASY_TO_READ = "", "-easy-to-read"
PRINTS = (PLAIN, EASY_TO_READ)
"""The two prints, by what the names of their files end in."""

BUTTONS_FOLDER = "written-packs"
"""In the program's data folder: where the ribbon's packs go, a folder each time."""

ALL_TOLD = (
    "each pack as a web page and as a Word document, and both once more in larger letters with more room, called easy-to-read. "
    "Print what you need. A student's pages hold that student's name and mathematics, and nothing else; nothing was sent."
)
"""What is said of all formats and prints, which a button makes at once."""


def write_packs(
    made: Packs, folder: Path, *, formats: Sequence[str] | None = None, prints: Sequence[str] = (PLAIN,)
) -> Written:
    """Write every pack.

    Args:
        made: The packs.
        folder: A folder that does not exist yet, or is empty.
        formats: html, docx or both; left out, both where what Word documents need is installed.
        prints: Of `PRINTS`: as it is, with larger letters and more room, or both.

    Raises:
        RequestProblem: The folder holds something or is a file, or what Word documents need is not installed.
        WriteFailed: The disk or folder does not allow it; nothing is left there.
    """
    refuse_used(folder, what="Packs")
    chosen = formats_here() if formats is None else formats
    return write_into(folder, pack_files(made, formats=chosen, prints=prints), what="packs")


def zipped_packs(made: Packs) -> tuple[bytes, int]:
    """All prints and formats in one archive, for a place that has no folder to write to, and how many files it holds; the same
    packs give the same bytes. Formats are those of `formats_here`."""
    contents = pack_files(made, formats=formats_here(), prints=PRINTS)
    return archive_of(contents), len(contents)


def pack_files(made: Packs, *, formats: Sequence[str], prints: Sequence[str]) -> dict[str, bytes]:
    """File name -> its bytes.

    Raises:
        RequestProblem: There is no format, one is not known, or what it needs is not installed.
    """
    unknown = [ending for ending in formats if ending not in FORMATS]
    if unknown or not formats:
        asked = repr(unknown[0]) if unknown else "nothing"
        raise RequestProblem(f"--format: {asked} is not known. Give {' or '.join(FORMATS)}, or both.")
    if WORD in formats:
        needed("word")
    contents: dict[str, bytes] = {}
    names: set[str] = set()
    for number, pack in enumerate(made.packs, start=1):
        day = pack.session.date.isoformat() if pack.session.date else f"{number:02d}"
        slot = "clinic" if names_somebody(pack.session.slot, made.names) else plain_name(pack.session.slot).lower()
        name, again = f"{day}-{slot}", 2
        while not names.isdisjoint(name + ending for ending in PRINTS):  # a slot may be called "Tue easy to read"
            name, again = f"{day}-{slot}-{again}", again + 1
        names.update(name + ending for ending in PRINTS)
        for ending in prints:
            easy_to_read = ending == EASY_TO_READ
            if HTML in formats:
                page = pack_page(pack, class_name=made.class_name, easy_to_read=easy_to_read)
                contents[f"{name}{ending}.{HTML}"] = page.encode("utf-8", errors="replace")
            if WORD in formats:
                from addin.packs.word import pack_document

                document = pack_document(pack, class_name=made.class_name, easy_to_read=easy_to_read)
                contents[f"{name}{ending}.{WORD}"] = document
    return contents
