"""How a markbook begins: a class of invented students in one of the forms that teachers' own sheets have."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from addin.results import class_list, clinic_register, history, support_cards
from tests.lives.teacher import SHEET, SUM, Column, Teacher, who
from tests.lives.workbook import Page, Value, Workbook

TOPICS = (
    "Fractions",
    "Expanding",
    "Angles",
    "Percentage change",
    "Averages",
    "Sequences",
    "Area",
    "Ratio",
    "Powers",
    "Probability",
)
SETTINGS = ("school_year", "half_term", "threshold_high", "threshold_watch", "class_name", "clinic_seats")
LABELS = ("School year", "Half-term", "High from", "Watch from", "Class", "Seats")
OWN_SHEETS = {
    history.SHEET: history.HEADINGS, "Queries": ("Cell", "Value", "Rule", "Remedy"),
    class_list.SHEET: class_list.HEADINGS, support_cards.SHEET: support_cards.HEADINGS,
}  # fmt: skip
CLINICS: tuple[tuple[Value | None, ...], ...] = (
    ("Tue lunch", "Tuesday", "12:40-13:20", "M4", "Any", 4, "T. Example"),
    ("Thu before", "Thursday", "08:10-08:40", "M2", "Number", 3, None),
)
FIRST_PARTS, LAST_PARTS = (
    ["Za", "Bel", "Cor", "Dan", "Fip", "Gro", "Hal", "Jum", "Kes", "Lur", "Mib", "Nol", "Pev", "Qua"],
    ["rin", "vek", "mon", "tas", "dil", "bor", "wen", "kip"],
)


class Names:
    """Invented names, none given twice."""

    def __init__(self, random: Random) -> None:
        self._random, self._given = random, set[str]()

    def __call__(self) -> tuple[str, str]:
        """Forename and surname."""
        while True:
            parts = [self._random.choice(FIRST_PARTS) + self._random.choice(LAST_PARTS) for _ in range(2)]
            if " ".join(parts) not in self._given:
                self._given.add(" ".join(parts))
                return parts[0], parts[1]


def birth(random: Random) -> tuple[Teacher, Workbook, Names]:
    """A teacher's book, and the workbook that holds it."""
    by_name, names = random.random() < 0.25, Names(random)
    columns = [Column("name", "Name", "who")] if by_name else [Column("id", "Student ID", "who")]
    if not by_name:
        columns += [Column("surname", "Surname", "who"), Column("forename", "Forename", "who")]
    columns += [Column("form", "Reg", "who"), Column("target", "Target", "kept")]
    if random.random() < 0.5:
        columns.append(Column("working", "Working at", "grade"))
    columns += [Column("attendance", "Attendance %", "count"), Column("homework", "Homework %", "count")]
    for number, topic in enumerate(random.sample(TOPICS, random.randint(3, 5))):
        total = random.choice((10, 20, 25, 40))
        columns.append(Column(f"test {number}", f"{topic} ({total})", "mark", total))
    if random.random() < 0.6:
        columns.append(Column("total", "Total", "sum"))
    if random.random() < 0.5:
        columns.append(Column("remarks", "Remarks", "text"))
    header_row = random.choice((1, 1, 3))
    teacher = Teacher(
        day=date(2026, 9, 14) + timedelta(days=random.randint(0, 60)), header_row=header_row,
        titles={(1, 1): "Year 9 set 2, room M4"} if header_row > 1 else {},
        columns=columns, students=[], cells={}, has_sheets=random.random() < 0.75,
        setup=dict.fromkeys(SETTINGS) | {"school_year": "2026/27", "class_name": "9x2"}, clinics=list(CLINICS),
    )  # fmt: skip
    tests = [column.token for column in columns if column.kind == "mark"]
    teacher.summed = (tests[0], tests[-1])
    teacher.spelling = random.choice(("Z{}", "{}", "00{}"))
    for number in range(random.randint(9, 15)):
        newcomer(teacher, random, names(), 101 + number)
    page = Page(SHEET)
    for place, title in teacher.titles.items():
        page.put(*place, title)
    for c, column in enumerate(columns, start=1):
        page.put(header_row, c, column.heading)
    for c, column in enumerate(columns, start=1):
        for r, student in enumerate(teacher.students, start=header_row + 1):
            enter(teacher, page, student, column, r, c)
    if header_row == 1 or random.random() < 0.4:
        page.table = (header_row, 1, header_row + len(teacher.students), len(columns))
    page.calculate()
    return teacher, Workbook({SHEET: page} | _other_pages(teacher), _names_of_settings()), names


