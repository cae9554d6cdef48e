"""The program's own sheets in a closed workbook, such as `Queries` or `Runs`: replaced where they are, added where the user
wants them. Their cells follow the listing, whatever stood there before.

Only the listing's own columns are written. What a teacher put right of them stays, and so do the sheet's widths, rules and
page set-up; a formula or merged range among the listing's cells is refused like everywhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from lxml import etree

from addin.errors import UnsupportedWorkbook
from addin.files.package.cell_values import CellReader
from addin.files.package.cell_writing import storable
from addin.files.package.draft import Draft
from addin.files.package.markup import child, insert_in_order, main
from addin.files.package.new_part import empty_sheet, enlist, free_name, has_window, is_closed, point_at
from addin.files.package.number_formats import NumberKind, to_serial
from addin.files.package.ranges import Range
from addin.files.package.read import table_of
from addin.files.package.schema_order import SHEET_ORDER
from addin.files.package.sheet_xml import SheetXml
from addin.files.package.sizes import lines_of, set_width, style_of_column
from addin.files.package.styles import StyleSheet
from addin.files.package.table_part import hold
from addin.files.package.workbook_xml import rename, show
from addin.reading.grid import CellValue, address
from addin.results.columns import Look
from addin.results.edits import Link, Listing

MOST_LINKS = 65_000
"""Excel takes 66,530 links on a sheet and repairs a file with more; a listing's further cells stay plain text."""

_LETTERS_A_DIGIT = 1.1
"""Letters of a sentence that stand in the room of a digit, by which widths are counted: in Calibri .9 of its width on average."""

_SHOWN_AS = 255  # longest text that Excel keeps for a link


@dataclass(frozen=True, kw_only=True)
class ListingWriter:
    """Writes one listing into one sheet."""

    listing: Listing
    sheet: SheetXml
    styles: StyleSheet
    epoch_1904: bool = False

    def write(self) -> None:
        """Make the sheet hold the listing and nothing of an earlier one; UnsupportedWorkbook over a formula or merged range."""
        fresh = self.sheet.last_row == 0
        width = len(self.listing.headings)
        for column, heading in enumerate(self.listing.headings, start=1):
            style = self.sheet.style(1, column)
            self.sheet.put(1, column, heading, style=style if style else self.styles.listing_heading())
        widest = max(map(len, self.listing.rows), default=0)
        usual = [style_of_column(self.sheet.root, column) for column in range(1, widest + 1)]
        for number, row in enumerate(self.listing.rows, start=2):
            self.sheet.show_row(number)
            for column, value in enumerate(row, start=1):
                self._put(number, column, value, usual[column - 1])
        below = max(2, len(self.listing.rows) + 2)
        self.sheet.take_out(Range(below, 1, max(below, self.sheet.last_row), max(1, width)))
        self._link()
        for column, characters in enumerate(self.listing.widths, start=1):
            set_width(self.sheet.root, column, characters, only_new=True)
        if fresh:
            _freeze(self.sheet.root)
        self.sheet.widen_dimension(Range(1, 1, max(1, len(self.listing.rows) + 1), max(1, width)))

    def _put(self, row: int, column: int, value: CellValue | Link, usual: int | None) -> None:
        shown = value.text if isinstance(value, Link) else value
        if isinstance(value, Link):
            style: int = self.styles.link()
        elif isinstance(shown, date):
            kept = usual is not None and self.sheet.kind_of_style(usual) is NumberKind.DATE
            style = usual if usual is not None and kept else self.styles.date(with_time=isinstance(shown, datetime))
            shown = to_serial(shown, epoch_1904=self.epoch_1904)
        else:
            number = isinstance(shown, (int, float)) and not isinstance(shown, bool)
            per_cent = number and self.listing.headings[column - 1] in self.listing.per_cents
            style = usual if usual is not None else self.styles.body(Look.PERCENT if per_cent else Look.TEXT)
        self.sheet.put(row, column, shown, style=style)
        if isinstance(shown, str) and column <= len(self.listing.widths):
            self.sheet.make_room(row, lines_of(shown, _LETTERS_A_DIGIT * self.listing.widths[column - 1]))

    def _link(self) -> None:
        root = self.sheet.root
        links = [
            (address(number, column), value)
            for number, row in enumerate(self.listing.rows, start=2)
            for column, value in enumerate(row, start=1)
            if isinstance(value, Link)
        ][:MOST_LINKS]
        holder = child(root, "hyperlinks")
        ours = Range(1, 1, max(self.sheet.last_row, 1), max(1, len(self.listing.headings)))
        if holder is not None:
            for entry in list(holder):
                if Range.parse(entry.get("ref", "A1")).meets(ours):
                    holder.remove(entry)
        elif links:
            holder = insert_in_order(root, "hyperlinks", SHEET_ORDER)
        if holder is None:
            return
        for place, link in links:
            where = {"ref": place, "location": location(link), "display": link.text[:_SHOWN_AS]}
            etree.SubElement(holder, main("hyperlink"), where)
        if not len(holder):
            root.remove(holder)


