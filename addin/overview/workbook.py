"""An overview as a workbook and as CSV, without a student's name. The same classes give the same bytes."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime

from xlsxwriter import Workbook

from addin.overview.charts import change_charts, flags_chart, topic_charts
from addin.overview.figures import Overview
from addin.overview.parts import (
    Part,
    change_part,
    classes_part,
    refused_part,
    schools_part,
    topics_part,
    years_part,
)
from addin.overview.tables import Table, write_table
from addin.overview.tally import FIGURES, HIDDEN, Tally
from addin.overview.topics import topics_of_years
from addin.reading.grid import safe
from model.fairness import LEAST
from templates.styles import Styles

FIXED_DATE = datetime(2026, 1, 1)
"""Written into the file's properties: a real time would make each run's file differ from the last."""

PLACE_HEADINGS = ("School", "Year", "Class")
MORE_HEADINGS = (
    "Last run", "Run before", "Rose", "Fell", "Other flag", "Two runs before", "Rose since", "Fell since", "Other flag since",
    "Clinics offered", "Clinics attended",
)  # fmt: skip


def as_workbook(overview: Overview) -> bytes:
    """The overview as .xlsx: sheets `Classes`, `Change`, `Topics`, `Years`, `Schools` (of several) and `Refused`, with charts.

    Example:
        >>> as_workbook(Overview()) == as_workbook(Overview())
        True
    """
    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        workbook.set_properties(
            {"title": "Overview of classes", "author": "Maths Clinic Markbook", "created": FIXED_DATE}
        )
        styles = Styles(workbook)
        years = topics_of_years(overview)

        def written(part: Part) -> Table:
            return write_table(
                workbook,
                styles,
                part.name,
                title=part.title,
                notes=part.notes,
                heads=part.heads,
                rows=part.rows,
                sums=part.sums,
                frozen=part.names,
            )

        classes = classes_part(overview)
        flags_chart(workbook, written(classes), names=_telling(classes))
        change = change_part(overview)
        changed = written(change)
        tallies = [each.tally for each in overview.classes()]
        change_charts(
            workbook,
            changed,
            names=_telling(change),
            filled=[which for which in (0, 1) if any(t.changes[which].compared for t in tallies)],
        )
        topic_charts(workbook, written(topics_part(overview, years)), years)
        written(years_part(overview))
        if overview.has_several_schools:
            flags_chart(workbook, written(schools_part(overview)), names=(0, 0))
        written(refused_part(overview))
    return buffer.getvalue()


def as_csv(overview: Overview) -> bytes:
    """The overview as CSV that Excel opens: one line a class, UTF-8 with a mark at its beginning.

    Example:
        >>> as_csv(Overview()).decode("utf-8-sig").split(",")[:5]
        ['School', 'Year', 'Class', 'Teacher', 'Workbooks']
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow((*PLACE_HEADINGS, "Teacher", *FIGURES, *MORE_HEADINGS))
    for each in overview.classes():
        names = (each.place.school, each.place.year, each.place.class_name, ", ".join(each.teachers))
        writer.writerow((*map(safe, names), *each.tally.figures(), *_more(each.tally, each.now, each.days)))
    return text.getvalue().encode("utf-8-sig")


def _telling(part: Part) -> tuple[int, int]:
    """The columns that a chart calls its lines by: the class alone where no two are called the same."""
    last = part.names - 1
    called = [row[last] for row in part.rows]
    return (last if len(set(called)) == len(called) else 0), last


def _more(tally: Tally, now: date | None, days: tuple[date | None, date | None]) -> tuple[object, ...]:
    """What `MORE_HEADINGS` names."""

    def since(which: int) -> tuple[object, ...]:
        change = tally.changes[which]
        figures = (change.rose, change.fell, change.flags)
        if tally.is_hidden or 0 < change.compared < LEAST:
            return (days[which], *(HIDDEN,) * len(figures))
        return (days[which], *(figures if change.compared else (None,) * len(figures)))

    clinics = (HIDDEN, HIDDEN) if tally.is_hidden else (tally.offered, tally.attended)
    return (now, *since(0), *since(1), *clinics)
