"""The message as the recipient's program reads it."""

from __future__ import annotations

import re
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from addin.errors import NoStudents, RequestProblem, SheetProblem
from addin.hosts.memory import Memory
from addin.mail.message import COLLEAGUES, addresses_in, compose
from addin.mail.outbox import keep_draft
from addin.reading.grid import Book, CellValue
from addin.review import review
from model.vocabulary import Flag
from tests.support import HEADINGS, book, score_class, students

pytestmark = pytest.mark.dates

HEAD = "head@school.example"
DAY = date(2026, 3, 5)


def marked(names: dict[str, CellValue] | None = None, *, name: str = "10x Ma1") -> Book:
    host = Memory(book(HEADINGS, *students(12), name=name, names=names))
    score_class(host)
    return host.book


def read_back(message: EmailMessage, folder: Path) -> EmailMessage:
    """The message after it has been a file."""
    keep_draft(message, folder / "draft.eml")
    parsed = message_from_bytes((folder / "draft.eml").read_bytes(), policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    assert not parsed.defects
    return parsed


def bodies(message: EmailMessage) -> dict[str, str]:
    found = {kind: message.get_body((kind,)) for kind in ("plain", "html")}
    return {kind: part.get_content() for kind, part in found.items() if part is not None}


def test_a_draft_parses_back(tmp_path: Path) -> None:
    message = read_back(
        compose(marked(), to=[HEAD, "m.ng@school.example"], source="class.marked.xlsx", today=DAY), tmp_path
    )
    assert [address.addr_spec for address in message["To"].addresses] == [HEAD, "m.ng@school.example"]
    assert message["Subject"] == "Maths markbook 10x Ma1, 5 March 2026"
    assert sorted(message.keys()) == ["Content-Type", "MIME-Version", "Subject", "To", "X-Unsent"]
    (attachment,) = message.iter_attachments()
    assert attachment.get_filename() == "class.marked.xlsx"
    page = load_workbook(BytesIO(attachment.get_content())).active
    assert page is not None
    assert page.max_row == 16


def test_the_bodies_count_flags_and_say_who_decides(tmp_path: Path) -> None:
    read = marked()
    counts = review(read).counts()
    texts = bodies(read_back(compose(read, to=[HEAD], source="c.xlsx", today=DAY), tmp_path))
    assert set(texts) == {"plain", "html"}
    for text in texts.values():
        words = " ".join(re.sub(r"<[^>]+>", " ", text).split())
        for flag in Flag:
            assert f"{flag.value}: {counts[flag]}" in words
        assert "teacher decides" in words
        assert "12 students" in words
        assert "there are no queries" in words


def test_one_student_is_told_in_the_singular(tmp_path: Path) -> None:
    host = Memory(book(HEADINGS, *students(1)))
    score_class(host)
    for body in bodies(read_back(compose(host.book, to=[HEAD], source="c.xlsx", today=DAY), tmp_path)).values():
        assert "a flag for the one student," in " ".join(body.split())


def test_subject_and_bodies_name_no_student(tmp_path: Path) -> None:
    message = read_back(compose(marked(), to=[HEAD], source="c.xlsx", today=DAY), tmp_path)
    open_text = " ".join([str(message["Subject"]), *bodies(message).values()])
    for row in students(12):
        assert not [cell for cell in row[:3] if str(cell) in open_text]


def test_the_class_of_setup_names_the_message(tmp_path: Path) -> None:
    message = compose(marked({"class_name": "9B/Ma2 é"}), to=[HEAD], source="c.xlsx", today=DAY)
    assert read_back(message, tmp_path)["Subject"] == "Maths markbook 9B/Ma2 é, 5 March 2026"


def test_a_class_name_is_neither_header_nor_markup(tmp_path: Path) -> None:
    hostile = "9B\r\nBcc: me at evil\r\n\r\n<script>x()</script>"
    message = read_back(compose(marked({"class_name": hostile}), to=[HEAD], source="c.xlsx", today=DAY), tmp_path)
    assert message["Bcc"] is None
    assert message["Subject"] == "Maths markbook 9B Bcc: me at evil <script>x()</script>, 5 March 2026"
    assert "<script>" not in bodies(message)["html"]
    assert "&lt;script&gt;" in bodies(message)["html"]


@pytest.mark.parametrize(
    "address",
    [HEAD, "m.o'neil+maths@sub.school.example", "x@1.example", "a_b-c@school-2.example"],
)
def test_addresses(address: str, tmp_path: Path) -> None:
    message = read_back(compose(marked(), to=[address], source="c.xlsx"), tmp_path)
    assert [found.addr_spec for found in message["To"].addresses] == [address]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "head",
        "head@",
        "@school.example",
        "head@school",
        "head@school.example ",
        " head@school.example",
        "head@@school.example",
        "a@b@school.example",
        "a..b@school.example",
        ".a@school.example",
        "a@school..example",
        "a@school.example.",
        "a@[10.0.0.1]",
        '"a b"@school.example',
        "a(b)@school.example",
        "a:b@school.example",
        "a\\b@school.example",
        "müller@schule.example",
        "a@schülé.example",
        "=?utf-8?q?a?=@school.example",
        "Head <head@school.example>",
        "head@school.example,me@evil.example",
        "head@school.example;me@evil.example",
        "head@school.example\nBcc: me@evil.example",
        "head@school.example\r\nBcc: me@evil.example",
        "head\x00@school.example",
    ],
)
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(RequestProblem, match="is not a mail address"):
        compose(marked(), to=[HEAD, address], source="c.xlsx")


