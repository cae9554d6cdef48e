"""`markbook serve` says no in one line where it must, warns where it should, and serves: https, several workers, sign-in."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from addin.excel.server.settings import OURS, environment, project
from addin.excel.server.start import loopback
from tests import support
from tests.excel.server_process import environment as process_environment
from tests.excel.server_process import free_port, live_server, needed_server, workers
from tests.libraries import needed_library

QUESTION = {
    "client": "Office.js", "version": "", "runtime": "1.4", "func_name": "INTERVENTION_FLAG",
    "args": [[["Ova", 7, 2], ["Tul", 4, 19]], [["Name", "Target", "Angles (20)"]]],
}  # fmt: skip


def refused(folder: Path, *options: str, **more: str) -> str:
    """The one line with which `markbook serve` ends."""
    done = subprocess.run(
        [sys.executable, "-m", "addin.cli", "serve", *options],
        cwd=folder,
        env=process_environment(folder / "home", **more),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1, done
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("error: ")
    assert "unexpected fault" not in line
    return line


@pytest.fixture(autouse=True)
def server() -> None:
    needed_server()


def test_it_does_not_start_before_the_use_is_stated(tmp_path: Path) -> None:
    line = refused(tmp_path, XLWINGS_LICENSE_KEY="")
    assert "--educational-use" in line
    assert "XLWINGS_LICENSE_KEY" in line
    assert "schools" in line


def test_a_key_that_is_none_is_refused(tmp_path: Path) -> None:
    assert "is not valid or has expired" in refused(tmp_path, XLWINGS_LICENSE_KEY="gA-wrong")


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    # This process alone is told that there is no such module.
    hide = (
        "import importlib.util as u; found = u.find_spec; "
        "u.find_spec = lambda name, *more: None if name == 'xlwings_server' else found(name, *more)"
    )
    run = f"{hide}; from addin.cli.entry import main; main(['serve', '--educational-use'])"
    done = subprocess.run(
        [sys.executable, "-c", run], env=process_environment(tmp_path), capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr == (
        'error: For serving the add-in xlwings-server is missing. Install it: pip install "maths-markbook[server]"\n'
    )


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert f"Port {port} on 127.0.0.1 is taken." in refused(tmp_path, "--port", str(port))


@pytest.mark.parametrize(
    ("host", "says"), [("192.0.2.1", "no address of this machine"), ("no-such-host.invalid", "no such host")]
)
def test_a_host_that_is_not_here_is_told(tmp_path: Path, host: str, says: str) -> None:
    assert says in refused(tmp_path, "--host", host, "--port", str(free_port()))


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path, Path]:
    """A certificate for this machine with its key, and the authority that vouches for it."""
    needed_library("trustme")
    import trustme

    authority = trustme.CA()
    issued = authority.issue_cert("127.0.0.1", "localhost")
    files = tmp_path / "own.pem", tmp_path / "own.key", tmp_path / "authority.pem"
    issued.cert_chain_pems[0].write_to_path(files[0])
    issued.private_key_pem.write_to_path(files[1])
    authority.cert_pem.write_to_path(files[2])
    return files


def test_certificates_that_do_not_fit_are_told(tmp_path: Path, certificate: tuple[Path, Path, Path]) -> None:
    own, key, authority = map(str, certificate)
    assert "both --certificate and --key" in refused(tmp_path, "--certificate", own)
    assert "no such file" in refused(tmp_path, "--certificate", own, "--key", str(tmp_path / "none.key"))
    assert "with its own key" in refused(tmp_path, "--certificate", authority, "--key", key)
    assert "with its own key" in refused(tmp_path, "--certificate", key, "--key", own)


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"XLWINGS_AUTH_PROVIDERS": "entraid"}, "cannot be read"),
        ({"XLWINGS_REQUEST_TIMEOUT": "soon"}, "XLWINGS_REQUEST_TIMEOUT: this setting"),
        (
            {"XLWINGS_AUTH_PROVIDERS": '["entraid"]'},
            "XLWINGS_AUTH_ENTRAID_CLIENT_ID and XLWINGS_AUTH_ENTRAID_TENANT_ID",
        ),
    ],
)
def test_settings_that_cannot_be_meant_are_told(tmp_path: Path, settings: dict[str, str], says: str) -> None:
    assert says in refused(tmp_path, **settings)


@pytest.mark.parametrize(
    "option", [("--port", "0"), ("--port", "99999"), ("--workers", "0"), ("--largest-request", "x")]
)
def test_wrong_usage_is_2(option: tuple[str, str]) -> None:
    assert support.run("serve", *option).code == 2


def warnings(log: str) -> list[str]:
    return re.findall(r"^warning: (.*)$", log, re.MULTILINE)


def test_it_warns_when_it_listens_beyond_this_machine_without_sign_in(tmp_path: Path) -> None:
    with live_server(tmp_path, "--host", "0.0.0.0") as live:
        assert [line for line in warnings(live.log) if "nobody has to sign in" in line and "0.0.0.0" in line]


def test_with_sign_in_nothing_is_answered_without_a_token(tmp_path: Path) -> None:
    import httpx

    client, tenant = "0f8fad5b-d9cb-469f-a165-70867728950e", "7c9e6679-7425-40de-944b-e07fc1f90ae7"
    with live_server(
        tmp_path,
        "--host",
        "0.0.0.0",
        XLWINGS_AUTH_PROVIDERS='["entraid"]',
        XLWINGS_AUTH_ENTRAID_CLIENT_ID=client,
        XLWINGS_AUTH_ENTRAID_TENANT_ID=tenant,
    ) as live:
        assert not [line for line in warnings(live.log) if "sign in" in line]
        for path in ("custom-functions-call", "custom-scripts-call/show_class"):
            answer = httpx.post(f"{live.origin}/xlwings/{path}", json=QUESTION)
            assert answer.status_code == 401, path
        manifest = httpx.get(f"{live.origin}/manifest.xml").text
        assert f"<Id>{client}</Id>" in manifest
        assert f"/{client}</Resource>" in manifest


def test_https_with_two_workers(tmp_path: Path, certificate: tuple[Path, Path, Path]) -> None:
    import ssl

    import httpx

    own, key, authority = certificate
    trusting = ssl.create_default_context(cafile=str(authority))
    options = ("--certificate", str(own), "--key", str(key), "--workers", "2")
    with live_server(tmp_path, *options, scheme="https") as live:
        for _ in range(6):
            answer = httpx.post(f"{live.origin}/xlwings/custom-functions-call", json=QUESTION, verify=trusting)
            assert answer.json() == {"result": [["▲ High"], ["■ On track"]]}
        assert f'"{live.origin}/taskpane.html"' in httpx.get(f"{live.origin}/manifest.xml", verify=trusting).text
        assert not warnings(live.log)
        assert workers(live, 2) == 2


def test_a_name_and_a_path_of_the_schools_go_into_the_manifest(tmp_path: Path) -> None:
    import httpx

    with live_server(tmp_path, XLWINGS_HOSTNAME="markbook.school.example", XLWINGS_APP_PATH="/maths") as live:
        manifest = httpx.get(f"{live.origin}/maths/manifest.xml").text
        assert '"https://markbook.school.example/maths/taskpane.html"' in manifest
        assert httpx.post(f"{live.origin}/maths/xlwings/custom-functions-call", json=QUESTION).status_code == 200
        assert httpx.post(f"{live.origin}/maths/xlwings/custom-scripts-call/x", json={}).status_code == 404


def test_what_the_environment_says_does_not_undo_what_the_server_stands_on() -> None:
    dangerous = dict.fromkeys(OURS, "other") | {"XLWINGS_LICENSE_KEY": "paid", "XLWINGS_MANIFEST_ID_PROD": "own"}
    new = environment(dangerous, educational_use=True, largest=1)
    assert {name: new[name] for name in OURS} == OURS
    assert OURS["MARKBOOK_MODEL"] == "bundled"
    assert "XLWINGS_LICENSE_KEY" not in new, "a paid key stays"
    assert "XLWINGS_MANIFEST_ID_PROD" not in new, "the school's own manifest stays"


def test_the_project_folder_is_whole() -> None:
    for name in ("templates/manifest.xml", "templates/taskpane.html", "static/js/ribbon.js", "static/js/press.js"):
        assert (project() / name).is_file(), name
    assert not [path for path in project().rglob("*") if path.name in ("config.py", "lifespan.py", ".env", "dist")]


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "localhost", "LOCALHOST"])
def test_addresses_of_this_machine_alone(host: str) -> None:
    assert loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "markbook.school.example", ""])
def test_addresses_that_others_reach(host: str) -> None:
    assert not loopback(host)


@pytest.fixture(scope="module")
def adapted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose record of an adapted model is broken: whoever reads it fails."""
    home = tmp_path_factory.mktemp("adapted")
    (home / "adapted.json").write_text("{}")
    return home


def test_the_shipped_model_judges_whatever_the_data_folder_holds(tmp_path: Path, adapted: Path) -> None:
    import httpx

    with live_server(tmp_path, MARKBOOK_HOME=str(adapted)) as live:
        answer = httpx.post(f"{live.origin}/xlwings/custom-functions-call", json=QUESTION)
        assert answer.json() == {"result": [["▲ High"], ["■ On track"]]}
