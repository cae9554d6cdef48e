"""Faults that are put into the program: what the machine must find, or its silence means nothing."""

from __future__ import annotations

from dataclasses import dataclass

from tests.lives import promises

ALL = ("file", "server", "lite")
_EDITS = """
from dataclasses import replace
import importlib
def change(one, how):
    return replace(one, columns=tuple(replace(column, values=how(column)) for column in one.columns))
def everywhere(how):
    module = importlib.import_module("addin.hosts.closed_file" if KIND == "command" else "addin.hosts.xlwings_book")
    before = module.follow
    module.follow = lambda edits, sheet: change(before(edits, sheet), how)
"""
"""`everywhere(how)` changes the values of every column of results, right before they are written."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Something that the program does wrong.

    Args:
        name: What.
        program: Python that makes it so; KIND says where it runs, as in worker.py.
        breaks: The promises of which one at least must be found broken.
        hosts: Where.
    """

    name: str
    program: str
    breaks: tuple[str, ...]
    hosts: tuple[str, ...] = ALL


FAULTS = (
    Fault(
        name="two students have each other's results",
        program=_EDITS
        + """
def swapped(column):
    rows = sorted(column.values)
    first, second, *others = rows or (0, 0)
    return {**column.values, first: column.values.get(second), second: column.values.get(first)} if len(rows) > 1 else column.values
everywhere(swapped)
""",
        breaks=(promises.RIGHT_CHILD,),
    ),
    Fault(
        name="results stand one row below",
        program=_EDITS + "everywhere(lambda column: {row + 1: value for row, value in column.values.items()})",
        breaks=(promises.RIGHT_CHILD, promises.NOTHING_ELSE, promises.ALL_SCORED),
    ),
    Fault(
        name="a run empties decisions",
        program=_EDITS
        + """
everywhere(lambda column: dict.fromkeys(column.values or (2, 3, 4, 5)) if column.spec.teachers else column.values)
""",
        breaks=(promises.DECISIONS, promises.OWN_CELLS),
    ),
    Fault(
        name="the server writes another risk than the others",
        program=_EDITS
        + """
everywhere(lambda column: {
    row: value + 0.01 if column.spec.heading == "Risk" and value else value for row, value in column.values.items()
})
""",
        breaks=(promises.SAME,),
        hosts=("server",),
    ),
    Fault(
        name="Clear leaves Change standing",
        program=_EDITS
        + """
everywhere(lambda column: {
    row: value for row, value in column.values.items() if value is not None or column.spec.heading != "Change"
})
""",
        breaks=(promises.CLEARED, promises.RIGHT_CHILD),
    ),
    Fault(
        name="no backup is kept",
        program="import addin.files.marked as marked; marked.keep_backup = lambda target: target",
        breaks=(promises.BACKUP,),
        hosts=("file",),
    ),
    Fault(
        name="thresholds of Setup are forgotten",
        program="import addin.review as review; review.thresholds_of = lambda book, card: card.thresholds",
        breaks=(promises.THRESHOLDS, promises.RIGHT_CHILD),
    ),
    Fault(
        name="what is not understood is not listed",
        program="""
from dataclasses import replace
import addin.results.of_run as of_run
before = of_run.queries_listing
of_run.queries_listing = lambda markbooks, *, add: replace(before(markbooks, add=add), rows=())
""",
        breaks=(promises.QUERIES,),
    ),
)
