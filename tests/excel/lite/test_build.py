"""`markbook lite build`: the parts that the workbook gets, and that all else in it stays as it was."""

from __future__ import annotations

import ast
import base64
import io
import re
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from addin.errors import MarkbookError, RequestProblem, UnsupportedWorkbook
from addin.excel.lite import carried
from addin.excel.lite.build import build
from addin.excel.lite.button_cells import LITE_BUTTONS, SHEET, TITLE, TOLD, TOLD_ROW
from addin.excel.lite.main_py import MARK, main_py, requirements, short_main_py
from addin.files.marked import score_file
from addin.files.package.lint import lint
from addin.files.package.read import read_book
from model import local
from model.scorecard import bundled
from templates.build import class_workbook
from tests import support
from tests.excel.lite.inside import STORE, Carried, carried_texts, python_of
from tests.files.package.validator import validator_errors
from tests.model.test_local import ABOUT
from tests.tools import ROOT, needed

NEW = {"[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}
"""Parts of a workbook that must know of new ones."""


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("built") / "l.xlsx"
    build(path)
    return path


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A class, and the workbook that was built from it."""
    folder = tmp_path_factory.mktemp("own")
    class_workbook(folder / "class.xlsx", students=30, seed=7)
    build(folder / "lite.xlsx", source=folder / "class.xlsx")
    return folder / "class.xlsx", folder / "lite.xlsx"


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def archive_in(main: str) -> dict[str, bytes]:
    """The files of the archive that a main.py carries."""
    found = re.search(r'ARCHIVE = """\n(.*?)\n"""', main, re.DOTALL)
    assert found is not None
    with zipfile.ZipFile(io.BytesIO(base64.b64decode(found[1]))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_validator_and_lint_find_nothing(empty: Path, own: tuple[Path, Path]) -> None:
    for path in (empty, own[1]):
        assert lint(path) == ()
        assert validator_errors(path) == []


def test_all_else_stays_byte_for_byte(own: tuple[Path, Path]) -> None:
    before, after = parts(own[0]), parts(own[1])
    assert {name for name in before if before[name] != after[name]} == NEW
    added = set(after) - set(before)
    assert {name for name in added if "webextensions" in name} == {
        "xl/webextensions/taskpanes.xml", STORE, "xl/webextensions/_rels/taskpanes.xml.rels",
    }  # fmt: skip
    assert {Path(name).parent.name for name in added} == {"webextensions", "_rels", "worksheets", "drawings"}
    sheets = read_book(own[0]).sheets
    assert read_book(own[1]).sheets[:-1] == sheets


def test_the_store_is_the_add_ins_own(empty: Path) -> None:
    store = parts(empty)[STORE].decode()
    assert '<we:reference id="wa200008175" version="1.0.0.0" store="en-US" storeType="OMEX"/>' in store
    texts = carried_texts(empty)
    assert texts["main.py"] == main_py(carried.archive())
    assert texts["requirements.txt"] == requirements()
    assert ast.get_docstring(ast.parse(texts["main.py"])).startswith(f"# {MARK}")  # type: ignore[union-attr]
    # As JSON in an attribute: a raw line break would become a blank.
    assert "\n" not in re.findall(r'value="([^"]*)"', store)[0]


def test_it_is_a_share_of_what_office_keeps(empty: Path) -> None:
    # Office keeps 2 MB of settings for one add-in and document.
    assert len(parts(empty)[STORE]) < 600_000


def test_buttons_lead_to_their_cells(empty: Path) -> None:
    page = load_workbook(empty)[SHEET]
    assert page["A1"].value == TITLE
    every = parts(empty)
    arrows = next(data.decode() for name, data in every.items() if "drawings/_rels" in name and b"#Buttons!" in data)
    drawing = next(
        data.decode() for name, data in every.items() if "drawings/drawing" in name and b"score_class" in data
    )
    for button in LITE_BUTTONS:
        link = re.search(rf'name="{button.entry}"[^>]*>\s*<a:hlinkClick [^>]*r:id="(rId\d+)"', drawing)
        assert link is not None, button.entry
        assert re.search(rf'Id="{link[1]}"[^>]*Target="#{SHEET}!{button.cell}"', arrows)
        assert page.cell(button.row, 3).value == button.sentence


def test_no_path_of_this_computer_and_no_name_of_a_student(empty: Path, own: tuple[Path, Path]) -> None:
    names = {
        str(cell)
        for sheet in read_book(own[0]).sheets
        if sheet.name == "Markbook"
        for row in sheet.rows[4:]
        for cell in row[1:3]
        if isinstance(cell, str) and len(cell) > 3
    }
    assert len(names) > 40
    held = {**parts(empty), **archive_in(carried_texts(empty)["main.py"])}
    for name, data in held.items():
        text = data.decode("utf-8", errors="replace")
        for place in (str(ROOT), str(Path.home()), "/tmp/", "site-packages"):
            assert place not in text, (name, place)
        if not name.endswith(".csv"):  # words of topics and activities
            for who in ("Zarrin", "Beska", "Ova"):
                assert not re.search(rf"\b{who}\b", text), (name, who)
    assert not {name for name in names if any(name.encode() in data for data in parts(empty).values())}


def test_libreoffice_opens_it(own: tuple[Path, Path], tmp_path: Path) -> None:
    office = needed("soffice", remedy="apt-get install libreoffice-calc")
    subprocess.run(
        [
            office, f"-env:UserInstallation=file://{tmp_path / 'profile'}", "--headless", "--convert-to", "ods", "--outdir",
            str(tmp_path), str(own[1]),
        ],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    with zipfile.ZipFile(tmp_path / "lite.ods") as archive:
        content = archive.read("content.xml").decode()
    assert content.count("<draw:custom-shape") + content.count("<draw:frame") >= len(LITE_BUTTONS)
    assert TITLE in content


def test_built_again_it_is_the_same_and_new_code_takes_the_olds_place(own: tuple[Path, Path], tmp_path: Path) -> None:
    again, twice = tmp_path / "again.xlsx", tmp_path / "twice.xlsx"
    build(again, source=own[0])
    assert again.read_bytes() == own[1].read_bytes()
    build(twice, source=own[1])
    assert parts(twice) == parts(own[1]), "the sheet of buttons is not added twice"
    old = tmp_path / "old.xlsx"
    store = parts(own[1])[STORE].decode()
    _with_part(own[1], old, {STORE: re.sub(r'name="main.py" value="[^"]*"', _property(f"# {MARK} 0.0"), store)})
    assert carried_texts(old)["main.py"] == f"# {MARK} 0.0"
    build(twice, source=old)
    assert carried_texts(twice) == carried_texts(own[1])


def test_the_buttons_of_an_earlier_version_are_not_taken_for_todays(own: tuple[Path, Path], tmp_path: Path) -> None:
    name, page = next((name, data.decode()) for name, data in parts(own[1]).items() if TOLD.encode() in data)
    one_less = page.replace(f'<row r="{TOLD_ROW}"', f'<row r="{TOLD_ROW - 2}"').replace(
        f'r="B{TOLD_ROW}"', f'r="B{TOLD_ROW - 2}"'
    )
    _with_part(own[1], tmp_path / "earlier.xlsx", {name: one_less})
    with pytest.raises(UnsupportedWorkbook, match=r"earlier\.xlsx: its sheet 'Buttons' .* Delete that sheet"):
        build(tmp_path / "new.xlsx", source=tmp_path / "earlier.xlsx")
    assert not (tmp_path / "new.xlsx").exists()


def _property(text: str) -> str:
    return f'name="main.py" value="&quot;{text}&quot;"'


def _with_part(source: Path, target: Path, changed: dict[str, str]) -> None:
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in parts(source).items():
            archive.writestr(name, changed[name].encode() if name in changed else data)


def test_somebody_elses_code_is_not_replaced(own: tuple[Path, Path], tmp_path: Path) -> None:
    theirs = tmp_path / "theirs.xlsx"
    store = re.sub(r'name="main.py" value="[^"]*"', _property("import xlwings"), parts(own[1])[STORE].decode())
    _with_part(own[1], theirs, {STORE: store})
    with pytest.raises(
        UnsupportedWorkbook, match=r"theirs.xlsx: it carries code of its own for xlwings Lite \(main.py\)"
    ):
        build(tmp_path / "l.xlsx", source=theirs)
    assert not (tmp_path / "l.xlsx").exists()


def test_another_add_ins_store_stays(own: tuple[Path, Path], tmp_path: Path) -> None:
    other = tmp_path / "other.xlsx"
    store = parts(own[1])[STORE].decode().replace("wa200008175", "wa1").replace("WA200008175", "WA1")
    _with_part(own[1], other, {STORE: store})
    build(tmp_path / "both.xlsx", source=other)
    both = parts(tmp_path / "both.xlsx")
    assert both[STORE].decode() == store
    assert "wa200008175" in both["xl/webextensions/webextension2.xml"].decode()
    assert both["xl/webextensions/taskpanes.xml"].count(b"webextensionref") == 2
    assert validator_errors(tmp_path / "both.xlsx") == []
    assert lint(tmp_path / "both.xlsx") == ()


def test_a_sheet_buttons_of_a_teachers_own_is_told(tmp_path: Path) -> None:
    path = support.write_workbook(tmp_path / "own.xlsx", {"Y9": [["Name"]], "buttons": [["Mine"]]})
    with pytest.raises(UnsupportedWorkbook, match="its sheet 'Buttons' holds something else"):
        build(tmp_path / "l.xlsx", source=path)


def test_only_a_workbook_is_written(tmp_path: Path) -> None:
    with pytest.raises(RequestProblem, match=r"ends in one of them"):
        build(tmp_path / "l.ods")
    with pytest.raises(MarkbookError, match="no such file"):
        build(tmp_path / "l.xlsx", source=tmp_path / "none.xlsx")


def test_macros_go_along(tmp_path: Path) -> None:
    with pytest.raises(RequestProblem, match="keeps the kind"):
        build(tmp_path / "l.xlsm", source=support.class_file(tmp_path / "class.xlsx"))


def test_a_built_workbook_is_scored_as_the_one_it_was_built_from(own: tuple[Path, Path], tmp_path: Path) -> None:
    one = read_book(score_file(own[0], output=tmp_path / "one.xlsx").output)
    other = read_book(score_file(own[1], output=tmp_path / "other.xlsx").output)
    assert other.sheets[:-1] == one.sheets
    assert carried_texts(tmp_path / "other.xlsx") == carried_texts(own[1])


# What is carried


def test_what_is_carried_knows_no_other_way_into_excel() -> None:
    rooms = ("addin.cli.", "addin.batch", "addin.files", "addin.excel.server", "addin.excel.desktop", "addin.importing")
    assert not [name for name in carried.modules() if name.startswith(rooms)]
    assert not {"addin.mail.outbox", "addin.mail.outlook", "addin.mail.log"} & set(carried.modules())


def test_code_without_docstrings_is_the_same_code(empty: Path) -> None:
    held = archive_in(carried_texts(empty)["main.py"])
    code = {name: data.decode() for name, data in held.items() if name.endswith(".py")}
    assert len(code) == len(carried.modules()) > 100
    for name, text in code.items():
        source = (ROOT / name).read_text(encoding="utf-8")
        assert _plain(source) == _plain(text), name


def _plain(text: str) -> str:
    return carried.without_docstrings(text)


def test_functions_keep_their_help_and_lose_their_examples(empty: Path) -> None:
    text = archive_in(carried_texts(empty)["main.py"])["addin/functions.py"].decode()
    assert "The risk, 0 to 1, that each student" in text
    assert "The half-term that the marks reach" in text
    assert ">>>" not in text


def test_with_the_package_by_name_main_py_is_one_line() -> None:
    assert short_main_py().splitlines()[-1].startswith("from addin.excel.lite.registered import *")
    assert "maths-markbook" in requirements(package="maths-markbook").splitlines()


# The model


def test_an_adapted_model_goes_along_and_is_verified(tmp_path: Path) -> None:
    local.keep(replace(bundled(), intercepts=bundled().intercepts + 1), ABOUT)
    build(tmp_path / "l.xlsx")
    held = archive_in(carried_texts(tmp_path / "l.xlsx")["main.py"])
    (card,) = [name for name in held if name.startswith("home/scorecard-")]
    assert held[card] == (local.folder() / Path(card).name).read_bytes()
    (tmp_path / "run").mkdir()
    with python_of(tmp_path / "l.xlsx", tmp_path / "run") as python:
        ours = _risks(python)
        where = python.ask({"where": True})
        assert all(str(tmp_path) in place for place in where.values()), "what runs is what is carried"
        home = next((tmp_path / "run" / "tmp").glob("maths-markbook-*")) / "home"
        (home / Path(card).name).write_text(held[card].decode().replace("1", "2", 1), encoding="utf-8")
        assert "The adapted model cannot be used" in str(_risks(python))
    local.reset()
    build(tmp_path / "shipped.xlsx")
    (tmp_path / "again").mkdir()
    with python_of(tmp_path / "shipped.xlsx", tmp_path / "again") as python:
        assert _risks(python) != ours
        assert not any(
            name.startswith("home/") for name in archive_in(carried_texts(tmp_path / "shipped.xlsx")["main.py"])
        )


def _risks(python: Carried) -> object:
    rows, headings = support.students(12), [list(support.HEADINGS)]
    return python.ask(
        {
            "function": {
                "func_name": "INTERVENTION_RISK", "args": [[list(row) for row in rows], headings, None, None, None, None],
                "caller_address": "[b]S!B21", "version": "", "runtime": "1.4", "client": "Office.js",
                "culture_info_name": "en-GB", "date_format": "dd/mm/yyyy",
            }
        }
    )  # fmt: skip
