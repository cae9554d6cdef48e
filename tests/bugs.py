"""Small inputs that once failed (shared/data/bugs), through the closed file, the server's engine and the desktop's stand-in.

python -m tests.bugs      prints the table: file, engine, what came out, and what is right
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

from addin.files.package.read import read_book
from addin.functions import INTERVENTION_FLAG
from addin.reading.markbook import read_markbook
from model.vocabulary import Flag
from templates.build import class_workbook
from tests.excel.desktop import on_the_desktop
from tests.excel.engine import Press, payload_of, press_all
from tests.support import run

SHARED = Path(__file__).parents[2] / "shared" / "data"


def folder() -> Path | None:
    """Where the inputs are: below MARKBOOK_DATA, else below shared/data beside the repository; None where they are not."""
    place = Path(os.environ.get("MARKBOOK_DATA") or SHARED) / "bugs"
    return place if place.is_dir() else None


@dataclass(frozen=True)
class Line:
    """A line of the table: two texts that must be equal."""

    file: str
    engine: str
    found: str
    right: str

    @property
    def holds(self) -> bool:
        return self.found == self.right


def lines(inputs: Path, work: Path) -> Iterator[Line]:
    """Every line of the table but those of exports, which `imports` has.

    Args:
        inputs: The folder of inputs.
        work: An empty folder.
    """
    for make in (
        _errors,
        _group_row,
        _spare_columns,
        _colours,
        _filters,
        _never_calculated,
        _unseen,
        _spellings,
        _dates,
    ):
        yield from make(inputs, work)
    yield from (*_old_name(inputs, work), *_hidden_rows(inputs, work), *_one_row(inputs))


def imports(inputs: Path, work: Path) -> Iterator[Line]:
    """The lines of exports that are taken into import_into.xlsx."""
    known = "24 known, 0 new, 24 filled"
    for name, right in {
        "id_dot0.csv": known, "apostrophe.csv": known, "names_zero_width.csv": known, "header_repeated.csv": known,
        "preamble_footer.csv": known, "moodle_dash.csv": "24 known, 0 new, 0 filled", "semi_comma.csv": known,
    }.items():  # fmt: skip
        into = _copied(inputs / "import_into.xlsx", work)
        ran = run("import", inputs / name, "--into", into, "-o", work / f"{name}.xlsx")
        counts = [
            (re.search(rf"{words}: (\d+)", ran.out) or ["", "0"])[1]
            for words in ("Students on the sheet already", "New students", "Blank cells filled")
        ]
        found = ran.err.strip() or "{} known, {} new, {} filled".format(*counts)
        if name == "semi_comma.csv" and not ran.err:
            pages = read_book(work / f"{name}.xlsx").sheets[0]
            texts = sum(isinstance(cell, str) and "," in cell for row in pages.rows for cell in row)
            found = f"{found}, {texts} as texts" if texts else found
        yield Line(name, "closed", found, right)


def _copied(path: Path, work: Path) -> Path:
    place = work / path.name
    shutil.copy(path, place)
    return place


def _pressed(path: Path, button: str, work: Path) -> Any:
    return press_all([Press(button=button, payload=payload_of(path), home=work / "home")])[0]


def _errors(inputs: Path, work: Path) -> Iterator[Line]:
    for name in ("errors.xlsx", "totals_error.xlsx", "totals_good.xlsx"):
        path = _copied(inputs / name, work)
        closed = [vars(query) for query in read_markbook(read_book(path)).queries]
        script = "from addin.reading.markbook import read_markbook\n"
        script += "answer = [vars(query) for query in read_markbook(XlwingsBook(book).read()).queries]"
        right = {"errors.xlsx": "5 queries", "totals_error.xlsx": "1 query"}.get(name, "0 queries")
        for engine, queries in (
            ("closed", closed),
            ("server", _pressed(path, "check_button", work).queries),
            ("desktop", on_the_desktop(script, path)),
        ):
            told = f"{len(queries)} quer{'y' if len(queries) == 1 else 'ies'}"
            yield Line(name, engine, told if queries == closed else f"{told}, others than the closed file's", right)


def _formulas(path: Path) -> set[tuple[str, int, int]]:
    return {
        (page.title, cell.row, cell.column)
        for page in openpyxl.load_workbook(path).worksheets
        for row in page.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def _lost(path: Path, engine: str, work: Path) -> str:
    """How many of a file's formulas a run of the engine writes over."""
    before = _formulas(path)
    if engine == "closed":
        out = work / f"{path.stem}.out.xlsx"
        ran = run("score", path, "-o", out)
        lost = len(before - _formulas(out)) if not ran.code else None
        return ran.err.strip() if lost is None else f"{lost} formulas lost"
    if engine == "desktop":
        after = {tuple(spot[:3]) for spot in on_the_desktop("press(); answer = everything()", path)[1]}
        return f"{len(before - after)} formulas lost"
    pressed = _pressed(path, "score_button", work)
    names = [sheet["name"] for sheet in payload_of(path)["sheets"]]
    written = {
        (names[action["sheet_position"]], action["start_row"] + 1 + r, action["start_column"] + 1 + c)
        for action in pressed.actions
        if action["func"] in ("setValues", "setFormula", "rangeClearContents")
        for r in range(action["row_count"])
        for c in range(action["column_count"])
    }
    return pressed.refused or f"{len(before & written)} formulas lost"


