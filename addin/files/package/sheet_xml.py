"""The XML of one worksheet, as a grid that cells can be put into without disturbing what stands around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from addin.errors import UnsupportedWorkbook
from addin.files.package.cell_values import CELL, FORMULA, ROW, VALUE, CellReader, numbered_cells, numbered_rows
from addin.files.package.cell_writing import ColumnCells, same_value, set_value, storable
from addin.files.package.markup import child, child_or_new, main, required
from addin.files.package.number_formats import NumberKind
from addin.files.package.ranges import Range, widened
from addin.files.package.schema_order import SHEET_ORDER
from addin.files.package.sizes import lines_of, raised, usual_height
from addin.reading.grid import CellValue, address

ARRAY = "the array formula in"


class AroundRows:
    """What stands around the rows of a worksheet; `root` is its `<worksheet>` element, whose rows may be missing from it."""

    root: etree._Element

    @property
    def is_protected(self) -> bool:
        """Whether cells can only be typed into where they are unlocked."""
        return child(self.root, "sheetProtection") is not None

    def widen_dimension(self, area: Range) -> None:
        """Make the sheet's stated extent hold an area."""
        dimension = child(self.root, "dimension")
        if dimension is not None:
            dimension.set("ref", widened(required(dimension, "ref"), area))


class SheetXml(AroundRows):
    """A worksheet's tree with its rows and cells at hand; `where` names file and sheet in messages.

    Raises:
        UnsupportedWorkbook: Rows stand twice; or, from `put`, the cell is part of a formula or a merged range.
    """

    def __init__(self, root: etree._Element, *, where: str, reader: CellReader) -> None:
        self.root = root
        self._where = where
        self._reader = reader
        self._data = child_or_new(root, "sheetData", SHEET_ORDER)
        self._rows: dict[int, etree._Element] = {}
        self._cells: dict[int, dict[int, etree._Element]] = {}
        for number, row in numbered_rows(self._data.iterchildren(ROW)):
            if number in self._rows:
                raise UnsupportedWorkbook(
                    f"{where}: row {number} stands twice. Open the file in Excel, let it repair, save."
                )
            self._rows[number] = row
        self._usual_height = usual_height(root)
        self._closed = (*merged_ranges(root), *_arrays(root))

    def style(self, row: int, column: int) -> int | None:
        """The format of a cell, None where there is no such cell."""
        cell = self._row_cells(row).get(column)
        return None if cell is None else int(cell.get("s") or 0)

    def value(self, row: int, column: int) -> CellValue:
        """The value of a cell."""
        cell = self._row_cells(row).get(column)
        return None if cell is None else self._reader.value(cell)

    def exists(self, row: int, column: int) -> bool:
        """Whether there is a cell, be it empty."""
        return column in self._row_cells(row)

    def put(self, row: int, column: int, value: CellValue, *, style: int | None = None) -> bool:
        """Write a value, or take it away with None, which leaves the format; answers whether the value changed.

        A text is never taken for a formula; without a style, the format stays.
        """
        self._refuse(row, column)
        cell = self._row_cells(row).get(column)
        if cell is None:
            if value is None and style is None:
                return False
            cell = self._add_cell(row, column)
        if style is not None:
            cell.set("s", str(style))
        stored = storable(value, f"{self._where}, cell {address(row, column)}")
        if same_value(self._reader.value(cell), stored):
            return False
        set_value(cell, stored)
        return True

    def empty(self, row: int, column: int) -> None:
        """Take a value away and leave the format; a formula, or an array's part of one, stays and loses its stored result alone."""
        cell = self._row_cells(row).get(column)
        if cell is None:
            return
        worked_out = any(kind == ARRAY and area.holds(row, column) for kind, area in self._closed)
        if cell.find(FORMULA) is None and not worked_out:
            self.put(row, column, None)
            return
        for value in cell.findall(VALUE):
            cell.remove(value)
        cell.attrib.pop("t", "")

    @property
    def last_row(self) -> int:
        """The last row with a cell in it, 0 without any."""
        return max((row for row in self._rows if self._row_cells(row)), default=0)

    def kind_of_style(self, style: int) -> NumberKind:
        """How a format shows numbers."""
        return self._reader.kind_of_style(style)

    def take_out(self, area: Range) -> None:
        """Remove cells with their formats, and rows that are empty then."""
        for row in [row for row in self._rows if area.first_row <= row <= area.last_row]:
            cells = self._row_cells(row)
            for column in [column for column in cells if area.first_column <= column <= area.last_column]:
                self._refuse(row, column)
                self._pin_cells(row)
                self._rows[row].remove(cells.pop(column))
            if not cells:
                self._pin_rows()
                self._data.remove(self._rows.pop(row))

    def show_row(self, row: int) -> None:
        """Undo what a filter or an earlier text did to a row: it is shown, and as high as rows usually are."""
        element = self._rows.get(row)
        if element is not None:
            element.attrib.pop("hidden", "")
            self.lower_row(row)

    def lower_row(self, row: int) -> None:
        """Make a row as high as rows usually are, unless somebody set its height by hand."""
        element = self._rows.get(row)
        if element is not None and element.get("customHeight") not in ("1", "true"):
            element.attrib.pop("ht", "")

    def write(self, columns: Sequence[ColumnCells]) -> None:
        """Write columns of results, as `put` does it."""
        shorter = self._with_longer_texts(columns)
        for row in shorter:
            # A height that nobody set by hand came with a longer text: without it the program that opens the file finds a new one.
            self._rows[row].attrib.pop("ht", "")
        for column in columns:
            if column.heading is not None:
                row, text, style = column.heading
                self.put(row, column.column, text, style=style)
            for row in column.rows:
                value = column.values.get(row)
                needs_format = column.is_new or (value is not None and not self.exists(row, column.column))
                changed = self.put(row, column.column, value, style=column.style() if needs_format else None)
                if changed and isinstance(value, str) and column.wrap_at is not None and row not in shorter:
                    self.make_room(row, lines_of(value, column.wrap_at))

    def _with_longer_texts(self, columns: Sequence[ColumnCells]) -> set[int]:
        """Rows without a height set by hand whose texts took more lines than those that take their place."""
        shorter = set()
        wrapped = [(column, column.wrap_at) for column in columns if column.wrap_at is not None and not column.is_new]
        for row in {row for column, _ in wrapped for row in column.rows} & set(self._rows):
            if self._rows[row].get("customHeight") in ("1", "true"):
                continue
            here = [(column, width) for column, width in wrapped if row in column.rows]
            before = max(_lines(self.value(row, column.column), width) for column, width in here)
            if before > max(_lines(column.values.get(row), width) for column, width in here):
                shorter.add(row)
        return shorter

    def make_room(self, row: int, lines: int) -> None:
        """Make a row high enough for some lines of text, unless somebody set its height by hand."""
        element = self._rows[row]
        if element.get("customHeight") in ("1", "true"):
            return
        height = raised(lines, float(element.get("ht", self._usual_height)))
        if height is not None:
            element.set("ht", height)

    def _refuse(self, row: int, column: int) -> None:
        """Refuse to touch a cell that is, or is part of, something that would break."""
        cell = self._row_cells(row).get(column)
        if cell is not None and cell.find(FORMULA) is not None:
            raise UnsupportedWorkbook(
                f"{self._where}, cell {address(row, column)}: a formula stands where a result goes. "
                "Move the formula or delete it, and run again."
            )
        refuse_closed(self._closed, row, column, self._where)

    def _row_cells(self, row: int) -> dict[int, etree._Element]:
        if row not in self._rows:
            return {}
        if row not in self._cells:
            self._cells[row] = dict(numbered_cells(self._rows[row]))
        return self._cells[row]

    def _add_cell(self, row: int, column: int) -> etree._Element:
        if row not in self._rows:
            self._add_row(row)
        element, cells = self._rows[row], self._row_cells(row)
        self._pin_cells(row)
        cell = etree.SubElement(element, CELL, {"r": address(row, column)})
        later = [number for number in cells if number > column]
        if later:
            cells[min(later)].addprevious(cell)
        cells[column] = cell
        _widen_span(element, column)
        return cell

    def _add_row(self, row: int) -> None:
        self._pin_rows()
        element = etree.SubElement(self._data, ROW, {"r": str(row)})
        later = [number for number in self._rows if number > row]
        if later:
            self._rows[min(later)].addprevious(element)
        self._rows[row] = element

    def _pin_cells(self, row: int) -> None:
        """Have each cell of a row say where it stands: one that relies on its order must not shift."""
        for number, cell in self._row_cells(row).items():
            if "r" not in cell.attrib:
                cell.set("r", address(row, number))

    def _pin_rows(self) -> None:
        for number, row in self._rows.items():
            if "r" not in row.attrib:
                row.set("r", str(number))


