"""What a built workbook carries, in Pyodide itself: what is registered, loaded and comes through; with numpy, all of it."""

from __future__ import annotations

import json
import sys
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement

from addin.excel.lite.button_cells import LITE_BUTTONS
from addin.excel.lite.main_py import requirements
from addin.functions import INTERVENTION_RISK
from tests import support
from tests.excel.engine import payload_of
from tests.excel.lite.in_pyodide import (
    PURE,
    RUN_MAIN,
    WITHOUT_NUMPY,
    fitting_wheels,
    locked,
    numpys_wheels,
    run_in_chromium,
    run_in_pyodide,
    site_of,
)
from tests.excel.lite.inside import built, python_of
from tests.excel.test_messy_books import readable
from tests.tools import ROOT

SAMPLE = ROOT / "templates" / "sample_markbook.xlsx"
FUNCTIONS = 8
BROWSER = {
    "sys_platform": "emscripten",
    "platform_system": "Emscripten",
    "os_name": "posix",
    "platform_machine": "wasm32",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pyodide")
    locked()
    return site_of(built(SAMPLE, folder / "lite.xlsx"), folder)


def asked(what: dict[str, Any]) -> str:
    return f"json.dumps(await lite_python.answer(module, json.loads({json.dumps(json.dumps(what))})))"


# Without numpy


def test_in_pyodide_scripts_and_functions_are_registered_and_little_is_loaded(site: Path) -> None:
    help_pressed = {"script": "show_help", "payload": payload_of(SAMPLE)}
    done = run_in_pyodide(
        site,
        "json.dumps(sorted(set(sys.modules)))",
        "json.dumps(sorted({name.split('.')[0] for name in sys.modules} - set(sys.stdlib_module_names)))",
        asked({"meta": True}),
        asked({"functions": True}),
        asked(help_pressed),
        prepare=WITHOUT_NUMPY + RUN_MAIN,
    )
    loaded, tops, scripts, functions, helped = done.answers
    assert done.python >= "3.12"
    assert {(each["function_name"], each["name"], each["button"]) for each in scripts} == {
        (button.entry, button.label, button.place) for button in LITE_BUTTONS
    }
    assert len(functions["functions"]) == FUNCTIONS
    risk = next(each for each in functions["functions"] if each["name"] == "INTERVENTION_RISK")
    assert risk["description"].startswith("The risk, 0 to 1")
    assert [each["optional"] for each in risk["parameters"] if "optional" in each] == [True] * 4
    assert {name for name in tops if not name.startswith("_")} == {
        "addin",
        "model",
        "numpy",
        "xlwings",
        "main",
        "lite_python",
        "pyodide",
        "pyodide_js",
    }
    later = ("addin.letters", "addin.mail", "addin.clinics", "model.clinics")
    assert not [name for name in loaded if name.startswith(later)], "what one button needs waits until it is pressed"
    assert "error" not in helped
    assert helped["actions"] == [], "without the sheet of buttons Help writes nothing"


def test_in_a_browser_the_same_is_registered(site: Path) -> None:
    scripts, functions = run_in_chromium(
        site, asked({"meta": True}), asked({"functions": True}), prepare=WITHOUT_NUMPY + RUN_MAIN
    )
    assert {each["function_name"] for each in scripts} == {button.entry for button in LITE_BUTTONS}
    assert len(functions["functions"]) == FUNCTIONS


def test_javascripts_null_arrives_as_nothing(site: Path) -> None:
    handed = """
from pyodide.ffi import jsnull
import addin.functions
addin.functions.asked = lambda *handed: handed
addin.functions._answers = lambda call, answer, nothing: [[repr(getattr(each, "rows", each))] for each in call]
data = {"func_name": "INTERVENTION_RISK", "args": [[["Ova", jsnull, 3]], [["Name", "A", "B"]], *[jsnull] * 4],
        "caller_address": "[b]S!B21", "version": "", "runtime": "1.4", "client": "Office.js", "culture_info_name": "en-GB",
        "date_format": "dd/mm/yyyy"}
"""
    done = run_in_pyodide(
        site,
        'json.dumps(await lite_python.answer(module, {"function": data}))',
        prepare=WITHOUT_NUMPY + RUN_MAIN + handed,
    )
    assert done.answers[0][0] == ["(('Ova', None, 3.0),)"]
    assert [each for (each,) in done.answers[0][2:]] == ["None"] * 4


def needed_in_a_browser() -> list[Requirement]:
    """The program's requirements whose markers hold where Python runs in a browser."""
    setup = ConfigParser(interpolation=None)
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    every = [Requirement(line) for line in setup["options"]["install_requires"].split("\n") if line.strip()]
    environment = {**default_environment(), **BROWSER}  # type: ignore[dict-item]
    return [each for each in every if each.marker is None or each.marker.evaluate(environment)]  # type: ignore[arg-type]


def test_a_wheels_install_is_numpy_and_pure_python() -> None:
    from importlib.metadata import requires

    wanted, seen = needed_in_a_browser(), {}
    environment = {**default_environment(), **BROWSER, "extra": ""}  # type: ignore[dict-item]
    while wanted:
        each = wanted.pop()
        seen[each.name] = each
        if each.name in locked() and each.name not in PURE:
            continue  # Pyodide's own, which must not be pinned
        assert each.name in PURE, f"{each.name} is neither shipped with Pyodide nor known to be pure Python"
        further = [Requirement(line) for line in requires(each.name) or []]
        wanted += [
            one
            for one in further
            if one.name not in seen and (one.marker is None or one.marker.evaluate(environment))  # type: ignore[arg-type]
        ]
    assert sorted(seen) == ["numpy", *sorted(PURE)]
    assert seen["numpy"].specifier.contains(locked()["numpy"]["version"])


def test_what_a_workbook_asks_for_is_shipped_with_pyodide_or_pure() -> None:
    lines = [Requirement(line.partition("#")[0]) for line in requirements().splitlines()]
    ours = {each.name: each for each in lines if each.name not in ("python-dotenv", "pyodide-http")}
    assert sorted(ours) == ["jinja2", "numpy", "xlwings"]
    assert [name for name in ours if name not in PURE and name not in locked()] == []
    assert not [name for name in ours if name in locked() and name != "xlwings" and ours[name].specifier], "not pinned"
    assert "scipy" in locked(), "which Plan clinics loads once it is pressed"
    setup = ConfigParser(interpolation=None)
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    jinja = next(
        Requirement(line) for line in setup["options"]["install_requires"].split("\n") if line.startswith("Jinja2")
    )
    assert jinja.specifier.contains(locked()["jinja2"]["version"])


# With numpy's wheel


def test_with_numpy_scripts_and_functions_give_what_cpython_gives(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wheels = numpys_wheels()
    book = built(SAMPLE, tmp_path / "lite.xlsx")
    (tmp_path / "messy").mkdir()
    books = [book, *sorted(readable(tmp_path / "messy").values())[:10]]
    there = {wheel.name.split("-")[0] for wheel in wheels}
    names = ["score_class", "check_data", "show_columns", "clear_results", "what_if", "email_markbook", "show_help"]
    names += ["write_packs"]
    names += ["write_letters"] if {"jinja2", "markupsafe"} <= there else []
    names += ["plan_clinics"] if "scipy" in there else []
    jobs = [{"script": name, "payload": payload_of(path)} for path in books for name in names]
    rows, headings = support.students(30), [list(support.HEADINGS)]
    function = {
        "func_name": "INTERVENTION_RISK", "args": [[list(row) for row in rows], headings, None, None, None, None],
        "caller_address": "[b]S!B21", "version": "", "runtime": "1.4", "client": "Office.js", "culture_info_name": "en-GB",
        "date_format": "dd/mm/yyyy",
    }  # fmt: skip
    jobs.append({"function": function})
    site = site_of(book, tmp_path)
    inside = run_in_pyodide(site, *map(asked, jobs), prepare=RUN_MAIN, wheels=wheels)
    with python_of(book, tmp_path) as python:
        beside = [python.ask(job) for job in jobs]
    assert inside.answers == beside
    assert inside.answers[-1] == INTERVENTION_RISK(rows, headings)
    written = [action["values"] for answer in beside[:-1] for action in answer["actions"] if action["values"]]
    cells = sum(len(row) for rows in written for row in rows)
    with capsys.disabled():
        sys.stdout.write(
            f"\nPyodide, Python {inside.python}: {len(jobs)} calls, {cells:,} cells, 0 differ; {len(books)} books\n"
        )


def test_only_wheels_of_this_pyodide_are_taken(tmp_path: Path) -> None:
    tag = locked()["numpy"]["file_name"].split("-")[2]
    for name in (
        f"numpy-2.4-{tag}-wasm32.whl",
        "numpy-2.4-cp311-cp311-linux_x86_64.whl",
        "jinja2-3.1.6-py3-none-any.whl",
    ):
        (tmp_path / name).write_bytes(b"")
    assert [wheel.name.split("-")[2] for wheel in fitting_wheels(tmp_path)] == ["py3", tag]
