"""What an export changes in a markbook: cells to fill, students to add, leavers to mark, and all that is left as it is.

Columns are matched by role (`import_columns`), students by identity (`import_students`). Nothing that stands in a cell is
overwritten without being listed; formulas, results, `Decision` and `Decision note` are never written to.

A student who is on the sheet and not in the export has left. Where the sheet has a column `Status` or `Left`, "Left" is written
there; where it has none, leavers are only listed. Nobody is deleted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from addin.importing.cells import CellForm
from addin.importing.columns import NO_COLUMN, LeftOut, Pair, pair_columns
from addin.importing.export import Export, ExportRow
from addin.importing.leavers import STATUS_HEADINGS
from addin.importing.roll import Person, Roll, person, read_roll, tells_who
from addin.importing.rows import Cells, NewNames, free_rows, in_order, unreadable
from addin.importing.students import Skipped, match
from addin.reading.grid import Book, CellValue, address, as_text
from addin.reading.headings.column import ASSESSMENT_ROLES, ENGAGEMENT_ROLES, WHO_ROLES, Column, Role, understand
from addin.reading.headings.map import heading_map
from addin.reading.markbook import setup_half_term
from addin.reading.table.summary_rows import is_summary
from addin.results.edits import CellEdits

LEFT = "Left"
_MAY_BE_ADDED = (*ASSESSMENT_ROLES, *ENGAGEMENT_ROLES, Role.KS2, Role.BASELINE, Role.TARGET, Role.WORKING_AT, Role.TIER)
"""What may get a column of its own; groups of students that are for the audit alone never do."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A cell that does not say what the export says.

    Args:
        now: What it held when the export came.
        export: What the export says.
        formula: It holds a formula, which is never overwritten.
    """

    cell: str
    heading: str
    who: str
    now: str
    export: str
    formula: bool = False


@dataclass(frozen=True, kw_only=True)
class ImportPlan:
    """What an import does.

    Args:
        known: How many students of the export are on the sheet already.
        added: New students, with the rows that they get.
        leavers: Students of the sheet whom the export does not have.
        status_heading: The column in which leavers are marked, None where the sheet has none.
        returned: Students who are marked as left and are in the export.
        columns_added: New tests that get a column of their own.
        offered: New tests that would get one if that were wanted.
        unread: Values of the export that cannot be read and are not written.
        filled: How many blank cells of students on the sheet are filled.
        kept: Cells that hold something else and keep it.
        changed: Cells that held something else and are overwritten, since that was asked for.
    """

    sheet: str
    pairs: tuple[Pair, ...]
    left_out: tuple[LeftOut, ...]
    known: int
    added: tuple[Person, ...]
    leavers: tuple[Person, ...]
    status_heading: str | None
    returned: tuple[Person, ...]
    columns_added: tuple[Column, ...]
    offered: tuple[str, ...]
    unread: tuple[Difference, ...]
    skipped: tuple[Skipped, ...]
    filled: int
    kept: tuple[Difference, ...]
    changed: tuple[Difference, ...]
    edits: CellEdits


def plan_import(
    book: Book, export: Export, *, sheet: str | None = None, overwrite: bool = False, add_columns: bool = False
) -> ImportPlan:
    """Decide what an export changes.

    Args:
        overwrite: Let the export's value replace another one; such cells are listed all the same. A student ID or UPN never gives
            way to one that tells nobody.
        add_columns: Give tests that the sheet does not have a column each, right of its last one.

    Raises:
        SheetProblem: The sheet cannot be found, or has no room for new students.

    Example:
        >>> from addin.reading.grid import Sheet
        >>> rows = (("Name", "Form", "Fractions (20)"), ("Ova Zarrin", "9K", None), ("Tul Beska", "9K", 11.0))
        >>> export = Export(name="e.csv", headings=("Pupil", "Reg", "Fractions"), encoding="utf-8", separator=",", rows=(
        ...     ExportRow(line=2, cells=("Ova Zarrin", "9K", "15")), ExportRow(line=3, cells=("Tul Beska", "9K", "12")),
        ...     ExportRow(line=4, cells=("Mik Vondel", "9K", "Abs"))))
        >>> plan = plan_import(Book(sheets=(Sheet(name="Y9", rows=rows),)), export)
        >>> plan.edits.values
        {(2, 3): 15.0, (4, 1): 'Mik Vondel', (4, 2): '9K', (4, 3): 'Abs'}
        >>> [(found.cell, found.now, found.export) for found in plan.kept]
        [('C3', '11', '12')]
    """
    roll = read_roll(book, sheet=sheet)
    status = next((column for column in roll.columns if column.heading.casefold() in STATUS_HEADINGS), None)
    told = understand(export.headings, means=heading_map(book).means)
    sources = tuple(
        replace(c, role=Role.IGNORED, why=export.left_out[c.heading]) if c.heading in export.left_out else c
        for c in told
    )
    targets = [column for column in roll.columns if column is not status]
    pairs, left_out = pair_columns(sources, targets, half_term=setup_half_term(book))
    who = [column.index for column in sources if column.role in WHO_ROLES]
    summaries = [row.line for row in export.rows if is_summary(row.cells, who)]
    rows = {row.line: row for row in export.rows if row.line not in summaries}
    new_tests = _new_tests(roll, sources, pairs, left_out, list(rows.values()))
    if add_columns:
        pairs = (*pairs, *new_tests)
        left_out = tuple(each for each in left_out if each.heading not in {pair.source.heading for pair in new_tests})
    matched = match([person(sources, row.cells, line) for line, row in rows.items()], roll.people)
    skipped = [
        *(Skipped(line=line, reason=why) for line, why in export.no_students.items()),
        *(Skipped(line=line, reason="a row of totals or averages") for line in summaries),
        *matched.skipped,
    ]

    draft = _Draft(roll, pairs, list(rows.values()), overwrite=overwrite)
    by_row = {one.row: one for one in roll.people}
    for line, row in sorted(matched.known.items(), key=lambda found: found[1]):
        draft.fill(rows[line], by_row[row])
    filled = len(draft.values) - len(draft.changed)
    if add_columns:
        draft.values |= {(roll.header_row, pair.target.index + 1): pair.target.heading for pair in new_tests}
    if status is not None:
        for one in matched.leavers:
            draft.write(one, status, CellForm(role=Role.IGNORED), LEFT)
    names = NewNames(roll, pairs, sources)
    added = []
    for one in matched.new:
        cells = draft.cells_of(rows[one.row]) | names.cells(one)
        reason = names.why_not(one) or unreadable(roll, cells)
        if reason is None:
            added.append(draft.add(cells))
        else:
            skipped.append(Skipped(line=one.row, reason=reason))
    back = (by_row[row] for row in sorted(matched.known.values()))
    return ImportPlan(
        sheet=roll.sheet.name,
        pairs=pairs,
        left_out=tuple(each for each in left_out if each.heading not in names.used),
        known=len(matched.known),
        added=tuple(added),
        leavers=matched.leavers,
        status_heading=None if status is None else status.heading,
        returned=tuple(one for one in back if status is not None and _has_left(roll, one, status)),
        columns_added=tuple(pair.target for pair in new_tests) if add_columns else (),
        offered=() if add_columns else tuple(pair.target.heading for pair in new_tests),
        unread=tuple(draft.unread),
        skipped=tuple(sorted(skipped, key=lambda each: each.line)),
        filled=filled,
        kept=tuple(draft.kept),
        changed=tuple(draft.changed),
        edits=draft.edits(),
    )


def _new_tests(
    roll: Roll, sources: Sequence[Column], pairs: Sequence[Pair], left_out: Sequence[LeftOut], rows: Sequence[ExportRow]
) -> tuple[Pair, ...]:
    """What the sheet has no column for, each with the one that it may get: the next ones at the right."""
    paired = {pair.source.index for pair in pairs}
    missing = {each.heading for each in left_out if each.reason.startswith(NO_COLUMN.removesuffix(" this"))}
    new = [
        source
        for source in sources
        if source.role in _MAY_BE_ADDED and source.index not in paired and source.heading in missing
        and any(row.cells[source.index] for row in rows)
    ]  # fmt: skip
    last = max((i for cells in roll.sheet.rows for i, cell in enumerate(cells, start=1) if as_text(cell)), default=0)
    last = max(last, roll.sheet.floating_columns, roll.table.last_column if roll.table else 0)
    return tuple(Pair(source=source, target=replace(source, index=last + place)) for place, source in enumerate(new))


def _has_left(roll: Roll, one: Person, status: Column) -> bool:
    return as_text(roll.sheet.cell(one.row, status.index + 1)).casefold() == LEFT.casefold()


class _Draft:
    """The cells to be written, while they are decided."""

    def __init__(self, roll: Roll, pairs: Sequence[Pair], rows: Sequence[ExportRow], *, overwrite: bool) -> None:
        self._roll = roll
        self._overwrite = overwrite
        student_rows = [one.row for one in roll.people]
        self._pairs = [
            (pair, CellForm.of(pair, [row.cells[pair.source.index] for row in rows], roll.sheet, student_rows))
            for pair in pairs
        ]
        self._last_row = self._highest = roll.table.last_row if roll.table else roll.last_row
        self._free = free_rows(roll)
        self.values: dict[tuple[int, int], CellValue] = {}
        self.kept: list[Difference] = []
        self.changed: list[Difference] = []
        self.unread: list[Difference] = []

    def fill(self, row: ExportRow, one: Person) -> None:
        """Write what an export says of a student of the sheet."""
        for pair, form in self._pairs:
            self.write(one, pair.target, form, form.value(row.cells[pair.source.index]))

    def write(self, one: Person, column: Column, form: CellForm, value: CellValue) -> None:
        """Write one cell, unless it says the same already or holds what must be kept."""
        place, sheet = (one.row, column.index + 1), self._roll.sheet
        now, formula = sheet.cell(*place), place in sheet.formulas
        if value is None or (now is not None and form.says_the_same(now, value)):
            return
        if not form.can_be_read(value):
            self.unread.append(
                Difference(
                    cell=address(*place), heading=column.heading, who=str(one), now=as_text(now), export=as_text(value)
                )
            )
            return
        if not formula and not as_text(now):
            self.values[place] = value
            return
        found = Difference(
            cell=address(*place), heading=column.heading, who=str(one), now=as_text(now), export=as_text(value),
            formula=formula,
        )  # fmt: skip
        if formula or not self._overwrite or not tells_who(column.role, as_text(value)):
            self.kept.append(found)
        else:
            self.changed.append(found)
            self.values[place] = value

    def cells_of(self, row: ExportRow) -> Cells:
        """What an export says of a new student."""
        values = {pair.target.index: form.value(row.cells[pair.source.index]) for pair, form in self._pairs}
        forms = {pair.target.index: form for pair, form in self._pairs}
        return {
            index: value for index, value in values.items() if value is not None and forms[index].can_be_read(value)
        }

    def add(self, cells: Cells) -> Person:
        """Give a new student the next free row.

        Raises:
            SheetProblem: There is none.
        """
        place = next(self._free)
        self._highest = max(self._highest, place)
        self.values |= {(place, index + 1): cells[index] for index in sorted(cells)}
        return person(self._roll.columns, in_order(cells), place)

    def edits(self) -> CellEdits:
        """All of it."""
        return CellEdits(
            sheet=self._roll.sheet.name,
            values=dict(self.values),
            first_row=self._roll.first_row,
            last_row=self._last_row,
            added_rows=self._highest - self._last_row,
            table=self._roll.table,
        )
