"""What must hold after every step, taken from DESIGN.md and the README, and the ledger of how often it was looked at and broken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from addin.reading.grid import address
from tests.lives.births import SETTINGS
from tests.lives.hosts import Host
from tests.lives.teacher import DECISION, NOTE, OURS, SHEET, SUM, Places, Teacher, places
from tests.lives.workbook import Page, plain

OWN_CELLS = "what the teacher wrote stays: headings, marks, remarks, titles, Setup, Clinics, own sheets"
STUDENTS = "every student stands on the sheet once, and nobody else"
DECISIONS = "decisions and notes stay with their student"
RIGHT_CHILD = "results stand beside the student they belong to"
FORMULAS = "formulas stay formulas"
NOTHING_ELSE = "nothing is written outside of the program's own columns and sheets"
SAME = "file, server and Lite hold the same values"
SAME_ANSWER = "file, server and Lite do or refuse the same"
PROPER = "a refusal is an error of ours, one line, and no fault"
UNTOUCHED = "what is refused changes nothing, not a byte of the file"
ALL_SCORED = "every student of the sheet has a result, hidden ones too"
PRIORITIES = "priorities are 1 to n without ties over those with a score"
THRESHOLDS = "the flag is what risk and thresholds of Setup say"
UNKNOWN = "without a mark there is no risk, no priority, and no guess"
WHY = "figures in Why and in the topics are the student's own"
TWICE = "scoring twice changes nothing, not a byte of the file"
CLEARED = "clear leaves no cell of the program's"
QUERIES = "what is not understood is listed by its cell and value"
RUNS = "Runs has a row for each student and day, and no day before is changed"
CHANGE = "Change says new for whoever had no score before, and for nobody else"
NO_LEAVER = "nobody who left stands on Class list, Support or among those invited"
REGISTER = "attendance that was entered stays"
INPUT = "the file that a result is made from is not touched"
BACKUP = "a file that is replaced is kept, dated, as it was"
NO_BACKUP = "what changes nothing leaves no backup"
IMPORT = "an import fills blanks, adds students, and overwrites nothing"
NEW_YEAR = "the next year has students and targets, and no mark, decision or note"
REOPENED = "a backup opens as the book that it was"
READ_ONLY = "Check data writes nothing"

PROMISES = (
    OWN_CELLS, STUDENTS, DECISIONS, RIGHT_CHILD, FORMULAS, NOTHING_ELSE, SAME, SAME_ANSWER, PROPER, UNTOUCHED, ALL_SCORED,
    PRIORITIES, THRESHOLDS, UNKNOWN, WHY, TWICE, CLEARED, QUERIES, RUNS, CHANGE, NO_LEAVER, REGISTER, INPUT, BACKUP, NO_BACKUP,
    IMPORT, NEW_YEAR, REOPENED, READ_ONLY,
)  # fmt: skip

OWN_SHEETS = ("Runs", "Queries", "Class list", "Support", "Clinic plan")


@dataclass
class Ledger:
    """What was looked at.

    Args:
        checked: Promise -> how often it was looked at.
        broken: (promise, when, what was found) of all that was broken.
        when: The step that is being taken.
        steps: (rule, host) -> how often it was taken there.
        refused: Rule and what was said -> how often.
    """

    checked: Counter[str] = field(default_factory=Counter)
    broken: list[tuple[str, str, str]] = field(default_factory=list)
    when: str = ""
    steps: Counter[tuple[str, str]] = field(default_factory=Counter)
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)

    def check(self, promise: str, kept: bool, found: object = "") -> None:
        """Write down whether a promise holds."""
        self.checked[promise] += 1
        if not kept:
            self.broken.append((promise, self.when, str(found)[:1200]))

    def same(self, promise: str, found: object, wanted: object, where: str) -> None:
        """Write down whether two things are the same; of dictionaries only what differs is told."""
        if found == wanted:
            self.checked[promise] += 1
            return
        if isinstance(found, dict) and isinstance(wanted, dict):
            keys = [key for key in {**wanted, **found} if found.get(key) != wanted.get(key)]
            told = "; ".join(f"{key}: {found.get(key)!r}, not {wanted.get(key)!r}" for key in keys[:4])
            self.check(promise, not keys, f"{where}: {told}")
        else:
            self.check(promise, False, f"{where}: {found!r}, not {wanted!r}")


def after_every_step(teacher: Teacher, hosts: Sequence[Host], ledger: Ledger) -> None:
    """Look at all that must hold at any time."""
    for host in hosts:
        page = host.book.pages[SHEET]
        where = places(teacher, page)
        _the_teachers_own(teacher, host, page, where, ledger)
        _beside_students(teacher, host, page, where, ledger)
    alike(hosts, ledger)


def alike(hosts: Sequence[Host], ledger: Ledger) -> None:
    """Look at whether all hosts hold the same values."""
    first, *others = hosts
    ours = first.book.values()
    for other in others:
        theirs = other.book.values()
        for sheet in {**ours, **theirs}:
            ledger.same(SAME, _by_address(theirs.get(sheet)), _by_address(ours.get(sheet)), f"{other.name}, {sheet}")


def _by_address(cells: dict[tuple[int, int], object] | None) -> dict[str, object] | None:
    return None if cells is None else {address(*place): plain(value) for place, value in cells.items()}


def _the_teachers_own(teacher: Teacher, host: Host, page: Page, where: Places, ledger: Ledger) -> None:
    there = {
        (student, token): SUM if (row, c) in page.sums else page.cells[row, c]
        for student, row in where.rows.items()
        for token, c in where.columns.items()
        if (row, c) in page.cells
    }
    wanted = {at: value for at, value in teacher.cells.items() if at[0] in teacher.students}
    ledger.same(OWN_CELLS, there, wanted, f"{host.name}, {SHEET}")
    for (student, token), value in wanted.items():
        if value == SUM:
            ledger.check(FORMULAS, there.get((student, token)) == SUM, f"{host.name}: {student}, {token}")
    titles = {place: value for place, value in page.cells.items() if place[0] < teacher.header_row}
    ledger.same(OWN_CELLS, titles, teacher.titles, f"{host.name}, above the headings")
    missing = [column.heading for column in teacher.columns if column.token not in where.columns]
    ledger.check(OWN_CELLS, not missing, f"{host.name}: without the headings {missing}")
    gone = [student for student in teacher.students if student not in where.rows]
    ledger.check(STUDENTS, not gone and not where.strange, f"{host.name}: without {gone}, with {where.strange}")
    setup = host.book.pages["Setup"]
    stands = {name: setup.cells.get((row, 2)) for row, name in enumerate(SETTINGS, start=1)}
    ledger.same(OWN_CELLS, stands, teacher.setup, f"{host.name}, Setup")
    clinics = [
        tuple(host.book.pages["Clinics"].cells.get((row, c)) for c in range(1, 8))
        for row in range(2, 2 + len(teacher.clinics))
    ]
    ledger.check(
        OWN_CELLS, [*map(_plain, clinics)] == [*map(_plain, teacher.clinics)], f"{host.name}, Clinics: {clinics}"
    )
    notes = host.book.pages["Notes"].cells
    ledger.check(
        OWN_CELLS, notes == {(2, 2): "Parents' evening on the 14th", (3, 2): 0.5}, f"{host.name}, Notes: {notes}"
    )
    for sheet, cells in teacher.archived.items():
        found = host.book.pages[sheet].cells if sheet in host.book.pages else {}
        ledger.same(OWN_CELLS, found, cells, f"{host.name}, {sheet}")


def _plain(cells: Iterable[object]) -> tuple[object, ...]:
    return tuple(map(plain, cells))


def _beside_students(teacher: Teacher, host: Host, page: Page, where: Places, ledger: Ledger) -> None:
    decided = {
        student: tuple(str(page.cells.get((row, where.results[h]), "")) for h in (DECISION, NOTE))
        for student, row in where.rows.items()
        if DECISION in where.results and NOTE in where.results
    }
    ledger.same(DECISIONS, {who: pair for who, pair in decided.items() if any(pair)}, teacher.decisions, host.name)
    if teacher.results is not None:
        ledger.same(RIGHT_CHILD, results_on(page, where), teacher.results, host.name)
    else:
        left = [heading for heading in OURS if heading in where.results]
        ledger.check(NOTHING_ELSE, not left, f"{host.name}: columns {left} before any run")
    known = {*where.columns.values(), *where.results.values()}
    rows = {*where.rows.values(), teacher.header_row}
    strange = [
        (address(row, c), value) for (row, c), value in page.cells.items()
        if row >= teacher.header_row and (c not in known or row not in rows)
    ]  # fmt: skip
    ledger.check(NOTHING_ELSE, not strange, f"{host.name}, {SHEET}: {strange[:5]}")
    allowed = {
        SHEET,
        "Setup",
        "Clinics",
        "Notes",
        "Clinic plan",
        *teacher.archived,
        *(OWN_SHEETS if teacher.has_sheets else ()),
    }
    ledger.check(NOTHING_ELSE, set(host.book.pages) <= allowed, f"{host.name}: sheets {set(host.book.pages) - allowed}")


def results_on(page: Page, where: Places) -> dict[str, dict[str, object]]:
    """Student -> heading of a result column -> value, for all columns of the program's."""
    return {
        student: {h: plain(page.cells.get((row, where.results[h]))) for h in OURS if h in where.results}
        for student, row in where.rows.items()
    }
