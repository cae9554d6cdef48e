"""All messy markbooks, and how to make them: nothing binary is kept.

python -m tests.messy.make FOLDER
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from tests.messy.case import Messy
from tests.messy.cells import CELLS
from tests.messy.columns import COLUMNS
from tests.messy.mixtures import MIXTURES, TWELVE
from tests.messy.people import PEOPLE
from tests.messy.tables import TABLES

ALL: tuple[Messy, ...] = (*TABLES, *COLUMNS, *CELLS, *PEOPLE, *MIXTURES)


def make_all(folder: Path) -> dict[str, Path]:
    """Make every messy markbook in a folder; name -> file."""
    return {messy.name: messy.write(folder) for messy in ALL}


def twelve_troubles(path: Path) -> Path:
    """A markbook with twelve troubles in twelve cells, at a path of the caller's."""
    made = TWELVE.write(path.parent)
    return path if made == path else Path(shutil.move(made, path))


if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "messy")
    target.mkdir(parents=True, exist_ok=True)
    sys.stdout.write(f"{len(make_all(target))} messy markbooks in {target}\n")
