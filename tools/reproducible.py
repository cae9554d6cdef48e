"""The build backend: setuptools, whose archives then get the same bytes wherever, whenever and by whomever they are built.

What setuptools packs depends on the clock, on who is logged in and on the umask, and these are taken out again: files in the order
of their names (a wheel keeps its own order), owned by nobody, readable by all, with one date. That date is SOURCE_DATE_EPOCH where
it is set, else the day of the newest release in CHANGELOG.md, else the first day that a zip file can tell. What was built before
never gets into a wheel, since the folder `build` is emptied first.

Compressed bytes are zlib's: another zlib may spell the same content in another way.
"""

from __future__ import annotations

import gzip
import io
import os
import re
import shutil
import tarfile
import time
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from setuptools import build_meta
from setuptools.build_meta import *  # noqa: F403 - the hooks that need nothing of ours

FIRST_DAY = datetime(1980, 1, 1, tzinfo=UTC)
"""The earliest date that a zip file can tell."""

_RELEASED = re.compile(r"^## \S+ \((\d{4}-\d{2}-\d{2})\)$", re.MULTILINE)
_Settings = Mapping[str, object] | None


def build_sdist(sdist_directory: str, config_settings: _Settings = None) -> str:
    """The archive of sources, as PEP 517 asks; answers its name."""
    name: str = build_meta.build_sdist(sdist_directory, config_settings)
    path = Path(sdist_directory, name)
    path.write_bytes(settled_sdist(path.read_bytes(), source_date()))
    return name


def build_wheel(wheel_directory: str, config_settings: _Settings = None, metadata_directory: str | None = None) -> str:
    """The wheel, as PEP 517 asks; answers its name."""
    shutil.rmtree("build", ignore_errors=True)
    name: str = build_meta.build_wheel(wheel_directory, config_settings, metadata_directory)
    path = Path(wheel_directory, name)
    path.write_bytes(settled_wheel(path.read_bytes(), source_date()))
    return name


def source_date(folder: Path = Path()) -> int:
    """The date of everything that is packed, in seconds since 1970.

    Args:
        folder: Where CHANGELOG.md is.
    """
    told = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if told:
        return max(int(told), int(FIRST_DAY.timestamp()))
    released = _RELEASED.search((folder / "CHANGELOG.md").read_text(encoding="utf-8"))
    day = FIRST_DAY if released is None else datetime.fromisoformat(released[1]).replace(tzinfo=UTC)
    return int(day.timestamp())


def settled_sdist(archive: bytes, date: int) -> bytes:
    """An archive of sources (.tar.gz) with the same files and nothing of where and when it was made.

    Args:
        archive: Its bytes.
        date: Seconds since 1970.
    """
    packed = io.BytesIO()
    with (
        tarfile.open(fileobj=io.BytesIO(archive)) as made,
        gzip.GzipFile(fileobj=packed, mode="wb", filename="", mtime=date) as compressed,
        tarfile.open(fileobj=compressed, mode="w", format=tarfile.PAX_FORMAT) as settled,
    ):
        for member in sorted(made, key=lambda member: member.name):
            member.uid = member.gid = 0
            member.uname = member.gname = ""
            member.mtime, member.pax_headers = date, {}
            member.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
            settled.addfile(member, made.extractfile(member) if member.isfile() else None)
    return packed.getvalue()


def settled_wheel(wheel: bytes, date: int) -> bytes:
    """A wheel with the same files and nothing of where and when it was made.

    Args:
        wheel: Its bytes.
        date: Seconds since 1970.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(wheel)) as made, zipfile.ZipFile(packed, "w") as settled:
        for member in made.infolist():
            plain = zipfile.ZipInfo(member.filename, time.gmtime(date)[:6])
            plain.create_system, plain.external_attr = 3, 0o100644 << 16  # as Unix would, on Windows too
            settled.writestr(plain, made.read(member), zipfile.ZIP_DEFLATED, 9)
    return packed.getvalue()
