"""The names to which the server answers: the certificate's, the machine's, those that are given, and nobody else's."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
import trustme

from addin.excel.server.names import is_ours, own_names
from tests.excel.server_process import live_server, needed_server

CALL = {
    "client": "Office.js", "version": "", "runtime": "1.4", "func_name": "INTERVENTION_FLAG",
    "args": [[["Ova", 7, 2], ["Tul", 4, 19]], [["Name", "Target", "Angles (20)"]]],
}  # fmt: skip


def certificate(folder: Path, *names: str) -> Path:
    path = folder / "markbook.pem"
    trustme.CA().issue_cert(*names).cert_chain_pems[0].write_to_path(path)
    return path


def test_the_names_in_the_certificate_are_ours(tmp_path: Path) -> None:
    names = own_names("127.0.0.1", certificate(tmp_path, "markbook.school.example", "*.trust.example", "10.0.0.7"))
    assert names == {"localhost", "markbook.school.example", "*.trust.example"}
    assert is_ours("maths.trust.example:8443", names)
    assert not is_ours("trust.example", names)


def test_a_certificate_without_names_or_that_is_none_has_none(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.pem"
    damaged.write_text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    assert own_names("127.0.0.1", damaged) == {"localhost"}


def test_who_listens_to_all_has_the_machine_s_own_name() -> None:
    assert socket.gethostname().casefold() in own_names("0.0.0.0")
    assert own_names("markbook.school.example") == {"localhost", "markbook.school.example"}


@pytest.mark.parametrize(
    "asked", ["localhost.", "LocalHost:80", "[::1]", "[::1]:8000", "127.0.0.1", "192.168.7.7:8000"]
)
def test_what_is_ours(asked: str) -> None:
    assert is_ours(asked, own_names("127.0.0.1"))


@pytest.mark.parametrize(
    "asked",
    ["", ":8000", "evil.example", "localhost:8000.evil.example", "1.2.3.4.nip.example", "localhost@evil.example", "*"],
)
def test_what_is_not(asked: str) -> None:
    assert not is_ours(asked, own_names("127.0.0.1"))


def test_a_page_whose_name_was_made_to_lead_here_gets_no_answer(tmp_path: Path) -> None:
    needed_server()
    import httpx

    with live_server(tmp_path, "--name", "maths.school.example", XLWINGS_HOSTNAME="markbook.school.example") as live:
        address = f"{live.origin}/xlwings/custom-functions-call"
        for name, status in (
            ("evil.example", 421),
            ("maths.school.example", 200),
            ("markbook.school.example:443", 200),
            ("localhost", 200),
        ):
            assert httpx.post(address, json=CALL, headers={"host": name}).status_code == status
        told = httpx.get(f"{live.origin}/manifest.xml", headers={"host": "evil.example"})
        assert told.status_code == 421
        assert "--name" in told.text
        assert "evil" not in live.log
