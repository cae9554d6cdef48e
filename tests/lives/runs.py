"""What must hold right after a run: results, Runs, Queries, class list and plan, compared with what should be found."""

from __future__ import annotations

from collections import Counter
from datetime import date

from addin.reading.grid import address
from addin.results.clinic_register import ATTENDED, DATE, INVITED, NAME, SLOT, STATUS, STUDENT_ID
from addin.results.scored import Result
from addin.results.short import why_in_short
from model.vocabulary import Flag
from tests.lives.expected import expected
from tests.lives.figures import has_mark, untrue
from tests.lives.hosts import Host
from tests.lives.life import Life
from tests.lives.promises import (
    ALL_SCORED,
    CHANGE,
    NO_LEAVER,
    PRIORITIES,
    QUERIES,
    REGISTER,
    RIGHT_CHILD,
    RUNS,
    THRESHOLDS,
    UNKNOWN,
    WHY,
    results_on,
)  # fmt: skip
from tests.lives.teacher import OURS, SHEET, Teacher, places
from tests.lives.workbook import Page, Value, plain

Results = dict[str, dict[str, Value | None]]


def expectation(life: Life) -> dict[str, Result] | str:
    """What a run should find now, or why it should refuse."""
    return expected(life.teacher, life.random)


def scored(life: Life, wanted: dict[str, Result]) -> None:
    """Look at every host after a run, and take its results into the teacher's record."""
    teacher, ledger = life.teacher, life.ledger
    for host in life.hosts:
        page = host.book.pages[SHEET]
        found: Results = results_on(page, places(teacher, page))  # type: ignore[assignment]
        ledger.check(
            ALL_SCORED, all(set(row) == set(OURS) and row["Flag"] for row in found.values()), f"{host.name}: {found}"
        )
        should = {student: _as_written(result) for student, result in wanted.items()}
        told = {
            student: {heading: row.get(heading) for heading in next(iter(should.values()))}
            for student, row in found.items()
        }
        ledger.same(RIGHT_CHILD, told, should, f"{host.name}, what the run says")
        _whole(teacher, host, found, life)
        if teacher.has_sheets:
            _beside(teacher, host, found, life)
        if host is life.hosts[0]:
            first = found
    teacher.results = first
    if teacher.has_sheets:
        for day, student in [at for at in teacher.runs if at[0] == teacher.day]:
            del teacher.runs[day, student]
        teacher.runs |= {
            (teacher.day, teacher.known_as(student)): (row["Risk"], str(row["Flag"])) for student, row in first.items()
        }


def planned(life: Life) -> None:
    """Look at the sheet Clinic plan after a plan."""
    teacher = life.teacher
    names = {teacher.invited_as(student) for student in teacher.students}
    for host in life.hosts:
        lines = _lines(host.book.pages["Clinic plan"])
        coming = [
            line
            for line in lines
            if line[STATUS] == INVITED and isinstance(line[DATE], date) and line[DATE] > teacher.day
        ]
        entered = {_session(line) for line in lines if line[ATTENDED] is not None}
        strangers = [line for line in coming if _session(line) not in entered and _session(line)[2] not in names]
        sessions = {session[:2] for session in entered}
        strangers = [line for line in strangers if _session(line)[:2] not in sessions]
        life.ledger.check(NO_LEAVER, not strangers, f"{host.name}, Clinic plan: {strangers[:3]}")
        often = Counter(map(_session, coming))
        life.ledger.check(REGISTER, max(often.values(), default=0) <= 1, f"{host.name}: invited several times {often}")
    register(life)


def register(life: Life) -> None:
    """Look at whether everything that was entered of attendance stands on Clinic plan."""
    wanted = {session: plain(value) for session, value in life.teacher.attended.items()}
    for host in life.hosts:
        lines = _lines(host.book.pages["Clinic plan"]) if wanted else []
        found = {_session(line): plain(line[ATTENDED]) for line in lines if line[ATTENDED] is not None}
        life.ledger.same(REGISTER, found, wanted, f"{host.name}, Clinic plan")


def _as_written(result: Result) -> dict[str, Value | None]:
    return {
        "Flag": result.flag.value,
        "Risk": None if result.risk is None else round(result.risk, 4),
        "Why": why_in_short(result.reasons),
    }


