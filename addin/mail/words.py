"""What a teacher is told when a mail server does not take a message: what happened, that nothing was sent, and what to do."""

from __future__ import annotations

import ssl

from addin.errors import MailProblem
from addin.mail.settings import MailSettings, settings_path, size_told

_NOTHING = "Nothing was sent."
_LONGEST_REPLY = 160
_FOR_NOW = range(400, 500)
_EXPIRED, _OTHER_HOST = (9, 10), (62, 64)
"""OpenSSL's codes: not valid yet and no longer valid; made for another host, made for another address."""


def no_encryption(settings: MailSettings) -> MailProblem:
    """The server offers no TLS."""
    return _problem(
        settings,
        "the server offers no encryption (STARTTLS), and without it nothing is sent",
        f"Ask the school's IT for a server with TLS, and name it in {settings_path()}",
    )


def bad_certificate(settings: MailSettings, error: ssl.SSLCertVerificationError) -> MailProblem:
    """The server is not, or may not be, the one it says it is."""
    if error.verify_code in _EXPIRED:
        return _problem(
            settings,
            "the server's certificate has expired or is not valid yet",
            "Ask the school's IT to renew it, and check this computer's clock",
        )
    if error.verify_code in _OTHER_HOST:
        return _problem(
            settings,
            f"the server's certificate is for another name than {settings.host}",
            f"Write the server's own name into host, in {settings_path()}",
        )
    return _problem(
        settings,
        f"the server's certificate is not trusted ({error.verify_message})",
        "Ask the school's IT; where the school has a certificate authority of its own, name its file in ca_file",
    )


def bad_encryption(settings: MailSettings, error: Exception) -> MailProblem:
    """No TLS could be agreed on, most often because port and security do not fit."""
    return _problem(
        settings,
        f"no encrypted connection could be made ({reason(error)})",
        f'Port 465 wants security = "tls" and port 587 "starttls": see {settings_path()}',
    )


def too_slow(settings: MailSettings) -> MailProblem:
    """The server kept silent."""
    return _problem(
        settings,
        f"the server did not answer within {settings.timeout:g} seconds",
        f'Try later; port 465 wants security = "tls", in {settings_path()}',
    )


def cut_off(settings: MailSettings) -> MailProblem:
    """The server hung up before a message was begun."""
    return _problem(
        settings,
        "the server closed the connection",
        f"Try later; if it stays so, compare {settings_path()} with what the school's IT says",
    )


def unreachable(settings: MailSettings, error: Exception) -> MailProblem:
    """There is no way to the server."""
    return _problem(
        settings,
        f"the server cannot be reached ({reason(error)})",
        f"Check the network, and host and port in {settings_path()}",
    )


def wrong_password(settings: MailSettings, code: int, reply: bytes | str) -> MailProblem:
    """The server does not know the user, or not with this password."""
    return _problem(
        settings,
        f"user {settings.user} or the password is wrong{words(code, reply)}",
        "Check user in the settings and the password in the keyring or in MARKBOOK_MAIL_PASSWORD; some schools want a password "
        "for apps",
    )


def odd_password(settings: MailSettings) -> MailProblem:
    """User or password cannot be told to a server."""
    return _problem(
        settings,
        "user or password have letters that mail servers do not take",
        "Choose a password of plain letters and figures",
    )


def no_login(settings: MailSettings) -> MailProblem:
    """The server asks nobody who they are."""
    return _problem(settings, "the server has no login", f"Remove user from {settings_path()}, or ask the school's IT")


def too_large(settings: MailSettings, size: int, most: int) -> MailProblem:
    """The server says beforehand that it does not take messages of that size."""
    return _problem(
        settings,
        f"the server takes messages of up to {size_told(most)}, and this one has {size_told(size)}",
        "Send the copy of values in place of --whole",
    )


def refused(settings: MailSettings, code: int, reply: bytes | str) -> MailProblem:
    """The server does not want to talk at all."""
    return _problem(settings, f"the server refused{words(code, reply)}", "Ask the school's IT")


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


def _problem(settings: MailSettings, what: str, remedy: str) -> MailProblem:
    return MailProblem(f"{settings.host}, port {settings.port}: {what}. {_NOTHING} {remedy}.")
