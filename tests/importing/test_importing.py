"""What an export changes in a markbook, decided in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.errors import FileProblem, SheetProblem, WhichSheet
from addin.importing.changes import ImportPlan, plan_import
from addin.importing.export import Export, ExportRow, read_export
from addin.reading.grid import Book, CellValue, Table, address
from addin.reading.headings.roles import RESULT_HEADINGS
from tests.support import book

UPN, UPN_2, UPN_3 = "B801200005001", "Q801200005002", "E801200005003"
HEADINGS = ("Student ID", "UPN", "Surname", "Forename", "Form", "Target", "Attendance % HT3", "Fractions (20)")
OVA: Sequence[CellValue] = ("ZQ17", UPN, "Zarrin", "Ova", "9K", 5.0, 93.0, 12.0)
TUL: Sequence[CellValue] = ("ZQ18", UPN_2, "Beska", "Tul", "9K", 6.0, None, None)


def export(headings: Sequence[str], *rows: Sequence[str]) -> Export:
    numbered = (ExportRow(line=line, cells=tuple(cells)) for line, cells in enumerate(rows, start=2))
    return Export(name="export.csv", headings=tuple(headings), rows=tuple(numbered), encoding="utf-8", separator=",")


def planned(
    headings: Sequence[str], *rows: Sequence[str], into: Book | None = None, overwrite: bool = False
) -> ImportPlan:
    return plan_import(into or book(HEADINGS, OVA, TUL), export(headings, *rows), overwrite=overwrite)


def reasons(plan: ImportPlan) -> dict[str, str]:
    return {each.heading: each.reason for each in plan.left_out}


# Columns


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("Att % HT3", "Attendance % HT3"),
        ("Attendance Spring 1", "Attendance % HT3"),
        ("MTG", "Target"),
        ("Tutor group", "Form"),
        ("Fractions test", "Fractions (20)"),
        ("FRACTIONS /20", "Fractions (20)"),
        ("Fractions HT1", "Fractions (20)"),
    ],
)
def test_columns_are_matched_by_what_they_are(heading: str, target: str) -> None:
    plan = planned(["Adno", heading], ["ZQ17", "1"])
    assert [(pair.source.heading, pair.target.heading) for pair in plan.pairs][1:] == [(heading, target)]


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("Favourite colour", "not understood"),
        ("Shoe size", "names no mark"),
        ("Decision", "never imported"),
        ("Flag", "never imported"),
        ("Homework % HT3", "no column for homework"),
        ("Attendance % HT2", "no column for attendance, half-term 2"),
        ("Attendance %", "names no half-term, nor does Setup"),
        ("Fractions (25)", "out of 25 and 'Fractions (20)' is out of 20"),
        ("Angles (20)", "no column for this test"),
        ("Mock 1 Paper 2", "no column for this mock"),
    ],
)
def test_a_column_that_goes_nowhere_is_told_with_the_reason(heading: str, words: str) -> None:
    plan = planned(["Adno", heading], ["ZQ17", "1"])
    assert words in reasons(plan)[heading]
    assert not plan.edits.values


def test_setup_says_where_attendance_without_a_half_term_goes() -> None:
    into = replace(book(HEADINGS, OVA, TUL), names={"half_term": 3.0})
    assert planned(["Adno", "Attendance"], ["ZQ18", "88"], into=into).edits.values == {(3, 7): 88.0}
    other = replace(into, names={"half_term": 2.0})
    assert "half-term 2" in reasons(planned(["Adno", "Attendance"], ["ZQ18", "88"], into=other))["Attendance"]


def test_of_two_columns_each_finds_its_own_words_first() -> None:
    into = book(("Name", "Fractions", "Fractions retest", "Mock 1 Paper 1", "Mock 1 Paper 2"), ("Ova", 1.0))
    plan = planned(["Name", "Mock exam 1 (P2)", "Fractions retest", "Fractions"], ["Ova", "3", "2", "1"], into=into)
    assert {pair.source.heading: pair.target.heading for pair in plan.pairs} == {
        "Name": "Name", "Mock exam 1 (P2)": "Mock 1 Paper 2", "Fractions retest": "Fractions retest", "Fractions": "Fractions",
    }  # fmt: skip


def test_a_column_that_could_be_two_goes_nowhere() -> None:
    into = book(("Name", "Fractions HT1", "Fractions HT4"), ("Ova", 1.0))
    plan = planned(["Name", "Fractions"], ["Ova", "3"], into=into)
    assert reasons(plan)["Fractions"] == "it could be 'Fractions HT1' or 'Fractions HT4'"


def test_a_test_with_another_number_is_another_test() -> None:
    into = book(("Name", "Fractions 1 (20)", "Angles (20)"), ("Ova", None, None))
    plan = planned(["Name", "Fractions 2 (20)", "Angles 2 (20)"], ["Ova", "3", "4"], into=into)
    assert plan.edits.values == {(2, 3): 4.0}
    assert plan.offered == ("Fractions 2 (20)",)


def test_a_second_column_for_the_same_goes_nowhere() -> None:
    plan = planned(["Adno", "Target grade", "Target"], ["ZQ17", "7", "5"])
    assert reasons(plan) == {"Target grade": "another column goes into 'Target'"}


def test_audit_columns_are_told_apart() -> None:
    into = book(("Name", "PP", "SEN", "Angles (20)"), ("Ova", None, None, 3.0))
    plan = planned(["Name", "SEN status", "Pupil premium", "EAL"], ["Ova", "K", "Y", "N"], into=into)
    assert plan.edits.values == {(2, 2): "Y", (2, 3): "K"}
    assert list(reasons(plan)) == ["EAL"]


# Students


@pytest.mark.parametrize(
    ("headings", "row"),
    [
        (["Adno"], ["zq18"]),
        (["UPN"], ["q801200005002"]),
        (["Adno", "UPN"], ["ZQ18", ""]),
        (["Surname", "Forename", "Form"], ["BESKA", "Tul", "9k"]),
        (["Name", "Reg"], ["Beska, Tul", "9K"]),
        (["Name"], ["Tul Beska"]),
    ],
)
def test_a_student_is_found_by_number_or_by_name_with_form(headings: list[str], row: list[str]) -> None:
    plan = planned([*headings, "Fractions"], [*row, "15"])
    assert plan.edits.values == {(3, 8): 15.0}
    assert (plan.known, plan.added, [one.row for one in plan.leavers]) == (1, (), [2])


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["", "", "", "", ""]], "no student ID, no valid UPN"),
        ([["tbc", "A801200005001", "", "", "9K"]], "no student ID, no valid UPN"),
        ([["ZQ17", UPN_2, "", "", ""]], "stands in rows 2, 3"),
        ([["ZQ17", UPN_3, "", "", ""]], "do not both fit row 2"),
        (
            [["ZQ17", "", "Zarrin", "Ova", "9K"], ["ZQ17", "", "Zarrin", "Ova", "9K"]],
            "the same student ID stands on lines 2, 3",
        ),
        ([["", "", "Zarrin", "Ova", "9J"]], "same name, with another form"),
        ([["ZQ17", "", "", "", ""], ["", "", "Zarrin", "Ova", "9K"]], "lines 2, 3 all fit row 2"),
    ],
)
def test_in_doubt_nobody_is_changed_and_nobody_concerned_is_a_leaver(rows: list[list[str]], words: str) -> None:
    plan = planned(["Adno", "UPN", "Surname", "Forename", "Form", "Fractions"], *([*row, "19"] for row in rows))
    assert words in plan.skipped[0].reason
    assert not plan.edits.values
    assert not plan.added
    if plan.skipped[0].reason != "it has no student ID, no valid UPN and no name":
        assert 2 not in [one.row for one in plan.leavers]


def test_a_name_that_two_students_have_is_nobody() -> None:
    into = book(("Name", "Angles (20)"), ("Ova Zarrin", 3.0), ("Ova Zarrin", 4.0))
    plan = planned(["Name", "Angles"], ["Ova Zarrin", "5"], into=into)
    assert plan.skipped[0].reason == "the name fits rows 2, 3"
    assert not plan.leavers


def test_a_namesake_with_another_number_is_asked_about() -> None:
    plan = planned(["Adno", "Surname", "Forename", "Form"], ["ZQ99", "Zarrin", "Ova", "9K"])
    assert not plan.added
    assert "same name with another student ID" in plan.skipped[0].reason


def test_a_namesake_in_another_form_with_another_number_is_another_student() -> None:
    plan = planned(["Adno", "Surname", "Forename", "Form"], ["ZQ99", "Zarrin", "Ova", "9Z"])
    assert [(one.row, one.student_id) for one in plan.added] == [(4, "ZQ99")]


def test_noughts_that_excel_dropped_do_not_matter() -> None:
    into = book(("Student ID", "Name", "Angles (20)"), (417.0, "Ova", None), (418.0, "Tul", 2.0))
    plan = planned(["Adno", "Angles"], ["00417", "5"], into=into)
    assert plan.edits.values == {(2, 3): 5.0}
    assert not plan.kept


def test_totals_at_the_foot_of_the_export_are_no_student() -> None:
    plan = planned(["Surname", "Forename", "Fractions"], ["Beska", "Tul", "15"], ["Average", "", "15"])
    assert [each.reason for each in plan.skipped] == ["a row of totals or averages"]
    assert not plan.added


# Cells


def test_blank_cells_are_filled_and_others_kept_and_listed() -> None:
    plan = planned(["Adno", "Target", "Fractions"], ["ZQ17", "7", "12"], ["ZQ18", "6", "Abs"])
    assert plan.edits.values == {(3, 8): "Abs"}
    (kept,) = plan.kept
    assert (kept.cell, kept.heading, kept.who, kept.now, kept.export) == ("F2", "Target", "Ova Zarrin", "5", "7")
    assert plan.filled == 1


def test_overwriting_is_listed_too() -> None:
    plan = planned(["Adno", "Target"], ["ZQ17", "7"], overwrite=True)
    assert plan.edits.values == {(2, 6): 7.0}
    assert [each.cell for each in plan.changed] == ["F2"]
    assert (plan.kept, plan.filled) == ((), 0)


def test_formulas_are_never_overwritten() -> None:
    sheet = replace(book(HEADINGS, OVA, TUL).sheets[0], formulas=frozenset({(2, 8), (3, 8), (3, 7)}))
    plan = planned(
        ["Adno", "Fractions", "Att % HT3"], ["ZQ17", "12", ""], ["ZQ18", "11", "90"], into=Book(sheets=(sheet,)),
        overwrite=True,
    )  # fmt: skip
    assert not plan.edits.values
    assert [(each.cell, each.formula) for each in plan.kept] == [("H3", True), ("G3", True)]


@pytest.mark.parametrize(
    ("now", "told"),
    [(12.0, "12"), (12.0, "12.0"), ("12", "12"), ("Abs", "ABS"), ("17/40", "17/40"), (0.0, "0"), ("42%", "42 %")],
)
def test_the_same_said_otherwise_is_no_difference(now: CellValue, told: str) -> None:
    into = book(("Name", "Fractions (20)"), ("Ova", now), ("Tul", 3.0))
    plan = planned(["Name", "Fractions"], ["Ova", told], into=into)
    assert (plan.kept, dict(plan.edits.values)) == ((), {})


def test_shares_become_per_cent_and_the_other_way_round() -> None:
    in_per_cent = book(("Name", "Attendance %", "Angles (20)"), ("Ova", 93.0, 1.0), ("Tul", None, 2.0))
    plan = planned(["Name", "Attendance"], ["Ova", "0.93"], ["Tul", "0.885"], into=in_per_cent)
    assert (plan.edits.values, plan.kept) == ({(3, 2): 88.5}, ())
    in_shares = book(("Name", "Attendance %", "Angles (20)"), ("Ova", 0.93, 1.0), ("Tul", None, 2.0))
    plan = planned(["Name", "Attendance"], ["Ova", "93%"], ["Tul", "88.5"], into=in_shares)
    assert (plan.edits.values, plan.kept) == ({(3, 2): 0.885}, ())


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "@x", "-1+1", "0417"])
def test_text_that_looks_like_something_else_stays_text(text: str) -> None:
    plan = planned(["Adno", "Surname", "Forename"], ["ZQ17", "Zarrin", "Ova"], [text, "Vondel", "Mik"])
    assert plan.edits.values[4, 1] == text


def test_results_and_decisions_are_never_touched() -> None:
    into = book((*HEADINGS, *RESULT_HEADINGS), (*OVA, "▲ High", 0.9, 1.0, "x", "y", "z", None, "Accept", "rang"), TUL)
    plan = planned(
        [*HEADINGS, *RESULT_HEADINGS], [*["ZQ17"] * 8, *["no"] * 9], ["new", *["x"] * 16], into=into, overwrite=True
    )
    assert max(column for _, column in plan.edits.values) == len(HEADINGS)


# Leavers


@pytest.mark.parametrize("heading", ["Status", "Left"])
def test_leavers_are_marked_where_there_is_a_column_for_it(heading: str) -> None:
    into = book((*HEADINGS, heading), (*OVA, None), (*TUL, "Guest"), ("ZQ19", UPN_3, "Vondel", "Mik", "9K"))
    plan = planned(["Adno"], ["ZQ19"], into=into)
    assert plan.status_heading == heading
    assert plan.edits.values == {(2, 9): "Left"}
    assert [(each.cell, each.now, each.export) for each in plan.kept] == [("I3", "Guest", "Left")]


def test_leavers_are_listed_alone_where_there_is_none() -> None:
    plan = planned(["Adno"], ["ZQ17"])
    assert ([one.row for one in plan.leavers], plan.status_heading, dict(plan.edits.values)) == ([3], None, {})


def test_who_comes_back_is_told() -> None:
    into = book((*HEADINGS, "Status"), (*OVA, "left"), TUL)
    plan = planned(["Adno"], ["ZQ17"], ["ZQ18"], into=into)
    assert [one.row for one in plan.returned] == [2]


# New students


def test_new_students_go_below_in_the_order_of_the_export() -> None:
    plan = planned(
        ["Adno", "Surname", "Forename", "Target"], ["ZQ20", "Vondel", "Mik", "5+"], ["ZQ19", "Trix", "Pel", ""]
    )
    assert [(one.row, one.name) for one in plan.added] == [(4, "Mik Vondel"), (5, "Pel Trix")]
    assert plan.edits.values[4, 6] == "5+"
    assert (plan.edits.last_row, plan.edits.added_rows) == (3, 2)


def test_blank_rows_of_a_table_are_used_first() -> None:
    sheet = replace(
        book(HEADINGS, OVA, TUL, (), ()).sheets[0],
        tables=(Table(name="T", first_row=1, first_column=1, last_row=4, last_column=8),),
    )
    into = Book(sheets=(sheet,))
    plan = planned(["Adno"], ["N1"], ["N2"], ["N3"], into=into)
    assert [one.row for one in plan.added] == [4, 5, 6]
    assert (plan.edits.last_row, plan.edits.added_rows) == (4, 2)


def test_no_room_is_told_with_the_cell() -> None:
    into = book(HEADINGS, OVA, TUL, (), ("Average", None, None, None, None, 5.5))
    assert [one.row for one in planned(["Adno"], ["N1"], into=into).added] == [4]
    with pytest.raises(SheetProblem, match=r"cell A5: 'Average' stands where a new student goes\. Insert"):
        planned(["Adno"], ["N1"], ["N2"], into=into)


def test_names_in_one_column_are_split_where_that_is_sure() -> None:
    rows = (["N1", "Vondel, Mik Jo"], ["N2", "Pel Trix"], ["N3", "Ana van Dask"])
    plan = planned(["Adno", "Pupil name"], *rows)
    assert {place: value for place, value in plan.edits.values.items() if place[1] in (3, 4)} == {
        (4, 3): "Vondel", (4, 4): "Mik Jo", (5, 3): "Trix", (5, 4): "Pel",
    }  # fmt: skip
    assert "cannot be split" in plan.skipped[0].reason
    assert not plan.left_out


@pytest.mark.parametrize(("there", "written"), [("Zarrin, Ova", "Vondel, Mik"), ("Ova Zarrin", "Mik Vondel")])
def test_names_in_two_columns_are_joined_the_markbooks_way(there: str, written: str) -> None:
    into = book(("Name", "Form", "Angles (20)"), (there, "9K", 3.0))
    plan = planned(["Surname", "Forename", "Form"], ["Zarrin", "Ova", "9K"], ["Vondel", "Mik", "9K"], into=into)
    assert plan.edits.values == {(3, 1): written, (3, 2): "9K"}


def test_nobody_is_added_whom_the_markbook_could_not_tell() -> None:
    into = book(("Name", "Angles (20)"), ("Ova Zarrin", 3.0))
    plan = planned(["Adno", "Angles"], ["N1", "5"], into=into)
    assert "no column for what tells who it is" in plan.skipped[0].reason


# Sheets


def test_headings_alone_are_enough() -> None:
    plan = planned(["Adno", "Surname", "Fractions"], ["N1", "Vondel", "5"], into=book(HEADINGS))
    assert plan.edits.values == {(2, 1): "N1", (2, 3): "Vondel", (2, 8): 5.0}


def test_students_without_any_mark_are_enough() -> None:
    into = book(HEADINGS, ("ZQ17", None, "Zarrin", "Ova"), ("ZQ18", None, "Beska", "Tul"))
    assert planned(["Adno", "Fractions"], ["ZQ18", "5"], into=into).edits.values == {(3, 8): 5.0}


def test_several_sheets_are_a_question() -> None:
    one = book(HEADINGS).sheets[0]
    into = Book(sheets=(replace(one, name="Set 1"), replace(one, name="Set 2")))
    with pytest.raises(WhichSheet, match="--sheet"):
        planned(["Adno"], ["N1"], into=into)
    assert plan_import(into, export(["Adno"], ["N1"]), sheet="set 2").sheet == "Set 2"


@pytest.mark.parametrize("name", ["Average", "Set 2", "9K"])
def test_nobody_is_added_who_would_not_be_read_as_a_student(name: str) -> None:
    into = book(("Name", "Angles (20)"), ("Ova Zarrin", 3.0))
    plan = planned(["Name", "Comment"], [name, "x"], ["Tul Beska", "y"], into=into)
    assert [str(one) for one in plan.added] == ["Tul Beska"]
    assert [each.line for each in plan.skipped] == [2]


def test_a_number_that_tells_nobody_never_replaces_one_that_does() -> None:
    plan = planned(["Student ID", "UPN"], ["ZQ17", "ZQ17"], ["0", UPN_2], overwrite=True)
    assert plan.edits.values == {}
    assert [(found.cell, found.export) for found in plan.kept] == [("B2", "ZQ17"), ("A3", "0")]


# Anything


CELL = st.sampled_from(
    ("", "ZQ17", "ZQ18", "0017", UPN, "Zarrin", "Ova", "Tul", "9K", "15",
    "0.5", "101", "42%", "17/40", "Abs", "=1+1", "#N/A", "Average")
) | st.text(max_size=6)  # fmt: skip
HEADING = st.sampled_from(
    (*HEADINGS, "Name", "Attendance", "Fractions HT2", "Mock 1 Paper 2", "Status", "Flag", "SEN", "")
) | (st.text(max_size=6))


def written(into: Book, plan: ImportPlan) -> Book:
    """The book, of one sheet, as it is after the import."""
    (sheet,) = into.sheets
    values = plan.edits.values
    height = max([len(sheet.rows), *(row for row, _ in values)])
    width = max([len(sheet.rows[0]), *(column for _, column in values)])
    rows = (
        tuple(values.get((row, column), sheet.cell(row, column)) for column in range(1, width + 1))
        for row in range(1, height + 1)
    )
    return Book(sheets=(replace(sheet, rows=tuple(rows)),))


@settings(max_examples=300, deadline=None)
@given(headings=st.lists(HEADING, min_size=1, max_size=7), data=st.data(), overwrite=st.booleans())
def test_random_exports_touch_nothing_else_and_change_nothing_again(
    headings: list[str], data: st.DataObject, overwrite: bool
) -> None:
    row = st.lists(CELL, min_size=len(headings), max_size=len(headings))
    into = book((*HEADINGS, "Decision", "Decision note"), (*OVA, "Accept", "rang"), (*TUL, "Defer"))
    rows = data.draw(st.lists(row, max_size=5))
    plan = planned(headings, *rows, into=into, overwrite=overwrite)
    assert all(row > 1 and column <= len(HEADINGS) for row, column in plan.edits.values)
    typed = {
        (row, column)
        for row, cells in ((2, OVA), (3, TUL))
        for column, cell in enumerate(cells, start=1)
        if cell is not None
    }
    overwritten = {address(*place) for place in typed & set(plan.edits.values)}
    assert overwritten == {each.cell for each in plan.changed}
    assert overwrite or not plan.changed
    again = planned(headings, *rows, into=written(into, plan), overwrite=overwrite)
    assert (dict(again.edits.values), again.added, again.edits.added_rows) == ({}, (), 0)


@settings(max_examples=300, deadline=None)
@given(content=st.binary(max_size=60) | st.text(alphabet='Name,;\t\r\n"=\u0000é', max_size=60).map(str.encode))
def test_random_bytes_give_an_export_or_one_of_our_errors(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("random") / "export.csv"
    path.write_bytes(content)
    try:
        read = read_export(path)
    except FileProblem:
        return
    assert all(len(row.cells) == len(read.headings) for row in read.rows)
