"""A marked class and the settings of a server for the tests of mail; at the end, the table of failures and what is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from addin.files.marked import score_file
from templates.build import class_workbook
from tests.libraries import needed_library
from tests.mail import servers
from tests.support import class_file

TOLD = "failure: what the user is told"


@pytest.fixture(autouse=True)
def _server_library() -> None:
    for name in ("aiosmtpd", "trustme", "fast_mail_parser"):
        needed_library(name)


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    """A small marked class of the teacher's own making."""
    return score_file(class_file(tmp_path / "class.xlsx")).output


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A marked class made from the template."""
    path = tmp_path_factory.mktemp("mail") / "sample.xlsx"
    class_workbook(path, students=30, seed=2026)
    return score_file(path).output


@pytest.fixture
def password(monkeypatch: pytest.MonkeyPatch) -> str:
    """The right password, where the program looks for it."""
    monkeypatch.setenv("MARKBOOK_MAIL_PASSWORD", servers.PASSWORD)
    return servers.PASSWORD


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the user is told in each case of failure."""
    rows = [
        value
        for report in terminalreporter.stats.get("passed", [])
        for name, value in getattr(report, "user_properties", ())
        if name == TOLD
    ]
    if rows:
        terminalreporter.section(f"{len(rows)} failures of mail, and what the user is told")
        for case, told in rows:
            terminalreporter.write_line(f"{case}")
            terminalreporter.write_line(f"    {told}")
