"""Our tables beside those of rich, a library that draws tables for terminals."""

from __future__ import annotations

import io

import click
import pytest
import rich.table
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from addin.cli.tell.table import LEAST, Styled, Table, folded, signs_of

WORDS = st.lists(st.text("abcdefgh%;", min_size=1, max_size=9), max_size=14).map(" ".join)
ROWS = st.lists(st.tuples(st.integers(0, 100).map(str), WORDS, WORDS), min_size=1, max_size=5)


def ours(rows: list[tuple[str, str, str]], width: int) -> list[str]:
    table = Table(title="Y9")
    table.add_column("Priority", right=True)
    table.add_columns("Why", "Topics")
    for row in rows:
        table.add_row(*row)
    return [click.unstyle(line).rstrip() for line in table.lines(width)]


def theirs(rows: list[tuple[str, str, str]], width: int) -> list[str]:
    table = rich.table.Table(title="Y9", title_justify="left")
    table.add_column("Priority", justify="right")
    for heading in ("Why", "Topics"):
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*map(rich.text.Text, row))
    told = io.StringIO()
    Console(file=told, width=width, color_system=None, highlight=False).print(table)
    return [line.rstrip() for line in told.getvalue().splitlines()]


@given(rows=ROWS)
def test_what_fits_looks_as_rich_draws_it(rows: list[tuple[str, str, str]]) -> None:
    assert ours(rows, 400) == theirs(rows, 400)


@given(words=WORDS, short=st.sampled_from(["Angles", "Ratio, Surds"]), width=st.integers(50, 120))
def test_one_long_column_is_folded_as_rich_folds_it(words: str, short: str, width: int) -> None:
    rows = [("7", words, short)]
    assert ours(rows, width) == theirs(rows, width)


@given(rows=ROWS, width=st.integers(24, 120))
def test_no_line_is_wider_than_the_terminal_and_no_word_is_lost(rows: list[tuple[str, str, str]], width: int) -> None:
    lines = ours(rows, width)
    widest = max(map(signs_of, lines))
    assert widest <= max(width, 3 * LEAST + 10)
    for place in range(3):
        cells = "".join(line.split("│")[place + 1].strip() for line in lines if line.startswith("│"))
        assert cells.replace(" ", "") == "".join(row[place] for row in rows).replace(" ", "")


@pytest.mark.parametrize("text", ["Ova \x1b[31mZarrin", "Ova\rZarrin", "Ova\u202eZarrin"])
def test_what_would_steer_the_terminal_is_left_out(text: str) -> None:
    assert all(sign.isprintable() for line in folded(text, 20) for sign in line)


def test_wide_signs_take_two_places() -> None:
    lines = ours([("1", "王芳", "Angles"), ("2", "Ova", "Angles")], 80)
    assert len({signs_of(line) for line in lines[1:]}) == 1
    assert folded("王芳王芳", 4) == ["王芳", "王芳"]


def test_a_terminal_without_the_signs_gets_plain_lines() -> None:
    table = Table()
    table.add_columns("Flag")
    table.add_row("High")
    assert next(table.lines(80, encoding="cp1252")) == "+------+"


def test_looks_are_of_the_text_alone() -> None:
    table = Table()
    table.add_columns("Flag")
    table.add_row(Styled("High", {"fg": 9}))
    (line,) = [line for line in table.lines(80) if "High" in line]
    assert line == f"│ {click.style('High', fg=9)} │"
