"""At the end of the tests: how many worked numbers of activities, and how many generated questions, were checked."""

from __future__ import annotations

import pytest

WORKED_NUMBERS, QUESTIONS = "worked numbers of activities", "generated questions"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was checked."""
    counts = dict.fromkeys((WORKED_NUMBERS, QUESTIONS), 0)
    for report in terminalreporter.stats.get("passed", []):
        for name, value in getattr(report, "user_properties", ()):
            if name in counts:
                counts[name] += value
    if any(counts.values()):
        terminalreporter.section("worked out again, exactly")
        for name, count in counts.items():
            terminalreporter.write_line(f"{count:,} {name}")
