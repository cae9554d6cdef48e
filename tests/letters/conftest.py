"""Every test has a data folder of its own, so that nobody's edited wording changes what is tested."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(autouse=True, scope="session")
def nobodys_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The same for what is made once for several tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MARKBOOK_HOME", str(tmp_path_factory.mktemp("nobodys-home")))
        yield


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's data folder."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("MARKBOOK_HOME", str(folder))
    return folder
