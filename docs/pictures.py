"""Make the README's picture: score the demo class, hide what is not results, and let LibreOffice draw the sheet.

python docs/pictures.py        (needs LibreOffice and poppler-utils)
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image, ImageChops

from addin.files.marked import score_file
from addin.files.package.read import read_book
from addin.reading.markbook import read_markbook
from templates.build import class_workbook

HERE = Path(__file__).parent


def main() -> None:
    """Write docs/marked_markbook.png."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        class_workbook(folder / "class.xlsx", students=30, seed=7)
        marked = score_file(folder / "class.xlsx").output
        columns = read_markbook(read_book(marked)).columns
        book = openpyxl.load_workbook(marked)
        for sheet in list(book.sheetnames):
            if sheet != "Markbook":
                book[sheet].sheet_state = "hidden"
        sheet = book["Markbook"]
        shown = {"Student ID", "Surname", "Forename", "Target grade", "Flag", "Risk", "Priority", "Why"}
        shown |= {"Topics to work on", "Suggested activities"}
        _one_dimension_per_column(sheet)
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        for column in columns:
            if column.heading not in shown:
                sheet.column_dimensions[get_column_letter(column.index + 1)].hidden = True
        for row in range(19, 35):
            sheet.row_dimensions[row].hidden = True
        book.save(folder / "picture.xlsx")
        subprocess.run(
            ["soffice", "--headless", "--convert-to", "pdf", "--outdir", name, str(folder / "picture.xlsx")],
            check=True,
            capture_output=True,
        )
        subprocess.run(
            ["pdftoppm", "-r", "220", "-f", "1", "-l", "1", "-png", str(folder / "picture.pdf"), str(folder / "page")],
            check=True,
        )
        page = Image.open(next(folder.glob("page*.png"))).convert("RGB")
        page = page.crop((0, 0, page.width, int(page.height * 0.93)))  # the page's footer is no part of the sheet
        box = ImageChops.difference(page, Image.new("RGB", page.size, "white")).getbbox()
        picture = page.crop(box)
        picture.thumbnail((1600, 1600))
        picture.quantize(64).save(HERE / "marked_markbook.png", optimize=True)


def _one_dimension_per_column(sheet: Worksheet) -> None:
    """openpyxl keeps runs of like columns as one: each gets its own, so that it can be hidden alone."""
    for dimension in list(sheet.column_dimensions.values()):
        for number in range(dimension.min, dimension.max + 1):
            own = sheet.column_dimensions[get_column_letter(number)]
            own.width, own.min, own.max, own.outlineLevel = dimension.width, number, number, 0
            own.hidden = own.collapsed = False


if __name__ == "__main__":
    main()
