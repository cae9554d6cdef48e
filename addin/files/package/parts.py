"""The parts inside a workbook's file and how they point at one another.

An .xlsx is a zip of parts; each part may have a companion under `_rels/` that names the parts it uses.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO

from lxml import etree

from addin.errors import FileProblem, NotAWorkbook
from addin.files.package.markup import RELATIONSHIP_ID, child, main, parse

_LARGE = 500_000  # bytes; a sheet of a few hundred students and more
_TOO_LARGE = 8_000_000  # bytes; some 7,000 students: to unpack such a part anew costs no more time than to keep it
_AT_HAND = 2  # large parts: the students' sheet and the texts that its cells share
# Bytes of all small parts: most are read several times, to be understood, written and compared.
_SMALL_AT_HAND = 2_000_000
_BROKEN = (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, EOFError, LookupError, ValueError, RuntimeError)


@dataclass(frozen=True, kw_only=True)
class Relationship:
    """An arrow from one part to another; the target is a part's name, or an address where it leads out of the file.

    `id` is how the source calls it, such as "rId3"; `kind` is such as "worksheet", "table" or "drawing".
    """

    id: str
    kind: str
    target: str
    external: bool


@dataclass(frozen=True, kw_only=True)
class SheetPart:
    """A worksheet as the workbook lists it; `position` counts all tabs from 0, chart sheets included."""

    name: str
    part: str
    visible: bool
    position: int


class Package:
    """The parts of an opened workbook, found by name without regard to case, as the standard asks.

    Raises:
        KeyError: From any method, when a part is missing that the file needs.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self._large: dict[str, bytes] = {}
        self._small: dict[str, bytes] = {}
        self._arrows: dict[str, tuple[Relationship, ...]] = {}
        self._names = {_slashed(name).lstrip("/").casefold(): name for name in archive.namelist()}

    def names(self) -> tuple[str, ...]:
        """The names of all parts, in the order of the file; some programs write them with backslashes."""
        return tuple(map(_slashed, self._names.values()))

    def member(self, part: str) -> str | None:
        """The name under which a part is stored, None without such a part."""
        return self._names.get(_slashed(part).casefold())

    def read(self, part: str) -> bytes:
        """The bytes of a part; those of the large parts that were read last, and of the first small ones, are kept at hand."""
        name = self._stored(part)
        if name in self._small:
            return self._small[name]
        if self.size(part) < _LARGE:
            data = self.archive.read(name)
            if sum(map(len, self._small.values())) + len(data) <= _SMALL_AT_HAND:
                self._small[name] = data
            return data
        if name in self._large:
            self._large[name] = self._large.pop(name)  # now the last
        else:
            while len(self._large) >= _AT_HAND:  # let go of one large part before the next is unpacked
                del self._large[next(iter(self._large))]
            self._large[name] = self.archive.read(name)
        return self._large[name]

    def size(self, part: str) -> int:
        """How many bytes a part unpacks to."""
        return self.archive.getinfo(self._stored(part)).file_size

    def open(self, part: str) -> IO[bytes]:
        """A stream over a part."""
        return self.archive.open(self._stored(part))

    def stream(self, part: str) -> IO[bytes]:
        """A stream over a part that is gone through several times: at hand, unless it is too large for that."""
        return self.open(part) if self.size(part) > _TOO_LARGE else BytesIO(self.read(part))

    def xml(self, part: str) -> etree._Element:
        """The root element of a part."""
        return parse(self.read(part))

    def relationships(self, part: str) -> tuple[Relationship, ...]:
        """The arrows that leave a part; "" stands for the file itself."""
        if part not in self._arrows:
            folder, name = posixpath.split(part)
            companion = posixpath.join(folder, "_rels", f"{name}.rels")
            elements = () if self.member(companion) is None else self.xml(companion)
            self._arrows[part] = tuple(_relationship(folder, each) for each in elements if each.get("Target"))
        return self._arrows[part]

    def related(self, part: str, kind: str) -> tuple[str, ...]:
        """The parts of one kind that a part uses and that the file holds."""
        return tuple(
            arrow.target
            for arrow in self.relationships(part)
            if arrow.kind == kind and not arrow.external and self.member(arrow.target) is not None
        )

    @property
    def workbook_part(self) -> str:
        """The name of the workbook's own part, nearly always "xl/workbook.xml"."""
        return next(iter(self.related("", "officeDocument")), "xl/workbook.xml")

    def styles_part(self) -> str | None:
        """The name of the part that holds the formats, None without one."""
        return next(iter(self.related(self.workbook_part, "styles")), None)

    def sheets(self) -> tuple[SheetPart, ...]:
        """The worksheets in the order of their tabs; chart and dialogue sheets are left out."""
        arrows = {arrow.id: arrow for arrow in self.relationships(self.workbook_part)}
        listed = child(self.xml(self.workbook_part), "sheets")
        sheets = []
        for position, entry in enumerate([] if listed is None else listed.iterchildren(main("sheet"))):
            arrow = arrows[str(entry.get(RELATIONSHIP_ID))]
            if arrow.kind == "worksheet":
                visible = entry.get("state", "visible") == "visible"
                name = str(entry.get("name", ""))
                sheets.append(SheetPart(name=name, part=arrow.target, visible=visible, position=position))
        return tuple(sheets)

    def sheet(self, name: str) -> SheetPart | None:
        """The worksheet of that name, None without one; Excel's names ignore case."""
        return next((sheet for sheet in self.sheets() if sheet.name.casefold() == name.casefold()), None)

    def has_tab(self, name: str) -> bool:
        """Whether a tab has that name, be it a worksheet's or a chart's."""
        tabs = self.xml(self.workbook_part).iterfind(f"{main('sheets')}/{main('sheet')}")
        return any(tab.get("name", "").casefold() == name.casefold() for tab in tabs)

    def _stored(self, part: str) -> str:
        name = self.member(part)
        if name is None:
            raise KeyError(f"there is no part {part}")
        return name


def _slashed(name: str) -> str:
    return name.replace("\\", "/")


def _relationship(folder: str, element: etree._Element) -> Relationship:
    target = str(element.get("Target"))
    external = element.get("TargetMode") == "External"
    if not external:
        target = posixpath.normpath(posixpath.join("/", folder, _slashed(target))).lstrip("/")
    kind = str(element.get("Type", "")).rsplit("/", 1)[-1]
    return Relationship(id=str(element.get("Id")), kind=kind, target=target, external=external)


@contextmanager
def damage_explained(path: Path) -> Iterator[None]:
    """Turn whatever a damaged file makes the libraries say into one line for the user: NotAWorkbook, or FileProblem."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise FileProblem(
            f"{path.name}: cannot be read: {reason}. Close it elsewhere or copy it here first."
        ) from error
    except _BROKEN as error:
        detail = " ".join(str(error).strip("'\"").split())
        raise NotAWorkbook(
            f"{path.name}: the file is damaged ({detail}). Open it in Excel, let it repair the file, and save a copy."
        ) from error


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """The parts of a workbook on disk, for as long as the `with` block lasts; NotAWorkbook if its use shows damage."""
    with damage_explained(path), zipfile.ZipFile(path) as archive:
        yield Package(archive)
