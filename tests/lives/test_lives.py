"""A bounded share of the lives keeps every promise, and the machine finds faults that are put into the program."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.lives.faults import FAULTS, Fault
from tests.lives.machine import RULES, found, live
from tests.lives.promises import PROMISES

pytestmark = pytest.mark.usefixtures("own_home")

STEPS, SEED = 200, 7
"""A quarter of a minute on two cores; `python -m tests.lives` takes ten thousand."""

FOUND_SOON = FAULTS[:3]
"""The faults that are found within a few steps; `python -m tests.lives --faults` looks for all."""


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARKBOOK_HOME", str(tmp_path / "home"))


def test_every_promise_is_kept() -> None:
    ledger = live(STEPS, seed=SEED)
    assert ledger.broken == []
    assert len([promise for promise in PROMISES if ledger.checked[promise]]) >= len(PROMISES) - 4, (
        "hardly any is not looked at"
    )
    assert len({rule for rule, _ in ledger.steps}) >= len(RULES) - 4
    hosts = Counter[str]()
    for (_, host), count in ledger.steps.items():
        hosts[host] += count
    assert min(hosts[name] for name in ("file", "server", "lite")) > STEPS // 2


@pytest.mark.parametrize("fault", FOUND_SOON, ids=lambda fault: fault.name)
def test_a_fault_is_found(fault: Fault) -> None:
    assert found(fault, steps=120, seed=SEED)
