"""Make the README's pictures of the marked sheet: score the demo class, show what a small laptop's screen shows, and let
LibreOffice draw it.

python docs/pictures.py        (needs LibreOffice and poppler-utils; the font Carlito looks like Excel's Calibri)
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Mapping, Set
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree
from PIL import Image, ImageChops

from addin.files.marked import score_file
from addin.files.package.read import read_book
from addin.files.planned import plan_file
from addin.reading.grid import column_letters
from addin.reading.markbook import read_markbook
from addin.results.columns import RESULT_COLUMNS
from templates import layout
from templates.build import class_workbook
from templates.sheets.folding import folded

HERE = Path(__file__).parent

STUDENTS_IN_SIGHT = 14
"""Students whose rows stand on a screen of 768 pixels, below the headings and under Excel's ribbon when it is folded."""

_NAMES = {"Student ID", "Surname", "Forename", *layout.FROZEN_RESULTS}
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def main() -> None:
    """Write docs/marked_markbook.png, marks_beside_names.png, guide.png, class_list.png, support.png and summary.png."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        class_workbook(folder / "class.xlsx", students=30, seed=7)
        marked = score_file(folder / "class.xlsx").output
        results = {column.heading for column in RESULT_COLUMNS} - {"Change", "Decision", "Decision note"}
        draw(marked, _NAMES | results, folder, HERE / "marked_markbook.png")
        columns = layout.columns()
        hidden = {columns[place].heading for place in folded(columns, half_term=4)}
        marks = {c.heading for c in columns if c.group not in (layout.Group.IDENTITY, layout.Group.CLINICS)} - hidden
        draw(marked, _NAMES | marks, folder, HERE / "marks_beside_names.png")
        plan_file(marked, output=folder / "planned.xlsx")
        pages = {1: HERE / "guide.png", 2: HERE / "class_list.png", 3: HERE / "support.png"}
        draw_pages(folder / "planned.xlsx", pages, folder)
        only = folder / "summary.xlsx"
        with ZipFile(folder / "planned.xlsx") as there, ZipFile(only, "w", ZIP_DEFLATED) as here:
            for part in there.namelist():
                data = there.read(part)
                here.writestr(part, _one_sheet(data, "Summary") if part == "xl/workbook.xml" else data)
        draw_pages(only, {1: HERE / "summary.png"}, folder)


def draw_pages(workbook: Path, pages: Mapping[int, Path], folder: Path) -> None:
    """Draw some pages of a workbook as it is printed: page -> picture."""
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(workbook)]
    subprocess.run(command, check=True, capture_output=True)
    for number, picture in pages.items():
        page = folder / f"page-{number}"
        here = ["-f", str(number), "-l", str(number), "-singlefile"]
        subprocess.run(
            ["pdftoppm", "-r", "150", *here, "-png", str(workbook.with_suffix(".pdf")), str(page)], check=True
        )
        drawn = Image.open(page.with_suffix(".png")).convert("RGB")
        box = ImageChops.difference(drawn, Image.new("RGB", drawn.size, "white")).getbbox()
        drawn = drawn.crop(box)
        drawn.thumbnail((1600, 1600))
        drawn.quantize(96).save(picture, optimize=True)


def draw(marked: Path, shown: Set[str], folder: Path, picture: Path) -> None:
    """Draw some columns of the marked sheet, and as many students as stand on a screen.

    Args:
        marked: The scored class.
        shown: The headings of the columns.
        folder: Where files may be left.
        picture: Where the picture goes.
    """
    hidden = {column.index + 1 for column in read_markbook(read_book(marked)).columns if column.heading not in shown}
    with ZipFile(marked) as there, ZipFile(folder / "picture.xlsx", "w", ZIP_DEFLATED) as here:
        for name in there.namelist():
            data = there.read(name)
            if name == "xl/workbook.xml":
                data = _one_sheet(data)
            elif name.startswith("xl/worksheets/sheet") and b"sparklineGroup" in data:
                data = _in_sight(data, hidden)
            here.writestr(name, data)
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / "picture.xlsx")]
    subprocess.run(command, check=True, capture_output=True)
    page = folder / "page"
    subprocess.run(
        ["pdftoppm", "-r", "220", "-l", "1", "-singlefile", "-png", str(folder / "picture.pdf"), str(page)], check=True
    )
    drawn = Image.open(page.with_suffix(".png")).convert("RGB")
    drawn = drawn.crop((0, 0, drawn.width, int(drawn.height * 0.93)))  # the page's footer is no part of the sheet
    box = ImageChops.difference(drawn, Image.new("RGB", drawn.size, "white")).getbbox()
    drawn = drawn.crop(box)
    drawn.thumbnail((1600, 1600))
    drawn.quantize(96).save(picture, optimize=True)


def _one_sheet(workbook: bytes, shown: str = "Markbook") -> bytes:
    """The list of sheets with all but one hidden, and nothing said of what is printed."""
    root = etree.fromstring(workbook)
    sheets = [str(sheet.get("name")) for sheet in root.iter(f"{_MAIN}sheet")]
    for sheet in root.iter(f"{_MAIN}sheet"):
        if sheet.get("name") != shown:
            sheet.set("state", "hidden")
    for view in root.iter(f"{_MAIN}workbookView"):
        view.set("activeTab", str(sheets.index(shown)))
    for names in root.iter(f"{_MAIN}definedNames"):
        for name in list(names):
            if str(name.get("name")).startswith("_xlnm.Print"):
                names.remove(name)
    return etree.tostring(root)


def _in_sight(sheet: bytes, hidden: Set[int]) -> bytes:
    """The sheet without the columns that are not shown, and without the students below the screen."""
    root = etree.fromstring(sheet)
    for runs in root.iter(f"{_MAIN}cols"):
        for run in list(runs):
            runs.remove(run)
            for number in range(int(str(run.get("min"))), int(str(run.get("max"))) + 1):
                look = {"min": str(number), "max": str(number), "width": str(run.get("width")), "customWidth": "1"}
                etree.SubElement(runs, f"{_MAIN}col", look | ({"hidden": "1"} if number in hidden else {}))
    out_of_sight = {column_letters(number) for number in hidden}
    for row in root.iter(f"{_MAIN}row"):
        number = int(str(row.get("r")))
        if number >= layout.FIRST_STUDENT_ROW + STUDENTS_IN_SIGHT:
            row.set("hidden", "1")
        for cell in row if number < layout.HEADING_ROW else ():
            # What stands in the middle of a hidden cell would be drawn beside it.
            if str(cell.get("r")).rstrip("0123456789") in out_of_sight:
                for content in list(cell):
                    cell.remove(content)
    return etree.tostring(root)


if __name__ == "__main__":
    main()
