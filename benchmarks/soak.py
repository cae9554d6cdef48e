"""Whether anything grows: mixed work in rounds, with memory and open files before and after.

    python -m benchmarks.soak [--rounds N]

A round is what a school does in some minutes: score a class, score it again, plan its clinics, clear it, check it, mail it to a
mail server of this run over TLS; formulas in the rows of classes that change from call to call; and twenty function calls and
two scored classes over HTTP at a live server. Commands and formulas run in this one process, where whatever they left behind
would stay; the server is a process of its own that is watched. The first third of the rounds fills caches and the memory that
Python keeps; from there to the end nothing may grow. An hour of a busy day is about 60 rounds.
"""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import numpy as np
import psutil

from benchmarks.server import call, everybody, function_question, score_question, served
from benchmarks.tables import Table, from_command_line, verdict
from templates.build import class_workbook
from tests.formulas.random_calls import differences
from tests.mail.servers import PASSWORD, Mailbox, authority, running, tls, write_settings
from tests.support import run

ROUNDS = 30
STUDENTS = 30
CALLS, SCORES = 20, 2
EDITS = 40
"""Edits of a class, each asked for by formulas in some rows: more classes than are kept."""

MOST_GROWTH = 0.05
"""Of the memory after a third of the rounds: below that it is the allocator's noise."""


class Grew(Exception):
    """A command of a round did not do its work."""


def tables(*, quick: bool = False, rounds: int | None = None) -> list[Table]:
    """Do the rounds and tell what grew."""
    rounds = max(3, rounds or (3 if quick else ROUNDS))
    here = psutil.Process()
    seen: dict[str, list[tuple[float, int]]] = {"commands": [], "server": []}
    mailbox = Mailbox()
    with (
        tempfile.TemporaryDirectory() as folder,
        _at_home(Path(folder)),
        running(mailbox, starttls=tls()) as mail_port,
        served(1) as (origin, server),
    ):
        _settle_mail(Path(folder), mail_port)
        file = Path(folder) / "class.xlsx"
        class_workbook(file, students=STUDENTS, seed=7)
        for number in range(rounds):
            _commands(file, number)
            wrong = differences(EDITS, seed=number)[0]
            if wrong:
                raise Grew(f"a formula in a row answered wrongly: {wrong[0]}")
            if not mailbox.received:
                raise Grew("no mail arrived")
            mailbox.received.clear()
            mailbox.commands.clear()
            mailbox.logins.clear()
            # Other classes in each round, since what is worked out of a class is kept for a while.
            questions = [function_question(STUDENTS, whose=number)] * CALLS + [score_question(number)] * SCORES
            wrong = [question.path for question, _, right in call(origin, questions) if not right]
            if wrong:
                raise Grew(f"the server answered {wrong[0]} wrongly")
            gc.collect()
            seen["commands"].append(_state([here]))
            seen["server"].append(_state(everybody(server)))
    return [_table(seen, rounds)]


def _commands(file: Path, number: int) -> None:
    """One round of commands; every output is made anew, so that folder and history stay as small as they are."""
    folder = file.parent
    for old in (*folder.glob("class.*.xlsx"), *folder.glob("class.*/*")):
        old.unlink()
    marked = folder / "class.marked.xlsx"
    for arguments in (
        ("score", file),
        ("score", file, "--json"),
        ("plan", marked),
        ("clear", marked),
        ("check", file),
        ("email", marked, "--to", f"head{number}@school.example", "--send", "--yes"),
    ):
        done = run(*arguments)
        if "error:" in done.err or done.code not in ((0, 1) if arguments[0] == "check" else (0,)):
            raise Grew(f"markbook {arguments[0]}: {done.err or done.out}")


@contextmanager
def _at_home(folder: Path) -> Iterator[None]:
    """A data folder and a password of this run's own."""
    with patch.dict(os.environ, {"MARKBOOK_HOME": str(folder), "MARKBOOK_MAIL_PASSWORD": PASSWORD}):
        yield


def _settle_mail(home: Path, port: int) -> None:
    authority().cert_pem.write_to_path(home / "school-ca.pem")
    write_settings(home, port)


def _state(processes: list[psutil.Process]) -> tuple[float, int]:
    """Memory in megabytes, and open files and connections."""
    memory = sum(one.memory_info().rss for one in processes) / 1e6
    return memory, sum(one.num_fds() for one in processes)


def _table(seen: dict[str, list[tuple[float, int]]], rounds: int) -> Table:
    rows, grew = [], False
    for name, states in seen.items():
        warm = rounds // 3
        memory, files = [each for each, _ in states], [each for _, each in states]
        # The slope of a line through all rounds after the first third, over the length of that stretch.
        stretch = np.arange(warm, rounds)
        slope = float(np.polyfit(stretch, memory[warm:], 1)[0]) if len(stretch) > 1 else 0.0
        growth = slope * (len(stretch) - 1) / memory[warm]
        more_files = files[-1] - files[warm]
        grew = grew or growth > MOST_GROWTH or more_files > 0
        rows.append(
            (
                name, f"{memory[0]:.0f}", f"{memory[warm]:.0f}", f"{memory[-1]:.0f}", f"{100 * growth:+.1f} %", str(files[warm]),
                str(files[-1]),
            )
        )  # fmt: skip
    goal = verdict(not grew, f"memory within {MOST_GROWTH:.0%} and no more open files")
    headings = (
        "process", "after the first round", "after a third", "at the end", "trend from there", "files after a third",
        "files at the end",
    )  # fmt: skip
    told = (
        f"Each round: two scores, a plan, a clear, a check, a mail over TLS, {EDITS} edits under formulas, {CALLS} calls and "
        f"{SCORES} scored classes at a live server. Goal {goal}."
    )
    return Table(f"Soak: {rounds} rounds of mixed work, memory in MB and open files", headings, rows, (told,))


if __name__ == "__main__":
    from_command_line(tables, __doc__)
