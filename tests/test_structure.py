"""What may import what, read from the sources; and what scoring really loads, read from a run."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import structure
from tests.structure import MODULES, ROOT, imports, tree
from tests.support import class_file

LONGEST_MODULE = 400


def importing(name: str) -> set[str]:
    """The modules that import `name` or a part of it."""
    return {module for module in MODULES if any(f"{each}.".startswith(f"{name}.") for each in imports(module))}


def within(modules: set[str], *allowed: str) -> bool:
    """Whether all modules are, or are under, what is allowed."""
    return all(any(module == place or module.startswith(f"{place}/") for place in allowed) for module in modules)


def test_the_reader_of_imports_sees_them() -> None:
    assert "addin/review.py" in importing("model.scorecard")
    assert "addin/cli/email.py" in importing("addin.mail.message"), "inside a function"
    assert importing("numpy")


def test_the_model_knows_no_spreadsheet() -> None:
    for name in ("addin", "templates", "openpyxl", "xlsxwriter", "xlwings"):
        assert not [module for module in importing(name) if module.startswith("model/")], name


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        (
            "xlwings",
            (
                "addin/xlwings_alone.py",
                "addin/formulas/converter.py",
                "addin/excel/desktop",
                "addin/excel/lite",
                "addin/excel/server",
            ),
        ),
        ("joblib", ("model/training", "model/learning/adapt.py", "addin/batch")),
        ("smtplib", ("addin/mail/outbox.py",)),
        ("click", ("addin/cli",)),
        (
            "addin.files.package",
            (
                "addin/files/package",
                "addin/files/carrying.py",
                "addin/files/converted.py",
                "addin/hosts/closed_file.py",
            ),
        ),
        ("addin.cli", ("addin/cli",)),
    ],
)
def test_who_may_import_what(name: str, allowed: tuple[str, ...]) -> None:
    assert within(importing(name), *allowed), importing(name)
    assert name == "smtplib" or importing(name), "a rule about something that nobody imports holds nothing"


def test_rooms_and_modules_stand_in_no_circle() -> None:
    assert not structure.circles(structure.arrows())
    assert not structure.circles(structure.room_arrows())


def test_a_circle_would_be_seen() -> None:
    assert structure.circles({"results": ["reading"], "reading": ["marks"], "marks": ["results"]})


def test_arrows_lead_downstairs() -> None:
    placed = [room for floor in structure.FLOORS for room in floor]
    assert sorted(placed) == sorted(structure.room_arrows()), (
        "every room has its floor, and no floor a room that is gone"
    )
    assert not structure.against_the_order()


def test_no_folder_is_crowded() -> None:
    assert not structure.crowded()


def test_every_room_says_what_it_is() -> None:
    rooms = [ROOT / module for module in MODULES if module.endswith("__init__.py")]
    assert all(len(ast.get_docstring(ast.parse(room.read_text(encoding="utf-8"))) or "") > 30 for room in rooms)


def test_nobody_imports_what_is_under_another_licence() -> None:
    assert not importing("xlwings.pro")
    assert not [module for module in MODULES if "xlwings.pro" in (ROOT / module).read_text(encoding="utf-8")]


def test_no_telemetry() -> None:
    # Public data is fetched on request; smtplib has a rule of its own.
    allowed = ("addin/excel/server", "model/training/public_data.py", "model/training/public_file.py")
    for name in ("socket", "http", "urllib.request", "requests", "httpx", "aiohttp"):
        assert within(importing(name), *allowed), name


@pytest.mark.parametrize("module", MODULES)
def test_every_module_says_what_it_is_and_stays_readable(module: str) -> None:
    text = (ROOT / module).read_text(encoding="utf-8")
    assert ast.get_docstring(tree(module))
    assert text.count("\n") <= LONGEST_MODULE


def test_every_folder_of_modules_is_a_package() -> None:
    folders = {(ROOT / module).parent for module in MODULES} | {path.parent for path in (ROOT / "tests").rglob("*.py")}
    assert not [folder for folder in folders if not (folder / "__init__.py").is_file()]


HEAVY = frozenset({
    "aiosmtpd", "calamine", "dask", "distributed", "docx", "fastapi", "icalendar", "jinja2", "joblib", "keyring", "matplotlib",
    "msoffcrypto", "openpyxl", "pandas", "pydantic", "python_calamine", "scipy", "sklearn", "smtplib", "socket", "templates",
    "uvicorn", "xlsxwriter", "xlwings", "xlwings_server",
})  # fmt: skip
"""What takes long to import, or reaches out of the computer."""


def loaded_by(*arguments: str | Path) -> set[str]:
    """The packages that a command imports."""
    command = [sys.executable, "-X", "importtime", "-m", "addin.cli", *arguments]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
    return {name.split(".")[0] for name in re.findall(r"^import time:.*\|\s+(\S+)$", ran.stderr, re.MULTILINE)}


def test_scoring_loads_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    loaded = loaded_by("score", class_file(tmp_path / "class.xlsx"))
    assert (tmp_path / "class.marked.xlsx").is_file()
    assert {"numpy", "lxml", "click", "addin", "model"} <= loaded
    assert not loaded & HEAVY


def test_help_loads_no_more_than_the_names_of_commands() -> None:
    loaded = loaded_by("--help")
    assert {"click", "addin"} <= loaded
    assert not loaded & (HEAVY | {"numpy", "lxml", "email"})
