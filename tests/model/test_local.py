"""The scorecard in use: shipped or adapted, never one that was changed, never half of one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from model import local
from model.errors import ModelError, ScorecardError
from model.scorecard import Scorecard, bundled

ABOUT = {"Adapted on": "2026-09-01", "Outcomes": "60 students"}


def another(blend: float = 0.5) -> Scorecard:
    return replace(bundled(), blend=blend)


def test_without_an_adapted_model_the_shipped_one_is_in_use(markbook_home: Path) -> None:
    assert local.folder() == markbook_home
    assert local.in_use() is bundled()
    assert local.status() is None
    assert not local.reset()


def test_what_is_kept_is_in_use_until_reset(markbook_home: Path) -> None:
    path = local.keep(another(), ABOUT)
    assert local.in_use().to_json() == another().to_json() == path.read_text(encoding="utf-8")
    status = local.status()
    assert status is not None
    assert (status.path, status.about, status.outdated) == (path, ABOUT, False)
    (markbook_home / "notes.txt").write_text("mine")
    assert local.reset()
    assert [file.name for file in markbook_home.iterdir()] == ["notes.txt"]
    assert local.in_use() is bundled()


def test_adapting_again_replaces_and_leaves_no_other_file(markbook_home: Path) -> None:
    local.keep(another(0.5), ABOUT)
    assert local.in_use().blend == 0.5
    path = local.keep(another(0.6), ABOUT)
    assert local.in_use().blend == 0.6
    assert sorted(file.name for file in markbook_home.iterdir()) == sorted([local.RECORD, path.name])


def test_repeated_calls_read_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    local.keep(another(), ABOUT)
    first = local.in_use()
    monkeypatch.setattr(local, "load", lambda *_, **__: pytest.fail("read again"))
    assert local.in_use() is first


@pytest.mark.parametrize("harm", ["one byte", "gone", "emptied"])
def test_a_changed_scorecard_is_refused_with_its_remedy(harm: str) -> None:
    path = local.keep(another(), ABOUT)
    local.in_use()  # what is remembered is not trusted once the file differs
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes().replace(b"0.5", b"0.6", 1) + b" " if harm == "one byte" else b"")
    with pytest.raises(ScorecardError, match="markbook adapt --reset") as caught:
        local.in_use()
    assert "Install" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert local.reset()
    assert local.in_use() is bundled()


def test_a_change_that_keeps_size_and_place_is_refused(markbook_home: Path) -> None:
    path = local.keep(another(), ABOUT)
    content = path.read_bytes()
    path.write_bytes(content.replace(b'"blend": 0.5', b'"blend": 0.9'))
    assert len(path.read_bytes()) == len(content)
    with pytest.raises(ScorecardError):
        local.in_use()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"scorecard": 3}', '{"sha256": "0"}', "\udce9"])
def test_a_record_that_cannot_be_read_is_refused(text: str, markbook_home: Path) -> None:
    (markbook_home / local.RECORD).write_bytes(text.encode("utf-8", "surrogateescape"))
    for ask in (local.in_use, local.status):
        with pytest.raises(ScorecardError, match="--reset"):
            ask()
    assert local.reset()


def test_a_record_cannot_point_out_of_the_folder(markbook_home: Path, tmp_path: Path) -> None:
    path = local.keep(another(), ABOUT)
    elsewhere = tmp_path / path.name
    path.rename(elsewhere)
    record = markbook_home / local.RECORD
    table = json.loads(record.read_text(encoding="utf-8"))
    record.write_text(json.dumps({**table, "scorecard": str(elsewhere)}), encoding="utf-8")
    with pytest.raises(ScorecardError, match=path.name):
        local.in_use()


def test_a_failed_write_leaves_the_earlier_one_in_use(markbook_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    local.keep(another(0.5), ABOUT)
    usual = os.replace

    def full(source: str, target: Path) -> None:
        if Path(target).name == local.RECORD:
            raise OSError(28, "No space left on device", str(target))
        usual(source, target)

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(ModelError, match="No space left"):
        local.keep(another(0.6), ABOUT)
    assert local.in_use().blend == 0.5
    assert not list(markbook_home.glob(".markbook-*"))


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(local.HOME, str(tmp_path / "file" / "home"))
    with pytest.raises(ModelError, match=local.HOME):
        local.keep(another(), ABOUT)
    assert local.in_use() is bundled()


def test_the_users_own_folder_without_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(local.HOME, "  ")
    assert local.folder().is_absolute()
    assert "maths-markbook" in str(local.folder())


@pytest.mark.parametrize("value", ["bundled", " Bundled "])
def test_the_environment_can_ask_for_the_shipped_model(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    local.keep(another(), ABOUT)
    assert local.in_use().blend == 0.5
    monkeypatch.setenv(local.MODEL, value)
    assert local.in_use() is bundled()
    monkeypatch.setenv(local.MODEL, " ")
    assert local.in_use().blend == 0.5


def test_a_broken_adapted_model_does_not_stop_the_shipped_one(
    markbook_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (markbook_home / local.RECORD).write_text("{")
    monkeypatch.setenv(local.MODEL, local.BUNDLED)
    assert local.in_use() is bundled()


@pytest.mark.parametrize("value", ["bundle", "adapted", "scorecard.json"])
def test_another_model_is_refused_with_what_to_set(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(local.MODEL, value)
    with pytest.raises(ScorecardError, match="Set it to 'bundled'"):
        local.in_use()


def test_an_earlier_shipped_model_is_told() -> None:
    path = local.keep(another(), ABOUT)
    record = path.with_name(local.RECORD)
    table = json.loads(record.read_text(encoding="utf-8"))
    record.write_text(json.dumps({**table, "shipped_sha256": "0" * 64}), encoding="utf-8")
    status = local.status()
    assert status is not None
    assert status.outdated


def test_reading_it_needs_numpy_alone() -> None:
    code = (
        "import sys; from model.local import in_use; in_use(); "
        "heavy = {'sklearn', 'scipy', 'pandas', 'joblib'} & set(sys.modules); sys.exit(str(heavy) if heavy else 0)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parents[2]).returncode == 0
