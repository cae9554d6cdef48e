"""What Excel repairs in a sheet around its rows, and in its tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from lxml import etree

from addin.files.package.cell_text import unescape
from addin.files.package.formula_text import fault
from addin.files.package.markup import RELATIONSHIP_ID, main
from addin.files.package.parts import Relationship
from addin.files.package.ranges import LAST_COLUMN, Range
from addin.files.package.schema_order import SHEET_ORDER

_LONGEST_LIST = 255
_OFTEN = frozenset(("conditionalFormatting",))


def sheet_findings(sheet: etree._Element, arrows: Sequence[Relationship], *, differences: int) -> Iterator[str]:
    """What is wrong around the rows of a sheet, which may be missing from it; `differences` counts formats for rules (dxfs)."""
    yield from _order(sheet)
    yield from _rules(sheet, differences)
    yield from _lists(sheet)
    yield from _columns(sheet)
    yield from _merged(sheet)
    yield from _ranges(sheet)
    known = {arrow.id for arrow in arrows}
    used = [(etree.QName(part).localname, name) for part in sheet.iter() if (name := part.get(RELATIONSHIP_ID))]
    yield from (f"<{tag}> names the relationship {name}, which is not there" for tag, name in used if name not in known)
    holder = sheet.find(main("tableParts"))
    parts = [] if holder is None else [part.get(RELATIONSHIP_ID) for part in holder]
    tables = sorted(arrow.id for arrow in arrows if arrow.kind == "table")
    if sorted(map(str, parts)) != tables:
        yield f"it lists the tables {parts} and has {tables}"


def _order(sheet: etree._Element) -> Iterator[str]:
    places = {main(name): place for place, name in enumerate(SHEET_ORDER)}
    known = [str(part.tag) for part in sheet if part.tag in places]
    if [places[tag] for tag in known] != sorted(places[tag] for tag in known):
        yield "its elements are out of order"
    for tag, count in Counter(known).items():
        name = etree.QName(tag).localname
        if count > 1 and name not in _OFTEN:
            yield f"<{name}> stands {count} times"


def _rules(sheet: etree._Element, differences: int) -> Iterator[str]:
    priorities = Counter(str(rule.get("priority")) for rule in sheet.iter("{*}cfRule") if rule.get("priority"))
    yield from (f"{count} rules have the priority {which}" for which, count in priorities.items() if count > 1)
    for rule in sheet.iterfind(f"{main('conditionalFormatting')}/{main('cfRule')}"):
        which = rule.get("dxfId")
        if which is not None and not (which.isdigit() and int(which) < differences):
            yield f"a rule has the format {which} of {differences}"
        for formula in rule.iterchildren(main("formula")):
            if wrong := fault(formula.text or ""):
                yield f"the formula of a rule cannot be read: {wrong}"


def _lists(sheet: etree._Element) -> Iterator[str]:
    for holder in sheet.iterfind(main("dataValidations")):
        if holder.get("count") not in (None, str(len(holder))):
            yield "it counts its validations wrongly"
        for entry in holder:
            for tag in ("formula1", "formula2"):
                text = entry.findtext(main(tag)) or ""
                quoted = text.startswith('"') and text.endswith('"')
                if quoted and entry.get("type") == "list" and len(text) - 2 > _LONGEST_LIST:
                    yield f"a list is longer than {_LONGEST_LIST} characters"
                if wrong := fault(text):
                    yield f"the formula of a validation cannot be read: {wrong}"


def _columns(sheet: etree._Element) -> Iterator[str]:
    last = 0
    for run in sheet.iterfind(f"{main('cols')}/{main('col')}"):
        first, end = int(run.get("min", "0")), int(run.get("max", "0"))
        if not last < first <= end <= LAST_COLUMN:
            yield f"columns {first} to {end} are out of order"
        last = max(last, end)


def _merged(sheet: etree._Element) -> Iterator[str]:
    areas = []
    for entry in sheet.iterfind(f"{main('mergeCells')}/{main('mergeCell')}"):
        try:
            areas.append(Range.parse(entry.get("ref", "")))
        except ValueError as error:
            yield f"merged cells: {error}"
    areas.sort(key=lambda area: (area.first_row, area.first_column))
    for at, area in enumerate(areas):
        for other in areas[at + 1 :]:
            if other.first_row > area.last_row:
                break
            if area.meets(other):
                yield f"the merged cells {area} and {other} overlap"


def _ranges(sheet: etree._Element) -> Iterator[str]:
    """Ranges that cannot be read, and cells with two links."""
    for part in sheet.iter(
        *map(main, ("conditionalFormatting", "dataValidation", "hyperlink", "autoFilter", "dimension"))
    ):
        for text in (part.get("sqref") or part.get("ref") or "").split():
            try:
                Range.parse(text)
            except ValueError:
                yield f"<{etree.QName(part).localname}> names {text!r}, which is no range"
    links = Counter(str(link.get("ref")) for link in sheet.iterfind(f"{main('hyperlinks')}/{main('hyperlink')}"))
    yield from (f"cell {place} has {count} links" for place, count in links.items() if count > 1)


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
        yield from (f"{label}: {finding}" for finding in _table_columns(table, area, texts))
        yield from (f"{label}: {finding}" for finding in _extent(table, area))
    merged = sheet.iterfind(f"{main('mergeCells')}/{main('mergeCell')}")
    areas.extend(("merged cells", Range.parse(entry.get("ref", "A1"))) for entry in merged)
    for (one, here), (other, there) in combinations(areas, 2):
        if here.meets(there) and one.startswith("table"):
            yield f"{one} and {other} overlap in {here} and {there}"


def _table_columns(table: etree._Element, area: Range, texts: Mapping[tuple[int, int], object] | None) -> Iterator[str]:
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
