"""What several tests share: the add-in file and the server, made once; a task pane with a browser, once for each module."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from addin.excel.desktop import xlam
from addin.excel.server.glance import glance
from addin.files.package.read import read_book
from templates.build import class_workbook
from tests.browser import browser
from tests.excel.pane_browser import Pane, open_pane
from tests.excel.server_books import stand_in_workbook
from tests.excel.server_process import Live, live_server, needed_server
from tests.libraries import needed_library

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def addin_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The add-in as it is for Windows."""
    needed_library("pyopenvba")
    path = tmp_path_factory.mktemp("addin") / "markbook.xlam"
    xlam.build(path)
    return path


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Headless Chromium, for a server that can be there."""
    needed_server()
    with browser() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The server, which keeps nothing from one request to the next: one for every test that needs no other settings."""
    needed_server()
    with live_server(tmp_path_factory.mktemp("server")) as live:
        yield live


@pytest.fixture(scope="module")
def class_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo class."""
    path = tmp_path_factory.mktemp("pane") / "class.xlsx"
    class_workbook(path, students=30, seed=7)
    return path


@pytest.fixture(scope="module")
def known(class_path: Path) -> dict[str, Any]:
    """The demo class at a glance, as Python tells it."""
    return glance(read_book(class_path))


@pytest.fixture
def pane(chromium: Browser, live: Live, class_path: Path) -> Iterator[Pane]:
    """A pane beside the demo class, for one test."""
    with open_pane(chromium, live, stand_in_workbook(class_path)) as pane:
        yield pane
