"""What a screen reader goes by in a Word document, and what LibreOffice tells of it in a tagged PDF."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from tests.everybody.contrast import contrast
from tests.tools import needed

_TYPED_LIST = re.compile(r"\s*(\d+[.)]|[-•*])\s")
_SPACED_OUT = re.compile(r"\S {2,}\S|_{3,}|\.{4,}")


def problems(content: bytes) -> list[str]:
    """What of a Word document is not for everybody: language, title, headings, lists, tables, pictures, contrast, blanks.

    Args:
        content: The document's bytes.
    """
    document = Document(BytesIO(content))
    paragraphs = _paragraphs(document)
    found = []
    languages = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}
    if not languages or None in languages:
        found.append("no language")
    if not document.core_properties.title:
        found.append("no title")
    levels = [int(each.style.name[-1]) for each in paragraphs if each.style.name.startswith("Heading ")]
    if levels[:1] != [1]:
        found.append("the first heading is none of the first level")
    found += [f"a heading {low} follows a heading {high}" for high, low in pairwise(levels) if low > high + 1]
    normal = document.styles["Normal"].font.size
    for level in sorted(set(levels)):
        if document.styles[f"Heading {level}"].font.size < normal:
            found.append(f"headings {level} are smaller than text")
    for each in paragraphs:
        if _TYPED_LIST.match(each.text) and "List" not in each.style.name:
            found.append(f"a list that is only typed: {each.text[:60]}")
        if any(_SPACED_OUT.search(run.text) for run in each.runs):
            found.append(f"blanks, dots or underscores in a row: {each.text[:60]}")
        ratio = contrast(_ink(each), "FFFFFF")
        if each.text.strip() and ratio < 4.5:
            found.append(f"contrast {ratio:.1f}: {each.text[:60]}")
    for table in document.tables:
        first = table.rows[0]._tr.trPr
        if first is None or first.find(qn("w:tblHeader")) is None:
            found.append(f"a table without a row of headings: {table.rows[0].cells[0].text[:60]}")
        if any(True for _ in table._tbl.iter(qn("w:gridSpan"), qn("w:vMerge"))):
            found.append("merged cells")
    for picture in document.element.iter("{*}docPr"):
        if not picture.get("descr"):
            found.append(f"a picture without words: {picture.get('name')}")
    found += ["a text box, which is read out of order"] * len(list(document.element.iter("{*}txbxContent")))
    return found


def _paragraphs(document: DocumentType) -> list[Paragraph]:
    """All paragraphs in reading order, those of tables as well."""
    found = []
    for part in document.iter_inner_content():
        found += (
            [part]
            if isinstance(part, Paragraph)
            else [p for row in part.rows for cell in row.cells for p in cell.paragraphs]
        )
    return found


def _ink(paragraph: Paragraph) -> str:
    """The colour of a paragraph's letters: its first run's, else its style's, else black."""
    fonts = [run.font for run in paragraph.runs[:1]] + [paragraph.style.font]
    return next(
        (str(font.color.rgb) for font in fonts if font.color is not None and font.color.rgb is not None), "000000"
    )


def tagged(folder: Path, documents: Sequence[Path]) -> dict[str, list[str]]:
    """What LibreOffice makes of each document in a tagged PDF: the names of its parts in reading order, by the document's name.

    Args:
        folder: For the PDFs and LibreOffice's profile.
        documents: Read by one LibreOffice, since it takes longest to start.
    """
    office = needed("soffice", remedy="apt-get install libreoffice-writer")
    tool = needed("pdfinfo", remedy="apt-get install poppler-utils")
    asked = 'pdf:writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"}}'
    subprocess.run(
        [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", asked,
         "--outdir", str(folder), *map(str, documents)],
        capture_output=True, check=True, timeout=180,
    )  # fmt: skip
    found = {}
    for each in documents:
        pdf = folder / f"{each.stem}.pdf"
        told = subprocess.run([tool, "-struct", str(pdf)], capture_output=True, text=True, check=True).stdout
        found[each.name] = re.findall(r"^ *([A-Z][A-Za-z0-9]*)(?: \(\w+\))?:?$", told, re.MULTILINE)
    return found
