"""What holds for every test: none reads or writes the data folder of whoever runs them."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def markbook_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder of the test's own, where an adapted model would be kept."""
    home = tmp_path_factory.mktemp("markbook-home")
    monkeypatch.setenv("MARKBOOK_HOME", str(home))
    return home
