"""Results -> edits: which values go into which cells. Knows no host."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from addin.reading.grid import CellValue
from addin.reading.headings.roles import RESULT_HEADINGS
from addin.reading.markbook import Markbook
from addin.reading.table.asked import as_written
from addin.reading.table.find_class import Found
from addin.results.columns import RESULT_COLUMNS
from addin.results.edits import COLUMNS_SHEET, QUERIES_SHEET, ColumnEdit, Identity, Link, Listing, SheetEdits
from addin.results.in_full import topics_in_full, why_in_full
from addin.results.scored import Result, Review
from addin.results.short import activities_in_short, topics_in_short, why_in_short, with_what_summary_reads
from model.vocabulary import Flag

OLD_SUMMARY = "run_before"
"""A name in workbooks whose `Summary` reads the likely grade and the plain rule's opinion out of `Why`."""


def annotate(
    review: Review,
    *,
    decisions: Mapping[str, tuple[str, str]] | None = None,
    changes: Mapping[str, str] | None = None,
    listings: tuple[Listing, ...] = (),
) -> SheetEdits:
    """The edits that write a review into its sheet.

    Args:
        review: What was found.
        decisions: Student key -> (decision, note) to be carried over into empty cells.
        changes: Student key -> what changed since the last earlier date.
        listings: The program's own sheets that the run replaces or adds.

    Returns:
        Edits for the nine result columns: where an earlier run left them, in place; else right of the last heading, or
        right of the last used column where cells or floating objects are in the way.
    """
    texts: dict[str, dict[int, CellValue]] = {heading: {} for heading in RESULT_HEADINGS}
    flagged: dict[int, Result] = {}
    spelled: dict[str, str] = {}
    summary_reads_why = OLD_SUMMARY in review.book.names
    sure = {student.row for student in review.markbook.students if student.key_is_unique}
    for result in review.results:
        if result.row not in sure:
            continue
        row = result.row
        texts["Flag"][row] = result.flag.value
        texts["Risk"][row] = None if result.risk is None else round(result.risk, 4)
        texts["Priority"][row] = result.priority
        why = why_in_short(result.reasons)
        texts["Why"][row] = with_what_summary_reads(why, result.reasons) if summary_reads_why else why
        if result.flag in (Flag.HIGH, Flag.WATCH):
            flagged[row] = result
        texts["Topics to work on"][row] = topics_in_short(result.topics, language=review.language) or None
        activities = activities_in_short(result.activities)
        texts["Suggested activities"][row] = spelled.setdefault(activities, activities) or None
        texts["Change"][row] = (changes or {}).get(result.key)
        decision, note = (decisions or {}).get(result.key, ("", ""))
        if decision or note:
            texts["Decision"][row], texts["Decision note"][row] = decision or None, note or None
    edits = _edits(review.markbook, texts)
    in_full: dict[str, Mapping[int, str]] = {
        "Why": _Late(flagged, lambda result: why_in_full(result.reasons)),
        "Topics to work on": _Late(flagged, lambda result: topics_in_full(result.topics, language=review.language)),
    }
    columns = tuple(replace(column, in_full=in_full.get(column.spec.heading, {})) for column in edits.columns)
    return replace(edits, columns=columns, listings=listings, language=review.language)


class _Late(Mapping[int, str]):
    """Row -> a text about its student, worked out where somebody asks for it: only open workbooks get notes."""

    def __init__(self, results: Mapping[int, Result], told: Callable[[Result], str]) -> None:
        self._results, self._told = results, told

    def __getitem__(self, row: int) -> str:
        return self._told(self._results[row])

    def __iter__(self) -> Iterator[int]:
        return iter(self._results)

    def __len__(self) -> int:
        return len(self._results)


def queries_listing(markbooks: Sequence[Markbook], *, add: bool) -> Listing:
    """The sheet `Queries`: every cell that was not understood, with a link to it, the rule and the remedy.

    Of several classes each cell is told with its sheet.
    """
    several = len(markbooks) > 1
    return Listing(
        sheet=QUERIES_SHEET,
        headings=("Cell", "Value", "Rule", "Remedy"),
        widths=(12, 24, 52, 60),
        rows=tuple(
            (_link(query.cell, markbook.sheet, several), query.value, query.rule, query.remedy)
            for markbook in markbooks
            for query in markbook.queries
        ),
        add=add,
    )


def _link(cell: str, sheet: str, several: bool) -> Link:
    """The link to a query's cell, which names its sheet ("Setup!B7") where that is not the students' own."""
    named, mark, place = cell.rpartition("!")
    return Link(text=f"{sheet}!{cell}" if several and not mark else cell, sheet=named if mark else sheet, cell=place)


def empty(markbook: Markbook) -> SheetEdits:
    """The edits that empty the seven result columns and leave the teacher's two alone; none where there are no results."""
    rows = [student.row for student in markbook.students]
    cleared: dict[str, dict[int, CellValue]] = {
        spec.heading: {} if spec.teachers else dict.fromkeys(rows) for spec in RESULT_COLUMNS
    }
    return _edits(markbook, cleared, only_existing=True)


def map_edits(found: Found, means: Mapping[str, str]) -> SheetEdits:
    """The edits that keep what a teacher says of headings on the sheet `Columns`; no cell of the class is written."""
    listing = Listing(
        sheet=COLUMNS_SHEET,
        headings=("Heading", "Means"),
        widths=(36, 24),
        rows=tuple(as_written(found, means).items()),
        add=True,
    )
    layout = found.layout
    return SheetEdits(
        sheet=found.sheet.name,
        header_row=layout.header_row,
        first_row=layout.first_row,
        last_row=layout.first_row,
        columns=(),
        identity_columns=(),
        identities=(),
        listings=(listing,),
    )


def _edits(
    markbook: Markbook, texts: Mapping[str, Mapping[int, CellValue]], *, only_existing: bool = False
) -> SheetEdits:
    next_column = max(markbook.last_heading, *markbook.results.values(), 0) + 1
    missing = [spec for spec in RESULT_COLUMNS if spec.heading not in markbook.results]
    if missing and not only_existing and markbook.last_used >= next_column:
        # Something stands or floats there already: the results go right of it.
        next_column = markbook.last_used + 1
    columns = []
    for spec in RESULT_COLUMNS:
        there = markbook.results.get(spec.heading)
        if there is None and only_existing:
            continue
        if there is None:
            place, next_column = next_column, next_column + 1
        else:
            place = there
        columns.append(ColumnEdit(spec=spec, column=place, values=texts[spec.heading], is_new=there is None))
    return SheetEdits(
        sheet=markbook.sheet,
        header_row=markbook.header_row,
        first_row=markbook.first_row,
        last_row=markbook.last_row,
        columns=tuple(columns),
        identity_columns=markbook.identity_columns,
        identity_headings=tuple(
            column.heading for column in markbook.columns if column.index + 1 in markbook.identity_columns
        ),
        identities=tuple(
            Identity(row=student.row, texts=student.texts) for student in markbook.students if student.key_is_unique
        ),
        table=markbook.table,
    )
