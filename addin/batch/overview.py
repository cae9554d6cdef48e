"""The overview of a batch as a workbook and as CSV: by school, by year group and by class, without a student's name.

The same outcomes give the same bytes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from addin.batch.places import shown
from addin.batch.totals import FIGURES, Overview, Totals, natural
from addin.reading.grid import safe
from addin.results.columns import FLAG_COLOURS
from model.vocabulary import STRANDS, Flag
from templates.cells import write_value
from templates.layout import Group
from templates.styles import LINE, SOFT_INK, Styles

FIXED_DATE = datetime(2026, 1, 1)
"""Written into the file's properties: a real time would make each run's file differ from the last."""

PLACE_HEADINGS = ("School", "Year", "Class")
SHARE = "High, of all"
MOST_BARS = 40
"""Schools in the chart; more cannot be read."""

_HEADER_ROW = 4
_HEIGHT = 19.0  # points
_GROUPS: dict[str, Group] = (
    dict.fromkeys(PLACE_HEADINGS, Group.IDENTITY)
    | dict.fromkeys(("Workbooks", "Refused", "Students", "Queries"), Group.BASELINE)
    | dict.fromkeys((*(flag.value for flag in Flag), SHARE), Group.RESULTS)
    | dict.fromkeys((strand.value for strand in STRANDS), Group.TESTS)
)
_FLAGS_AT = FIGURES.index(Flag.HIGH.value)

Row = tuple[tuple[str, ...], Totals]
"""A line of a table: the names at its left, and its sums."""


def as_workbook(overview: Overview) -> bytes:
    """The overview as .xlsx: sheets `Schools` (with a chart), `Years`, `Classes` and `Refused`.

    Example:
        >>> as_workbook(Overview()) == as_workbook(Overview())
        True
    """
    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        workbook.set_properties(
            {"title": "Overview of a batch", "author": "Maths Clinic Markbook", "created": FIXED_DATE}
        )
        styles = Styles(workbook)
        everything = overview.everything()
        schools: list[Row] = [((name,), totals) for name, totals in overview.grouped(lambda p: p.school).items()]
        years: list[Row] = [((name,), totals) for name, totals in overview.grouped(lambda p: p.year).items()]
        classes: list[Row] = [((p.school, p.year, p.class_name), totals) for p, totals in overview.classes()]
        sheet = _table(workbook, styles, "Schools", PLACE_HEADINGS[:1], schools, everything)
        _chart(workbook, sheet, schools)
        _table(workbook, styles, "Years", PLACE_HEADINGS[1:2], years, everything)
        _table(workbook, styles, "Classes", PLACE_HEADINGS, classes, everything)
        _refused(workbook, styles, overview.refused)
    return buffer.getvalue()


def as_csv(overview: Overview) -> bytes:
    """The overview as CSV that Excel opens: one line a class, UTF-8 with a mark at its beginning.

    Example:
        >>> as_csv(Overview()).decode("utf-8-sig").split(",")[:5]
        ['School', 'Year', 'Class', 'Workbooks', 'Refused']
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow((*PLACE_HEADINGS, *FIGURES))
    for place, totals in overview.classes():
        names = (place.school, place.year, place.class_name)
        writer.writerow((*map(safe, names), *totals.figures()))
    return text.getvalue().encode("utf-8-sig")


def _table(
    workbook: Workbook, styles: Styles, name: str, names: Sequence[str], rows: Sequence[Row], everything: Totals
) -> Worksheet:
    """A sheet with a title, a line of sums and one line a group."""
    sheet = workbook.add_worksheet(name)
    sheet.hide_gridlines(2)
    sheet.set_row(0, 30)
    write_value(sheet, 1, 1, f"Overview by {names[-1].casefold()}", styles.page_title())
    note = (
        "Students by flag, and how many have a topic of each strand to work on. Workbooks with the same "
        f"{' and '.join(name.casefold() for name in names)} are added up. No student is named here."
    )
    write_value(sheet, 2, 1, note, styles.text(font_color=SOFT_INK, text_wrap=False))
    headings = (*names, *FIGURES[: _FLAGS_AT + len(Flag)], SHARE, *FIGURES[_FLAGS_AT + len(Flag) :])
    sheet.set_row(_HEADER_ROW - 1, 34)
    for column, heading in enumerate(headings, start=1):
        is_name = column <= len(names)
        place = {} if is_name else {"align": "center", "indent": 0}
        style = styles.band(_GROUPS[heading], text_wrap=True, valign="vcenter", **(place or {"indent": 1}))
        write_value(sheet, _HEADER_ROW, column, heading, style)
        sheet.set_column(column - 1, column - 1, 28 if is_name else 11.5)
    line = {"bottom": 1, "bottom_color": LINE, "valign": "vcenter"}
    for row, (labels, totals) in enumerate(rows, start=_HEADER_ROW + 1):
        _line(sheet, styles, row, labels, totals, line)
    last = _HEADER_ROW + len(rows)
    if rows:
        sheet.autofilter(_HEADER_ROW - 1, 0, last - 1, len(headings) - 1)
    # One row is left free, or sorting would take the sums for a group.
    sums = ("All", *[""] * (len(names) - 1))
    _line(sheet, styles, last + 2, sums, everything, {"bold": True, "top": 1, "top_color": LINE, "valign": "vcenter"})
    sheet.freeze_panes(_HEADER_ROW, len(names))
    _on_paper(sheet)
    return sheet


