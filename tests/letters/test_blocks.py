"""Rendered wording -> blocks: the marks mean what they say, and no fact is ever taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.letters.blocks import Block, Kind, as_fact, blocks_of

FACTS = st.text(st.characters(exclude_categories=("Cs", "Co"))).map(lambda text: " ".join(text.split())).filter(bool)


@pytest.mark.parametrize(
    ("text", "kind", "rows"),
    [
        ("# School", Kind.LETTERHEAD, (("School",),)),
        ("## About", Kind.SUBJECT, (("About",),)),
        ("### Why", Kind.HEADING, (("Why",),)),
        ("- a\n-b", Kind.LIST, (("a",), ("b",))),
        ("| When | Monday |\n| Where | M4 | upstairs |", Kind.TABLE, (("When", "Monday"), ("Where", "M4", "upstairs"))),
        ("> 2 March", Kind.RIGHT, (("2 March",),)),
        ("~ T. Example", Kind.SIGNATURE, (("T. Example",),)),
        ("one\n  two", Kind.PARAGRAPH, (("one two",),)),
    ],
)
def test_marks(text: str, kind: Kind, rows: tuple[tuple[str, ...], ...]) -> None:
    assert blocks_of(text) == (Block(kind=kind, rows=rows),)


def test_a_blank_line_ends_a_block_and_nothing_gives_nothing() -> None:
    assert [block.text for block in blocks_of("a\n\nb\n# c\n# d\n\n\n")] == ["a", "b", "c", "d"]
    assert blocks_of(" \n\n") == ()


@given(fact=FACTS)
def test_a_fact_is_text_wherever_it_stands(fact: str) -> None:
    quoted = as_fact(fact)
    assert as_fact(quoted) == quoted
    for before, kind in (("", Kind.PARAGRAPH), ("# ", Kind.LETTERHEAD), ("- ", Kind.LIST), ("> ", Kind.RIGHT)):
        assert blocks_of(before + quoted) == (Block(kind=kind, rows=((fact,),)),)
    assert blocks_of(f"| a | {quoted} |") == (Block(kind=Kind.TABLE, rows=(("a", fact),)),)
