"""A file takes its place whole or not at all, and never under somebody's hands."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from addin.errors import FileInUse, WriteFailed
from addin.package import archive, patch
from addin.package.patch import patch_workbook
from addin.package.safe_save import Fingerprint
from tests.package.books import (
    result_edits,
    rich_book,
)
from tests.package.looking import students


def test_in_place_keeps_mode_and_link(rich: Path, tmp_path: Path) -> None:
    rich.chmod(0o640)
    link = tmp_path / "link.xlsx"
    link.symlink_to(rich)
    patch_workbook(link, result_edits(), link)
    assert link.is_symlink()
    assert rich.stat().st_mode & 0o777 == 0o640
    assert students(rich, "Priority")[0] == 1.0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.xlsx", "rich.xlsx"]


@pytest.mark.parametrize("mark", ["~$out.xlsx", ".~lock.out.xlsx#"])
def test_a_target_that_is_open_elsewhere(rich: Path, tmp_path: Path, mark: str) -> None:
    (tmp_path / mark).write_text("someone")
    with pytest.raises(FileInUse, match="open in"):
        patch_workbook(rich, result_edits(), tmp_path / "out.xlsx")


def test_a_source_that_changed_since(rich: Path, tmp_path: Path) -> None:
    state = Fingerprint.of(rich)
    rich_book(rich)
    os.utime(rich, ns=(1, 1))
    with pytest.raises(FileInUse, match="changed"):
        patch_workbook(rich, result_edits(), tmp_path / "out.xlsx", expected=state)


def test_a_source_that_changes_meanwhile(rich: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_arguments: object, **_named: object) -> None:
        rich.write_bytes(rich.read_bytes() + b"x")

    monkeypatch.setattr(patch, "verify_copy", slow)
    with pytest.raises(FileInUse, match="changed"):
        patch_workbook(rich, result_edits(), tmp_path / "out.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["rich.xlsx"]


def test_a_result_that_is_not_what_was_meant_is_discarded(
    rich: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(source: bytes, changed: dict[str, bytes]) -> bytes:
        return replace_parts(source, changed | {"xl/theme/theme1.xml": b"<a/>"})

    replace_parts = archive.replace_parts
    original = rich.read_bytes()
    monkeypatch.setattr(patch, "replace_parts", careless)
    with pytest.raises(WriteFailed, match=r"theme1\.xml changed"):
        patch_workbook(rich, result_edits(), rich)
    monkeypatch.setattr(patch, "replace_parts", lambda source, changed: source)
    with pytest.raises(WriteFailed, match="does not read back"):
        patch_workbook(rich, result_edits(), rich)
    assert rich.read_bytes() == original
    assert [path.name for path in tmp_path.iterdir()] == ["rich.xlsx"]


@pytest.mark.parametrize("fault", ["fsync", "replace"])
def test_a_full_disk(rich: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(f"addin.package.safe_save.os.{fault}", full)
    with pytest.raises(WriteFailed, match="No space left on device") as caught:
        patch_workbook(rich, result_edits(), tmp_path / "out.xlsx")
    assert "\n" not in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["rich.xlsx"]


def test_a_folder_that_is_gone(rich: Path, tmp_path: Path) -> None:
    with pytest.raises(WriteFailed, match="No such file or directory"):
        patch_workbook(rich, result_edits(), tmp_path / "gone" / "out.xlsx")
