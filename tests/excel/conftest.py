"""The add-in file, built once for all tests that read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from addin.desktop import xlam
from tests.libraries import needed_library


@pytest.fixture(scope="session")
def addin_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The add-in as it is for Windows."""
    needed_library("pyopenvba")
    path = tmp_path_factory.mktemp("addin") / "markbook.xlam"
    xlam.build(path)
    return path
