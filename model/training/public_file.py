"""The public data: the mathematics file of UCI Student Performance, found, or downloaded once, and always checked.

    P. Cortez, Student Performance, UCI Machine Learning Repository, 2008, DOI 10.24432/C5TG7T, licence CC BY 4.0.

The file is read to evaluate and never shipped. Its SHA-256 is pinned: figures measured on another file would be figures of
something else.
"""

from __future__ import annotations

import hashlib
import http.client
import io
import os
import zipfile
import zlib
from pathlib import Path
from urllib.request import urlopen

import pandas as pd

from model.errors import PublicDataError
from model.local import write_whole
from model.places import cache_folder

FILE = "student-mat.csv"
PAGE = "https://archive.ics.uci.edu/dataset/320"
URL = "https://archive.ics.uci.edu/static/public/320/student+performance.zip"
SHA256 = "e47f9ee225e1ee6e69b7564e6dac7123e80b8486677fe111f351964cef5dec80"
LARGEST = 1_000_000  # bytes of the archive or of anything in it; the real ones have 20 to 100 thousand
PATIENCE = 30.0  # seconds without an answer

_REFUSALS = (OSError, http.client.HTTPException, zipfile.BadZipFile, zlib.error, EOFError, KeyError, RuntimeError)
"""What a network without an answer and an archive that is broken, encrypted or another one raise."""


def load_uci_mathematics(folder: Path | None = None) -> pd.DataFrame:
    """The 395 pupils, checked byte for byte against the published file.

    Args:
        folder: Holds `student-mat.csv` or `uci_student/student-mat.csv`. Left out: the folder that the environment variable
            MARKBOOK_DATA names; without it the user's cache, filled by one download.

    Returns:
        395 rows, 33 columns named as in the source.

    Raises:
        PublicDataError: The file is missing, changed, or cannot be downloaded.

    Example:
        >>> load_uci_mathematics(Path("nowhere"))  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        model.errors.PublicDataError: nowhere: holds no student-mat.csv. Save it there from https://archive.ics...
    """
    named = os.environ.get("MARKBOOK_DATA")
    if folder is None and named:
        folder = Path(named)
    if folder is not None:
        places = (folder / "uci_student" / FILE, folder / FILE)
        path = next((place for place in places if place.is_file()), None)
        if path is None:
            raise PublicDataError(
                f"{folder}: holds no {FILE}. Save it there from {PAGE}, or let MARKBOOK_DATA name a folder that has it."
            )
    else:
        path = cache_folder() / FILE
        if not path.is_file():
            _save(_checked(_download(), place=URL), path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise PublicDataError(f"{path}: cannot be read ({error.strerror}). Save it again from {PAGE}.") from error
    return pd.read_csv(io.BytesIO(_checked(content, place=str(path))), sep=";")


def uci_files() -> list[tuple[Path, str]]:
    """The files of UCI Student Performance that the machine has, each with its subject; mathematics first.

    Raises:
        PublicDataError: There is none.
    """
    named = os.environ.get("MARKBOOK_DATA")
    load_uci_mathematics()  # downloads it, or says why it cannot be had
    cache = cache_folder()
    folders = (Path(named) / "uci_student", Path(named)) if named else (cache,)
    known = ((FILE, "mathematics"), ("student-por.csv", "Portuguese"))
    folder = next(folder for folder in folders if (folder / FILE).is_file())
    return [(folder / name, subject) for name, subject in known if (folder / name).is_file()]


def load_uci(path: Path) -> pd.DataFrame:
    """The pupils of one file.

    Raises:
        PublicDataError: The file of mathematics is not the published one.
    """
    content = path.read_bytes()
    return pd.read_csv(io.BytesIO(_checked(content, place=str(path)) if path.name == FILE else content), sep=";")


def _checked(content: bytes, *, place: str) -> bytes:
    found = hashlib.sha256(content).hexdigest()
    if found != SHA256:
        raise PublicDataError(
            f"{place}: {FILE} is not the published file (SHA-256 {found[:12]}..., not {SHA256[:12]}...). "
            f"Replace it by the one from {PAGE}."
        )
    return content


def _download() -> bytes:
    """The CSV out of UCI's archive, which holds student.zip, which holds the file.

    Nothing here is trusted: sizes are limited before anything is unpacked, and the caller compares the SHA-256.
    """
    try:
        with urlopen(URL, timeout=PATIENCE) as answer:
            return _member(_member(answer.read(LARGEST + 1), "student.zip"), FILE)
    except _REFUSALS as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise PublicDataError(
            f"{URL}: {FILE} could not be downloaded ({reason}). "
            f"Save it from {PAGE} and let MARKBOOK_DATA name its folder."
        ) from error


def _member(archive: bytes, name: str) -> bytes:
    if len(archive) > LARGEST:
        raise zipfile.BadZipFile(f"more than {LARGEST} bytes")
    with zipfile.ZipFile(io.BytesIO(archive)) as opened, opened.open(name) as member:
        # The size in the directory is only a claim; reading one byte too many is proof.
        content = member.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise zipfile.BadZipFile(f"{name}: more than {LARGEST} bytes")
    return content


def _save(content: bytes, path: Path) -> None:
    """Put the file in place whole or not at all: two evaluations may start at once."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    except OSError as error:
        raise PublicDataError(
            f"{path}: cannot be written ({error.strerror}). Save {FILE} elsewhere and let MARKBOOK_DATA name its folder."
        ) from error
