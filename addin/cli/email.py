"""`markbook email`: a marked markbook to colleagues, as a draft, in Outlook's window, or by the school's mail server."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import nullcontext
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING

import click

from addin.cli.shared.options import FILE, file_argument, sheet_option
from addin.errors import MailProblem, RequestProblem
from addin.extras import needed
from addin.hosts.closed_file import ClosedFile

if TYPE_CHECKING:
    from addin.mail.attachment import Attachment
    from addin.mail.log import Earlier
    from addin.mail.outbox import Delivery
    from addin.reading.grid import Book
    from addin.reading.markbook import Markbook

_HARMFUL_TO_MIX = (
    ("draft", "send"), ("draft", "outlook"), ("send", "outlook"), ("pseudonymise", "whole"), ("without_hidden", "whole"),
)  # fmt: skip


@click.command("email")
@file_argument
@click.option(
    "--to", "to", multiple=True, required=True, metavar="ADDRESS", help="A colleague's address; may be repeated."
)
@click.option(
    "--draft", type=FILE, metavar="OUT.eml", help="Write a draft that your mail program opens. Nothing is sent."
)
@click.option("--send", is_flag=True, help="Send by the mail server named in the settings (mail.toml).")
@click.option("--outlook", is_flag=True, help="Show the message in Outlook for Windows. Nothing is sent.")
@click.option(
    "--password-file", type=FILE, metavar="FILE", help="Encrypt the attachment; the password is the file's first line."
)
@click.option("--pseudonymise", is_flag=True, help="Codes in place of students; the key goes into a file of its own.")
@click.option(
    "--key", type=FILE, metavar="OUT.csv", help="Where the key of the codes goes. Left out: beside the draft or FILE."
)
@click.option("--whole", is_flag=True, help="Attach the marked workbook itself, for a colleague who shares the class.")
@click.option(
    "--without-hidden", is_flag=True, help="Leave out students whose rows are hidden, by a filter or by hand."
)
@sheet_option
@click.option("--again", is_flag=True, help="Send it also to those who have it already.")
@click.option("--yes", is_flag=True, help="Send without asking.")
def command(
    file: Path, to: tuple[str, ...], draft: Path | None, send: bool, outlook: bool, password_file: Path | None,
    pseudonymise: bool, key: Path | None, whole: bool, without_hidden: bool, sheet: str | None, again: bool, yes: bool,
) -> None:  # fmt: skip
    """Mail the marked markbook FILE to colleagues: by default a copy of values, without UPN, hidden and audit-only columns.

    Give --draft, --send or --outlook. What is about to go is shown first, and --send asks before it sends.
    """
    from addin.mail.attachment import encrypted, read_password, without_hidden_rows
    from addin.mail.log import MailLog, Outcome
    from addin.mail.message import compose, plain_addresses
    from addin.mail.outbox import deliver, keep_draft, refuse_draft
    from addin.mail.outlook import refuse_absent, show
    from addin.mail.settings import load_settings, mail_password
    from addin.reading.markbook import read_markbook

    given = {
        "draft": draft is not None, "send": send, "outlook": outlook, "pseudonymise": pseudonymise, "whole": whole,
        "without_hidden": without_hidden,
    }  # fmt: skip
    _refuse_mixed(given, key=key)
    recipients = plain_addresses(to)
    settings = load_settings(to_send=send)
    settings.refuse_foreign(recipients)
    if draft is not None:
        refuse_draft(draft)
    if send and not yes and not sys.stdin.isatty():
        raise RequestProblem(
            "Nobody is there to be asked before sending. Nothing was sent. Run it in a terminal, or add --yes when you have looked "
            "at what it would send."
        )
    if outlook:
        refuse_absent()
    if password_file is not None:
        needed("mail")
    password = read_password(password_file) if password_file is not None else None

    host = ClosedFile(file, output=file)
    book = host.read()
    markbook = read_markbook(book, sheet=sheet)
    if without_hidden:
        book = without_hidden_rows(book, markbook)
        markbook = read_markbook(book, sheet=sheet)
    key_path = key or (draft or file).with_suffix(".key.csv")
    attachment = _attachment(host, book, markbook, pseudonymise=pseudonymise, whole=whole, key_path=key_path)
    if password is not None:
        attachment = encrypted(attachment, password)
    message = compose(book, to=recipients, source=file.name, sheet=sheet, attachment=attachment)
    settings.refuse_large(len(message.as_bytes()))
    log = MailLog()
    # From looking who has it until it is sent, nobody else on this computer sends.
    with log.held() if send else nullcontext():
        waiting, there = log.waiting(attachment, recipients, again=again) if send else (recipients, {})
        for line in preview(message, attachment, there, key_path=key_path if pseudonymise else None):
            click.echo(line)
        if draft is not None:
            keep_draft(message, draft)
            log.add(attachment, recipients, Outcome.DRAFTED)
            click.echo(f"Draft written to {draft}. Open it in your mail program, look at it, and send it from there.")
        elif outlook:
            show(message)
            log.add(attachment, recipients, Outcome.SHOWN)
            click.echo("Outlook shows the message. Look at it, and send it from there.")
        else:
            if not waiting:
                raise RequestProblem(f"{_had(there)} Nothing was sent. Add --again to send it once more.")
            if not yes:
                click.confirm(f"Send it to {', '.join(waiting)}?", abort=True)
            _tell(deliver(message, attachment, waiting, settings, password=mail_password, log=log))


def preview(
    message: EmailMessage, attachment: Attachment, there: dict[str, Earlier], *, key_path: Path | None
) -> Iterator[str]:
    """What is about to leave the computer, a line each."""
    from addin.mail.message import body_of

    yield f"To: {message['To']}"
    yield f"Subject: {message['Subject']}"
    yield f"Attachment: {attachment.name} ({len(attachment.content):,} bytes)"
    yield f"SHA-256: {attachment.sha256}"
    yield f"Students: {attachment.students}"
    for words, told in (("Left out", attachment.left_out), ("Holds", attachment.holds)):
        if told:
            yield f"{words}: {'; '.join(told)}"
    if attachment.encrypted:
        yield "Encrypted: it opens with the password alone. Tell the password another way, never by mail."
    if key_path is not None:
        yield f"Codes in place of students. The key is in {key_path} and is not attached; keep it in school."
    if attachment.look_at:
        yield f"Look at these words, which go along and may hold a short name: {'; '.join(attachment.look_at)}."
    if there:
        yield _had(there)
    yield ""
    for line in body_of(message).rstrip().splitlines():
        yield f"    {line}".rstrip()
    yield ""


def _refuse_mixed(given: dict[str, bool], *, key: Path | None) -> None:
    if not (given["draft"] or given["send"] or given["outlook"]):
        raise click.UsageError("Say what to do: --draft OUT.eml, --send, or --outlook.")
    for one, other in _HARMFUL_TO_MIX:
        if given[one] and given[other]:
            raise click.UsageError(f"--{one.replace('_', '-')} and --{other} contradict each other: give one of them.")
    if key is not None and not given["pseudonymise"]:
        raise click.UsageError("--key is for --pseudonymise.")


def _attachment(
    host: ClosedFile, book: Book, markbook: Markbook, *, pseudonymise: bool, whole: bool, key_path: Path
) -> Attachment:
    """The file that is attached; where it has codes, their key is kept before anything else is done with it."""
    from addin.mail.attachment import of_values, of_whole
    from addin.mail.pseudonyms import keep_key, pseudonyms, read_key

    if whole:
        return of_whole(book, markbook, host.whole(), source=host.path.name)
    if not pseudonymise:
        return of_values(book, markbook, source=host.path.name)
    known = read_key(key_path)
    codes = pseudonyms(book, markbook, known)
    attachment = of_values(book, markbook, source=host.path.name, codes=codes)
    if codes.key != known:
        keep_key(codes.key, key_path)
    return attachment


def _had(there: dict[str, Earlier]) -> str:
    told = []
    for recipient, earlier in there.items():
        may = "has" if earlier.accepted else "may have"
        told.append(f"{recipient} {may} this workbook since {earlier.day}.")
    return " ".join(told)


def _tell(deliveries: tuple[Delivery, ...]) -> None:
    """Say who has the message now.

    Raises:
        MailProblem: Somebody has not, or may not have, got it.
    """
    from addin.mail.log import Outcome

    sent = [delivery for delivery in deliveries if delivery.outcome is Outcome.ACCEPTED]
    for delivery in sent:
        click.echo(f"Sent to {delivery.recipient}{f' ({delivery.told})' if delivery.told else ''}")
    missing = [delivery for delivery in deliveries if delivery.outcome is not Outcome.ACCEPTED]
    if missing:
        told = [f"Sent to {', '.join(delivery.recipient for delivery in sent)}."] if sent else []
        for delivery in missing:
            how = "It may have reached" if delivery.outcome is Outcome.UNKNOWN else "Not sent to"
            told.append(f"{how} {delivery.recipient}: {delivery.told.rstrip('.')}.")
        if any(delivery.outcome is not Outcome.UNKNOWN for delivery in missing):
            told.append("Mend that and run the same command again: only those who have it not are tried.")
        raise MailProblem(" ".join(told))
