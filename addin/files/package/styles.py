"""styles.xml: formats for the result columns, reused where the workbook has them already and appended where not.

Existing entries are never changed or moved, so every cell of the teacher's keeps its look. Excel ends at about 65,000
formats; a program that adds new ones on every run would get there. A workbook without the part, as small programs write it,
gets a first one.
"""

from __future__ import annotations

import posixpath
import re
from copy import deepcopy
from functools import cached_property
from itertools import chain, count

from lxml import etree

from addin.errors import UnsupportedWorkbook
from addin.files.package.draft import Draft
from addin.files.package.markup import MAIN, child, insert_in_order, main
from addin.files.package.new_part import point_at
from addin.files.package.schema_order import FONT_ORDER, STYLES_ORDER
from addin.results.columns import Colours, Look

MOST_FORMATS = 64_000
_GENERAL, _WHOLE_NUMBER, _WHOLE_PERCENT = "0", "1", "9"
_DAY, _DAY_AND_TIME = "14", "22"
_LINK_BLUE = "FF0563C1"
_NUMBER_FORMATS = {Look.PERCENT: _WHOLE_PERCENT, Look.WHOLE: _WHOLE_NUMBER}
_ALIGNMENTS = {
    Look.FLAG: {"horizontal": "center", "vertical": "top"},
    Look.PERCENT: {"horizontal": "center", "vertical": "top"},
    Look.WHOLE: {"horizontal": "center", "vertical": "top"},
    Look.WRAPPED: {"vertical": "top", "wrapText": "1"},
    Look.CHOICE: {"vertical": "top"},
    Look.TEXT: {"vertical": "top", "wrapText": "1"},
}

_Shape = tuple[object, ...]


