"""How many pages a scored class prints on, and how tall its rows are, as LibreOffice lays them out.

python -m tests.templates.pages            classes of 1, 15, 32 and 200, with what is asked of them: MET or MISSED
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils.cell import coordinate_to_tuple

from addin.files.marked import score_file
from templates import layout
from templates.build import class_workbook
from tests.tools import needed

SIZES = (1, 15, 32, 200)
SEED = 2026
CLASS_OF = 32
"""The class that the goals are about: the largest that a classroom holds."""

MOST_PAGES_OF_MARKBOOK, MOST_PAGES, TALLEST_ROW, SMALLEST_PRINT = 3, 12, 30.0, 6.5
"""Pages, and points: two lines of a row, and the least size in which words on paper are read without effort."""

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _STYLE, _FO = f"{{{_OFFICE}table:1.0}}", f"{{{_OFFICE}style:1.0}}", f"{{{_OFFICE}xsl-fo-compatible:1.0}}"
_USUAL_SIZE = 11.0
_A4 = {False: 8.27, True: 11.69}
"""How wide the paper is in inches, upright and lying."""
_POINTS = {"in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pt": 1.0}


@dataclass(frozen=True, kw_only=True)
class Printed:
    """A scored class on paper.

    Args:
        students: How many.
        pages: Sheet -> its pages, in the order of the tabs.
        tallest: The tallest row of a student, in points.
        smallest: The size of the words in the markbook's rows on paper, in points, as Excel prints them.
    """

    students: int
    pages: dict[str, int]
    tallest: float
    smallest: float

    @property
    def in_all(self) -> int:
        """Pages of the whole workbook."""
        return sum(self.pages.values())


def printed(students: int, folder: Path, *, seed: int = SEED) -> Printed:
    """Make a class, score it by the command's own function, and let LibreOffice lay it out.

    Args:
        students: 1 to 200.
        folder: Where files may be left.
        seed: Of the class.
    """
    new = folder / f"class{students}.xlsx"
    class_workbook(new, students=students, seed=seed)
    marked = score_file(new).output
    drawn = converted(marked, folder, "pdf")
    fitting = without_heights(converted(marked, folder, "fods"), folder / f"fitting{students}.fods")
    flat = converted(fitting, folder / "fitted", "fods")
    return Printed(
        students=students,
        pages=pages_by_sheet(drawn),
        tallest=max(row_heights(flat, students)),
        smallest=printed_size(marked, "Markbook"),
    )


def without_heights(flat: Path, copy: Path) -> Path:
    """A copy in which no row of the sheets says its height, so that LibreOffice fits every row to its text."""
    root = etree.parse(flat, etree.XMLParser(huge_tree=True))
    for row in root.iter(f"{_STYLE}table-row-properties"):
        row.attrib.pop(f"{_STYLE}row-height", None)
        row.set(f"{_STYLE}use-optimal-row-height", "true")
    root.write(copy, xml_declaration=True, encoding="UTF-8")  # by its first line LibreOffice knows what the file is
    return copy


def converted(path: Path, folder: Path, ending: str) -> Path:
    """The workbook as LibreOffice saves it in another form."""
    office = needed("soffice", remedy="apt-get install libreoffice-calc")
    profile = f"-env:UserInstallation=file://{path.parent / 'profile'}"
    command = [office, profile, "--headless", "--convert-to", ending, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder / f"{path.stem}.{ending}"


def pages_by_sheet(drawn: Path) -> dict[str, int]:
    """Sheet -> how many pages of the PDF are its own; LibreOffice writes an outline that names the first page of each."""
    tool = needed("pdftohtml", remedy="apt-get install poppler-utils")
    done = subprocess.run([tool, "-xml", "-i", "-stdout", str(drawn)], check=True, capture_output=True)
    told = etree.fromstring(done.stdout, etree.XMLParser(recover=True, huge_tree=True))
    first = [(str(item.text), int(item.get("page", "0"))) for item in told.iter("item")]
    ends = [page for _, page in first[1:]] + [len(told.findall("page")) + 1]
    return {name: end - page for (name, page), end in zip(first, ends, strict=True)}


def printed_size(marked: Path, sheet: str) -> float:
    """The size in points in which a sheet's words of 11 points are printed by Excel, where it is fitted to the width of A4.

    Excel gives a column 7 pixels a character and 5 beside, at 96 pixels an inch; here fonts are not the same, so that it is
    worked out and not looked up.
    """
    page = load_workbook(marked)[sheet]
    first, last = (coordinate_to_tuple(cell.replace("$", "")) for cell in page.print_area.split("!")[-1].split(":"))
    widths = {number: size.width for size in page.column_dimensions.values() for number in range(size.min, size.max + 1)
              if not size.hidden}  # fmt: skip
    inches = sum(int(widths[number] * 7 + 0.5) for number in range(first[1], last[1] + 1) if number in widths) / 96
    across = _A4[page.page_setup.orientation == "landscape"] - page.page_margins.left - page.page_margins.right
    return _USUAL_SIZE * min(1.0, across / inches)


def row_heights(flat: Path, students: int) -> list[float]:
    """The heights of the students' rows in points, from a flat OpenDocument file."""
    root = etree.parse(flat, etree.XMLParser(huge_tree=True)).getroot()
    heights = {
        str(style.get(f"{_STYLE}name")): _points(str(row.get(f"{_STYLE}row-height")))
        for style in root.iter(f"{_STYLE}style")
        if style.get(f"{_STYLE}family") == "table-row"
        for row in style.iter(f"{_STYLE}table-row-properties")
        if row.get(f"{_STYLE}row-height")
    }
    sheet = next(table for table in root.iter(f"{_TABLE}table") if table.get(f"{_TABLE}name") == "Markbook")
    rows = [heights[name] for name in _styles_of_rows(sheet)]
    return rows[layout.FIRST_STUDENT_ROW - 1 : layout.FIRST_STUDENT_ROW - 1 + students]


