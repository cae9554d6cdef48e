"""Where data that is never committed is found: MARKBOOK_DATA, else the folder shared/data beside the repository."""

from __future__ import annotations

import os
from pathlib import Path

from tests.tools import ROOT

SHARED = ROOT.parent / "shared" / "data"


def data_folder(name: str) -> Path | None:
    """A folder of the data; None on a machine that has not got it."""
    folder = Path(os.environ.get("MARKBOOK_DATA") or SHARED) / name
    return folder if folder.is_dir() else None
