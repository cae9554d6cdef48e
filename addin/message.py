"""The message that carries a marked markbook: subject, body and attachment, composed and nothing more.

The subject names no student, the body counts flags and says who decides; the attachment is made from values
(addin/values_copy.py). `outbox.py` keeps or delivers what is composed here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from importlib import resources
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from addin.errors import RequestProblem
from addin.grid import Book, as_text
from addin.markbook import Markbook, read_markbook
from addin.values_copy import values_copy
from model.vocabulary import Flag

_ATOM, _LABEL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+", r"[A-Za-z0-9-]+"
_ADDRESS = re.compile(rf"{_ATOM}(\.{_ATOM})*@{_LABEL}(\.{_LABEL})+")
"""A plain address of RFC 5322: no comments, quotes or encoded words, in which headers could hide."""


def compose(
    book: Book, *, to: Sequence[str], source: str, sheet: str | None = None, today: date | None = None
) -> EmailMessage:
    """A message with a values-only copy of the marked markbook attached.

    Args:
        book: The marked book.
        to: Addresses of colleagues.
        source: Name of the marked file; the attachment is called after it, as .xlsx.
        sheet: Name of the sheet; left out, it is found.
        today: The date in the subject; left out, today's.

    Raises:
        RequestProblem: An address is not one.
        SheetProblem: The sheet has no results, or cannot be read.
    """
    recipients = tuple(_address(address) for address in to)
    markbook = read_markbook(book, sheet=sheet)
    attachment = values_copy(book, markbook)
    day = today or date.today()
    name = as_text(book.names.get("class_name")) or markbook.sheet
    facts = {
        "class_name": name,
        "day": f"{day.day} {day:%B %Y}",
        "counts": _counts(book, markbook),
        "students": len(markbook.students),
        "queries": len(markbook.queries),
        "half_term": markbook.cohort.half_term,
    }
    message = EmailMessage(policy=SMTP)
    message["To"] = recipients
    message["Subject"] = f"Maths markbook {name}, {facts['day']}"
    message.set_content(_render("message.txt.j2", facts))
    message.add_alternative(_render("message.html.j2", facts), subtype="html")
    message.add_attachment(
        attachment,
        maintype="application",
        subtype="vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        filename=f"{Path(source).stem}.xlsx",
    )
    return message


def addresses_in(book: Book) -> tuple[str, ...]:
    """The mail addresses on the sheet `Setup`, in their order, each once.

    Example:
        >>> from addin.grid import Sheet
        >>> addresses_in(Book(sheets=(Sheet(name="Setup", rows=(("Colleagues", "head@school.example"),)),)))
        ('head@school.example',)
    """
    sheet = book.sheet("Setup")
    texts = (as_text(cell) for row in (sheet.rows if sheet else ()) for cell in row)
    return tuple(dict.fromkeys(text for text in texts if _is_address(text)))


def _counts(book: Book, markbook: Markbook) -> dict[str, int]:
    sheet = book.sheet(markbook.sheet)
    flags = Counter(
        as_text(sheet.cell(student.row, markbook.results["Flag"])) if sheet else "" for student in markbook.students
    )
    return {flag.value: flags[flag.value] for flag in Flag}


def _is_address(text: str) -> bool:
    return _ADDRESS.fullmatch(text) is not None and "=?" not in text


def _address(text: str) -> Address:
    if not _is_address(text):
        raise RequestProblem(f"{text!r} is not a mail address. Give one such as head@school.example.")
    return Address(addr_spec=text)


def _render(template: str, facts: dict[str, object]) -> str:
    environment = Environment(
        loader=FileSystemLoader(str(resources.files("templates"))),
        autoescape=select_autoescape(enabled_extensions=("html.j2",)),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(template).render(facts)
