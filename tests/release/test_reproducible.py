"""Archives that say nothing of where and when they were made."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.tools import ROOT
from tools.reproducible import FIRST_DAY, settled_sdist, settled_wheel, source_date

DATE = 1_750_000_000


def sdist(date: int, mode: int, owner: str, order: tuple[str, ...]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name in order:
            member = tarfile.TarInfo(f"a-1/{name}")
            member.mtime, member.mode, member.uname, member.uid, member.size = date, mode, owner, date % 1000, len(name)
            archive.addfile(member, io.BytesIO(name.encode()))
    return packed.getvalue()


def wheel(date: tuple[int, ...], mode: int) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("a/__init__.py", "a-1.dist-info/RECORD"):
            member = zipfile.ZipInfo(name, date)  # type: ignore[arg-type]
            member.external_attr = mode << 16
            archive.writestr(member, name)
    return packed.getvalue()


def test_sources_packed_at_another_time_by_somebody_else_are_the_same() -> None:
    one = settled_sdist(sdist(1, 0o600, "ova", ("b.py", "a.py")), DATE)
    assert one == settled_sdist(sdist(999_999, 0o664, "tul", ("a.py", "b.py")), DATE)
    with tarfile.open(fileobj=io.BytesIO(one)) as archive:
        members = archive.getmembers()
        assert [(each.name, each.mtime, each.mode, each.uname, each.uid) for each in members] == [
            ("a-1/a.py", DATE, 0o644, "", 0),
            ("a-1/b.py", DATE, 0o644, "", 0),
        ]
        extracted = archive.extractfile("a-1/b.py")
        assert extracted is not None
        assert extracted.read() == b"b.py"


def test_what_can_be_run_can_still_be_run() -> None:
    with tarfile.open(fileobj=io.BytesIO(settled_sdist(sdist(1, 0o700, "ova", ("run",)), DATE))) as archive:
        assert archive.getmember("a-1/run").mode == 0o755


def test_wheels_keep_files_and_order_and_nothing_else() -> None:
    one = settled_wheel(wheel((2026, 12, 1, 3, 4, 6), 0o100600), DATE)
    assert one == settled_wheel(wheel((2001, 1, 1, 0, 0, 0), 0o100664), DATE)
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert archive.namelist() == ["a/__init__.py", "a-1.dist-info/RECORD"]
        assert archive.read("a/__init__.py") == b"a/__init__.py"
        assert {each.date_time for each in archive.infolist()} == {(2025, 6, 15, 15, 6, 40)}


def test_the_date_is_told_or_the_newest_releases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    log = tmp_path / "CHANGELOG.md"
    log.write_text(
        "# Changes\n\n## 0.2.0 (unreleased)\n\n## 0.1.0 (2027-02-01)\n\n## 0.0.9 (2026-01-01)\n", encoding="utf-8"
    )
    assert source_date(tmp_path) == 1_801_440_000
    log.write_text("# Changes\n\n## 0.1.0 (unreleased)\n", encoding="utf-8")
    assert source_date(tmp_path) == FIRST_DAY.timestamp()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(DATE))
    assert source_date(tmp_path) == DATE


def test_the_log_of_changes_is_where_the_build_looks() -> None:
    assert (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").startswith("# Changes")
    assert "include CHANGELOG.md" in (ROOT / "MANIFEST.in").read_text(encoding="utf-8")
