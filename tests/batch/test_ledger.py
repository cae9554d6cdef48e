"""The ledger: what it remembers, and what it makes of what a killed run or another program has left in it."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from addin.batch.files import LEDGER_NAME
from addin.batch.ledger import Ledger
from addin.batch.task import Outcome, Program
from addin.overview.places import Place
from model.vocabulary import STRANDS, Flag

PROGRAM = Program(version="1.0", scorecard="ab")
FILES = st.text(st.characters(codec=None), min_size=1, max_size=20)


def outcome(file: str, *, students: int = 30) -> Outcome:
    return Outcome(
        file=file,
        place=Place(school="North Road", year="Year 9", class_name="9A"),
        source="a" * 64,
        result="b" * 64,
        students=students,
        counts={flag.value: 3 for flag in Flag},
        needs={strand.value: 4 for strand in STRANDS},
    )


@given(files=st.lists(FILES, max_size=6), cut=st.integers(0, 10_000), rubbish=st.binary(max_size=20))
def test_whatever_is_cut_off_or_added_the_lines_before_it_count(
    tmp_path_factory: object, files: list[str], cut: int, rubbish: bytes
) -> None:
    output: Path = tmp_path_factory.mktemp("ledger")  # type: ignore[attr-defined]
    with Ledger(output) as ledger:
        for place, file in enumerate(files):
            ledger.note(outcome(file, students=place), PROGRAM)
    path = output / LEDGER_NAME
    content = path.read_bytes()[:cut]
    whole = content.count(b"\n")
    path.write_bytes(content + rubbish)
    with Ledger(output) as ledger:
        for file in files:
            last = max((place for place in range(whole) if files[place] == file), default=None)
            assert ledger.told_of(file) == (None if last is None else (outcome(file, students=last), PROGRAM))
        ledger.note(outcome("after.xlsx"), PROGRAM)
        assert ledger.told_of("after.xlsx") == (outcome("after.xlsx"), PROGRAM)
        ledger.tidy([*files, "after.xlsx", "never scored.xlsx"])
    with Ledger(output) as ledger:
        assert ledger.told_of("after.xlsx") is not None
        assert path.read_bytes().count(b"\n") == len({*files[:whole], "after.xlsx"})


def test_the_memory_that_a_workbook_takes_does_not_grow_with_what_is_known_of_it(tmp_path: Path) -> None:
    count = 5_000
    with Ledger(tmp_path) as ledger:
        for number in range(count):
            ledger.note(outcome(f"School {number % 60}/{number}.xlsx"), PROGRAM)
    tracemalloc.start()
    with Ledger(tmp_path) as ledger:
        taken = tracemalloc.get_traced_memory()[0] / count
        assert ledger.told_of("School 0/0.xlsx") is not None
    tracemalloc.stop()
    assert taken < 300, "bytes: a path and a place in the file"
