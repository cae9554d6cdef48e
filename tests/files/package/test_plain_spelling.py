"""Unusual spellings of a sheet: read, written and checked as the usual one is, or left to the parser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from addin.errors import WriteFailed
from addin.files.package import results
from addin.files.package.archive import Packed
from addin.files.package.draft import Draft
from addin.files.package.lint import lint
from addin.files.package.markup import MAIN
from addin.files.package.patch import patch_workbook
from addin.files.package.plain_spelling import respelled
from addin.files.package.read import read_book
from addin.files.package.sheet_stream import Unusual
from tests.files.package.books import SHEET_PART, members, result_edits, rewritten, with_prefix, without_places
from tests.files.package.looking import changed_parts, opened

SPELLINGS: dict[str, Callable[[str], str]] = {
    "a prefix": with_prefix,
    "no places": without_places,
    "no places of cells": lambda xml: re.sub(r'<c r="[A-E][5-9]"', "<c", xml),
    "places last": lambda xml: re.sub(r'<c( r="[A-Z]+\d+")((?: [a-z]+="[^"]*")+)', r"<c\2\1", xml),
}


def sheet(rows: str, *, prefix: str = "x:", declared: str = "") -> bytes:
    name = f":{prefix}".rstrip(":")
    return (
        f'<{prefix}worksheet xmlns{name}="{MAIN}"{declared}><{prefix}sheetData>{rows}</{prefix}sheetData></{prefix}worksheet>'
    ).encode()


@pytest.mark.parametrize("spelling", ["a prefix", "no places of cells", "places last"])
def test_an_unusual_sheet_gets_what_the_usual_one_gets(
    rich: Path, tmp_path: Path, spelling: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    unusual = rewritten(rich, tmp_path / "unusual.xlsx", {SHEET_PART: SPELLINGS[spelling]})
    assert read_book(unusual) == read_book(rich)
    monkeypatch.setattr(results, "SheetXml", None)  # the slow way is not taken
    usual = tmp_path / "usual.xlsx"
    patch_workbook(rich, result_edits(), usual)
    patch_workbook(unusual, result_edits(), unusual)
    assert read_book(unusual) == read_book(usual)
    assert not lint(unusual)
    for name in opened(usual).sheetnames:
        cells = [
            [(cell.value, cell.style_id) for row in opened(path)[name] for cell in row] for path in (usual, unusual)
        ]
        assert cells[0] == cells[1]
    assert not {part for part in changed_parts(rich, unusual) if part not in changed_parts(rich, usual)}


@pytest.mark.parametrize("spelling", ["a prefix", "no places of cells", "places last"])
def test_a_mark_that_changes_on_the_way_is_seen(
    rich: Path, tmp_path: Path, spelling: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    unusual = rewritten(rich, tmp_path / "unusual.xlsx", {SHEET_PART: SPELLINGS[spelling]})
    changed_members = Draft.changed_members

    def faulty(draft: Draft) -> dict[str, Packed]:
        changed = changed_members(draft)
        written = changed[SHEET_PART].read()
        assert b'<c r="C5"><v>10</v>' in written
        return changed | {SHEET_PART: Packed.of(written.replace(b'<c r="C5"><v>10</v>', b'<c r="C5"><v>11</v>'))}

    before = unusual.read_bytes()
    monkeypatch.setattr(Draft, "changed_members", faulty)
    with pytest.raises(WriteFailed, match="C5 changed"):
        patch_workbook(unusual, result_edits(), unusual)
    assert unusual.read_bytes() == before


def test_rows_and_cells_stand_behind_the_ones_before_them() -> None:
    rows = '<row r="3"><c/><c r="D3"><v>1</v></c><c s="1"/></row><row ht="20"><c><v>2</v></c></row>'
    told = '<row r="3"><c r="A3"/><c r="D3"><v>1</v></c><c r="E3" s="1"/></row><row r="4" ht="20"><c r="A4"><v>2</v></c></row>'
    assert respelled(sheet(rows, prefix="")) == sheet(told, prefix="")


def test_the_usual_spelling_is_left_alone(rich: Path) -> None:
    data = members(rich)[SHEET_PART]
    assert respelled(data) == data


@pytest.mark.parametrize(
    "data",
    [
        sheet("<!-- by hand --><x:row/>"),
        sheet("<x:row><x:c/></x:row>", declared=' xmlns="urn:other"'),
        sheet(f'<x:row xmlns:y="{MAIN}"><y:c/></x:row>'),
        sheet('<x:row xmlns:x="urn:other"><x:c/></x:row>'),
        sheet("<x:row><c/></x:row>"),
        sheet("<row><c/></row>", prefix="").replace(b"<c/>", b"<c r='B1'/>").replace(b"<row>", b"<row r='1'>"),
    ],
    ids=[
        "a comment",
        "another default",
        "two prefixes",
        "a prefix of two meanings",
        "elements of no namespace",
        "quotes",
    ],
)
def test_what_only_a_parser_understands_is_left_to_it(data: bytes) -> None:
    with pytest.raises(Unusual):
        respelled(data)
