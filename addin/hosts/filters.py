"""Filters of an open book: writing into a filtered range puts values on the wrong rows, so they are cleared and this is said.

Excel on the desktop says whether one is on; where it cannot be cleared, nothing is written. A server's book does not say: there the
filters of all tables and of the ranges that a filter usually covers are cleared.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from addin.errors import HostProblem
from addin.hosts.open_sheet import told
from addin.reading.grid import Area


def clear_filters(sheet: Any, areas: Iterable[Area], *, desktop: bool) -> tuple[str, ...]:
    """Clear the filters of a sheet that is about to be written.

    Args:
        sheet: An xlwings sheet.
        areas: The ranges that a filter of the sheet itself may cover, for a book that does not tell.
        desktop: Whether its engine is Excel on the desktop.

    Returns:
        What was cleared, in words.

    Raises:
        HostProblem: A filter stays on; nothing is written.
    """
    tables = [table for table in sheet.tables if table.show_autofilter]
    for table in tables:
        table.autofilter.clear()
    cleared = tuple(f"the table '{table.name}'" for table in tables)
    filtered = told(sheet, "FilterMode", "filter_mode") if desktop else None
    if filtered is None:
        for area in dict.fromkeys(areas):
            if area.first_row <= area.last_row and area.first_column <= area.last_column:
                sheet.range(area[:2], area[2:]).autofilter.clear()
    elif not filtered:
        return cleared
    else:
        native = sheet.api
        (native.ShowAllData if hasattr(native, "ShowAllData") else native.show_all_data)()
        if told(sheet, "FilterMode", "filter_mode"):
            raise HostProblem(
                f"Sheet '{sheet.name}': a filter is on and cannot be cleared. Nothing was written. Clear it under Data, and run "
                "again."
            )
    return (f"the sheet '{sheet.name}'", *cleared)