def _group_row(inputs: Path, work: Path) -> Iterator[Line]:
    path = _copied(inputs / "group_row_formulas.xlsx", work)
    for engine in ("closed", "server", "desktop"):
        yield Line(path.name, engine, _lost(path, engine, work), "0 formulas lost")


def _spare_columns(inputs: Path, work: Path) -> Iterator[Line]:
    path = _copied(inputs / "spare_columns.xlsx", work)
    for engine in ("closed", "server", "desktop"):
        yield Line(path.name, engine, _lost(path, engine, work), "0 formulas lost")
    first = next(
        c
        for c in range(1, 40)
        if openpyxl.load_workbook(work / "spare_columns.out.xlsx").active.cell(1, c).value == "Flag"
    )
    last = max(column for _, _, column in _formulas(path))
    yield Line(path.name, "closed", f"{first - last} right of the formulas", "1 right of the formulas")


def _plain_class(inputs: Path, work: Path) -> Path:
    return _copied(inputs / "import_into.xlsx", work)


def _colours(inputs: Path, work: Path) -> Iterator[Line]:
    path, right = _plain_class(inputs, work), f"{len(Flag)} rules without references"
    actions = _pressed(path, "score_button", work).actions
    rules = [action["args"][0] for action in actions if action["func"] == "addConditionalFormat"]
    plain = sum(
        rule["type"] == "CellValue" and re.fullmatch(r'="[^"]+"', rule["formula1"]) is not None for rule in rules
    )
    yield Line("open_colours.py", "server", f"{plain} rules without references", right)
    flags = on_the_desktop("active = (40, 9); press(); answer = colours(book.sheets[0].name)", path)
    yield Line(
        "open_colours.py",
        "desktop",
        f"{len(flags)} of 24 flags coloured, cursor in I40",
        "24 of 24 flags coloured, cursor in I40",
    )


def _filters(inputs: Path, work: Path) -> Iterator[Line]:
    path = _plain_class(inputs, work)
    cleared = Counter(action["func"] for action in _pressed(path, "score_button", work).actions)
    yield Line(
        "open_filters.py",
        "server",
        f"plain range cleared: {cleared['clearAutoFilterRange'] > 0}",
        "plain range cleared: True",
    )
    class_workbook(work / "t.xlsx", students=30, seed=7)
    payload = payload_of(work / "t.xlsx")
    actions = press_all([Press(button="score_button", payload=payload, home=work / "home")])[0].actions
    names = [sheet["name"] for sheet in payload["sheets"]]
    by = {
        what: {names[a["sheet_position"]] for a in actions if a["func"] == what}
        for what in ("setValues", "clearAutoFilterTable")
    }
    yield Line(
        "open_filters.py",
        "server",
        f"{sorted(by['setValues'] - by['clearAutoFilterTable'])} written filtered",
        "[] written filtered",
    )
    script = "hidden[book.sheets[0].name] = {3, 4, 5, 9}; press(); a = everything(); answer = [a, clears]"
    filtered, clears = on_the_desktop(script, path)
    free = on_the_desktop("press(); answer = everything()", path)
    found = "as without a filter" if filtered == free and clears else "other cells than without a filter"
    yield Line("open_filters.py", "desktop", found, "as without a filter")


def _never_calculated(inputs: Path, work: Path) -> Iterator[Line]:
    path = _copied(inputs / "xlsxwriter_formula_zero.xlsx", work)
    queries = read_markbook(read_book(path)).queries
    found = f"{sum('never calculated' in q.rule and q.cell.startswith('N') for q in queries)} never calculated"
    yield Line(path.name, "closed", found, "24 never calculated")


