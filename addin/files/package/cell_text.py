"""Text in a cell's XML: what XML or Excel cannot hold is escaped as Excel does, and text is cut where Excel cuts it.

Texts that cells share are read by one search where they are spelled as nearly every program does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from addin.files.package.markup import main, streamed
from addin.files.package.parts import Package
from addin.files.package.sheet_stream import is_plain
from addin.reading.grid import whole_letters

LONGEST_TEXT = 32_767
"""Excel's longest text in one cell, in UTF-16 units; it repairs a file with more."""

_NOT_IN_XML = "\\x00-\\x08\\x0b-\\x1f\ufffe\uffff"
# A carriage return is legal in XML but every parser turns it into a line feed, hence it is among the escaped.
_UNSAFE = re.compile(f"[{_NOT_IN_XML}]")
# An underscore is escaped where the text would otherwise read as an escape, be it only together with one of ours.
_LOOKS_ESCAPED = re.compile(f"_(?=x[0-9A-Fa-f]{{4}}[_{_NOT_IN_XML}])")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_RUN, _TEXT = main("r"), main("t")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]|]]>")
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ENTITY = re.compile("&(?:(amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)?")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def fit(text: str) -> str:
    """Text as a cell can hold it: cut at Excel's longest, halves of a character replaced.

    Example:
        >>> len(fit("a" * 40_000)), fit("=1+1")
        (32767, '=1+1')
    """
    whole = _HALF_CHARACTER.sub("\ufffd", text)
    if len(whole) * 2 <= LONGEST_TEXT:
        return whole
    # Characters outside the basic plane count twice; errors="ignore" drops a pair that the cut would split.
    return whole.encode("utf-16-le")[: LONGEST_TEXT * 2].decode("utf-16-le", errors="ignore")


def is_too_long(text: str) -> bool:
    """Whether Excel takes no text of that length."""
    return len(text) * 2 > LONGEST_TEXT and len(text.encode("utf-16-le", "surrogatepass")) > 2 * LONGEST_TEXT


def escape(text: str) -> str:
    """Text for a `<t>` element.

    Example:
        >>> escape("_x0041_"), escape("a\\x01b")
        ('_x005F_x0041_', 'a_x0001_b')
    """
    return _UNSAFE.sub(lambda found: f"_x{ord(found[0]):04X}_", _LOOKS_ESCAPED.sub("_x005F_", text))


def from_xml(data: bytes) -> str:
    """The text that stands between two tags, as a parser would give it.

    Raises:
        ValueError: It is not well-formed, or names an entity that XML does not know.

    Example:
        >>> from_xml(b"Tom &amp; Ann &#163;2")
        'Tom & Ann £2'
    """
    if _CONTROL.search(data):
        raise ValueError("a character that XML does not allow")
    text = data.decode()
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _ENTITY.sub(_entity, text) if "&" in text else text


def _entity(found: re.Match[str]) -> str:
    name = found[1]
    if name is None:
        raise ValueError("an ampersand that begins no entity")
    if name.startswith("#"):
        number = int(name[2:], 16) if name[1] == "x" else int(name[1:])
        if _NO_CHARACTER.fullmatch(character := chr(number)):
            raise ValueError("a character that XML does not allow")
        return character
    return _ENTITIES[name]


def text_of(element: etree._Element) -> str:
    """The text of a shared or inline string: its own or that of its runs, reading aids (phonetics) left out."""
    pieces = []
    for part in element:
        if part.tag == _TEXT:
            pieces.append(part.text or "")
        elif part.tag == _RUN:
            pieces.extend(text.text or "" for text in part.iterchildren(_TEXT))
    return unescape("".join(pieces))


def unescape(text: str) -> str:
    """Text of a `<t>` element as Excel shows it.

    Example:
        >>> unescape(escape("_x0041_ and \\x01"))
        '_x0041_ and \\x01'
    """
    if "_x" not in text:
        return text
    return whole_letters(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), text))


# One plain text, whole; what holds runs, reading aids or anything else is left to the parser.
_PLAIN = re.compile(rb"<si><t(?: [^>]*)?(?:>([^<]*)</t>|/>)</si>")


_REMEMBERED = 500_000  # bytes; the texts of a larger part are too many to be kept for the next who asks


def shared_texts(package: Package) -> tuple[str, ...]:
    """All shared texts of a workbook; a cell names one by its place. XMLSyntaxError or ValueError in a damaged part."""
    found: list[str] = []
    for part in package.related(package.workbook_part, "sharedStrings"):
        data = package.read(part)
        searched = _searched_before(data) if len(data) <= _REMEMBERED else _searched(data)
        found.extend(searched or _parsed(package, part))
    return tuple(found)


@lru_cache(maxsize=1)
def _searched_before(data: bytes) -> list[str] | None:
    """`_searched`, once for a part that each sheet of a workbook asks for anew, before and after it is written."""
    return _searched(data)


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
        yield from map(text_of, streamed(stream, main("si")))
