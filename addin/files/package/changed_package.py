"""A workbook as it will be once its changes are packed: looked at like any other, before there is a file."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import IO

from addin.files.package.parts import Package


class ChangedPackage(Package):
    """The parts of a workbook, some of them replaced and some added: member -> its new bytes."""

    def __init__(self, package: Package, changed: Mapping[str, bytes], added: Mapping[str, bytes]) -> None:
        super().__init__(package.archive)
        self._new = {**changed, **added}
        self._names |= {name.casefold(): name for name in added}

    def read(self, part: str) -> bytes:
        found = self._new.get(self._stored(part))
        return super().read(part) if found is None else found

    def size(self, part: str) -> int:
        found = self._new.get(self._stored(part))
        return super().size(part) if found is None else len(found)

    def open(self, part: str) -> IO[bytes]:
        found = self._new.get(self._stored(part))
        return super().open(part) if found is None else BytesIO(found)
