"""What a teacher does in Excel, done alike to the workbook of every host and to the teacher's own record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from addin.results.clinic_register import ATTENDED, DATE, INVITED, NAME, SLOT, STATUS, STUDENT_ID
from tests.lives.births import TOPICS, enter, newcomer, some_mark
from tests.lives.life import Life
from tests.lives.promises import PROPER
from tests.lives.teacher import DECISION, NOTE, OURS, SHEET, Column, places
from tests.lives.workbook import Page, Value

NONSENSE = ("see me", "1O", "12?", "n.a.?", "#REF", 999.0, -3.0, "½", "=12")
RENAMED = {
    "Reg": "Form", "Form": "Reg", "Homework %": "HW %", "HW %": "Homework %", "Attendance %": "Att %", "Att %": "Attendance %",
    "Remarks": "Comments", "Comments": "Remarks", "Target": "Target grade", "Target grade": "Target", "Student ID": "Adno",
    "Adno": "Student ID", "Surname": "Last name", "Last name": "Surname", "Total": "Sum of marks", "Sum of marks": "Total",
}  # fmt: skip
THRESHOLDS: tuple[Value | None, ...] = (None, 0.6, 0.75, 0.8, "high", 7.0, 0.2)


def type_mark(life: Life) -> bool:
    """A mark is entered or corrected."""
    student, column = _student(life), life.random.choice(life.teacher.of_kind("mark"))
    assert column.out_of is not None
    return _type(life, student, column, float(life.random.randint(0, column.out_of)))


def blank_mark(life: Life) -> bool:
    """A mark, a percentage or a grade is taken out."""
    return _type(life, _student(life), life.random.choice(life.teacher.of_kind("mark", "count", "grade")), None)


def type_nonsense(life: Life) -> bool:
    """What is no mark stands where a mark goes."""
    return _type(
        life, _student(life), life.random.choice(life.teacher.of_kind("mark", "count")), life.random.choice(NONSENSE)
    )


def type_remark(life: Life) -> bool:
    """A remark in a column of the teacher's own."""
    columns = life.teacher.of_kind("text")
    texts = (
        None,
        "moved to the front",
        "=SUM of all fears",
        "1/2",
        "007",
        'Zoë & Ana: "quiet"',
        "two\nlines",
        "☂ 🎈",
        "High",
    )
    return bool(columns) and _type(life, _student(life), life.random.choice(columns), life.random.choice(texts))


def add_student(life: Life) -> bool:
    """Somebody joins: below the others, or in a row that is inserted between them."""
    teacher, random = life.teacher, life.random
    if len(teacher.students) > 18:
        return False
    student = newcomer(teacher, random, life.names(), life.number())
    place = random.choice((len(teacher.students) - 1, random.randrange(len(teacher.students) - 1)))
    if teacher.results is not None:
        teacher.results[student] = dict.fromkeys(OURS)
    before = teacher.students[place] if place < len(teacher.students) - 1 else None
    teacher.students.insert(place, teacher.students.pop())
    for page, where in life.sheets():
        row = where.rows[before] if before else max(where.rows.values()) + 1
        page.row_for(row)
        for column in teacher.columns:
            enter(teacher, page, student, column, row, where.columns[column.token])
        page.calculate()
    return True


def take_student_out(life: Life) -> bool:
    """Somebody leaves: the row is deleted."""
    teacher = life.teacher
    if len(teacher.students) < 8:
        return False
    student = _student(life)
    for page, where in life.sheets():
        page.take_row(where.rows[student])
    teacher.gone.add(teacher.name(student))
    teacher.students.remove(student)
    teacher.decisions.pop(student, None)
    if teacher.results is not None:
        teacher.results.pop(student, None)
    return True


def sort(life: Life) -> bool:
    """The rows are sorted, with everything in them; what a filter hides is shown first."""
    teacher, random = life.teacher, life.random
    tokens = [
        "form",
        "target",
        "homework",
        teacher.columns[0].token,
        *(c.token for c in teacher.of_kind("mark")),
        "risk",
    ]
    token, turned = random.choice(tokens), random.random() < 0.5
    if token == "risk" and teacher.results is None:
        return False

    def place(student: str) -> tuple[str, float, str]:
        value = (
            (teacher.results or {}).get(student, {}).get("Risk")
            if token == "risk"
            else teacher.cells.get((student, token))
        )
        return ("", value, "") if isinstance(value, int | float) else ("text", 0.0, str(value))

    teacher.students.sort(key=place, reverse=turned)
    for page, where in life.sheets():
        page.hidden.clear()
        page.sort([where.rows[student] for student in teacher.students])
    return True


def filter_rows(life: Life) -> bool:
    """Only one form is shown; or everybody again."""
    teacher, everybody = life.teacher, life.random.random() < 0.4
    form = teacher.cells[_student(life), "form"]
    for page, where in life.sheets():
        rows = where.rows.items()
        page.hidden = set() if everybody else {row for student, row in rows if teacher.cells[student, "form"] != form}
    return True


