"""Under which names the server answers: its own, and no other that somebody has made to lead here.

A page of another site may have its own name lead to this machine once it is open in a browser (DNS rebinding), and then ask us as
if it were ours. Its requests carry its name; so a name that is not ours is refused. An address in figures is nobody's name.
"""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

NAMES = "MARKBOOK_NAMES"
"""The names, with commas between them, as the workers find them in their environment."""

REFUSED = (
    "This server does not answer to the name that you have asked for. Use one that is in its certificate, or ask the person who "
    "runs it to give the name with --name."
)


def own_names(host: str, certificate: Path | None = None, more: Iterable[str] = ()) -> frozenset[str]:
    """The names that are the server's own.

    Args:
        host: Where it listens.
        certificate: Its certificate (PEM), whose names count.
        more: Names that the operator gives.

    Example:
        >>> sorted(own_names("127.0.0.1", more=["Markbook.School.example"]))
        ['localhost', 'markbook.school.example']
    """
    names = {"localhost", host, *more, *(_in_certificate(certificate) if certificate else ())}
    with suppress(ValueError):
        if not ipaddress.ip_address(host).is_loopback:
            names |= {socket.gethostname(), socket.getfqdn()}
    return frozenset(_plain(name) for name in names if name and _address(name) is None)


def is_ours(asked: str, names: Iterable[str]) -> bool:
    """Whether the name in a request is one of ours.

    Args:
        asked: The header Host, as it came.
        names: Ours; one that begins with `*.` stands for any single word in that place, as in a certificate.

    Example:
        >>> ours = frozenset({"localhost", "*.school.example"})
        >>> [is_ours(asked, ours) for asked in ("LOCALHOST:8000", "markbook.school.example", "10.0.0.7", "[::1]:8000")]
        [True, True, True, True]
        >>> [is_ours(asked, ours) for asked in ("evil.example", "a.b.school.example", "localhost.evil.example", "")]
        [False, False, False, False]
    """
    name, colon, port = asked.rpartition(":")
    if not colon or not port.isdigit():
        name = asked
    if _address(name) is not None:
        return True
    name = _plain(name)
    _, _, above = name.partition(".")
    return bool(name) and any(name == one or (above and one == f"*.{above}") for one in names)


def known_names() -> frozenset[str]:
    """The names that this worker's environment holds."""
    return frozenset(os.environ.get(NAMES, "localhost").split(","))


def _plain(name: str) -> str:
    return name.strip().casefold().rstrip(".")


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return None


def _in_certificate(path: Path) -> list[str]:
    """The names for which a certificate was issued; none where it has none."""
    from cryptography import x509  # heavy, and needed for https alone

    with suppress(ValueError, x509.ExtensionNotFound):
        found = x509.load_pem_x509_certificate(path.read_bytes())
        names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        return list(names.get_values_for_type(x509.DNSName))
    return []