def _line(
    sheet: Worksheet, styles: Styles, row: int, labels: Sequence[str], totals: Totals, look: dict[str, object]
) -> None:
    sheet.set_row(row - 1, _HEIGHT)
    for column, label in enumerate(labels, start=1):
        write_value(sheet, row, column, label, styles.text(**look))
    number = styles.text(**look, align="center", indent=0, num_format="#,##0")
    share = styles.text(**look, align="center", indent=0, num_format="0%")
    figures = totals.figures()
    after_flags = _FLAGS_AT + len(Flag)
    for column, figure in enumerate(figures[:after_flags], start=len(labels) + 1):
        write_value(sheet, row, column, figure, number)
    high = totals.counts[0] / totals.students if totals.students else None
    write_value(sheet, row, len(labels) + after_flags + 1, high, share)
    for column, figure in enumerate(figures[after_flags:], start=len(labels) + after_flags + 2):
        write_value(sheet, row, column, figure, number)


def _chart(workbook: Workbook, sheet: Worksheet, table: Sequence[Row]) -> None:
    """The flags of each school as shares of its students, below the table and its sums."""
    rows = table[:MOST_BARS]
    if not rows:
        return
    chart = workbook.add_chart({"type": "bar", "subtype": "percent_stacked"})
    assert chart is not None, "bar is a kind of chart"
    first, last = _HEADER_ROW, _HEADER_ROW + len(rows) - 1
    for place, (flag, colours) in enumerate(FLAG_COLOURS.items()):
        column = 1 + _FLAGS_AT + place
        chart.add_series(
            {
                "name": [sheet.name, _HEADER_ROW - 1, column],
                "categories": [sheet.name, first, 0, last, 0],
                "values": [sheet.name, first, column, last, column],
                "fill": {"color": f"#{colours.fill}"},
                "border": {"color": f"#{colours.text}", "width": 0.5},
                "gap": 40,
            }
        )
        assert flag is list(Flag)[place], "the colours stand in the order of the flags"
    chart.set_title({"name": "Students by flag", "name_font": {"size": 13}})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
    chart.set_x_axis({"num_format": "0%", "major_gridlines": {"visible": True, "line": {"color": f"#{LINE}"}}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 860, "height": 130 + 26 * len(rows)})
    sheet.insert_chart(_HEADER_ROW + len(table) + 3, 0, chart, {"x_offset": 6})


def _refused(workbook: Workbook, styles: Styles, refused: dict[str, str]) -> None:
    sheet = workbook.add_worksheet("Refused")
    sheet.hide_gridlines(2)
    sheet.set_row(0, 30)
    write_value(sheet, 1, 1, "Workbooks without a result", styles.page_title())
    note = "What kind of problem it is. `markbook check` on the workbook names the cell." if refused else "None."
    write_value(sheet, 2, 1, note, styles.text(font_color=SOFT_INK, text_wrap=False))
    sheet.set_column(0, 0, 60)
    sheet.set_column(1, 1, 90)
    for column, heading in enumerate(("Workbook", "Problem"), start=1):
        write_value(sheet, _HEADER_ROW, column, heading, styles.band(Group.IDENTITY, indent=1, valign="vcenter"))
    line = styles.text(bottom=1, bottom_color=LINE)
    for row, file in enumerate(sorted(refused, key=natural), start=_HEADER_ROW + 1):
        write_value(sheet, row, 1, shown(file, longest=200), line)
        write_value(sheet, row, 2, refused[file], line)
    sheet.freeze_panes(_HEADER_ROW, 0)
    _on_paper(sheet)


def _on_paper(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER_ROW - 1)
