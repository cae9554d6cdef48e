"""Real workbooks to begin from: the templates, public sheets that were misread once, and what other programs write."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from shutil import which

import xlsxwriter

from tests.public_data import data_folder
from tests.support import HEADINGS, class_file, students
from tests.tools import ROOT

NODE = ("exceljs", "xlsx-populate", "xlsx")
_MODULES = ROOT / ".ci" / "tools" / "node_modules"


def public_files(folder: str, ending: str) -> tuple[Path, ...]:
    """Files of the data that is not committed; none on a machine that has not got it."""
    found = data_folder(folder)
    return () if found is None else tuple(sorted(found.glob(f"*{ending}")))


def workbooks(home: Path, *, foreign: bool = True) -> dict[str, Path]:
    """Name -> workbook, small ones first.

    Args:
        home: Where those go that are made here.
        foreign: Whether other programs make some, which takes seconds.
    """
    home.mkdir(exist_ok=True)
    found = {
        "plain class": class_file(home / "plain.xlsx"),
        "two classes": _two_classes(home / "two.xlsx"),
        "rich class": _rich(home / "rich.xlsx"),
    }
    found |= {f"sheets/{path.name}": path for path in public_files("sheets", ".xlsx")}
    found |= {f"bugs/{path.name}": path for path in public_files("bugs", ".xlsx")}
    for name, (ending, content) in of_other_programs().items() if foreign else ():
        found[name] = home / f"{name.split()[0]}{ending}"
        found[name].write_bytes(content)
    found |= {path.name: path for path in sorted((ROOT / "templates").glob("*.xlsx"))}
    return found


@cache
def of_other_programs() -> dict[str, tuple[str, bytes]]:
    """Name -> ending and content of what other programs write, made once: processes that are forked afterwards have it too."""
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        made = {**dict(_of_libraries(home)), **dict(_of_libreoffice(home, _rich(home / "rich.xlsx")))}
        return {name: (path.suffix, path.read_bytes()) for name, path in made.items()}


def _two_classes(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as workbook:
        for name, first in (("9A", 0), ("9B", 40)):
            sheet = workbook.add_worksheet(name)
            for row, cells in enumerate([HEADINGS, *students(9, first=first)]):
                sheet.write_row(row, 0, cells)
    return path


def _rich(path: Path) -> Path:
    """A class with a table, formulas, formats, a date, a comment, a chart, names, a filter, merged cells, and sheets of our own."""
    with xlsxwriter.Workbook(path) as workbook:
        sheet, setup = workbook.add_worksheet("Y9"), workbook.add_worksheet("Setup")
        percent, day = workbook.add_format({"num_format": "0%"}), workbook.add_format({"num_format": "dd/mm/yyyy"})
        sheet.merge_range("A1:F1", "Year 9 set 2")
        rows = students(10)
        sheet.add_table(2, 0, 2 + len(rows), len(HEADINGS), {
            "name": "Marks", "columns": [{"header": name} for name in (*HEADINGS, "Average")],
        })  # fmt: skip
        for number, row in enumerate(rows, start=3):
            sheet.write_row(number, 0, row)
            sheet.write_formula(number, len(HEADINGS), f"=AVERAGE(J{number + 1}:M{number + 1})", percent, 12.5)
        sheet.write("P3", 46000, day)
        sheet.write_comment("B5", "moved here in May")
        sheet.conditional_format(
            "J4:M20", {"type": "cell", "criteria": "<", "value": 5, "format": workbook.add_format({"bg_color": "red"})}
        )
        sheet.data_validation("D4:D14", {"validate": "list", "source": ["9K0", "9K1"]})
        chart = workbook.add_chart({"type": "column"})
        chart.add_series({"values": "=Y9!$J$4:$J$13"})
        sheet.insert_chart("S3", chart)
        setup.write_row("A1", ["half_term", 3])
        setup.write_row("D1", ["Heading", "Means"])
        setup.write_row("D2", ["Test 4", "Algebra test (40)"])
        workbook.define_name("half_term", "=Setup!$B$1")
        clinics = workbook.add_worksheet("Clinics")
        clinics.write_row("A1", ["Slot", "Day", "Time", "Room", "Strand", "Seats", "Staff"])
        clinics.write_row("A2", ["Mon lunch", "Monday", "12:40-13:20", "M4", "Any", 8, "T. Example"])
    return path


def _of_libraries(home: Path) -> Iterator[tuple[str, Path]]:
    """What three libraries for Node write."""
    rows = home / "rows.json"
    rows.write_text(json.dumps([list(HEADINGS), *students(9)]), encoding="utf-8")
    script = ROOT / "tests" / "other_peoples_bugs" / "library.cjs"
    for name in NODE:
        if which("node") is None or not (_MODULES / name).is_dir():
            continue
        path = home / f"{name}.xlsx"
        command = ["node", str(script), "write", name, str(rows), str(path)]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "NODE_PATH": str(_MODULES)})
        yield name, path


def _of_libreoffice(home: Path, source: Path) -> Iterator[tuple[str, Path]]:
    """What LibreOffice saves."""
    if which("soffice") is None:
        return
    folder = home / "libreoffice"
    for ending in ("xlsx", "ods", "xls"):
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{home}/profile", "--headless", "--convert-to", ending, "--outdir",
            folder, source],
            check=True, capture_output=True,
        )  # fmt: skip
        yield f"LibreOffice .{ending}", folder / f"{source.stem}.{ending}"
