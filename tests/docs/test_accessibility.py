"""The accessibility statement claims what tests hold: each test that it names is there, and each that there is, is named."""

from __future__ import annotations

import ast
import re
from configparser import ConfigParser

from tests.tools import ROOT

STATEMENT = (ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")
_CITED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def named_in(path: str) -> set[str]:
    """The names of the tests in a file."""
    parsed = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {
        node.name for node in ast.walk(parsed) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def section(title: str) -> str:
    """The statement from one heading to the next."""
    return STATEMENT.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def test_every_test_that_is_named_is_there() -> None:
    cited = _CITED.findall(STATEMENT)
    assert len(cited) > 20
    assert [
        f"{path}::{name}" for path, name in cited if not (named_in(path) if not name else name in named_in(path))
    ] == []


def test_every_claim_is_held_by_a_test() -> None:
    rows = re.findall(r"^\| (?!what|-)(.*?) \| (.*) \|$", section("What holds"), re.MULTILINE)
    assert len(rows) > 10
    assert [claim for claim, held in rows if not _CITED.search(held)] == []


def test_every_test_for_everybody_is_named() -> None:
    """All of those that exist, so that a surface which is tried is also stated."""
    named = set(_CITED.findall(STATEMENT))
    there = [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "tests").rglob("test_*_for_everybody.py"))]
    assert len(there) >= 8
    # The pane's file also has what is told when something is wrong.
    others = "tests/excel/test_task_pane_for_everybody.py"
    missing = [
        (path, name) for path in there if path != others for name in sorted(named_in(path)) if (path, name) not in named
    ]
    assert missing == []
    assert any(path == others for path, _ in named)


def test_it_is_about_this_version_and_these_checkers() -> None:
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    assert f"version {setup['metadata']['version']}." in STATEMENT
    installed = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for told, package in (("axe-core 4", "axe-core@4"), ("Access engine 4", "accessibility-checker-engine@4")):
        assert told in STATEMENT.replace("\n  ", " ")
        assert package in installed


def test_the_readme_leads_to_it_and_every_picture_of_the_guides_has_words() -> None:
    assert "](docs/accessibility.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
    looked = 0
    for guide in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md")):
        text = guide.read_text(encoding="utf-8")
        for words in re.findall(r"!\[(.*?)\]\(", text) + re.findall(r'<img [^>]*?alt="(.*?)"', text):
            looked += 1
            assert len(words) > 10, f"{guide.name} has a picture without words"
        assert text.count("<img ") == len(re.findall(r'<img [^>]*?alt="', text))
    assert looked > 5
