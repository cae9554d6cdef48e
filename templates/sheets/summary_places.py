"""Where things stand on the sheet `Summary`; rows and columns counted from 1."""

from __future__ import annotations

NAME = "Summary"

FLAGS_ROW, RUNS_ROW, NEED_ROW, RULE_ROW = 4, 17, 30, 43
"""The rows of the four headings; each has a table on its left and a chart on its right."""

DAYS_ROW = RUNS_ROW + 2
"""The row of the dates of the last two runs."""

IMPACT_ROW = 59
"""The heading of what changed after clinics; sentences below it, without a chart."""

LAST_ROW = 64
"""The last row of the page."""

CHART_COLUMN = 8
DATA_COLUMN = 17
"""Where the charts begin, and where the folded columns behind the scatter chart do."""

FIRST_DATA_ROW, DATA_ROWS = 4, 250
"""The scatter chart holds a class of 200 and some more; a chart over a growing range is not known to LibreOffice."""
