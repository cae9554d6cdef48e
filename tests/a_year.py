"""A school year on the command line, as a teacher lives it with one file: six half-terms and the roll-over into the next.

    python -m tests.a_year [--told]

Every command is a process of its own, on a day of its own. Between them the file is changed by another program (openpyxl): marks
are typed, children join and leave, a heading is renamed, the sheet is sorted and filtered, decisions are changed, who came to a
clinic is entered. After each step is checked what DESIGN promises; `--told` prints what each command says too.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from addin.reading.headings.roles import RESULT_HEADINGS
from tests.any_day import Case

SHEET, HEADER_ROW = "9x2 maths", 3
OWN = ("Adno", "Surname", "Forename", "Reg", "Target", "KS2 maths")
DECIDED = ("Decision", "Decision note")
CLASS = 26


@dataclass
class Year:
    """The teacher's folder, what was promised and kept, and what commands said."""

    folder: Path
    kept: list[tuple[str, str, bool]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def run(self, day: str, *arguments: object, code: int = 0) -> str:
        """A command on a day; what it says, and whether it ends as it should."""
        environment = Case("", f"{day}T15:40").environment() | {
            "MARKBOOK_HOME": str(self.folder / "home"),
            "COLUMNS": "120",
        }
        command = [sys.executable, "-m", "addin.cli", *map(str, arguments)]
        ran = subprocess.run(command, capture_output=True, text=True, cwd=self.folder, env=environment, check=False)
        words = " ".join(map(str, arguments))
        self.told.append(f"{day} $ markbook {words}\n{ran.stdout}{ran.stderr}")
        self.promise(f"{day} {words}", f"ends with {code}", ran.returncode == code)
        return ran.stdout + ran.stderr

    def promise(self, step: str, what: str, kept: bool) -> None:
        """Write down whether something that was promised is so."""
        self.kept.append((step, what, kept))


def walk(folder: Path) -> Year:
    """The whole year."""
    year = Year(folder)
    source = folder / "9x2.xlsx"
    _new_class(source)
    marked = folder / "9x2.marked.xlsx"
    _autumn(year, source, marked)
    _joiner_and_a_sorted_sheet(year, marked)
    _leaver_import_and_a_renamed_heading(year, marked)
    _clinics(year, marked)
    _letters(year, marked)
    _roll_over(year, marked)
    return year


def _new_class(path: Path) -> None:
    book = Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = SHEET
    page["A1"] = "Year 9 set 2, Room M4"
    page.append([])
    for column, heading in enumerate((*OWN, "Fractions (20)", "Expanding (25)", "Homework %"), start=1):
        page.cell(HEADER_ROW, column).value = heading
    random = Random(9)
    for number in range(CLASS):
        strength = random.uniform(0.2, 0.95)
        cells = [
            f"40{number:02}",
            f"Zov{chr(97 + number)}rin",
            f"Lum{number}o",
            f"9{'KLM'[number % 3]}",
            2 + round(6 * strength),
        ]
        cells += [80 + round(40 * strength), round(20 * strength), round(25 * strength), round(100 * strength)]
        for column, value in enumerate(cells, start=1):
            page.cell(HEADER_ROW + 1 + number, column).value = value
    book.save(path)


def _autumn(year: Year, source: Path, marked: Path) -> None:
    before = source.read_bytes()
    told = year.run("2025-10-20", "score", source.name, "--add-sheets")
    year.promise("October", "the markbook itself is not touched", source.read_bytes() == before)
    year.promise("October", "everybody is scored", "? Not enough data 0" in " ".join(told.split()))
    decisions = {
        "4003": ("Accept", "rang home"),
        "4007": ("Reject", ""),
        "4011": ("Defer", "after Christmas"),
        "4019": ("Accept", ""),
    }
    with _Page(marked) as page:
        for who, pair in decisions.items():
            for heading, text in zip(DECIDED, pair, strict=True):
                page.of(who, heading).value = text or None


def _joiner_and_a_sorted_sheet(year: Year, marked: Path) -> None:
    with _Page(marked) as page:
        page.new_column("Angles HT2 (20)")
        for number, who in enumerate(page.rows()):
            page.of(who, "Angles HT2 (20)").value = (7 * number + 3) % 21
        page.new_row(("4100", "Beskarin", "Tulo", "9L", 5, None, "NE", "NE", None), {"Angles HT2 (20)": 4})
        page.sort("Surname", reverse=True)
        page.filter("Reg", "9K")
    _score(year, "2025-12-12", marked, joiners={"4100"})


def _leaver_import_and_a_renamed_heading(year: Year, marked: Path) -> None:
    with _Page(marked) as page:
        page.take_out("4005")
        page.heading("Homework %").value = "HW done %"
        page.heading("Target").value = "End of KS3 target"
    with (year.folder / "export.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(("Adno", "Surname", "Forename", "Reg", "Percentages HT3 (30)"))
        book = _Page(marked)
        for number, (who, row) in enumerate(book.rows().items()):
            if who != "4019":  # who leaves with the next export
                rows.writerow((who, *(book.page.cell(row, column).value for column in (2, 3, 4)), (11 * number) % 31))
        rows.writerow(("4101", "Dorrin", "Pimo", "9M", 12))
    before = _teachers_cells(marked)
    told = year.run("2026-02-12", "import", "export.csv", "--into", marked.name, "-o", marked.name, "--add-columns")
    after = _teachers_cells(marked)
    year.promise("February", "the import lists who is not in the export", "Leavers" in told and "Lum19o" in told)
    year.promise(
        "February",
        "the import changes nothing that was typed",
        all(after[who].items() >= cells.items() for who, cells in before.items()),
    )
    _score(year, "2026-02-13", marked, joiners={"4101"})


def _clinics(year: Year, marked: Path) -> None:
    with _Page(marked) as page:
        page.of("4011", "Decision").value = "Accept"
        page.of("4007", "Decision").value = None
    before = _decisions(marked)
    told = year.run("2026-03-09", "plan", marked.name, code=1)
    year.promise("March", "plan says how to get the sheet Clinics", "--add-sheets" in told)
    year.run("2026-03-09", "plan", marked.name, "--add-sheets")
    year.promise("March", "decisions are kept", _decisions(marked) == before)
    book = load_workbook(marked)
    slots, plan = book["Clinics"], book["Clinic plan"]
    for column, value in enumerate(("Thu lunch", "Thursday", "12:40-13:20", "M4", "Any", 6, "T. Example"), start=1):
        slots.cell(2, column).value = value
    book.save(marked)
    year.run("2026-03-10", "plan", marked.name)
    book = load_workbook(marked)
    plan = book["Clinic plan"]
    invited = [row for row in range(2, plan.max_row + 1) if plan.cell(row, 3).value == "Invited"]
    for number, row in enumerate(invited):
        plan.cell(row, 11).value = number % 2
    register = {(plan.cell(row, 4).value, number % 2) for number, row in enumerate(invited)}
    book.save(marked)
    year.run("2026-03-16", "plan", marked.name, "--impact")
    plan = load_workbook(marked)["Clinic plan"]
    there = {(plan.cell(row, 4).value, plan.cell(row, 11).value) for row in range(2, plan.max_row + 1)}
    year.promise("March", "who came stays in the register", register <= there and bool(register))
    year.promise("March", "decisions are kept", _decisions(marked) == before)


def _letters(year: Year, marked: Path) -> None:
    with _Page(marked) as page:
        page.new_column("Mock 1 HT5 (80)")
        for number, who in enumerate(page.rows()):
            page.of(who, "Mock 1 HT5 (80)").value = (23 * number) % 81
    _score(year, "2026-05-15", marked)
    year.run("2026-05-18", "letters", marked.name, "-o", "letters", "--format", "html")
    pages = [path.read_text(encoding="utf-8") for path in (year.folder / "letters").rglob("*.html")]
    accepted = {who for who, (decision, _) in _decisions(marked).items() if decision == "Accept"}
    names = {who: name for who, name in _names(marked).items() if any(name in text for text in pages)}
    year.promise("May", "letters are written for those accepted, and for nobody else", set(names) == accepted)
    year.run("2026-05-18", "email", marked.name, "--to", "head@school.example", "--draft", "class.eml")


def _roll_over(year: Year, marked: Path) -> None:
    before, old = marked.read_bytes(), _teachers_cells(marked)
    name = _names(marked)["4002"]
    year.run("2026-07-17", "roll-over", marked.name, "--leaver", "4019", "--leaver", name)
    following = year.folder / "9x2.2026-27.xlsx"
    year.promise("July", "the old file is not touched", marked.read_bytes() == before)
    new = _teachers_cells(following)
    year.promise("July", "leavers are out", set(old) - set(new) == {"4019", "4002"})
    baseline = ("Surname", "Forename", "Reg", "End of KS3 target", "KS2 maths")
    year.promise(
        "July",
        "everybody keeps the own baseline",
        all(
            {h: cells.get(h) for h in baseline} == {h: old[who].get(h) for h in baseline} for who, cells in new.items()
        ),
    )
    year.promise(
        "July",
        "no mark, decision or note is left",
        not any(h for cells in new.values() for h in cells if h not in (*baseline, "Adno")),
    )
    told = year.run("2026-09-07", "score", following.name)
    year.promise("September", "nobody has a score", f"? Not enough data {len(new)}" in " ".join(told.split()))
    with _Page(following) as page:
        for number, who in enumerate(page.rows()):
            page.of(who, "Fractions (20)").value = (7 * number) % 21
    told = year.run("2026-10-16", "score", following.name)
    year.promise("October", "everybody is scored again", "? Not enough data 0" in " ".join(told.split()))
    _right_child(year, "2026-10-16", following, following.with_name("9x2.2026-27.marked.xlsx"))


def _score(year: Year, day: str, marked: Path, *, joiners: Set[str] = frozenset()) -> None:
    """Score the marked file into itself, and check what must hold of every run."""
    decisions, cells = _decisions(marked), _teachers_cells(marked)
    told = json.loads(year.run(day, "score", marked.name, "--json"))
    year.promise(day, "decisions and notes are kept", _decisions(marked) == decisions)
    year.promise(day, "nothing that the teacher typed has changed", _teachers_cells(marked) == cells)
    page = _Page(marked)
    flags = {str(one["student_id"]): one["flag"] for one in told["students"]}
    year.promise(
        day, "every student has the own flag", flags == {who: page.of(who, "Flag").value for who in page.rows()}
    )
    change = {who: str(page.of(who, "Change").value) for who in page.rows()}
    year.promise(
        day,
        "Change compares with the last run, and joiners are new",
        all((change[who] == "new") == (who in joiners) for who in change),
    )
    year.run(day, "check", marked.name)


def _right_child(year: Year, day: str, source: Path, marked: Path) -> None:
    page, cells = _Page(marked), _teachers_cells(source)
    known = {who: {h: v for h, v in own.items() if h not in RESULT_HEADINGS} for who, own in cells.items()}
    year.promise(
        day, "every row is still the same child's", known == _teachers_cells(marked) and len(page.rows()) == len(known)
    )


class _Page:
    """The sheet of students as another program sees it."""

    def __init__(self, path: Path) -> None:
        self.path, self.book = path, load_workbook(path)
        page = self.book[SHEET]
        assert isinstance(page, Worksheet)
        self.page = page

    def __enter__(self) -> _Page:
        return self

    def __exit__(self, *_: object) -> None:
        self.book.save(self.path)

    def headings(self) -> dict[str, int]:
        return {str(cell.value): int(cell.column) for cell in self.page[HEADER_ROW] if cell.value is not None}

    def rows(self) -> dict[str, int]:
        ids = ((row, self.page.cell(row, 1).value) for row in range(HEADER_ROW + 1, self.page.max_row + 1))
        return {str(who): row for row, who in ids if who is not None}

    def heading(self, heading: str) -> Cell:
        cell = self.page.cell(HEADER_ROW, self.headings()[heading])
        assert isinstance(cell, Cell)
        return cell

    def of(self, who: str, heading: str) -> Cell:
        cell = self.page.cell(self.rows()[who], self.headings()[heading])
        assert isinstance(cell, Cell)
        return cell

    def new_column(self, heading: str) -> None:
        self.page.cell(HEADER_ROW, self.page.max_column + 1).value = heading

    def new_row(self, cells: tuple[object, ...], more: Mapping[str, object]) -> None:
        row = max(self.rows().values()) + 1
        for column, value in enumerate(cells, start=1):
            self.page.cell(row, column).value = value  # type: ignore[assignment]
        for heading, value in more.items():
            self.page.cell(row, self.headings()[heading]).value = value  # type: ignore[assignment]

    def take_out(self, who: str) -> None:
        self.page.delete_rows(self.rows()[who])

    def sort(self, heading: str, *, reverse: bool = False) -> None:
        column, rows = self.headings()[heading], sorted(self.rows().values())
        cells = [[self.page.cell(row, c).value for c in range(1, self.page.max_column + 1)] for row in rows]
        cells.sort(key=lambda one: str(one[column - 1]), reverse=reverse)
        for row, values in zip(rows, cells, strict=True):
            for c, value in enumerate(values, start=1):
                self.page.cell(row, c).value = value

    def filter(self, heading: str, shown: str) -> None:
        column, last = self.headings()[heading], max(self.rows().values())
        self.page.auto_filter.ref = f"A{HEADER_ROW}:{self.page.cell(last, self.page.max_column).coordinate}"
        self.page.auto_filter.add_filter_column(column - 1, [shown])
        for row in self.rows().values():
            self.page.row_dimensions[row].hidden = self.page.cell(row, column).value != shown


def _decisions(path: Path) -> dict[str, tuple[object, object]]:
    page = _Page(path)
    pairs = {who: tuple(page.of(who, heading).value for heading in DECIDED) for who in page.rows()}
    return {who: (pair[0], pair[1]) for who, pair in pairs.items() if any(pair)}


def _teachers_cells(path: Path) -> dict[str, dict[str, object]]:
    """Student -> heading -> value of all that is not a result."""
    page = _Page(path)
    own = {heading: column for heading, column in page.headings().items() if heading not in RESULT_HEADINGS}
    found = {
        who: {h: page.page.cell(row, column).value for h, column in own.items()} for who, row in page.rows().items()
    }
    return {who: {h: value for h, value in cells.items() if value is not None} for who, cells in found.items()}


def _names(path: Path) -> dict[str, str]:
    return {who: f"{cells['Forename']} {cells['Surname']}" for who, cells in _teachers_cells(path).items()}


def lines(year: Year) -> Iterator[str]:
    """What is printed."""
    yield from (f"{'kept  ' if kept else 'BROKEN'}  {step}: {what}" for step, what, kept in year.kept)
    broken = sum(not kept for *_, kept in year.kept)
    yield f"{len(year.kept)} promises, {broken} broken"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        lived = walk(Path(place))
    said = lived.told if "--told" in sys.argv else []
    sys.stdout.writelines(f"{line}\n" for line in (*said, *lines(lived)))
    sys.exit(any(not kept for *_, kept in lived.kept))
