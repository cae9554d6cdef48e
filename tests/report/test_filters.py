"""Who is listed: decisions and groups, told in the heading, and never beside a student."""

from __future__ import annotations

import pytest

from addin.errors import RequestProblem
from addin.reading.grid import Book, CellValue
from addin.report.compose import class_lists
from addin.report.filters import read_filters
from addin.report.page import list_page
from tests.letters.samples import decided_book
from tests.report.printed import TODAY, rows_of, text_of
from tests.support import HEADINGS, book, students


def grouped(groups: list[CellValue], *, heading: str = "SEN", name: str = "Y9") -> Book:
    """A class with an audit column."""
    rows = students(len(groups))
    return book((*HEADINGS, heading), *([*row, group] for row, group in zip(rows, groups, strict=True)), name=name)


def page_of(some: Book, decisions: tuple[str, ...] = (), groups: tuple[str, ...] = ()) -> str:
    return list_page(class_lists(some, filters=read_filters(decisions, groups), today=TODAY).classes)


@pytest.mark.parametrize(
    ("asked", "count"), [(("Accept",), 2), (("accept", "Defer"), 3), (("none",), 3), (("Reject", "none"), 4), ((), 7)]
)
def test_decisions(asked: tuple[str, ...], count: int) -> None:
    some = decided_book(["Accept", None, "Reject", "accept", "", "Defer", None])
    assert len(rows_of(page_of(some, asked))) == count


def test_groups_of_one_heading_are_added_and_headings_narrow() -> None:
    some = grouped(["K", "E", "N", "K", None, "N"])
    assert len(rows_of(page_of(some, groups=("SEN=K",)))) == 2
    assert len(rows_of(page_of(some, groups=("sen=K", "sen=ehcp")))) == 3
    assert len(rows_of(page_of(some, groups=("SEN=not recorded",)))) == 1


def test_a_group_is_told_in_the_heading_and_changes_nothing_beside_a_student() -> None:
    some = grouped(["K", "N"] * 8)
    everybody, listed = page_of(some), page_of(some, groups=("SEN=K",))
    rows = rows_of(listed)
    assert len(rows) == 8
    assert all(row in rows_of(everybody) for row in rows), "flag, risk, reason and priority stay those in the class"
    assert not [row for row in rows if "SEN" in " ".join(row)]
    text = text_of(listed)
    assert "8 of 16 students" in text
    assert text.count("SEN") == text.partition("Only SEN: SEN support.")[2].count("SEN") + 2
    assert "no cause of a flag and no part of a score" in text
    assert "SEN" not in text_of(everybody)


@pytest.mark.parametrize(("size", "others", "charts"), [(9, 12, False), (10, 10, True), (20, 9, False), (20, 0, True)])
def test_no_figures_of_a_group_under_ten_or_of_those_that_are_left(size: int, others: int, charts: bool) -> None:
    page = page_of(grouped(["K"] * size + ["N"] * others), groups=("SEN=K",))
    assert ("<figure>" in page) == charts
    assert len(rows_of(page)) == size


def test_of_several_classes_one_without_the_column_is_left_out_and_said() -> None:
    one, two = grouped(["K"] * 3, name="9A"), book(HEADINGS, *students(3, seed=2), name="9B")
    made = class_lists(Book(sheets=one.sheets + two.sheets), filters=read_filters([], ["SEN=K"]), today=TODAY)
    assert [each.title for each in made.classes] == ["9A"]
    assert "'9B' has no audit column 'SEN'" in made.notices[0]


@pytest.mark.parametrize(
    ("decisions", "groups", "words"),
    [
        (["Perhaps"], [], "Accept, Reject, Defer or none"),
        ([], ["SEN"], "such as PP=Y"),
        ([], ["SEN="], "such as PP=Y"),
        ([], ["PP=Y"], "There are: SEN"),
        ([], ["SEN=X"], "There are: SEN support, no"),
        (["Accept"], [], "Nobody is listed with decision Accept"),
    ],
)
def test_what_makes_no_sense_is_refused(decisions: list[str], groups: list[str], words: str) -> None:
    with pytest.raises(RequestProblem, match=words):
        page_of(grouped(["K", "N"]), tuple(decisions), tuple(groups))


def test_a_sheet_without_audit_columns_says_so() -> None:
    with pytest.raises(RequestProblem, match="It has no such column"):
        page_of(book(HEADINGS, *students(3)), groups=("PP=Y",))
