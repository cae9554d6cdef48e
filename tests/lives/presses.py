"""What a teacher has the program do, with what each time must hold of it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from copy import deepcopy
from datetime import date
from pathlib import Path

from tests.lives import runs
from tests.lives.births import TOPICS, newcomer, some_mark
from tests.lives.hosts import Told
from tests.lives.life import Life
from tests.lives.onto_disk import load, save
from tests.lives.promises import (
    BACKUP,
    CLEARED,
    IMPORT,
    INPUT,
    NEW_YEAR,
    NO_BACKUP,
    PROPER,
    READ_ONLY,
    REOPENED,
    SAME_ANSWER,
    TWICE,
    UNTOUCHED,
    results_on,
)  # fmt: skip
from tests.lives.teacher import OURS, SHEET, Column, Teacher, places


def score(life: Life) -> bool:
    """Score the class; sometimes twice."""
    wanted = runs.expectation(life)
    if press(life, "score", ["--in-place", *life.random.choice(([], ["--json"]))], should=not isinstance(wanted, str)):
        assert not isinstance(wanted, str)
        runs.scored(life, wanted)
        if life.random.random() < 0.4:
            _again(life, "score", ["--in-place"])
    return True


def score_into_another_file(life: Life) -> bool:
    """Score the class; of the file into another, with which the teacher goes on."""
    wanted = runs.expectation(life)
    file = life.hosts[0]
    other = file.folder / "class.marked.xlsx"
    if life.random.random() < 0.3 and life.teacher.results is not None:
        save(file.book, other)  # an earlier result of the very same book, which holds the same decisions
    else:
        other.unlink(missing_ok=True)
    if press(life, "score", [], should=not isinstance(wanted, str), result=other):
        assert not isinstance(wanted, str)
        runs.scored(life, wanted)
    return True


def plan(life: Life) -> bool:
    """Plan clinics, which scores the class too."""
    wanted = runs.expectation(life)
    file = life.hosts[0]
    if press(life, "plan", ["-o", str(file.path), "--impact"], should=None if not isinstance(wanted, str) else False):
        assert not isinstance(wanted, str)
        runs.scored(life, wanted)
        runs.planned(life)
    return True


def check(life: Life) -> bool:
    """Check data."""
    before = [host.book.values() for host in life.hosts]
    life.hosts[0].send(life.teacher.day, "check")
    for host in life.hosts[1:]:
        host.send(life.teacher.day, "check")
    for host, cells in zip(life.hosts, before, strict=True):
        told = host.take()
        life.ledger.check(PROPER, told.proper, f"{host.name}: {told.text}")
        life.ledger.same(READ_ONLY, host.book.values(), cells, host.name)
        life.ledger.steps["check", host.name] += 1
    return True


def clear(life: Life) -> bool:
    """Empty the results."""
    teacher = life.teacher
    if press(life, "clear", ["-o", str(life.hosts[0].path)], should=None) and teacher.results is not None:
        blank = dict.fromkeys(OURS)
        teacher.results = {student: dict(blank) for student in teacher.students}
        for host in life.hosts:
            page = host.book.pages[SHEET]
            there = results_on(page, places(teacher, page))
            life.ledger.same(CLEARED, there, teacher.results, host.name)
            for name in ("Class list", "Support") if teacher.has_sheets else ():
                rows = [place for place in host.book.pages[name].cells if place[0] > 1]
                life.ledger.check(CLEARED, not rows, f"{host.name}, {name}: {rows[:5]}")
    return True


def import_export(life: Life) -> bool:
    """An export of the school's system comes in: marks of a test, newcomers, sometimes a test that the sheet lacks."""
    teacher, random = life.teacher, life.random
    was = teacher.columns[0].token
    headings = ["Name"] if was == "name" else ["Student ID", "Surname", "Forename"]
    test, new = random.choice(teacher.of_kind("mark")), random.random() < 0.3 and len(teacher.columns) < 20
    after = deepcopy(teacher)
    topics = [topic for topic in TOPICS if not any(column.heading.startswith(topic) for column in teacher.columns)]
    if new := new and bool(topics):
        test = Column(f"test {life.number()}", f"{topics[0]} (30)", "mark", 30)
        after.columns.append(test)
    rows = []
    who = [student for student in after.students if random.random() < 0.9]
    for _ in range(random.choice((0, 0, 1, 2))):
        stranger = newcomer(after, random, life.names(), life.number())
        for column in after.columns:  # what the export does not have stays blank
            if column.kind != "who":
                after.cells.pop((stranger, column.token), None)
        who.append(stranger)
    for student in who:
        mark = some_mark(random, test, random.random())
        own = [after.cells[student, token] for token in ((was,) if was == "name" else (was, "surname", "forename"))]
        rows.append([*(f"{cell:.0f}" if isinstance(cell, float) else cell for cell in own), after.cells[student, "form"],
                     "" if mark is None else f"{mark:.0f}" if isinstance(mark, float) else mark])  # fmt: skip
        at = student, test.token
        if mark is not None and after.cells.get(at) is None:
            after.cells[at] = mark
    export = life.hosts[0].folder / "export.csv"
    with export.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([[*headings, "Reg", test.heading], *rows])
    given = ["import", str(export), "--into", "{file}", "-o", "{file}", *(["--add-columns"] if new else [])]
    if _command(life, given):
        if new and not any(test.token == token for token in places(after, life.hosts[0].book.pages[SHEET]).columns):
            after.columns.remove(test)  # nobody has a mark in it
        _takes_its_place(life, after)
        life.ledger.check(IMPORT, True)
    return True


