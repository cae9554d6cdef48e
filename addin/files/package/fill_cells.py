"""Single cells and rows added below the students in sheets of a closed workbook, with what follows from them in other parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from addin.errors import UnsupportedWorkbook
from addin.files.package.cell_values import FORMULA, ROW, CellReader, numbered_cells, numbered_rows
from addin.files.package.cell_writing import storable
from addin.files.package.draft import Draft
from addin.files.package.listing import OwnSheets, listing_cells
from addin.files.package.markup import child, main, required
from addin.files.package.parts import SheetPart
from addin.files.package.ranges import LAST_COLUMN, Range
from addin.files.package.read import table_of
from addin.files.package.results import sheet_of, side_effects
from addin.files.package.rewrite import rewrite
from addin.files.package.safe_save import Fingerprint
from addin.files.package.sheet_xml import SheetXml
from addin.files.package.verify import CellsOfSheets
from addin.files.package.verify_cells import by_column
from addin.files.package.workbook_xml import COMMA_OUTSIDE_QUOTES, calculate_on_opening
from addin.reading.grid import column_letters
from addin.results.edits import CellEdits, Listing


def fill_workbook(
    source: Path,
    edits: CellEdits | Sequence[CellEdits],
    target: Path,
    *,
    listings: Sequence[Listing] = (),
    expected: Fingerprint | None = None,
    before_replacing: Callable[[], object] | None = None,
) -> tuple[bool, tuple[str, ...]]:
    """Write single cells and added rows into a copy of a workbook, or into the workbook itself, as `patch_workbook` does.

    Args:
        edits: What changes in one sheet, or in several, one each.
        listings: The program's own sheets that are written too.

    Answers whether anything was written (not where the target is the result already) and what the user should know. It is
    UnsupportedWorkbook too where another table stands in the way, the students' table cannot grow, or a sheet cannot be added.
    """
    notices: list[str] = []
    sheets = (edits,) if isinstance(edits, CellEdits) else tuple(edits)

    def change(draft: Draft) -> CellsOfSheets:
        cells = {}
        for each in sheets:
            name = _write(draft, source.name, each, notices)
            values = {place: storable(value, f"row {place[0]}") for place, value in each.values.items()}
            cells[name] = by_column(dict.fromkeys(each.emptied) | values)
        for listing in listings:
            own = OwnSheets(draft=draft, file_name=source.name)
            written = own.write(listing)
            if written is not None:
                cells[written] = by_column(listing_cells(listing))
            elif listing.add:  # what it holds would stand nowhere
                raise UnsupportedWorkbook(f"{source.name}: {' '.join(own.notices)}")
        if draft.has_changes():
            for each in sheets:
                notices.extend(n for n in side_effects(draft.package, each.sheet) if n not in notices)
        return cells

    written = rewrite(source, target, change, expected=expected, before_replacing=before_replacing)
    return written, tuple(notices)


def _write(draft: Draft, file_name: str, edits: CellEdits, notices: list[str]) -> str:
    """Change the sheet and what follows from it; answers the sheet's name as it is spelled there."""
    part = sheet_of(draft, file_name, edits.sheet)
    if not edits.values and not edits.emptied:
        return part.name
    where = f"{file_name}, sheet '{part.name}'"
    sheet = SheetXml(draft.root(part.part), where=where, reader=CellReader.of(draft.package))
    if edits.added_rows:
        below = RowsBelow(draft=draft, sheet=part, edits=edits, where=where)
        below.grow_tables()
        notices.extend(below.dress(sheet))
        below.stretch()
    for (row, column), value in sorted(edits.values.items()):
        sheet.put(row, column, value, style=_borrowed(sheet, edits, row, column))
    for row, column in sorted(edits.emptied - edits.values.keys()):
        sheet.empty(row, column)
    for row in {row for row, _ in edits.emptied}:
        sheet.lower_row(row)  # it was made high enough for texts that are there no more
    if edits.values:
        rows, columns = [row for row, _ in edits.values], [column for _, column in edits.values]
        sheet.widen_dimension(Range(min(rows), min(columns), max(rows), max(columns)))
    if draft.is_changed(part.part):
        calculate_on_opening(draft)
    return part.name


def _borrowed(sheet: SheetXml, edits: CellEdits, row: int, column: int) -> int | None:
    """The format for a cell that the sheet does not have yet: that of the student above, of a heading that of the one beside it."""
    if sheet.exists(row, column) or row == edits.first_row:
        return None
    if row < edits.first_row:
        return sheet.style(row, column - 1) if column > 1 else None
    return sheet.style(row - 1, column)


_RULES = (main("conditionalFormatting"), main("dataValidation"), main("protectedRange"), main("ignoredError"))
_NEWER_RULES = "{http://schemas.microsoft.com/office/excel/2006/main}sqref"  # of rules in the extension list
_NAMES = ("_xlnm.Print_Area", "_xlnm._FilterDatabase")


