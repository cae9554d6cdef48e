"""The site of the documents, as far as it can be told without making it (`make site`)."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from docs.website.gather import PAGES, START, adapted
from docs.website.look import faults
from docs.website.reference import ELSEWHERE, EXAMPLES, SERVED, commands, family
from tests.help.test_help import FAMILY
from tests.help.test_help import commands as all_commands
from tests.tools import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_every_command_has_an_example() -> None:
    assert set(commands()) == {*EXAMPLES, *ELSEWHERE, SERVED}
    groups = {name.split()[0] for name in commands() if " " in name}
    assert set(commands()) == set(all_commands()) - groups


def test_an_example_is_one_of_its_command() -> None:
    lines = {name: example.line for name, examples in EXAMPLES.items() for example in examples}
    lines |= {name: line for name, (line, _) in ELSEWHERE.items()}
    assert [name for name, line in lines.items() if not line.startswith(name)] == []


def test_every_function_has_a_page() -> None:
    assert family() == FAMILY


@pytest.mark.parametrize("page", [page for group in PAGES.values() for page in group])
def test_what_is_listed_is_there(page: str) -> None:
    generated = page.startswith("docs/reference/")
    assert generated or (ROOT / page).is_file()


@pytest.mark.parametrize(
    "page", [START, *(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*/*.md"))]
)
def test_links_between_pages_are_right_in_the_repository_too(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#:]+)[^)]*\)", text)
    assert [target for target in targets if not (ROOT / page).parent.joinpath(target).exists()] == []


def test_the_list_of_rooms_has_every_arrow_of_the_drawing() -> None:
    drawing = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    shown = adapted(drawing)
    assert "```mermaid" in drawing
    assert "mermaid" not in shown
    uses = re.findall(r"^- \*\*.*?\*\*(?: uses (.*))?$", shown, re.MULTILINE)
    assert sum(len(used.split(", ")) for used in uses if used) == drawing.count("-->")


def test_a_site_of_one_bad_page_is_found_out(chromium: Browser, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p>Attendance</p><img src='https://example.org/a.png'>", encoding="utf-8")
    found = "\n".join(islice(faults(tmp_path, chromium), 4))
    assert "this is not the whole site" in found
    assert "document-title" in found
