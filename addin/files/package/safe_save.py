"""Putting a finished file in its place: whole or not at all, and not under the hands of someone who has it open."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from addin.errors import FileInUse, WriteFailed

_PREFIX = ".writing-"
_OLD = 600  # seconds; a write takes a few


@dataclass(frozen=True)
class Fingerprint:
    """What tells one state of a file from another."""

    size: int
    modified: int
    sha256: str

    @classmethod
    def of(cls, path: Path) -> Fingerprint:
        """The fingerprint of a file now, or OSError."""
        state = path.stat()
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256")
        return cls(state.st_size, state.st_mtime_ns, digest.hexdigest())


def refuse_open_elsewhere(target: Path) -> None:
    """Refuse, as FileInUse, what Excel or LibreOffice has open; both leave a small file beside it meanwhile."""
    for mark, program in ((f"~${target.name}", "Excel"), (f".~lock.{target.name}#", "LibreOffice")):
        if (target.parent / mark).exists():
            raise FileInUse(
                f"{target.name}: the file is open in {program}. Close it and run again; "
                f"if it is not open, delete the leftover file {mark} beside it."
            )


def save_whole(
    target: Path,
    content: bytes,
    *,
    mode_of: Path,
    verify: Callable[[Path], None],
    last_check: Callable[[], None],
) -> None:
    """Write beside the target, force it to the disk, verify it, and only then let it take the target's place.

    Whatever goes wrong, the target is what it was and nothing is left over. A link is followed and stays a link.
    `mode_of` lends its mode to a target that does not exist yet. `verify`, with the finished file, and `last_check`, just before
    the replacement, raise to discard it; WriteFailed says that the disk or folder does not allow it.
    """
    place = Path(os.path.realpath(target))
    written: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=place.suffix, dir=place.parent)
        written = Path(name)
        with os.fdopen(handle, "wb") as stream:
            _sweep(written)
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        shutil.copymode(place if place.exists() else mode_of, written)
        verify(written)
        last_check()
        os.replace(written, place)
        written = None
        _settle(place.parent)
    except OSError as error:
        reason = error.strerror or str(error)
        raise WriteFailed(
            f"{target.name}: the result was not written: {reason}. Check the folder and its free space, and run again."
        ) from error
    finally:
        if written is not None:
            with suppress(OSError):
                written.unlink()


def _sweep(written: Path) -> None:
    """Take away what a run left that was killed long ago; younger files may belong to one that is still writing.

    Ages are told against a file just made beside them: the folder's clock may be another computer's, and wrong.
    """
    now = written.stat().st_mtime
    for leftover in written.parent.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if now - leftover.stat().st_mtime > _OLD:
                leftover.unlink()


def _settle(folder: Path) -> None:
    """Force the new name to the disk too, where the system lets a folder be opened; Windows does not."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