def refuse_closed(closed: Iterable[tuple[str, Range]], row: int, column: int, where: str) -> None:
    """Refuse to write into a range that only holds together as a whole.

    Raises:
        UnsupportedWorkbook: The cell lies in one.
    """
    for kind, area in closed:
        if area.holds(row, column):
            raise UnsupportedWorkbook(
                f"{where}, cell {address(row, column)}: it belongs to {kind} {area}, which a result would break. "
                "Undo that there, and run again."
            )


def merged_ranges(root: etree._Element) -> Iterator[tuple[str, Range]]:
    """What to call each merged range of a sheet, and where it is."""
    for entry in root.iterfind(f"{main('mergeCells')}/{main('mergeCell')}"):
        yield "the merged cells", Range.parse(required(entry, "ref"))


def _arrays(root: etree._Element) -> Iterator[tuple[str, Range]]:
    for formula in root.iter(FORMULA):
        if formula.get("t") in ("array", "dataTable") and formula.get("ref"):
            yield ARRAY, Range.parse(required(formula, "ref"))


def _widen_span(row: etree._Element, column: int) -> None:
    spans = row.get("spans")
    if spans:
        *others, last = spans.split()
        start, _, end = last.partition(":")
        row.set("spans", " ".join([*others, f"{min(int(start), column)}:{max(int(end or start), column)}"]))


def _lines(value: CellValue, width: float) -> int:
    return lines_of(value, width) if isinstance(value, str) else 1