def newcomer(teacher: Teacher, random: Random, name: tuple[str, str], number: int) -> str:
    """Somebody who joins the class, with marks as one of some strength has them; at the end of the list."""
    forename, surname = name
    given = teacher.cells
    if teacher.columns[0].token == "name":
        student = f"{surname}, {forename}"
        given[student, "name"] = student
    else:
        identity = float(number) if teacher.spelling == "{}" else teacher.spelling.format(number)
        student = who(identity)
        given[student, "id"] = identity
        given[student, "surname"], given[student, "forename"] = surname, forename
    strength = random.uniform(0.1, 0.95)
    given[student, "form"] = f"9{random.choice('KLM')}"
    given[student, "target"] = float(random.randint(3, 8))
    for column in teacher.columns:
        at = student, column.token
        match column.kind:
            case "grade":
                given[at] = float(round(9 * strength))
            case "count" if random.random() < 0.9:
                given[at] = float(round(60 + 40 * strength))
            case "sum":
                given[at] = SUM
            case "text" if random.random() < 0.3:
                given[at] = random.choice(("sits at the front", "rang home", "= see file", "1/2 the time", "glasses"))
            case "mark":
                mark = some_mark(random, column, strength)
                if mark is not None:
                    given[at] = mark
    teacher.students.append(student)
    return student


def some_mark(random: Random, column: Column, strength: float) -> Value | None:
    """A mark, an absence, or nothing yet."""
    chance = random.random()
    if chance < 0.08:
        return "Abs"
    if chance < 0.16:
        return None
    assert column.out_of is not None
    return float(max(0, min(column.out_of, round(column.out_of * random.gauss(strength, 0.12)))))


def enter(teacher: Teacher, page: Page, student: str, column: Column, row: int, place: int) -> None:
    """Type a student's own cell into a sheet."""
    value = teacher.cells.get((student, column.token))
    if value == SUM:
        at = {page.cells.get((teacher.header_row, c)): c for c in range(1, page.corner()[1] + 1)}
        first, last = (at[teacher.column(token).heading] for token in teacher.summed)
        page.sums[row, place] = (first, last)
        page.cells[row, place] = 0.0
    else:
        page.put(row, place, value)


def _other_pages(teacher: Teacher) -> dict[str, Page]:
    pages = {"Setup": Page("Setup"), "Clinics": Page("Clinics"), "Notes": Page("Notes")}
    for row, (name, label) in enumerate(zip(SETTINGS, LABELS, strict=True), start=1):
        pages["Setup"].put(row, 1, label)
        pages["Setup"].put(row, 2, teacher.setup[name])
    for row, cells in enumerate(
        (("Slot", "Day", "Time", "Room", "Strand", "Seats", "Staff"), *teacher.clinics), start=1
    ):
        for column, value in enumerate(cells, start=1):
            pages["Clinics"].put(row, column, value)
    pages["Notes"].put(2, 2, "Parents' evening on the 14th")
    pages["Notes"].put(3, 2, 0.5)
    if teacher.has_sheets:
        for name, headings in (OWN_SHEETS | {clinic_register.SHEET: clinic_register.HEADINGS}).items():
            pages[name] = Page(name)
            for column, heading in enumerate(headings, start=1):
                pages[name].put(1, column, heading)
    return pages


def _names_of_settings() -> dict[str, tuple[str, int, int]]:
    return {name: ("Setup", row, 2) for row, name in enumerate(SETTINGS, start=1)}
