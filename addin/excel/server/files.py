"""E-mail, letters and clinic packs on the server: values-only workbook, draft, letters and packs as downloads.

The school's server has no mailbox and must not keep children's data: every file is made in memory and goes back in the answer to
the browser that asked, base64 as JSON needs it. Nothing is written to the server's disk and nothing is left to be fetched later.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from datetime import date

from addin.errors import RequestProblem
from addin.extras import left_out, needed
from addin.mail.message import addresses_in, compose
from addin.mail.settings import load_settings
from addin.reading.grid import Book, as_text
from addin.reading.markbook import read_markbook


@dataclass(frozen=True, kw_only=True)
class File:
    """A file for the browser to save.

    Args:
        name: Its name.
        media_type: What it is, as in HTTP's Content-Type.
        base64: Its content.
    """

    name: str
    media_type: str
    base64: str


def letter_files(book: Book) -> tuple[str, tuple[File, ...]]:
    """The letters for accepted students as one archive.

    Returns:
        What to tell the teacher, and the archive (.zip).

    Raises:
        RequestProblem: Nobody is accepted.
        MarkbookError: The markbook or a template cannot be used.
    """
    from addin.letters.compose import compose as compose_letters
    from addin.letters.folder import zipped

    composed = compose_letters(book)
    archive = _archive(book, "letters", zipped(composed))
    notices = (*composed.notices, *left_out("word"))
    return "\n".join([composed.told(), *(f"{notice}." for notice in notices)]), (archive,)


def packs_files(book: Book) -> tuple[str, tuple[File, ...]]:
    """What each coming session needs on paper, in every format and print, as one archive.

    Returns:
        What to tell the teacher, and the archive (.zip).

    Raises:
        RequestProblem: There is no plan, every session of it is over, or what packs need is not installed.
        MarkbookError: The markbook cannot be used.
    """
    needed("packs")
    from addin.packs.compose import packs_of
    from addin.packs.folder import ALL_TOLD, zipped_packs

    made = packs_of(book, today=date.today(), home=True)
    content, files = zipped_packs(made)
    archive = _archive(book, "packs", content)
    lines = [made.told(), f"They are in {archive.name}: {files} files, {ALL_TOLD} The server keeps no copy."]
    return "\n".join([*lines, *(f"{notice}." for notice in (*made.notices, *left_out("word")))]), (archive,)


def _archive(book: Book, what: str, content: bytes) -> File:
    from addin.reading.file_names import plain_name

    name = plain_name(as_text(book.names.get("class_name")) or "class")
    return File(name=f"{name}-{what}.zip", media_type="application/zip", base64=b64encode(content).decode())


def mail_files(book: Book) -> tuple[str, tuple[File, ...]]:
    """The marked markbook as a values-only workbook and as a draft to the colleagues named in Setup.

    Returns:
        What to tell the teacher, and the two files: workbook (.xlsx) and draft (.eml).

    Raises:
        RequestProblem: Setup names no address, or one outside the domains that the server's settings allow; or the message is
            larger than they allow.
        MarkbookError: There are no results to send.
    """
    to = addresses_in(book)
    if not to:
        raise RequestProblem("There is no mail address on the sheet Setup. Enter a colleague's there, and press again.")
    settings = load_settings()
    settings.refuse_foreign(to)
    name = as_text(book.names.get("class_name")) or read_markbook(book).sheet
    stem = "".join(letter if letter.isalnum() else "-" for letter in name)
    message = compose(book, to=to, source=f"{stem}.xlsx")
    settings.refuse_large(len(message.as_bytes()))
    # X-Unsent makes Outlook open it as a draft; a Date or Message-ID would make it look sent.
    message["X-Unsent"] = "1"
    attachment = next(message.iter_attachments())
    name = str(attachment.get_filename())  # as the message has it: no student's name in it
    workbook = File(
        name=name,
        media_type=attachment.get_content_type(),
        base64=b64encode(attachment.get_content()).decode(),
    )
    draft = File(
        name=f"{name.removesuffix('.xlsx')}.eml",
        media_type="message/rfc822",
        base64=b64encode(message.as_bytes()).decode(),
    )
    return (
        f"Two files are ready: a draft to {', '.join(to)}, and the workbook by itself. Save one, open it, look at it, and send it "
        "from your mail program. They hold values alone, without UPN and audit-only columns. Nothing was sent, and the server "
        "keeps no copy.",
        (workbook, draft),
    )
