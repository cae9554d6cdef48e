"""Whether two files are what they were, told by a look at their entries in the folder: size and times, without reading them.

As make, git and rsync do it. What was read and found the same is stamped; while the stamps hold nothing is read again.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

Stamps = tuple[tuple[int, int, int], ...]
"""Size in bytes, and time of the last change of content and of the entry in nanoseconds, of a workbook and of its result."""

COARSE = 2_000_000_000
"""Nanoseconds. The coarsest clock of a file system in use (FAT) counts in two seconds: a workbook that was saved so short before
it was stamped could be saved once more with the same size and time, and is read next time."""


def stamps(source: Path, result: Path) -> Stamps:
    """The stamps of a workbook and its result; none where the workbook was saved only just now.

    Raises:
        OSError: One of them is not there.

    Example:
        >>> import tempfile
        >>> with tempfile.NamedTemporaryFile() as file:
        ...     just_saved = stamps(Path(file.name), Path(file.name))
        ...     os.utime(file.name, ns=(0, 0))
        ...     just_saved, len(stamps(Path(file.name), Path(file.name)))
        ((), 2)
    """
    found = [os.stat(path) for path in (source, result)]
    if time.time_ns() - found[0].st_mtime_ns < COARSE:
        return ()
    return tuple((each.st_size, each.st_mtime_ns, each.st_ctime_ns) for each in found)