@dataclass(frozen=True, kw_only=True)
class RowsBelow:
    """The rows that follow on the last row of the students' block; `where` names file and sheet in messages."""

    draft: Draft
    sheet: SheetPart
    edits: CellEdits
    where: str

    @property
    def last_row(self) -> int:
        """The last row of the block when all are added."""
        return self.edits.last_row + self.edits.added_rows

    def grow_tables(self) -> None:
        """Let the students' table reach over the rows; UnsupportedWorkbook where it cannot, or another table stands there."""
        wanted = self.edits.table
        for part in self.draft.package.related(self.sheet.part, "table"):
            root = self.draft.root(part)
            table = table_of(root)
            if wanted is not None and wanted.name.casefold() == table.name.casefold():
                self._lengthen(root, table.name)
                continue
            left, right = (wanted.first_column, wanted.last_column) if wanted else (1, LAST_COLUMN)
            ours = Range(self.edits.last_row + 1, left, self.last_row, right)
            area = Range(table.first_row, table.first_column, table.last_row, table.last_column)
            if area.meets(ours):
                raise UnsupportedWorkbook(
                    f"{self.where}: the table '{table.name}' in {area} stands where new students go. Move it, and run again."
                )

    def dress(self, sheet: SheetXml) -> list[str]:
        """Give the rows the formats of the row above; answers the columns whose formulas are to be filled down."""
        above = _rows(sheet.root).get(self.edits.last_row)
        if above is None or self.edits.last_row < self.edits.first_row:
            return []
        cells = numbered_cells(above)
        for row in range(self.edits.last_row + 1, self.last_row + 1):
            for column, cell in cells:
                if not sheet.exists(row, column):
                    sheet.put(row, column, None, style=int(cell.get("s") or 0))
        looks = {name: above.get(name) for name in ("s", "customFormat", "customHeight")}
        if looks["customHeight"] in ("1", "true"):
            looks["ht"] = above.get("ht")
        rows = _rows(sheet.root)
        for row in range(self.edits.last_row + 1, self.last_row + 1):
            for name, value in looks.items():
                if row in rows and value is not None and name not in rows[row].attrib:
                    rows[row].set(name, value)
        formulas = [column_letters(column) for column, cell in cells if cell.find(FORMULA) is not None]
        if not formulas:
            return []
        columns = f"column{'s' if len(formulas) > 1 else ''} {', '.join(formulas)}"
        return [
            f"Rows {self.edits.last_row + 1} to {self.last_row} are new: fill the formulas of {columns} down to them."
        ]

    def stretch(self) -> None:
        """Let rules, filter and print area that end with the last row hold the new ones too."""
        root = self.draft.root(self.sheet.part)
        for rule in root.iter(*_RULES):
            if rule.get("sqref"):
                rule.set("sqref", self._longer(required(rule, "sqref")))
        for rule in root.iter(_NEWER_RULES):
            rule.text = self._longer(rule.text or "")
        own_filter = child(root, "autoFilter")
        if own_filter is not None:
            own_filter.set("ref", self._longer(required(own_filter, "ref")))
        workbook = self.draft.root(self.draft.package.workbook_part)
        for name in workbook.iterfind(f"{main('definedNames')}/{main('definedName')}"):
            if name.get("name") in _NAMES and name.get("localSheetId") == str(self.sheet.position):
                name.text = ",".join(map(self._longer_area, COMMA_OUTSIDE_QUOTES.split(name.text or "")))

    def _lengthen(self, root: etree._Element, name: str) -> None:
        if root.get("totalsRowCount", "0") != "0":
            raise UnsupportedWorkbook(
                f"{self.where}: the table '{name}' ends with a row of totals, where new students go. Insert "
                f"{self.edits.added_rows} empty rows above it, or turn the Total Row off, save, and run again."
            )
        if root.get("tableType", "worksheet") != "worksheet":
            raise UnsupportedWorkbook(
                f"{self.where}: the table '{name}' is filled from a query and cannot take new students. Convert it to a "
                "range, and run again."
            )
        for holder in (root, child(root, "autoFilter")):
            if holder is not None:
                holder.set("ref", self._longer(required(holder, "ref")))

    def _longer(self, ranges: str) -> str:
        """Ranges with blanks between; those that end with the last row take in the new ones."""
        return " ".join(map(str, map(self._taking_in, map(Range.parse, ranges.split()))))

    def _taking_in(self, area: Range) -> Range:
        if area.last_row != self.edits.last_row:
            return area
        return Range(area.first_row, area.first_column, self.last_row, area.last_column)

    def _longer_area(self, piece: str) -> str:
        """One area of a name, such as Markbook!$A$1:$H$34; anything else stays."""
        sheet, _, place = piece.rpartition("!")
        try:
            area = Range.parse(place)
        except ValueError:  # whole rows or columns, or a formula
            return piece
        longer = self._taking_in(area)
        if longer == area:
            return piece
        left, right = column_letters(area.first_column), column_letters(area.last_column)
        return f"{sheet}!${left}${area.first_row}:${right}${longer.last_row}"


def _rows(root: etree._Element) -> dict[int, etree._Element]:
    return dict(numbered_rows(root.iterfind(f"{main('sheetData')}/{ROW}")))
