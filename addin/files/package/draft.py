"""The parts of a workbook while they are changed, and as they will be once that is packed; all of it in memory."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Mapping
from typing import IO

from lxml import etree

from addin.files.package.archive import Packed
from addin.files.package.markup import parse, serialise
from addin.files.package.parts import Package


class Draft:
    """Changes to the parts of one workbook that exist in memory alone."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._roots: dict[str, etree._Element] = {}
        self._before: dict[str, bytes] = {}
        self._finished: dict[str, Packed] = {}
        self._added: dict[str, None] = {}

    def root(self, part: str) -> etree._Element:
        """The tree of a part that may change; always the same tree for the same part."""
        if part not in self._roots:
            self._roots[part] = parse(self.package.read(part))
            self._before[part] = _digest(serialise(self._roots[part]))
        return self._roots[part]

    def replace(self, part: str, data: Packed) -> None:
        """Give a part new content, other than its own; its tree must not have been asked for."""
        self._finished[part] = data

    def add(self, part: str, data: bytes) -> etree._Element:
        """A new part, as the tree of what it holds at first."""
        self._roots[part] = parse(data)
        self._added[part] = None
        return self._roots[part]

    def is_changed(self, part: str) -> bool:
        """Whether a part is no longer what it was."""
        if part in self._finished:
            return True
        # Compared as written by the same hand: a part that only would be spelled differently stays as it is.
        return part in self._before and _digest(serialise(self._roots[part])) != self._before[part]

    def has_changes(self) -> bool:
        """Whether any part is no longer what it was."""
        return bool(self._finished) or any(map(self.is_changed, self._before))

    def changed_members(self) -> dict[str, Packed]:
        """Member of the zip -> its new content, of the parts that are not what they were."""
        changed = self._finished | {
            part: Packed.of(serialise(self._roots[part])) for part in self._before if self.is_changed(part)
        }
        return {self.package.member(part) or part: data for part, data in changed.items()}

    def added_members(self) -> dict[str, Packed]:
        """The parts that the workbook gets, in the order in which they were added."""
        return {part: Packed.of(serialise(self._roots[part])) for part in self._added}

    def names(self) -> tuple[str, ...]:
        """The names of all parts, new ones included."""
        return (*self.package.names(), *self._added)


def companion_of(part: str) -> str:
    """The part that holds the relationships of another.

    Example:
        >>> companion_of("xl/workbook.xml")
        'xl/_rels/workbook.xml.rels'
    """
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


class ChangedPackage(Package):
    """The parts of a workbook, some of them replaced and some added: member -> its new content."""

    def __init__(self, package: Package, changed: Mapping[str, Packed], added: Mapping[str, Packed]) -> None:
        super().__init__(package.archive)
        self._small = package._small  # of the same file
        self._new = {**changed, **added}
        self._names |= {name.casefold(): name for name in added}

    def read(self, part: str) -> bytes:
        found = self._new.get(self._stored(part))
        return super().read(part) if found is None else found.read()

    def size(self, part: str) -> int:
        found = self._new.get(self._stored(part))
        return super().size(part) if found is None else found.size

    def open(self, part: str) -> IO[bytes]:
        found = self._new.get(self._stored(part))
        return super().open(part) if found is None else found.open()
