"""Letters for everybody who reads: the web page and the Word document, to the family and to the student."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from addin.letters.blocks import Kind
from addin.letters.word import word_letter
from addin.letters.wording import READERS, Wording
from tests.everybody import word
from tests.everybody.page import problems
from tests.letters.samples import TODAY, longest_facts

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.mark.parametrize("reader", READERS)
def test_the_page(chromium: Browser, tmp_path: Path, reader: str) -> None:
    path = tmp_path / "letter.html"
    path.write_text(Wording().page(Wording().letter(longest_facts(), reader=reader)), encoding="utf-8")
    assert problems(chromium, path) == []


def test_the_document_and_what_becomes_of_it_as_a_tagged_pdf(tmp_path: Path) -> None:
    wanted = {}
    for reader in READERS:
        blocks = Wording().letter(longest_facts(), reader=reader)
        content = word_letter(blocks, language="en", day=TODAY)
        assert word.problems(content) == []
        (tmp_path / f"{reader}.docx").write_bytes(content)
        wanted[f"{reader}.docx"] = {
            "H1": sum(block.kind is Kind.SUBJECT for block in blocks),
            "H2": sum(block.kind is Kind.HEADING for block in blocks),
            "LI": sum(len(block.rows) for block in blocks if block.kind is Kind.LIST),
        }
    made = word.tagged(tmp_path, [tmp_path / name for name in wanted])
    for name, parts in wanted.items():
        counted = Counter(made[name])
        assert {part: counted[part] for part in parts} == parts
        assert not counted["Table"], "pairs of words are no table"