def add_sheets(life: Life) -> bool:
    """The command line gives a book the sheets Runs, Queries, Class list and Support."""
    wanted = runs.expectation(life)
    if life.teacher.has_sheets or isinstance(wanted, str):
        return False
    if _command(life, ["score", "{file}", "--in-place", "--add-sheets"]):
        life.teacher.has_sheets = True
        runs.scored(life, wanted)
    return True


def roll_over(life: Life) -> bool:
    """The next school year, in a file of its own, with which the teacher goes on."""
    teacher, following = life.teacher, life.hosts[0].folder / "next.xlsx"
    for host in life.hosts:
        (host.folder / "next.xlsx").unlink(missing_ok=True)
    if not _command(life, ["roll-over", "{file}", "-o", "{next}"], result=following.name):
        return True
    for host in life.hosts:
        life.ledger.check(INPUT, host.path.read_bytes() == host.saved, host.name)
    for column in teacher.of_kind("mark", "count", "grade"):
        for student in teacher.students:
            teacher.cells.pop((student, column.token), None)
    year = str(teacher.setup["school_year"])
    ended = f"{year[:4]}-{year[-2:]}"
    teacher.setup |= {"school_year": f"{int(year[:4]) + 1}/{int(year[-2:]) + 1}", "half_term": None}
    teacher.decisions.clear()
    teacher.attended.clear()
    teacher.runs.clear()
    if teacher.results is not None:
        teacher.results = {student: dict.fromkeys(OURS) for student in teacher.students}
    for name, page in life.hosts[0].book.pages.items():
        if name.endswith(ended):
            teacher.archived[name] = dict(page.cells)
    teacher.day = max(teacher.day, date(int(year[:4]) + 1, 9, 7))
    life.kept = None
    life.ledger.check(NEW_YEAR, True)
    return True


def reopen(life: Life) -> bool:
    """The teacher goes back to the backup of the last press."""
    if life.kept is None:
        return False
    file = life.hosts[0]
    backups = sorted(file.folder.glob("class.backup-*.xlsx"), key=lambda path: path.stat().st_mtime_ns)
    kept, book = life.kept
    opened = load(backups[-1], file.book.names)
    life.ledger.same(REOPENED, opened.values(), book.values(), "the last backup")
    life.teacher = deepcopy(kept)
    for host in life.hosts:
        host.book = deepcopy(opened if host is file else book)
    return True