def _unseen(inputs: Path, work: Path) -> Iterator[Line]:
    path = _copied(inputs / "zero_width.xlsx", work)
    yield Line(path.name, "closed", f"{len(read_markbook(read_book(path)).queries)} queries", "0 queries")
    yield Line(path.name, "server", f"{len(_pressed(path, 'check_button', work).queries)} queries", "0 queries")


def _spellings(inputs: Path, work: Path) -> Iterator[Line]:
    plain = _scored(_plain_class(inputs, work), work)
    for name in ("no_cell_r.xlsx", "backslash_entries.xlsx", "backslash_target.xlsx"):
        found = _scored(_copied(inputs / name, work), work)
        count = len(found) if isinstance(found, list) else 0
        told = found if isinstance(found, str) else f"{count} scored"
        yield Line(name, "closed", told, f"{len(plain)} scored")


def _scored(path: Path, work: Path) -> Any:
    ran = run("score", path, "-o", work / f"{path.stem}.out.xlsx", "--json")
    if ran.code:
        return ran.err.strip()
    return [(each["student_id"], each["flag"]) for each in json.loads(ran.out)["students"] if each["risk"] is not None]


def _dates(inputs: Path, work: Path) -> Iterator[Line]:
    path = _copied(inputs / "iso_date_one_cell.xlsx", work)
    for command in ("score", "plan"):
        ran = run(command, path, "-o", work / f"iso.{command}.xlsx")
        yield Line(path.name, f"closed, {command}", ran.err.strip() or "written", "written")


def _old_name(inputs: Path, work: Path) -> Iterator[Line]:
    path = _copied(inputs / "template_marked.xlsx", work)
    run("score", path, "-o", work / "renamed.xlsx")
    names = [sheet.name for sheet in read_book(work / "renamed.xlsx").sheets]
    yield Line(path.name, "closed", f"{[n for n in names if n in ('History', 'Runs')]}", "['Runs']")
    pages = on_the_desktop("press(); answer = everything()", path)[0]
    yield Line(path.name, "desktop", f"{[n for n, *_ in pages if n in ('History', 'Runs')]}", "['Runs']")


def _hidden_rows(inputs: Path, work: Path) -> Iterator[Line]:
    run("score", _copied(inputs / "hidden_rows.xlsx", work), "-o", work / "hidden.xlsx")
    for options, right in (((), "14 of 24 students are in hidden rows"), (("--without-hidden",), "Students: 10")):
        draft = work / f"{len(options)}.eml"
        ran = run("email", work / "hidden.xlsx", "--to", "head@school.example", "--draft", draft, *options)
        yield Line("hidden_rows.xlsx", "closed", right if right in ran.out else ran.out[:80] or ran.err, right)


def _one_row(inputs: Path) -> Iterator[Line]:
    sys.path.insert(0, str(inputs))
    try:
        import base  # type: ignore[import-not-found]
    finally:
        sys.path.remove(str(inputs))
    rows, headings = base.rows(), [base.HEAD]
    whole = [flag for (flag,) in INTERVENTION_FLAG(rows, headings)]
    alone = [INTERVENTION_FLAG([row], headings)[0][0] for row in rows]
    within = [INTERVENTION_FLAG([row], headings, None, None, rows)[0][0] for row in rows]
    asked = sum(answer.startswith("Give the class as cohort") for answer in alone)
    differ = sum(one != other for one, other in zip(whole, within, strict=True))
    yield Line(
        "functions_one_row.py",
        "function",
        f"{asked} ask for the class, {differ} differ within it",
        "24 ask for the class, 0 differ within it",
    )


def table(inputs: Path, *makers: Callable[[Path, Path], Iterator[Line]]) -> list[Line]:
    """The lines of some makers, each with an empty folder to work in."""
    found = []
    for make in makers:
        with tempfile.TemporaryDirectory() as work:
            found += make(inputs, Path(work))
    return found


def main() -> None:
    """Print the table."""
    inputs = folder()
    if inputs is None:
        sys.exit(f"The inputs are not at {SHARED / 'bugs'}. Name the folder above them in MARKBOOK_DATA.")
    found = table(inputs, lines, imports)
    for line in found:
        mark = "right" if line.holds else f"WRONG, right is: {line.right}"
        sys.stdout.write(f"{line.file:30} {line.engine:14} {line.found[:70]:72} {mark}\n")
    sys.stdout.write(f"{sum(line.holds for line in found)} of {len(found)} lines are right\n")


if __name__ == "__main__":
    main()
