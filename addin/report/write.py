"""The report as a file: a name without names, whole or not at all, and never over a workbook or anybody's own page."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from addin.errors import RequestProblem, WriteFailed
from addin.reading.name_forms import Known, NameForms
from addin.report.page import MADE_BY

REPORT, EVENING = ".report.html", ".parents-evening.html"
ENDINGS = (".html", ".htm")
NAMELESS = "class"
"""What a report is called after where the workbook is called after a student."""


def report_name(path: Path, names: Iterable[str], ending: str = REPORT) -> Path:
    """Where a report goes that was given no name: beside the workbook, and never called after a student.

    Example:
        >>> report_name(Path("9K.marked.xlsx"), ["Ova Zarrin"]).name, report_name(Path("ova_zarrin.xlsx"), ["Ova Zarrin"]).name
        ('9K.report.html', 'class.report.html')
    """
    stem = path.stem.removesuffix(".marked")
    return path.with_name(f"{NAMELESS if names_somebody(stem, names) else stem}{ending}")


def names_somebody(stem: str, names: Iterable[str]) -> bool:
    """Whether a file's name holds a student's.

    Example:
        >>> names_somebody("Zarrin-Ova 2026", ["Ova Zarrin"]), names_somebody("9K", ["Ova Zarrin"])
        (True, False)
    """
    forms = NameForms(Known(code="S1", names=(name,)) for name in names if name)
    words = "".join(character if character.isalnum() or character in "'’" else " " for character in stem)
    return forms.names_somebody(" ".join(words.split())) or forms.names_somebody(" ".join(words.title().split()))


def write_page(page: str, target: Path, *, workbook: Path) -> None:
    """Write a page; an earlier report of that name is replaced, anything else is left alone.

    Args:
        page: The page.
        target: Where it goes.
        workbook: What it was made from, which it never replaces.

    Raises:
        RequestProblem: The name is no page's, or stands for something that the program did not make.
        WriteFailed: The disk or folder does not allow it; what stood there still stands.
    """
    if target.suffix.casefold() not in ENDINGS:
        pdf = " Open it in a browser and print it to PDF." if target.suffix.casefold() == ".pdf" else ""
        raise RequestProblem(f"{target.name}: a report is a web page. Give a name that ends in .html.{pdf}")
    with suppress(OSError):
        if target.exists() and target.samefile(workbook):
            raise RequestProblem(f"{target.name}: this is the workbook itself. Name another file with -o.")
    try:
        if target.exists() and MADE_BY.encode() not in target.read_bytes():
            raise RequestProblem(f"{target.name}: a file that is no report stands there. Name another one with -o.")
        handle, name = tempfile.mkstemp(prefix=".writing-", suffix=".html", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                # Halves of a character, which a damaged file may hold, have no UTF-8.
                stream.write(page.encode("utf-8", errors="replace"))
            os.replace(name, target)
        except OSError:
            with suppress(OSError):
                os.unlink(name)
            raise
    except OSError as error:
        raise WriteFailed(
            f"{target.name}: the report was not written ({error.strerror or error}). Check the folder and its free space, or name "
            "another file with -o."
        ) from error
