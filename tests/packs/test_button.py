"""The button Clinic packs, on the desktop and on a server: the same packs as the command, and no name in what is told."""

from __future__ import annotations

import io
import re
import zipfile
from base64 import b64decode
from dataclasses import replace
from pathlib import Path

import pytest

from addin.errors import RequestProblem
from addin.excel.server.files import packs_files
from addin.files.package.read import read_book
from addin.files.planned import plan_file
from addin.hosts.memory import Memory
from addin.packs.folder import BUTTONS_FOLDER
from addin.reading.grid import Book, Sheet
from addin.reading.markbook import read_markbook
from addin.ribbon import packs_button
from model.vocabulary import Flag
from templates.build import class_workbook
from tests.support import HEADINGS, book, contents, run, students

pytestmark = pytest.mark.dates


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The template's class of twelve, scored and its clinics planned."""
    path = tmp_path_factory.mktemp("planned") / "class.xlsx"
    class_workbook(path, students=12, seed=7)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MARKBOOK_HOME", str(tmp_path_factory.mktemp("nobodys-home")))
        return plan_file(path).output


def test_packs_go_into_a_folder_of_the_program(planned: Path, markbook_home: Path) -> None:
    held = read_book(planned)
    told = packs_button(Memory(held))
    (folder,) = (markbook_home / BUTTONS_FOLDER).iterdir()
    sessions, places, files = map(
        int,
        re.search(r"^(\d+) sessions?, (\d+) places?: .*\nThey are in .*: (\d+) files,", told).groups(),  # type: ignore[union-attr]
    )
    written = contents(folder)
    assert sessions > 0
    assert places >= sessions
    assert len(written) == files == 4 * sessions, "each as web page and Word document, and once more easy to read"
    assert len([name for name in written if "-easy-to-read." in name]) == files / 2
    assert str(folder) in told
    assert "two weeks at home" in told
    assert "clinic packs" not in told.casefold()
    names = [student.name for student in read_markbook(held).students if student.name]
    assert not [name for name in names if name in told]
    assert not [name for name in names if name.split()[-1].casefold() in " ".join(written).casefold()]


def test_every_file_is_the_commands(planned: Path, tmp_path: Path) -> None:
    packs_button(Memory(read_book(planned)), folder=tmp_path / "button")
    expected: dict[str, bytes] = {}
    for name, options in {"plain": ["--home"], "easy": ["--home", "--easy-to-read"]}.items():
        done = run("pack", planned, "-o", tmp_path / name, *options)
        assert done.code == 0, done.err
        expected |= contents(tmp_path / name)
    assert contents(tmp_path / "button") == expected


def test_a_server_hands_over_the_same_files_and_writes_none(planned: Path, markbook_home: Path, tmp_path: Path) -> None:
    held = read_book(planned)
    packs_button(Memory(held), folder=tmp_path / "x")
    before = {path.relative_to(markbook_home) for path in markbook_home.rglob("*")}
    told, (archive,) = packs_files(held)
    assert archive.name.endswith("-packs.zip")
    with zipfile.ZipFile(io.BytesIO(b64decode(archive.base64))) as opened:
        assert {name: opened.read(name) for name in opened.namelist()} == contents(tmp_path / "x")
    assert {path.relative_to(markbook_home) for path in markbook_home.rglob("*")} == before
    assert f"They are in {archive.name}: " in told
    assert packs_files(held)[1] == (archive,), "the same plan gives the same bytes"


def test_no_file_tells_a_students_flag_or_risk(planned: Path, tmp_path: Path) -> None:
    packs_button(Memory(read_book(planned)), folder=tmp_path / "x")
    pages = [path.read_text(encoding="utf-8") for path in (tmp_path / "x").glob("*.html")]
    assert pages
    for page in pages:
        assert not [flag for flag in Flag if flag.value in page]
        assert "risk" not in page.casefold()


def days_of_the_plan(held: Book, day: str) -> Book:
    """A book whose plan is all on one day."""
    plan = held.sheet("Clinic plan")
    assert plan is not None
    at = plan.rows[0].index("Date")
    rows = (plan.rows[0], *((*row[:at], day, *row[at + 1 :]) for row in plan.rows[1:]))
    return replace(held, sheets=tuple(replace(sheet, rows=rows) if sheet is plan else sheet for sheet in held.sheets))


@pytest.mark.parametrize("press", [packs_button, lambda host: packs_files(host.read())])
def test_what_is_missing_is_told_with_the_button_that_makes_it(
    press: object, planned: Path, markbook_home: Path
) -> None:
    with pytest.raises(RequestProblem, match=r"There is no plan yet.*Press Plan clinics, or run `markbook plan`"):
        press(Memory(book(HEADINGS, *students(12))))  # type: ignore[operator]
    with pytest.raises(RequestProblem, match=r"still to come\. Press Plan clinics"):
        press(Memory(days_of_the_plan(read_book(planned), "2020-01-07")))  # type: ignore[operator]
    assert not (markbook_home / BUTTONS_FOLDER).exists()


def test_two_slots_never_share_a_file(tmp_path: Path) -> None:
    own = book(HEADINGS, *students(12))
    headings = ("Date", "Slot", "Student ID", "Topic")
    slots = ("Tue", "Tue!", "Tue easy to read")
    rows = [("2099-03-03", slot, f"ZQ{1000 + place}", "Fractions") for place, slot in enumerate(slots)]
    packs_button(Memory(Book(sheets=(*own.sheets, Sheet(name="Clinic plan", rows=(headings, *rows))))), folder=tmp_path)
    assert len(contents(tmp_path)) == 4 * len(slots)
