"""The zip around the parts: a few parts replaced, every other record copied as the bytes that it is.

`zipfile` can only write parts anew and would compress again what nobody asked to change, losing flags and extra fields.
The layout is that of PKWARE's APPNOTE.TXT, sections 4.3.7 (local header), 4.3.12 (directory) and 4.3.16 (end).
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections import deque
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from typing import IO, cast

_LOCAL = struct.Struct("<4s5H3L2H")
_DIRECTORY = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_TOO_LARGE = 0xFFFFFFFF  # stands for "see the ZIP64 field"
_ZIP64_FIELD = 0x0001
_VERSION_DEFLATE, _DEFLATED = 20, 8
_LARGE, _FAST, _THOROUGH = 2_000_000, 1, 6
_PIECE, _MOST_DUE = 500_000, 4  # bytes that are packed at once, and pieces that may wait for it
_FIRST_DAY = 0x0021  # 1 January 1980
_SIZES_FOLLOW, _NAME_IS_UTF8 = 0x0008, 0x0800


@dataclass(frozen=True, kw_only=True, eq=False)
class Packed:
    """The content of a part as the zip will hold it: what is checked is unpacked from the very bytes that are written.

    Args:
        data: It, deflated.
        size: Bytes that it unpacks to.
        crc: Their checksum.

    Example:
        >>> packed = Packed.of(b"<a/>")
        >>> packed.size, packed.read()
        (4, b'<a/>')
    """

    data: bytes
    size: int
    crc: int

    @classmethod
    def of(cls, content: bytes) -> Packed:
        """A whole part, packed."""
        packing = Packing()
        packing.add(content)
        return packing.finish()

    def open(self) -> IO[bytes]:
        """A stream over the content, which compares it with the checksum at its end (zipfile.BadZipFile)."""
        info = zipfile.ZipInfo()
        info.compress_type, info.CRC = zipfile.ZIP_DEFLATED, self.crc
        info.compress_size, info.file_size = len(self.data), self.size
        return cast("IO[bytes]", zipfile.ZipExtFile(BytesIO(self.data), "r", info, close_fileobj=True))

    def read(self) -> bytes:
        """The content."""
        with self.open() as stream:
            return stream.read()


class Packing:
    """Packs a part while it is made, so that it never stands in memory whole; zlib works beside Python.

    A large part is packed as Excel packs all of them, at the fastest level: that is five times as fast as the usual.

    Example:
        >>> packing = Packing()
        >>> packing.add(b"<a>")
        >>> packing.add(b"</a>")
        >>> packing.finish().read()
        b'<a></a>'
    """

    def __init__(self) -> None:
        self._held = BytesIO()
        self._size = self._crc = 0
        self._packed = BytesIO()
        self._packer: ThreadPoolExecutor | None = None
        self._due: deque[Future[None]] = deque()

    def add(self, data: bytes) -> None:
        """Put something behind what is there."""
        self._held.write(data)
        held = self._held.tell()
        if held > (_LARGE if self._packer is None else _PIECE):
            if self._packer is None:
                self._packer, self._deflate = ThreadPoolExecutor(1), _deflate(_FAST)
            self._due.append(self._packer.submit(self._pack, self._held.getvalue()))
            self._size += held
            self._held = BytesIO()
            if len(self._due) > _MOST_DUE:
                self._due.popleft().result()

    def finish(self) -> Packed:
        """All of it; once."""
        rest = self._held.getvalue()
        self._size += len(rest)
        if self._packer is None:
            self._deflate = _deflate(_THOROUGH)
        else:
            self._packer.shutdown()
        while self._due:
            self._due.popleft().result()
        self._pack(rest)
        self._packed.write(self._deflate.flush())
        return Packed(data=self._packed.getvalue(), size=self._size, crc=self._crc)

    def _pack(self, data: bytes) -> None:
        self._packed.write(self._deflate.compress(data))
        self._crc = zlib.crc32(data, self._crc)


def _deflate(level: int) -> zlib._Compress:
    return zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)


def replace_parts(source: bytes, changed: Mapping[str, Packed], added: Mapping[str, Packed] | None = None) -> bytes:
    """A zip with some members' content replaced and new members behind all others.

    The rest stays: order, names, dates and attributes; the same input always gives the same bytes. Raises zipfile.BadZipFile
    where the zip is damaged or larger than 4 GB.

    Example:
        >>> box = BytesIO()
        >>> with zipfile.ZipFile(box, "w") as archive:
        ...     archive.writestr("a", b"1")
        ...     archive.writestr("b", b"2")
        >>> with zipfile.ZipFile(BytesIO(replace_parts(box.getvalue(), {"b": Packed.of(b"3")}))) as archive:
        ...     archive.read("a"), archive.read("b")
        (b'1', b'3')
    """
    with zipfile.ZipFile(BytesIO(source)) as archive:
        members, directory_at, comment = archive.infolist(), archive.start_dir, archive.comment
    entries = _directory(source, directory_at, len(members))
    # Each record reaches to the next one, or to the directory: that takes in data descriptors and padding.
    by_place = sorted(range(len(members)), key=lambda index: members[index].header_offset)
    ends = [members[index].header_offset for index in by_place[1:]] + [directory_at]
    if by_place and not 0 <= members[by_place[0]].header_offset <= members[by_place[-1]].header_offset < directory_at:
        raise zipfile.BadZipFile("its directory names places that are not in the file")

    view, start = memoryview(source), members[by_place[0]].header_offset if by_place else 0
    pieces: list[bytes | memoryview] = [view[:start]]
    for index, end in zip(by_place, ends, strict=True):
        member, entry = members[index], entries[index]
        entry.offset = start
        content = changed.get(member.filename)
        record = (view[member.header_offset : end],) if content is None else entry.replaced(content)
        start += sum(map(len, record))
        pieces += record
    for name, content in (added or {}).items():
        entry = _Entry.new(name, start)
        entries.append(entry)
        record = entry.replaced(content)
        start += sum(map(len, record))
        pieces += record
    directory = b"".join(entry.packed() for entry in entries)
    count = len(entries)
    end_record = _END.pack(b"PK\5\6", 0, 0, count, count, len(directory), start, len(comment))
    return b"".join((*pieces, directory, end_record, comment))


def holds(source: bytes, member: str, content: Packed) -> bool:
    """Whether a zip holds this very content: by its directory, its own header and every byte."""
    with zipfile.ZipFile(BytesIO(source)) as archive:
        info = archive.getinfo(member)
        archive.open(info).close()  # compares the header with the directory
    told = (info.compress_type, info.CRC, info.compress_size, info.file_size)
    if told != (zipfile.ZIP_DEFLATED, content.crc, len(content.data), content.size):
        return False
    name, extra = _LOCAL.unpack_from(source, info.header_offset)[-2:]
    start = info.header_offset + _LOCAL.size + name + extra
    return memoryview(source)[start : start + len(content.data)] == content.data


def records(source: bytes) -> dict[str, memoryview]:
    """Member -> its record, from its local header to the next: equal records hold equal content, packed alike."""
    with zipfile.ZipFile(BytesIO(source)) as archive:
        members, end = sorted(archive.infolist(), key=lambda member: member.header_offset), archive.start_dir
    view = memoryview(source)
    ends = [member.header_offset for member in members[1:]] + [end]
    return {member.filename: view[member.header_offset : end] for member, end in zip(members, ends, strict=True)}


class _Entry:
    """One member's record in the directory, with the fields that a replacement changes."""

    def __init__(self, source: bytes, at: int) -> None:
        self.fields = list(_DIRECTORY.unpack_from(source, at))
        name, extra, comment = self.fields[10:13]
        start = at + _DIRECTORY.size
        self.name = source[start : start + name]
        self.extra = source[start + name : start + name + extra]
        self.comment = source[start + name + extra : start + name + extra + comment]
        self.size = _DIRECTORY.size + name + extra + comment
        self.offset = self.fields[16]
        if self.fields[0] != b"PK\1\2" or _TOO_LARGE in (self.fields[8], self.fields[9], self.offset):
            raise zipfile.BadZipFile("its directory of parts cannot be read")

    @classmethod
    def new(cls, name: str, offset: int) -> _Entry:
        """The record of a member that the zip gets, with the date that zips begin at."""
        stored = name.encode()
        flags = 0 if stored.isascii() else _NAME_IS_UTF8
        head = (b"PK\1\2", _VERSION_DEFLATE, _VERSION_DEFLATE, flags, _DEFLATED, 0, _FIRST_DAY)
        record = _DIRECTORY.pack(*head, 0, 0, 0, len(stored), 0, 0, 0, 0, 0, offset)
        return cls(record + stored, 0)

    def replaced(self, content: Packed) -> tuple[bytes, ...]:
        """The member's record with new content, in pieces."""
        flags = self.fields[3] & ~_SIZES_FOLLOW & _NAME_IS_UTF8
        self.fields[2:5] = [_VERSION_DEFLATE, flags, _DEFLATED]
        self.fields[7:10] = [content.crc, len(content.data), content.size]
        self.extra = _without_zip64(self.extra)
        header = _LOCAL.pack(b"PK\3\4", *self.fields[2:10], len(self.name), 0)
        return header, self.name, content.data

    def packed(self) -> bytes:
        """The record in the directory."""
        fields = [*self.fields[:11], len(self.extra), *self.fields[12:16], self.offset]
        return _DIRECTORY.pack(*fields) + self.name + self.extra + self.comment


def _directory(source: bytes, at: int, count: int) -> list[_Entry]:
    entries = []
    for _ in range(count):
        entry = _Entry(source, at)
        entries.append(entry)
        at += entry.size
    return entries


def _without_zip64(extra: bytes) -> bytes:
    kept = b""
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<2H", extra)
        if kind != _ZIP64_FIELD:
            kept += extra[: 4 + size]
        extra = extra[4 + size :]
    return kept
