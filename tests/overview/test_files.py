"""What is written: a sound workbook with charts, a page for everybody, a list of names; and no name where none may be."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from lxml import html

from addin.overview.figures import Overview
from addin.overview.names import names_workbook, who_needs_help
from addin.overview.page import as_page
from addin.overview.places import Place
from addin.overview.seen import Step
from addin.overview.tally import HIDDEN
from addin.overview.workbook import as_workbook
from model.vocabulary import Flag
from tests.everybody.checkers import axe_violations
from tests.files.package.lint import lint
from tests.files.package.validator import validator_errors
from tests.letters.test_pages import pages
from tests.overview.support import FIRST_RUN, line, seen, told_in
from tests.tools import needed

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FRACTIONS, ANGLES = ("Number", "Fractions"), ("Geometry", "Angles")


def department() -> Overview:
    """Three classes, a student in two of them, a class under ten and a workbook without a result."""
    up, down = Step(way=1, flag=Flag.ON_TRACK), Step(way=-1, flag=Flag.HIGH)
    nine_a = seen(
        "9A",
        *(line(f"high {n}", Flag.HIGH, 0.9 - n / 100, topics=[FRACTIONS, ANGLES], step=up) for n in range(4)),
        *(line(f"watch {n}", Flag.WATCH, 0.5, topics=[ANGLES], step=down) for n in range(8)),
        teachers=["Ms Quorra"],
    )
    nine_b = seen(
        "9B",
        line("high 3", Flag.ON_TRACK, 0.1, topics=[("Algebra", "")]),
        line("away", Flag.ALWAYS_ABSENT, None),
        *(line(f"fine {n}", Flag.ON_TRACK, 0.1, topics=[FRACTIONS]) for n in range(12)),
        teachers=["Mr <b>Veldt</b>"],
    )
    nine_c = seen("=9C", *(line(f"few {n}", Flag.HIGH, 0.99, topics=[FRACTIONS]) for n in range(3)))
    clinics = [replace(each, offered=2, attended=1) for each in nine_a.lines]
    nine_a = replace(nine_a, lines=tuple(replace(each, steps=(each.steps[0], each.steps[0])) for each in clinics))
    file = "North Road/cut off\udcff\n.xlsx"
    return Overview(
        seen=[replace(nine_a, days=(FIRST_RUN, FIRST_RUN)), nine_b, nine_c],
        refused={file: "the file is cut off. Copy it again."},
        refused_at={file: Place(school="North Road", year="Year 9", class_name="cut off? .xlsx")},
    )


def table(path: Path, sheet: str) -> list[dict[str, object]]:
    """The lines below the headings of a sheet, by heading."""
    rows = list(openpyxl.load_workbook(path)[sheet].iter_rows(min_row=4, values_only=True))
    return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:] if any(cell is not None for cell in row)]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three files, in a folder."""
    folder = tmp_path_factory.mktemp("written")
    (folder / "overview.xlsx").write_bytes(as_workbook(department()))
    (folder / "overview.html").write_bytes(as_page(department()))
    (folder / "names.xlsx").write_bytes(names_workbook(department()))
    return folder


@pytest.mark.parametrize("name", ["overview.xlsx", "names.xlsx"])
def test_the_workbooks_are_sound_and_always_the_same(written: Path, name: str) -> None:
    path = written / name
    assert path.read_bytes() == (as_workbook if name == "overview.xlsx" else names_workbook)(department())
    assert lint(path) == []
    assert validator_errors(path) == []
    cells = (cell for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row)
    assert all(cell.data_type != "f" for cell in cells)


@pytest.mark.parametrize("make", [as_workbook, names_workbook])
def test_of_no_class_they_are_sound_too(tmp_path: Path, make: object) -> None:
    path = tmp_path / "nothing.xlsx"
    path.write_bytes(make(Overview()))  # type: ignore[operator]
    assert lint(path) == []
    assert validator_errors(path) == []


def test_every_figure_stands_in_its_place(written: Path) -> None:
    path = written / "overview.xlsx"
    assert openpyxl.load_workbook(path).sheetnames == ["Classes", "Change", "Topics", "Years", "Refused"], "one school"
    nine_a, nine_b, small, nothing, everything = table(path, "Classes")
    assert (nine_a["Class"], nine_a["Teacher"], nine_a["Students"], nine_a["▲ High"], nine_a["● Watch"]) == (
        "9A", "Ms Quorra", 12, 4, 8,
    )  # fmt: skip
    assert (nine_a["High, of all"], nine_a["Clinics offered"], nine_a["Take-up"]) == (4 / 12, 24, 0.5)
    assert nine_a["Weakest strand"] == "Geometry"
    told = [nine_a[f"{what} since the run before"] for what in ("Risk rose", "Risk fell", "Other flag")]
    assert told == [4, 8, 12]
    assert (nine_b["Students"], nine_b["Risk rose since the run before"], nine_b["Take-up"]) == (14, None, None)
    assert small["Class"] == "=9C"
    assert {
        value for heading, value in small.items() if heading not in ("Class", "Year", "Teacher", "Cells not understood")
    } == {HIDDEN}
    assert (everything["Students"], everything["▲ High"], everything["◆ Always absent"]) == (25, 4, 1)
    assert [value for value in nothing.values() if value is not None] == ["Year 9", "cut off? .xlsx"], "not 0"
    change = table(path, "Change")[0]
    assert (change["Run before"].date(), change["Flagged two runs before"], change["Flagged now, of these"]) == (  # type: ignore[attr-defined]
        FIRST_RUN, 8, 12,
    )  # fmt: skip
    topics = [(each["Topic"], each["Students"], each["Classes"], each["Of classes"]) for each in table(path, "Topics")]
    assert topics == [("Fractions", 16, 2, 2), ("Angles", 12, 1, 2), ("Algebra (no topic told)", 1, 1, 2)]
    assert table(path, "Refused")[0]["Workbook"] == "North Road/cut off? .xlsx"


