"""Each result reaches its student, or nothing is written."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.errors import StudentsMoved, UnsupportedWorkbook
from addin.hosts.guard import refuse_foreign_cells
from addin.hosts.identity import follow
from addin.reading.grid import CellValue, Sheet, Table, as_text
from addin.results.columns import RESULT_COLUMNS
from addin.results.edits import ColumnEdit, Identity, SheetEdits

HEADINGS = ("Name", "Id")
Row = tuple[CellValue, ...]


def sheet_of(*rows: Row, above: int = 0, name: str = "Y9") -> Sheet:
    """A sheet with a heading row, `above` blank rows before it, and the given rows below."""
    return Sheet(name=name, rows=(*[(None, None)] * above, HEADINGS, *rows))


def edits_for(*students: Row, is_new: bool = True) -> SheetEdits:
    """A Why for each student, which names the student, so that a test sees where it went."""
    values: dict[int, CellValue] = {row: whose(student) for row, student in enumerate(students, start=2)}
    return SheetEdits(
        sheet="Y9",
        header_row=1,
        first_row=2,
        last_row=len(students) + 1,
        columns=(ColumnEdit(spec=RESULT_COLUMNS[3], column=3, values=values, is_new=is_new),),
        identity_columns=(1, 2),
        identities=tuple(
            Identity(row=row, texts=(as_text(student[0]), as_text(student[1])))
            for row, student in enumerate(students, start=2)
        ),
        identity_headings=HEADINGS,
    )


def whose(student: Row) -> str:
    return f"why of {as_text(student[0])}/{as_text(student[1])}"


AMIR, BETH, CHLOE = ("Amir", 4827.0), ("Beth", 31.0), ("Chloé", "x7")

student = st.tuples(st.sampled_from(["Amir", "Beth", "NA", "None", "Ng "]), st.integers(1, 40).map(float))
students = st.lists(student, min_size=1, max_size=12, unique_by=lambda row: (as_text(row[0]), as_text(row[1])))


@given(students, st.data())
def test_any_shuffle_leads_each_value_to_its_student(rows: list[Row], data: st.DataObject) -> None:
    strangers = data.draw(st.lists(st.just(("Total", None)) | st.just((None, None)), max_size=4))
    shuffled = data.draw(st.permutations([*rows, *strangers]))
    sheet = sheet_of(*shuffled, above=data.draw(st.integers(0, 3)))
    followed = follow(edits_for(*rows), sheet)
    values = followed.columns[0].values
    assert len(values) == len(rows)
    for row, value in values.items():
        assert value == whose(sheet.rows[row - 1])
        assert followed.first_row <= row <= followed.last_row
    for who in followed.identities:
        assert who.texts == tuple(map(as_text, sheet.rows[who.row - 1]))
    assert sheet.rows[followed.header_row - 1] == HEADINGS


@given(st.lists(student, min_size=1, max_size=8), st.data())
def test_nobody_ever_gets_anothers_value(rows: list[Row], data: st.DataObject) -> None:
    """Also with doubles, lost students and new ones: each value goes to a row with the same texts, or nowhere."""
    now = data.draw(st.lists(st.sampled_from(rows) | student, max_size=10))
    sheet = sheet_of(*now)
    try:
        followed = follow(edits_for(*rows), sheet)
    except StudentsMoved:
        return
    for row, value in followed.columns[0].values.items():
        assert value == whose(sheet.rows[row - 1])


def test_an_unchanged_sheet_gives_the_same_edits() -> None:
    edits = edits_for(AMIR, BETH)
    assert follow(edits, sheet_of(AMIR, BETH, CHLOE)) is edits


def test_doubles_that_did_not_move_are_fine() -> None:
    edits = edits_for(AMIR, AMIR)
    assert follow(edits, sheet_of(AMIR, AMIR)) is edits


@pytest.mark.parametrize(
    ("read", "now", "words"),
    [
        ((AMIR, BETH), (BETH,), "row 2 is no longer found"),
        ((AMIR, BETH), (BETH, CHLOE), "row 2 is no longer found"),
        ((AMIR, BETH), (BETH, AMIR, AMIR), r"row 2 cannot be told.*rows 3, 4"),
        ((AMIR, AMIR), (BETH, AMIR, AMIR), "row 2 cannot be told"),
        ((("", None), BETH), (BETH, (None, "")), "row 2 is no longer found"),
    ],
)
def test_students_who_cannot_be_followed(read: tuple[Row, ...], now: tuple[Row, ...], words: str) -> None:
    with pytest.raises(StudentsMoved, match=f"Sheet 'Y9'.*{words}") as caught:
        follow(edits_for(*read), sheet_of(*now))
    assert "Amir" not in str(caught.value)


def test_the_table_moves_along() -> None:
    table = Table(name="Marks", first_row=1, first_column=1, last_row=3, last_column=2)
    moved = replace(table, first_row=3, last_row=5)
    sheet = replace(sheet_of(AMIR, BETH, above=2), tables=(moved,))
    followed = follow(replace(edits_for(AMIR, BETH), table=table), sheet)
    assert (followed.header_row, followed.first_row, followed.last_row, followed.table) == (3, 4, 5, moved)


def test_headings_that_are_gone() -> None:
    gone = Sheet(name="Y9", rows=(("Name", "Mark"), AMIR, BETH))
    with pytest.raises(StudentsMoved, match="headings 'Name, Id' are no longer there"):
        follow(edits_for(AMIR, BETH), gone)


def test_a_result_column_that_moved() -> None:
    sheet = Sheet(name="Y9", rows=((*HEADINGS, "Mark", "Why"), (*AMIR, 3.0, None)))
    with pytest.raises(StudentsMoved, match="cell C1: the heading is 'Mark' and not 'Why'"):
        follow(edits_for(AMIR, is_new=False), sheet)


def test_a_value_of_nobody_cannot_follow() -> None:
    edits = edits_for(AMIR, BETH)
    column = replace(edits.columns[0], values={**edits.columns[0].values, 9: "?"})
    with pytest.raises(StudentsMoved, match="row 9"):
        follow(replace(edits, columns=(column,)), sheet_of(BETH, AMIR))


def test_what_stands_in_the_way() -> None:
    occupied = Sheet(name="Y9", rows=(HEADINGS, (*AMIR, "note")))
    with pytest.raises(UnsupportedWorkbook, match="cell C2: it holds 'note' where the new column 'Why' goes"):
        refuse_foreign_cells(edits_for(AMIR), occupied)
    refuse_foreign_cells(edits_for(AMIR, is_new=False), occupied)
    with pytest.raises(UnsupportedWorkbook, match="cell C2: a formula"):
        refuse_foreign_cells(edits_for(AMIR, is_new=False), replace(occupied, formulas=frozenset({(2, 3)})))
