"""The part that holds a workbook's formats; a workbook without one, as small programs write it, gets a first one."""

from __future__ import annotations

import posixpath
import re
from itertools import chain, count

from lxml import etree

from addin.errors import UnsupportedWorkbook
from addin.files.package.draft import Draft
from addin.files.package.markup import MAIN
from addin.files.package.new_part import point_at

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
