"""What happens to a composed message: a draft for the mail program, or a delivery to the school's mail server.

A delivery is encrypted and its server's certificate verified, always. Each recipient gets a message of their own, logged before the
server has it and again with what became of it, before the next is tried: whoever is left out by a failure can be tried again, and
nobody gets a message twice.
"""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from copy import deepcopy
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, localtime
from pathlib import Path

from addin.errors import MarkbookError, RequestProblem, WriteFailed
from addin.mail import words as mail_words
from addin.mail.attachment import Attachment
from addin.mail.log import MailLog, Outcome, message_id
from addin.mail.pseudonyms import OWNER_ALONE
from addin.mail.settings import MailSettings, settings_path, size_told
from addin.mail.words import Trouble

_MY_NAME = "[127.0.0.1]"
"""How this computer introduces itself; its own name is nobody's business."""

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_ACCEPTED, _ANSWERS = range(200, 300), range(200, 600)
_NOT_TRIED = "not tried any more"
_ASK = "ask there before you send it again, with --again"


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """What became of one recipient's message.

    Args:
        told: Why, in words; "" where it was accepted.
    """

    recipient: str
    outcome: Outcome
    told: str = ""


def keep_draft(message: EmailMessage, path: Path) -> None:
    """Write a message as an unsent draft (.eml), which mail programs open ready to be looked at and sent; it holds a whole class,
    and nobody but its owner reads it where the system knows such permissions.

    Raises:
        RequestProblem: The name does not end in .eml, or the file exists already.
        WriteFailed: The file could not be written.
    """
    refuse_draft(path)
    # X-Unsent makes Outlook open it as a draft; a Date or Message-ID would make it look sent.
    draft = deepcopy(message)
    draft["X-Unsent"] = "1"
    try:
        with os.fdopen(os.open(path, _NEW, OWNER_ALONE), "wb") as file:
            file.write(draft.as_bytes())
    except FileExistsError:
        raise RequestProblem(f"{path.name}: the file exists already. Give another name, or delete it first.") from None
    except OSError as error:
        with suppress(OSError):
            path.unlink()
        raise WriteFailed(
            f"{path.name}: the draft was not written: {error.strerror}. Choose another folder."
        ) from error


def refuse_draft(path: Path) -> None:
    """Refuse a place where no draft can go, before any work is done for it.

    Raises:
        RequestProblem: The name does not end in .eml, or the file exists already.
    """
    if path.suffix.lower() != ".eml":
        raise RequestProblem(f"{path.name}: a draft is an .eml file. Give a name that ends in .eml.")
    if path.exists():
        raise RequestProblem(f"{path.name}: the file exists already. Give another name, or delete it first.")


def deliver(
    message: EmailMessage,
    attachment: Attachment,
    recipients: Sequence[str],
    settings: MailSettings,
    *,
    password: Callable[[str], str],
    log: MailLog,
) -> tuple[Delivery, ...]:
    """Send a message to each recipient by SMTP.

    Args:
        message: As composed; sender, date and id are added here.
        recipients: To whom it goes now; the message may name others, who have it already.
        password: Asked with the user's name, and only where the server is to know who sends.

    Returns:
        What became of each recipient, in their order. Where the connection fails in between, the rest is marked as failed.

    Raises:
        MailProblem: The server cannot be used at all; nothing was sent.
    """
    done: list[Delivery] = []
    why = _NOT_TRIED
    try:
        secret = password(settings.user) if settings.user else ""
        with _session(settings, secret) as server:
            _refuse_large(server, settings, message)
            for recipient in recipients:
                done.append(_one(server, message, attachment, recipient, settings, log))
                if done[-1].outcome is Outcome.UNKNOWN:
                    break
    except MarkbookError as error:
        if not done:
            with suppress(MarkbookError):  # what stands in the way comes first
                log.add(attachment, recipients, Outcome.FAILED)
            raise
        why = f"the connection to {settings.host} failed ({mail_words.reason(error.__cause__ or error)})"
    left = recipients[len(done) :]
    if left:
        with suppress(MarkbookError):
            log.add(attachment, left, Outcome.FAILED)
    return (*done, *(Delivery(recipient=one, outcome=Outcome.FAILED, told=why) for one in left))


