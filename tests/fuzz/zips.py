"""The zip around the parts: bytes turned, cut off, members doubled, moved, renamed, lied about."""

from __future__ import annotations

import struct
import warnings
import zipfile
from collections.abc import Callable
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path

from tests.fuzz.campaign import Attempt, Kind
from tests.fuzz.choices import Choices
from tests.fuzz.seeds import of_other_programs, workbooks
from tests.fuzz.whole_file import LARGEST, scored

Members = list[tuple[str, bytes]]
_LOCAL, _DIRECTORY, _END = b"PK\3\4", b"PK\1\2", b"PK\5\6"
_NAMES = ("..\\", "../", "/", "\\", "C:\\", "xl\\", "./", "XL/", "xl//", "", "\0", "é", "_rels/", "%2e%2e/", "a" * 300)


def mutated(choices: Choices, content: bytes) -> bytes:
    """A zip with one to three things wrong."""
    for _ in range(1 + choices.randrange(3)):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # zipfile tells of doubled names while it writes them
            content = choices.choice(_MUTATIONS)(choices, content)
    return content


def members_of(content: bytes) -> Members | None:
    """Names and contents, None where it is no zip any more."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return [(name, archive.read(name)) for name in archive.namelist()]
    except Exception:
        return None


def zipped(members: Members, *, stored: bool = False) -> bytes:
    """A zip of these."""
    box = BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name or "x", (1980, 1, 1, 0, 0, 0)), data, archive.compression)
    return box.getvalue()


def _bytes_turned(choices: Choices, content: bytes) -> bytes:
    made = bytearray(content)
    for _ in range(1 + choices.randrange(4)):
        if made:
            made[choices.randrange(len(made))] ^= 1 << choices.randrange(8)
    return bytes(made)


def _cut_off(choices: Choices, content: bytes) -> bytes:
    at = choices.randrange(len(content) + 1)
    return choices.choice((content[:at], content[at:], content[:at] + content[at + choices.randrange(99) :]))


def _beside(choices: Choices, content: bytes) -> bytes:
    more = choices.choice((b"\0" * 30, b"PK\3\4", content[:200], b"#!/bin/sh\n", _END + b"\0" * 18, content))
    return choices.choice((content + more, more + content))


def _field(choices: Choices, content: bytes) -> bytes:
    """Another number in a header."""
    signature, size = choices.choice(((_DIRECTORY, 46), (_LOCAL, 30), (_END, 22)))
    places = [at for at in range(len(content)) if content.startswith(signature, at)] if len(content) < 60_000 else []
    if not places:
        places = [at for at in (content.find(signature), content.rfind(signature)) if at >= 0]
    if not places:
        return content
    at = choices.choice(places) + 4 + choices.randrange(size - 5)
    number = choices.choice((0, 1, 0xFFFF, 8, 9, 12, 14, 93, 0x0801, choices.randrange(1 << 16)))
    return content[:at] + struct.pack("<H", number) + content[at + 2 :]


def _of_members(change: Callable[[Choices, Members], Members]) -> Callable[[Choices, bytes], bytes]:
    def mutation(choices: Choices, content: bytes) -> bytes:
        found = members_of(content)
        return content if not found else zipped(change(choices, found), stored=choices.once_in(5))

    return mutation


def _doubled(choices: Choices, members: Members) -> Members:
    at = choices.randrange(len(members))
    name, data = members[at]
    other = choices.choice((data, b"", b"<a/>", choices.choice(members)[1]))
    members.insert(choices.randrange(len(members) + 1), (choices.choice((name, name.upper(), name.lower())), other))
    return members


def _left_out(choices: Choices, members: Members) -> Members:
    del members[choices.randrange(len(members))]
    return members


def _moved(choices: Choices, members: Members) -> Members:
    choices.shuffle(members)
    return members


def _renamed(choices: Choices, members: Members) -> Members:
    at = choices.randrange(len(members))
    name, data = members[at]
    prefix = choices.choice(_NAMES)
    members[at] = (
        choices.choice((prefix + name, name.replace("/", "\\"), name + prefix, name.upper(), prefix or "x")),
        data,
    )
    return members


def _all_backslashes(choices: Choices, members: Members) -> Members:
    return [(name.replace("/", "\\"), data) for name, data in members]


def _swapped(choices: Choices, members: Members) -> Members:
    one, other = choices.randrange(len(members)), choices.randrange(len(members))
    (a, x), (b, y) = members[one], members[other]
    members[one], members[other] = (a, y), (b, x)
    return members


def _another_content(choices: Choices, members: Members) -> Members:
    at = choices.randrange(len(members))
    name, data = members[at]
    half = data[: choices.randrange(len(data) + 1)]
    many = choices.choice((b"<a>" * 2_000, b" " * 7_000_000, b"<row/>" * 60_000, b"\xff" * 50))
    members[at] = (
        name,
        choices.choice((b"", half, b"\xef\xbb\xbf" + data, data + data, many, data + b"\0", data[::-1])),
    )
    return members


def _more(choices: Choices, members: Members) -> Members:
    many = [(f"xl/media/{number}.bin", b"") for number in range(choices.choice((3, 300)))]
    return members + choices.choice(
        (many, [("xl/", b"")], [("xl/vbaProject.bin", b"x")], [("mimetype", b"application/vnd.oasis.opendocument")])
    )


_MUTATIONS: tuple[Callable[[Choices, bytes], bytes], ...] = (
    _field, _bytes_turned, _cut_off, _beside, _field,
    *map(_of_members, (_doubled, _left_out, _moved, _renamed, _all_backslashes, _swapped, _another_content, _more)),
)  # fmt: skip


def begin(home: Path, stack: ExitStack) -> Attempt:
    """Real workbooks of all kinds."""
    known = tuple(
        sorted(
            (path.suffix, path.read_bytes())
            for path in workbooks(home / "seeds").values()
            if path.stat().st_size < LARGEST
        )
    )

    def attempt(choices: Choices, folder: Path) -> bool:
        ending, content = choices.choice(known)
        path = folder / f"class{choices.choice((ending, ending, ending, '.xlsm', '.ods'))}"
        path.write_bytes(mutated(choices, content))
        return scored(path, choices)

    return attempt


KIND = Kind(
    name="zips",
    about="bytes and members of real workbooks: turned, cut, doubled, renamed, lied about",
    share=12,
    begin=begin,
    ready=of_other_programs,
)
