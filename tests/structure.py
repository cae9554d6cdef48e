"""The house, read from the sources: its rooms, the arrows between them, circles and crowded folders.

    python -m tests.structure

prints the rooms with their lines, and who imports whom. A room is a folder of modules with the folders below it; a module that
stands directly in `addin/` is a room of its own, and so is `addin/files/package`, which only the closed file knows. Imports
count wherever they stand: at the top, inside a function, and under TYPE_CHECKING.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("addin", "model", "templates")
MODULES = sorted(path.relative_to(ROOT).as_posix() for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
MOST_MODULES = 20

FLOORS: tuple[tuple[str, ...], ...] = (
    ("model",),
    ("model.clinics", "model.questions", "model.training"),
    ("model.learning",),
    ("addin.errors", "addin.xlwings_alone"),
    ("addin.extras",),
    ("addin.reading",),
    ("addin.results",),
    ("templates",),
    ("addin.files.package",),
    ("addin.hosts",),
    ("addin.formulas",),
    ("addin.review", "addin.functions", "addin.what_if"),
    ("addin.clinics", "addin.importing", "addin.mail"),
    ("addin.letters",),
    ("addin.report",),
    ("addin.packs",),
    ("addin.files", "addin.ribbon", "addin.overview"),
    ("addin.batch", "addin.excel"),
    ("addin.cli",),
)
"""The rooms from the ground up. An arrow leads from a room to one on a lower floor, never up and never along."""


@cache
def tree(module: str) -> ast.Module:
    """The syntax of a module."""
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


def dotted(module: str) -> str:
    """The name by which a module is imported: "addin/review.py" is "addin.review"."""
    return module.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


NAMES = {dotted(module): module for module in MODULES}


def arrows() -> dict[str, set[str]]:
    """Every module with the modules of the project that it imports; a folder's `__init__` only where it alone is meant."""
    found = {}
    for name, module in NAMES.items():
        named = {each for each in imports(module) if each in NAMES and each != name}
        found[name] = {each for each in named if not any(other.startswith(f"{each}.") for other in named)}
    return found


OF_THE_MODEL = ("standing", "curriculum", "language")
"""Folders that are no rooms: where a student stands, on the map of the course, and the words for it are the middle of scoring."""


def room_of(name: str) -> str:
    """The room in which a module lives."""
    if name.startswith("addin.files.package"):
        return "addin.files.package"
    if name == "model.curriculum.__main__":
        return "model.questions"  # the command that prints the map counts its questions too
    parts = name.split(".")
    if parts[0] == "model":
        folder = NAMES[name].endswith("__init__.py") or len(parts) > 2
        return ".".join(parts[:2]) if folder and len(parts) > 1 and parts[1] not in OF_THE_MODEL else "model"
    return "templates" if parts[0] == "templates" else ".".join(parts[:2])


def room_arrows() -> dict[str, Counter[str]]:
    """Every room with the rooms that it imports from, and how many imports lead there."""
    found: dict[str, Counter[str]] = {room_of(name): Counter() for name in NAMES if name != "addin"}
    for name, others in arrows().items():
        for other in others:
            if room_of(other) != room_of(name):
                found[room_of(name)][room_of(other)] += 1
    return found


def circles(graph: Mapping[str, Sequence[str] | set[str] | Counter[str]]) -> list[str]:
    """The first circle of a graph as the names along it, empty where there is none."""
    try:
        TopologicalSorter({name: list(others) for name, others in graph.items()}).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def against_the_order() -> list[str]:
    """Arrows that lead up or along, as "from -> to"."""
    floor = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
    return [
        f"{room} -> {other}"
        for room, others in room_arrows().items()
        for other in others
        if floor.get(room, -1) <= floor.get(other, len(FLOORS))
    ]


def crowded() -> dict[str, int]:
    """Folders with more modules than anybody keeps in mind; the parts of a workbook's package are as many as they are."""
    folders = Counter(Path(module).parent.as_posix() for module in MODULES if not module.endswith("__init__.py"))
    return {folder: n for folder, n in folders.items() if n > MOST_MODULES and not folder.endswith("/package")}


def told() -> Iterator[str]:
    """The house in lines of text, the top floor first."""
    lines: Counter[str] = Counter()
    modules: Counter[str] = Counter()
    for name, module in NAMES.items():
        if name != "addin":
            lines[room_of(name)] += (ROOT / module).read_text(encoding="utf-8").count("\n")
            modules[room_of(name)] += 1
    leading = room_arrows()
    for number, rooms in reversed(list(enumerate(FLOORS))):
        for room in rooms:
            to = ", ".join(f"{other.removeprefix('addin.')} {n}" for other, n in sorted(leading[room].items()))
            yield f"{number:2} {room:20} {modules[room]:3} modules {lines[room]:6} lines  -> {to or '-'}"
    yield f"{lines.total()} lines in {modules.total()} modules"
    for what, found in (
        ("circles", circles(arrows())),
        ("circles of rooms", circles(leading)),
        ("arrows against the order", against_the_order()),
        (f"folders with more than {MOST_MODULES} modules", crowded()),
    ):
        yield f"{len(found)} {what} {', '.join(found)}".rstrip()


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in told())
