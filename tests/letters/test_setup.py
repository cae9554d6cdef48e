"""The settings of letters on the sheet Setup: the template has them, and the contact is never taken for a colleague."""

from __future__ import annotations

from pathlib import Path

from addin.hosts.closed_file import ClosedFile
from addin.letters.compose import compose
from addin.mail.message import addresses_in
from addin.reading.grid import Book, Sheet
from templates.build import class_workbook
from tests.letters.samples import TODAY, whole_text


def test_the_template_has_the_settings(tmp_path: Path) -> None:
    path = tmp_path / "class.xlsx"
    class_workbook(path, students=20, seed=3)
    composed = compose(ClosedFile(path, output=path).read(), today=TODAY)
    assert "the maths office, 01632 960123 or maths@school.example" in whole_text(composed.letters[0])
    assert composed.wording.language == "en"


def test_the_contact_for_families_is_no_reader_of_the_markbook() -> None:
    contact, colleague = "office@school.example", "head@school.example"
    rows = (("Contact for families", contact), ("Colleagues' mail", colleague))
    setup = Sheet(name="Setup", rows=rows)
    assert addresses_in(Book(sheets=(setup,), names={"letter_contact": contact})) == (colleague,)
    both = Sheet(name="Setup", rows=(*rows, ("", contact)))
    assert addresses_in(Book(sheets=(both,), names={"letter_contact": contact})) == (colleague, contact)
