"""The charts of the sheet `Summary`: native ones, each with an alternative text, none that says anything by colour alone."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.worksheet import Worksheet

from addin.results.columns import FLAG_COLOURS
from model.vocabulary import STRANDS, Flag
from templates import layout
from templates.layout import Group
from templates.styles import BANDS, FAINT_FLAGS, FONT, INK, LINE, WHITE

NAME = "Summary"

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
    beside = "The figures stand on its left."
    charts = {
        layout.FLAGS_ROW: (_flags(workbook, stored), f"Bar chart: how many students have each flag. {beside}"),
        layout.RUNS_ROW: (
            _runs(workbook, stored),
            f"Column chart: how many students had each flag in the run before and in the last run. {beside}",
        ),
        layout.NEED_ROW: (
            _strands(workbook, stored),
            f"Bar chart: how many students have each strand among their topics to work on. {beside}",
        ),
        layout.RULE_ROW: (
            _scatter(workbook, stored),
            "Scatter chart: a dot for each student; to the right how far the likely final grade is above or below target, "
            "upwards the risk. Triangles are High, circles Watch, squares On track.",
        ),
    }
    for row, (chart, words) in charts.items():
        height = _LAST_HEIGHT if row == layout.RULE_ROW else _HEIGHT
        chart.set_size({"width": _WIDTH, "height": height})
        chart.set_chartarea({"border": {"color": f"#{LINE}"}})
        sheet.insert_chart(row, layout.CHART_COLUMN - 1, chart, {"description": words, "x_offset": 4, "y_offset": 4})


def _flags(workbook: Workbook, stored: bool) -> Chart:
    colours = {"points": [_filled(FLAG_COLOURS[flag].fill, INK) for flag in Flag]}
    return _bars(
        workbook,
        stored,
        "Students by flag",
        "Students",
        (layout.FLAGS_ROW + 1, layout.FLAGS_ROW + len(Flag), 1),
        colours,
    )


def _strands(workbook: Workbook, stored: bool) -> Chart:
    place = layout.NEED_ROW + 1, layout.NEED_ROW + len(STRANDS), 5
    colours = _filled(_BAR_OF_STRANDS, _BAR_OF_STRANDS)
    return _bars(workbook, stored, "Students to help, by strand", "To help", place, colours)


def _bars(
    workbook: Workbook, stored: bool, title: str, name: str, place: tuple[int, int, int], colours: dict[str, Any]
) -> Chart:
    """Bars with their numbers, of the figures in `place`: first and last row and column, from 0."""
    first, last, column = place
    chart = _chart(workbook, {"type": "bar"}, title)
    chart.add_series(
        {
            "name": name,
            "categories": [NAME, first, 0, last, 0],
            "values": [NAME, first, column, last, column],
            **_copies(stored, "values_data"),
            **colours,
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
    first, last = layout.RUNS_ROW + 2, layout.RUNS_ROW + 1 + len(Flag)
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


def _scatter(workbook: Workbook, stored: bool) -> Chart:
    first, last = layout.FIRST_DATA_ROW - 1, layout.FIRST_DATA_ROW + layout.DATA_ROWS - 2
    chart = _chart(workbook, {"type": "scatter"}, "Risk against the gap to target, a mark for each student")
    for column, (flag, marker) in enumerate(_MARKERS.items(), start=layout.DATA_COLUMN + 1):
        chart.add_series(
            {
                # The word alone: the legend draws the sign itself.
                "name": flag.value.partition(" ")[2],
                "categories": [NAME, first, layout.DATA_COLUMN, last, layout.DATA_COLUMN],
                "values": [NAME, first, column, last, column],
                **_copies(stored, "categories_data", "values_data"),
                "marker": {"type": marker, "size": 8, **_filled(_MARKER_COLOURS[flag], WHITE)},
            }
        )
    chart.show_hidden_data()
    chart.set_legend({"position": "bottom", "font": _font()})
    usual = {
        "name_font": _font(),
        "num_font": _font(),
        "label_position": "low",
        "major_gridlines": {"visible": True, "line": {"color": f"#{LINE}", "width": 0.75}},
    }
    words = "Likely final grade minus target, in grades"
    chart.set_x_axis({"name": words, "num_format": "+0;-0;0", "major_unit": 1, "crossing": 0, **usual})
    percent = {"num_format": "0%", "min": 0, "max": 1, "major_unit": 0.25}
    chart.set_y_axis({"name": "Risk", **percent, "crossing": "min", **usual})
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
