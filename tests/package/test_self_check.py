"""A result that is not what it should be never takes the file's place, whatever is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from addin.errors import WriteFailed
from addin.package import archive, rewrite
from addin.package.patch import patch_workbook
from tests.package.books import SHEET_PART, result_edits

TABLE, STYLES = "xl/tables/table1.xml", "xl/styles.xml"
Change = Callable[[bytes], bytes]


def swap(old: bytes, new: bytes) -> Change:
    def change(data: bytes) -> bytes:
        assert old in data
        return data.replace(old, new, 1)

    return change


FAULTS: dict[str, tuple[str, Change, str]] = {
    "a teacher's mark": (SHEET_PART, swap(b'<c r="C5"><v>10</v>', b'<c r="C5"><v>11</v>'), "C5 changed"),
    "a teacher's format": (SHEET_PART, swap(b'<c r="C5"', b'<c r="C5" s="2"'), "C5 changed"),
    "a teacher's formula": (SHEET_PART, swap(b"<f>", b"<f>1+"), "E5 changed"),
    "a result": (SHEET_PART, swap("▲ High".encode(), "● Watch".encode()), "F5 does not read back"),
    "a result of another row": (SHEET_PART, swap(b'<c r="F6"', b'<c r="F7"'), "names another row"),
    "a result's format": (SHEET_PART, swap(b'<c r="G5" s="', b'<c r="G5" s="99'), "format"),
    "a row": (SHEET_PART, swap(b'<row r="6"', b'<row r="60"'), "discarded"),
    "a table": (TABLE, swap(b'name="Flag"', b'name="Flags"'), "Flags"),
    "a priority": (SHEET_PART, swap(b'priority="4"', b'priority="1"'), "priority 1"),
    "well-formed XML": (STYLES, lambda data: data[:-9], "cannot be read"),
    "the sheet's end": (SHEET_PART, lambda data: data[:-9], "cannot be read"),
}


@pytest.mark.parametrize("what", FAULTS)
def test_a_fault_is_seen(rich: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    part, change, words = FAULTS[what]
    replace_parts = archive.replace_parts

    def faulty(source: bytes, changed: dict[str, bytes], added: dict[str, bytes]) -> bytes:
        return replace_parts(source, changed | {part: change(changed[part])}, added)

    original = rich.read_bytes()
    monkeypatch.setattr(rewrite, "replace_parts", faulty)
    with pytest.raises(WriteFailed, match=words) as caught:
        patch_workbook(rich, result_edits(), rich)
    assert "\n" not in str(caught.value)
    assert rich.read_bytes() == original
    assert [path.name for path in tmp_path.iterdir()] == ["rich.xlsx"]
