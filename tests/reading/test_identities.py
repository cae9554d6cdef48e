"""Who stands in a row: by ID or UPN, else by name; nobody is guessed."""

from __future__ import annotations

from datetime import date

import pytest

from addin.reading.grid import CellValue
from addin.reading.markbook import Markbook, read_markbook
from addin.review import review
from tests.support import Row, book

RIGHT, WRONG = "B801200005001", "A801200005001"


def read(headings: Row, *rows: Row) -> Markbook:
    return read_markbook(book((*headings, "Angles (20)"), *((*row, 10 + place) for place, row in enumerate(rows))))


@pytest.mark.parametrize(
    ("headings", "row", "key"),
    [
        (("ID", "UPN", "Name"), ("Z1", RIGHT, "Ova"), "id:z1"),
        (("ID", "UPN", "Name"), (None, RIGHT.lower(), "Ova"), f"id:{RIGHT.lower()}"),
        (("ID", "UPN", "Name"), (None, WRONG, "Ova"), "name:ova|"),
        (("ID", "Name"), (4827.0, "Ova"), "id:4827"),
        (("ID", "Name"), ("-", "Ova"), "name:ova|"),
        (("Surname", "Forename", "Form"), ("Zarrin", "Ova", "9A"), "name:ova zarrin|9a"),
        (("Name", "Set"), ("Zarrin, Ova", 2.0), "name:ova zarrin|2"),
    ],
)
def test_the_surest_identity_is_the_key(headings: Row, row: Row, key: str) -> None:
    assert read(headings, row).students[0].key == key


@pytest.mark.parametrize("value", ["#N/A", "#REF!", True, date(2026, 3, 12)])
def test_what_is_no_text_tells_nobody_and_is_asked_about(value: CellValue) -> None:
    markbook = read(("ID", "Name"), (value, "Ova"), ("Z2", "Tul"))
    assert [query.cell for query in markbook.queries] == ["A2"]
    assert [student.student_id for student in markbook.students] == [None, "Z2"]
    assert not any(student.why_not for student in markbook.students)


def test_one_query_is_enough_where_the_only_identity_cannot_be_read() -> None:
    markbook = read(("Name",), ("#N/A",), ("Tul",))
    assert [query.cell for query in markbook.queries] == ["A2"]
    assert [bool(student.why_not) for student in markbook.students] == [True, False]


def test_a_upn_twice_is_a_query_and_the_student_id_still_counts() -> None:
    markbook = read(("ID", "UPN", "Name"), ("Z1", RIGHT, "Ova"), ("Z2", RIGHT, "Tul"))
    assert [query.cell for query in markbook.queries] == ["B2", "B3"]
    assert not any(student.why_not for student in markbook.students)


def test_a_upn_twice_and_nothing_surer_is_not_scored() -> None:
    markbook = read(("UPN", "Name"), (RIGHT, "Ova"), (RIGHT, "Tul"), (None, "Fen"))
    assert [query.cell for query in markbook.queries] == ["A2", "A3"]
    assert [bool(student.why_not) for student in markbook.students] == [True, True, False]


def test_a_row_without_anybody_changes_nobody_elses_risk() -> None:
    rows: list[Row] = [("Name", "Angles (20)"), *((f"Student {n}", n) for n in range(1, 11))]
    alone = {result.key: result.risk for result in review(book(*rows)).results}
    among = {result.key: result.risk for result in review(book(*rows, (None, 20), rows[3])).results}
    assert among["row:12"] is None
    doubled = rows[3][0]
    without = {result.key: result.risk for result in review(book(*(row for row in rows if row[0] != doubled))).results}
    assert {key: risk for key, risk in among.items() if risk is not None} == without
    assert len(alone) == 10
