"""The message that carries a marked markbook: subject, body and attachment, composed and nothing more.

The subject names no student, the body counts flags and queries and says who decides. `outbox.py` keeps, shows or delivers what is
composed here.
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

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from addin.errors import RequestProblem
from addin.mail.attachment import Attachment, of_values
from addin.mail.copied_columns import upns_in, without_upns
from addin.mail.pseudonyms import known_students
from addin.reading.grid import Book, as_text
from addin.reading.markbook import Markbook, read_markbook
from addin.reading.name_forms import NameForms
from addin.results.columns import FLAG_COLOURS
from model.vocabulary import Flag, day_told

COLLEAGUES = "Colleagues' mail"
"""The label in the template's `Setup` (templates/sheets/setup.py; a test compares)."""

LONGEST_CLASS_NAME = 80

MOST_QUERIES = 8
"""Queries in the body; the workbook has them all."""

_POLICY = SMTP.clone(cte_type="7bit")
"""Whatever a server on the way can take."""

_ATOM, _LABEL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+", r"[A-Za-z0-9-]+"
_ADDRESS = re.compile(rf"{_ATOM}(\.{_ATOM})*@{_LABEL}(\.{_LABEL})+")
"""A plain address of RFC 5322: no comments, quotes or encoded words, in which headers could hide."""

_SPREADSHEET = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def compose(
    book: Book,
    *,
    to: Sequence[str],
    source: str,
    sheet: str | None = None,
    attachment: Attachment | None = None,
    today: date | None = None,
) -> EmailMessage:
    """A message about a marked markbook, without sender, date or id: those belong to its sending.

    Args:
        attachment: What is attached; left out, a copy of values called after the source.

    Raises:
        RequestProblem: An address is not one.
        SheetProblem: The sheet has no results, or cannot be read.
    """
    addresses = plain_addresses(to)
    markbook = read_markbook(book, sheet=sheet)
    attachment = attachment or of_values(book, markbook, source=source)
    recipients = tuple(Address(addr_spec=address) for address in addresses)
    day = today or date.today()
    name = _class_name(book, markbook)
    facts = {
        "class_name": name,
        "day": day_told(day),
        "counts": _counts(book, markbook),
        "colours": {flag.value: colours for flag, colours in FLAG_COLOURS.items()},
        "students": len(markbook.students),
        "queries": len(markbook.queries),
        "told": [] if attachment.pseudonymised else _queries_told(book, markbook),
        "half_term": markbook.cohort.half_term,
        "encrypted": attachment.encrypted,
        "pseudonymised": attachment.pseudonymised,
    }
    message = EmailMessage(policy=_POLICY)
    message["To"] = recipients
    message["Subject"] = " ".join(filter(None, ("Maths markbook", name))) + f", {facts['day']}"
    message.set_content(_render("message.txt.j2", facts))
    message.add_alternative(_render("message.html.j2", facts), subtype="html")
    message.add_attachment(attachment.content, maintype="application", subtype=_SPREADSHEET, filename=attachment.name)
    return message


def plain_addresses(texts: Sequence[str]) -> tuple[str, ...]:
    """Mail addresses, each once.

    Raises:
        RequestProblem: One of the texts is no plain address.

    Example:
        >>> plain_addresses(["head@school.example", "Head@School.example"])
        ('head@school.example',)
    """
    for text in texts:
        if not is_address(text):
            raise RequestProblem(f"{text!r} is not a mail address. Give one such as head@school.example.")
    once: dict[str, str] = {}
    for text in texts:
        once.setdefault(text.casefold(), text)
    return tuple(once.values())


def is_address(text: str) -> bool:
    """Whether a text is a plain mail address.

    Example:
        >>> is_address("head@school.example"), is_address("Head <head@school.example>"), is_address("head@school")
        (True, False, False)
    """
    return _ADDRESS.fullmatch(text) is not None and "=?" not in text


def addresses_in(book: Book) -> tuple[str, ...]:
    """The colleagues' mail addresses on the sheet `Setup`, in their order, each once.

    In the template they stand beside and below the label `Colleagues' mail`, and no other address is a colleague's; on a sheet
    without that label every address counts.

    Example:
        >>> from addin.reading.grid import Sheet
        >>> rows = (("Letters", "office@school.example"), (COLLEAGUES, "head@school.example"), (None, "tutor@school.example"))
        >>> addresses_in(Book(sheets=(Sheet(name="Setup", rows=rows),)))
        ('head@school.example', 'tutor@school.example')
    """
    sheet = book.sheet("Setup")
    rows = sheet.rows if sheet else ()
    labels = [as_text(row[0]) if row else "" for row in rows]
    if COLLEAGUES in labels:
        first = labels.index(COLLEAGUES)
        last = next((place for place, label in enumerate(labels) if place > first and label), len(rows))
        rows = rows[first:last]
    texts = (as_text(cell) for row in rows for cell in row)
    return tuple(dict.fromkeys(text for text in texts if is_address(text)))


def body_of(message: EmailMessage) -> str:
    """The body in plain text, as a preview shows it."""
    part = message.get_body(("plain",))
    return "" if part is None else part.get_content()


def _class_name(book: Book, markbook: Markbook) -> str:
    """The class as Setup or the sheet calls it, in one line; "" where that would name a student."""
    text = as_text(book.names.get("class_name")) or markbook.sheet
    name = "".join(sign for sign in without_upns(upns_in(book, markbook))(text) if sign.isprintable())[
        :LONGEST_CLASS_NAME
    ]
    return "" if NameForms(known_students(book, markbook)).names_somebody(name) else name.strip()


def _queries_told(book: Book, markbook: Markbook) -> list[str]:
    """The first queries, without what stands in the cells; a rule that would name a student is left to the workbook."""
    names, clean = NameForms(known_students(book, markbook)), without_upns(upns_in(book, markbook))
    lines = [f"{query.cell}: {clean(query.rule)}" for query in markbook.queries[:MOST_QUERIES]]
    return [line for line in lines if not names.names_somebody(line)]


def _counts(book: Book, markbook: Markbook) -> dict[str, int]:
    sheet = book.sheet(markbook.sheet)
    flags = Counter(
        as_text(sheet.cell(student.row, markbook.results["Flag"])) if sheet else "" for student in markbook.students
    )
    return {flag.value: flags[flag.value] for flag in Flag}


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
