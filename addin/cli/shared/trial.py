"""Scores a table as a user would: written into a workbook, and read and scored like any other."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
from xlsxwriter import Workbook

from addin.hosts.closed_file import ClosedFile
from addin.review import review
from model.rules import RULES
from model.scorecard import bundled
from model.standing.place import standing
from model.training.goals import RULE
from model.training.tables import Table


def scored(table: Table) -> pd.DataFrame:
    """What the program says of each row of a table, by the shipped scorecard.

    Returns:
        A row for each of the table's, in order, with `risk` (NaN without a score), `priority` (0 without one) and `below target`,
        the plain rule's order.

    Example:
        >>> headings = ["Student ID", "Name", "Target grade", "Angles (20)"]
        >>> said = scored((headings, [[f"S{i}", f"Pupil {i}", 5, 2 * i] for i in range(10)]))
        >>> bool(said["risk"].is_monotonic_decreasing)
        True
    """
    headings, rows = table
    with TemporaryDirectory() as place:
        path = Path(place, "class.xlsx")
        with Workbook(path) as workbook:
            sheet = workbook.add_worksheet("Markbook")
            for number, row in enumerate([headings, *rows]):
                sheet.write_row(number, 0, row)
        done = review(ClosedFile(path, output=Path(place, "out.xlsx")).read(), card=bundled())
    by_row = {result.row - 2: result for result in done.results}
    cohort = done.markbook.cohort
    rule = dict(zip(cohort.keys, RULES[RULE](cohort, standing(cohort, reference=bundled().reference)), strict=True))
    results = [by_row[place] for place in range(len(rows))]
    return pd.DataFrame(
        {
            "risk": [np.nan if result.risk is None else result.risk for result in results],
            "priority": [result.priority or 0 for result in results],
            RULE: [rule[result.key] for result in results],
        }
    ).rename(columns={RULE: "below target"})
