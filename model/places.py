"""Where a system keeps what a program holds for its user: three customs, so that a browser need load no library for them.

    Windows   %LOCALAPPDATA%, for both
    macOS     ~/Library/Application Support, ~/Library/Caches
    others    ~/.local/share, ~/.cache

Where XDG_DATA_HOME or XDG_CACHE_HOME names a whole path, that holds on macOS and others (XDG Base Directory Specification).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

NAME = "maths-markbook"


def data_folder(system: str = sys.platform) -> Path:
    """The user's data folder of this program; it need not exist.

    Args:
        system: As in `sys.platform`.

    Example:
        >>> from unittest.mock import patch
        >>> with patch.dict(os.environ, {"XDG_DATA_HOME": os.path.abspath("kept")}):
        ...     data_folder("linux").parts[-2:]
        ('kept', 'maths-markbook')
    """
    custom = "Library/Application Support" if system == "darwin" else ".local/share"
    return _folder("XDG_DATA_HOME", custom, system)


def cache_folder(system: str = sys.platform) -> Path:
    """The user's folder for what this program can fetch again; it need not exist.

    Args:
        system: As in `sys.platform`.
    """
    return _folder("XDG_CACHE_HOME", "Library/Caches" if system == "darwin" else ".cache", system)


def _folder(variable: str, custom: str, system: str) -> Path:
    if system == "win32":
        local = os.environ.get("LOCALAPPDATA", "").strip()
        return (Path(local) if local else Path.home() / "AppData" / "Local") / NAME
    named = os.environ.get(variable, "").strip()
    return (Path(named) if os.path.isabs(named) else Path.home() / custom) / NAME
