"""The sheet Clinics and its settings: what is understood, and what becomes a query with its remedy."""

from __future__ import annotations

from datetime import time

import pytest

from addin.clinics.sheet import days_in, settings_in, slots_in
from addin.errors import SheetProblem
from addin.reading.grid import Book, CellValue, Sheet
from model.clinics.groups import ClinicSettings, Slot
from model.vocabulary import Strand
from tests.support import Row

pytestmark = pytest.mark.dates

HEADINGS: Row = ("Slot", "Day", "Time", "Room", "Strand", "Seats", "Staff")


def clinics(*rows: Row, above: int = 0, names: dict[str, CellValue] | None = None) -> Book:
    blank = (None,) * len(HEADINGS)
    sheet = Sheet(name="Clinics", rows=(*[blank] * above, tuple(HEADINGS), *map(tuple, rows)))
    return Book(sheets=(sheet,), names=names or {})


def test_a_clinic_is_understood() -> None:
    row = ("Mon lunch", "Monday", "12:40-13:20", "M1", "Number", 8.0, "T. Example and A. Colleague")
    slots, queries = slots_in(clinics(row, above=3))
    assert slots == (
        Slot(
            name="Mon lunch", day=0, strand=Strand.NUMBER, seats=8, staff=("T. Example", "A. Colleague"), starts=760, ends=800,
            room="M1",
        ),
    )  # fmt: skip
    assert queries == ()


@pytest.mark.parametrize(
    ("cell", "starts", "ends"),
    [
        ("12:40", 760, 800), ("12.40 to 13.00", 760, 780), (time(15, 15), 915, 955), (0.5, 720, 760), (None, None, None),
    ],
)  # fmt: skip
def test_times(cell: CellValue, starts: int | None, ends: int | None) -> None:
    slots, queries = slots_in(clinics(("A", "Mon", cell, None, "any", 3, None)))
    assert (slots[0].starts, slots[0].ends, queries) == (starts, ends, ())


def test_seats_that_are_not_told_are_those_of_setup() -> None:
    slots, _ = slots_in(clinics(("A", "Wed", None, None, None, None, None), names={"clinic_seats": 5.0}))
    assert (slots[0].seats, slots[0].strand, slots[0].day) == (5, None, 2)


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ((None, "Mon", None, None, "Any", 3, None), "Clinics!A3"),
        (("B", "Someday", None, None, "Any", 3, None), "Clinics!B3"),
        (("B", "Mon, Tue", None, None, "Any", 3, None), "Clinics!B3"),
        (("B", "Mon", "noon", None, "Any", 3, None), "Clinics!C3"),
        (("B", "Mon", "13:00-12:00", None, "Any", 3, None), "Clinics!C3"),
        (("B", "Mon", None, None, "Nombre", 3, None), "Clinics!E3"),
        (("B", "Mon", None, None, "Any", 0, None), "Clinics!F3"),
        (("B", "Mon", None, None, "Any", "many", None), "Clinics!F3"),
        (("a", "Mon", None, None, "Any", 3, None), "Clinics!A3"),
    ],
)
def test_what_is_not_understood_is_a_query_and_stops_no_other_clinic(row: Row, cell: str) -> None:
    slots, queries = slots_in(clinics(("A", "Mon", None, None, "Any", 3, None), row))
    assert slots[0].name == "A"
    assert [query.cell for query in queries] == [cell]
    assert queries[0].rule
    assert queries[0].remedy


@pytest.mark.parametrize(
    "book",
    [
        Book(sheets=()),
        Book(sheets=(Sheet(name="Clinics", rows=(("Notes",),)),)),
        clinics(),
        clinics(("A", "Someday", None, None, None, None, None)),
    ],
)
def test_no_clinic_is_refused_with_a_remedy(book: Book) -> None:
    with pytest.raises(SheetProblem, match=r"(--add-sheets|Enter)"):
        slots_in(book)


def test_the_refusal_names_cell_value_rule_and_remedy() -> None:
    with pytest.raises(SheetProblem) as told:
        slots_in(clinics(("A", "Someday", None, None, None, None, None)))
    for part in ("Clinics!B2: 'Someday'", "one day of the week", "Enter Monday to Friday"):
        assert part in str(told.value)


@pytest.mark.parametrize(
    ("text", "days", "strange"),
    [
        ("Mon, Thu", {0, 3}, ()), ("monday", {0}, ()), ("Tues/Weds", {1, 2}, ()), ("Thurs and Fri", {3, 4}, ()), ("", set(), ()),
        ("monkey", set(), ("monkey",)), ("Fri football", {4}, ("football",)),
    ],
)  # fmt: skip
def test_days(text: str, days: set[int], strange: tuple[str, ...]) -> None:
    assert days_in(text) == (frozenset(days), strange)


@pytest.mark.parametrize(
    ("name", "value"), [("overflow", 0.9), ("overflow", "x"), ("each", 1.5), ("each", 0), ("show_rate", True)]
)
def test_a_setting_that_makes_no_sense_is_told_and_not_used(name: str, value: CellValue) -> None:
    settings, queries = settings_in(Book(sheets=(), names={f"clinic_{name}": value}))
    assert settings == ClinicSettings()
    assert [query.cell for query in queries] == [f"Setup!clinic_{name}"]
