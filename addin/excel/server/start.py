"""What `markbook serve` does: say no in one line while it still can, then hand over to uvicorn."""

from __future__ import annotations

import errno
import ipaddress
import os
import socket
import ssl
from dataclasses import dataclass
from pathlib import Path

from addin.errors import RequestProblem
from addin.excel.server.log import configuration
from addin.excel.server.names import NAMES, own_names
from addin.excel.server.settings import LICENCE_KEY, PUBLIC_NAME, environment
from addin.extras import needed

LICENCE = (
    "xlwings Server, on which this runs, is free for noncommercial use, which covers schools, colleges, universities and "
    "charities; a tutoring company needs a paid key."
)

WORKER_PATIENCE = 60
"""Seconds after which a worker that does not answer its parent is replaced. uvicorn's 5 are less than a busy computer needs to
start one: workers would be killed while they import, again and again, and nobody would ever be answered."""


@dataclass(frozen=True, kw_only=True)
class Serving:
    """How to serve.

    Args:
        host, port: Where to listen.
        certificate, key: Files (PEM) for https; both or neither.
        workers: Processes that answer.
        educational_use: Whether the operator has stated that the use is educational.
        largest: Bytes of the largest request.
        names: Names of the server beside its own (`addin.excel.server.names`).
    """

    host: str = "127.0.0.1"
    port: int = 8000
    certificate: Path | None = None
    key: Path | None = None
    workers: int = 1
    educational_use: bool = False
    largest: int = 20_000_000
    names: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """The address of the server as a browser on the same machine would write it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http{'s' if self.certificate else ''}://{host}:{self.port}"


def prepare(wanted: Serving) -> list[str]:
    """Check everything that can be checked, and set the environment of this process and its workers.

    Returns:
        Warnings for the operator.

    Raises:
        RequestProblem: It cannot be served like this; the text says what to do.
    """
    needed("server")
    os.environ.update(environment(os.environ, educational_use=wanted.educational_use, largest=wanted.largest))
    signed_in = _sign_in()
    _check_licence()
    _check_certificate(wanted)
    _check_port(wanted)
    public = os.environ.get(PUBLIC_NAME, "").rpartition("//")[2].partition("/")[0]
    known = own_names(wanted.host, wanted.certificate, [*wanted.names, public.partition(":")[0]])
    os.environ[NAMES] = ",".join(sorted(known))
    warnings = []
    if not loopback(wanted.host) and not signed_in:
        warnings.append(
            f"Anyone who reaches {wanted.host}:{wanted.port} can use this server, since nobody has to sign in. Set "
            'XLWINGS_AUTH_PROVIDERS=["entraid"] and its settings first (docs/school-it.md).'
        )
    if not wanted.certificate:
        warnings.append(
            "Excel loads add-ins over https alone. Give --certificate and --key, unless a proxy in front of this server has them."
        )
    return warnings


def run(wanted: Serving) -> None:
    """Serve until stopped; `prepare` comes first."""
    import uvicorn

    uvicorn.run(
        "addin.excel.server.app:application",
        factory=True,
        host=wanted.host,
        port=wanted.port,
        workers=wanted.workers,
        timeout_worker_healthcheck=WORKER_PATIENCE,
        ssl_certfile=wanted.certificate,
        ssl_keyfile=wanted.key,
        log_config=dict(configuration()),
        access_log=False,
        server_header=False,
        ws="none",
        lifespan="off",
    )


def loopback(host: str) -> bool:
    """Whether only this machine can reach a host name or address.

    Example:
        >>> loopback("localhost"), loopback("127.0.0.1"), loopback("::1"), loopback("0.0.0.0")
        (True, True, True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


def _sign_in() -> bool:
    """Whether xlwings Server's own settings ask for a sign-in; they may stand in a file, so it reads them itself."""
    from pydantic import ValidationError
    from pydantic_settings import SettingsError

    try:
        from xlwings_server.config import settings
    except (ValidationError, SettingsError) as error:
        where = error.errors()[0]["loc"] if isinstance(error, ValidationError) else ()
        named = "XLWINGS_" + "_".join(map(str, where)).upper() if where else "XLWINGS_..."
        raise RequestProblem(
            f"{named}: this setting of xlwings Server cannot be read. Correct or remove it."
        ) from error
    needed = ("auth_entraid_client_id", "auth_entraid_tenant_id")
    if "entraid" in (settings.auth_providers or ()):
        missing = [f"XLWINGS_{name.upper()}" for name in needed if not getattr(settings, name)]
        if missing:
            raise RequestProblem(f"Sign-in by Entra ID needs {' and '.join(missing)}. Set them (docs/school-it.md).")
    return bool(settings.auth_providers)


def _check_licence() -> None:
    if not os.environ.get(LICENCE_KEY):
        raise RequestProblem(
            f"{LICENCE} State your use: give --educational-use if yours is educational, or a key in {LICENCE_KEY}."
        )
    try:
        import xlwings

        valid = xlwings.__pro__
    except Exception:  # a key of another shape ends the import with an error that is defined inside it
        valid = False
    if not valid:
        raise RequestProblem(f"The key in {LICENCE_KEY} is not valid or has expired. {LICENCE}")


def _check_certificate(wanted: Serving) -> None:
    if wanted.certificate is None and wanted.key is None:
        return
    if wanted.certificate is None or wanted.key is None:
        raise RequestProblem("https needs both --certificate and --key. Give both, or neither.")
    for file in (wanted.certificate, wanted.key):
        if not file.is_file():
            raise RequestProblem(f"{file}: no such file. Give the certificate and its key as PEM files.")
    try:
        # Without a password that is asked for on the terminal: a service has none.
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(
            wanted.certificate, wanted.key, password=lambda: b""
        )
    except (ssl.SSLError, OSError, ValueError) as error:
        raise RequestProblem(
            f"{wanted.certificate.name} and {wanted.key.name}: not a certificate with its own key, both as PEM files without "
            "a password. Give the pair that belongs together."
        ) from error


def _check_port(wanted: Serving) -> None:
    """Try to listen: uvicorn would tell it in its log, after the workers have started."""
    try:
        places = socket.getaddrinfo(wanted.host, wanted.port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise RequestProblem(f"{wanted.host}: no such host. Give an address of this machine, or 127.0.0.1.") from error
    family, kind, protocol, _, place = places[0]
    with socket.socket(family, kind, protocol) as trial:
        if os.name == "posix":
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(place)
            # A port that another process listens on can be bound with SO_REUSEADDR on some systems, but not listened on.
            trial.listen(1)
        except OSError as error:
            raise RequestProblem(_why_not(wanted, error)) from error


def _why_not(wanted: Serving, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {wanted.port} on {wanted.host} is taken. Stop the program that uses it, or give another with --port."
        )
    if error.errno == errno.EACCES:
        return f"Port {wanted.port} may not be used without an administrator's rights. Give one above 1023 with --port."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{wanted.host} is no address of this machine. Give one that is, or 127.0.0.1."
    return f"{wanted.host}:{wanted.port} cannot be listened on: {error.strerror}. Give another --host or --port."
