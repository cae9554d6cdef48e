"""The table of messy markbooks: what each must give and what it gives.

    python -m tests.messy.report [--json]

Exits with 1 where a file is not read as it is written beside it.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tests.messy.make import ALL, make_all
from tests.messy.reading import Reading, expected, read

WIDTH = 200


def main(arguments: list[str]) -> int:
    """Print the table, or the same as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        files = make_all(Path(folder))
        pairs = [(messy, expected(messy), read(messy, files[messy.name])) for messy in ALL]
    unequal = sum(wanted != found for _, wanted, found in pairs)
    if "--json" in arguments:
        rows = [{"file": m.name, "trouble": m.trouble, "equal": wanted == found} for m, wanted, found in pairs]
        sys.stdout.write(json.dumps(rows, indent=2) + "\n")
        return 1 if unequal else 0
    table = Table(title="Messy markbooks: expected | read", title_justify="left")
    for heading in ("File", "Trouble", "Students", "Marks", "Queries", "Equal"):
        table.add_column(heading, overflow="fold")
    for messy, wanted, found in pairs:
        table.add_row(
            messy.name,
            messy.trouble,
            _both(_students(wanted), _students(found)),
            _both(wanted.marks_counted(), found.marks_counted()),
            _both(_queries(wanted), _queries(found)),
            "yes" if wanted == found else "NO",
        )
    console = Console(width=WIDTH, highlight=False)
    console.print(table)
    students, queries = (sum(len(getattr(found, what)) for *_, found in pairs) for what in ("students", "queries"))
    console.print(Text(f"{len(pairs)} files, {students} students, {queries} queries, {unequal} not equal"))
    return 1 if unequal else 0


def _both(wanted: str, found: str) -> str:
    return f"{wanted} | {found}"


def _students(reading: Reading) -> str:
    if reading.refused:
        return "asks which"
    doubtful = sum(name.startswith("(") for name in reading.students)
    return f"{len(reading.students)}" + (f", {doubtful} not scored" if doubtful else "")


def _queries(reading: Reading) -> str:
    return " ".join(reading.queries) or "none"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
