"""What Excel repairs in a workbook's list of sheets, its names and formats, and the way its parts hang together."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from addin.files.package.formula_text import fault
from addin.files.package.lint_cells import length_of
from addin.files.package.markup import RELATIONSHIP_ID, main
from addin.files.package.new_part import CONTENT_TYPES
from addin.files.package.parts import Package
from addin.files.package.ranges import LAST_ROW, column_number

_LONGEST_SHEET_NAME, _LONGEST_NAME = 31, 255
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]|^'|'$")
_NAME = re.compile(r"[^\W\d][\w.\\?]*|\\[\w.\\?]*|_[\w.\\?]*")
_LIKE_A_CELL = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_LIKE_A_PLACE = re.compile(r"[RrCc]|[Rr][0-9]*[Cc][0-9]*|[Rr][0-9]+|[Cc][0-9]+")
_INDICES = (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders"), ("xfId", "cellStyleXfs"))
_LAST_BUILT_IN_FORMAT = 163
_COUNTED = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")


def sheet_list_findings(workbook: etree._Element) -> Iterator[str]:
    """What is wrong with the tabs."""
    sheets = workbook.findall(f"{main('sheets')}/{main('sheet')}")
    names = [str(sheet.get("name", "")) for sheet in sheets]
    for name, count in Counter(map(str.casefold, names)).items():
        if count > 1:
            yield f"{count} sheets have the name '{name}'"
    for name in names:
        if not 1 <= len(name) <= _LONGEST_SHEET_NAME or _NOT_IN_SHEET_NAMES.search(name):
            yield f"'{name}' cannot be the name of a sheet"
    for attribute in ("sheetId", RELATIONSHIP_ID):
        taken = Counter(str(sheet.get(attribute)) for sheet in sheets)
        yield from (f"{count} sheets have the number {which}" for which, count in taken.items() if count > 1)
    if sheets and all(sheet.get("state", "visible") != "visible" for sheet in sheets):
        yield "every sheet is hidden"
    for view in workbook.iterfind(f"{main('bookViews')}/{main('workbookView')}"):
        if int(view.get("activeTab", "0")) >= len(sheets):
            yield f"the tab {view.get('activeTab')} is to be shown, of {len(sheets)}"


def name_findings(workbook: etree._Element) -> Iterator[str]:
    """What is wrong with the defined names."""
    count = len(workbook.findall(f"{main('sheets')}/{main('sheet')}"))
    taken: set[tuple[str, str | None]] = set()
    for entry in workbook.iterfind(f"{main('definedNames')}/{main('definedName')}"):
        name, scope = str(entry.get("name", "")), entry.get("localSheetId")
        if (name.casefold(), scope) in taken:
            yield f"the name '{name}' is defined twice"
        taken.add((name.casefold(), scope))
        if not name.startswith("_xlnm.") and not _is_name(name):
            yield f"'{name}' cannot be a name"
        if scope is not None and not (scope.isdigit() and int(scope) < count):
            yield f"the name '{name}' belongs to the tab {scope}, of {count}"
        wrong = fault(entry.text or "")
        if wrong is not None or not (entry.text or "").strip():
            yield f"what the name '{name}' stands for cannot be read: {wrong or 'it is empty'}"


def _is_name(name: str) -> bool:
    if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME or _LIKE_A_PLACE.fullmatch(name):
        return False
    cell = _LIKE_A_CELL.fullmatch(name)
    if cell is None or not 1 <= int(cell[2]) <= LAST_ROW:
        return True
    try:
        column_number(cell[1])
    except ValueError:
        return True
    return False


def style_findings(styles: etree._Element) -> Iterator[str]:
    """What is wrong with the formats."""
    counts = {name: length_of(styles, name) for name in _COUNTED}
    for name in _COUNTED:
        holder = styles.find(main(name))
        if holder is not None and holder.get("count") not in (None, str(len(holder))):
            yield f"formats: <{name}> counts {holder.get('count')} and has {len(holder)}"
    own = {entry.get("numFmtId") for entry in styles.iterfind(f"{main('numFmts')}/{main('numFmt')}")}
    for kind in ("cellStyleXfs", "cellXfs"):
        for place, xf in enumerate(styles.iterfind(f"{main(kind)}/{main('xf')}")):
            for attribute, collection in _INDICES:
                index = int(xf.get(attribute, "0"))
                if index and index >= counts[collection]:
                    yield f"formats: entry {place} of <{kind}> has {attribute} {index} of {counts[collection]}"
            number = xf.get("numFmtId", "0")
            if int(number) > _LAST_BUILT_IN_FORMAT and number not in own:
                yield f"formats: entry {place} of <{kind}> has the number format {number}, which is not there"


def relationship_findings(package: Package) -> Iterator[str]:
    """What points at a part that is not there, or bears the name of another arrow."""
    for companion in package.names():
        folder, name = posixpath.split(companion)
        if not name.endswith(".rels") or posixpath.basename(folder) != "_rels":
            continue
        part = posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))
        arrows = package.relationships("" if part == "" else part)
        for arrow in arrows:
            # A link to a place in the same file is written as a target that is no part.
            if not arrow.external and arrow.kind != "hyperlink" and package.member(arrow.target) is None:
                yield f"{companion}: there is no part {arrow.target}"
        taken = Counter(arrow.id for arrow in arrows)
        yield from (f"{companion}: {which} stands {count} times" for which, count in taken.items() if count > 1)
    tabs = package.xml(package.workbook_part).iterfind(f"{main('sheets')}/{main('sheet')}")
    known = {arrow.id for arrow in package.relationships(package.workbook_part)}
    yield from (f"the sheet '{tab.get('name')}' has no part" for tab in tabs if tab.get(RELATIONSHIP_ID) not in known)


def type_findings(package: Package) -> Iterator[str]:
    """Parts whose content has no type, and types of parts that are not there."""
    types = package.xml(CONTENT_TYPES)
    endings = {entry.get("Extension", "").casefold() for entry in types.iterfind("{*}Default")}
    overrides = [entry.get("PartName", "").lstrip("/") for entry in types.iterfind("{*}Override")]
    stated = {name.casefold() for name in overrides}
    for name in package.names():
        ending = name.rpartition(".")[2].casefold()
        if name.endswith("/") or name == CONTENT_TYPES:
            continue
        if name.casefold() not in stated and ending not in endings:
            yield f"{name}: nothing says what it holds"
    yield from (f"{name} has a type and is not there" for name in overrides if package.member(name) is None)
    yield from (f"{name} has {count} types" for name, count in Counter(overrides).items() if count > 1)
