"""Excel's own charts of an overview: flags by class, flagged then and now, topics by year group."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from xlsxwriter import Workbook

from addin.overview.parts import THEN_NOW
from addin.overview.places import UNKNOWN
from addin.overview.tables import HEADER_ROW, Table
from addin.overview.topics import YearTopics
from addin.results.columns import FLAG_COLOURS
from model.vocabulary import Flag
from templates.layout import Group
from templates.styles import BANDS, INK, LINE

MOST_BARS = 40
"""Classes or schools in a chart; more cannot be read."""

MOST_TOPICS, MOST_YEARS = 10, 12
"""Topics in a chart, and year groups with a chart."""

_THEN, _NOW, _TOPICS = "9AA5B1", BANDS[Group.RESULTS].strong, BANDS[Group.TESTS].strong
_ABOVE = "The figures stand in the table above it."
_BESIDE = 10
"""The column of the sheet `Topics` beside its table, where charts stand, from 0."""


def flags_chart(workbook: Workbook, table: Table, *, names: tuple[int, int]) -> None:
    """The flags of each line as shares of its students, below the table and its sums.

    Args:
        names: The first and the last column that say what a line is, from 0.
    """
    last = min(table.last, table.first + MOST_BARS - 1)
    if last < table.first:
        return
    chart = workbook.add_chart({"type": "bar", "subtype": "percent_stacked"})
    assert chart is not None, "bar is a kind of chart"
    for flag, colours in FLAG_COLOURS.items():
        column = table.column(flag.value)
        chart.add_series(
            {
                "name": [table.sheet.name, HEADER_ROW - 1, column],
                "categories": [table.sheet.name, table.first - 1, names[0], last - 1, names[1]],
                "values": [table.sheet.name, table.first - 1, column, last - 1, column],
                "fill": {"color": f"#{colours.fill}"},
                "border": {"color": f"#{INK}", "width": 0.75},
                "data_labels": _signed(flag),
                "gap": 40,
            }
        )
    assert list(FLAG_COLOURS) == list(Flag), "the colours stand in the order of the flags"
    chart.set_title({"name": "Students by flag", "name_font": {"size": 13}})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
    chart.set_x_axis({"num_format": "0%", "major_gridlines": {"visible": True, "line": {"color": f"#{LINE}"}}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 860, "height": 130 + 26 * (last - table.first + 1)})
    words = f"Bar chart: the flags of each line as shares of its students. {_ABOVE}"
    table.sheet.insert_chart(table.end + 1, 0, chart, {"x_offset": 6, "description": words})


def _signed(flag: Flag) -> dict[str, Any]:
    """Numbers on the pieces of a bar with the flag's sign before them, and none for nobody: nothing is told by colour alone."""
    sign = flag.value.partition(" ")[0]
    return {"value": True, "num_format": f'"{sign} "0;;', "font": {"color": f"#{FLAG_COLOURS[flag].text}", "size": 9}}


def change_charts(workbook: Workbook, table: Table, *, names: tuple[int, int], filled: Iterable[int]) -> None:
    """How many were flagged then and are flagged now, by class; one chart for each comparison that has figures.

    Args:
        names: The first and the last column that say what a line is, from 0.
        filled: The comparisons with figures, of 0 and 1.
    """
    last = min(table.last, table.first + MOST_BARS - 1)
    row = table.end + 1
    for which in filled:
        chart = workbook.add_chart({"type": "bar"})
        assert chart is not None, "bar is a kind of chart"
        for heading, colour in zip(THEN_NOW[which], (_THEN, _NOW), strict=True):
            column = table.column(heading)
            chart.add_series(
                {
                    "name": [table.sheet.name, HEADER_ROW - 1, column],
                    "categories": [table.sheet.name, table.first - 1, names[0], last - 1, names[1]],
                    "values": [table.sheet.name, table.first - 1, column, last - 1, column],
                    "fill": {"color": f"#{colour}"},
                    "border": {"color": f"#{INK}", "width": 0.75},
                    "data_labels": {"value": True},
                    "gap": 50,
                }
            )
        title = ("Flagged: the run before, and now", "Flagged: two runs before, and now")[which]
        chart.set_title({"name": title, "name_font": {"size": 13}})
        chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
        chart.set_x_axis({"min": 0, "major_gridlines": {"visible": True, "line": {"color": f"#{LINE}"}}})
        chart.set_legend({"position": "bottom"})
        height = 130 + 34 * (last - table.first + 1)
        chart.set_size({"width": 860, "height": height})
        words = f"Bar chart: {title}, by class. {_ABOVE}"
        table.sheet.insert_chart(row, 0, chart, {"x_offset": 6, "description": words})
        row += height // 20 + 2


def title_of(year: YearTopics) -> str:
    """What a year group is called.

    Example:
        >>> title_of(YearTopics(school="unknown", year="Year 9", students=60, topics=()))
        'Year 9'
    """
    return year.year if year.school == UNKNOWN else f"{year.year}, {year.school}"


def topic_charts(workbook: Workbook, table: Table, years: Iterable[YearTopics]) -> None:
    """The most needed topics of each year group as bars, beside the table."""
    first, row = table.first, HEADER_ROW - 1
    for number, year in enumerate(year for year in years if year.topics):
        shown = year.topics[:MOST_TOPICS]
        if number < MOST_YEARS:
            chart = workbook.add_chart({"type": "bar"})
            assert chart is not None, "bar is a kind of chart"
            name, column = table.column("Topic"), table.column("Students")
            chart.add_series(
                {
                    "name": f"Students of {year.year}",
                    "categories": [table.sheet.name, first - 1, name, first + len(shown) - 2, name],
                    "values": [table.sheet.name, first - 1, column, first + len(shown) - 2, column],
                    "fill": {"color": f"#{_TOPICS}"},
                    "data_labels": {"value": True},
                    "gap": 40,
                }
            )
            told = f"{title_of(year)}: students who have the topic to work on"
            chart.set_title({"name": told, "name_font": {"size": 12}})
            chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
            chart.set_x_axis({"min": 0, "major_gridlines": {"visible": True, "line": {"color": f"#{LINE}"}}})
            chart.set_legend({"none": True})
            height = 110 + 26 * len(shown)
            chart.set_size({"width": 620, "height": height})
            words = f"Bar chart: {told}. The figures stand in the table on its left."
            table.sheet.insert_chart(row, _BESIDE, chart, {"description": words})
            row += height // 25 + 2
        first += len(year.topics)