def test_charts_are_excels_own_over_the_right_cells(written: Path) -> None:
    workbook = openpyxl.load_workbook(written / "overview.xlsx")
    counts = {sheet.title: len(sheet._charts) for sheet in workbook}  # type: ignore[attr-defined]
    assert counts == {"Classes": 1, "Change": 2, "Topics": 1, "Years": 0, "Refused": 0}
    sheet = workbook["Classes"]
    (chart,) = sheet._charts  # type: ignore[attr-defined]
    tally = department().classes()[0].tally

    def cells(reference: str) -> list[object]:
        area = sheet[reference.split("!")[1].replace("$", "")]
        return [cell.value for row in area for cell in row] if isinstance(area, tuple) else [area.value]

    for series, flag, count in zip(chart.series, Flag, tally.counts, strict=True):
        assert cells(series.tx.strRef.f) == [flag.value]
        assert cells(series.val.numRef.f)[0] == count
        assert cells(series.cat.strRef.f)[:2] == ["9A", "9B"]


def test_libreoffice_opens_them_and_draws_the_charts(written: Path, tmp_path: Path) -> None:
    office = needed("soffice", remedy="apt-get install libreoffice-calc")
    subprocess.run(
        [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path),
         str(written / "overview.xlsx"), str(written / "names.xlsx")],
        capture_output=True, check=True, timeout=180,
    )  # fmt: skip
    text = subprocess.run(
        [needed("pdftotext", remedy="apt-get install poppler-utils"), str(tmp_path / "overview.pdf"), "-"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    for words in (
        "Students by flag",
        "Flagged: two runs before, and now",
        "students who have the topic to work on",
        HIDDEN,
    ):
        assert words in text
    assert pages(tmp_path / "names.pdf")[0] >= 2


def test_the_page_stands_alone_says_the_same_and_runs_nothing(written: Path) -> None:
    content = (written / "overview.html").read_bytes()
    assert content == as_page(department())
    text = content.decode("utf-8")
    tree = html.fromstring(content)
    assert not re.search(r"https?:|url\(|@import|<script|<img|javascript", text)
    assert not tree.xpath("//@*[starts-with(name(), 'on')]")
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert "Mr &lt;b&gt;Veldt&lt;/b&gt;" in text
    (classes,) = tree.xpath("//section[@id='classes']//table")
    shown = [["".join(cell.itertext()) for cell in row] for row in classes.xpath(".//tr")]
    assert shown[1][:6] == ["Year 9", "9A", "Ms Quorra", "12", "4", "8"]
    assert shown[3].count(HIDDEN) == len(shown[3]) - 4


@pytest.mark.parametrize("width", [1300, 360])
def test_axe_finds_nothing_on_the_page(chromium: Browser, written: Path, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    try:
        page = context.new_page()
        console: list[str] = []
        page.on("console", lambda message: console.append(message.text))
        page.goto((written / "overview.html").as_uri())
        assert axe_violations(page) == []
        wide = page.evaluate("() => document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wide, "only tables may be wider than the page, each within itself"
        assert console == []
    finally:
        context.close()


def test_the_page_prints_on_a4(written: Path, tmp_path: Path) -> None:
    chromium = needed("chromium", remedy="apt-get install chromium")
    subprocess.run(
        [chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/profile", "--no-pdf-header-footer",
         f"--print-to-pdf={tmp_path}/page.pdf", (written / "overview.html").as_uri()],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    count, size = pages(tmp_path / "page.pdf")
    assert (count <= 5, "A4" in size) == (True, True)


def test_who_needs_help_stands_in_order_of_need_once_with_every_class_and_teacher(written: Path) -> None:
    listed = who_needs_help(department())
    assert [each.name for each in listed] == [
        "away", "few 0", "few 1", "few 2", "high 0", "high 1", "high 2", "high 3", *(f"watch {n}" for n in range(8)),
    ]  # fmt: skip
    both = listed[7]
    assert (both.classes, both.teachers) == (("9A", "9B"), ("Ms Quorra", "Mr <b>Veldt</b>"))
    assert both.topics == (FRACTIONS, ANGLES, ("Algebra", ""))
    rows = table(written / "names.xlsx", "Who needs help")
    assert [row["Student"] for row in rows] == [each.name for each in listed]
    assert rows[7]["Classes"] == "9A, 9B"
    assert rows[7]["Topics to work on"] == "Fractions (Number); Angles (Geometry); Algebra"


def test_one_clinic_is_filled_from_the_sheet_by_topic(written: Path) -> None:
    rows = table(written / "names.xlsx", "By topic")
    clinic = [row["Student"] for row in rows if row["Topic"] == "Fractions"]
    assert clinic == ["few 0", "few 1", "few 2", "high 0", "high 1", "high 2", "high 3"]
    for name in ("Who needs help", "By topic"):
        sheet = openpyxl.load_workbook(written / "names.xlsx")[name]
        assert sheet.auto_filter.ref is not None
        assert sheet.auto_filter.ref.startswith("A4:")
        assert "CONFIDENTIAL" in sheet["A2"].value


def test_the_overview_names_nobody_even_where_lines_hold_names(written: Path) -> None:
    content = told_in(written / "overview.xlsx") + told_in(written / "overview.html")
    names = {each.name for seen in department().seen for each in seen.lines}
    assert len(names) > 20
    assert not [name for name in names if name.encode() in content]
    assert b"watch 1" in told_in(written / "names.xlsx")
