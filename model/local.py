"""The scorecard in use: the school's own where one has been adapted and taken into use, else the one that ships.

The user's data folder holds two files and nothing of any student:
    adapted.json               which scorecard is in use, its SHA-256, and the figures that it was accepted with
    scorecard-<12 hex>.json    the scorecard itself, format 1 (`model/scorecard.py`), named after its SHA-256
The record is replaced last and in one step, so at every moment either the earlier or the new scorecard is in use, whole.

Where the folder is: the environment variable MARKBOOK_HOME, else the place that the system keeps for a user's data. Scoring reads
it at every run; once read, a scorecard is kept in memory for as long as its files stay what they were.

MARKBOOK_MODEL=bundled makes the shipped scorecard score whatever the folder holds. A server sets it: it answers for many schools,
and what one of them has adapted there would judge the students of all.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from model.errors import ModelError, ScorecardError
from model.pinned import SCORECARD_SHA256
from model.places import data_folder
from model.scorecard import Scorecard, bundled, load

HOME = "MARKBOOK_HOME"
MODEL = "MARKBOOK_MODEL"
BUNDLED = "bundled"
"""The one value of MARKBOOK_MODEL."""
RECORD = "adapted.json"
RESET = "Remove it with `markbook adapt --reset`; the shipped model is then used"

FileState = tuple[int, int, int]
"""Time of the last change in ns, size in bytes, and the file's own number."""


@dataclass(frozen=True, kw_only=True)
class Status:
    """What is kept of an adaptation.

    Args:
        path: The scorecard's file.
        sha256: What its content must have.
        shipped_sha256: The shipped scorecard that it was learnt from.
        about: Date, number of outcomes and figures, in words, in the order in which they should be shown.
    """

    path: Path
    sha256: str
    shipped_sha256: str
    about: dict[str, str]

    @property
    def outdated(self) -> bool:
        """Whether the program has since come with another shipped model."""
        return self.shipped_sha256 != SCORECARD_SHA256


def folder() -> Path:
    """The user's data folder; it need not exist.

    Example:
        >>> from unittest.mock import patch
        >>> with patch.dict(os.environ, {"MARKBOOK_HOME": "markbook-data"}):
        ...     folder().name
        'markbook-data'
    """
    given = os.environ.get(HOME, "").strip()
    return Path(given) if given else data_folder()


def only_bundled() -> bool:
    """Whether MARKBOOK_MODEL=bundled says that the shipped scorecard scores, whatever the data folder holds.

    Raises:
        ScorecardError: It says something else. It is not passed over: whoever misspells it means to keep a model out.

    Example:
        >>> from unittest.mock import patch
        >>> with patch.dict(os.environ, {"MARKBOOK_MODEL": "bundled"}):
        ...     only_bundled()
        True
    """
    given = os.environ.get(MODEL, "").strip()
    if given and given.casefold() != BUNDLED:
        raise ScorecardError(
            f"{MODEL}: {given!r} is not known. Set it to '{BUNDLED}' for the shipped model, or remove it for the one in use."
        )
    return bool(given)


def in_use() -> Scorecard:
    """The scorecard that scores.

    Raises:
        ScorecardError: The adapted scorecard is missing or has been changed since it was accepted. It is never passed over in
            silence: the teacher would take the shipped model's risks for the school's own. Or MARKBOOK_MODEL is misspelt.
    """
    if only_bundled():
        return bundled()
    record = folder() / RECORD
    state = _state(record)
    if state is None:
        return bundled()
    known = _read.get(record)
    if known is not None and known[0] == state and _state(known[1].path) == known[2]:
        return known[3]
    status = _status(record)
    card_state = _state(status.path)
    try:
        card = load(status.path, sha256=status.sha256)
    except ScorecardError as error:
        told = str(error).replace("Install the program again.", "").strip()
        raise ScorecardError(f"The adapted model cannot be used: {told} {RESET}.") from error
    _read[record] = (state, status, card_state, card)
    return card


