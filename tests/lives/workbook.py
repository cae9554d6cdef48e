"""A workbook as Excel holds it: cells, sums, tables, filters, names; what a teacher does to rows, and an add-in's actions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import xlwings

from addin.reading.grid import address

Value = str | float | int | bool | date
Place = tuple[int, int]
_EPOCH = date(1899, 12, 30)
_CELL = re.compile(r"([A-Z]+)(\d+)")


@dataclass
class Page:
    """A sheet.

    Args:
        name: What stands on its tab.
        cells: (row, column) -> value, empty cells left out; of a sum what it last gave.
        sums: (row, column) -> first and last column of the cells of its row that it adds up.
        formats: (row, column) -> number format.
        table: First row, first column, last row and last column of its Excel table, None without one.
        hidden: The rows that a filter hides.
    """

    name: str
    cells: dict[Place, Value] = field(default_factory=dict)
    sums: dict[Place, tuple[int, int]] = field(default_factory=dict)
    formats: dict[Place, str] = field(default_factory=dict)
    table: tuple[int, int, int, int] | None = None
    hidden: set[int] = field(default_factory=set)

    def corner(self) -> Place:
        """The last row and the last column in use."""
        return max((r for r, _ in self.cells), default=1), max((c for _, c in self.cells), default=1)

    def put(self, row: int, column: int, value: Value | None) -> None:
        """Type into a cell; None empties it."""
        self.sums.pop((row, column), None)
        if value is None or value == "":
            self.cells.pop((row, column), None)
        else:
            self.cells[row, column] = value

    def calculate(self) -> None:
        """Work the sums out."""
        for (row, column), (first, last) in self.sums.items():
            row_of = (self.cells.get((row, c)) for c in range(first, last + 1))
            self.cells[row, column] = float(
                sum(v for v in row_of if isinstance(v, int | float) and not isinstance(v, bool))
            )

    def formula(self, row: int, column: int) -> str | None:
        """What the formula bar shows, None for a constant."""
        found = self.sums.get((row, column))
        return None if found is None else f"=SUM({address(row, found[0])}:{address(row, found[1])})"

    def row_for(self, at: int) -> None:
        """Insert a row; a table around it grows, and one that ends above it too, as when somebody types below a table."""
        self._move(lambda r, c: (r + (r >= at), c))
        self.hidden = {row + (row >= at) for row in self.hidden}
        if self.table is not None:
            top, left, bottom, right = self.table
            self.table = (top + (top >= at), left, bottom + (bottom + 1 >= at), right)

    def take_row(self, at: int) -> None:
        """Delete a row."""
        for place in [place for place in {*self.cells, *self.formats, *self.sums} if place[0] == at]:
            for held in (self.cells, self.formats, self.sums):
                held.pop(place, None)  # type: ignore[attr-defined]
        self._move(lambda r, c: (r - (r > at), c))
        self.hidden = {row - (row > at) for row in self.hidden if row != at}
        if self.table is not None:
            top, left, bottom, right = self.table
            self.table = (top - (top > at), left, bottom - (bottom >= at), right)

    def column_for(self, at: int) -> None:
        """Insert a column; sums and a table around it grow."""
        self._move(lambda r, c: (r, c + (c >= at)))
        self.sums = {place: (first + (first >= at), last + (last >= at)) for place, (first, last) in self.sums.items()}
        if self.table is not None:
            top, left, bottom, right = self.table
            self.table = (top, left + (left >= at), bottom, right + (right >= at))

    def sort(self, rows: Sequence[int]) -> None:
        """Put rows, with everything in them, where the first of them stand: the row that is named first comes first."""
        to = dict(zip(rows, sorted(rows), strict=True))
        self._move(lambda r, c: (to.get(r, r), c))

    def _move(self, to: Callable[[int, int], Place]) -> None:
        self.cells = {to(*place): value for place, value in self.cells.items()}
        self.formats = {to(*place): value for place, value in self.formats.items()}
        self.sums = {to(*place): value for place, value in self.sums.items()}

    def write(self, row: int, column: int, entry: Any) -> None:
        """What Excel makes of what a program writes; a formula of a program's own is told by its text."""
        if entry is None:
            return  # Office.js leaves such a cell alone
        assert (row, column) not in self.sums, f"{self.name}!{address(row, column)}: a formula is written over"
        if not isinstance(entry, str) or not entry:
            self.put(row, column, entry)
            return
        day = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(T00:00:00(\.000)?Z?)?", entry)
        if entry.startswith("'"):
            self.put(row, column, entry[1:])
        elif self.formats.get((row, column)) == "@":
            self.put(row, column, entry)
        elif day:
            self.put(row, column, date(int(day[1]), int(day[2]), int(day[3])))
        elif re.fullmatch(r"-?\d+(\.\d+)?", entry.strip()):
            self.put(row, column, float(entry))
        elif short := re.fullmatch(r"(\d{1,2})[/-](\d{1,2})", entry):
            self.put(row, column, date(2026, min(12, int(short[2]) or 1), min(28, int(short[1]) or 1)))
        else:
            self.put(row, column, f"formula {entry}" if entry[0] in "=+@" else entry)