def location(link: Link) -> str:
    """Where a link leads, as a formula would spell it.

    Example:
        >>> location(Link(text="F14", sheet="Y9's set", cell="F14"))
        "'Y9''s set'!F14"
    """
    return "'" + link.sheet.replace("'", "''") + f"'!{link.cell}"


def listing_cells(listing: Listing) -> Mapping[tuple[int, int], CellValue]:
    """(row, column) -> what must be read there, headings included; a link counts as its text."""
    cells: dict[tuple[int, int], CellValue] = {}
    for number, row in enumerate((listing.headings, *listing.rows), start=1):
        for column, value in enumerate(row, start=1):
            shown = value.text if isinstance(value, Link) else value
            cells[number, column] = shown if isinstance(shown, date) else storable(shown, f"sheet '{listing.sheet}'")
    return cells


def _freeze(root: etree._Element) -> None:
    """Keep the heading row in sight, where the sheet has a view and nothing is frozen yet."""
    view = root.find(f"{main('sheetViews')}/{main('sheetView')}")
    if view is None or child(view, "pane") is not None:
        return
    for selection in view.findall(main("selection")):
        view.remove(selection)
    pane = etree.SubElement(
        view, main("pane"), {"ySplit": "1", "topLeftCell": "A2", "activePane": "bottomLeft", "state": "frozen"}
    )
    selection = etree.SubElement(view, main("selection"), {"pane": "bottomLeft", "activeCell": "A2", "sqref": "A2"})
    view.insert(0, pane)
    view.insert(1, selection)


@dataclass(kw_only=True)
class OwnSheets:
    """Writes listings into a draft."""

    draft: Draft
    file_name: str
    notices: list[str] = field(default_factory=list)

    def write(self, listing: Listing) -> str | None:
        """Make the listing's sheet hold it.

        Returns:
            What the sheet is called now, None where the workbook has no such sheet and gets none.

        Raises:
            UnsupportedWorkbook: Something stands in the sheet that a listing would break.
        """
        package, name = self.draft.package, listing.sheet
        sheet = package.sheet(name) or package.sheet(listing.formerly)
        part = self._add(listing) if sheet is None else sheet.part
        if part is None:
            return None
        if sheet is not None:
            if listing.rows:
                show(self.draft, sheet)
            name = listing.sheet if rename(self.draft, sheet, listing.sheet) else sheet.name
            self._fit_tables(listing, part)
        reader = CellReader.of(self.draft.package)
        where = f"{self.file_name}, sheet '{listing.sheet}'"
        ListingWriter(
            listing=listing,
            sheet=SheetXml(self.draft.root(part), where=where, reader=reader),
            styles=StyleSheet(self.draft, file_name=self.file_name),
            epoch_1904=reader.epoch_1904,
        ).write()
        return name

    def _add(self, listing: Listing) -> str | None:
        package = self.draft.package
        if not listing.add:
            return None
        workbook = self.draft.root(package.workbook_part)
        if package.has_tab(listing.sheet):
            self.notices.append(
                f"There is no sheet '{listing.sheet}' of cells; a chart has that name. It was not added."
            )
            return None
        if is_closed(workbook):
            self.notices.append(
                f"The workbook's structure is protected, so the sheet '{listing.sheet}' was not added. "
                "Unprotect it under Review > Protect Workbook, and run again."
            )
            return None
        part = free_name(self.draft.names(), package.workbook_part)
        self.draft.add(part, empty_sheet(with_view=has_window(workbook)))
        enlist(listing.sheet, point_at(self.draft, part, "worksheet"), workbook=workbook)
        return part

    def _fit_tables(self, listing: Listing, part: str) -> None:
        width, last_row = len(listing.headings), len(listing.rows) + 1
        for name in self.draft.package.related(part, "table"):
            root = self.draft.root(name)
            table = table_of(root)
            area = Range(table.first_row, table.first_column, table.last_row, table.last_column)
            if (table.first_row, table.first_column) == (1, 1) and root.get("headerRowCount", "1") != "0":
                hold(root, listing.headings, last_row)
            elif area.meets(Range(1, 1, max(last_row, 2), width)):
                raise UnsupportedWorkbook(
                    f"{self.file_name}, sheet '{listing.sheet}': the table '{table.name}' in {area} stands where the "
                    f"sheet's own rows go. Move it to another sheet, and run again."
                )