class StyleSheet:
    """The formats of one workbook; methods answer an index and add an entry, or the whole part, if needed.

    UnsupportedWorkbook, from any method, says that the workbook has no room for another format.
    """

    def __init__(self, draft: Draft, *, file_name: str) -> None:
        self._draft = draft
        self._file_name = file_name

    @cached_property
    def _root(self) -> etree._Element:
        return styles_of(self._draft, self._file_name)

    def body(self, look: Look, *, unlocked: bool = False) -> int:
        """The cell format of a result column below its heading; `unlocked` lets the teacher type on a protected sheet."""
        number_format = _NUMBER_FORMATS.get(look, _GENERAL)
        xf = self._plain_format(numFmtId=number_format)
        if number_format != _GENERAL:
            xf.set("applyNumberFormat", "1")
        xf.set("applyAlignment", "1")
        etree.SubElement(xf, main("alignment"), _ALIGNMENTS[look])
        if unlocked:
            xf.set("applyProtection", "1")
            etree.SubElement(xf, main("protection"), {"locked": "0"})
        return self._entry("cellXfs", xf)

    def heading(self, beside: int | None) -> int:
        """The cell format of a result heading: that of the heading `beside` it, or bold where that one has no format.

        Headings that are turned upright lose the turn: results are wide columns, and upright words are hard to read.
        """
        formats = self._collection("cellXfs")
        if not beside or beside >= len(formats):
            xf = self._plain_format(fontId=str(self._bold_font()), applyFont="1")
            return self._entry("cellXfs", xf)
        alignment = formats[beside].find(main("alignment"))
        if alignment is None or alignment.get("textRotation", "0") == "0":
            return beside
        xf = deepcopy(formats[beside])
        del xf.find(main("alignment")).attrib["textRotation"]  # type: ignore[union-attr]
        return self._entry("cellXfs", xf)

    def flag(self, colours: Colours) -> int:
        """The difference format (dxf) of a flag's conditional format."""
        dxf = self._new("dxf")
        font = etree.SubElement(dxf, main("font"))
        etree.SubElement(font, main("b"))
        etree.SubElement(font, main("color"), {"rgb": f"FF{colours.text}"})
        pattern = etree.SubElement(etree.SubElement(dxf, main("fill")), main("patternFill"))
        etree.SubElement(pattern, main("bgColor"), {"rgb": f"FF{colours.fill}"})
        return self._entry("dxfs", dxf)

    def listing_heading(self) -> int:
        """The format of a heading on a sheet of the program's own: bold, at the top, wrapped."""
        xf = self._plain_format(fontId=str(self._bold_font()), applyFont="1", applyAlignment="1")
        etree.SubElement(xf, main("alignment"), _ALIGNMENTS[Look.TEXT])
        return self._entry("cellXfs", xf)

    def date(self, *, with_time: bool) -> int:
        """The format of a day, or of a day with a time, in the order that the reader's country uses."""
        xf = self._plain_format(numFmtId=_DAY_AND_TIME if with_time else _DAY, applyNumberFormat="1")
        xf.set("applyAlignment", "1")
        etree.SubElement(xf, main("alignment"), {"horizontal": "left", "vertical": "top"})
        return self._entry("cellXfs", xf)

    def link(self) -> int:
        """The format of a cell that leads elsewhere: underlined and blue, as links are everywhere."""
        font = self._first_font()
        for name in ("u", "color"):
            for part in font.findall(main(name)):
                font.remove(part)
        insert_in_order(font, "u", FONT_ORDER)
        insert_in_order(font, "color", FONT_ORDER).set("rgb", _LINK_BLUE)
        xf = self._plain_format(fontId=str(self._entry("fonts", font)), applyFont="1", applyAlignment="1")
        etree.SubElement(xf, main("alignment"), _ALIGNMENTS[Look.TEXT])
        return self._entry("cellXfs", xf)

    def _first_font(self) -> etree._Element:
        """A copy of the workbook's usual font."""
        fonts = self._collection("fonts")
        if not len(fonts):
            self._entry("fonts", self._new("font"))
        return deepcopy(fonts[0])

    def _bold_font(self) -> int:
        bold = self._first_font()
        if bold.find(main("b")) is None:
            bold.insert(0, self._new("b"))  # the schema wants weight before size, colour and name
        return self._entry("fonts", bold)

    def _plain_format(self, **attributes: str) -> etree._Element:
        base = {"numFmtId": _GENERAL, "fontId": "0", "fillId": "0", "borderId": "0"}
        named = child(self._root, "cellStyleXfs")
        if named is not None and len(named):
            base["xfId"] = "0"
        xf = self._new("xf")
        for name, value in (base | attributes).items():
            xf.set(name, value)
        return xf

    def _entry(self, collection: str, wanted: etree._Element) -> int:
        entries = self._collection(collection)
        shape = _shape(wanted)
        for index, entry in enumerate(entries):
            if _shape(entry) == shape:
                return index
        if len(entries) >= MOST_FORMATS:
            raise UnsupportedWorkbook(
                f"{self._file_name}: the workbook has {len(entries):,} cell formats and Excel takes no more. "
                "Copy the students into a new workbook."
            )
        entries.append(wanted)
        entries.set("count", str(len(entries)))
        return len(entries) - 1

    def _collection(self, name: str) -> etree._Element:
        found = child(self._root, name)
        if found is None:
            found = insert_in_order(self._root, name, STYLES_ORDER)
            if name == "cellXfs":  # cells without a format use entry 0, which must then be the plain one
                self._entry(name, self._plain_format())
        return found

    def _new(self, name: str) -> etree._Element:
        # An element made below the root takes over its prefix; taking it out again keeps the prefix.
        element = etree.SubElement(self._root, main(name))
        self._root.remove(element)
        return element


def _shape(element: etree._Element) -> _Shape:
    """What an entry looks like, without the order of attributes and without those that only repeat a default."""
    attributes = sorted((str(name), value) for name, value in element.items() if not str(name).startswith("apply"))
    return (element.tag, (element.text or "").strip(), tuple(attributes), tuple(_shape(part) for part in element))


_NAMES_A_FORMAT = re.compile(rb' (?:s|style)="0*[1-9]')
_FIRST = f"""<styleSheet xmlns="{MAIN}">
<fonts count="1"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>"""


def styles_of(draft: Draft, file_name: str) -> etree._Element:
    """The root of the workbook's formats; UnsupportedWorkbook where it has none, and its cells name some."""
    package = draft.package
    part = package.styles_part()
    if part is not None:
        return draft.root(part)
    new = _free_name(draft)
    if new in draft.names():
        return draft.root(new)
    if any(_NAMES_A_FORMAT.search(package.read(sheet.part)) for sheet in package.sheets()):
        raise UnsupportedWorkbook(
            f"{file_name}: cells have formats that the workbook does not hold. Open it in Excel, let it repair the file, "
            "save, and run again."
        )
    root = draft.add(new, _FIRST.replace("\n", "").encode())
    point_at(draft, new, "styles")
    return root


def _free_name(draft: Draft) -> str:
    """The name of the new part: the usual one, or the next where a part that nobody uses has it."""
    stem = posixpath.join(posixpath.dirname(draft.package.workbook_part), "styles")
    names = (f"{stem}{number}.xml" for number in chain([""], count(2)))
    return next(name for name in names if draft.package.member(name) is None)
