"""One trial for each kind of bug: it does what people told of, and answers in a few words what came out."""

from __future__ import annotations

import json
import os
import re
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

import xlsxwriter

from addin.errors import MarkbookError
from addin.files.marked import score_file
from addin.files.package.read import read_book
from addin.functions import INTERVENTION_FLAG, INTERVENTION_RISK
from addin.mail.settings import mail_password
from addin.reading.markbook import read_markbook
from templates.build import class_workbook
from tests import support
from tests.excel.desktop import on_the_desktop
from tests.excel.engine import Press, payload_of, press_all
from tests.files.package.books import rich_book
from tests.other_peoples_bugs.libraries import NODE, WRITERS, read_by_node
from tests.other_peoples_bugs.spellings import SPELLINGS, STUDENTS

Trial = Callable[[Path], str]
ROWS = [list(support.HEADINGS), *support.students(STUDENTS)]


def flags_of(path: Path) -> list[str] | str:
    """The flags of a workbook's students, scored twice so that the second run reads what the first wrote; or the refusal."""
    ran = support.run("score", path, "-o", path.with_name("o.xlsx"), "--json")
    if ran.code:
        return ran.err.strip()
    again = support.run("score", path.with_name("o.xlsx"), "-o", path.with_name("o2.xlsx"), "--json")
    first, second = ([each["flag"] for each in json.loads(one.out)["students"]] for one in (ran, again))
    return first if first == second else "another score in the second run"


def as_the_plain_class(path: Path) -> str:
    """Whether a workbook gets the flags of the plain class."""
    plain = flags_of(support.class_file(path.with_name("usual.xlsx"), STUDENTS))
    found = flags_of(path)
    return "as the plain class" if found == plain else str(found)[:200]


def _spelled(name: str, folder: Path) -> str:
    return as_the_plain_class(SPELLINGS[name](folder / "book.xlsx"))


def _written_by(name: str, folder: Path) -> str:
    WRITERS[name](ROWS, folder / "book.xlsx")
    return as_the_plain_class(folder / "book.xlsx")


def _read_by(name: str, folder: Path) -> str:
    class_workbook(folder / "class.xlsx", students=10, seed=3)
    marked = score_file(folder / "class.xlsx").output
    read = read_by_node(name, marked)
    ours = read_book(marked)
    return "opened whole" if read["sheets"] == [sheet.name for sheet in ours.sheets] else str(read["sheets"])


def _queries(
    rows: list[list[Any]], folder: Path, *, formulas: dict[tuple[int, int], tuple[str, Any]] | None = None
) -> str:
    path = folder / "book.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as workbook:
        page = workbook.add_worksheet("Class")
        for r, row in enumerate(rows):
            page.write_row(r, 0, row)
        for (r, c), (formula, value) in (formulas or {}).items():
            page.write_formula(r, c, formula, None, value)
    found = read_markbook(read_book(path)).queries
    return "; ".join(sorted({query.rule for query in found})) + f" ({len(found)})"


def _zeros(folder: Path) -> str:
    return _queries(ROWS, folder, formulas={(r, 12): (f"=J{r + 1}+K{r + 1}", 0) for r in range(1, STUDENTS + 1)})


def _no_results(folder: Path) -> str:
    path = folder / "book.xlsx"
    WRITERS["openpyxl"]([*ROWS[:1], *([*row[:-1], f"=J{r}+K{r}"] for r, row in enumerate(ROWS[1:], 2))], path)
    found = read_markbook(read_book(path)).queries
    return f"{len([query for query in found if query.cell.startswith('M')])} queries about results"


def _marks_as(cell: Any, folder: Path) -> str:
    rows = [list(row) for row in ROWS]
    rows[3][9] = cell
    return _queries(rows, folder)


def _a_date(folder: Path) -> str:
    path = folder / "book.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        page, day = workbook.add_worksheet("Class"), workbook.add_format({"num_format": "d-mmm"})
        for r, row in enumerate(ROWS):
            page.write_row(r, 0, row)
        page.write_number(4, 9, 46094, day)
    return "; ".join(query.rule for query in read_markbook(read_book(path)).queries)


def _a_formula_for_a_name(folder: Path) -> str:
    rows = [list(row) for row in ROWS]
    rows[2][1] = '=HYPERLINK("http://x.example","Ova")'
    WRITERS["XlsxWriter"](rows, folder / "book.xlsx")
    score_file(folder / "book.xlsx", output=folder / "o.xlsx", add_sheets=True)
    with zipfile.ZipFile(folder / "o.xlsx") as archive:
        formulas = sum(
            b"<f>HYPERLINK(&quot;http" in archive.read(name) or b'<f>HYPERLINK("http' in archive.read(name)
            for name in archive.namelist()
        )
    return f"{formulas} formulas"


def _other_parts(folder: Path) -> str:
    path = rich_book(folder / "rich.xlsx")
    output = score_file(path, output=folder / "o.xlsx").output
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(output) as after:
        lost = set(before.namelist()) - set(after.namelist())
        drawn = [name for name in before.namelist() if re.search("chart|comment|drawing", name)]
        changed = [name for name in drawn if name not in lost and before.read(name) != after.read(name)]
    return f"{len(lost)} parts lost, {len(changed)} of {len(drawn)} charts, comments and drawings changed"


def _own_sheets(folder: Path) -> str:
    class_workbook(folder / "class.xlsx", students=5, seed=1)
    names = [sheet.name for sheet in read_book(score_file(folder / "class.xlsx").output).sheets]
    return f"History: {'History' in names}, Runs: {'Runs' in names}"


def _opened(folder: Path, script: str, *, marked: bool = True) -> Any:
    path = support.class_file(folder / "book.xlsx", STUDENTS)
    if marked:
        score_file(path, output=folder / "o.xlsx", add_sheets=True).output.replace(path)
    return on_the_desktop(script, path)


