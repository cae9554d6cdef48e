"""The archives that are published: the same bytes wherever they are built, and nothing in the wheel that does not belong there."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

from tests.release.environments import index_settings
from tests.tools import ROOT

LONG_AGO = 1_000_000_000
"""2001, in seconds since 1970: the date of the files of one of the builds."""

BELONGING = ("addin/", "model/", "templates/", "maths_markbook-")
WANTED = ("addin/py.typed", "model/py.typed", "templates/py.typed", "licenses/LICENSE", "model/risk_model.joblib")


def faults(folder: Path, dist: Path) -> Iterator[str]:
    """Build twice, print the sums, leave the second build's archives in `dist`; what is wrong, a line each.

    Args:
        folder: An empty one to work in.
        dist: Where the archives go.
    """
    sums = []
    for name, umask, date in (("one", 0o022, None), ("another place with a longer name", 0o077, LONG_AGO)):
        sources = folder / name
        _copy(sources, date)
        _build(sources, dist, umask)
        sums.append(
            {
                path.name: hashlib.sha256(path.read_bytes()).hexdigest()
                for path in sorted(dist.iterdir())
                if path.is_file()
            }
        )
    for name, found in sums[-1].items():
        same = sums[0].get(name) == found
        sys.stdout.write(f"{name}: SHA-256 {found}, built twice: {'the same' if same else 'NOT the same'}\n")
        if not same:
            yield f"{name}: two builds of the same sources differ"
    checked = subprocess.run(
        [sys.executable, "-m", "twine", "check", "--strict", *dist.glob("maths_markbook-*")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if checked.returncode:
        yield f"twine check: {checked.stdout}{checked.stderr}"
    for wheel in dist.glob("*.whl"):
        yield from wheel_faults(wheel)


def wheel_faults(wheel: Path) -> Iterator[str]:
    """What a wheel holds and should not, or should and does not."""
    with ZipFile(wheel) as packed:
        names = packed.namelist()
    for name in names:
        parts = Path(name).parts
        if (
            not name.startswith(BELONGING)
            or {"tests", "__pycache__"} & set(parts)
            or parts[-1].startswith((".", "~", "test_"))
        ):
            yield f"{wheel.name} holds {name}"
    yield from (f"{wheel.name} holds no {name}" for name in WANTED if not any(each.endswith(name) for each in names))


def _copy(target: Path, date: int | None) -> None:
    """The files that belong to the project, tracked or about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    for name in filter(None, listed.split("\0")):
        source = ROOT / name
        if source.is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target / name)
            if date is not None:
                os.utime(target / name, (date, date))


def _build(sources: Path, dist: Path, umask: int) -> None:
    """Both archives as a publisher builds them: the wheel from the archive of sources, in environments of their own."""
    environment = {
        **index_settings(),
        **os.environ,
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])),
    }
    environment.pop("PYTHONPATH", None)
    done = subprocess.run(
        [sys.executable, "-m", "build", "--installer", "uv", "--outdir", dist.resolve(), "."],
        cwd=sources, env=environment, umask=umask, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"python -m build:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
