"""The program's own code as one archive that a workbook carries: the modules that Lite uses, their data, the school's own model.

Which modules these are is read from the sources: all that `STARTS` import, at their top or later, and what these import. Comments
and docstrings stay out but for the functions' own, which Excel's function wizard shows: what is not there need not be read at a
start.
"""

from __future__ import annotations

import ast
import importlib.util
import zipfile
from collections.abc import Iterator
from functools import cache
from importlib import resources
from io import BytesIO
from pathlib import Path

from model import local

PACKAGES = ("addin", "model", "templates")
STARTS = ("addin.excel.lite.registered", "addin.clinics.planning", "model.clinics.reasons")
"""What Lite registers, and what Plan clinics imports once it is pressed."""

NOT_LATER = frozenset({"addin.ribbon", "addin.letters.folder"})
"""Modules whose later imports are for other ways into Excel: mail, files, Word."""

DATA = {
    "model.standing": ("*.csv",),
    "model.curriculum": ("*.csv",),
    "model.language": ("*.mo",),
    "model": ("scorecard.json",),
    "templates": ("columns.csv", "letter_*"),
}
"""Package -> its files that these modules read, as patterns."""

WITH_DOCSTRINGS = frozenset({"addin.functions", "addin.excel.lite.scripts"})
HOME = "home"
"""The folder of the archive that is the program's data folder there: the model that the school has adapted, where it has."""


def archive() -> bytes:
    """The archive (.zip); the same code and the same model give the same bytes, from one version of Python.

    Raises:
        ScorecardError: The adapted model of this computer cannot be used.
    """
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for name, content in sorted({**_code(), **_data(), **_adapted()}.items()):
            packed.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED, 9)
    return buffer.getvalue()


@cache
def modules() -> tuple[str, ...]:
    """The dotted names of the modules, packages above them included.

    Example:
        >>> "addin.review" in modules(), "addin.cli.entry" in modules(), "addin.mail.outbox" in modules()
        (True, False, False)
    """
    found: dict[str, None] = {}
    waiting = list(STARTS)
    while waiting:
        name = waiting.pop()
        if name in found or _source(name) is None:
            continue
        found[name] = None
        parents = name.split(".")[:-1]
        waiting += [".".join(parents[: n + 1]) for n in range(len(parents))]
        waiting += _imported(name)
    return tuple(sorted(found))


def _imported(name: str) -> Iterator[str]:
    """What a module imports, not counting what it does for types alone."""
    for node in _nodes(ast.parse(_text(name)), later=name not in NOT_LATER):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{each.name}" for each in node.names)


def _nodes(node: ast.AST, *, later: bool) -> Iterator[ast.AST]:
    for each in ast.iter_child_nodes(node):
        if isinstance(each, ast.FunctionDef) and not later:
            continue
        if isinstance(each, ast.If) and "TYPE_CHECKING" in ast.unparse(each.test):
            continue
        yield each
        yield from _nodes(each, later=later)


def _text(name: str) -> str:
    source = _source(name)
    assert source is not None, "a module that is there"
    return source.read_text(encoding="utf-8")


def _source(name: str) -> Path | None:
    """The file of one of our modules, None for anything else."""
    if name.split(".")[0] not in PACKAGES:
        return None
    try:
        found = importlib.util.find_spec(name)
    except ModuleNotFoundError:  # a name inside a module, not a module
        return None
    return Path(found.origin) if found is not None and found.origin else None


def _code() -> dict[str, bytes]:
    code = {}
    for name in modules():
        source = _source(name)
        assert source is not None, "a module that is there"
        text = without_docstrings(source.read_text(encoding="utf-8"), but_help=name in WITH_DOCSTRINGS)
        path = name.replace(".", "/")
        code[f"{path}/__init__.py" if source.name == "__init__.py" else f"{path}.py"] = text.encode()
    return code


@cache
def without_docstrings(text: str, *, but_help: bool = False) -> str:
    """A module without comments, docstrings and the texts that stand under constants.

    Args:
        text: The module.
        but_help: Whether docstrings of functions stay, up to their examples.

    Example:
        >>> without_docstrings('def f():  # why\\n    "What."\\n    return 1')
        'def f():\\n    return 1'
        >>> without_docstrings('class E(Exception):\\n    "What."')
        'class E(Exception):\\n    pass'
    """
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            words = ast.get_docstring(node, clean=False) if but_help and not isinstance(node, ast.Module) else None
            kept = [each for each in node.body if not _is_words(each)]
            if words is not None:
                kept.insert(0, ast.Expr(ast.Constant(words.partition("\n    Example:")[0].rstrip())))
            node.body = kept or ([] if isinstance(node, ast.Module) else [ast.Pass()])
    return ast.unparse(tree)


def _is_words(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _data() -> dict[str, bytes]:
    return {
        f"{package.replace('.', '/')}/{path.name}": path.read_bytes()
        for package, patterns in DATA.items()
        for pattern in patterns
        for path in sorted(Path(str(resources.files(package))).glob(pattern))
    }


def _adapted() -> dict[str, bytes]:
    """The adapted model of this computer with its record, verified; nothing where the shipped one is in use."""
    if local.only_bundled():
        return {}
    status = local.status()
    if status is None:
        return {}
    local.in_use()  # refused here rather than in every workbook
    return {
        f"{HOME}/{local.RECORD}": (local.folder() / local.RECORD).read_bytes(),
        f"{HOME}/{status.path.name}": status.path.read_bytes(),
    }
