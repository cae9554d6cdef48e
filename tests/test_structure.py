"""What may import what, read from the sources; and what scoring really loads, read from a run."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.support import class_file

ROOT = Path(__file__).parents[1]
PACKAGES = ("addin", "model", "templates")
LONGEST_MODULE = 400
MODULES = sorted(path.relative_to(ROOT).as_posix() for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


@cache
def tree(module: str) -> ast.Module:
    return ast.parse((ROOT / module).read_text(encoding="utf-8"))


@cache
def imports(module: str) -> frozenset[str]:
    """The dotted names that a module imports, at its top or inside a function."""
    return frozenset(_imports(module))


def _imports(module: str) -> Iterator[str]:
    package = Path(module).parent.parts
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            origin = ".".join(filter(None, (base, node.module)))
            yield origin
            yield from (f"{origin}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            argument = node.args[0]
            if isinstance(argument, ast.Constant):
                yield str(argument.value)


def importing(name: str) -> set[str]:
    """The modules that import `name` or a part of it."""
    return {module for module in MODULES if any(f"{each}.".startswith(f"{name}.") for each in imports(module))}


def within(modules: set[str], *allowed: str) -> bool:
    """Whether all modules are, or are under, what is allowed."""
    return all(any(module == place or module.startswith(f"{place}/") for place in allowed) for module in modules)


def test_the_reader_of_imports_sees_them() -> None:
    assert "addin/review.py" in importing("model.scorecard")
    assert "addin/cli/email.py" in importing("addin.message"), "inside a function"
    assert importing("numpy")


def test_the_model_knows_no_spreadsheet() -> None:
    for name in ("addin", "templates", "openpyxl", "xlsxwriter", "xlwings"):
        assert not [module for module in importing(name) if module.startswith("model/")], name


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("xlwings", ("addin/hosts/xlwings_book.py", "addin/functions.py", "addin/desktop", "addin/server")),
        ("joblib", ("model/train.py", "model/evaluate.py", "model/adapt.py", "addin/batch")),
        ("smtplib", ("addin/outbox.py",)),
        ("click", ("addin/cli",)),
        ("rich", ("addin/cli",)),
        ("addin.package", ("addin/package", "addin/hosts/closed_file.py")),
        ("addin.cli", ("addin/cli",)),
    ],
)
def test_who_may_import_what(name: str, allowed: tuple[str, ...]) -> None:
    assert within(importing(name), *allowed), importing(name)
    assert name == "smtplib" or importing(name), "a rule about something that nobody imports holds nothing"


def test_nobody_imports_what_is_under_another_licence() -> None:
    assert not importing("xlwings.pro")
    assert not [module for module in MODULES if "xlwings.pro" in (ROOT / module).read_text(encoding="utf-8")]


def test_no_telemetry() -> None:
    # Public data is fetched on request; smtplib has a rule of its own.
    allowed = ("addin/server", "model/public_data.py", "model/public_file.py")
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
    assert not loaded & (HEAVY | {"numpy", "lxml", "rich", "email"})
