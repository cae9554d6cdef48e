"""What the workbook's own sheets hold: Setup and its names, Clinics, Clinic plan, Activities, Columns, Runs, with odd cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from addin import ribbon
from addin.clinics.planning import plan_class
from addin.excel.columns import columns_in, keep_columns
from addin.excel.server.glance import glance
from addin.hosts.memory import Memory
from addin.importing.next_year import classes_in, plan_next_year
from addin.letters.compose import compose as compose_letters
from addin.mail.attachment import of_values
from addin.mail.message import compose as compose_message
from addin.packs.compose import packs_of
from addin.reading.grid import Book, CellValue, Sheet
from addin.reading.markbook import read_markbook
from addin.report.compose import class_lists
from addin.report.evening import evening_of
from addin.report.filters import read_filters
from addin.report.page import evening_page, list_page
from addin.results import clinic_register, clinic_slots, history
from addin.review import score_classes
from addin.what_if import what_if_formulas
from templates.layout import listed
from tests.fuzz.campaign import Attempt, Kind
from tests.fuzz.choices import Choices
from tests.fuzz.grids import TODAY, refuse_another, shown
from tests.fuzz.kept import refuse_changed_cells, refuse_other_results, refuse_unsound
from tests.fuzz.values import heading, held, odd
from tests.support import HEADINGS, students

Rows = Sequence[Sequence[CellValue]]

SETTINGS = tuple(row["name"] for row in listed("setup.csv"))
_TOLD: tuple[CellValue, ...] = (
    0.5, 0.9, 3.0, 1.0, "2025/26", "en", "de", "head@school.example", "a@b.example; c@d.example", "7: 140, 6: 110, 5: 80 of 200",
    "Edexcel June 2023", "9k/Ma2", 12.0, "no", 0.0, "2025-2026", "../../x", "T. Example", "5: 182, 4: 147 of 1", "9: 1e9 of 0",
)  # fmt: skip
_CLINIC: tuple[Rows, ...] = (
    (("Mon lunch", "Monday", "12:40-13:20", "M4", "Any", 8, "T. Example"),),
    (("After school", "Tue & Thu", "15:10", None, "Algebra", "6", None), ("Late", "Friday", 0.53, 4, "number", 2, "Ms O")),
)  # fmt: skip
_PLAN: Rows = (
    ("2026-02-02", "Mon lunch", "Invited", "ZQ1000", "Zova0", "Fractions", 0.5, None, "Priority 1", 1, "y", "2/3"),
    ("2026-02-09", "Mon lunch", "Invited", "ZQ1003", None, "Angles", 0.5, 0.1, "Priority 2", 1, None, None),
    ("2026-01-26", "Mon lunch", "Next in line", "ZQ1002", None, "Angles", 0.5, 0.1, "x", 1, "n", 3),
    ("2026-02-09", "Mon lunch", "Clinic", None, "Angles", "Angles", 0.5, 0.1, "x", None, None, None),
)  # fmt: skip
_RUNS: Rows = (
    ("2026-01-09", "ZQ1000", "Lum0 Zova0", 0.6, "● Watch", 3, 2, "Angles → mixed practice"),
    ("2025-12-01", "ZQ1001", "Lum7 Zovb1", 0.9, "▲ High", 1, 2, None),
)
_ACTIVITIES: Rows = (
    ("Number", "Fractions", "re-teach", "Our bars", None, "Draw bars.", "Fewer bars.", "ours"),
    ("Geometry", "Angles", "practise", "Turns", "turns are not angles", "Turn.", None, None),
)


def attempt(choices: Choices, folder: Path) -> bool:
    """A class with its own sheets, and something that uses them."""
    share = choices.choice((0, 20, 8, 3))
    rows: list[list[CellValue]] = [[*HEADINGS, "Decision", "Decision note"]]
    rows += [[*row, choices.choice(("Accept", "", None, "Reject", odd(choices))), None] for row in students(9)]
    sheets = [_sheet("Y9", _odd(choices, rows, share * 6))]
    for name, headings, usual in (
        ("Clinics", clinic_slots.HEADINGS, choices.choice(_CLINIC)),
        (clinic_register.SHEET, clinic_register.HEADINGS, _PLAN),
        (history.SHEET, history.HEADINGS, _RUNS),
        ("Activities", ("Strand", "Topic", "Kind", "Title", "Misconception", "Scaffold", "How it fades", "Source"), _ACTIVITIES),
        ("Columns", ("Heading", "Means"), (("Test 4", choices.choice(("Algebra test (40)", "ignored"))), ("Effort",
        heading(choices)))),
        ("Setup", ("Heading", "Means"), ((heading(choices), heading(choices)), ("Angles (25)", odd(choices)))),
        ("Class list", ("Priority", "Name"), ((1, "x"),)), ("Support", ("x",), ()), ("Queries", ("Cell",), ()),
    ):  # fmt: skip
        if choices.once_in(2):
            several = [list(headings), *(list(row) for _ in range(1 + choices.randrange(2)) for row in usual)]
            sheets.append(_sheet(name, _odd(choices, several, share)))
    names: dict[str, CellValue] = {
        name: odd(choices) if choices.once_in(2) else choices.choice(_TOLD) for name in SETTINGS if choices.once_in(3)
    }
    if choices.once_in(2):
        names["mail_to_1"] = choices.choice(("head@school.example", odd(choices)))
    made = held(Book(sheets=tuple(sheets), names=names))
    choices.made = shown(made)
    return choices.choice(_USES)(choices, made)


def _sheet(name: str, rows: list[list[CellValue]]) -> Sheet:
    width = max(map(len, rows), default=0)
    return Sheet(name=name, rows=tuple((*row, *[None] * (width - len(row))) for row in rows))


def _odd(choices: Choices, rows: list[list[CellValue]], share: int) -> list[list[CellValue]]:
    """The rows with a share of their cells odd, now and then with a row or a column more or less."""
    if not share:
        return rows
    made = [[odd(choices) if choices.once_in(share) else cell for cell in row] for row in rows]
    if choices.once_in(6):
        made.insert(choices.randrange(len(made) + 1), [odd(choices) for _ in range(choices.randrange(4))])
    if choices.once_in(8):
        at = choices.randrange(len(made[0]) + 1)
        made = [[*row[:at], odd(choices), *row[at:]] for row in made]
    return made


def _scored(choices: Choices, book: Book) -> bool:
    host, asked = Memory(book), choices.choice((False, True))
    done, _ = score_classes(host, add_sheets=asked, today=TODAY)
    refuse_unsound(done)
    refuse_changed_cells(book, host.book, done)
    again = Memory(host.book)
    twice, _ = score_classes(again, add_sheets=asked, today=TODAY)
    refuse_other_results(done, twice)
    refuse_another(host.book, again.book)
    return True


def _planned(choices: Choices, book: Book) -> bool:
    host = Memory(book)
    made, _ = plan_class(host, today=TODAY, with_impact=choices.choice((False, True)))
    refuse_changed_cells(book, host.book, (made.review,))
    again = Memory(host.book)
    plan_class(again, today=TODAY)
    packs_of(host.book, today=TODAY, home=False) if choices.once_in(4) else compose_letters(host.book, today=TODAY)
    return True


def _lettered(choices: Choices, book: Book) -> bool:
    return bool(compose_letters(book, today=TODAY).told())


def _packed(choices: Choices, book: Book) -> bool:
    return bool(packs_of(book, today=TODAY, home=choices.choice((False, True))).told())


def _reported(choices: Choices, book: Book) -> bool:
    filters = read_filters(
        choices.choice(((), ("Accept",), ("none",))), choices.choice(((), ("Form=9K1",), ("Form=",), ("x",)))
    )
    if choices.once_in(3):
        return "<html" in evening_page(evening_of(book, filters=filters).pages)
    return "<html" in list_page(class_lists(book, filters=filters, support=choices.choice((False, True))).classes)


def _mailed(choices: Choices, book: Book) -> bool:
    host = Memory(book)
    score_classes(host, today=TODAY)
    attached = of_values(host.book, read_markbook(host.book), source="class.xlsx")
    return bool(
        compose_message(host.book, to=("head@school.example",), source="class.xlsx", attachment=attached).as_bytes()
    )


def _rolled_over(choices: Choices, book: Book) -> bool:
    return bool(
        plan_next_year(book, classes_in(book), leavers=choices.choice(((), ("ZQ1000",), ("Zova0",))), today=TODAY)
    )


def _looked_at(choices: Choices, book: Book) -> bool:
    match choices.randrange(4):
        case 0:
            return bool(glance(book))
        case 1:
            return bool(columns_in(book))
        case 2:
            return bool(
                keep_columns(
                    book,
                    {str(heading(choices)): str(heading(choices)), "Effort": choices.choice(("ignored", "effort"))},
                )
            )
        case _:
            return bool(what_if_formulas(read_markbook(book))) and bool(ribbon.check_button(Memory(book)))


_USES: tuple[Callable[[Choices, Book], bool], ...] = (
    _scored,
    _planned,
    _lettered,
    _packed,
    _reported,
    _mailed,
    _rolled_over,
    _looked_at,
)


def begin(home: Path, stack: ExitStack) -> Attempt:
    """Nothing is needed."""
    return attempt


KIND = Kind(
    name="own sheets",
    about="Setup, Clinics, Clinic plan, Activities, Columns, Runs with odd cells, and all that uses them",
    share=12,
    begin=begin,
)
