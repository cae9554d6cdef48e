"""How wide new columns are, with the runs of columns around them split where they must be, and how high rows with text that wraps.

Excel works heights out again only when a cell is edited, and other programs not even then.
"""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from addin.files.package.markup import child, child_or_new, main, required
from addin.files.package.schema_order import SHEET_ORDER

# Excel stores the width of a column with 5 pixels of padding beside characters of 7 pixels, in steps of 1/256.
_DIGIT, _PADDING = 7, 5


def set_width(root: etree._Element, column: int, width: float, *, only_new: bool = False) -> None:
    """Give one column a width in characters of the standard font, and show it if a run of hidden columns held it.

    With `only_new`, a column that has a width of its own keeps it.

    Example:
        >>> from addin.files.package.markup import MAIN, parse, serialise
        >>> xml = f'<worksheet xmlns="{MAIN}"><cols><col min="1" max="9" width="4"/></cols></worksheet>'
        >>> sheet = parse(xml.encode())
        >>> set_width(sheet, 9, 18)
        >>> [(part.get("min"), part.get("max"), part.get("width")) for part in sheet[0]]
        [('1', '8', '4'), ('9', '9', '18.7109375')]
    """
    runs = child_or_new(root, "cols", SHEET_ORDER)
    if only_new and _entry_of(root, column) is not None:
        return
    entry = _alone(runs, column)
    entry.set("width", f"{int((width * _DIGIT + _PADDING) / _DIGIT * 256) / 256:.10g}")
    entry.set("customWidth", "1")
    for attribute in ("hidden", "collapsed", "bestFit"):
        entry.attrib.pop(attribute, "")


def style_of_column(root: etree._Element, column: int) -> int | None:
    """The format that a whole column was given, None without one."""
    entry = _entry_of(root, column)
    style = None if entry is None else entry.get("style")
    return int(style) if style and style != "0" else None


def _entry_of(root: etree._Element, column: int) -> etree._Element | None:
    for run in root.iterfind(f"{main('cols')}/{main('col')}"):
        if int(required(run, "min")) <= column <= int(required(run, "max")):
            return run
    return None


def _alone(runs: etree._Element, column: int) -> etree._Element:
    """The entry of one column alone, cut out of the run that holds it or put where it belongs."""
    for run in runs:
        first, last = int(required(run, "min")), int(required(run, "max"))
        if first <= column <= last:
            for start, end, before in ((first, column - 1, True), (column + 1, last, False)):
                if start <= end:
                    rest = deepcopy(run)
                    rest.set("min", str(start))
                    rest.set("max", str(end))
                    (run.addprevious if before else run.addnext)(rest)
            run.set("min", str(column))
            run.set("max", str(column))
            return run
    entry = etree.SubElement(runs, main("col"), {"min": str(column), "max": str(column)})
    later = [run for run in runs if int(required(run, "min")) > column]
    if later:
        later[0].addprevious(entry)
    return entry


_LINE, _GREATEST = 15.0, 409.0  # in points: a line of the standard font, and the most that Excel takes


def usual_height(root: etree._Element) -> float:
    """The height of rows that have none of their own, from the `<worksheet>` element."""
    defaults = child(root, "sheetFormatPr")
    return _LINE if defaults is None else float(defaults.get("defaultRowHeight", _LINE))


def raised(lines: int, height: float) -> str | None:
    """The new height of a row as it is stored, None where it is high enough.

    Example:
        >>> raised(3, 15.0), raised(1, 15.0), raised(99, 15.0)
        ('45', None, '409')
    """
    wanted = min(lines * _LINE, _GREATEST)
    return f"{wanted:g}" if wanted > height else None


def lines_of(text: str, width: float) -> int:
    """The lines that a text takes in a column of that many characters.

    Example:
        >>> lines_of("two words", 5), lines_of("", 9)
        (2, 1)
    """
    return sum(_lines_of_paragraph(paragraph, max(1, int(width))) for paragraph in text.splitlines()) or 1


def _lines_of_paragraph(text: str, width: int) -> int:
    lines, used = 1, 0
    if len(text) <= width:
        return lines
    for word in text.split():
        if used and used + 1 + len(word) > width:
            lines, used = lines + 1, 0
        used += len(word) + bool(used)
        if used > width:  # a word that is longer than a line goes on in the next
            lines, used = lines + (used - 1) // width, (used - 1) % width + 1
    return lines
