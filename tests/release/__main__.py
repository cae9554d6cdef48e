"""Is it ready to release? Builds it twice, installs it into fresh environments, tries it there, and prints what was found.

    python -m tests.release [--dist FOLDER]    everything below, the built archives and lists of dependencies left in FOLDER
    python -m tests.release --sizes            measures the core and each extra into tools/installed.csv
    python -m tests.release --golden           takes what this program does now for what is right (tests/release/golden.json)

1. Two builds, in different folders, with other dates and another umask, give the same bytes; twine finds nothing to mend in them,
   and the wheel holds the program alone.
2. The core brings at most twelve packages, and does a teacher's main job (tests/release/job.py) on Python 3.11, 3.12 and 3.13, with
   the lowest versions that setup.cfg allows and with the newest: the same answers everywhere. A Python that is not there is passed
   over with a word, or is a fault where MARKBOOK_REQUIRE_ALL=1.
3. What the core lacks it tells in one sentence with the command that installs it, for each extra.
4. Lists of dependencies with a licence for each (tools/dependencies.py).
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from tests.release import archives, missing_extras
from tests.release.environments import LOWEST, NEWEST, PYTHONS, Environment, installed, python_of
from tests.tools import ROOT
from tools import dependencies

HERE = Path(__file__).parent
GOLDEN = HERE / "golden.json"
MOST_PACKAGES = 12


def main() -> int:
    """Do what is asked; 1 where something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.release", description=__doc__)
    parser.add_argument("--dist", type=Path, help="where the archives and lists go")
    parser.add_argument("--sizes", action="store_true", help="measure the core and each extra")
    parser.add_argument("--golden", action="store_true", help="take this program's answers for right")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if asked.golden:
            own = Environment(python=Path(sys.executable), seconds=0.0)
            GOLDEN.write_text(_job(own, folder, PYTHONPATH=str(ROOT)).stdout, encoding="utf-8", newline="\n")
            return 0
        dist = asked.dist or folder / "dist"
        faults = list(archives.faults(folder, dist))
        wheel = next(dist.glob("*.whl"), None)
        if wheel is None:
            faults.append("there is no wheel to try")
        elif asked.sizes:
            _measure(wheel, folder)
        else:
            faults += _matrix(wheel, folder)
            faults += dependencies.licence_faults()
            faults += dependencies.write_listings(dist / "dependencies")
            _say(f"{len(dependencies.SETS)} lists of dependencies in CycloneDX, a licence for each package")
    for fault in faults:
        _say(f"FAULT: {fault}")
    _say(f"ready to release: {'no' if faults else 'yes'}")
    return 1 if faults else 0


def _matrix(wheel: Path, folder: Path) -> Iterator[str]:
    """Print the table of Pythons and versions; what is wrong."""
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    _say(f"{'Python':8}{'versions':16}{'packages':>9}{'install s':>10}{'job s':>7}  results")
    for version in PYTHONS:
        python = python_of(version)
        if python is None:
            _say(f"{version:8}passed over: there is no Python {version} here")
            if os.environ.get("MARKBOOK_REQUIRE_ALL") == "1":
                yield f"there is no Python {version} on PATH or among pyenv's"
            continue
        for resolution in (LOWEST, NEWEST):
            place = folder / f"{version}-{resolution}"
            place.mkdir()
            tried = installed(wheel, place / "environment", python=python, resolution=resolution)
            packages, begun = tried.packages(), perf_counter()
            done = _job(tried, place)
            differing = _differing(done, golden)
            told = "as golden" if not differing else f"differ: {', '.join(differing)}"
            figures = f"{len(packages):9}{tried.seconds:10.1f}{perf_counter() - begun:7.1f}"
            _say(f"{version:8}{'lowest' if resolution == LOWEST else 'newest':16}{figures}  {told}")
            if differing:
                yield f"Python {version}, {resolution}: {told} {done.stderr.strip()[-500:]}"
            if len(packages) > MOST_PACKAGES:
                yield f"the core brings {len(packages)} packages, at most {MOST_PACKAGES} are wanted: {', '.join(packages)}"
            if resolution == NEWEST and version == PYTHONS[0] and not differing:
                wrong = list(missing_extras.faults(tried, place / "job"))
                _say(
                    f"{'':8}{len(missing_extras.EVERY)} extras that are missing, told with their commands: {not wrong}"
                )
                yield from wrong


def _job(tried: Environment, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return tried.run(HERE / "job.py", folder / "job", folder=folder, **variables)


def _differing(done: subprocess.CompletedProcess[str], golden: dict[str, object]) -> list[str]:
    """The tasks whose results are not those that are right."""
    if done.returncode:
        return ["the job ended with a fault"]
    found = json.loads(done.stdout)
    return [name for name in {**golden, **found} if golden.get(name) != found.get(name)]


def _measure(wheel: Path, folder: Path) -> None:
    """Install the core, each extra and all of them, each by itself, and write down what that comes to."""
    _say("the core by pip, nothing downloaded before")
    subprocess.run([sys.executable, "-m", "venv", folder / "pip"], check=True)
    begun = perf_counter()
    pip = [folder / "pip" / "bin" / "python", "-m", "pip", "install", "--quiet", "--no-cache-dir", wheel]
    subprocess.run(pip, check=True)
    seconds = perf_counter() - begun
    rows = []
    for name in (*dependencies.SETS, "all"):
        extras = "" if name == dependencies.CORE else name
        tried = installed(wheel, folder / name, python=Path(sys.executable), extras=extras)
        rows.append([name, len(tried.packages()), round(tried.megabytes()), "", ""])
        _say(f"{name:10}{rows[-1][1]:5} packages{rows[-1][2]:6} MB")
    rows[0][3:] = [round(seconds), f"Python {sys.version_info[0]}.{sys.version_info[1]}"]
    with dependencies.MEASURED.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([["set", "packages", "megabytes", "seconds", "python"], *rows])


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
