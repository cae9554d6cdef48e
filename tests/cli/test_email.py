"""`markbook email`: its options, what is told before anything leaves the computer, and drafts."""

from __future__ import annotations

import json
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
    body = draft.get_body(("plain",))
    assert body is not None
    for said in (
        f"To: {HEAD}, maths@school.example", f"Subject: {draft['Subject']}", "Students: 12", "Left out: ",
        f"Attachment: class.marked.xlsx ({len(attachment.get_content()):,} bytes)", "Draft written to",
        *(line for line in body.get_content().splitlines() if line),
    ):  # fmt: skip
        assert said in ran.out


def test_a_draft_is_noted_without_names(marked: Path, tmp_path: Path, markbook_home: Path) -> None:
    run("email", marked, "--to", HEAD, "--draft", tmp_path / "draft.eml")
    (line,) = (markbook_home / "mail-log.jsonl").read_text().splitlines()
    entry = json.loads(line)
    assert (entry["recipients"], entry["outcome"], len(entry["sha256"])) == ([HEAD], "drafted", 64)
    assert "Zov" not in line
    assert "class" not in line


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


def test_the_allowed_domains_hold_for_drafts_too(marked: Path, tmp_path: Path, markbook_home: Path) -> None:
    (markbook_home / "mail.toml").write_text('allowed_domains = ["school.example"]\n')
    assert "school.example alone" in refused(
        run("email", marked, "--to", "head@shcool.example", "--draft", tmp_path / "draft.eml")
    )
    assert run("email", marked, "--to", HEAD, "--draft", tmp_path / "draft.eml").code == 0
    (markbook_home / "mail.toml").write_text("allowed_domains = []\n")
    assert run("email", marked, "--to", "a@else.example", "--draft", tmp_path / "2.eml").code == 0


def test_a_message_that_is_too_large(marked: Path, tmp_path: Path, markbook_home: Path) -> None:
    (markbook_home / "mail.toml").write_text("largest_mb = 0.001\n")
    assert "largest_mb" in refused(run("email", marked, "--to", HEAD, "--draft", tmp_path / "draft.eml"))
    assert not (tmp_path / "draft.eml").exists()


def test_a_draft_of_another_kind(marked: Path, tmp_path: Path) -> None:
    assert ".eml" in refused(run("email", marked, "--to", HEAD, "--draft", tmp_path / "draft.txt"))


@pytest.mark.parametrize(
    "options",
    [
        ["--to", HEAD], ["--draft", "draft.eml"], ["--to", HEAD, "--draft", "d.eml", "--send"],
        ["--to", HEAD, "--draft", "d.eml", "--whole", "--pseudonymise"], ["--to", HEAD, "--draft", "d.eml", "--key", "k.csv"],
        ["--to", HEAD, "--send", "--outlook"],
    ],
)  # fmt: skip
def test_wrong_usage(marked: Path, options: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    before = contents(tmp_path)
    assert run("email", marked, *options).code == 2
    assert contents(tmp_path) == before


@pytest.mark.parametrize(("_name", "make", "words"), BAD_INPUTS, ids=BAD_INPUT_NAMES)
@pytest.mark.parametrize("options", [[], ["--whole"], ["--pseudonymise"]], ids=["values", "whole", "codes"])
def test_a_bad_input_is_one_line_and_no_draft(
    tmp_path: Path, _name: str, make: Callable[[Path], object], words: str, options: list[str]
) -> None:
    path = tmp_path / "class.xlsx"
    make(path)
    before = contents(tmp_path)
    assert words in refused(run("email", path, "--to", HEAD, "--draft", tmp_path / "draft.eml", *options))
    assert contents(tmp_path) == before