def test_what_cannot_be_sent() -> None:
    with pytest.raises(SheetProblem, match="markbook score"):
        compose(book(HEADINGS, *students(9)), to=[HEAD], source="c.xlsx")
    with pytest.raises(NoStudents):
        compose(marked(), to=[HEAD], source="c.xlsx", sheet="Set 9")


def test_the_bodies_tell_the_queries_and_not_what_stands_there(tmp_path: Path) -> None:
    rows = students(12)
    rows[3][9], rows[4][9] = "Ova Zarrin?", "41 of 40"
    host = Memory(book(HEADINGS, *rows, name="10x Ma1"))
    score_class(host)
    texts = bodies(read_back(compose(host.book, to=[HEAD], source="c.xlsx", today=DAY), tmp_path))
    for text in texts.values():
        words = " ".join(re.sub(r"<[^>]+>", " ", text).split())
        assert "2 cells were not understood" in words
        assert "J5:" in words
        assert "Zarrin" not in words
        assert "41 of 40" not in words


@pytest.mark.parametrize("name", ["Ova Zarrin", "ZOVA0", "zova0's lessons", "for Lum7", "ZQ1001"])
def test_a_class_named_after_a_student_is_left_unnamed(name: str, tmp_path: Path) -> None:
    host = Memory(book(HEADINGS, *students(12), name="10x Ma1", names={"class_name": name}))
    rows = host.book.sheets[0].rows
    assert rows[1][1] == "Zova0"
    score_class(host)
    message = read_back(compose(host.book, to=[HEAD], source=f"{name}.xlsx", today=DAY), tmp_path)
    if name == "Ova Zarrin":
        assert message["Subject"] == "Maths markbook Ova Zarrin, 5 March 2026", "nobody of that name is in the class"
        return
    assert message["Subject"] == "Maths markbook, 5 March 2026"
    (attachment,) = message.iter_attachments()
    assert attachment.get_filename() == "markbook.xlsx"
    assert name not in "".join(bodies(message).values())


def test_colleagues_alone_are_mailed(sample: Path) -> None:
    from addin.hosts.closed_file import ClosedFile
    from templates.build import SAMPLE_SETUP

    book_read = ClosedFile(sample, output=sample).read()
    assert addresses_in(book_read) == SAMPLE_SETUP.colleague_addresses
    setup = book_read.sheet("Setup")
    assert setup is not None
    assert any(cell == COLLEAGUES for row in setup.rows for cell in row)
