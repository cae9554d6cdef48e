"""Registers for everybody who reads, also where a student has an ID and no name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lxml import html

from addin.files.planned import plan_file
from templates.build import class_workbook
from templates.pages import pages
from tests.everybody.page import problems
from tests.report.printed import TODAY

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_the_page(chromium: Browser, tmp_path: Path) -> None:
    class_workbook(tmp_path / "class.xlsx", students=20, seed=7)
    plan_file(tmp_path / "class.xlsx", today=TODAY)
    assert problems(chromium, tmp_path / "class.clinics" / "registers.html") == []


def test_every_line_is_headed_by_the_student_by_id_where_there_is_no_name() -> None:
    about = dict.fromkeys(("name", "day", "time", "room", "staff", "topics", "seats"), "")
    clinic = about | {"students": [("Z1", "Ova Zarrin", "Angles"), ("Z2", None, "Angles")]}
    page = pages().get_template("registers.html.j2").render(clinics=[clinic], spare=range(1))
    assert html.fromstring(page).xpath("//tbody//th[@scope='row']/text()") == ["Ova Zarrin", "Z2"]
