"""Where a result goes: the kind of file that it keeps, and a dated copy of what it is about to replace."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from addin.errors import RequestProblem, WriteFailed


def keep_backup(target: Path) -> Path:
    """Copy a file beside itself, today's date in its name; the first copy of a day keeps the plain date.

    Raises:
        WriteFailed: The disk or folder does not allow it.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     target = Path(folder) / "class.xlsx"
        ...     _ = target.write_bytes(b"1")
        ...     keep_backup(target).read_bytes(), keep_backup(target).stem.endswith("-2")
        (b'1', True)
    """
    day = datetime.now().strftime("%Y-%m-%d")
    place = target.with_name(f"{target.stem}.backup-{day}{target.suffix}")
    number = 2
    while place.exists():
        place = target.with_name(f"{target.stem}.backup-{day}-{number}{target.suffix}")
        number += 1
    try:
        shutil.copy2(target, place)
    except OSError as error:
        raise WriteFailed(
            f"{target.name}: no backup could be kept ({error.strerror}). Nothing was written. Free some space, or choose "
            "another output with -o."
        ) from error
    return place


def check_ending(source: Path, target: Path) -> None:
    """Refuse a result of another kind than its source: .xlsx stays .xlsx, .xlsm stays .xlsm.

    Raises:
        RequestProblem: The endings differ.

    Example:
        >>> check_ending(Path("class.xlsm"), Path("class.marked.XLSM"))
    """
    if source.suffix and target.suffix.lower() != source.suffix.lower():
        raise RequestProblem(
            f"{target.name}: the result keeps the kind of {source.name}. Give a name that ends in {source.suffix}."
        )


def with_name(path: Path) -> Path:
    """The path, spelled so that it has a name: "." has none that a result could be called after.

    Example:
        >>> with_name(Path("class.xlsx")).name, bool(with_name(Path(".")).name)
        ('class.xlsx', True)
    """
    return path if path.name else path.resolve()