def _whole(teacher: Teacher, host: Host, found: Results, life: Life) -> None:
    ledger = life.ledger
    places_in_line = sorted(row["Priority"] for row in found.values() if row.get("Priority") is not None)  # type: ignore[type-var]
    ledger.check(PRIORITIES, places_in_line == [*range(1, len(places_in_line) + 1)], f"{host.name}: {places_in_line}")
    high, watch = _thresholds(teacher)
    for student, row in found.items():
        risk, flag = row.get("Risk"), row.get("Flag")
        if isinstance(risk, float):
            near = min(abs(risk - high), abs(risk - watch)) < 1e-4
            should = Flag.HIGH if risk >= high else Flag.WATCH if risk >= watch else Flag.ON_TRACK
            ledger.check(
                THRESHOLDS, near or flag == should.value, f"{host.name}, {student}: {risk} {flag}, from {high}, {watch}"
            )
            ledger.check(
                UNKNOWN, has_mark(teacher, student) and row["Priority"] is not None, f"{host.name}, {student}: {row}"
            )
        else:
            nothing = flag == Flag.ALWAYS_ABSENT.value or (
                row.get("Priority") is None and flag == Flag.NOT_ENOUGH.value
            )
            ledger.check(UNKNOWN, nothing, f"{host.name}, {student}: {row}")
        wrong = list(untrue(teacher, student, row))
        ledger.check(WHY, not wrong, f"{host.name}: {wrong}; {row}")


def _thresholds(teacher: Teacher) -> tuple[float, float]:
    from model.local import in_use

    usual = in_use().thresholds

    def sensible(name: str, default: float) -> float:
        value = teacher.setup[name]
        return value if isinstance(value, float) and 0 < value < 1 else default

    high, watch = sensible("threshold_high", usual.high), sensible("threshold_watch", usual.watch)
    return (high, watch) if watch < high else (usual.high, usual.watch)


def _beside(teacher: Teacher, host: Host, found: Results, life: Life) -> None:
    """The sheets Runs, Class list, Support and Queries."""
    ledger, book = life.ledger, host.book
    runs = {}
    rows = 0
    for line in _lines(book.pages["Runs"]):
        assert isinstance(line[0], date), f"{host.name}: {line}"
        runs[line[0], str(line[1] or line[2]).casefold()] = (plain(line[3]), str(line[4]))
        rows += 1
    today = {(teacher.day, teacher.known_as(student)): (row["Risk"], row["Flag"]) for student, row in found.items()}
    before = {at: entry for at, entry in teacher.runs.items() if at[0] != teacher.day}
    ledger.same(RUNS, runs, before | today, f"{host.name}, Runs")
    ledger.check(RUNS, rows == len(runs), f"{host.name}: {rows} rows for {len(runs)}")
    scored_before = {who for (day, who), (risk, _) in before.items() if risk is not None and day < teacher.day}
    for student, row in found.items():
        if row["Risk"] is not None:
            is_new = teacher.known_as(student) not in scored_before
            ledger.check(CHANGE, (row["Change"] == "new") == is_new, f"{host.name}, {student}: {row['Change']!r}")
    listed = [str(line[1]) for line in _lines(book.pages["Class list"])]
    ledger.check(
        NO_LEAVER, sorted(listed) == sorted(map(teacher.name, teacher.students)), f"{host.name}, Class list: {listed}"
    )
    cards = [str(line[0]).split(". ", 1)[-1] for line in _lines(book.pages["Support"])]
    strangers = [name for name in cards if name.split("\n")[0] in teacher.gone]
    ledger.check(NO_LEAVER, not strangers, f"{host.name}, Support: {strangers}")
    _queries(teacher, host, life)


def _queries(teacher: Teacher, host: Host, life: Life) -> None:
    page = host.book.pages[SHEET]
    where = places(teacher, page)
    listed = {str(line[0]): line[1] for line in _lines(host.book.pages["Queries"])}
    for student, row in where.rows.items():
        for test in teacher.of_kind("mark"):
            value = teacher.cells.get((student, test.token))
            odd = isinstance(value, str) and value != "Abs"
            odd = odd or (isinstance(value, float) and test.out_of is not None and not 0 <= value <= test.out_of)
            if odd:
                at = address(row, where.columns[test.token])
                told = plain(listed.get(at))
                same = told == value or str(told) == (f"{value:g}" if isinstance(value, float) else value)
                life.ledger.check(QUERIES, same, f"{host.name}, {at}: {value!r} is listed as {told!r}")


def _lines(page: Page) -> list[list[Value | None]]:
    last, _ = page.corner()
    lines = [[page.cells.get((row, c)) for c in range(1, 14)] for row in range(2, last + 1)]
    return [line for line in lines if any(cell is not None for cell in line)]


def _session(line: list[Value | None]) -> tuple[object, str, str]:
    return line[DATE], str(line[SLOT]), str(line[STUDENT_ID] or line[NAME]).casefold()
