"""The texts that the cells of a workbook share, read by one search where they are spelled as nearly every program does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from addin.files.package.cell_text import from_xml, text_of, unescape
from addin.files.package.markup import main
from addin.files.package.parts import Package
from addin.files.package.plain_bytes import is_plain

# One plain text, whole; what holds runs, reading aids or anything else is left to the parser.
_PLAIN = re.compile(rb"<si><t(?: [^>]*)?(?:>([^<]*)</t>|/>)</si>")


def shared_texts(package: Package) -> tuple[str, ...]:
    """All shared texts of a workbook; a cell names one by its place. XMLSyntaxError or ValueError in a damaged part."""
    found: list[str] = []
    for part in package.related(package.workbook_part, "sharedStrings"):
        found.extend(_searched(package.read(part)) or _parsed(package, part))
    return tuple(found)


def _searched(data: bytes) -> list[str] | None:
    """The texts of a part in the usual spelling, None where a parser must look."""
    start, end = data.find(b"<si"), data.rfind(b"</sst>")
    if start < 0 or end < start or not is_plain(data, b"<sst", data[:start]):
        return None
    texts = _PLAIN.findall(data, start, end)
    closed = data.count(b"<t/>", start, end)
    # Each plain entry has four angle brackets that open: were there more, something else would stand in between.
    if data.count(b"<", start, end) != 4 * len(texts) - closed:
        return None
    try:
        if texts and b"&" not in data and b"_x" not in data:  # no text can hold the bracket that parts them here
            return from_xml(b"<".join(texts)).split("<")
        return [unescape(from_xml(text)) for text in texts]
    except ValueError:
        return None


def _parsed(package: Package, part: str) -> Iterator[str]:
    with package.open(part) as stream:
        for _, entry in etree.iterparse(
            stream, events=("end",), tag=main("si"), resolve_entities=False, no_network=True, huge_tree=True
        ):
            yield text_of(entry)
            entry.clear()
            parent = entry.getparent()
            while parent is not None and entry.getprevious() is not None:
                del parent[0]
