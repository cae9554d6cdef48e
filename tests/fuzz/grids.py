"""Messy grids through the whole way in memory: read, reviewed, written, read back, written again, checked, planned, cleared."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date
from pathlib import Path

from addin import ribbon
from addin.clinics.planning import plan_class
from addin.errors import MarkbookError
from addin.hosts.memory import Memory
from addin.reading.grid import Book, Sheet, address
from addin.review import score_classes
from tests.fuzz.campaign import Attempt, Kind
from tests.fuzz.choices import Choices
from tests.fuzz.classes import book
from tests.fuzz.kept import cells_of, refuse_changed_cells, refuse_other_results, refuse_unsound
from tests.fuzz.values import held

TODAY = date(2026, 2, 6)


def attempt(choices: Choices, folder: Path) -> bool:
    """One workbook in memory."""
    made = held(book(choices))
    choices.made = shown(made)
    asked = choices.choice((False, True))
    pressed = choices.choice(("", "", "", "check", "clear", "plan"))
    host = Memory(made)
    done, _ = score_classes(host, add_sheets=asked, today=TODAY)
    refuse_unsound(done)
    refuse_changed_cells(made, host.book, done)
    again = Memory(host.book)
    twice, _ = score_classes(again, add_sheets=asked, today=TODAY)
    refuse_other_results(done, twice)
    refuse_another(host.book, again.book)
    if pressed == "check":
        assert ribbon.check_button(host)
    elif pressed == "clear":
        assert ribbon.clear_button(host)
        refuse_changed_cells(again.book, host.book, twice)
    elif pressed == "plan":
        try:
            plan_class(host, today=TODAY, with_impact=True)
        except MarkbookError:
            return True
        refuse_changed_cells(again.book, host.book, twice)
    return True


def refuse_another(first: Book, second: Book) -> None:
    """Fail where a second run of the same day left another book."""
    assert [sheet.name for sheet in first.sheets] == [sheet.name for sheet in second.sheets], "a second run adds sheets"
    for one, other in zip(first.sheets, second.sheets, strict=True):
        was, now = cells_of(one), cells_of(other)
        differ = sorted(place for place in was.keys() | now.keys() if was.get(place) != now.get(place))
        told = [f"{one.name}!{address(*place)}: {was.get(place)}, then {now.get(place)}" for place in differ[:3]]
        assert not differ, "\n".join(("a second run writes something else", *told))


def shown(book: Book) -> str:
    """A book for whoever looks at a fault: its rows, and what is not as usual."""
    told = []
    for sheet in book.sheets:
        usual = Sheet(name=sheet.name, rows=sheet.rows)
        other = {name: value for name, value in vars(sheet).items() if value != getattr(usual, name)}
        told += [f"{sheet.name!r} {other or ''}", *(f"  {row!r}" for row in sheet.rows)]
    return "\n".join([*told, f"{book.names}"])


def begin(home: Path, stack: ExitStack) -> Attempt:
    """Nothing is needed."""
    return attempt


KIND = Kind(
    name="grids",
    about="messy workbooks in memory: scored, read back, scored again, checked, cleared, planned",
    share=30,
    begin=begin,
)
