"""Fresh environments: a Python that this machine has, and the package with what an index gives it, put there by uv."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path
from time import perf_counter
from zipfile import ZipFile

PYTHONS = ("3.11", "3.12", "3.13")
"""The versions that setup.cfg names."""

LOWEST, NEWEST = "lowest-direct", "highest"
"""uv's words for the oldest versions of what the package itself names, and for the newest of everything."""


@dataclass(frozen=True, kw_only=True)
class Environment:
    """An installed package.

    Args:
        python: Its interpreter.
        seconds: What the installing took.
    """

    python: Path
    seconds: float

    def run(self, *arguments: str | Path, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run its Python, with nothing of ours on its path and a data folder of its own."""
        unwanted = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
        kept = {name: value for name, value in os.environ.items() if name not in unwanted}
        kept |= {"MARKBOOK_HOME": str(folder / "home"), "PYTHONIOENCODING": "utf-8", **variables}
        return subprocess.run(
            [self.python, *map(str, arguments)],
            cwd=folder,
            env=kept,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def packages(self) -> dict[str, str]:
        """Name -> version of everything that is installed beside the package itself."""
        told = _uv("pip", "list", "--python", self.python, "--format", "json")
        return {each["name"]: each["version"] for each in json.loads(told) if each["name"] != "maths-markbook"}

    def megabytes(self) -> float:
        """What all of it takes on the disk, in millions of bytes; compiled files, which Python makes as it goes, left out."""
        (site,) = self.python.parents[1].glob("lib/python*/site-packages")
        files = (path for path in site.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        return sum(path.stat().st_size for path in files) / 1e6


def python_of(version: str) -> Path | None:
    """An interpreter of a version such as 3.12: this one, one on PATH, or one that pyenv keeps; None where there is none."""
    if version == ".".join(map(str, sys.version_info[:2])):
        return Path(sys.executable)
    found = [shutil.which(f"python{version}")]
    if shutil.which("pyenv"):
        root = subprocess.run(["pyenv", "root"], capture_output=True, text=True, check=False).stdout.strip()
        found += map(str, sorted(Path(root, "versions").glob(f"{version}.*/bin/python")))
    for each in filter(None, found):
        told = subprocess.run([each, "--version"], capture_output=True, text=True, check=False)
        if told.returncode == 0 and told.stdout.startswith(f"Python {version}."):
            return Path(each)
    return None


def installed(wheel: Path, folder: Path, *, python: Path, extras: str = "", resolution: str = NEWEST) -> Environment:
    """An environment in a new folder with the wheel, the extras and what both need.

    Args:
        extras: Names with commas between them.
        resolution: `LOWEST` or `NEWEST`.
    """
    _uv("venv", "--quiet", "--python", python, folder)
    own = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wanted = [f"maths-markbook{f'[{extras}]' if extras else ''} @ {wheel.resolve().as_uri()}"]
    if resolution == LOWEST:  # which uv takes of what is named here, not of what the wheel names
        wanted += named_by(wheel)
    begun = perf_counter()
    _uv("pip", "install", "--quiet", "--only-binary", ":all:", "--python", own, "--resolution", resolution, *wanted)
    return Environment(python=own, seconds=perf_counter() - begun)


def named_by(wheel: Path) -> list[str]:
    """What a wheel asks for without any extra, as it stands in its metadata."""
    with ZipFile(wheel) as packed:
        (name,) = (each for each in packed.namelist() if each.endswith(".dist-info/METADATA"))
        told = message_from_bytes(packed.read(name))
    return [each for each in told.get_all("Requires-Dist", []) if "extra ==" not in each]


def index_settings() -> Mapping[str, str]:
    """The index and the certificates that pip uses here, in uv's words."""
    asked = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    ).stdout
    told = dict(line.split("=", 1) for line in asked.splitlines() if "=" in line)
    words = {"index-url": "UV_DEFAULT_INDEX", "cert": "SSL_CERT_FILE"}
    settings = {}
    for name, value in told.items():
        word = words.get(name.rpartition(".")[2])
        if word is not None:
            settings[word] = value.strip("'\"")
    return settings


def _uv(*arguments: str | Path) -> str:
    """Run uv; its errors are shown and end the run."""
    environment = {**index_settings(), **os.environ}
    environment.pop("VIRTUAL_ENV", None)
    done = subprocess.run(
        [sys.executable, "-m", "uv", *map(str, arguments)], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"uv {' '.join(map(str, arguments))}:\n{done.stderr}")
    return done.stdout
