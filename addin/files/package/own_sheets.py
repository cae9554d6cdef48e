"""The program's own sheets in a closed workbook: replaced where they are, added where the user wants them."""

from __future__ import annotations

from dataclasses import dataclass, field

from addin.errors import UnsupportedWorkbook
from addin.files.package.cell_values import CellReader
from addin.files.package.draft import Draft
from addin.files.package.listing import ListingWriter
from addin.files.package.new_part import empty_sheet, enlist, free_name, has_window, is_closed, point_at
from addin.files.package.ranges import Range
from addin.files.package.read import table_of
from addin.files.package.sheet_xml import SheetXml
from addin.files.package.styles import StyleSheet
from addin.files.package.table_part import hold
from addin.files.package.workbook_xml import rename
from addin.results.edits import Listing


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
