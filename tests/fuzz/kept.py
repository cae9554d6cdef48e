"""What must hold after a run, whatever was on the sheets: nothing of the teacher's changed, our results are read again as ours."""

from __future__ import annotations

from collections.abc import Sequence

from addin.reading.grid import Book, CellValue, Sheet, address, as_text
from addin.results.columns import RESULT_COLUMNS
from addin.results.scored import Review

OWN_SHEETS = frozenset({"queries", "runs", "history", "class list", "support", "columns", "clinic plan", "clinics"})
_OURS = frozenset(column.heading for column in RESULT_COLUMNS if not column.teachers)


def as_stored(cell: CellValue) -> object:
    """A cell in a form that is equal where a reader sees the same: nothing and an empty text are one, as are 7 and 7.0."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, float) and cell != cell:
        return "NaN"
    return (type(cell) is bool, cell)


def cells_of(sheet: Sheet) -> dict[tuple[int, int], object]:
    """(row, column) -> what stands there."""
    return {
        (r, c): as_stored(cell)
        for r, row in enumerate(sheet.rows, start=1)
        for c, cell in enumerate(row, start=1)
        if as_stored(cell) is not None
    }


def refuse_changed_cells(before: Book, after: Book, done: Sequence[Review]) -> None:
    """Fail where a cell changed that is none of ours."""
    read = {review.markbook.sheet: review.markbook for review in done}
    for sheet in before.sheets:
        now = after.sheet(sheet.name)
        if now is None:
            assert sheet.name.casefold() in OWN_SHEETS, "a sheet is gone"
            continue
        if sheet.name.casefold() in OWN_SHEETS and sheet.name not in read:
            continue
        markbook = read.get(sheet.name)
        old, new = cells_of(sheet), cells_of(now)
        header = markbook.header_row if markbook else 0
        students = {student.row for student in markbook.students} if markbook else set()
        earlier = {} if markbook is None else {column: heading for heading, column in markbook.results.items()}
        ours = {
            c
            for c in range(1, 400)
            if markbook and as_text(now.cell(header, c)) in _OURS and (c in earlier or (header, c) not in old)
        }
        # Where the headings of names stand above others, a host follows them.
        ours |= {
            c
            for c in range(1, 400)
            for r in range(1, header)
            if as_text(now.cell(r, c)) in _OURS and (c in earlier or (r, c) not in old)
        }
        for place in old.keys() | new.keys():
            if old.get(place) == new.get(place):
                continue
            row, column = place
            if (
                place not in old
                and row <= header
                and as_text(now.cell(*place)) in {each.heading for each in RESULT_COLUMNS}
            ):
                continue
            assert column in ours, f"a cell is changed that is not ours: {_which(place, old, new)}"
            assert row in students or column in earlier, (
                f"a result stands in no student's row: {_which(place, old, new)}"
            )


def _which(place: tuple[int, int], old: dict[tuple[int, int], object], new: dict[tuple[int, int], object]) -> str:
    what = "added" if place not in old else "emptied" if place not in new else "other value"
    return f"{what}\n{address(*place)}: {old.get(place)}, then {new.get(place)}"


def refuse_other_results(first: Sequence[Review], second: Sequence[Review]) -> None:
    """Fail where a marked book is not reviewed as it was before."""
    assert [each.markbook.sheet for each in first] == [each.markbook.sheet for each in second], "other classes"
    for one, other in zip(first, second, strict=True):
        assert len(other.markbook.results) == len(RESULT_COLUMNS), "results are not read again as ours"
        said = [[(r.key, r.row, r.risk, r.flag, r.priority) for r in each.results] for each in (one, other)]
        assert said[0] == said[1], "the marked book is scored otherwise"


def refuse_unsound(done: Sequence[Review]) -> None:
    """Fail where a review breaks what holds for every class."""
    for each in done:
        ranks = sorted(result.priority for result in each.results if result.priority is not None)
        assert ranks == list(range(1, len(ranks) + 1)), "priorities are not 1 to n"
        assert all(result.reasons for result in each.results), "a student without a reason"
        assert all(result.risk is None or 0 <= result.risk <= 1 for result in each.results), "a risk beyond 0 to 1"
        keys = [student.key for student in each.markbook.students]
        assert len(set(keys)) == len(keys), "two students of one key"
        assert all(query.cell and query.rule and query.remedy for query in each.markbook.queries), "an empty query"
