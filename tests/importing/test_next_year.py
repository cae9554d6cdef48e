"""A class into its next year: whoever leaves, nobody gets anybody else's baseline, and the marks of nobody are left."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.errors import InDoubt, RequestProblem
from addin.files.rolled_over import roll_over_file
from addin.importing.next_year import NextYear, classes_in, plan_next_year, refuse_guesses
from addin.reading.grid import Book, CellValue, Sheet
from addin.results.history import HEADINGS as RUNS
from tests.support import FIRST_MARK, HEADINGS, book, opened, students, write_workbook

TODAY = date(2026, 7, 17)
MONTH_OF_A_RUN = date(2026, 2, 6)


def year_of(read: Book, *leavers: str, tied: Sequence[int] = ()) -> NextYear:
    classes = classes_in(read)
    rows = {found.sheet.name: frozenset(tied) for found in classes}
    return plan_next_year(read, classes, leavers=leavers, tied=rows, today=TODAY)


@given(
    order=st.permutations(range(10)),
    out=st.sets(st.integers(0, 9)),
    blanks=st.sets(st.integers(0, 9), max_size=3),
    with_ids=st.booleans(),
)
@settings(max_examples=30, deadline=None)
def test_nobody_gets_anothers_baseline(order: list[int], out: set[int], blanks: set[int], with_ids: bool) -> None:
    rows: list[Sequence[CellValue]] = []
    for place, number in enumerate(order):
        row = students(10)[number]
        rows += [[None] * len(HEADINGS)] if place in blanks else []
        rows.append(row if with_ids else [None, *row[1:]])
    named = [student[0] if with_ids else f"{student[2]} {student[1]}" for student in (students(10)[n] for n in out)]
    with tempfile.TemporaryDirectory() as folder:
        path = write_workbook(Path(folder) / "class.xlsx", {"Y9": [HEADINGS, *rows]})
        done = roll_over_file(path, leavers=[str(name) for name in named], today=TODAY)
        _, page = opened(done.output)
        cells = [[cell.value for cell in row] for row in page.iter_rows(min_row=2, max_col=len(HEADINGS))]
    assert [row for row in cells for mark in row[6:] if mark is not None] == []
    wanted = {row[1]: list(row[:6]) for row in rows if row[1] is not None}
    there = {row[1]: row[:6] for row in cells if row[1] is not None}
    stays = [students(10)[n][1] for n in range(10) if n not in out]
    assert there == {name: wanted[name] for name in stays}


ROWS = [HEADINGS, *students(6)]


def test_what_is_emptied_is_told_by_kind() -> None:
    (each,) = year_of(book(*ROWS)).classes
    assert each.emptied == {"marks": 4, "engagement": 3}
    assert (each.students, each.out, each.guessed, each.formulas) == (6, (), (), ())


def test_no_cell_is_emptied_but_those_of_the_year() -> None:
    edits = year_of(book(*ROWS)).edits[0]
    assert {column for _, column in edits.emptied} == set(range(7, len(HEADINGS) + 1))
    assert edits.values == {}


def test_what_is_not_understood_stays_and_is_told() -> None:
    rows = [
        (*HEADINGS, "Locker", "Doodles", "Comments"),
        *([*row, n, "red", "sits in front"] for n, row in enumerate(students(6))),
    ]
    year = year_of(book(*rows))
    assert year.classes[0].kept == ("'Locker' (N1)", "'Doodles' (O1)", "'Comments' (P1)")
    assert max(column for _, column in year.edits[0].emptied) == len(HEADINGS)


def test_runs_of_leavers_are_left_out_and_those_of_a_namesake_stay() -> None:
    rows = [
        ("Student ID", "Name", "Form", "Angles (20)"),
        (None, "Ova Zarrin", "9A", 3),
        (None, "Ova Zarrin", "9B", 4),
        ("Z3", "Tul Beska", "9A", 5),
    ]
    runs = [
        RUNS,
        *(
            (MONTH_OF_A_RUN, who, name, 0.4, "● Watch", 1, 3)
            for who, name in ((None, "Ova Zarrin"), ("Z3", "Tul Beska"))
        ),
    ]
    read = book(*rows)
    read = replace(read, sheets=(*read.sheets, Sheet(name="Runs", rows=tuple(map(tuple, runs)))))
    year = year_of(read, "Z3")
    assert (year.runs, year.runs_out, year.ended) == (1, 1, "2025-26")
    (kept,) = [each for each in year.listings if each.sheet == "Runs 2025-26"]
    assert [row[2] for row in kept.rows] == ["Ova Zarrin"]
    assert [each.rows for each in year.listings if each.sheet == "Runs"] == [()]


def test_a_sheet_of_that_name_that_is_there_is_not_replaced() -> None:
    rows = [("Name", "Angles (20)", "Final grade"), ("Ova", 3, 5), ("Tul", 4, 6)]
    read = book(*rows)
    read = replace(read, sheets=(*read.sheets, Sheet(name="outcomes 2025-26", rows=(("mine",),))))
    assert [each.sheet for each in year_of(read).listings] == ["Outcomes 2025-26 (2)"]


def test_a_teachers_own_sheet_called_runs_is_left_alone() -> None:
    read = book(*ROWS)
    year = year_of(replace(read, sheets=(*read.sheets, Sheet(name="Runs", rows=(("Cricket", "Runs"), ("Ova", 12.0))))))
    assert (year.runs, year.listings) == (0, ())
    assert year.notes == ("The sheet 'Runs' has other headings than the program's and was left alone.",)


@pytest.mark.parametrize(
    ("written", "years", "words"),
    [
        ("2025/26", ("2025/26", "2026/27"), ""),
        ("2025-2026", ("2025-2026", "2026-2027"), ""),
        ("this year", None, "'this year', which stays"),
        (None, None, "names no school year"),
    ],
)
def test_the_school_year_moves_on_in_its_own_spelling(
    written: str | None, years: tuple[str, str] | None, words: str
) -> None:
    setup = Sheet(name="Setup", rows=(("School year", written), ("Half-term", 6.0)))
    read = book(*ROWS, names={"school_year": written, "half_term": 6.0})
    year = year_of(replace(read, sheets=(*read.sheets, setup)))
    assert year.years == years
    assert words in " ".join(year.notes)
    assert year.edits[1].values == ({(1, 2): years[1]} if years else {})
    assert year.edits[1].emptied == {(2, 2)}


def test_a_number_that_two_students_have_names_nobody() -> None:
    rows = [*ROWS, [*students(6)[0]]]
    with pytest.raises(RequestProblem, match="more than one row"):
        year_of(book(*rows), "ZQ1000")


def test_rows_that_stand_fast_are_told() -> None:
    year = year_of(book(*ROWS), "ZQ1000", tied=(2,))
    ((leaver, why),) = year.classes[0].still_there
    assert (leaver.one.row, why) == (2, "a note or a link hangs on one of its cells")
    assert (2, 1) not in year.edits[0].emptied
    assert (2, FIRST_MARK + 1) in year.edits[0].emptied


def test_numbers_under_a_heading_that_says_nothing_are_asked_about() -> None:
    rows = [("Name", "Angles (20)", "Hedgehogs"), *((f"Ova {n}", 10 + n, 5 * n % 7 + 2) for n in range(6))]
    with pytest.raises(InDoubt, match=r"'Hedgehogs' \(C1\)"):
        refuse_guesses(classes_in(book(*rows)))
    refuse_guesses(classes_in(book(*[row[:2] for row in rows])))


def test_a_formula_that_is_not_read_forgets_what_it_said() -> None:
    rows = [(*HEADINGS, "Kittens"), *([*row, 5.0] for row in students(6))]
    read = book(*rows)
    formulas = frozenset((row, len(HEADINGS) + 1) for row in range(2, 8))
    year = year_of(replace(read, sheets=(replace(read.sheets[0], formulas=formulas),)))
    assert formulas <= year.edits[0].emptied
    assert (year.classes[0].kept, year.classes[0].formulas) == ((), ("'Kittens' (N1)",))


def test_a_grade_of_nought_is_a_grade_and_nobody_keeps_one_of_the_year_before() -> None:
    heading = ("Name", "Angles (20)", "Working at", "Final grade", "Last year's grade")
    rows = [heading, ("Ova", 9, 4, 0, 7), ("Tul", 11, 5, None, 6), ("Pim", 12, None, None, 3), ("Mik", 7, 2, 3, None)]
    year = year_of(book(*rows))
    assert year.edits[0].values == {(2, 5): 0, (3, 5): 5, (4, 5): None, (5, 5): 3}
    assert (year.outcomes, year.listings) == (3, ())


def test_what_the_teacher_says_is_to_be_ignored_stays() -> None:
    rows = [("Name", "Angles (20)", "Quiz (10)"), ("Ova", 9, 4), ("Tul", 11, 5), ("Pim", 12, 6)]
    read = book(*rows)
    columns = Sheet(name="Columns", rows=(("Heading", "Means"), ("Quiz (10)", "ignored")))
    year = year_of(replace(read, sheets=(*read.sheets, columns)))
    assert {column for _, column in year.edits[0].emptied} == {2}
    assert year.classes[0].kept == ("'Quiz (10)' (C1)",)