_read: dict[Path, tuple[FileState, Status, FileState | None, Scorecard]] = {}


def status() -> Status | None:
    """What is kept of an adaptation; None where the shipped model is in use.

    Raises:
        ScorecardError: The record of it cannot be read.
    """
    record = folder() / RECORD
    return None if _state(record) is None else _status(record)


def keep(card: Scorecard, about: Mapping[str, str]) -> Path:
    """Take a scorecard into use.

    Args:
        card: The adapted scorecard.
        about: What `status` shows of it, in words; no student's name belongs there.

    Returns:
        The scorecard's file.

    Raises:
        ModelError: The folder cannot be written to. What was in use before still is.
    """
    text = card.to_json()
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    home = folder()
    path = home / f"scorecard-{sha256[:12]}.json"
    record = {
        "scorecard": path.name,
        "sha256": sha256,
        "shipped_sha256": SCORECARD_SHA256,
        "about": dict(about),
    }
    try:
        private_folder(home)
        write_whole(path, text.encode())
        write_whole(home / RECORD, (json.dumps(record, indent=1, ensure_ascii=False) + "\n").encode())
        for earlier in _scorecards(home):
            if earlier != path:
                earlier.unlink(missing_ok=True)
    except OSError as error:
        raise ModelError(
            f"{error.filename or home}: cannot be written ({error.strerror}). The model in use has not changed. Free the "
            f"place, or name another folder in {HOME}."
        ) from error
    return path


def reset() -> bool:
    """Remove the adapted scorecard, whatever its state; the shipped one is then in use.

    Returns:
        Whether there was one.

    Raises:
        ModelError: A file cannot be removed.
    """
    home = folder()
    # The record goes first: without it no scorecard is in use.
    files = [file for file in (home / RECORD, *_scorecards(home)) if file.exists()]
    try:
        for file in files:
            file.unlink()
    except OSError as error:
        raise ModelError(f"{error.filename}: cannot be removed ({error.strerror}). Close it and run again.") from error
    return bool(files)


def _status(record: Path) -> Status:
    try:
        table = json.loads(record.read_text(encoding="utf-8"))
        about = {str(name): str(value) for name, value in table["about"].items()}
        # Only a plain name counts: a record that points elsewhere has been tampered with.
        path = record.with_name(Path(table["scorecard"]).name)
        return Status(path=path, sha256=table["sha256"], shipped_sha256=table["shipped_sha256"], about=about)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ScorecardError(f"{record.name}: the record of the adapted model cannot be read. {RESET}.") from error


def _scorecards(home: Path) -> list[Path]:
    return sorted(home.glob("scorecard-*.json"))


def _state(path: Path) -> FileState | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one step: its reader finds the earlier content or the new, never a part.

    Example:
        >>> with tempfile.TemporaryDirectory() as place:
        ...     write_whole(Path(place, "kept.txt"), b"whole")
        ...     Path(place, "kept.txt").read_bytes()
        b'whole'
    """
    descriptor, draft = tempfile.mkstemp(prefix=".markbook-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise


def private_folder(folder: Path) -> Path:
    """Make a folder that its owner alone can look into, where the system knows such permissions; one that is there stays as it is.

    Raises:
        OSError: It cannot be made.

    Example:
        >>> with tempfile.TemporaryDirectory() as place:
        ...     private_folder(Path(place, "maths-markbook", "drafts")).is_dir()
        True
    """
    for missing in reversed([place for place in (folder, *folder.parents) if not place.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)
    folder.mkdir(exist_ok=True)  # a file of that name is told as such
    return folder


def hold(file: IO[bytes]) -> None:
    """Hold a file for this process alone; the system lets it go when the process ends, however it ends.

    Raises:
        PermissionError: Another process holds it.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryFile() as file:
        ...     hold(file)
    """
    # One of the two modules is on each system, and neither in a browser.
    if sys.platform == "win32":
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        return
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise PermissionError(*error.args) from error
    except OSError:
        return  # some shared folders know no locks
