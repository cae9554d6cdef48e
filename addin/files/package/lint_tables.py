"""What Excel repairs in tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from lxml import etree

from addin.files.package.cell_text import unescape
from addin.files.package.formula_text import fault
from addin.files.package.markup import main
from addin.files.package.ranges import Range


class TableNames:
    """The names and numbers that the tables of a workbook have taken; a table cannot have a defined name's name either."""

    def __init__(self, workbook: etree._Element) -> None:
        names = workbook.iterfind(f"{main('definedNames')}/{main('definedName')}")
        self._names = {str(name.get("name")).casefold() for name in names}
        self._numbers: set[str] = set()

    def take(self, table: etree._Element) -> Iterator[str]:
        """Give a table its name and number; answers what is wrong with them."""
        name, number = str(table.get("displayName")), str(table.get("id"))
        if name.casefold() in self._names:
            yield f"the name '{name}' is taken already"
        if number in self._numbers:
            yield f"the number {number} is taken already"
        if not name or not (name[0].isalpha() or name[0] in "_\\") or " " in name:
            yield f"'{name}' is no name"
        self._names.add(name.casefold())
        self._numbers.add(number)


def table_findings(
    tables: Sequence[etree._Element],
    sheet: etree._Element,
    texts: Mapping[tuple[int, int], object] | None,
    names: TableNames,
) -> Iterator[str]:
    """What is wrong with the tables of a sheet; `texts` are those of heading cells by (row, column), None leaves them out."""
    areas = []
    for table in tables:
        label = f"table '{table.get('displayName')}'"
        yield from (f"{label}: {finding}" for finding in names.take(table))
        try:
            area = Range.parse(table.get("ref", ""))
        except ValueError as error:
            yield f"{label}: {error}"
            continue
        areas.append((label, area))
        yield from (f"{label}: {finding}" for finding in _columns(table, area, texts))
        yield from (f"{label}: {finding}" for finding in _extent(table, area))
    merged = sheet.iterfind(f"{main('mergeCells')}/{main('mergeCell')}")
    areas.extend(("merged cells", Range.parse(entry.get("ref", "A1"))) for entry in merged)
    for (one, here), (other, there) in combinations(areas, 2):
        if here.meets(there) and one.startswith("table"):
            yield f"{one} and {other} overlap in {here} and {there}"


def _columns(table: etree._Element, area: Range, texts: Mapping[tuple[int, int], object] | None) -> Iterator[str]:
    holder = table.find(main("tableColumns"))
    columns = [] if holder is None else list(holder)
    names = [unescape(column.get("name", "")) for column in columns]
    if holder is not None and holder.get("count") not in (None, str(len(columns))):
        yield f"it counts {holder.get('count')} columns and has {len(columns)}"
    if area.last_column - area.first_column + 1 != len(columns):
        yield f"it is not as wide as its {len(columns)} columns"
    if len({name.casefold() for name in names}) < len(names):
        yield "two of its columns have the same name"
    if len({column.get("id") for column in columns}) < len(columns):
        yield "two of its columns have the same number"
    if "" in names:
        yield "a column has no name"
    for tag in ("calculatedColumnFormula", "totalsRowFormula"):
        for formula in table.iter(main(tag)):
            if wrong := fault(formula.text or ""):
                yield f"a formula cannot be read: {wrong}"
    if texts is None or table.get("headerRowCount", "1") == "0":
        return
    for column, name in enumerate(names, start=area.first_column):
        found = texts.get((area.first_row, column))
        if found != name:
            yield f"its column '{name}' stands under the heading {found!r}"


def _extent(table: etree._Element, area: Range) -> Iterator[str]:
    headings, totals = int(table.get("headerRowCount", "1")), int(table.get("totalsRowCount", "0"))
    if area.last_row - area.first_row + 1 < headings + totals + 1:
        yield "it has no row below its headings"
    own_filter = table.find(main("autoFilter"))
    if own_filter is not None:
        wanted = Range(area.first_row, area.first_column, area.last_row - totals, area.last_column)
        if own_filter.get("ref") != str(wanted):
            yield f"its filter lies over {own_filter.get('ref')} and not over {wanted}"
