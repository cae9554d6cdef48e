"""The workbook for everybody who reads: a class that is scored and planned, and the workbook with buttons in cells."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from addin.excel.buttons import BUTTONS
from addin.excel.lite.build import build
from addin.files.planned import plan_file
from model.vocabulary import Flag
from templates.build import class_workbook
from tests.everybody import workbook
from tests.report.printed import TODAY

_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The template's class, scored, its clinics planned."""
    folder = tmp_path_factory.mktemp("planned")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MARKBOOK_HOME", str(folder / "home"))
        class_workbook(folder / "class.xlsx", students=32, seed=7)
        return plan_file(folder / "class.xlsx", today=TODAY).output


def test_names_texts_tables_and_contrast(planned: Path) -> None:
    assert workbook.problems(planned) == []
    assert len(workbook.drawn(planned)) == 4
    assert openpyxl.load_workbook(planned).sheetnames[0] == "Guide", "who opens it is told first what it is"


def test_a_colour_only_repeats_what_a_cell_says(planned: Path) -> None:
    """Every format that colours by value: what it goes by stands in the cell, or in a word of the line."""
    flags = {f'"{flag.value}"' for flag in Flag}
    others = []
    for sheet in openpyxl.load_workbook(planned).worksheets:
        for rules in sheet.conditional_formatting._cf_rules.values():
            for rule in rules:
                formula = rule.formula[0] if rule.formula else ""
                if rule.type == "cellIs":
                    assert formula in flags
                else:
                    others.append((sheet.title, rule.type, re.sub(r"\$?[A-Z]{1,2}\$?\d+", "cell", formula)))
    assert set(others) == {
        (
            "Markbook",
            "expression",
            "AND(ISNUMBER(cell),OR(cell<0,AND(ISNUMBER(cell),cell>cell)))",
        ),  # listed on Queries too
        ("Markbook", "expression", "ISTEXT(cell)"),
        ("Summary", "colorScale", ""),  # the share stands in the cell
        ("Clinic plan", "expression", 'cell="Clinic"'),
        ("Clinic plan", "expression", 'cell="Invited"'),
    }


def test_the_pieces_of_charts_are_told_apart_without_colour(planned: Path) -> None:
    """Numbers on bars; dots of another shape for each flag."""
    with zipfile.ZipFile(planned) as archive:
        charts = [etree.fromstring(archive.read(f"xl/charts/chart{number}.xml")) for number in range(1, 5)]
    for chart in charts:
        series = list(chart.iter(f"{_CHART}ser"))
        shapes = [each.get("val") for one in series for each in one.iter(f"{_CHART}symbol")]
        if shapes:
            assert len(set(shapes)) == len(series)
        else:
            assert all(any(each.get("val") == "1" for each in one.iter(f"{_CHART}showVal")) for one in series)


def test_the_buttons_in_cells_have_words(planned: Path, tmp_path: Path) -> None:
    build(tmp_path / "lite.xlsx", source=planned)
    assert workbook.problems(tmp_path / "lite.xlsx") == []
    assert len(workbook.drawn(tmp_path / "lite.xlsx")) > 4 + len(BUTTONS) - 1
