"""Some parts replaced, every other record byte for byte, whatever program wrote the zip."""

from __future__ import annotations

import random
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.files.package.archive import Packed, Packing, holds, replace_parts

PARTS = {"[Content_Types].xml": b"<Types/>" * 40, "xl/a.xml": b"<a/>", "xl/ü.xml": b"\x00" * 500, "empty/": b""}


class OneWay(BytesIO):
    """A stream that cannot go back, as when a web server sends a zip: sizes then follow the data."""

    def seekable(self) -> bool:
        return False


def plain(stream: BytesIO) -> None:
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in PARTS.items():
            archive.writestr(name, data)


def stored_with_comment(stream: BytesIO) -> None:
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        archive.comment = b"made elsewhere"
        for name, data in PARTS.items():
            info = zipfile.ZipInfo(name, (2024, 3, 12, 10, 30, 0))
            info.external_attr, info.comment, info.extra = 0o640 << 16, b"kept", b"\x20\x02\x02\x00ab"
            archive.writestr(info, data)


def behind_other_bytes(stream: BytesIO) -> None:
    stream.write(b"#!/bin/sh\n")
    plain(stream)


def with_large_fields(stream: BytesIO) -> None:
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in PARTS.items():
            with archive.open(name, "w", force_zip64=True) as part:
                part.write(data)


def one_way() -> bytes:
    stream = OneWay()
    plain(stream)
    return stream.getvalue()


def made(how: Callable[[BytesIO], None]) -> bytes:
    stream = BytesIO()
    how(stream)
    return stream.getvalue()


ZIPS = [made(plain), made(stored_with_comment), made(behind_other_bytes), made(with_large_fields), one_way()]


@pytest.mark.parametrize("source", ZIPS)
def test_nothing_replaced_loses_nothing(source: bytes) -> None:
    assert contents(replace_parts(source, {})) == contents(source)


@pytest.mark.parametrize("source", ZIPS)
@given(content=st.binary(max_size=400), name=st.sampled_from(sorted(PARTS)[1:]))
def test_one_part_replaced(source: bytes, content: bytes, name: str) -> None:
    result = replace_parts(source, {name: Packed.of(content)})
    expected = {part: about if part != name else (content, *about[1:]) for part, about in contents(source).items()}
    assert contents(result) == expected
    assert replace_parts(source, {name: Packed.of(content)}) == result


def test_plain_zips_come_back_as_the_same_bytes() -> None:
    for how in (plain, stored_with_comment):
        assert replace_parts(made(how), {}) == made(how)


def contents(data: bytes) -> dict[str, tuple[object, ...]]:
    """Name -> content and attributes; reading checks every sum."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {
            info.filename: (archive.read(info), info.date_time, info.external_attr, info.comment, archive.comment)
            for info in archive.infolist()
        }


@pytest.mark.parametrize("size", [0, 10, 1_999_999, 2_000_001, 7_300_000])
def test_a_part_in_pieces_is_packed_as_at_once(size: int) -> None:
    content = random.Random(size).randbytes(size // 10) * 10
    packing = Packing()
    for start in range(0, len(content), 123_457):
        packing.add(content[start : start + 123_457])
    packed, whole = packing.finish(), Packed.of(content)
    assert (packed.data, packed.crc, packed.size) == (whole.data, zlib.crc32(content), len(content))
    assert packed.read() == content


def test_what_does_not_unpack_to_its_checksum_is_refused() -> None:
    packed = Packed.of(b"<a>1</a>")
    with pytest.raises(zipfile.BadZipFile):
        replace(packed, crc=packed.crc + 1).read()


def test_a_zip_holds_what_was_packed_and_nothing_like_it() -> None:
    source, content = made(plain), Packed.of(b"<a>1</a>")
    name = zipfile.ZipFile(BytesIO(source)).namelist()[0]
    result = replace_parts(source, {name: content})
    assert holds(result, name, content)
    assert not holds(result, name, Packed.of(b"<a>2</a>"))
    at = result.index(content.data)
    assert not holds(result[:at] + bytes([result[at] ^ 1]) + result[at + 1 :], name, content)
