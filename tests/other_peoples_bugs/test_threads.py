"""Every kind of bug that people have told of other tools is tried on this one, and none applies."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.other_peoples_bugs.table import threads
from tests.other_peoples_bugs.trials import TRIALS

THREADS = tuple(threads())
RIGHT = {thread.how: thread.right for thread in THREADS}
WITHOUT_THREAD = {
    **{how: "as the plain class" for how in TRIALS if how.startswith(("spelled: ", "written by "))},
    **{how: "opened whole" for how in TRIALS if how.startswith("read by ")},
    "a mark with a space without width": " (0)",
    "a mark with a no-break space": " (0)",
    "an error for a target": "Target: #REF!. Mend the target's formula or enter it.",
    "a formula for one row": "as in the class",
}
"""Trials that no line of the table names, with what is right."""


def test_a_hundred_threads_each_told_once() -> None:
    assert len(THREADS) >= 100
    assert len({thread.told_at for thread in THREADS}) == len(THREADS)
    assert all(thread.told_at.startswith("https://") and thread.kind for thread in THREADS)
    assert {thread.how for thread in THREADS} <= set(TRIALS)
    assert len({(thread.how, thread.right) for thread in THREADS}) == len(RIGHT), "one trial has one right answer"


@pytest.mark.parametrize("how", TRIALS)
def test_it_does_not_apply_here(how: str, tmp_path: Path) -> None:
    assert TRIALS[how](tmp_path) == {**WITHOUT_THREAD, **RIGHT}[how]
