"""What may not be in a wheel is seen there; a job that answers otherwise than before is seen too."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.release.archives import WANTED, wheel_faults
from tests.release.environments import named_by
from tests.release.job import undated


@pytest.mark.parametrize(
    "name", ["tests/test_a.py", "addin/__pycache__/a.pyc", "addin/.DS_Store", "benchmarks/a.py", "addin/test_a.py"]
)
def test_what_does_not_belong_into_a_wheel_is_named(name: str, tmp_path: Path) -> None:
    wheel = tmp_path / "a.whl"
    with ZipFile(wheel, "w") as packed:
        for each in (
            *(each if "/py" in each or "model/" in each else f"maths_markbook-1/{each}" for each in WANTED),
            name,
        ):
            packed.writestr(each, b"")
    assert list(wheel_faults(wheel)) == [f"a.whl holds {name}"]


def test_what_a_wheel_lacks_is_named(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "a.whl", "w") as packed:
        packed.writestr("addin/__init__.py", b"")
    assert len(list(wheel_faults(tmp_path / "a.whl"))) == len(WANTED)


def test_the_lowest_versions_are_those_that_the_wheel_itself_names(tmp_path: Path) -> None:
    told = 'Requires-Dist: numpy<3,>=2.0\nRequires-Dist: sympy>=1.13; extra == "packs"\n'
    with ZipFile(tmp_path / "a.whl", "w") as packed:
        packed.writestr("a-1.dist-info/METADATA", f"Metadata-Version: 2.4\n{told}\n")
    assert named_by(tmp_path / "a.whl") == ["numpy<3,>=2.0"]


@pytest.mark.parametrize(
    "text", ["Tuesday 1 December 2026", "1 December", "2026-12-01", "12 Dec", "2026-12-01T03:30:32", "01/12/2026"]
)
def test_dates_are_left_out_of_what_is_compared(text: str) -> None:
    assert undated(f"on {text}, 9/30, HT3") == "on DATE, 9/30, HT3"
