"""What holds for every test: none reads or writes the data folder of whoever runs them, and each computes on one core.

Tests run side by side, one on each core. Threads of linear algebra would only wait for one another there, which doubles the
processor's time of training; whoever sets these variables keeps what was set.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

# Read when numpy and scikit-learn are first imported, so before any test module, and by the processes that tests start.
for _library in ("OMP", "OPENBLAS"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")


@pytest.fixture(autouse=True)
def markbook_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder of the test's own, where an adapted model would be kept."""
    home = tmp_path_factory.mktemp("markbook-home")
    monkeypatch.setenv("MARKBOOK_HOME", str(home))
    return home
