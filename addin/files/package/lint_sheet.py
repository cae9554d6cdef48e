"""What Excel repairs in a sheet around its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from lxml import etree

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
