"""Results -> edits: nine columns in their order, in a place of their own, the teacher's two left to the teacher."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from addin.hosts.memory import Memory
from addin.reading.grid import Book, Table
from addin.reading.headings.roles import RESULT_HEADINGS
from addin.reading.markbook import read_markbook
from addin.results.annotate import annotate, empty
from addin.results.columns import DECISIONS, FLAG_COLOURS, RESULT_COLUMNS
from addin.results.edits import SheetEdits
from addin.results.in_full import why_in_full
from addin.results.short import LONGEST_WHY, why_in_short
from addin.review import review
from model.vocabulary import Flag
from tests.support import HEADINGS, Row, book, score_class, students

DESIGN = (
    "Flag", "Risk", "Priority", "Why", "Topics to work on", "Suggested activities", "Change", "Decision", "Decision note",
)  # fmt: skip
TEACHERS = ("Decision", "Decision note")
ROWS: tuple[Row, ...] = (HEADINGS, *students(12))
WIDTH = len(HEADINGS)


def edits_of(read: Book, **decisions: tuple[str, str]) -> SheetEdits:
    return annotate(review(read), decisions={f"id:{key.casefold()}": pair for key, pair in decisions.items()})


def places(edits: SheetEdits) -> dict[str, int]:
    return {column.spec.heading: column.column for column in edits.columns}


def test_the_headings_are_those_of_the_design() -> None:
    assert RESULT_HEADINGS == DESIGN
    assert tuple(spec.heading for spec in RESULT_COLUMNS if spec.teachers) == TEACHERS
    assert DECISIONS == ("Accept", "Reject", "Defer")


def test_new_columns_stand_right_of_the_last_heading() -> None:
    edits = edits_of(book(*ROWS))
    assert places(edits) == {heading: WIDTH + 1 + place for place, heading in enumerate(DESIGN)}
    assert all(column.is_new for column in edits.columns)
    assert (edits.header_row, edits.first_row, edits.last_row) == (1, 2, 13)


def test_new_columns_stand_right_of_cells_that_are_in_the_way() -> None:
    noted = [*ROWS[:4], (*ROWS[4], None, None, "left in May"), *ROWS[5:]]
    assert min(places(edits_of(book(*noted))).values()) == WIDTH + 4


def test_new_columns_stand_right_of_a_chart() -> None:
    plain = book(*ROWS)
    charted = replace(plain, sheets=(replace(plain.sheets[0], floating_columns=WIDTH + 7),))
    assert min(places(edits_of(charted)).values()) == WIDTH + 8


def test_columns_of_an_earlier_run_are_used_where_they_stand() -> None:
    host = Memory(book(*ROWS))
    score_class(host)
    moved = [tuple(row[i] for i in (0, *range(WIDTH, WIDTH + 9), *range(1, WIDTH))) for row in host.book.sheets[0].rows]
    edits = edits_of(book(*moved))
    assert places(edits) == {heading: 2 + place for place, heading in enumerate(DESIGN)}
    assert not any(column.is_new for column in edits.columns)


def test_a_column_that_was_deleted_comes_back_at_the_end() -> None:
    host = Memory(book(*ROWS))
    score_class(host)
    without_why = [tuple(cell for i, cell in enumerate(row) if i != WIDTH + 3) for row in host.book.sheets[0].rows]
    edits = edits_of(book(*without_why))
    assert [column.spec.heading for column in edits.columns if column.is_new] == ["Why"]
    assert places(edits)["Why"] == WIDTH + 9


def test_a_second_run_changes_nothing() -> None:
    host = Memory(book(*ROWS))
    score_class(host)
    first = host.book
    score_class(host)
    assert host.book == first


def test_each_student_gets_the_students_own_result() -> None:
    done = review(book(*ROWS))
    columns = {column.spec.heading: column.values for column in annotate(done).columns}
    columns_in_full = {column.spec.heading: column.in_full for column in annotate(done).columns}
    for result in done.results:
        assert columns["Flag"][result.row] == result.flag.value
        assert columns["Priority"][result.row] == result.priority
        assert columns["Risk"][result.row] == (None if result.risk is None else pytest.approx(result.risk, abs=1e-4))
        why = columns["Why"][result.row]
        assert why == why_in_short(result.reasons)
        assert len(str(why)) <= LONGEST_WHY
        if result.flag in (Flag.HIGH, Flag.WATCH):
            assert columns_in_full["Why"][result.row] == why_in_full(result.reasons)
        for need in result.topics:
            assert str(need.topic or need.strand) in str(columns["Topics to work on"][result.row])
        for activity in result.activities:
            assert activity.title in str(columns["Suggested activities"][result.row])


def test_the_teachers_columns_are_written_only_to_carry_a_decision_over() -> None:
    read = book(*ROWS)
    assert all(not column.values for column in edits_of(read).columns if column.spec.teachers)
    columns = {
        c.spec.heading: c.values for c in edits_of(read, ZQ1003=("Accept", ""), ZQ1005=("", "=ring home")).columns
    }
    assert columns["Decision"] == {5: "Accept", 7: None}
    assert columns["Decision note"] == {5: None, 7: "=ring home"}


def test_a_row_that_nothing_tells_from_another_is_not_written() -> None:
    twin = ROWS[3]
    edits = edits_of(book(*ROWS, twin))
    written = {row for column in edits.columns for row in column.values}
    assert written == set(range(2, 14)) - {4}
    assert {who.row for who in edits.identities} == written


def test_clearing_empties_the_seven_and_adds_nothing() -> None:
    assert not empty(read_markbook(book(*ROWS))).columns
    host = Memory(book(*ROWS))
    score_class(host)
    columns = {column.spec.heading: column for column in empty(read_markbook(host.book)).columns}
    assert tuple(columns) == DESIGN
    for heading, column in columns.items():
        assert not column.is_new
        assert column.values == ({} if heading in TEACHERS else dict.fromkeys(range(2, 14)))


def test_a_table_is_handed_on() -> None:
    plain = book(*ROWS)
    table = Table(name="Marks", first_row=1, first_column=1, last_row=13, last_column=WIDTH)
    assert edits_of(replace(plain, sheets=(replace(plain.sheets[0], tables=(table,)),))).table == table


def luminance(colour: str) -> float:
    """Relative luminance of RRGGBB as WCAG 2.2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_formula_of_contrast() -> None:
    assert contrast("000000", "FFFFFF") == pytest.approx(21)
    assert contrast("777777", "FFFFFF") == pytest.approx(4.48, abs=0.005), (
        "the grey that just fails, by WCAG's own example"
    )


@pytest.mark.parametrize("flag", Flag)
def test_text_on_each_flags_fill_can_be_read(flag: Flag) -> None:
    assert contrast(FLAG_COLOURS[flag].fill, FLAG_COLOURS[flag].text) >= 4.5


def test_no_two_flags_look_alike() -> None:
    assert set(FLAG_COLOURS) == set(Flag)
    assert len({flag.value[0] for flag in Flag}) == len(Flag), "the sign alone tells flags apart"
    for one, other in combinations(FLAG_COLOURS.values(), 2):
        assert (one.fill, one.text) != (other.fill, other.text)
