"""Result columns into a closed workbook: the parts that must change are patched, every other part stays byte for byte.

Besides the sheet's part that can be styles.xml, where a format is missing; workbook.xml, where the print area or the order
to calculate is; and a table's part, where new columns touch it. Texts are stored inside the cells, so that the workbook's
shared texts stay.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from pathlib import Path

from lxml import etree

from addin.annotations import SheetEdits
from addin.errors import FileInUse, StudentsMoved, UnsupportedWorkbook
from addin.grid import CellValue
from addin.package.archive import replace_parts
from addin.package.cell_values import CellReader
from addin.package.guard import check_package
from addin.package.markup import main, parse, serialise
from addin.package.parts import Package, SheetPart, damage_explained
from addin.package.ranges import Range
from addin.package.read import table_of
from addin.package.result_columns import new_columns_beside, write_columns
from addin.package.safe_save import Fingerprint, refuse_open_elsewhere, save_whole
from addin.package.sheet_xml import SheetXml, storable
from addin.package.styles import StyleSheet
from addin.package.table_part import grow
from addin.package.verify import verify_copy
from addin.package.workbook_xml import calculate_on_opening, widen_print_area

_CHANGED = "{}: the file changed while it was worked on. Nothing was written. Run again."
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")


def patch_workbook(
    source: Path, edits: SheetEdits, target: Path, *, expected: Fingerprint | None = None
) -> tuple[str, ...]:
    """Write result columns into a copy of a workbook, or into the workbook itself.

    The same source and edits always give the same bytes; edits that change nothing give the source's own bytes.

    Args:
        source: The workbook; not touched unless it is the target.
        edits: What to write; whether the rows are still the right students is the caller's business (`addin.identity`).
        target: The file to write, replaced if it exists.
        expected: The state of the source in which the edits are right; None takes the state now.

    Returns:
        What the user should know: a signature that became invalid, a table that stays as it is.

    Raises:
        FileInUse: The target is open elsewhere, or the source changed meanwhile.
        UnsupportedWorkbook: A formula or merged range stands where a result goes; nothing is written.
        WriteFailed: The result could not be written or is not what it should be; the target is what it was.
        FileProblem: The guard refuses the source.
    """
    check_package(source)
    refuse_open_elsewhere(target)
    with damage_explained(source):
        start = Fingerprint.of(source)
        content = source.read_bytes()
    if start != (expected or start):
        raise FileInUse(_CHANGED.format(source.name))
    with damage_explained(source), zipfile.ZipFile(BytesIO(content)) as archive:
        draft = _Draft.of(Package(archive), source.name, edits)
        draft.write_sheet()
        changed = draft.changed_members()
        finished = replace_parts(content, changed) if changed else content
    save_whole(
        target,
        finished,
        mode_of=source,
        verify=partial(
            verify_copy,
            source=content,
            changed=changed,
            sheet=draft.sheet.name,
            expected=_expected_cells(edits),
            name=target.name,
        ),
        last_check=partial(_refuse_changed, source, start),
    )
    return tuple(draft.notices)


@dataclass(kw_only=True)
class _Draft:
    """The patched parts of one workbook while they are made."""

    package: Package
    file_name: str
    edits: SheetEdits
    sheet: SheetPart
    roots: dict[str, etree._Element] = field(default_factory=dict)
    originals: dict[str, bytes] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, package: Package, file_name: str, edits: SheetEdits) -> _Draft:
        for sheet in package.sheets():
            if sheet.name.casefold() == edits.sheet.casefold():
                return cls(package=package, file_name=file_name, edits=edits, sheet=sheet)
        raise StudentsMoved(f"{file_name}: there is no sheet '{edits.sheet}' any more. Nothing was written. Run again.")

    def write_sheet(self) -> None:
        """Write the columns, then what follows from them: the table, the print area, the order to calculate."""
        styles = self.package.styles_part()
        if styles is None:
            raise UnsupportedWorkbook(
                f"{self.file_name}: the workbook has no formats at all. Open it in Excel, save it, and run again."
            )
        sheet_xml = SheetXml(
            self.root(self.sheet.part),
            where=f"{self.file_name}, sheet '{self.sheet.name}'",
            reader=CellReader.of(self.package),
        )
        self._grow_table()
        write_columns(sheet_xml, StyleSheet(self.root(styles), file_name=self.file_name), self.edits)
        self._follow_in_workbook()
        self.notices.extend(_side_effects(self.package, self.sheet.name))

    def root(self, part: str) -> etree._Element:
        """The tree of a part that may change; always the same tree for the same part."""
        if part not in self.roots:
            data = self.package.read(part)
            self.roots[part] = parse(data)
            self.originals[part] = serialise(self.roots[part])
        return self.roots[part]

    def changed_members(self) -> dict[str, bytes]:
        """Member of the zip -> its new bytes, of the parts that are not what they were."""
        changed = {}
        for part, root in self.roots.items():
            data = serialise(root)
            # Compared as written by the same hand: a part that only would be spelled differently stays as it is.
            if data != self.originals[part]:
                changed[self.package.member(part) or part] = data
        return changed

    def _grow_table(self) -> None:
        new = [column.column for column in self.edits.columns if column.is_new]
        if not new:
            return
        ours = Range(self.edits.header_row, min(new), self.edits.last_row, max(new))
        for part in self.package.related(self.sheet.part, "table"):
            root = self.root(part)
            table = table_of(root)
            area = Range(table.first_row, table.first_column, table.last_row, table.last_column)
            if area.meets(ours):
                raise UnsupportedWorkbook(
                    f"{self.file_name}, sheet '{self.sheet.name}': the table '{table.name}' in {area} stands where "
                    "results go. Move it to another sheet, and run again."
                )
            wanted = self.edits.table
            if wanted is None or wanted.name.casefold() != table.name.casefold():
                continue
            beside = new_columns_beside(self.edits, table.last_column)
            if beside and table.first_row == self.edits.header_row and root.get("headerRowCount", "1") != "0":
                reason = grow(root, [column.spec.heading for column in beside])
                if reason is not None:
                    self.notices.append(f"The table '{table.name}' stays as wide as it was: {reason}.")

    def _follow_in_workbook(self) -> None:
        if serialise(self.roots[self.sheet.part]) == self.originals[self.sheet.part]:
            return
        workbook = self.root(self.package.workbook_part)
        new = [column.column for column in self.edits.columns if column.is_new]
        if new:
            heading = (self.edits.header_row, min(self.edits.identity_columns, default=1))
            notice = widen_print_area(workbook, position=self.sheet.position, heading=heading, last_column=max(new))
            self.notices.extend([notice] if notice else [])
        if any(_FORMULA.search(self.package.read(sheet.part)) for sheet in self.package.sheets()):
            calculate_on_opening(workbook)


def _side_effects(package: Package, sheet: str) -> list[str]:
    """What new values do to things that a patch must not touch."""
    notices = []
    if any(name.casefold().startswith("_xmlsignatures/") for name in package.names()):
        notices.append("The workbook's digital signature is no longer valid; sign it again if you need it.")
    caches = package.related(package.workbook_part, "pivotCacheDefinition")
    sources = [package.xml(part).find(f"{main('cacheSource')}/{main('worksheetSource')}") for part in caches]
    # A pivot table over a named range or table does not say which sheet that is on, so it may be this one.
    if any(source is not None and source.get("sheet", sheet).casefold() == sheet.casefold() for source in sources):
        notices.append("Pivot tables over this sheet show the values of before; refresh them in Excel.")
    return notices


def _refuse_changed(source: Path, expected: Fingerprint) -> None:
    if Fingerprint.of(source) != expected:
        raise FileInUse(_CHANGED.format(source.name))


def _expected_cells(edits: SheetEdits) -> dict[tuple[int, int], CellValue]:
    """What must be read back, heading cells included."""
    expected: dict[tuple[int, int], CellValue] = {}
    for column in edits.columns:
        expected[edits.header_row, column.column] = column.spec.heading
        for row, value in column.values.items():
            expected[row, column.column] = storable(value, f"row {row}")
    return expected
