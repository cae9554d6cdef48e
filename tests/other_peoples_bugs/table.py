"""The threads, and what came of trying each."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

THREADS = Path(__file__).with_name("threads.csv")


@dataclass(frozen=True)
class Thread:
    """One thread: where it was told, what kind of bug it is, the trial, and the trial's right answer."""

    told_at: str
    kind: str
    how: str
    right: str


def threads() -> Iterator[Thread]:
    """Every line of threads.csv."""
    with THREADS.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            yield Thread(line["told at"], line["kind"], line["how tried"], line["right"])
