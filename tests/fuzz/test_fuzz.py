"""A bounded share of the campaign: the same tries every time, and no fault among them."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.excel.server_process import needed_server
from tests.fuzz.campaign import Kind, Tally, attempt, campaign
from tests.fuzz.choices import Choices, shrunk
from tests.fuzz.kinds import KINDS

TRIES = {
    "grids": 100, "functions": 200, "exports": 100, "own sheets": 40, "zips": 25,
    "xml": 25, "cells": 25, "commands": 12, "routes": 25,
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_no_fault_in_a_share_of_the_campaign(kind: Kind) -> None:
    if kind.name == "routes":
        needed_server()
    tally = campaign(kind, TRIES[kind.name], seed="suite")
    assert {fault.seed: fault.told for fault in tally.faults.values()} == {}
    assert (tally.tries, tally.faulty) == (TRIES[kind.name], 0)
    assert tally.well
    assert tally.refused


def one(attempt: Callable[[Choices, Path], bool], *, patience: float = 5.0) -> Kind:
    def begin(home: Path, stack: ExitStack) -> Callable[[Choices, Path], bool]:
        return attempt

    return Kind(name="one", about="for the tests of the campaign", share=1, begin=begin, patience=patience)


def tried(attempt: Callable[[Choices, Path], bool], *, patience: float = 5.0) -> Tally:
    return campaign(one(attempt, patience=patience), 4, seed="x")


def test_a_fault_is_counted_once_with_its_seed_and_its_smallest_case(tmp_path: Path) -> None:
    def fails_on_large(choices: Choices, folder: Path) -> bool:
        numbers = [choices.randrange(100) for _ in range(20)]
        assert max(numbers) < 50, "large"
        return True

    tally = tried(fails_on_large)
    assert (tally.tries, tally.faulty, len(tally.faults)) == (4, 4, 1)
    (fault,) = tally.faults.values()
    assert (fault.seed, "large" in fault.told) == ("one x 0", True)
    assert sum(number != 0 for number in fault.choices) == 1
    assert attempt(one(fails_on_large), fails_on_large, fault.seed, tmp_path)[0] == "fault"


def test_what_hangs_is_a_fault_and_the_rest_goes_on() -> None:
    def hangs_once(choices: Choices, folder: Path) -> bool:
        if (folder.parent / "hung").exists():
            return True
        (folder.parent / "hung").touch()
        while True:
            pass

    tally = tried(hangs_once, patience=0.2)
    assert (tally.tries, tally.faulty, tally.well) == (4, 1, 3)
    assert all(what.startswith("hangs") for what in tally.faults)


def test_what_takes_all_memory_or_ends_the_process_is_a_fault() -> None:
    def takes_all(choices: Choices, folder: Path) -> bool:
        return bool(bytearray(10**11))

    def dies(choices: Choices, folder: Path) -> bool:
        os._exit(3)

    assert all(what.startswith("MemoryError") for what in tried(takes_all).faults)
    ended = tried(dies)
    assert (ended.tries, list(ended.faults)) == (4, ["the process dies"])


def test_shrinking_keeps_what_fails() -> None:
    assert shrunk([9, 8, 7, 6], lambda numbers: 7 in numbers) == [7]
