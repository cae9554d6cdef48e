"""The sheet `Clinic plan`: the plan of the week above, and below it the register of earlier sessions, kept from run to run.

The program writes a row for every student who is invited, with one clinic offered; the teacher enters whether the student came.
A session is over when its day is past or anybody's attendance is entered; from then on its rows are the teacher's and no run
changes them. All other rows are replaced. Rows that are not understood are kept as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from addin.reading.grid import Book, CellValue, address, as_date, as_text
from addin.reading.queries import Query
from addin.results.edits import Listing

SHEET = "Clinic plan"
HEADINGS = (
    "Date", "Slot", "Status", "Student ID", "Name", "Topic", "Expected", "Chance of too many", "Why", "Offered", "Attended",
    "Exit ticket",
)  # fmt: skip
WIDTHS = (12, 18, 17, 12, 23, 24, 11, 20, 62, 10, 11, 11)
DATE, SLOT, STATUS, STUDENT_ID, NAME, TOPIC, EXPECTED, OVERFLOW, WHY, OFFERED, ATTENDED, TICKET = range(len(HEADINGS))

TICKET_QUESTIONS = 3
"""How many questions an exit ticket of a clinic pack has."""

CLINIC, INVITED, NEXT, NO_PLACE = "Clinic", "Invited", "Next in line", "No place"
IMPACT = ("Impact: students", "Impact: change", "Impact: difference", "Impact: warning")
"""Rows that `Summary` reads: what changed for students who were offered clinics, a sentence each under Why."""

_OURS = frozenset(status.casefold() for status in (CLINIC, NEXT, NO_PLACE, *IMPACT))

CAME = frozenset({"y", "yes", "x", "p", "present", "came", "✓", "✔", "/"})
STAYED_AWAY = frozenset({"n", "no", "a", "abs", "absent", "-", "–"})
MOST_TIMES = 60
"""More clinics than this in one row are a slip of the pen."""

Cells = tuple[CellValue, ...]


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row of the register: its cells as they stand, and what they say where they are understood.

    Args:
        cells: The cells under `HEADINGS`.
        day: The session's date, None where it is not understood.
        slot: Name of the slot.
        who: Student ID, else name, in one case; "" without either.
        offered: Clinics offered; 1 where only an attendance is entered.
        attended: Clinics attended, None where nothing is entered (which is no absence).
        ticket: Right answers and questions of the exit ticket, None where nothing is entered.
        wrong: (column, rule, remedy) of what is not understood.
    """

    cells: Cells
    day: date | None
    slot: str
    who: str
    offered: int
    attended: int | None
    ticket: tuple[int, int] | None = None
    wrong: tuple[int, str, str] | None = None

    @property
    def session(self) -> tuple[date | None, str]:
        """What makes one session: date and slot."""
        return self.day, self.slot.casefold()

    @property
    def is_entered(self) -> bool:
        """Whether the teacher has entered something about attendance, understood or not."""
        return bool(as_text(self.cells[ATTENDED]))

    @property
    def topic(self) -> str:
        """The topic of the session for this student."""
        return as_text(self.cells[TOPIC])


def read_register(book: Book) -> tuple[Line, ...] | None:
    """The rows about students of the sheet `Clinic plan`; None where there is no such sheet with our headings.

    The program's own rows on clinics, on who is next in line and on who has no place are left out: they are made anew.

    Example:
        >>> from addin.reading.grid import Sheet
        >>> row = ("2026-02-09", "Mon lunch", "Invited", "ZQ1", "Ova Zarrin", "Fractions", 0.5, None, "Priority 1", 1, "y")
        >>> lines = read_register(Book(sheets=(Sheet(name="Clinic plan", rows=(HEADINGS, row)),)))
        >>> lines[0].day, lines[0].slot, lines[0].who, lines[0].offered, lines[0].attended
        (datetime.date(2026, 2, 9), 'Mon lunch', 'zq1', 1, 1)
    """
    rows = plan_rows(book)
    return None if rows is None else lines_in([cells for _, cells in rows])


def lines_in(rows: Sequence[Cells]) -> tuple[Line, ...]:
    """The rows about students among those of the sheet."""
    return tuple(_line(cells) for cells in rows if as_text(cells[STATUS]).casefold() not in _OURS)


def plan_rows(book: Book) -> tuple[tuple[int, Cells], ...] | None:
    """Every row of the sheet that is not blank, with its number; None where there is no such sheet with our headings."""
    sheet = book.sheet(SHEET)
    columns = range(1, len(HEADINGS) + 1)
    headings = () if sheet is None else tuple(as_text(sheet.cell(1, column)) for column in columns)
    # Plans of the first version had no exit tickets.
    if sheet is None or headings not in (HEADINGS, (*HEADINGS[:TICKET], "")):
        return None
    rows = ((row, tuple(sheet.cell(row, column) for column in columns)) for row in range(2, len(sheet.rows) + 1))
    return tuple((row, cells) for row, cells in rows if any(map(as_text, cells)))


