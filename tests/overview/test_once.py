"""A student in two classes stands once, and two students never become one."""

from __future__ import annotations

import itertools
from random import Random

import pytest

from addin.overview.identity import Reader
from addin.overview.once import doubtful_names, students_once
from addin.overview.places import Place
from addin.overview.seen import ClassSeen, Line
from addin.reading.grid import Book, CellValue, Sheet
from addin.reading.markbook import read_markbook
from model.vocabulary import Flag

UPN, OTHER_UPN = "B801200005001", "A801200005000"


def read(*classes: tuple[tuple[CellValue, ...], ...]) -> list[ClassSeen]:
    """Classes as sheets of real cells, read as the program reads them."""
    found = []
    for number, rows in enumerate(classes):
        width = len(rows[0])
        marked = tuple(
            (*row, *("Target", "Angles (20)", "Fractions (20)")) if not place else (*row, 6, 11, 9)
            for place, row in enumerate(rows)
        )
        book = Book(sheets=(Sheet(name=f"9{'ABC'[number]}", rows=marked),))
        markbook = read_markbook(book)
        reader = Reader(book, markbook, school="North Road", key=b"one run")
        assert len(markbook.students) == len(rows) - 1, width
        found.append(
            ClassSeen(
                file="year.xlsx", sheet=markbook.sheet, place=Place(school="North Road", year="Year 9", class_name=markbook.sheet),
                teachers=(), now=None, days=(None, None), queries=0,
                lines=tuple(
                    Line(known=reader.known(student), flag=Flag.WATCH, risk=0.5, topics=(), name=student.name)
                    for student in markbook.students
                ),
            )
        )  # fmt: skip
    return found


def groups(*classes: tuple[tuple[CellValue, ...], ...]) -> list[list[str]]:
    """Of each student the places of the lines, such as "9A:0"."""
    return [[f"{seat.seen.sheet}:{seat.row}" for seat in student] for student in students_once(read(*classes))]


ONE, TWO = [["9A:0", "9B:0"]], [["9A:0"], ["9B:0"]]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((("Student ID", "Name"), ("ZQ100", "Ova Zarrin")), (("Student ID", "Name"), ("zq100", "Zarrin, Ova")), ONE),
        ((("Student ID", "Name"), ("ZQ100", "Ova Zarrin")), (("Student ID", "Name"), ("ZQ100", "Ova May Zarrin")), ONE),
        ((("Student ID", "Name"), ("ZQ100", "Ova Zarrin")), (("Student ID", "Name"), ("ZQ100", "Tul Beska")), TWO),
        ((("Student ID", "Name"), ("ZQ100", "Ova Zarrin")), (("Student ID", "Name"), ("ZQ101", "Ova Zarrin")), TWO),
        ((("ID", "Name"), ("1", "Ova Zarrin")), (("ID", "Name"), ("1", "Tul Zarrin")), TWO),
        ((("ID", "Name"), ("1", "Ova Zarrin")), (("ID", "Name"), ("1", "Ova Zarrin")), ONE),
        ((("UPN", "Name"), (UPN, "Ova Zarrin")), (("UPN", "Name"), (UPN.lower(), "Ova Zarrin")), ONE),
        ((("UPN", "Name"), (UPN, "Ova Zarrin")), (("UPN", "Name"), ("B801200005002", "Ova Zarrin")), TWO),
        ((("Name", "Form"), ("Ova Zarrin", "9K")), (("Surname", "Forename", "Form"), ("ZARRIN", "Ova", "9k")), ONE),
        ((("Name", "Form"), ("Ova Zarrin", "9K")), (("Name", "Form"), ("Ova Zarrin", "9L")), TWO),
        ((("Name", "Date of birth"), ("Ova Zarrin", "2011-09-01")), (("Name", "DOB"), ("Ova Zarrín", "01/09/2011")), ONE),
        ((("Name", "DOB"), ("Ova Zarrin", "2011-09-01")), (("Name", "DOB"), ("Ova Zarrin", "2011-09-02")), TWO),
        ((("Name",), ("Ova Zarrin",)), (("Name",), ("Ova Zarrin",)), TWO),
        ((("Name", "Form"), ("Ova", "9K")), (("Name", "Form"), ("Ova", "9K")), TWO),
        ((("Student ID", "Name", "Form"), ("ZQ100", "Ova Zarrin", "9K")), (("Name", "Form"), ("Ova Zarrin", "9K")), ONE),
        ((("Student ID", "Name", "UPN"), ("ZQ100", "Ova Zarrin", UPN)), (("UPN", "Name"), (UPN, "Ova Zarrin")), ONE),
    ],
)  # fmt: skip
def test_who_is_the_same(
    first: tuple[tuple[CellValue, ...], ...], second: tuple[tuple[CellValue, ...], ...], expected: list[list[str]]
) -> None:
    assert groups(first, second) == expected


def test_two_of_a_class_never_become_one() -> None:
    both = (("Student ID", "Name", "Form"), ("ZQ100", "Ova Zarrin", "9K"), ("ZQ101", "Ova Zarrin", "9K"))
    one = (("Name", "Form"), ("Ova Zarrin", "9K"))
    assert groups(both, one) == [["9A:0"], ["9A:1"], ["9B:0"]], "nobody knows which of them the third is"
    assert groups(one, one, both) == [["9A:0"], ["9B:0"], ["9C:0"], ["9C:1"]]


def test_a_row_in_doubt_is_nobodys() -> None:
    twice = (("Student ID", "Name"), ("ZQ100", "Ova Zarrin"), ("ZQ100", "Ova Zarrin"))
    assert groups(twice, twice) == [["9A:0"], ["9A:1"], ["9B:0"], ["9B:1"]]


def test_names_that_may_be_one_student_are_counted() -> None:
    alone = (("Name",), ("Ova Zarrin",), ("Tul Beska",))
    classes = read(alone, (("Name",), ("Zarrin, Ova",), ("Pim Dorro",)))
    assert doubtful_names(students_once(classes)) == 1


def test_the_order_of_the_classes_changes_nobody() -> None:
    random = Random(3)
    ids = [f"ZQ{random.randint(1, 12):04}" for _ in range(24)]
    heads = ("Student ID", "Name", "Form")
    sheets = [
        (heads, *((each, f"Ova Zar{each[-1]}", "9K") for each in dict.fromkeys(ids[first : first + 8])))
        for first in (0, 8, 16)
    ]
    expected = None
    for order in itertools.permutations(sheets):
        classes = read(*order)
        found = {frozenset((seat.line.name, seat.line.known.student_id) for seat in s) for s in students_once(classes)}
        expected = expected or found
        assert found == expected


def test_fingerprints_hold_no_name_and_are_another_runs_no_more() -> None:
    rows = (("Student ID", "Name", "Form"), ("ZQ100", "Ova Zarrin", "9K"))
    book = Book(
        sheets=(
            Sheet(name="9A", rows=tuple((*row, "Angles (20)" if not place else 3) for place, row in enumerate(rows))),
        )
    )
    markbook = read_markbook(book)
    told = [
        Reader(book, markbook, school=school, key=key).known(markbook.students[0])
        for school, key in (("North", b"a"), ("North", b"b"), ("South", b"a"))
    ]
    assert len({each.student_id for each in told}) == 3
    assert not [word for word in ("zq100", "ova", "zarrin", "9k") if word in str(told).casefold()]