@dataclass
class Workbook:
    """Sheets in the order of their tabs, and the names that stand for one cell each."""

    pages: dict[str, Page]
    names: dict[str, tuple[str, int, int]] = field(default_factory=dict)

    def values(self) -> dict[str, dict[Place, Value]]:
        """Sheet -> (row, column) -> value."""
        return {name: dict(page.cells) for name, page in self.pages.items()}

    def payload(self) -> dict[str, Any]:
        """What Excel's client sends of it."""
        order = list(self.pages)
        return {
            "client": "Office.js",
            "version": xlwings.__version__,
            "book": {"name": "class.xlsx", "active_sheet_index": 0, "selection": "A1"},
            "names": [
                {
                    "name": name, "sheet_index": order.index(sheet), "address": address(row, column),
                    "scope_sheet_name": None, "scope_sheet_index": None, "book_scope": True,
                }
                for name, (sheet, row, column) in self.names.items()
            ],
            "sheets": [_sent(page) for page in self.pages.values()],
        }  # fmt: skip

    def act(self, actions: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Do what a script asks for, in the order of its actions.

        Returns:
            What scripts call of the task pane: the arguments of each call.
        """
        answers = []
        for action in actions:
            if action["func"] == "runMacro":
                answers.append(action["args"][1])
            elif action["func"] == "addSheet":
                place, name = action["args"]
                pages = list(self.pages.items())
                self.pages = dict([*pages[:place], (name, Page(name)), *pages[place:]])
            else:
                self._act_on(list(self.pages.values())[action["sheet_position"]], action)
        return answers

    def _act_on(self, page: Page, action: Mapping[str, Any]) -> None:
        args, top, left = action.get("args"), action.get("start_row"), action.get("start_column")
        spots = (
            [(top + 1 + r, left + 1 + c) for r in range(action["row_count"]) for c in range(action["column_count"])]
            if top is not None and left is not None
            else []
        )
        match action["func"]:
            case "setValues" | "setFormula":
                assert top is not None
                assert left is not None
                hidden = page.hidden & {row for row, _ in spots}
                assert not hidden or action["row_count"] == 1, f"{page.name}: written into rows that a filter hides"
                for r, row in enumerate(action["values"]):
                    for c, entry in enumerate(row):
                        if action["func"] == "setFormula":
                            page.put(top + 1 + r, left + 1 + c, _shown(entry))
                        else:
                            page.write(top + 1 + r, left + 1 + c, entry)
            case "rangeClearContents":
                for spot in spots:
                    page.put(*spot, None)
            case "setNumberFormat":
                assert args is not None
                page.formats.update(dict.fromkeys(spots, args[0]))
            case "resizeTable":
                assert args is not None
                first, last = _CELL.findall(str(args[1]).replace("$", ""))
                page.table = (int(first[1]), _column(first[0]), int(last[1]), _column(last[0]))
            case "clearAutoFilterTable" | "clearAutoFilterRange":
                page.hidden.clear()
            case "setSheetName":
                assert args is not None
                self.pages = {args[0] if one is page else name: one for name, one in self.pages.items()}
                page.name = args[0]
            case (
                "setSheetVisibility"
                | "setWrapText"
                | "setFontProperty"
                | "setDataValidationList"
                | "addConditionalFormat"
            ):
                pass
            case other:
                raise AssertionError(f"an action that the program should not need: {other} {args}")


def _sent(page: Page) -> dict[str, Any]:
    height, width = page.corner()
    if page.table is not None:
        height, width = max(height, page.table[2]), max(width, page.table[3])
    rows = [[_as_sent(page.cells.get((r, c))) for c in range(1, width + 1)] for r in range(1, height + 1)]
    table = page.table and {
        "name": f"Table{page.name.replace(' ', '')}",
        "range_address": f"{address(*page.table[:2])}:{address(*page.table[2:])}",
        "header_row_range_address": "", "data_body_range_address": "", "total_row_range_address": None,
        "show_headers": True, "show_totals": False, "table_style": "", "show_autofilter": True,
    }  # fmt: skip
    return {
        "name": page.name, "visibility": "Visible", "values": rows, "pictures": [], "shapes": [], "charts": [],
        "tables": [table] if table else [],
    }  # fmt: skip


def _as_sent(value: Value | None) -> Any:
    if isinstance(value, date):
        return f"{value:%Y-%m-%dT00:00:00.000Z}"
    return "" if value is None else value


def _shown(formula: str) -> str:
    """What Excel shows of the only formulas that a button writes: links."""
    link = re.fullmatch(r'=HYPERLINK\("#.*","(.*)"\)', formula)
    assert link, f"a formula that nobody asked for: {formula}"
    return link[1].replace('""', '"')


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number


def day_of(serial: float) -> date:
    """The day that Excel's number stands for."""
    return _EPOCH + timedelta(days=int(serial))


def plain(value: Any) -> Value | None:
    """A value without what is only its spelling: days without a time, numbers as numbers."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return None if value == "" else value  # type: ignore[no-any-return]
