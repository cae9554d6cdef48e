"""What a workbook holds besides the cells that one sees, for somebody who is about to send it whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from addin.files.package.guard import check_package
from addin.files.package.kept_off import hidden_columns
from addin.files.package.parts import Package, open_package

_COMMENTS = ("/comments", "/threadedcomments")
_BEGINNINGS = {
    "xl/externallinks/externallink": "links to other files",
    "xl/media/": "pictures",
    "xl/embeddings/": "other files inside it",
    "xl/pivotcache/pivotcacherecords": "data kept for pivot tables, which may be older than the sheets",
    "customxml/item": "data of other programs",
    "xl/webextensions/webextension": "code or settings of an add-in",
}


def contents(path: Path) -> tuple[str, ...]:
    """What to know of a workbook before it leaves the computer, a phrase each.

    Raises:
        FileProblem: The guard refuses the file.

    Example:
        >>> import tempfile, xlsxwriter
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder) / "class.xlsx"
        ...     with xlsxwriter.Workbook(path) as workbook:
        ...         sheet, last = workbook.add_worksheet("Y9"), workbook.add_worksheet("Old")
        ...         _ = sheet.write_comment("A1", "Moved here in May"), last.hide()
        ...     contents(path)
        ('all sheets: Y9, Old', 'hidden sheets: Old', 'comments')
    """
    check_package(path)
    with open_package(path) as package:
        return tuple(_told(package))


def _told(package: Package) -> Iterator[str]:
    sheets = package.sheets()
    names = [name.casefold() for name in package.names()]
    yield f"all sheets: {', '.join(sheet.name for sheet in sheets)}"
    if hidden := [sheet.name for sheet in sheets if not sheet.visible]:
        yield f"hidden sheets: {', '.join(hidden)}"
    if folded := [sheet.name for sheet in sheets if hidden_columns(package, sheet)]:
        yield f"hidden columns on: {', '.join(folded)}"
    if any(mark in name and name.endswith(".xml") for name in names for mark in _COMMENTS):
        yield "comments"
    yield from (told for start, told in _BEGINNINGS.items() if any(name.startswith(start) for name in names))
    author = _author(package)
    if author:
        yield f"the author's name: {author}"


def _author(package: Package) -> str:
    parts = package.related("", "core-properties")
    if not parts:
        return ""
    creators = [
        element.text or "" for element in package.xml(parts[0]).iter("{http://purl.org/dc/elements/1.1/}creator")
    ]
    return " ".join(" ".join(creators).split())
