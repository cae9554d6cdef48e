"""Libraries of the extras that some tests need: found, or the test is skipped with a reason; see `tests.tools.missing`."""

from __future__ import annotations

import importlib.util

from tests.tools import missing


def needed_library(name: str) -> None:
    """Go on only where a library is installed."""
    if importlib.util.find_spec(name) is None:
        missing(f"{name} is not installed (pip install 'maths-markbook[dev]')")
