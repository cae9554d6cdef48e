"""Totals by school, year group and class, and the overview that is made from them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.batch.overview import as_csv, as_workbook
from addin.batch.places import UNKNOWN, Place, place_of, year_in
from addin.batch.task import Outcome, refusal
from addin.batch.totals import FIGURES, Overview, Totals
from addin.reading.grid import Book
from addin.reading.markbook import read_markbook
from model.vocabulary import STRANDS, Flag
from tests.files.package.lint import lint
from tests.support import HEADINGS, book, students

small = st.integers(0, 50)
names = st.sampled_from(["North Road", "Year 9", "Year 10", "=1+1", "＝1+1", "North;=1+1", "Schüle", "9A", UNKNOWN])
outcomes = st.lists(
    st.builds(
        Outcome,
        file=st.just("9A.xlsx"),
        place=st.builds(Place, school=names, year=names, class_name=names),
        refused=st.sampled_from([None, None, "the file is empty"]),
        students=small,
        counts=st.fixed_dictionaries({flag.value: small for flag in Flag}),
        needs=st.fixed_dictionaries({strand.value: small for strand in STRANDS}),
        queries=small,
    ),
    max_size=12,
)


@given(done=outcomes, order=st.randoms())
def test_every_way_of_grouping_sums_up_to_the_same_whole_in_any_order(done: list[Outcome], order: object) -> None:
    overview, other = Overview(), Overview()
    for outcome in done:
        overview.add(outcome)
    for outcome in sorted(done, key=lambda _: order.random()):  # type: ignore[attr-defined]
        other.add(outcome)
    whole = overview.everything()
    good = [outcome for outcome in done if outcome.refused is None]
    assert whole.figures()[:3] == [len(good), len(done) - len(good), sum(outcome.students for outcome in good)]
    for grouped in (
        overview.grouped(lambda place: place.school),
        overview.grouped(lambda place: place.year),
        {str(place): totals for place, totals in overview.classes()},
    ):
        again = Totals()
        for totals in grouped.values():
            again.merge(totals)
        assert again == whole
    assert as_csv(overview) == as_csv(other)
    rows = list(csv.DictReader(io.StringIO(as_csv(overview).decode("utf-8-sig"))))
    assert [sum(int(row[figure]) for row in rows) for figure in FIGURES] == whole.figures()
    assert not [part for row in rows for cell in row.values() for part in cell.split(";") if part[:1] in "=+-@＝"]


def test_the_overview_is_a_sound_workbook_with_every_figure(tmp_path: Path) -> None:
    overview = Overview()
    for school in ("North Road", "=South"):
        for number in (9, 10):
            overview.add(
                Outcome(
                    file=f"{school}/{number}.xlsx",
                    place=Place(school=school, year=f"Year {number}", class_name=f"{number}A"),
                    students=30,
                    counts={flag.value: place + 1 for place, flag in enumerate(Flag)},
                    needs={strand.value: place for place, strand in enumerate(STRANDS)},
                    queries=2,
                )
            )
    overview.add(refusal("North Road/cut off\udcff\n.xlsx", "the file is cut off. Copy it again."))
    path = tmp_path / "overview.xlsx"
    path.write_bytes(as_workbook(overview))
    assert path.read_bytes() == as_workbook(overview)
    assert lint(path) == []
    workbook = openpyxl.load_workbook(path)
    assert workbook.sheetnames == ["Schools", "Years", "Classes", "Refused"]
    schools = list(workbook["Schools"].iter_rows(min_row=4, values_only=True))
    assert schools[0][: 4 + len(Flag)] == ("School", "Workbooks", "Refused", "Students", *(flag.value for flag in Flag))
    assert [row[:4] for row in schools[1:]] == [
        ("=South", 2, 0, 60), ("North Road", 2, 1, 60), (None,) * 4, ("All", 4, 1, 120),
    ]  # fmt: skip
    assert all(cell.data_type != "f" for sheet in workbook for row in sheet.iter_rows() for cell in row)
    assert [row[0] for row in workbook["Years"].iter_rows(min_row=5, values_only=True)][:3] == [
        UNKNOWN,
        "Year 9",
        "Year 10",
    ]
    # A template copied for a second class without a new name in Setup is one class here, and the sheet says so.
    assert "same school and year and class are added up" in workbook["Classes"]["A2"].value
    assert workbook["Refused"]["A5"].value == "North Road/cut off? .xlsx"


def test_an_overview_of_nothing_is_sound_too(tmp_path: Path) -> None:
    path = tmp_path / "overview.xlsx"
    path.write_bytes(as_workbook(Overview()))
    assert lint(path) == []


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


def placed(file: str, *columns: tuple[str, list[str]], setup: dict[str, str] | None = None) -> Place:
    rows = [[*row, *(values[place] for _, values in columns)] for place, row in enumerate(students(4))]
    read: Book = book([*HEADINGS, *(heading for heading, _ in columns)], *rows, names=setup)
    return place_of(file, read, read_markbook(read))


def test_the_workbook_tells_before_its_path_does() -> None:
    both = {"school": "Example School", "class_name": "10x/Ma1"}
    assert placed("North/a.xlsx", setup=both) == Place(school="North", year="Year 10", class_name="10x/Ma1")
    assert placed("a.xlsx", setup=both).school == "Example School"
    assert placed("North/a.xlsx", ("Set", ["8b2"] * 4)) == Place(school="North", year="Year 8", class_name="8b2")
    assert placed("North/a.xlsx", ("Set", ["8b1", "8b2"] * 2)).class_name == "a"
    assert placed("North/10A.xlsx", ("Year group", ["Year 8", "", "8", "Y8"])).year == "Year 8"
    assert placed("North/10A.xlsx", ("Year group", ["7", "8"] * 2)).year == "Year 10"


def test_years_that_are_none() -> None:
    assert [year_in(text) for text in ("Year 0", "Year 14", "y123", "99", "", "Set 9")] == [None] * 6
