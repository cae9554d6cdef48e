"""The figures of the sheet `Summary`, worked out for a workbook that holds values alone.

In the template they are formulas (templates/formulas.py); a test lets LibreOffice calculate those and compares.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from addin.reading.grid import Book, CellValue, Sheet, as_text
from addin.results.class_list import HEADINGS, SHEET
from addin.results.history import read_history
from model.students import MarkState
from model.vocabulary import STRANDS, Flag
from templates.layout import (
    DATA_COLUMN,
    DATA_ROWS,
    DAYS_ROW,
    FIRST_DATA_ROW,
    FLAGS_ROW,
    NEED_ROW,
    RULE_ROW,
)

if TYPE_CHECKING:
    from addin.reading.markbook import Markbook
    from templates.content import Value

Figures = dict[tuple[int, int], "Value"]
"""(row, column) on the sheet, counted from 1, -> what stands there."""

_SCORED_FLAGS = (Flag.HIGH, Flag.WATCH, Flag.ON_TRACK)
_FIRST_DAY = date(1899, 12, 30)
"""Excel counts days from here."""

_LIKELY = re.compile(r"([U\d]) to (\d)")
_TOPIC = re.compile(r"(?:\((?P<beside>\w+)\)|^\d+\. (?P<alone>\w+)):", re.MULTILINE)


def summary_figures(book: Book, markbook: Markbook, class_name: str) -> Figures:
    """Every figure of `Summary`, as the marked sheet, the class list and the history tell it.

    Without a class list nobody knows where students are likely to end, nor what the plain rule says: these cells stay empty.

    Args:
        class_name: Stands in the title; "" leaves it out.
    """
    sheet = book.sheet(markbook.sheet)
    assert sheet is not None, "the markbook was read from this book"
    results = _Results(sheet, markbook)
    figures: Figures = {(1, 1): f"Summary – class {class_name}" if class_name else "Summary"}
    students = len(markbook.students)
    were = "student" if students == 1 else "students"
    scored = sum(risk is not None for risk in results.risks)
    figures[2, 1] = f"{students} {were}, {scored} scored, half-term {markbook.cohort.half_term}"
    figures.update(_flags(results))
    figures.update(_runs(book))
    figures.update(_need(markbook, results))
    listed = _listed(book, markbook.sheet)
    figures.update(_rule(listed))
    figures.update(_gaps(listed))
    return figures


class _Results:
    """The result columns of a marked sheet, a value for each student."""

    def __init__(self, sheet: Sheet, markbook: Markbook) -> None:
        def under(heading: str) -> list[CellValue]:
            column = markbook.results.get(heading)
            return [sheet.cell(student.row, column) if column else None for student in markbook.students]

        self.flags = [as_text(cell) for cell in under("Flag")]
        self.risks = [_number(cell) for cell in under("Risk")]
        self.topics = [str(cell or "") for cell in under("Topics to work on")]


def _number(cell: CellValue) -> float | None:
    return float(cell) if isinstance(cell, (int, float)) and not isinstance(cell, bool) else None


def _flags(results: _Results) -> Iterator[tuple[tuple[int, int], Value]]:
    total = sum(results.flags.count(flag.value) for flag in Flag)
    for row, flag in enumerate(Flag, start=FLAGS_ROW + 2):
        count = results.flags.count(flag.value)
        yield (row, 2), count
        yield (row, 3), count / total if total else None
    yield (FLAGS_ROW + 2 + len(Flag), 2), total


def _runs(book: Book) -> Iterator[tuple[tuple[int, int], Value]]:
    entries = read_history(book) or ()
    days = sorted({entry.day for entry in entries if entry.day is not None})
    counts: dict[int, Sequence[int]] = {}
    for column, day in ((3, days[-1:]), (2, days[-2:-1])):
        if day:
            yield (DAYS_ROW, column), (day[0] - _FIRST_DAY).days
            flags = [as_text(entry.cells[4]) for entry in entries if entry.day == day[0]]
            counts[column] = [flags.count(flag.value) for flag in Flag]
    for place, row in enumerate(range(DAYS_ROW + 1, DAYS_ROW + 1 + len(Flag))):
        for column, known in counts.items():
            yield (row, column), known[place]
        if len(counts) == 2:
            yield (row, 4), counts[3][place] - counts[2][place]


def _need(markbook: Markbook, results: _Results) -> Iterator[tuple[tuple[int, int], Value]]:
    helped = [{found["beside"] or found["alone"] for found in _TOPIC.finditer(topics)} for topics in results.topics]
    everybody = range(len(results.flags))
    groups = [list(everybody)] + [[i for i in everybody if results.flags[i] == flag.value] for flag in _SCORED_FLAGS]
    for row, strand in enumerate(STRANDS, start=NEED_ROW + 2):
        for column, group in enumerate(groups, start=2):
            yield (row, column), _share_earned(markbook, strand, group)
        yield (row, 6), sum(strand.value in strands for strands in helped)


def _share_earned(markbook: Markbook, strand: str, students: Sequence[int]) -> float | None:
    """The marks that these students earned in tests of a strand, as a share of what they could have; None without any."""
    cohort = markbook.cohort
    earned = possible = 0.0
    for place, test in enumerate(cohort.assessments):
        if test.strand != strand or test.out_of is None:
            continue
        for i in students:
            if cohort.state[i, place] == MarkState.MARK:
                earned += float(cohort.earned[i, place])
                possible += test.out_of
    return earned / possible if possible else None


def _listed(book: Book, of_class: str) -> list[dict[str, CellValue]]:
    """The lines of the sheet `Class list` about one class, by heading; none where there is no such sheet of ours."""
    sheet = book.sheet(SHEET)
    columns = range(1, len(HEADINGS) + 1)
    if sheet is None or tuple(as_text(sheet.cell(1, column)) for column in columns) != HEADINGS:
        return []
    lines = [
        dict(zip(HEADINGS, (sheet.cell(row, column) for column in columns), strict=True))
        for row in range(2, len(sheet.rows) + 1)
    ]
    lines = [line for line in lines if as_text(line["Student"])]
    here = [line for line in lines if as_text(line["Student"]).endswith(f" [{of_class}]")]
    return here or lines


def _rule(listed: Sequence[Mapping[str, CellValue]]) -> Iterator[tuple[tuple[int, int], Value]]:
    told = [line["Plain rule"] for line in listed]
    for row, verdict in enumerate(("agrees", "model alone", "rule alone"), start=RULE_ROW + 2):
        yield (row, 2), told.count(verdict) if listed else None


def _gaps(listed: Sequence[Mapping[str, CellValue]]) -> Iterator[tuple[tuple[int, int], Value]]:
    """What the scatter chart draws: how far the middle of the likely grades is from target, and the risk under its flag."""
    columns: Mapping[str, int] = {
        flag.value: column for column, flag in enumerate(_SCORED_FLAGS, start=DATA_COLUMN + 2)
    }
    for row, line in enumerate(listed[:DATA_ROWS], start=FIRST_DATA_ROW):
        risk, target, flag = _number(line["Risk"]), _number(line["Target"]), as_text(line["Flag"])
        likely = _LIKELY.fullmatch(as_text(line["Likely grade"]))
        if likely is None or risk is None or target is None or flag not in columns:
            continue  # a chart leaves empty cells out
        yield (row, DATA_COLUMN + 1), (int(likely[1].replace("U", "0")) + int(likely[2])) / 2 - target
        yield (row, columns[flag]), risk
