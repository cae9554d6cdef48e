"""A file takes its place whole or not at all, and never under somebody's hands."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from addin.errors import FileInUse, WriteFailed
from addin.files.package import archive, rewrite
from addin.files.package.archive import Packed
from addin.files.package.patch import patch_workbook
from addin.files.package.safe_save import Fingerprint
from tests.files.package import kills
from tests.files.package.books import result_edits, rich_book
from tests.files.package.looking import students


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

    monkeypatch.setattr(rewrite, "verify_copy", slow)
    with pytest.raises(FileInUse, match="changed"):
        patch_workbook(rich, result_edits(), tmp_path / "out.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["rich.xlsx"]


def test_a_result_that_is_not_what_was_meant_is_discarded(
    rich: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(source: bytes, changed: dict[str, Packed], added: dict[str, Packed]) -> bytes:
        return replace_parts(source, changed | {"xl/theme/theme1.xml": Packed.of(b"<a/>")}, added)

    replace_parts = archive.replace_parts
    original = rich.read_bytes()
    monkeypatch.setattr(rewrite, "replace_parts", careless)
    with pytest.raises(WriteFailed, match=r"theme1\.xml changed"):
        patch_workbook(rich, result_edits(), rich)
    monkeypatch.setattr(rewrite, "replace_parts", lambda source, *_: source)
    with pytest.raises(WriteFailed, match="is not what was checked"):
        patch_workbook(rich, result_edits(), tmp_path / "other.xlsx")
    assert rich.read_bytes() == original
    assert [path.name for path in tmp_path.iterdir()] == ["rich.xlsx"]


@pytest.mark.parametrize("fault", ["fsync", "replace"])
def test_a_full_disk(rich: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(f"addin.files.package.safe_save.os.{fault}", full)
    with pytest.raises(WriteFailed, match="No space left on device") as caught:
        patch_workbook(rich, result_edits(), tmp_path / "out.xlsx")
    assert "\n" not in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["rich.xlsx"]


def test_a_folder_that_is_gone(rich: Path, tmp_path: Path) -> None:
    with pytest.raises(WriteFailed, match="No such file or directory"):
        patch_workbook(rich, result_edits(), tmp_path / "gone" / "out.xlsx")


KILLS = 12  # `python -m tests.files.package.kills` makes 50


def test_a_run_that_is_killed_damages_nothing(tmp_path: Path) -> None:
    broken, _, left = kills.damaged(KILLS, tmp_path)
    assert broken == 0
    assert left <= KILLS


@pytest.mark.parametrize("room", [0, 4_096])
def test_a_disk_that_fills_up(tmp_path: Path, room: int) -> None:
    path = kills.original(tmp_path)
    before = path.read_bytes()
    said = kills.on_a_full_disk(path, room)
    assert said.startswith("class.xlsx: the result was not written")
    assert said.count("\n") == 1
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["class.xlsx"]


@pytest.mark.dates
def test_what_a_killed_run_left_is_swept(rich: Path, tmp_path: Path) -> None:
    old, young = tmp_path / ".writing-old.xlsx", tmp_path / ".writing-young.xlsx"
    old.write_bytes(b"")
    young.write_bytes(b"")
    os.utime(old, (0, 0))
    patch_workbook(rich, result_edits(), tmp_path / "out.xlsx")
    assert not old.exists()
    assert young.exists(), "it may belong to a run that is still writing"


@pytest.mark.dates
def test_a_clock_that_is_wrong_sweeps_nothing_young(rich: Path, tmp_path: Path) -> None:
    young = tmp_path / ".writing-young.xlsx"
    young.write_bytes(b"")
    with time_machine.travel(datetime.now(UTC) + timedelta(days=400)):
        patch_workbook(rich, result_edits(), tmp_path / "out.xlsx")
    assert young.exists(), "on the folder's own clock it was written just now"


def test_a_folder_that_cannot_be_written(rich: Path, tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    folder.chmod(0o500)
    if os.access(folder, os.W_OK):
        # Nothing is closed to the superuser; the system's own folder of processes is.
        folder = Path("/proc/self")
    with pytest.raises(WriteFailed, match=r"out\.xlsx: the result was not written: .*Check the folder"):
        patch_workbook(rich, result_edits(), folder / "out.xlsx")


def test_an_earlier_result_can_be_kept_first(rich: Path, tmp_path: Path) -> None:
    target, kept = tmp_path / "out.xlsx", list[bytes]()
    target.write_bytes(b"earlier")
    patch_workbook(rich, result_edits(), target, before_replacing=lambda: kept.append(target.read_bytes()))
    assert kept == [b"earlier"]
    patch_workbook(rich, result_edits(), target, before_replacing=lambda: kept.append(b"again"))
    assert kept == [b"earlier"], "an equal result replaces nothing"

    def cannot() -> None:
        raise WriteFailed("no room for a backup")

    before = target.read_bytes()
    with pytest.raises(WriteFailed, match="no room"):
        patch_workbook(rich, result_edits(changes={(5, "Why"): "new"}), target, before_replacing=cannot)
    assert target.read_bytes() == before
