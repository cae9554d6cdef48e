"""A grid of cells -> the students and their marks, wherever the teacher has put them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.errors import MarkbookError, NoMarks, NoStudents, SheetProblem, WhichSheet
from addin.hosts.closed_file import ClosedFile
from addin.reading.grid import Book, CellValue, Sheet, Table
from addin.reading.headings.roles import RESULT_HEADINGS
from addin.reading.markbook import Markbook, read_markbook
from addin.review import review
from model.students import MarkState
from templates import layout
from templates.build import SAMPLE_HALF_TERM, class_workbook
from templates.roster import invent_roster
from tests.support import Row, book, write_workbook

PLAIN: Row = ("Name", "Form", "Target", "Angles (20)", "Speed (30)")
OVA: Row = ("Zarrin, Ova", "9A", 6, 12, 20)
TUL: Row = ("Tul Beska", "9A", 5, 8, "Abs")
FEN: Row = ("Fen Orlix", "9B", 4, 3, 9)


def names(markbook: Markbook) -> list[str]:
    return [student.name for student in markbook.students]


def test_the_template(tmp_path: Path) -> None:
    path = tmp_path / "class.xlsx"
    class_workbook(path, students=30, seed=4)
    markbook = read_markbook(ClosedFile(path, output=path).read())
    roster = invent_roster(students=30, seed=4)
    assert [(s.student_id, s.name) for s in markbook.students] == [
        (student.student_id, f"{student.forename} {student.surname}") for student in roster
    ]
    assert [student.row for student in markbook.students] == list(
        range(layout.FIRST_STUDENT_ROW, layout.FIRST_STUDENT_ROW + 30)
    )
    assert (markbook.sheet, markbook.header_row) == ("Markbook", layout.HEADING_ROW)
    assert (markbook.cohort.half_term, markbook.half_term_from) == (SAMPLE_HALF_TERM, "Setup")
    assert markbook.cohort.assessments == layout.assessments()
    assert markbook.table is not None
    assert not markbook.queries


def test_a_plain_sheet() -> None:
    markbook = read_markbook(book(PLAIN, OVA, TUL))
    assert names(markbook) == ["Ova Zarrin", "Tul Beska"]
    assert [student.row for student in markbook.students] == [2, 3]
    assert [assessment.out_of for assessment in markbook.cohort.assessments] == [20, 30]
    assert markbook.cohort.target.tolist() == [6, 5]
    assert (markbook.last_heading, markbook.last_used, markbook.results) == (5, 5, {})


@pytest.mark.parametrize(
    "rows",
    [
        [("Year 9",), (), ("Out of", None, None, 20, 30), ("Name", "Form", "Target", "Angles", "Speed"), OVA, TUL],
        [("Name", "Form", "Target", "Angles", "Speed"), ("Max mark", None, None, 20, 30), OVA, TUL],
        [("Name", "Form", "Target", "Angles", "Speed"), OVA, TUL, ("Max", None, None, 20, 30)],
        [("Name", "Form", "Target", "Angles", "Speed"), OVA, TUL, (None, None, "out of", 20, 30)],
        [("Name", "Form", "Target", "Angles\n/20", "Speed out of 30"), OVA, (), TUL, ()],
    ],
    ids=["above", "below the headings", "at the foot", "its label elsewhere", "in the headings"],
)
def test_wherever_the_totals_stand(rows: list[Row]) -> None:
    markbook = read_markbook(book(*rows))
    assert names(markbook) == ["Ova Zarrin", "Tul Beska"]
    assert [assessment.out_of for assessment in markbook.cohort.assessments] == [20, 30]
    assert markbook.cohort.earned[0].tolist() == [12, 20]
    assert not markbook.queries


def test_the_strands_stand_in_a_row_above() -> None:
    rows: list[Row] = [(None, None, None, "Number", "Ratio"), ("Name", "Form", "Target", "Test 1", "Test 2"), OVA, TUL]
    assert [a.strand for a in read_markbook(book(*rows)).cohort.assessments] == ["Number", "Ratio"]


@pytest.mark.parametrize(
    "word", ["Average", "Class average", "Total", "Mean", "Median", "Max", "Min", "Standard deviation"]
)
def test_a_summary_row_is_no_student(word: str) -> None:
    markbook = read_markbook(book(PLAIN, OVA, TUL, (word, None, 5.5, 10, 20), ("Key: Abs = absent",)))
    assert names(markbook) == ["Ova Zarrin", "Tul Beska"]
    assert not markbook.queries


def test_a_maximum_beside_a_minimum_is_no_total() -> None:
    bare: Row = ("Name", "Form", "Target", "Angles", "Speed")
    markbook = read_markbook(book(bare, OVA, TUL, ("Max", None, None, 12, 20), ("Min", None, None, 8, 20)))
    assert [assessment.out_of for assessment in markbook.cohort.assessments] == [None, None]
    assert names(markbook) == ["Ova Zarrin", "Tul Beska"]


@pytest.mark.parametrize("name", ["Max", "Means", "Count", "Total"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_boy_called_max_is_a_student(name: str, place: int) -> None:
    rows: list[Row] = [("Orlix", "Fen", 3), ("Zarrin", "Ova", 12), ("Beska", "Tul", 8)]
    rows.insert(place, ("Quent", name, 15))
    for headings, order in ((("Surname", "Forename"), (0, 1, 2)), (("Forename", "Surname"), (1, 0, 2))):
        turned = [tuple(row[i] for i in order) for row in rows]
        markbook = read_markbook(book((*headings, "Angles (20)"), *turned, ("Average", None, 9)))
        assert names(markbook) == [f"{row[1]} {row[0]}" for row in rows]
        assert markbook.cohort.assessments[0].out_of == 20


def test_students_below_a_summary_row_are_not_lost() -> None:
    markbook = read_markbook(book(PLAIN, OVA, ("Average", None, 6, 12, 20), TUL, ("Boys", None, 5, 8, None)))
    assert names(markbook) == ["Ova Zarrin", "Tul Beska"]
    assert [note for note in markbook.notes if "row 3" in note.casefold()]


def test_blank_rows_and_rows_of_worked_out_cells_are_passed_over() -> None:
    rows: list[Row] = [
        ("No", "Name", "Angles (20)", "Total"),
        (1, "Ova", 12, 12),
        (),
        (2, "", None, 0),
        (3, "Tul", 8, 8),
    ]
    markbook = read_markbook(book(*rows))
    assert names(markbook) == ["Ova", "Tul"]
    assert not markbook.queries


def test_a_row_of_marks_without_a_student_is_a_query_and_listed_but_not_scored() -> None:
    markbook = read_markbook(book(PLAIN, OVA, (None, None, None, 12, None), TUL))
    assert names(markbook) == ["Ova Zarrin", "", "Tul Beska"]
    assert [query.cell for query in markbook.queries] == ["A3"]
    nobody = markbook.students[1]
    assert nobody.why_not
    assert not nobody.key_is_unique
    assert nobody.student_id is None


def test_names_that_other_programs_take_for_blanks() -> None:
    markbook = read_markbook(book(("Name", "Angles (20)"), ("NA", 12), ("None", 8), ("nan", 3)))
    assert names(markbook) == ["NA", "None", "nan"]


def test_each_query_names_cell_value_rule_and_remedy() -> None:
    rows: list[Row] = [("Name", "Target", "Effort", "Angles (20)"), ("Ova", 12, 3, 21), ("Tul", 5, "good", "1O")]
    found = {query.cell: query for query in read_markbook(book(*rows, ("Fen", 5, 3, 10))).queries}
    assert {cell: query.value for cell, query in found.items()} == {"B2": "12", "D2": "21", "C3": "good", "D3": "1O"}
    assert all(query.rule and query.remedy for query in found.values())


def test_doubles_are_told_and_not_scored_while_the_class_is() -> None:
    rows: list[Row] = [
        ("ID", "Name", "Angles (20)"),
        ("Z1", "Ova", 12),
        ("Z2", "Tul", 8),
        ("z1", "Fen", 3),
        ("Z4", "Bri", 15),
    ]
    markbook = read_markbook(book(*rows))
    assert [query.cell for query in markbook.queries] == ["A2", "A4"]
    assert [student.why_not is None for student in markbook.students] == [False, True, False, True]
    assert len({student.key for student in markbook.students}) == 4
    alone = review(book(*(rows[i] for i in (0, 2, 4))))
    among = review(book(*rows))
    assert [result.risk for result in among.results if result.risk is not None] == [r.risk for r in alone.results]


def test_the_same_name_in_another_form_is_another_student() -> None:
    markbook = read_markbook(book(PLAIN, OVA, (OVA[0], "9B", 6, 12, 20)))
    assert not markbook.queries
    assert len({student.key for student in markbook.students}) == 2


def test_formats_of_per_cent_are_heeded() -> None:
    plain = book(("Name", "Attendance %", "Angles (20)"), ("Ova", 1.0, 0.5), ("Tul", 1.0, 15))
    shown = replace(plain, sheets=(replace(plain.sheets[0], percents=frozenset({(2, 2), (3, 2), (2, 3)})),))
    cohort = read_markbook(shown).cohort
    assert cohort.attendance[:, 0].tolist() == [100, 100]
    assert cohort.earned[:, 0].tolist() == [10, 15]


@pytest.mark.parametrize(
    ("value", "half_term"), [(3.0, 3), (6, 6), (0, 1), (7, 1), (2.5, 1), ("3", 1), (True, 1), (None, 1)]
)
def test_the_half_term_of_setup(value: CellValue, half_term: int) -> None:
    markbook = read_markbook(book(PLAIN, OVA, TUL, names={"half_term": value}))
    assert markbook.cohort.half_term == half_term
    assert (markbook.half_term_from == "Setup") == (half_term != 1)


@pytest.mark.parametrize(
    ("rows", "error", "words"),
    [
        ([], NoStudents, "No sheet with students"),
        ([("Cover",)], NoStudents, "No sheet with students"),
        ([PLAIN], NoStudents, "no student below"),
        ([PLAIN, (), ("Average", None, 3, 4, 5)], NoStudents, "no student below"),
        ([("Name", "Target"), ("Ova", 5)], NoMarks, "no column of marks"),
        ([PLAIN, ("Ova", "9A", 6, None, "Abs")], NoMarks, "not one mark"),
        ([PLAIN, ("Ova", "9A", 6, "12?", None)], NoMarks, "cell D2: '12\\?'"),
    ],
)
def test_what_cannot_be_read(rows: list[Row], error: type[MarkbookError], words: str) -> None:
    with pytest.raises(error, match=words):
        read_markbook(book(*rows))


def test_a_year_that_begins_waits_for_marks() -> None:
    markbook = read_markbook(book(PLAIN, ("Ova", "9A", 6, None, None), ("Tul", "9B", 5, None, None)))
    assert not markbook.cohort.has_mark.any()
    assert any("No mark is entered yet" in note for note in markbook.notes)


def test_numbers_that_may_be_marks_are_no_blank_year() -> None:
    with pytest.raises(NoMarks, match="not one mark"):
        read_markbook(book((*PLAIN, "Doodles"), ("Ova", "9A", 6, None, None, 4), ("Tul", "9B", 5, None, None, 3)))


@pytest.mark.parametrize(("results", "marks"), [((0.0, 0.0), 0), ((0.0, 7.0), 2), ((0.0, None), 1)])
def test_the_sum_of_blank_cells_is_no_mark(results: tuple[float | None, ...], marks: int) -> None:
    rows = [PLAIN, *(("Ova" + str(n), "9A", 6, None, result) for n, result in enumerate(results))]
    read = book(*rows)
    formulas = frozenset((row, 5) for row in range(2, 2 + len(results)))
    markbook = read_markbook(replace(read, sheets=(replace(read.sheets[0], formulas=formulas),)))
    assert markbook.cohort.has_mark.sum() == marks
    assert any("taken for not entered yet" in note for note in markbook.notes) == (marks == 0)


def two_sheets(first: str, second: str) -> Book:
    return Book(sheets=(*book(PLAIN, OVA, name=first).sheets, *book(PLAIN, TUL, FEN, name=second).sheets))


def test_among_several_sheets_one_must_be_named() -> None:
    with pytest.raises(WhichSheet, match=r"'Set 1', 'Set 2'.*--sheet"):
        read_markbook(two_sheets("Set 1", "Set 2"))
    assert len(read_markbook(two_sheets("Set 1", "Set 2"), sheet="set 2").students) == 2
    assert len(read_markbook(two_sheets("Set 1", "MARKBOOK")).students) == 2
    with pytest.raises(NoStudents, match=r"no sheet 'Set 3'.*'Set 1', 'Set 2'"):
        read_markbook(two_sheets("Set 1", "Set 2"), sheet="Set 3")


def test_a_hidden_sheet_is_read_only_when_it_is_named() -> None:
    both = two_sheets("Set 1", "Set 2")
    one_hidden = replace(both, sheets=(both.sheets[0], replace(both.sheets[1], visible=False)))
    assert len(read_markbook(one_hidden).students) == 1
    assert len(read_markbook(one_hidden, sheet="Set 2").students) == 2


def test_a_table_says_where_headings_and_students_are() -> None:
    rows: list[Row] = [("Name", "Form", "Target"), PLAIN, OVA, TUL, ("Fen", "9A", 5, 4, 3)]
    table = Table(name="Marks", first_row=2, first_column=1, last_row=4, last_column=5)
    plain = book(*rows)
    markbook = read_markbook(replace(plain, sheets=(replace(plain.sheets[0], tables=(table,)),)))
    assert (markbook.header_row, names(markbook)) == (2, ["Ova Zarrin", "Tul Beska"])


@pytest.mark.parametrize("heading", ["Priority", "change", "Why"])
def test_a_column_of_the_teachers_own_is_never_taken_for_a_result(heading: str) -> None:
    with pytest.raises(SheetProblem, match=rf"cell F1: a column of yours is called '{heading.capitalize()}'"):
        read_markbook(book((*PLAIN, heading), (*OVA, "mine"), TUL))
    assert read_markbook(book((*PLAIN, f"My {heading}"), (*OVA, "mine"), TUL)).results == {}
    assert read_markbook(book((*PLAIN, heading), OVA, TUL)).results == {heading.capitalize(): 6}, (
        "an empty one may be used"
    )


def test_earlier_results_are_found_however_they_are_spelt() -> None:
    headings = (*PLAIN, *(heading.upper() for heading in RESULT_HEADINGS))
    markbook = read_markbook(book(headings, OVA, TUL))
    assert markbook.results == {heading: 6 + place for place, heading in enumerate(RESULT_HEADINGS)}
    assert markbook.last_heading == len(PLAIN)


def test_a_formula_that_excel_has_not_worked_out_is_a_query_and_no_blank() -> None:
    plain = book(PLAIN, (*OVA[:3], None, 20), TUL)
    worked_out = replace(plain, sheets=(replace(plain.sheets[0], formulas=frozenset({(2, 4), (3, 4), (9, 4)})),))
    markbook = read_markbook(worked_out)
    assert [query.cell for query in markbook.queries] == ["D2"]
    assert "save" in markbook.queries[0].remedy


def test_a_whole_file_of_messy_cells(tmp_path: Path) -> None:
    rows: list[Row] = [
        ("Year 9 maths",), (), ("Out of", None, None, 40, 20),
        ("Surname", "Forename", "Target", "Fractions", "Ratio"),
        ("Zarrin ", " Ova", "6", "17/40", "85%"), ("Beska", "Tul", 5, "15 ", "ex"), (), ("NA", "None", 4, 0, "x"),
        ("Average", None, 5, 14.5, 17),
    ]  # fmt: skip
    path = write_workbook(tmp_path / "messy.xlsx", {"Cover": [("Maths",)], "Y9": rows})
    markbook = read_markbook(ClosedFile(path, output=path).read())
    assert (markbook.sheet, names(markbook)) == ("Y9", ["Ova Zarrin", "Tul Beska", "None NA"])
    assert markbook.cohort.earned[:, 0].tolist() == [17, 15, 0]
    assert markbook.cohort.earned[0, 1] == 17
    assert markbook.cohort.state[1:, 1].tolist() == [MarkState.NOT_REQUIRED, MarkState.ABSENT]
    assert not markbook.queries


@given(
    st.lists(
        st.tuples(st.sampled_from(["Z1", "z1", "Z2", None]), st.sampled_from(["Ova", "Tul"])), min_size=1, max_size=6
    )
)
@settings(max_examples=60, deadline=None)
def test_keys_are_always_different(people: list[tuple[str | None, str]]) -> None:
    rows: list[Row] = [(number, name, 10) for number, name in people]
    markbook = read_markbook(book(("ID", "Name", "Angles (20)"), *rows))
    assert len({student.key for student in markbook.students}) == len(people)
    assert np.array_equal(markbook.cohort.keys, [student.key for student in markbook.students])


def test_a_sheet_of_one_cell() -> None:
    with pytest.raises(NoStudents):
        read_markbook(Book(sheets=(Sheet(name="Y9", rows=(("Name",),)),)))
