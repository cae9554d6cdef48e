"""Files made to exhaust a computer, and what refusing them costs.

    python -m tests.files.package.bombs

prints seconds and memory beyond start-up for each; every one is opened in a process of its own.
"""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.files.package.books import SHEET_PART, plain_book, rewritten

MOST_SECONDS, MOST_MEGABYTES = 1.0, 150.0
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = "</sheetData></worksheet>"
_OPEN = """
import json, re, sys, time
from pathlib import Path
from addin.errors import FileProblem
from addin.files.package.read import read_book
from addin.reading.markbook import read_markbook
def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024
before, start, said = peak(), time.perf_counter(), None
try:
    read_markbook(read_book(Path(sys.argv[1])))
except FileProblem as error:
    said = f"{type(error).__name__}: {error}"
print(json.dumps([time.perf_counter() - start, peak() - before, said]))
"""


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """What opening a file cost, and what was said; None if it was not refused."""

    seconds: float
    megabytes: float
    said: str | None


def cells(path: Path) -> None:
    """16 million cells in half a megabyte."""
    row = b"<row>" + b"<c><v>1</v></c>" * 4_000 + b"</row>"
    _with_sheet(path, [HEAD.encode(), *[row] * 4_000, TAIL.encode()])


def blanks(path: Path) -> None:
    """A gigabyte of blanks between two cells."""
    _with_sheet(path, [HEAD.encode(), *[b" " * (1 << 20)] * 1_000, TAIL.encode()])


def far_cell(path: Path) -> None:
    """A value in the last cell that there is: a grid that reaches it has 17 thousand million."""
    row = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    rewritten(path, path, {SHEET_PART: lambda xml: xml.replace("</sheetData>", f"{row}</sheetData>")})


def entities(path: Path) -> None:
    """Entities that stand for entities, ten thousand million laughs in all."""
    laughs = '<!ENTITY l0 "lol">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 11))
    text = '<row><c t="inlineStr"><is><t>&l10;</t></is></c></row>'
    rewritten(path, path, {SHEET_PART: f"<!DOCTYPE worksheet [{laughs}]>{HEAD}{text}{TAIL}".encode()})


def parts(path: Path) -> None:
    """Fifty thousand parts."""
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(50_000):
            archive.writestr(f"xl/media/{number}.bin", b"")


def array(path: Path) -> None:
    """Array formulas that fill every cell up to a value in the last corner that is allowed, thirty times."""
    fill = "".join(
        f'<c r="{chr(65 + n % 26)}{n // 26 + 1}"><f t="array" ref="A1:XFD1048576">1</f></c>' for n in range(26)
    )
    rows = f'<row r="1">{fill}</row><row r="110000"><c r="GR110000"><v>1</v></c></row>'
    rewritten(path, path, {SHEET_PART: f"{HEAD}{rows}{TAIL}".encode()})


def lying_size(path: Path) -> None:
    """A part that says it is small and unpacks to two hundred megabytes."""
    blanks(path)
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        member = archive.getinfo(SHEET_PART)
    at = content.find(b"PK\1\2")
    while content[at + 46 : at + 46 + len(SHEET_PART)] != SHEET_PART.encode():
        at = content.find(b"PK\1\2", at + 4)
    for place in (at + 24, member.header_offset + 22):
        struct.pack_into("<L", content, place, 4_000)
    path.write_bytes(content)


BOMBS: Mapping[str, Callable[[Path], None]] = {
    "16 million cells": cells,
    "a gigabyte of blanks": blanks,
    "a cell in the far corner": far_cell,
    "entities of entities": entities,
    "50,000 parts": parts,
    "arrays over everything": array,
    "a part that lies about its size": lying_size,
}


def made(name: str, folder: Path) -> Path:
    """The file, as small as it is sent."""
    path = plain_book(folder / "bomb.xlsx", [["Name", "Mark"], ["Amir", 3]])
    BOMBS[name](path)
    return path


def opened(path: Path) -> Refusal:
    """Open a file in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", _OPEN, str(path)], capture_output=True, text=True, check=True, timeout=120
    )
    seconds, megabytes, said = json.loads(done.stdout)
    return Refusal(seconds=seconds, megabytes=megabytes, said=said)


def _with_sheet(path: Path, pieces: list[bytes]) -> None:
    with zipfile.ZipFile(path) as archive:
        kept = {name: archive.read(name) for name in archive.namelist() if name != SHEET_PART}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in kept.items():
            archive.writestr(name, data)
        with archive.open(SHEET_PART, "w") as part:
            for piece in pieces:
                part.write(piece)


def main() -> None:
    """Print what each refusal costs."""
    with tempfile.TemporaryDirectory() as folder:
        for name in BOMBS:
            path = made(name, Path(folder))
            cost = opened(path)
            size = path.stat().st_size // 1_000
            sys.stdout.write(f"{name:32} {size:6,} kB  {cost.seconds:5.2f} s  {cost.megabytes:6.1f} MB  {cost.said}\n")


if __name__ == "__main__":
    main()
