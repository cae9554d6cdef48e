"""Run tests as if it were another day, in another zone, language and width: `python -m tests.any_day [options] [pytest's own]`.

The whole of each run is moved, the processes that tests start included, by tests/days/sitecustomize.py.

    python -m tests.any_day                  the tests that deal with dates, on the three days that .ci/run asks for
    python -m tests.any_day --all            the same tests in every case
    python -m tests.any_day --all --whole    every test in every case, which takes hours
    python -m tests.any_day --case "29 Feb"  the cases in whose names this is found
"""

from __future__ import annotations

import argparse
import locale
import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from tests.tools import ROOT, import_path


@dataclass(frozen=True)
class Case:
    """A time and place to run tests at: the clock on the wall there, and what the environment says of language and width."""

    name: str
    starts: str
    zone: str = "Europe/London"
    language: str = ""
    width: str = ""

    def environment(self) -> dict[str, str]:
        """The environment of the run."""
        kept = {name: value for name, value in os.environ.items() if name not in ("LANG", "LANGUAGE", "COLUMNS")}
        kept = {name: value for name, value in kept.items() if not name.startswith("LC_")}
        variable, _, value = self.language.partition("=")
        seconds = datetime.fromisoformat(self.starts).replace(tzinfo=ZoneInfo(self.zone)).timestamp() - time.time()
        moved = {
            "TZ": self.zone,
            "ANY_DAY_SECONDS": f"{seconds:.0f}",
            "PYTHONPATH": import_path(ROOT / "tests" / "days"),
        }
        return kept | moved | ({variable: value} if value else {}) | ({"COLUMNS": self.width} if self.width else {})


CASES = (
    # The three of .ci/run come first: between them they have each zone, language and width, and both sides of midnight in UTC.
    Case("Thursday", "2026-11-26T09:00", "Pacific/Auckland", "LANG=C", "40"),
    Case("29 February", "2028-02-29T20:00", "America/Los_Angeles", "LC_ALL=de_DE.UTF-8"),
    Case("clock goes forward", "2027-03-28T00:58"),
    Case("Monday", "2027-03-01T09:00"),
    Case("31 December", "2026-12-31T10:00"),
    Case("1 January", "2027-01-01T00:05"),
    Case("clock goes back", "2027-10-31T01:58"),
    Case("Auckland", "2027-06-15T08:00", "Pacific/Auckland"),
    Case("Los Angeles", "2027-06-15T22:00", "America/Los_Angeles"),
    Case("LANG=C", "2027-06-16T12:00", language="LANG=C"),
    Case("German", "2027-06-16T12:00", language="LC_ALL=de_DE.UTF-8"),
    Case("narrow", "2027-06-16T12:00", width="40"),
    Case("a past year", "2024-12-31T12:00"),
)
IN_CI = 3
COLUMNS = ("case", "day", "zone", "locale", "width", "passed", "failed")


def counts(told: str) -> tuple[int, int]:
    """How many tests passed, and how many failed or could not begin, from the last line of pytest.

    Example:
        >>> counts("...\\n2 failed, 31 passed, 1 skipped, 3 errors in 4.56s")
        (31, 5)
    """
    last = told.rstrip().rpartition("\n")[2]
    found = {word: int(number) for number, word in re.findall(r"(\d+) (passed|failed|error)", last)}
    return found.get("passed", 0), found.get("failed", 0) + found.get("error", 0)


def marked() -> list[str]:
    """The modules in which something is marked `dates`: the only ones worth collecting, which takes as long as many of their tests.

    Example:
        >>> "tests/files/package/test_safe_save.py" in marked()
        True
    """
    found = (path for path in (ROOT / "tests").rglob("test_*.py") if "mark.dates" in path.read_text(encoding="utf-8"))
    return sorted(path.relative_to(ROOT).as_posix() for path in found)


def run(case: Case, options: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    """Run pytest in a case; its row of the table, and whether all went well. What failed is printed."""
    # Its plugin is loaded before pytest, which would rather rewrite it.
    known = ("-W", "ignore:Module already imported so cannot be rewritten; time_machine")
    side_by_side = ("--numprocesses", "auto", "--dist", "loadfile", "--no-loadscope-reorder")
    command = [sys.executable, "-m", "pytest", "--quiet", *side_by_side, *known, *options]
    done = subprocess.run(
        command, cwd=ROOT, env=case.environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    told = done.stdout.decode("utf-8", errors="replace")
    passed, failed = counts(told)
    if done.returncode:
        sys.stdout.write(f"--- {case.name} ---\n{told}\n")
        sys.stdout.flush()
    day = f"{datetime.fromisoformat(case.starts):%Y-%m-%d %H:%M}"
    row = (case.name, day, case.zone, case.language or "-", case.width or "-", str(passed), str(failed))
    return row, done.returncode == 0


def table(rows: Sequence[Sequence[str]]) -> str:
    """Rows under one another, columns filled up to one width."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)


def refuse_unknown_languages(cases: Sequence[Case]) -> None:
    """End where the system lacks a language that is asked for: the tests would run in another without a word."""
    before = locale.setlocale(locale.LC_ALL)
    for name in {case.language.partition("=")[2] for case in cases} - {""}:
        try:
            locale.setlocale(locale.LC_ALL, name)
        except locale.Error:
            sys.exit(f"error: the system has no locale {name}. Install it: localedef -i {name[:5]} -f UTF-8 {name}")
        locale.setlocale(locale.LC_ALL, before)


def main() -> None:
    """Run the cases, print the table, and end with 1 where anything failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="every case instead of three")
    parser.add_argument("--whole", action="store_true", help="every test instead of those marked `dates`")
    parser.add_argument("--case", default="", metavar="NAME", help="the cases in whose names this is found")
    given, options = parser.parse_known_args()
    cases = [case for case in CASES if given.case in case.name] if given.all or given.case else CASES[:IN_CI]
    refuse_unknown_languages(cases)
    named = any((ROOT / option.partition("::")[0]).exists() for option in options)
    dates = [] if given.whole else ["-m", "dates", *([] if named else marked())]
    done = [run(case, [*dates, *options]) for case in cases]
    sys.stdout.write(f"{table([COLUMNS, *(row for row, _ in done)])}\n")
    sys.exit(not cases or not all(well for _, well in done))


if __name__ == "__main__":
    main()