def _one(
    server: smtplib.SMTP,
    message: EmailMessage,
    attachment: Attachment,
    recipient: str,
    settings: MailSettings,
    log: MailLog,
) -> Delivery:
    """Hand one recipient's message over, and note it before and after."""
    accepted = log.earlier(attachment, recipient).accepted
    identity = message_id(attachment, recipient, settings.sender, accepted=accepted)
    addressed = _addressed(message, settings, identity)

    def ended(outcome: Outcome, told: str = "") -> Delivery:
        try:
            log.add(attachment, [recipient], outcome, message_id=identity)
        except MarkbookError as error:
            told = "; ".join(filter(None, (told, str(error))))
        return Delivery(recipient=recipient, outcome=outcome, told=told)

    for who, introduce in ((settings.sender, server.mail), (recipient, server.rcpt)):
        code, reply = introduce(who)
        if code not in _ACCEPTED:
            with suppress(smtplib.SMTPException):
                server.rset()
            return ended(Outcome.REFUSED, f"the server refused {who}{mail_words.words(code, reply)}")
    log.add(attachment, [recipient], Outcome.TRYING, message_id=identity)
    answer: bytes | str
    try:
        code, answer = server.data(addressed)
    except smtplib.SMTPDataError as error:
        code, answer = int(error.smtp_code), error.smtp_error
    except OSError as error:
        return ended(
            Outcome.UNKNOWN,
            f"the connection broke while {settings.host} was taking the message ({mail_words.reason(error)}): {_ASK}",
        )
    if code not in _ANSWERS:
        return ended(Outcome.UNKNOWN, f"what {settings.host} answered to the message is not understood: {_ASK}")
    if code not in _ACCEPTED:
        with suppress(smtplib.SMTPException):
            server.rset()
        return ended(Outcome.REFUSED, f"the server refused the message{mail_words.words(code, answer)}")
    return ended(Outcome.ACCEPTED)


def _addressed(message: EmailMessage, settings: MailSettings, identity: str) -> bytes:
    addressed = deepcopy(message)
    addressed["From"] = Address(display_name=settings.sender_name, addr_spec=settings.sender)
    addressed["Date"] = format_datetime(localtime())
    addressed["Message-ID"] = identity
    return addressed.as_bytes()


@contextmanager
def _session(settings: MailSettings, secret: str) -> Iterator[smtplib.SMTP]:
    """A connection that is encrypted, to a server whose certificate is verified, and that knows who sends."""
    context = _context(settings)
    try:
        with _goodbye(_connected(settings, context)) as server:
            if settings.security == "starttls":
                server.ehlo()
                if not server.has_extn("starttls"):
                    raise Trouble.NO_ENCRYPTION.told(settings)
                server.starttls(context=context)
            server.ehlo()
            if settings.user:
                _log_in(server, settings, secret)
            yield server
    except ssl.SSLCertVerificationError as error:
        raise mail_words.of_certificate(error).told(settings, why=error.verify_message) from error
    except ssl.SSLError as error:
        raise Trouble.BAD_ENCRYPTION.told(settings, why=mail_words.reason(error)) from error
    except TimeoutError as error:
        raise Trouble.TOO_SLOW.told(settings) from error
    except smtplib.SMTPServerDisconnected as error:
        slow = isinstance(error.__context__, TimeoutError)
        raise (Trouble.TOO_SLOW if slow else Trouble.CUT_OFF).told(settings) from error
    except smtplib.SMTPResponseException as error:
        raise Trouble.REFUSED.told(settings, why=mail_words.words(error.smtp_code, error.smtp_error)) from error
    except (OSError, UnicodeError) as error:
        # smtplib's other errors are of the first kind; of the second is a host such as "a..b", which is no name.
        raise Trouble.UNREACHABLE.told(settings, why=mail_words.reason(error)) from error


def _connected(settings: MailSettings, context: ssl.SSLContext) -> smtplib.SMTP:
    if settings.security == "tls":
        return smtplib.SMTP_SSL(
            settings.host, settings.port, local_hostname=_MY_NAME, timeout=settings.timeout, context=context
        )
    return smtplib.SMTP(settings.host, settings.port, local_hostname=_MY_NAME, timeout=settings.timeout)


@contextmanager
def _goodbye(server: smtplib.SMTP) -> Iterator[smtplib.SMTP]:
    """Say goodbye at the end; a server that has gone already needs none, and its silence is no failure."""
    try:
        yield server
    finally:
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
        server.close()


def _context(settings: MailSettings) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if settings.ca_file is not None:
        try:
            context.load_verify_locations(cafile=settings.ca_file)
        except OSError as error:  # ssl.SSLError too, for a file that holds no certificate
            reason = "it holds no certificate" if isinstance(error, ssl.SSLError) else error.strerror
            raise RequestProblem(
                f"{settings.ca_file}: the certificate authority cannot be read ({reason}). Nothing was sent. Correct ca_file in "
                f"{settings_path()}."
            ) from error
    return context


def _log_in(server: smtplib.SMTP, settings: MailSettings, secret: str) -> None:
    try:
        server.login(settings.user, secret)
    except smtplib.SMTPAuthenticationError as error:
        why = mail_words.words(error.smtp_code, error.smtp_error)
        raise Trouble.WRONG_PASSWORD.told(settings, why=why) from error
    except UnicodeEncodeError as error:
        raise Trouble.ODD_PASSWORD.told(settings) from error
    except (smtplib.SMTPServerDisconnected, smtplib.SMTPResponseException):
        raise
    except smtplib.SMTPException as error:  # it offers no way, or none that is known
        raise Trouble.NO_LOGIN.told(settings) from error


def _refuse_large(server: smtplib.SMTP, settings: MailSettings, message: EmailMessage) -> None:
    told = server.esmtp_features.get("size", "")
    size = len(message.as_bytes())
    if told.isdecimal() and 0 < int(told) < size:
        raise Trouble.TOO_LARGE.told(settings, size=size_told(size), most=size_told(int(told)))