def insert_column(life: Life) -> bool:
    """A new test with marks, or a column of texts: between the others, or right of everything."""
    teacher, random = life.teacher, life.random
    if len(teacher.columns) > 22:
        return False
    used = {column.heading.split(" (")[0].split(" HT")[0] for column in teacher.columns}
    topics = [topic for topic in TOPICS if topic not in used]
    if topics and random.random() < 0.7:
        total = random.choice((15, 20, 30))
        column = Column(f"test {life.number()}", f"{random.choice(topics)} ({total})", "mark", total)
        for student in teacher.students:
            if (mark := some_mark(random, column, random.random())) is not None:
                teacher.cells[student, column.token] = mark
    else:
        column = Column(f"text {life.number()}", random.choice(("Seat", "Diary note", "Parents", "Glasses?")), "text")
        if column.heading in used:
            return False
        for student in teacher.students:
            if random.random() < 0.6:
                teacher.cells[student, column.token] = random.choice(("row 2", "window", "to ring", "-"))
    at_the_end = random.random() < 0.3
    first = next(i for i, each in enumerate(teacher.columns) if each.kind in ("mark", "count"))
    beside = None if at_the_end else random.choice(teacher.columns[first:])
    teacher.columns.insert(len(teacher.columns) if beside is None else teacher.columns.index(beside), column)
    for page, where in life.sheets():
        c = page.corner()[1] + 1 if beside is None else where.columns[beside.token]
        page.column_for(c)
        page.put(teacher.header_row, c, column.heading)
        if page.table is not None and page.table[3] == c - 1:
            page.table = (*page.table[:3], c)
        for student, row in where.rows.items():
            enter(teacher, page, student, column, row, c)
        page.calculate()
    return True


def rename_heading(life: Life) -> bool:
    """A heading gets another word that means the same, or a test another title."""
    teacher = life.teacher
    column = life.random.choice(teacher.columns)
    heading = RENAMED.get(column.heading)
    if column.kind == "mark":
        title, _, total = column.heading.partition(" (")
        heading = f"{title.removesuffix(' HT1')}{'' if title.endswith(' HT1') else ' HT1'} ({total}"
    if heading is None:
        return False
    for page, where in life.sheets():
        page.put(teacher.header_row, where.columns[column.token], heading)
    column.heading = heading
    return True


def decide(life: Life) -> bool:
    """A decision with a note, another one, or none any more; in the server's book sometimes through its task pane."""
    teacher, random = life.teacher, life.random
    if teacher.results is None:
        return False
    student = _student(life)
    pair = random.choice(
        (("Accept", ""), ("Accept", "rang home"), ("Reject", "has a tutor"), ("Defer", "= after 1/2 term"), ("", ""))
    )
    in_the_pane = random.random() < 0.4
    for host in life.hosts:
        page = host.book.pages[SHEET]
        where = places(teacher, page)
        if host.name == "server" and in_the_pane:
            told = host.decide(teacher.day, teacher.key(student), *pair)
            life.ledger.steps["decide, in the task pane", host.name] += 1
            life.ledger.check(PROPER, told.proper, told.text)
            if told.done:
                continue  # else, in a class without a mark, the teacher types it
        for heading, text in zip((DECISION, NOTE), pair, strict=True):
            page.put(where.rows[student], where.results[heading], text)
    teacher.decisions.pop(student, None)
    if any(pair):
        teacher.decisions[student] = pair
    return True


def set_setup(life: Life) -> bool:
    """A setting is changed, to sense or nonsense."""
    name = life.random.choice(("half_term", "threshold_high", "threshold_watch", "clinic_seats"))
    half_terms: tuple[Value | None, ...] = (None, 1.0, 3.0, 6.0, "spring", 9.0)
    choices = {"half_term": half_terms, "clinic_seats": (None, 2.0, 5.0, "many")}.get(name, THRESHOLDS)
    value = life.random.choice(choices)
    life.teacher.setup[name] = value
    for host in life.hosts:
        sheet, row, column = host.book.names[name]
        host.book.pages[sheet].put(row, column, value)
    return True


def time_passes(life: Life) -> bool:
    """Some days go by."""
    life.teacher.day += timedelta(days=life.random.choice((1, 1, 3, 7, 20)))
    return True


def register(life: Life) -> bool:
    """Who came to a clinic is entered on the sheet Clinic plan."""
    plan = life.hosts[0].book.pages.get("Clinic plan")
    if plan is None:
        return False
    rows = [row for row in range(2, plan.corner()[0] + 1) if plan.cells.get((row, STATUS + 1)) == INVITED]
    if not rows:
        return False
    entered: tuple[Value | None, ...] = (1.0, 0.0, "y", "n", "ill")
    for row in life.random.sample(rows, min(len(rows), 3)):
        value = life.random.choice(entered)
        life.teacher.attended[_session(plan, row)] = value or 0.0
        for host in life.hosts:
            host.book.pages["Clinic plan"].put(row, ATTENDED + 1, value)
    return True


def _session(plan: Page, row: int) -> tuple[object, str, str]:
    """Day, clinic and student of a row of Clinic plan."""
    cells = [plan.cells.get((row, c + 1)) for c in (DATE, SLOT, STUDENT_ID, NAME)]
    return cells[0], str(cells[1]), str(cells[2] or cells[3]).casefold()


def _student(life: Life) -> str:
    return life.random.choice(life.teacher.students)


def _type(life: Life, student: str, column: Column, value: Value | None) -> bool:
    teacher = life.teacher
    if value is None:
        teacher.cells.pop((student, column.token), None)
    else:
        teacher.cells[student, column.token] = value
    for page, where in life.sheets():
        page.put(where.rows[student], where.columns[column.token], value)
        page.calculate()
    return True


EDITS: dict[str, tuple[int, Callable[[Life], bool]]] = {
    "type a mark": (10, type_mark),
    "blank a mark": (4, blank_mark),
    "type nonsense": (5, type_nonsense),
    "type a remark": (3, type_remark),
    "add a student": (4, add_student),
    "take a student out": (3, take_student_out),
    "sort": (8, sort),
    "filter": (4, filter_rows),
    "insert a column": (3, insert_column),
    "rename a heading": (3, rename_heading),
    "decide": (10, decide),
    "change Setup": (4, set_setup),
    "days pass": (6, time_passes),
    "register attendance": (4, register),
}
"""Rule -> how often it is drawn beside the others, and what it does; it answers whether there was anything to do."""