def _styles_of_rows(sheet: etree._Element) -> Iterator[str]:
    for row in sheet.iter(f"{_TABLE}table-row"):
        for _ in range(min(1000, int(row.get(f"{_TABLE}number-rows-repeated", "1")))):
            yield str(row.get(f"{_TABLE}style-name"))


def _points(length: str) -> float:
    return float(length[:-2]) * _POINTS[length[-2:]]


@dataclass(frozen=True, kw_only=True)
class Goal:
    """Something asked of the print."""

    asked: str
    found: str
    met: bool


def goals(of_class: Printed) -> tuple[Goal, ...]:
    """What is asked of a class, and what was found.

    Example:
        >>> [goal.met for goal in goals(Printed(students=32, pages={"Guide": 1, "Markbook": 4}, tallest=28, smallest=7))]
        [False, True, True, True]
    """
    on_paper = of_class.pages["Markbook"]
    return (
        Goal(
            asked=f"Markbook on at most {MOST_PAGES_OF_MARKBOOK} pages", found=str(on_paper),
            met=on_paper <= MOST_PAGES_OF_MARKBOOK,
        ),
        Goal(
            asked=f"whole workbook on at most {MOST_PAGES}", found=str(of_class.in_all), met=of_class.in_all <= MOST_PAGES
        ),
        Goal(
            asked=f"no student's row above {TALLEST_ROW:g} points", found=f"{of_class.tallest:.1f}",
            met=of_class.tallest <= TALLEST_ROW,
        ),
        Goal(
            asked=f"words of the Markbook printed in {SMALLEST_PRINT:g} points or more", found=f"{of_class.smallest:.1f}",
            met=round(of_class.smallest, 1) >= SMALLEST_PRINT,
        ),
    )  # fmt: skip


def told(found: Sequence[Printed]) -> str:
    """The table: a line a sheet and a column a class, the goals below.

    Example:
        >>> print(told([Printed(students=32, pages={"Markbook": 2}, tallest=28.5, smallest=6.8)]))
        pages of a class of                                       32
        Markbook                                                   2
        in all                                                     2
        tallest row, points                                     28.5
        class of 32: Markbook on at most 3 pages: 2, MET
        class of 32: whole workbook on at most 12: 2, MET
        class of 32: no student's row above 30 points: 28.5, MET
        class of 32: words of the Markbook printed in 6.5 points or more: 6.8, MET
    """
    sheets = list(dict.fromkeys(name for each in found for name in each.pages))
    lines: list[tuple[str, list[object]]] = [("pages of a class of", [each.students for each in found])]
    lines += [(name, [each.pages.get(name, 0) for each in found]) for name in sheets]
    lines += [("in all", [each.in_all for each in found])]
    lines += [("tallest row, points", [f"{each.tallest:.1f}" for each in found])]
    table = [f"{words:<52}" + "".join(f"{figure:>8}" for figure in figures) for words, figures in lines]
    asked = [(each, goal) for each in found for goal in goals(each) if each.students == CLASS_OF or "row" in goal.asked]
    verdicts = [
        f"class of {each.students}: {goal.asked}: {goal.found}, {'MET' if goal.met else 'MISSED'}"
        for each, goal in asked
    ]
    return "\n".join([*table, *verdicts])


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        click.echo(told([printed(students, Path(folder)) for students in SIZES]))


if __name__ == "__main__":
    main()
