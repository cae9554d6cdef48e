"""What a teacher is told when a mail server does not take a message: what happened, that nothing was sent, and what to do."""

from __future__ import annotations

import ssl
from enum import Enum

from addin.errors import MailProblem
from addin.mail.settings import MailSettings, settings_path

_NOTHING = "Nothing was sent."
_LONGEST_REPLY = 160
_FOR_NOW = range(400, 500)
_EXPIRED, _OTHER_HOST = (9, 10), (62, 64)
"""OpenSSL's codes: not valid yet and no longer valid; made for another host, made for another address."""


class Trouble(Enum):
    """What keeps a server from taking a message: what happened, and the remedy."""

    NO_ENCRYPTION = (
        "the server offers no encryption (STARTTLS), and without it nothing is sent",
        "Ask the school's IT for a server with TLS, and name it in {path}",
    )
    OUT_OF_DATE = (
        "the server's certificate has expired or is not valid yet",
        "Ask the school's IT to renew it, and check this computer's clock",
    )
    ANOTHER_HOST = (
        "the server's certificate is for another name than {settings.host}",
        "Write the server's own name into host, in {path}",
    )
    NOT_TRUSTED = (
        "the server's certificate is not trusted ({why})",
        "Ask the school's IT; where the school has a certificate authority of its own, name its file in ca_file",
    )
    BAD_ENCRYPTION = (
        "no encrypted connection could be made ({why})",
        'Port 465 wants security = "tls" and port 587 "starttls": see {path}',
    )
    TOO_SLOW = (
        "the server did not answer within {settings.timeout:g} seconds",
        'Try later; port 465 wants security = "tls", in {path}',
    )
    CUT_OFF = (
        "the server closed the connection",
        "Try later; if it stays so, compare {path} with what the school's IT says",
    )
    UNREACHABLE = ("the server cannot be reached ({why})", "Check the network, and host and port in {path}")
    WRONG_PASSWORD = (
        "user {settings.user} or the password is wrong{why}",
        "Check user in the settings and the password in the keyring or in MARKBOOK_MAIL_PASSWORD; some schools want a password "
        "for apps",
    )
    ODD_PASSWORD = (
        "user or password have letters that mail servers do not take",
        "Choose a password of plain letters and figures",
    )
    NO_LOGIN = ("the server has no login", "Remove user from {path}, or ask the school's IT")
    TOO_LARGE = (
        "the server takes messages of up to {most}, and this one has {size}",
        "Send the copy of values in place of --whole",
    )
    REFUSED = ("the server refused{why}", "Ask the school's IT")

    def told(self, settings: MailSettings, **facts: str) -> MailProblem:
        """The error, with the facts that its words leave open."""
        what, remedy = (words.format(settings=settings, path=settings_path(), **facts) for words in self.value)
        return MailProblem(f"{settings.host}, port {settings.port}: {what}. {_NOTHING} {remedy}.")


def of_certificate(error: ssl.SSLCertVerificationError) -> Trouble:
    """Why the server is not, or may not be, the one it says it is."""
    if error.verify_code in _EXPIRED:
        return Trouble.OUT_OF_DATE
    return Trouble.ANOTHER_HOST if error.verify_code in _OTHER_HOST else Trouble.NOT_TRUSTED


def words(code: int, reply: bytes | str) -> str:
    """What a server said, in one short line, and whether to try later.

    Example:
        >>> words(550, b"5.1.1 no such user"), words(451, "busy")
        (' (550 5.1.1 no such user)', ' (451 busy; it may work later)')
    """
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    shown = "".join(sign if sign.isprintable() else " " for sign in text)
    later = "; it may work later" if code in _FOR_NOW else ""
    return f" ({code} {' '.join(shown.split())[:_LONGEST_REPLY]}{later})"


def reason(error: BaseException) -> str:
    """Why, in a few words: what lies behind an error where it has only been passed on.

    Example:
        >>> reason(ConnectionResetError(104, "Connection reset by peer")), reason(ssl.SSLEOFError(8, "EOF occurred (_ssl.c:24)"))
        ('Connection reset by peer', 'the other side hung up')
    """
    cause = error.__context__ or error
    if isinstance(cause, TimeoutError):
        return "no answer in time"
    if isinstance(cause, ssl.SSLEOFError):
        return "the other side hung up"
    if isinstance(cause, ssl.SSLError) and cause.reason:
        return cause.reason.replace("_", " ").lower()
    text = getattr(cause, "strerror", None) or str(cause) or type(cause).__name__
    return " ".join(str(text).split())[:_LONGEST_REPLY]
