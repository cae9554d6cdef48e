"""Packs for everybody who reads: the web page and the Word document of both prints."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from addin.packs.compose import packs_of
from addin.packs.pack import Pack
from addin.packs.page import pack_page
from addin.packs.word import pack_document
from addin.reading.grid import Book
from tests.everybody import word
from tests.everybody.page import problems
from tests.everybody.read_out import read_out
from tests.report.printed import TODAY, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PRINTS = pytest.mark.parametrize("easy_to_read", [False, True], ids=["usual", "easy to read"])


@pytest.fixture(scope="module")
def pack(full_book: Book) -> Pack:
    """The first pack with work for students, two of them."""
    pack = next(pack for pack in packs_of(full_book, today=TODAY, home=True).packs if pack.sets)
    return replace(pack, seats=pack.seats[:2])


@PRINTS
def test_the_page(chromium: Browser, pack: Pack, page_file: Path, easy_to_read: bool) -> None:
    page_file.write_text(pack_page(pack, class_name="9K", easy_to_read=easy_to_read), encoding="utf-8")
    assert problems(chromium, page_file) == []


def test_every_page_of_a_pack_begins_with_a_heading_and_formulas_are_mathematics(
    chromium: Browser, pack: Pack, page_file: Path
) -> None:
    with opened(chromium, pack_page(pack, class_name="9K"), page_file) as shown:
        firsts = shown.page.evaluate(
            "() => [...document.querySelectorAll('section')].map((e) => e.firstElementChild.tagName)"
        )
        roles = Counter(node["role"] for node in read_out(shown.page) if not node["passed over"])
    assert set(firsts) == {"H1"}
    assert roles["MathMLMath"] > 20
    assert roles["MathMLFraction"] > 5


@PRINTS
def test_the_document(pack: Pack, easy_to_read: bool) -> None:
    assert word.problems(pack_document(pack, class_name="9K", easy_to_read=easy_to_read)) == []


def test_the_document_keeps_its_parts_as_a_tagged_pdf(pack: Pack, tmp_path: Path) -> None:
    path = tmp_path / "pack.docx"
    path.write_bytes(pack_document(pack, class_name="9K"))
    parts = Counter(word.tagged(tmp_path, [path])["pack.docx"])
    asked = sum(len((*s.starter, *s.practice, *s.exit_ticket)) for s in pack.sets)
    assert parts["TH"] == 5, "the register's headings"
    assert parts["H1"] > 1 + len(pack.seats)
    assert parts["LI"] > 2 * asked, "questions and answers are lists"
    assert parts["Formula"] > asked
