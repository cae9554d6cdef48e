"""Random workbooks: whatever stands in the cells, a class is reviewed or refused in words.

    python -m tests.reading.random_grids [EXAMPLES]

runs 10,000 examples, prints how many were read and how many refused, and exits with 1 at the first unexpected exception.
"""

from __future__ import annotations

import sys
import traceback
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from addin.errors import MarkbookError
from addin.reading.grid import Book, CellValue, Sheet, Table
from addin.results.scored import Review
from addin.review import review

EXAMPLES = 10_000

_words = st.sampled_from(
    [
        "Name", "Student ID", "UPN", "Surname", "Forename", "Form", "Set 2", "Target", "KS2", "Tier", "Homework %", "Attendance",
        "Attendence", "HT1", "Autumn 2", "Effort HT2", "Angles (20)", "Algerba", "Number", "Ratio", "Mock Paper 1 (80)", "Test 1",
        "Test 1 %", "Geography", "Out of", "Average", "Max", "Min", "Total", "Flag", "Risk", "Decision", "Heading", "Means",
        "effort", "ignored", "H", "Abs", "N/A", "NE", "-", "1O", "7/20", "/20", "80%", "0.5", "1,5", "#N/A", "B801200005001",
        "Ova", "Tul", "Zarrin, Ova", "Ova Zarrin", "", " ", "\u00a0", "9" * 400,
    ]
)  # fmt: skip
_numbers = st.integers(-2, 120).map(float) | st.sampled_from([0.5, 0.93, 20.0, 1e308, 45000.0]) | st.floats()
_cells: st.SearchStrategy[CellValue] = st.one_of(
    st.none(),
    _words,
    _numbers,
    st.integers(),
    st.booleans(),
    st.dates(),
    st.times(),
    st.timedeltas(),
    st.text(max_size=4),
)
_who = st.sampled_from(["Name", "Student ID", "Surname", "Pupil", "Forname", "UPN"])
_tests = st.sampled_from(["Angles (20)", "Algerba", "Test 1", "Mock Paper 1 (80)", "Number", "Wk 3 /15"])
_people = st.sampled_from(["Ova", "Tul", "Fen Orlix", "Zarrin, Ova", "Z1", "Max", "B801200005001", None]) | _cells
_headings = st.tuples(_who, _tests, st.lists(_words, max_size=6)).map(lambda parts: [parts[0], parts[1], *parts[2]])
_marks = st.sampled_from([12.0, 8, "7/20", "85%", "Abs", "N/A", "NE", None, 0.5, "1O", 25.0]) | _cells
_students = st.lists(
    st.tuples(_people, _marks, st.lists(_cells, max_size=6)).map(lambda parts: [parts[0], parts[1], *parts[2]]),
    max_size=9,
)
_any_rows = st.lists(st.lists(_cells, max_size=8), max_size=9)


@st.composite
def sheets(draw: st.DrawFn, name: str) -> Sheet:
    """A sheet of random cells: three times in four something like a class, else anything."""
    if draw(st.integers(0, 3)):
        rows = [*draw(st.lists(st.lists(_words, max_size=6), max_size=3)), draw(_headings), *draw(_students)]
    else:
        rows = draw(_any_rows)
    width = max(map(len, rows), default=0)
    cells = tuple((*row, *[None] * (width - len(row))) for row in rows)
    places = st.frozensets(st.tuples(st.integers(1, 10), st.integers(1, 8)), max_size=6)
    top, left = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    table = Table(name="Marks", first_row=top, first_column=left, last_row=top + 4, last_column=left + 3)
    return Sheet(
        name=name,
        rows=cells,
        visible=draw(st.sampled_from([True, True, True, False])),
        tables=(table,) if draw(st.integers(0, 4)) == 0 else (),
        formulas=draw(places),
        percents=draw(places),
        floating_columns=draw(st.integers(0, 12)),
    )


@st.composite
def books(draw: st.DrawFn) -> Book:
    """A workbook of one to three random sheets, `Setup` among them now and then."""
    names = draw(st.sampled_from([("Y9",), ("Y9",), ("Setup", "Y9"), ("Set 1", "Set 2"), ("Markbook", "Y9", "Setup")]))
    half_term = draw(st.sampled_from([None, 3.0, 0, "3", True]))
    return Book(sheets=tuple(draw(sheets(name)) for name in names), names={"half_term": half_term})


def reviewed(book: Book) -> Review | None:
    """The review of a book, checked for what holds for every class; None where the book was refused in words."""
    try:
        done = review(book)
    except MarkbookError:
        return None
    markbook = done.markbook
    scored = sorted(result.priority for result in done.results if result.priority is not None)
    assert scored == list(range(1, len(scored) + 1))
    assert all(result.reasons for result in done.results)
    assert all(result.risk is None or 0 <= result.risk <= 1 for result in done.results)
    assert len({student.key for student in markbook.students}) == len(markbook.students)
    assert all(result.risk is None for s, result in zip(markbook.students, done.results, strict=True) if s.why_not)
    assert all(query.cell and query.rule and query.remedy for query in markbook.queries)
    assert all(0 <= column.confidence <= 1 and column.why for column in markbook.columns)
    return done


def main(examples: int) -> int:
    """Run the examples and print what came of them."""
    counts: Counter[str] = Counter()

    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(books())
    def run(book: Book) -> None:
        counts["read" if reviewed(book) else "refused in words"] += 1

    try:
        run()
    except Exception:
        traceback.print_exc()
        sys.stdout.write("1 unexpected exception\n")
        return 1
    told = ", ".join(f"{count:,} {what}" for what, count in sorted(counts.items()))
    sys.stdout.write(f"{counts.total():,} examples of random grids: {told}; 0 unexpected exceptions\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLES))
