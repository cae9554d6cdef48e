"""The settings of sending: a file `mail.toml` in the program's data folder (`model/local.py`), and the password elsewhere.

    host = "smtp.school.example"          # the server; needed for --send, as is `sender`
    sender = "t.example@school.example"   # whose mail it is
    sender_name = "T. Example"            # shown beside the address; may be left out
    port = 587                            # left out: 587 for starttls, 465 for tls
    security = "starttls"                 # or "tls": encrypted from the first byte; without encryption nothing is sent
    user = "t.example"                    # left out: the server asks nobody who they are
    allowed_domains = ["school.example"]  # to whom mail may go; empty or left out: to any domain
    largest_mb = 20                       # the largest message, in millions of bytes
    ca_file = "school-ca.pem"             # a school's own certificate authority, beside this file or with its path
    timeout = 30                          # seconds

Every key may stand once and no other may. The password is never in this file: it is in the environment variable
MARKBOOK_MAIL_PASSWORD or in the system's keyring, where `keyring set maths-markbook USER` puts it.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from addin.errors import RequestProblem
from addin.extras import needed
from addin.mail.message import is_address
from model.local import folder

FILE = "mail.toml"
PASSWORD_VARIABLE = "MARKBOOK_MAIL_PASSWORD"
KEYRING_SERVICE = "maths-markbook"
PORTS = {"starttls": 587, "tls": 465}
"""RFC 6409 and RFC 8314."""

LARGEST_MB = 20
"""Millions of bytes of a message, encoded: many schools' servers stop at 25."""

LONGEST_TIMEOUT = 600
"""Seconds: what RFC 5321 (4.5.3.2.6) gives a server to take a message."""


@dataclass(frozen=True, kw_only=True)
class MailSettings:
    """How mail is sent; the defaults hold where there is no file.

    Args:
        host, port: The server.
        security: "starttls" or "tls".
        sender, sender_name: Whose mail it is.
        user: Who the server is told sends; "" for a server that does not ask.
        allowed_domains: Domains, in small letters, to which mail may go; none permits any.
        largest_mb: The largest message, in millions of bytes.
        ca_file: A certificate authority to trust besides those of the system.
        timeout: Seconds that the server may take for one answer.
    """

    host: str = ""
    port: int = PORTS["starttls"]
    security: str = "starttls"
    sender: str = ""
    sender_name: str = ""
    user: str = ""
    allowed_domains: tuple[str, ...] = ()
    largest_mb: float = LARGEST_MB
    ca_file: Path | None = None
    timeout: float = 30.0

    def refuse_foreign(self, addresses: Sequence[str]) -> None:
        """Refuse addresses outside the allowed domains.

        Raises:
            RequestProblem: One is outside.

        Example:
            >>> MailSettings(allowed_domains=("school.example",)).refuse_foreign(["head@School.example"])
            >>> MailSettings(allowed_domains=("school.example",)).refuse_foreign(["head@shcool.example"])
            Traceback (most recent call last):
            ...
            addin.errors.RequestProblem: head@shcool.example: mail may go to school.example alone. Correct the address, or add \
its domain to allowed_domains in mail.toml.
        """
        for address in addresses:
            if self.allowed_domains and address.rpartition("@")[2].casefold() not in self.allowed_domains:
                raise RequestProblem(
                    f"{address}: mail may go to {', '.join(self.allowed_domains)} alone. Correct the address, or add its domain to "
                    f"allowed_domains in {FILE}."
                )

    def refuse_large(self, size: int) -> None:
        """Refuse a message that is too large.

        Raises:
            RequestProblem: It has more bytes than `largest_mb` allows.
        """
        if size > self.largest_mb * 1_000_000:
            raise RequestProblem(
                f"The message has {size_told(size)}, more than the {self.largest_mb:g} MB that are allowed. Nothing was sent. Send "
                f"the copy of values in place of --whole, or raise largest_mb in {FILE} if the school's server takes more."
            )


def size_told(size: int) -> str:
    """A number of bytes in words.

    Example:
        >>> size_told(25_400_000), size_told(38_300)
        ('25.4 MB', '38 kB')
    """
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{size / 1_000:.0f} kB"


