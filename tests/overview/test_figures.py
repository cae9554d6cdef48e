"""Figures by class, year and school: each student once, small groups hidden so that nothing can be worked out."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.overview.figures import Overview
from addin.overview.identity import NOBODY
from addin.overview.parts import change_part
from addin.overview.places import UNKNOWN, Place, place_of, year_in
from addin.overview.seen import ClassSeen, Line, Step
from addin.overview.tally import FIGURES, HIDDEN
from addin.overview.topics import topics_of_years
from addin.overview.workbook import as_csv, as_workbook
from addin.reading.grid import Book
from addin.reading.markbook import read_markbook
from model.fairness import LEAST
from model.vocabulary import STRANDS, Flag
from tests.overview.support import line, seen
from tests.support import HEADINGS, book, students

lines = st.builds(
    Line,
    known=st.just(NOBODY),
    flag=st.sampled_from(Flag),
    risk=st.none() | st.floats(0, 1),
    topics=st.lists(st.sampled_from([("Number", "Fractions"), ("Algebra", "")]), max_size=2, unique=True).map(tuple),
    offered=st.integers(0, 3),
)
names = st.sampled_from(["North Road", "Year 9", "Year 10", "=1+1", "＝1+1", "North;=1+1", "Schüle", "9A", UNKNOWN])
classes = st.lists(
    st.builds(
        ClassSeen,
        file=names,
        sheet=names,
        place=st.builds(Place, school=names, year=names, class_name=names),
        teachers=st.lists(names, max_size=2).map(tuple),
        now=st.none(),
        days=st.just((None, None)),
        queries=st.integers(0, 3),
        lines=st.lists(lines, max_size=14).map(tuple),
    ),
    max_size=8,
)


@given(found=classes, order=st.randoms())
def test_every_way_of_grouping_sums_up_to_the_same_whole_in_any_order(found: list[ClassSeen], order: object) -> None:
    overview = Overview(seen=found)
    other = Overview(seen=sorted(found, key=lambda _: order.random()))  # type: ignore[attr-defined]
    whole = overview.sums()
    for groups in (overview.grouped(lambda place: place.school), overview.grouped(lambda place: place.year)):
        assert sum(tally.students for tally in groups.values()) == whole.students
        assert sum(tally.queries for tally in groups.values()) == whole.queries
        for number in range(len(Flag)):
            assert sum(tally.counts[number] for tally in groups.values()) == whole.counts[number]
    assert sum(len(each.lines) for each in found) == overview.everything().students == sum(overview.everything().counts)
    assert as_csv(overview) == as_csv(other)
    rows = list(csv.DictReader(io.StringIO(as_csv(overview).decode("utf-8-sig"))))
    assert len(rows) == len({each.place for each in found})
    assert not [
        part
        for row in rows
        for cell in row.values()
        for part in cell.split(";")
        if part.startswith(("=", "+", "-", "@", "＝"))
    ]


@given(found=classes)
def test_no_figure_of_a_small_class_can_be_worked_out(found: list[ClassSeen]) -> None:
    overview = Overview(seen=found)
    figures = overview.classes()
    for unit, counted in overview.years().items():
        of_unit = [each for each in figures if (each.place.school, each.place.year) == unit]
        shown = sum(each.tally.students for each in of_unit if not each.tally.is_hidden)
        hidden = [each for each in of_unit if each.tally.is_hidden]
        rest = len(counted) - shown
        assert rest == 0 or (len(hidden) > 1 and rest >= LEAST), "what sums hold beyond the classes that are shown"
    for each in figures:
        if each.tally.is_hidden:
            told = dict(zip(FIGURES, each.tally.figures(), strict=True))
            assert {told["Students"], *(told[flag.value] for flag in Flag), *(told[s.value] for s in STRANDS)} == {
                HIDDEN
            }


def test_a_student_in_two_classes_stands_once_with_the_higher_risk() -> None:
    topics = [("Number", "Fractions")]
    one = seen("9A", *(line(f"id{n}", Flag.ON_TRACK, 0.1) for n in range(12)))
    two = seen(
        "9B",
        line("id3", Flag.HIGH, 0.9, topics=topics, step=Step(way=1, flag=Flag.WATCH)),
        line("id4", Flag.NOT_ENOUGH, None, topics=topics),
        *(line(f"other{n}", Flag.WATCH, 0.5, topics=topics) for n in range(9)),
    )
    overview = Overview(seen=[two, one])
    (year,) = overview.grouped(lambda place: place.year).values()
    assert (year.students, year.counts) == (21, (1, 9, 11, 0, 0))
    assert year == overview.sums()
    assert [each.tally.students for each in overview.classes()] == [12, 11]
    change = overview.classes()[1].tally.changes[0]
    assert (change.compared, change.rose, change.flags) == (1, 1, 1)
    assert overview.in_two_classes == 2
    ((fractions,),) = [each.topics for each in topics_of_years(overview)]
    assert (fractions.students, fractions.of, fractions.flagged, fractions.classes, fractions.of_classes) == (
        11,
        21,
        10,
        1,
        2,
    )


def test_in_two_years_a_student_counts_in_each_and_once_in_the_school() -> None:
    nine = seen("9A", *(line(f"id{n}") for n in range(10)))
    ten = seen("10A", *(line(f"id{n}") for n in range(5, 15)), year="Year 10")
    overview = Overview(seen=[nine, ten])
    assert [tally.students for tally in overview.grouped(lambda place: place.year).values()] == [10, 10]
    assert overview.grouped(lambda place: place.school)["North Road"].students == 15


@pytest.mark.parametrize(
    ("sizes", "told"),
    [((30, 9), 30), ((30, 9, 4), 43), ((30, 5, 4), 30), ((9,), 0), ((4, 5), 0), ((6, 6), 12), ((10,), 10)],
)
def test_when_small_classes_count_in_sums(sizes: tuple[int, ...], told: int) -> None:
    found = [seen(f"9{n}", *(line(f"id{n}-{k}") for k in range(size))) for n, size in enumerate(sizes)]
    tally = Overview(seen=found).sums()
    assert tally.students == told
    assert tally.is_hidden == (told < LEAST)
    assert (HIDDEN in tally.figures()) == (told < LEAST), "not 0, which would be a figure"


def test_students_whom_another_class_has_do_not_make_small_classes_count() -> None:
    large = seen("9A", *(line(f"id{n}") for n in range(20)))
    small = [seen(name, *(line(f"id{n}") for n in range(first, first + 8))) for name, first in (("9B", 0), ("9C", 8))]
    lone = seen("9D", line("someone"))
    overview = Overview(seen=[large, *small, lone])
    assert overview.sums().students == 20
    assert [each.place.class_name for each in overview.classes() if each.tally.is_hidden] == ["9B", "9C", "9D"]


def test_a_change_of_fewer_than_ten_is_neither_told_nor_in_sums() -> None:
    step = Step(way=1, flag=Flag.WATCH)
    few = seen("9A", *(line(f"a{n}", step=step if n < 9 else None) for n in range(20)))
    many = seen("9B", *(line(f"b{n}", step=step) for n in range(11)))
    overview = Overview(seen=[few, many])
    assert [each.tally.changes[0].compared for each in overview.classes()] == [9, 11]
    assert overview.sums().changes[0].compared == 11
    assert overview.sums().students == 31
    rows = change_part(overview).rows
    assert rows[0][4:9] == (HIDDEN,) * 5
    assert rows[1][4:6] == (11, 11)


def test_a_workbook_without_a_result_is_a_line_with_no_figures() -> None:
    place = Place(school="North Road", year="Year 9", class_name="9Z")
    overview = Overview(
        seen=[seen("9A", *(line(f"id{n}") for n in range(10)))],
        refused={"North Road/9Z.xlsx": "the file is cut off"},
        refused_at={"North Road/9Z.xlsx": place},
    )
    nothing = overview.classes()[-1]
    assert (nothing.place, nothing.tally.refused, nothing.tally.students, nothing.tally.is_hidden) == (
        place,
        1,
        0,
        False,
    )
    assert (overview.sums().workbooks, overview.sums().refused) == (1, 1)


def test_an_overview_of_nothing_stands() -> None:
    assert as_workbook(Overview())
    assert as_csv(Overview()).decode("utf-8-sig").count("\n") == 1


@pytest.mark.parametrize(
    ("file", "place"),
    [
        ("North Road/Year 10/10x Ma1.xlsx", ("North Road", "Year 10", "10x Ma1")),
        ("North Road/Y11/set 1.xlsm", ("North Road", "Year 11", "set 1")),
        ("North Road/set 1.xlsx", ("North Road", UNKNOWN, "set 1")),
        ("Year 9.xlsx", (UNKNOWN, "Year 9", "Year 9")),
        ("2026/results 2026.xlsx", ("2026", UNKNOWN, "results 2026")),
        ("Years ago/way 9.xlsx", ("Years ago", UNKNOWN, "way 9")),
    ],
)
def test_what_a_path_tells(file: str, place: tuple[str, str, str]) -> None:
    found = place_of(file)
    assert (found.school, found.year, found.class_name) == place


def placed(file: str, *columns: tuple[str, list[str]], setup: dict[str, str] | None = None, among: int = 1) -> Place:
    rows = [[*row, *(values[place] for _, values in columns)] for place, row in enumerate(students(4))]
    read: Book = book([*HEADINGS, *(heading for heading, _ in columns)], *rows, names=setup)
    return place_of(file, read, read_markbook(read), among=among)


def test_the_workbook_tells_before_its_path_does() -> None:
    both = {"school": "Example School", "class_name": "10x/Ma1"}
    assert placed("North/a.xlsx", setup=both) == Place(school="North", year="Year 10", class_name="10x/Ma1")
    assert placed("a.xlsx", setup=both).school == "Example School"
    assert placed("North/a.xlsx", ("Set", ["8b2"] * 4)) == Place(school="North", year="Year 8", class_name="8b2")
    assert placed("North/a.xlsx", ("Set", ["8b1", "8b2"] * 2)).class_name == "a"
    assert placed("North/10A.xlsx", ("Year group", ["Year 8", "", "8", "Y8"])).year == "Year 8"
    assert placed("North/10A.xlsx", ("Year group", ["7", "8"] * 2)).year == "Year 10"


def test_of_several_classes_in_a_workbook_each_is_called_after_its_set_or_sheet() -> None:
    setup = {"class_name": "Year 10"}
    assert placed("North/a.xlsx", setup=setup, among=2) == Place(school="North", year="Year 9", class_name="Y9")
    assert placed("North/a.xlsx", ("Set", ["8b2"] * 4), setup=setup, among=2).class_name == "8b2"


def test_years_that_are_none() -> None:
    assert [year_in(text) for text in ("Year 0", "Year 14", "y123", "99", "", "Set 9")] == [None] * 6
