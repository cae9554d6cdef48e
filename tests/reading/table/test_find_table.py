"""Where the students stand: rows of headings, totals with and without words, sheets beside each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from addin.clinics.planning import plan_class
from addin.errors import NoStudents, WhichSheet
from addin.hosts.memory import Memory
from addin.reading.grid import Book, Sheet, Table
from addin.reading.markbook import read_markbook
from addin.reading.table.find_table import HEADING_ROWS, find_header_row
from tests.support import Row, book, score_class

HEAD: Row = ("Name", "Form", "Angles", "Speed")
OVA: Row = ("Ova Zarrin", "9A", 12, 20)
TUL: Row = ("Tul Beska", "9A", 8, "Abs")


def totals(*rows: Row) -> list[float | None]:
    return [assessment.out_of for assessment in read_markbook(book(*rows)).cohort.assessments]


@pytest.mark.parametrize("notes", [0, 1, HEADING_ROWS - 1])
def test_headings_are_found_in_the_first_25_rows_that_hold_anything(notes: int) -> None:
    rows: list[Row] = [("A note",)] * notes
    assert read_markbook(book(*rows, *[()] * 30, HEAD, OVA, TUL)).header_row == notes + 31


def test_below_the_first_25_rows_nothing_is_looked_for_but_a_table() -> None:
    rows: list[Row] = [*[("A note",)] * HEADING_ROWS, HEAD, OVA, TUL]
    with pytest.raises(NoStudents, match="first 25 rows"):
        read_markbook(book(*rows))
    plain = book(*rows)
    table = Table(name="Marks", first_row=26, first_column=1, last_row=28, last_column=4)
    tabled = replace(plain, sheets=(replace(plain.sheets[0], tables=(table,)),))
    assert len(read_markbook(tabled).students) == 2


@pytest.mark.parametrize(
    ("row", "taken"),
    [
        ((None, None, 20, 30), True),
        ((None, None, "/20", "out of 30"), True),
        ((None, None, 20, None), False),
        ((None, None, 11, 30), False),
        ((None, None, 20.5, 30), False),
        ((None, "9A", 20, 30), False),
        ((None, None, 20, "Abs"), False),
    ],
    ids=["numbers", "texts", "one test alone", "below a mark", "half a mark", "somebody's form", "a word"],
)
def test_totals_that_nothing_names_are_taken_only_where_nothing_else_is_meant(row: Row, taken: bool) -> None:
    markbook = read_markbook(book(HEAD, row, OVA, TUL))
    assert [a.out_of for a in markbook.cohort.assessments] == ([20, 30] if taken else [None, None])
    assert any("Row 2 has no word" in note for note in markbook.notes) == taken
    assert len(markbook.students) == (2 if taken else 3), "what is no row of totals is a student without a name"


def test_weeks_above_the_headings_are_no_totals() -> None:
    assert totals((None, None, 1, 2), HEAD, OVA, TUL) == [None, None]
    assert totals((None, None, 20, 30), HEAD, OVA, TUL) == [20, 30]


def test_a_mark_above_a_total_that_a_word_names_is_the_marks_trouble() -> None:
    markbook = read_markbook(book(("Out of", None, 10, 30), HEAD, OVA, TUL))
    assert [query.cell for query in markbook.queries] == ["C3"]


@pytest.mark.parametrize("word", ["Out of:", "Marks available", "Max.", "total marks =", "MAXIMUM MARK", "Possible"])
def test_words_that_name_totals(word: str) -> None:
    assert totals((word, None, 20, 30), HEAD, OVA, TUL) == [20, 30]
    assert totals(HEAD, OVA, TUL, (word, None, 20, 30)) == [20, 30]


def test_of_a_class_its_register_and_our_own_sheets_the_class_is_read() -> None:
    register = book(("Name", "Form"), ("Ova", "9A"), name="Register").sheets[0]
    ours = book(("Name", "Angles (20)"), ("Ova", 3), name="History").sheets[0]
    marks = book(HEAD, OVA, TUL, name="Y9").sheets[0]
    markbook = read_markbook(Book(sheets=(register, ours, marks)))
    assert markbook.sheet == "Y9"
    assert "Sheet 'Y9' is read; 'Register' not" in markbook.notes
    with pytest.raises(WhichSheet, match="'Y9', 'Y9 again'"):
        read_markbook(Book(sheets=(register, marks, replace(marks, name="Y9 again"))))
    assert read_markbook(Book(sheets=(ours,))).sheet == "History", "a sheet of that name may be all there is"


def test_misspelt_headings_are_looked_for_only_where_no_row_is_spelt_right() -> None:
    sheet = Sheet(name="Y9", rows=(("Surename", "Forname", "Algerba"), ("Zarrin", "Ova", 12)))
    assert find_header_row(sheet) is None
    assert find_header_row(sheet, misspelt=True) == 1


def test_sheets_of_ours_never_hide_a_class_with_misspelt_headings() -> None:
    rows: list[Row] = [("Surename", "Forname", "Algerba (20)"), ("Zarrin", "Ova", 12), ("Beska", "Tul", 4)]
    clinics = Sheet(name="Clinics", rows=(("Slot", "Day", "Strand", "Seats"), ("Mon lunch", "Monday", "Any", 4)))
    given = book(*rows, name="Y9")
    host = Memory(replace(given, sheets=(*given.sheets, clinics)))
    for add_sheets in (True, False):
        assert score_class(host, add_sheets=add_sheets)[0].markbook.sheet == "Y9"
        assert plan_class(host)[0].review.markbook.sheet == "Y9"
    assert {"Runs", "Clinic plan"} <= {sheet.name for sheet in host.book.sheets}


def test_two_rows_of_headings_are_written_back_beside_the_upper_one() -> None:
    rows: list[Row] = [("Name", "Number", None), (None, "Test 1", "Test 2"), ("Ova", 12, 20), ("Tul", 8, 9)]
    markbook = read_markbook(book(*rows))
    assert (markbook.header_row, markbook.first_row, markbook.last_row) == (1, 3, 4)
    assert [a.title for a in markbook.cohort.assessments] == ["Test 1", "Test 2"]


def test_half_terms_over_the_tests_count() -> None:
    rows: list[Row] = [
        (None, "Autumn 1", None, "Spring 2"),
        ("Name", "Angles (20)", "Speed (30)", "Powers (10)"),
        ("Ova", 12, 20, 9),
    ]
    assert [a.half_term for a in read_markbook(book(*rows)).cohort.assessments] == [1, 1, 4]


def test_a_row_below_the_table_is_said() -> None:
    plain = book(HEAD, OVA, TUL, ("Fen Orlix", "9A", 3, 4))
    table = Table(name="Marks", first_row=1, first_column=1, last_row=3, last_column=4)
    markbook = read_markbook(replace(plain, sheets=(replace(plain.sheets[0], tables=(table,)),)))
    assert len(markbook.students) == 2
    assert "Row 4 stands below the table 'Marks' and is not read" in markbook.notes


def test_columns_that_are_left_out_are_said() -> None:
    markbook = read_markbook(book((*HEAD, "Favourite colour", "Doodles"), (*OVA, "blue", None), TUL))
    assert any("'Favourite colour' (E1)" in note and "Doodles" not in note for note in markbook.notes)


def test_what_was_guessed_is_said() -> None:
    markbook = read_markbook(book(("Name", "Attendence", "Bicycle (20)"), ("Ova", 93, 12)))
    (note,) = [note for note in markbook.notes if note.startswith("Guessed")]
    assert "'Attendence' as attendance (close to 'attendance')" in note
    assert "'Bicycle (20)' as test (total beside it)" in note


def test_a_total_that_only_the_cells_tell_stands_with_its_column() -> None:
    assert read_markbook(book(("Name", "Angles"), ("Ova", "12/20"))).columns[1].out_of == 20


def test_of_two_targets_the_first_is_read_and_this_is_said() -> None:
    markbook = read_markbook(book(("Name", "FFT20", "MTG", "Angles (20)"), ("Ova", 6, 4, 12)))
    assert markbook.cohort.target.tolist() == [6]
    assert "target grade: 'FFT20' is read; 'MTG' not" in markbook.notes
