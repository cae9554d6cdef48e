"""Parts of file names: every system takes them, and nothing that was written leads out of the folder."""

from __future__ import annotations

import re
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.reading.file_names import LONGEST, plain_name

RESERVED = ("CON", "prn", "Aux", "NUL", "COM1", "lpt9", "com¹", "LPT³", "CONIN$", "conout$")


@pytest.mark.parametrize("text", RESERVED)
def test_no_name_is_one_that_windows_keeps_for_a_device(text: str) -> None:
    assert not PureWindowsPath(f"{plain_name(text)}.ics").is_reserved()
    assert plain_name(text) != text
    assert plain_name(f"{text} room") == plain_name(f"{text}-room")


@given(st.text())
def test_every_text_gives_one_part_of_a_path_on_every_system(text: str) -> None:
    name = plain_name(text)
    assert 0 < len(name) <= LONGEST + 1
    assert PurePosixPath(name).name == PureWindowsPath(name).name == name
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f.]', name)
    assert plain_name(name) == name.rstrip("-") or plain_name(name) == name
