"""`markbook email`."""

from __future__ import annotations

from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from tests.support import BAD_INPUT_NAMES, BAD_INPUTS, class_file, contents, refused, run

HEAD = "head@school.example"


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    path = class_file(tmp_path / "class.xlsx")
    assert run("score", path).code == 0
    return tmp_path / "class.marked.xlsx"


def test_a_draft_and_what_is_told_of_it(marked: Path, tmp_path: Path) -> None:
    ran = run("email", marked, "--to", HEAD, "--to", "maths@school.example", "--draft", tmp_path / "draft.eml")
    assert (ran.code, ran.err) == (0, "")
    draft = message_from_bytes((tmp_path / "draft.eml").read_bytes(), policy=policy.default)
    assert [address.addr_spec for address in draft["To"].addresses] == [HEAD, "maths@school.example"]
    (attachment,) = draft.iter_attachments()
    assert attachment.get_filename() == "class.marked.xlsx"
    for said in (str(draft["Subject"]), HEAD, "class.marked.xlsx", f"{len(attachment.get_content()):,} bytes"):
        assert said in ran.out


def test_an_unscored_file_is_refused(marked: Path, tmp_path: Path) -> None:
    before = contents(tmp_path)
    message = refused(run("email", tmp_path / "class.xlsx", "--to", HEAD, "--draft", tmp_path / "draft.eml"))
    assert "markbook score" in message
    assert contents(tmp_path) == before


def test_an_existing_draft_is_not_replaced(marked: Path, tmp_path: Path) -> None:
    (tmp_path / "draft.eml").write_bytes(b"precious")
    assert "exists already" in refused(run("email", marked, "--to", HEAD, "--draft", tmp_path / "draft.eml"))
    assert (tmp_path / "draft.eml").read_bytes() == b"precious"


@pytest.mark.parametrize(
    "address", ["head", "", "head@school", f"{HEAD}\nBcc: me@evil.example", "Head <head@school.example>"]
)
def test_an_address_that_is_none(marked: Path, tmp_path: Path, address: str) -> None:
    before = contents(tmp_path)
    assert "not a mail address" in refused(run("email", marked, "--to", address, "--draft", tmp_path / "draft.eml"))
    assert contents(tmp_path) == before


def test_a_draft_of_another_kind(marked: Path, tmp_path: Path) -> None:
    assert ".eml" in refused(run("email", marked, "--to", HEAD, "--draft", tmp_path / "draft.txt"))


@pytest.mark.parametrize("options", [["--to", HEAD], ["--draft", "draft.eml"]])
def test_address_and_draft_are_both_needed(marked: Path, options: list[str]) -> None:
    assert run("email", marked, *options).code == 2


@pytest.mark.parametrize(("_name", "make", "words"), BAD_INPUTS, ids=BAD_INPUT_NAMES)
def test_a_bad_input_is_one_line_and_no_draft(
    tmp_path: Path, _name: str, make: Callable[[Path], object], words: str
) -> None:
    path = tmp_path / "class.xlsx"
    make(path)
    before = contents(tmp_path)
    assert words in refused(run("email", path, "--to", HEAD, "--draft", tmp_path / "draft.eml"))
    assert contents(tmp_path) == before