def _filtered(folder: Path) -> str:
    script = "hidden['Y9'] = {3, 4, 9}; hidden['Runs'] = {2, 5}; press(); answer = everything()"
    return (
        "as unfiltered"
        if _opened(folder, script) == _opened(folder, "press(); answer = everything()")
        else "other rows"
    )


def _protected(folder: Path) -> str:
    told = _opened(folder, "locked.add('Y9'); answer = refusal()")
    return "said, nothing written" if "is protected" in told and "Nothing was written" in told else told


def _busy(folder: Path) -> str:
    script = "a = everything(); fail_at = 5; refusal(); fail_at = None; answer = a == everything()"
    return "put back" if _opened(folder, script) else "half written"


def _cursor(folder: Path) -> str:
    found = _opened(folder, "active = (90, 7); press(); answer = colours('Y9')", marked=False)
    return f"{len(found)} flags coloured"


def _merged(folder: Path) -> str:
    path = support.class_file(folder / "book.xlsx", STUDENTS)
    score_file(path, output=folder / "o.xlsx")
    book, page = support.opened(folder / "o.xlsx")
    page.merge_cells(start_row=3, end_row=4, start_column=17, end_column=17)
    book.save(folder / "m.xlsx")
    told = [
        support.run("score", folder / "m.xlsx", "-o", folder / "x.xlsx").err,
        on_the_desktop("answer = refusal()", folder / "m.xlsx"),
    ]
    return "refused by both" if all("merged cells" in each for each in told) else str(told)


def _errors_opened(folder: Path) -> str:
    path = support.class_file(folder / "book.xlsx", STUDENTS)
    book, page = support.opened(path)
    for row, error in enumerate(("#N/A", "#REF!", "#DIV/0!", "#NAME?", "#NUM!", "#VALUE!", "#NULL!"), start=2):
        page.cell(row, 10).value, page.cell(row, 10).data_type = error, "e"
    book.save(path)
    closed = read_markbook(read_book(path)).queries
    server = press_all([Press(button="check_button", payload=payload_of(path), home=folder)])[0].queries
    return f"{len(closed)} queries" if [vars(query) for query in closed] == server else "others in the open book"


def _error_for_a_target(folder: Path) -> str:
    rows = [list(row) for row in ROWS[1:]]
    rows[0][4] = "#REF!"
    return str(INTERVENTION_RISK(rows, [ROWS[0]])[0][0])


def _one_row(folder: Path) -> str:
    whole = INTERVENTION_FLAG(ROWS[1:], [ROWS[0]])
    one = [INTERVENTION_FLAG([row], [ROWS[0]], cohort=ROWS[1:])[0] for row in ROWS[1:]]
    return "as in the class" if one == whole else "other flags"


def _keyring(folder: Path) -> str:
    environment = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring", "MARKBOOK_MAIL_PASSWORD": ""}
    with mock.patch.dict(os.environ, environment):
        import keyring.core

        keyring.core.init_backend()
        try:
            return mail_password("t")
        except MarkbookError as error:
            return "a sentence" if "Nothing was sent" in str(error) else str(error)
        finally:
            os.environ.pop("PYTHON_KEYRING_BACKEND")
            keyring.core.init_backend()


def _heading_with(sign: str, folder: Path) -> str:
    rows = [list(row) for row in ROWS]
    rows[0] = [f"{sign}{heading}" for heading in rows[0]]
    WRITERS["XlsxWriter"](rows, folder / "book.xlsx")
    return as_the_plain_class(folder / "book.xlsx")


def _export_with(sign: str, folder: Path) -> str:
    into = support.class_file(folder / "class.xlsx", 3)
    book, page = support.opened(into)
    for row in range(2, 5):
        page.cell(row, 13).value = None
    book.save(into)
    lines = [f"{sign}Student ID,Surname,Forename,Test 4 (40)"]
    lines += [",".join([*(str(cell) for cell in row[:3]), "21"]) for row in support.students(3)]
    (folder / "e.csv").write_text("\n".join(lines), encoding="utf-8")
    ran = support.run("import", folder / "e.csv", "--into", into, "-o", folder / "o.xlsx")
    return ran.err.strip() or ", ".join(re.findall(r"(?:already|filled): \d+", ran.out))


TRIALS: dict[str, Trial] = {
    **{f"spelled: {name}": partial(_spelled, name) for name in SPELLINGS},
    **{f"written by {name}": partial(_written_by, name) for name in WRITERS},
    **{f"read by {name}": partial(_read_by, name) for name in NODE},
    "formulas whose results are all 0": _zeros,
    "formulas without results": _no_results,
    "a mark that became a date": _a_date,
    "a mark with a space without width": partial(_marks_as, "12\u200b"),
    "a mark that is TRUE": partial(_marks_as, True),
    "a mark with a no-break space": partial(_marks_as, "\u00a012\u00a0"),
    "a name that begins with =": _a_formula_for_a_name,
    "charts, comments and rules": _other_parts,
    "the sheet History": _own_sheets,
    "filtered rows": _filtered,
    "a protected sheet": _protected,
    "no undo": _busy,
    "rules and the active cell": _cursor,
    "merged cells": _merged,
    "errors in an open book": _errors_opened,
    "an error for a target": _error_for_a_target,
    "a formula for one row": _one_row,
    "no keyring": _keyring,
    "a heading with a byte order mark": partial(_heading_with, "\ufeff"),
    "a heading with a space without width": partial(_heading_with, "\u200b"),
    "an export with a byte order mark": partial(_export_with, "\ufeff"),
}  # fmt: skip
"""What is tried -> the trial, which gets an empty folder."""
