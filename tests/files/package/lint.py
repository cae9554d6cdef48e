"""The package's lint as a list, which tests compare with an empty one."""

from __future__ import annotations

from pathlib import Path

from addin.files.package import lint as package_lint


def lint(path: Path) -> list[str]:
    """Every reason that Excel would have to repair the file; empty for a sound one."""
    return list(package_lint.lint(path))
