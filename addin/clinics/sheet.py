"""The sheet `Clinics` and what Setup says of clinics: cells -> slots and settings, with queries on what is not understood."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from addin.errors import SheetProblem
from addin.reading.grid import Book, CellValue, address, as_text
from addin.reading.queries import Query
from addin.results.clinic_slots import SHEET, lacks_slots, slot_headings
from model.clinics.groups import RANGES, ClinicSettings, Slot
from model.vocabulary import STRANDS, WEEKDAYS, Strand

ANY = frozenset({"", "any", "all", "mixed", "any strand", "*"})
USUAL_MINUTES = 40
"""How long a clinic is taken to last where only its beginning is told; effective ones last 20 to 50 minutes."""

_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})")
_SHORT_DAYS = {name[:3].casefold(): day for day, name in enumerate(WEEKDAYS)}
_DAY = re.compile(r"[a-z]+")


def days_in(text: str) -> tuple[frozenset[int], tuple[str, ...]]:
    """The days that a text names, 0 for Monday, and its words that are none.

    Example:
        >>> days_in("Mon, Thursdays"), days_in("Tue & Fri")[0] == {1, 4}, days_in("football")
        ((frozenset({0, 3}), ()), True, (frozenset(), ('football',)))
    """
    found, strange = set(), []
    for word in _DAY.findall(text.casefold()):
        day = _SHORT_DAYS.get(word[:3])
        whole = "" if day is None else WEEKDAYS[day].casefold()
        if day is not None and (whole.startswith(word) or word in (f"{whole}s", "tues", "weds", "thurs")):
            found.add(day)
        elif word not in ("and", "or", "on"):
            strange.append(word)
    return frozenset(found), tuple(strange)


def slots_in(book: Book) -> tuple[tuple[Slot, ...], tuple[Query, ...]]:
    """The clinics of a workbook and the queries about rows that cannot be used.

    Raises:
        SheetProblem: The workbook has no sheet `Clinics` with its headings, or no row of it can be used.

    Example:
        >>> from addin.reading.grid import Sheet
        >>> rows = (("Slot", "Day", "Strand", "Seats", "Staff"), ("Mon lunch", "Monday", "Any", 8, "T. Example"))
        >>> slots, queries = slots_in(Book(sheets=(Sheet(name="Clinics", rows=rows),)))
        >>> slots[0].name, slots[0].day, slots[0].strand, slots[0].seats, queries
        ('Mon lunch', 0, None, 8, ())
    """
    sheet = book.sheet(SHEET)
    place = None if sheet is None else slot_headings(sheet)
    if sheet is None or lacks_slots(book):
        raise SheetProblem(
            f"There is no sheet '{SHEET}' that says when clinics are held. `markbook plan FILE --add-sheets` adds it with an "
            f"example; or add an empty sheet called {SHEET} yourself, and plan again: it is filled with headings and an example."
        )
    if place is None:
        raise SheetProblem(
            f"The sheet '{SHEET}' has no row with the headings Slot, Day, Strand, Seats and Staff, and was left alone. Enter "
            "them there with a clinic a row ('Mon lunch', 'Monday', 'Any', 8), or rename that sheet, and run again."
        )
    header_row, columns = place
    settings, _ = settings_in(book)
    slots: dict[str, Slot] = {}
    queries: list[Query] = []
    for row in range(header_row + 1, len(sheet.rows) + 1):
        cells = {name: sheet.cell(row, column) for name, column in columns.items()}
        if not any(as_text(cell) for cell in cells.values()):
            continue
        slot, wrong = _slot(cells, usual_seats=settings.seats)
        if slot is not None and slot.name.casefold() in {name.casefold() for name in slots}:
            slot, wrong = None, ("slot", "each slot has a name of its own", "Give this one another name")
        if wrong is not None:
            column, rule, remedy = wrong
            where = f"{SHEET}!{address(row, columns.get(column, columns['slot']))}"
            queries.append(Query(cell=where, value=as_text(cells.get(column)), rule=rule, remedy=remedy))
        if slot is not None:
            slots[slot.name] = slot
    if not slots:
        first = queries[0] if queries else None
        told = (
            f"{first.cell}: {first.value!r}. Rule: {first.rule}. {first.remedy}."
            if first
            else "Enter one clinic a row."
        )
        raise SheetProblem(f"Sheet '{SHEET}' has no clinic to plan for. {told}")
    return tuple(slots.values()), tuple(queries)


def settings_in(book: Book) -> tuple[ClinicSettings, tuple[Query, ...]]:
    """The settings that Setup's names `clinic_...` hold; where one is missing or makes no sense, what serves usually.

    Example:
        >>> settings, queries = settings_in(Book(sheets=(), names={"clinic_overflow": 0.2, "clinic_each": "two"}))
        >>> settings.overflow, settings.each, queries[0].rule
        (0.2, 1, 'a whole number from 1 to 5 is needed')
    """
    settings, queries = ClinicSettings(), []
    found: dict[str, Any] = {}
    for name, (lowest, highest) in RANGES.items():
        value = book.names.get(f"clinic_{name}")
        if as_text(value) == "":
            continue
        whole = isinstance(getattr(settings, name), int)
        number = float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None
        if number is None or not lowest <= number <= highest or (whole and not number.is_integer()):
            kind = "whole number" if whole else "number"
            queries.append(
                Query(
                    cell=f"Setup!clinic_{name}",
                    value=as_text(value),
                    rule=f"a {kind} from {lowest:g} to {highest:g} is needed",
                    remedy=f"Enter one, or clear the cell for {getattr(ClinicSettings(), name):g}",
                )
            )
        else:
            found[name] = int(number) if whole else number
    return replace(settings, **found), tuple(queries)


_Wrong = tuple[str, str, str]  # column, rule, remedy


def _slot(cells: dict[str, CellValue], *, usual_seats: int) -> tuple[Slot | None, _Wrong | None]:
    """One row: its slot, None where it cannot be used, and what is wrong with it."""
    name, wrong = as_text(cells.get("slot")), None
    if not name:
        return None, ("slot", "a clinic needs a name", "Enter one, such as Mon lunch")
    days, strange = days_in(as_text(cells.get("day")))
    if len(days) != 1 or strange:
        return None, ("day", "a clinic is held on one day of the week", "Enter Monday to Friday, one row for each day")
    words = as_text(cells.get("strand"))
    strand = next((each for each in STRANDS if each.value.casefold() == words.casefold()), None)
    if strand is None and words.casefold() not in ANY:
        names = ", ".join(Strand)
        return None, ("strand", f"the strand is one of {names}, or Any", "Choose one of them")
    value = cells.get("seats")
    seats = usual_seats
    if as_text(value):
        lowest, highest = RANGES["seats"]
        number = float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else 0.0
        if not number.is_integer() or not lowest <= number <= highest:
            return None, (
                "seats",
                f"seats are a whole number from {lowest:g} to {highest:g}",
                "Enter how many there are",
            )
        seats = int(number)
    starts, ends = _times(cells.get("time"))
    if starts is None and as_text(cells.get("time")):
        wrong = (
            "time",
            "a time is written 12:30 or 12:30-13:10; without one nothing clashes by the clock",
            "Correct it",
        )
    staff = re.split(r"[,;/&\n]|\band\b", as_text(cells.get("staff")))
    return (
        Slot(
            name=name,
            day=min(days),
            strand=strand,
            seats=seats,
            staff=tuple(person.strip() for person in staff if person.strip()),
            starts=starts,
            ends=ends,
            room=as_text(cells.get("room")),
        ),
        wrong,
    )


def _times(value: CellValue) -> tuple[int | None, int | None]:
    """Beginning and end in minutes after midnight."""
    if isinstance(value, (datetime, time)):
        starts = value.hour * 60 + value.minute
        return starts, starts + USUAL_MINUTES
    if isinstance(value, float) and 0 < value < 1:  # a part of a day, as Excel keeps a time
        value = f"{round(value * 1440) // 60}:{round(value * 1440) % 60:02}"
    found = [int(hours) * 60 + int(minutes) for hours, minutes in _CLOCK.findall(as_text(value))]
    if not found or len(found) > 2 or max(found) >= 24 * 60:
        return None, None
    ends = found[1] if len(found) == 2 else found[0] + USUAL_MINUTES
    return (found[0], ends) if found[0] < ends else (None, None)
