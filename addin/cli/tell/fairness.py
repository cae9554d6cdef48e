"""The audit by group as a table on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from addin.cli.tell.table import Table
from model.fairness import LEAST, ColumnAudit, Figure, Group, Hidden
from model.intervals import Estimate

MOST_NAMES = 3  # hidden groups that are named; a column of many small ones is no grouping


def fairness_table(audits: Sequence[ColumnAudit]) -> Table:
    """A row for each group that is shown, one for those of a column that are hidden, and how they compare; of at least one column.

    Example:
        >>> from model.fairness import audit
        >>> from model.vocabulary import Flag
        >>> table = fairness_table(audit({"PP": ["Y"] * 4}, flags=[Flag.HIGH] * 4, risk=[0.9] * 4))
        >>> [column.heading for column in table.columns]
        ['Column', 'Group', 'Students', 'Flagged High', 'Flagged High or Watch', 'Compared with the first group']
    """
    figures = [figure for figure in Figure if figure in audits[0].groups[0].figures]
    table = Table(
        title="Flags by group, with 95 % intervals; differences corrected for the number of groups looked at",
        caption="Groups differ for many reasons: a difference is a question to ask, not yet an answer.",
    )
    table.add_columns("Column", "Group")
    for heading in ("Students", *(figure.value for figure in figures)):
        table.add_column(heading, right=True)
    table.add_columns("Compared with the first group")
    for column in audits:
        shown = [group for group in column.groups if isinstance(group.figures[Figure.FLAGGED], Estimate)]
        hidden = [group for group in column.groups if group not in shown]
        for place, group in enumerate(shown):
            table.add_row(
                column.heading if place == 0 else "",
                group.name,
                str(_students(group)),
                *(_cell(figure, group.figures[figure]) for figure in figures),
                _comparison(column, group.name, figures) if place else "",
            )
        if hidden:
            names = ", ".join(group.name for group in hidden)
            some = names if len(hidden) <= MOST_NAMES else f"{len(hidden)} {'other ' if shown else ''}groups"
            table.add_row("" if shown else column.heading, some, "", *("hidden" for _ in figures), _why(hidden))
    return table


def _students(group: Group) -> int:
    figure = group.figures[Figure.FLAGGED]
    assert isinstance(figure, Estimate)
    return figure.students


def _cell(figure: Figure, told: Estimate | Hidden) -> str:
    if isinstance(told, Hidden):
        return told.value if told is Hidden.SMALL else "hidden"
    value, low, high = (round(100 * part) for part in (told.value, told.low, told.high))
    if figure is Figure.CALIBRATION:
        return f"{value:+d} points ({low:+d} to {high:+d})"
    return f"{value} % ({low} to {high})"


def _comparison(column: ColumnAudit, group: str, figures: Sequence[Figure]) -> str:
    """What differs; where nothing does, that once."""
    readings = [reading for figure in figures if (reading := column.reading(group, figure))]
    told = dict.fromkeys(readings)
    return "; ".join([text for text in told if not text.startswith("no difference")] or told)


def _why(hidden: Sequence[Group]) -> str:
    small = f"groups of fewer than {LEAST} are hidden"
    if any(group.figures[Figure.FLAGGED] is Hidden.SUBTRACTION for group in hidden):
        return f"{small}, and what they could be worked out from"
    return small
