"""Outside tools that some tests need: found, or the test is skipped with a reason; with MARKBOOK_REQUIRE_ALL=1 it fails instead."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).parent.parent


def import_path(*before: Path) -> str:
    """PYTHONPATH for a process that runs our modules: these folders, the project, and what was on the path already."""
    return os.pathsep.join(filter(None, (*map(str, before), str(ROOT), os.environ.get("PYTHONPATH"))))


def needed(tool: str, *, remedy: str) -> str:
    """The path of a tool on PATH or among the project's own (.ci/tools)."""
    own = ROOT / ".ci" / "tools" / "node_modules" / ".bin" / tool
    path = str(own) if own.exists() else shutil.which(tool)
    if path is None:
        missing(f"{tool} is not installed ({remedy})")
    return path


def needed_modules(*names: str) -> Path:
    """The folder of the project's own modules for Node, which must hold these, beside Node itself."""
    needed("node", remedy="install Node 18 or later")
    modules = ROOT / ".ci" / "tools" / "node_modules"
    for name in names:
        if not (modules / name).is_dir():
            missing(f"{name} is not installed (npm install --prefix .ci/tools {name})")
    return modules


def npm_file(package: str, file: str) -> Path:
    """A file of an npm package, from the project's own tools or beside an npm tool on PATH."""
    folders = [ROOT / ".ci" / "tools" / "node_modules"]
    folders += [Path(part).parent for part in os.environ.get("PATH", "").split(os.pathsep) if part.endswith(".bin")]
    for folder in folders:
        if (folder / package / file).is_file():
            return folder / package / file
    missing(f"{package} is not installed (npm install --prefix .ci/tools {package})")


def missing(reason: str) -> NoReturn:
    """Skip, or fail where nothing may be missing."""
    if os.environ.get("MARKBOOK_REQUIRE_ALL") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
