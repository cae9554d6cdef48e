"""The charts of the sheet `Summary`: native ones, each with an alternative text, none that says anything by colour alone."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.worksheet import Worksheet

from addin.results.columns import FLAG_COLOURS
from model.vocabulary import STRANDS, Flag
from templates.layout import Group
from templates.sheets.summary_places import (
    CHART_COLUMN,
    DATA_COLUMN,
    DATA_ROWS,
    FIRST_DATA_ROW,
    FLAGS_ROW,
    NAME,
    NEED_ROW,
    RULE_ROW,
    RUNS_ROW,
)
from templates.styles import BANDS, FAINT_FLAGS, FONT, INK, LINE, WHITE

_WIDTH, _HEIGHT, _LAST_HEIGHT = 536, 292, 360
"""In pixels; the last chart stands beside the longest text."""

_MARKERS = {Flag.HIGH: "triangle", Flag.WATCH: "circle", Flag.ON_TRACK: "square"}
"""The signs of the flags as the chart can draw them."""

_MARKER_COLOURS = {Flag.HIGH: FLAG_COLOURS[Flag.HIGH].fill, **FAINT_FLAGS}

_NO_AXIS = {"visible": False, "min": 0, "major_gridlines": {"visible": False}}
"""For counts: every bar carries its number."""

_BAR_OF_STRANDS = BANDS[Group.TESTS].strong
_BEFORE_AND_LAST = ("A9B4C2", BANDS[Group.IDENTITY].strong)


def write(workbook: Workbook, sheet: Worksheet, *, stored: bool = False) -> None:
    """Add the four charts beside their tables.

    Args:
        workbook, sheet: Where.
        stored: The cells hold figures and not formulas, so that the charts keep a copy of them; previews draw from it.

    Example:
        >>> from io import BytesIO
        >>> book = Workbook(BytesIO())
        >>> write(book, book.add_worksheet(NAME))
        >>> [type(chart).__name__ for chart in book.charts]
        ['ChartBar', 'ChartColumn', 'ChartBar', 'ChartScatter']
    """
    charts = (
        (
            FLAGS_ROW,
            _flags(workbook, stored),
            "Bar chart: how many students have each flag. The figures stand on its left.",
        ),
        (
            RUNS_ROW,
            _runs(workbook, stored),
            "Column chart: how many students had each flag in the run before and in the last run. The figures stand on its left.",
        ),
        (
            NEED_ROW,
            _strands(workbook, stored),
            "Bar chart: how many students have each strand among their topics to work on. The figures stand on its left.",
        ),
        (
            RULE_ROW,
            _scatter(workbook, stored),
            "Scatter chart: a dot for each student; to the right how far the likely final grade is above or below target, "
            "upwards the risk. Triangles are High, circles Watch, squares On track.",
        ),
    )
    for row, chart, words in charts:
        height = _LAST_HEIGHT if row == RULE_ROW else _HEIGHT
        chart.set_size({"width": _WIDTH, "height": height})
        chart.set_chartarea({"border": {"color": f"#{LINE}"}})
        sheet.insert_chart(row, CHART_COLUMN - 1, chart, {"description": words, "x_offset": 4, "y_offset": 4})


def _flags(workbook: Workbook, stored: bool) -> Chart:
    first, last = FLAGS_ROW + 1, FLAGS_ROW + len(Flag)
    chart = _chart(workbook, {"type": "bar"}, "Students by flag")
    chart.add_series(
        {
            "name": "Students",
            "categories": [NAME, first, 0, last, 0],
            "values": [NAME, first, 1, last, 1],
            **_copies(stored, "values_data"),
            "points": [_filled(FLAG_COLOURS[flag].fill, INK) for flag in Flag],
            "data_labels": {"value": True, "font": _font()},
            "gap": 45,
        }
    )
    chart.set_legend({"none": True})
    # Bars are drawn from the foot up; reversed, they stand in the order of the table.
    chart.set_y_axis({"reverse": True, "num_font": _font(), "line": {"color": f"#{LINE}"}})
    chart.set_x_axis(_NO_AXIS)
    return chart


def _runs(workbook: Workbook, stored: bool) -> Chart:
    first, last = RUNS_ROW + 2, RUNS_ROW + 1 + len(Flag)
    chart = _chart(workbook, {"type": "column"}, "Students by flag, run before and last run")
    for column, (name, colour) in enumerate(zip(("Run before", "Last run"), _BEFORE_AND_LAST, strict=True), start=1):
        chart.add_series(
            {
                "name": name,
                "categories": [NAME, first, 0, last, 0],
                "values": [NAME, first, column, last, column],
                **_copies(stored, "values_data"),
                **_filled(colour, INK),
                "data_labels": {"value": True, "font": _font()},
                "gap": 60,
            }
        )
    chart.set_legend({"position": "bottom", "font": _font()})
    chart.set_x_axis({"num_font": _font(), "line": {"color": f"#{LINE}"}})
    chart.set_y_axis(_NO_AXIS)
    return chart


def _strands(workbook: Workbook, stored: bool) -> Chart:
    first, last = NEED_ROW + 1, NEED_ROW + len(STRANDS)
    chart = _chart(workbook, {"type": "bar"}, "Students to help, by strand")
    chart.add_series(
        {
            "name": "To help",
            "categories": [NAME, first, 0, last, 0],
            "values": [NAME, first, 5, last, 5],
            **_copies(stored, "values_data"),
            **_filled(_BAR_OF_STRANDS, _BAR_OF_STRANDS),
            "data_labels": {"value": True, "font": _font()},
            "gap": 45,
        }
    )
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": _font(), "line": {"color": f"#{LINE}"}})
    chart.set_x_axis(_NO_AXIS)
    return chart


def _scatter(workbook: Workbook, stored: bool) -> Chart:
    first, last = FIRST_DATA_ROW - 1, FIRST_DATA_ROW + DATA_ROWS - 2
    chart = _chart(workbook, {"type": "scatter"}, "Risk against the gap to target, a mark for each student")
    for column, (flag, marker) in enumerate(_MARKERS.items(), start=DATA_COLUMN + 1):
        chart.add_series(
            {
                # The word alone: the legend draws the sign itself.
                "name": flag.value.partition(" ")[2],
                "categories": [NAME, first, DATA_COLUMN, last, DATA_COLUMN],
                "values": [NAME, first, column, last, column],
                **_copies(stored, "categories_data", "values_data"),
                "marker": {"type": marker, "size": 8, **_filled(_MARKER_COLOURS[flag], WHITE)},
            }
        )
    chart.show_hidden_data()
    chart.set_legend({"position": "bottom", "font": _font()})
    grid = {"major_gridlines": {"visible": True, "line": {"color": f"#{LINE}", "width": 0.75}}}
    chart.set_x_axis(
        {
            "name": "Likely final grade minus target, in grades",
            "name_font": _font(),
            "num_font": _font(),
            "num_format": "+0;-0;0",
            "major_unit": 1,
            "crossing": 0,
            "label_position": "low",
            **grid,
        }
    )
    chart.set_y_axis(
        {
            "name": "Risk",
            "name_font": _font(),
            "num_font": _font(),
            "num_format": "0%",
            "min": 0,
            "max": 1,
            "major_unit": 0.25,
            "crossing": "min",
            "label_position": "low",
            **grid,
        }
    )
    return chart


def _copies(stored: bool, *kinds: str) -> dict[str, list[float]]:
    """What XlsxWriter's series take for their copies of figures: none where formulas are still to be worked out."""
    return {} if stored else {kind: [] for kind in kinds}


def _chart(workbook: Workbook, kind: dict[str, str], title: str) -> Chart:
    chart = workbook.add_chart(kind)
    assert chart is not None  # XlsxWriter answers None for a kind that it does not know
    chart.set_title({"name": title, "name_font": {"name": FONT, "size": 12, "color": f"#{INK}", "bold": True}})
    return chart


def _font() -> dict[str, Any]:
    return {"name": FONT, "size": 10, "color": f"#{INK}"}


def _filled(fill: str, line: str) -> dict[str, Any]:
    return {"fill": {"color": f"#{fill}"}, "border": {"color": f"#{line}", "width": 0.75}}
