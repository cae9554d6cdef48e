"""The teacher's map of headings in `Setup`: what it says wins, what it does not say is asked about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from addin.hosts.memory import Memory
from addin.reading.grid import Book, CellValue, Sheet, Table
from addin.reading.headings.column import Role, understand
from addin.reading.headings.map import heading_map
from addin.reading.markbook import read_markbook
from addin.review import score_classes
from model.vocabulary import Strand
from templates.sheets.setup import meanings
from tests.support import Row, book

MARKS: tuple[Row, ...] = (("Name", "Wk 3 quiz", "Angles (20)"), ("Ova", 12, 11), ("Tul", 8, 7))


def with_setup(*rows: Row, marks: tuple[Row, ...] = MARKS) -> Book:
    return Book(sheets=(*book(*rows, name="Setup").sheets, *book(*marks).sheets))


@pytest.mark.parametrize(
    ("meaning", "role", "strand", "out_of"),
    [
        ("Algebra test", Role.TEST, Strand.ALGEBRA, None),
        ("Fractions (15)", Role.TEST, Strand.NUMBER, 15.0),
        ("mock", Role.MOCK, None, None),
        ("Effort", Role.EFFORT, None, None),
        ("target grade", Role.TARGET, None, None),
        ("audit only", Role.AUDIT, None, None),
        ("outcome", Role.OUTCOME, None, None),
        ("ignored", Role.IGNORED, None, None),
        ("Ignore", Role.IGNORED, None, None),
    ],
)
def test_what_the_map_says_wins(meaning: str, role: Role, strand: Strand | None, out_of: float | None) -> None:
    read = heading_map(with_setup(("Heading", "Means"), ("Angles HT2", meaning)))
    assert not read.queries
    (column,) = understand(["Angles HT2"], means=read.means)
    assert (column.role, column.strand, column.out_of) == (role, strand, out_of)
    assert (column.why, column.confidence, column.half_term) == ("Setup", 1.0, 2)


@pytest.mark.parametrize("meaning", meanings())
def test_every_meaning_that_the_template_offers_is_understood(meaning: str) -> None:
    assert not heading_map(with_setup(("Heading", "Means"), ("Wk 3 quiz", meaning))).queries


@pytest.mark.parametrize(
    ("row", "cell", "value"),
    [
        (("Wk 3 quiz", "chess"), "Setup!B2", "chess"),
        (("Wk 3 quiz", None), "Setup!B2", ""),
        (("Wk 3 quiz", "Flag"), "Setup!B2", "Flag"),
        ((None, "effort"), "Setup!A2", ""),
    ],
)
def test_a_row_that_is_not_understood_is_a_query_and_says_nothing(row: Row, cell: str, value: str) -> None:
    markbook = read_markbook(with_setup(("Heading", "Means"), row))
    assert [(query.cell, query.value) for query in markbook.queries] == [(cell, value)]
    assert markbook.queries[0].remedy
    assert markbook.columns[1].role is Role.TEST


def test_a_heading_said_twice_is_a_query_where_the_two_differ() -> None:
    rows: list[Row] = [
        ("Heading", "Means"),
        ("Wk 3 quiz", "effort"),
        ("wk 3  quiz", "homework"),
        ("WK 3 QUIZ", "effort"),
    ]
    read = heading_map(with_setup(*rows))
    assert dict(read.means) == {"wk 3 quiz": "effort"}
    assert [query.cell for query in read.queries] == ["Setup!A3"]


def test_the_block_may_stand_anywhere_and_ends_at_a_blank_row() -> None:
    rows: list[Row] = [
        ("School", "Northgate"),
        (),
        (None, None, "Heading", "Means"),
        (None, None, "Prog 8", "ignored"),
        (),
        (None, None, "x", "y"),
    ]
    read = heading_map(with_setup(*rows))
    assert (dict(read.means), read.queries) == ({"prog 8": "notes"}, ())


def test_in_an_excel_table_blank_rows_are_passed_over() -> None:
    rows: list[Row] = [("Heading", "Means"), (None, None), ("Prog 8", "effort"), (None, None), ("below", "the table")]
    plain = with_setup(*rows)
    table = Table(name="HeadingMap", first_row=1, first_column=1, last_row=4, last_column=2)
    read = heading_map(replace(plain, sheets=(replace(plain.sheets[0], tables=(table,)), plain.sheets[1])))
    assert (dict(read.means), read.queries) == ({"prog 8": "effort"}, ())


def test_a_name_that_only_the_map_knows_leads_to_the_table() -> None:
    marks: tuple[Row, ...] = (("Nickname", "Angles (20)"), ("Ova", 12), ("Tul", 8))
    markbook = read_markbook(with_setup(("Heading", "Means"), ("Nickname", "name"), marks=marks))
    assert [student.name for student in markbook.students] == ["Ova", "Tul"]


def test_a_map_that_fits_nothing_is_said() -> None:
    markbook = read_markbook(with_setup(("Heading", "Means"), ("Wk 4 quiz", "effort")))
    assert "Setup: no heading 'Wk 4 quiz' on this sheet" in markbook.notes


@pytest.mark.parametrize("cell", [None, 3.0, True, "#N/A"])
def test_a_book_without_a_map_has_an_empty_one(cell: CellValue) -> None:
    assert not heading_map(Book(sheets=(Sheet(name="Setup", rows=((cell, cell),)),))).means
    assert not heading_map(Book(sheets=())).means


def test_a_heading_of_results_has_no_other_meaning_and_is_asked_about() -> None:
    marks: tuple[Row, ...] = (("Name", "Angles (20)"), ("Ova", 12), ("Tul", 8))
    host = Memory(with_setup(("Heading", "Means"), ("Risk", "notes"), marks=marks))
    (done,), _ = score_classes(host)
    assert [(query.cell, query.value) for query in done.markbook.queries] == [("Setup!A2", "Risk")]
    marked = host.book.sheets[1].rows
    score_classes(host)
    assert host.book.sheets[1].rows == marked