def queries_in(rows: Sequence[Cells]) -> tuple[Query, ...]:
    """What the teacher entered in the register and the program does not understand, by its cell in the sheet of these rows."""
    found = []
    for row, cells in enumerate(rows, start=2):
        if as_text(cells[STATUS]).casefold() not in _OURS and (wrong := _line(cells).wrong) is not None:
            column, rule, remedy = wrong
            where = f"{SHEET}!{address(row, column + 1)}"
            found.append(Query(cell=where, value=as_text(cells[column]), rule=rule, remedy=remedy))
    return tuple(found)


def merged(here: Sequence[Line] | None, earlier: Sequence[Line] | None) -> tuple[Line, ...]:
    """Two registers as one: of two rows on one student in one session the one with an attendance stands, else the first's."""
    found: dict[object, Line] = {}
    for register in (here, earlier):
        for line in register or ():
            key = (*line.session, line.who) if line.day and line.who else line.cells
            if key not in found or (line.is_entered and not found[key].is_entered):
                found[key] = line
    return tuple(found.values())


def is_over(line: Line, over: frozenset[tuple[date | None, str]], today: date) -> bool:
    """Whether a row is the teacher's: its session is over, or it is not understood."""
    return line.day is None or line.day < today or line.session in over or not line.who


def sessions_over(register: Sequence[Line]) -> frozenset[tuple[date | None, str]]:
    """The sessions of which anybody's attendance is entered."""
    return frozenset(line.session for line in register if line.is_entered)


def next_session(day: int, slot: str, *, today: date, over: frozenset[tuple[date | None, str]]) -> date:
    """The next date of a weekly slot: today's still counts as long as nobody's attendance is entered.

    Example:
        >>> next_session(0, "Mon lunch", today=date(2026, 2, 6), over=frozenset())
        datetime.date(2026, 2, 9)
    """
    found = today + timedelta(days=(day - today.weekday()) % 7)
    while (found, slot.casefold()) in over:
        found += timedelta(days=7)
    return found


def with_register(rows: Sequence[Cells], kept: Sequence[Line]) -> tuple[Cells, ...]:
    """The rows of the plan, then the register's, the latest session first, then what is not understood."""

    def order(line: Line) -> tuple[bool, int, str]:
        return line.day is None, -line.day.toordinal() if line.day else 0, line.slot.casefold()

    return (*rows, *(line.cells for line in sorted(kept, key=order)))


def listing_of(rows: Sequence[Cells]) -> Listing:
    """The sheet with these rows; a workbook without it gets it, since without it there is no plan."""
    per_cents = frozenset({HEADINGS[OVERFLOW]})
    whole = tuple(map(_filled, rows))
    return Listing(sheet=SHEET, headings=HEADINGS, widths=WIDTHS, rows=whole, add=True, per_cents=per_cents)


def _filled(cells: Cells) -> Cells:
    """A row of the program's making as wide as the sheet."""
    return (*cells, *[None] * (len(HEADINGS) - len(cells)))


def _line(cells: Cells) -> Line:
    cells = _filled(cells)
    day, wrong = as_date(cells[DATE]), None
    offered, attended = _count(cells[OFFERED]), _count(cells[ATTENDED])
    for column, count in ((OFFERED, offered), (ATTENDED, attended)):
        if isinstance(count, str):
            wrong = (
                column,
                "how often, a whole number, or y and n",
                "Enter 1 for came, 0 for not; leave it blank if not known",
            )
    n = 1 if offered is None or isinstance(offered, str) else offered
    came = None if isinstance(attended, str) else attended
    if wrong is None and came is not None and came > n:
        wrong = (ATTENDED, "nobody attends more clinics than were offered", "Correct one of the two numbers")
    ticket = _ticket(as_text(cells[TICKET]))
    if wrong is None and ticket is None and as_text(cells[TICKET]):
        rule = f"right answers of an exit ticket, 0 to {TICKET_QUESTIONS}, or such as 2/{TICKET_QUESTIONS}"
        wrong = (TICKET, rule, "Enter how many answers were right; leave it blank if there was no ticket")
    if wrong is None and day is None and as_text(cells[DATE]):
        wrong = (DATE, "this is no date", "Enter the day of the session, such as 2026-02-09")
    who = as_text(cells[STUDENT_ID]) or as_text(cells[NAME])
    return Line(
        cells=cells,
        day=day,
        slot=as_text(cells[SLOT]),
        who=who.casefold(),
        offered=n,
        attended=None if wrong is not None else came,
        ticket=ticket,
        wrong=wrong,
    )


def _ticket(text: str) -> tuple[int, int] | None:
    """Right answers and questions, None where a text says nothing of the kind."""
    right, slash, of = text.partition("/")
    if not right.strip().isdecimal() or (slash and not of.strip().isdecimal()):
        return None
    told = int(right), int(of) if slash else TICKET_QUESTIONS
    return told if told[0] <= told[1] <= MOST_TIMES and told[1] else None


def _count(value: CellValue) -> int | str | None:
    """A number of clinics; None for blank, the text where it is neither a number nor a word for came or stayed away."""
    text = as_text(value)
    if not text:
        return None
    if isinstance(value, bool):
        return int(value)
    if text.casefold() in CAME or text.casefold() in STAYED_AWAY:
        return int(text.casefold() in CAME)
    try:
        number = float(text)
    except ValueError:
        return text
    return int(number) if number.is_integer() and 0 <= number <= MOST_TIMES else text
