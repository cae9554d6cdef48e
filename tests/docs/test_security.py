"""The threat model names modules and tests that are there."""

from __future__ import annotations

import ast
import re

import pytest

from tests.tools import ROOT

TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
PATHS = sorted(set(re.findall(r"`((?:addin|model|tests)/[\w/]+\.py)(?:::\w+)?`", TEXT)))
TESTS = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TEXT)))
WHO = (
    "colleague",
    "network",
    "hostile workbook",
    "swapped model",
    "poisoned dependency",
    "recipient",
    "add-in",
    "laptop",
)


def test_it_names_many() -> None:
    assert len(PATHS) > 30
    assert len(TESTS) > 30


@pytest.mark.parametrize("path", PATHS)
def test_every_module_that_is_named_is_there(path: str) -> None:
    assert (ROOT / path).is_file()


@pytest.mark.parametrize(("path", "name"), TESTS)
def test_every_test_that_is_named_is_there(path: str, name: str) -> None:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("who", WHO)
def test_everybody_has_a_part(who: str) -> None:
    assert re.search(rf"^## .*{who}", TEXT, re.MULTILINE | re.IGNORECASE)


def test_what_is_said_to_be_stopped_names_what_shows_it() -> None:
    rows = [row.split("|")[1:-1] for row in TEXT.splitlines() if row.startswith("| ") and "stopped by" not in row]
    assert len(rows) > 25
    assert [row[0] for row in rows if "`" in row[1] and "`tests/" not in row[2]] == []


def test_no_address_is_invented() -> None:
    assert "@" not in TEXT