def settings_path() -> Path:
    """Where the settings are."""
    return folder() / FILE


def load_settings(*, to_send: bool = False) -> MailSettings:
    """The settings; the defaults where there is no file and nothing is to be sent.

    Args:
        to_send: A server and a sender must be there.

    Raises:
        RequestProblem: The file is missing, cannot be read, or holds something else than it should.
    """
    path = settings_path()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        if not to_send:
            return MailSettings()
        raise RequestProblem(
            f'There are no settings for sending. Write {path} with at least two lines, such as host = "smtp.school.example" and '
            'sender = "you@school.example", or make a draft with --draft.'
        ) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else " ".join(str(error).split())
        raise RequestProblem(f"{path}: the settings cannot be read: {reason}. Correct the file.") from error
    settings = _checked(table, path)
    for key in ("host", "sender") if to_send else ():
        if not getattr(settings, key):
            raise RequestProblem(f"{path}: {key} is missing, and nothing can be sent without it. Add it.")
    return settings


def mail_password(user: str) -> str:
    """The password of a user of the server: from the environment, else from the system's keyring.

    Raises:
        RequestProblem: There is none, or the keyring cannot be used.
    """
    password = os.environ.get(PASSWORD_VARIABLE, "")
    if password:
        return password
    fault = ""
    try:
        needed("mail")
        import keyring

        password = keyring.get_password(KEYRING_SERVICE, user) or ""
    except Exception as error:  # none is there, it is locked, its backend is missing: each has errors of its own
        told = " ".join(str(error).split()) or type(error).__name__
        fault = f" The system's keyring cannot be used ({told})."
    if not password:
        raise RequestProblem(
            f"There is no password for {user}.{fault} Put it into the system's keyring with `keyring set {KEYRING_SERVICE} "
            f"{user}`, or into the environment variable {PASSWORD_VARIABLE}. Nothing was sent."
        )
    return password


def _checked(table: dict[str, Any], path: Path) -> MailSettings:
    def wrong(key: str, wanted: str) -> RequestProblem:
        return RequestProblem(f"{path}: {key} must be {wanted}. Correct the file.")

    def text(key: str) -> str:
        value = table.get(key, "")
        if not isinstance(value, str) or not value.isprintable():
            raise wrong(key, "a text in quotation marks, in one line")
        return value.strip()

    def number(key: str, default: float, most: float) -> float:
        value = table.get(key, default)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value <= most:
            raise wrong(key, f"a number above 0, at most {most:,g}")
        return value

    if "password" in table:
        raise RequestProblem(
            f"{path}: a password does not belong into this file. Remove the line, and put it into the system's keyring "
            f"(`keyring set {KEYRING_SERVICE} USER`) or the environment variable {PASSWORD_VARIABLE}."
        )
    unknown = sorted(set(table) - set(MailSettings.__dataclass_fields__))
    if unknown:
        raise RequestProblem(f"{path}: {unknown[0]!r} is no setting. Remove or correct the line.")
    security = text("security") or "starttls"
    if security not in PORTS:
        raise wrong("security", '"starttls" or "tls"; without encryption nothing is sent')
    sender = text("sender")
    if sender and not is_address(sender):
        raise wrong("sender", "a plain address such as you@school.example")
    domains = table.get("allowed_domains", [])
    if not isinstance(domains, list) or not all(isinstance(domain, str) for domain in domains):
        raise wrong("allowed_domains", 'a list such as ["school.example"]')
    ca_file = text("ca_file")
    port = number("port", PORTS[security], 65_535)
    if port != int(port):
        raise wrong("port", "a whole number")
    return MailSettings(
        host=text("host"),
        port=int(port),
        security=security,
        sender=sender,
        sender_name=text("sender_name"),
        user=text("user"),
        allowed_domains=tuple(domain.strip().casefold().removeprefix("@") for domain in domains),
        largest_mb=number("largest_mb", LARGEST_MB, 1_000),
        ca_file=path.parent / ca_file if ca_file else None,
        timeout=number("timeout", 30.0, LONGEST_TIMEOUT),
    )
