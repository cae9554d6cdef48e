"""Our folders are those that platformdirs finds, on every system that it knows."""

from __future__ import annotations

from pathlib import Path

import pytest
from platformdirs.macos import MacOS
from platformdirs.unix import Unix

from model.places import NAME, cache_folder, data_folder

SYSTEMS = {"linux": Unix, "darwin": MacOS}


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("named", [True, False], ids=["XDG", "by custom"])
def test_folders_are_where_platformdirs_finds_them(
    system: str, named: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for variable in ("XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(variable, raising=False)
        if named:
            monkeypatch.setenv(variable, str(tmp_path / variable))
    theirs = SYSTEMS[system](NAME, appauthor=False)
    assert (data_folder(system), cache_folder(system)) == (theirs.user_data_path, theirs.user_cache_path)


def test_on_windows_it_is_the_folder_of_local_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert {data_folder("win32"), cache_folder("win32")} == {tmp_path / NAME}
    monkeypatch.delenv("LOCALAPPDATA")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert data_folder("win32") == tmp_path / "AppData" / "Local" / NAME


def test_a_path_that_is_not_whole_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", "somewhere")
    assert data_folder("linux") == tmp_path / ".local" / "share" / NAME