def press(life: Life, what: str, options: Sequence[str], *, should: bool | None, result: Path | None = None) -> bool:
    """Press a button in every host; whether it was done.

    Args:
        options: What the command line gets beside the file.
        should: Whether it should be done; None where nobody can say.
        result: Where the command line leaves its result; left out, in the file itself.
    """
    file, ledger, day = life.hosts[0], life.ledger, life.teacher.day
    before = {host.name: deepcopy(host.book) for host in life.hosts}
    there = {path.name for path in file.folder.glob("class*.backup-*.xlsx")}
    earlier = result.read_bytes() if result is not None and result.exists() else None
    for host in life.hosts:
        host.send(day, what, options)
    was = file.saved
    told = {
        host.name: host.take() if host is not file or result is None else host.take_from(result) for host in life.hosts
    }
    _agree(life, what, told, should)
    done = all(each.done for each in told.values())
    backups = [path for path in file.folder.glob("class*.backup-*.xlsx") if path.name not in there]
    target = result or file.path
    replaced = was if result is None else earlier
    if replaced is not None and target.exists() and target.read_bytes() != replaced:
        kept = [path.read_bytes() for path in backups]
        ledger.check(BACKUP, kept == [replaced], f"{what}: {[path.name for path in backups]}")
        if done and result is None:
            life.kept = (deepcopy(life.teacher), before[file.name])
    else:
        ledger.check(NO_BACKUP, not backups, f"{what}: {[path.name for path in backups]}")
    if result is not None:
        ledger.check(INPUT, file.path.read_bytes() == was, what)
    for host in life.hosts:
        if not told[host.name].done:
            ledger.same(UNTOUCHED, host.book.values(), before[host.name].values(), f"{what}, {host.name}")
    if not done and result is None:
        ledger.check(UNTOUCHED, file.path.read_bytes() == was, f"{what}: the file")
    return done


def _agree(life: Life, what: str, told: dict[str, Told], should: bool | None) -> None:
    ledger, every = life.ledger, list(told.values())
    for name, each in told.items():
        ledger.steps[what, name] += 1
        ledger.check(PROPER, each.proper, f"{what}, {name}: {each.text}")
        if not each.done:
            ledger.refused[what, each.text[:160]] += 1
    words = {name: each.text for name, each in told.items() if not each.done}
    ledger.check(SAME_ANSWER, len({each.done for each in every}) == 1, f"{what}: only {words}")
    if should is not None:
        ledger.check(
            SAME_ANSWER, every[0].done == should, f"{what}: done {every[0].done}, not {should}: {every[0].text}"
        )


def _again(life: Life, what: str, options: Sequence[str]) -> None:
    file, before = life.hosts[0], [host.book.values() for host in life.hosts]
    held = file.path.read_bytes()
    file.worker.send(life.teacher.day, arguments=[what, str(file.path), *options])
    for host in life.hosts[1:]:
        host.send(life.teacher.day, what)
    for host, cells in zip(life.hosts, before, strict=True):
        host.take()
        life.ledger.same(TWICE, host.book.values(), cells, host.name)
        life.ledger.steps[f"{what} again", host.name] += 1
    life.ledger.check(TWICE, file.path.read_bytes() == held, "the file's bytes")


def _command(life: Life, arguments: Sequence[str], *, result: str = "") -> bool:
    """Run a command on every host's book; whether it was done."""
    before, told = {host.name: host.book.values() for host in life.hosts}, {}
    for host in life.hosts:
        following = host.folder / result if result else None
        words = [word.replace("{next}", str(following)) for word in arguments]
        told[host.name] = host.command(life.teacher.day, words, result=following)
    _agree(life, arguments[0], told, None)
    for host in life.hosts:
        if not told[host.name].done:
            life.ledger.same(UNTOUCHED, host.book.values(), before[host.name], f"{arguments[0]}, {host.name}")
    life.kept = None
    return all(each.done for each in told.values())


def _takes_its_place(life: Life, after: Teacher) -> None:
    life.teacher = after
    if after.results is not None:
        for student in after.students:
            after.results.setdefault(student, dict.fromkeys(OURS))


PRESSES: dict[str, tuple[int, Callable[[Life], bool]]] = {
    "score": (9, score),
    "score into another file": (3, score_into_another_file),
    "plan": (4, plan),
    "check": (2, check),
    "clear": (2, clear),
    "import": (2, import_export),
    "add sheets": (1, add_sheets),
    "roll over": (1, roll_over),
    "reopen": (2, reopen),
}
"""Rule -> how often it is drawn beside the others, and what it does; it answers whether there was anything to do."""
