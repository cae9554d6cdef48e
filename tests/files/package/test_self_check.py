"""A result that is not what it should be never takes the file's place, whatever is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from addin.errors import WriteFailed
from addin.files.package import archive, rewrite
from addin.files.package.archive import Packed
from addin.files.package.draft import Draft
from addin.files.package.patch import patch_workbook
from tests.files.package.books import SHEET_PART, result_edits

TABLE, STYLES = "xl/tables/table1.xml", "xl/styles.xml"
Change = Callable[[bytes], bytes]


def swap(old: bytes, new: bytes) -> Change:
    def change(data: bytes) -> bytes:
        assert old in data
        return data.replace(old, new, 1)

    return change


def cut(pattern: bytes, new: bytes = b"") -> Change:
    def change(data: bytes) -> bytes:
        assert re.search(pattern, data)
        return re.sub(pattern, new, data, count=1)

    return change


FAULTS: dict[str, tuple[str, Change, str]] = {
    "a teacher's mark": (SHEET_PART, swap(b'<c r="C5"><v>10</v>', b'<c r="C5"><v>11</v>'), "C5 changed"),
    "a teacher's format": (SHEET_PART, swap(b'<c r="C5"', b'<c r="C5" s="2"'), "C5 changed"),
    "a teacher's formula": (SHEET_PART, swap(b"<f>", b"<f>1+"), "E5 changed"),
    "a result": (SHEET_PART, swap("▲ High".encode(), "● Watch".encode()), "F5 does not read back"),
    "a result of another row": (SHEET_PART, swap(b'<c r="F6"', b'<c r="F7"'), "names another row"),
    "a result's format": (SHEET_PART, swap(b'<c r="G5" s="', b'<c r="G5" s="99'), "format"),
    "a result that is gone": (SHEET_PART, cut(rb'<c r="H6"[^>]*><v>2</v></c>'), "H6 does not read back"),
    "a cell behind the results": (
        SHEET_PART,
        swap(b'</row><row r="6"', b'<c r="O5"><v>1</v></c></row><row r="6"'),
        "O5 changed",
    ),
    "true for one": (SHEET_PART, cut(rb'<c r="H5"[^>]*(?=><v>1)', b'<c r="H5" t="b"'), "H5 does not read back"),
    "one for true": (SHEET_PART, swap(b' t="b"><v>1</v>', b"><v>1</v>"), "H7 does not read back"),
    "a text cut short": (SHEET_PART, swap(b"Fraction walls", b"Fraction wall"), "K5 does not read back"),
    "a row": (SHEET_PART, swap(b'<row r="6"', b'<row r="60"'), "discarded"),
    "a table": (TABLE, swap(b'name="Flag"', b'name="Flags"'), "Flags"),
    "a priority": (SHEET_PART, swap(b'priority="4"', b'priority="1"'), "priority 1"),
    "well-formed XML": (STYLES, lambda data: data[:-9], "cannot be read"),
    "the sheet's end": (SHEET_PART, lambda data: data[:-9], "cannot be read"),
}


@pytest.mark.parametrize("what", FAULTS)
def test_a_fault_is_seen(rich: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    part, change, words = FAULTS[what]
    changed_members = Draft.changed_members

    def faulty(draft: Draft) -> dict[str, Packed]:
        changed = changed_members(draft)
        return changed | {part: Packed.of(change(changed[part].read()))}

    original = rich.read_bytes()
    monkeypatch.setattr(Draft, "changed_members", faulty)
    with pytest.raises(WriteFailed, match=words) as caught:
        patch_workbook(rich, result_edits(changes={(7, "Priority"): True}), rich)
    assert "\n" not in str(caught.value)
    assert rich.read_bytes() == original
    assert [path.name for path in tmp_path.iterdir()] == ["rich.xlsx"]


@pytest.mark.parametrize("what", FAULTS)
def test_a_fault_of_the_packing_is_seen(rich: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    part, change, _ = FAULTS[what]
    replace_parts = archive.replace_parts

    def faulty(source: bytes, changed: dict[str, Packed], added: dict[str, Packed]) -> bytes:
        return replace_parts(source, changed | {part: Packed.of(change(changed[part].read()))}, added)

    original = rich.read_bytes()
    monkeypatch.setattr(rewrite, "replace_parts", faulty)
    with pytest.raises(WriteFailed, match=rf"{part} is not what was checked"):
        patch_workbook(rich, result_edits(changes={(7, "Priority"): True}), rich)
    assert rich.read_bytes() == original
    assert [path.name for path in tmp_path.iterdir()] == ["rich.xlsx"]
