"""What a number format says of a number: a plain number, a percentage, a date or a length of time.

Excel stores dates as numbers; only the format tells them apart.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from enum import Enum

from lxml import etree

from addin.files.package.markup import child, main
from addin.reading.grid import CellValue


class NumberKind(Enum):
    """How a number is shown."""

    PLAIN = "plain"
    PERCENT = "percent"
    DATE = "date"
    ELAPSED = "elapsed"


_BUILT_IN = {
    **dict.fromkeys((9, 10), NumberKind.PERCENT),
    **dict.fromkeys((*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)), NumberKind.DATE),
    46: NumberKind.ELAPSED,
}
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.')
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\]]*\]")
_LAST_SERIAL = 2_958_466  # the day after 31 December 9999
_DAYS_TO_1904 = 1_462


def kind_of_format(code: str) -> NumberKind:
    """What a format code says, judged by its first section, the one for positive numbers.

    Example:
        >>> [kind_of_format(code).value for code in ("0.0%", 'dd" of "mmm', "[h]:mm", '0" day"', "[Red]0;General")]
        ['percent', 'date', 'elapsed', 'plain', 'plain']
    """
    bare = _QUOTED.sub("", code).split(";")[0]
    if _ELAPSED.search(bare):
        return NumberKind.ELAPSED
    bare = _BRACKETS.sub("", bare).casefold()
    if "%" in bare:
        return NumberKind.PERCENT
    return NumberKind.DATE if "general" not in bare and any(letter in bare for letter in "ymdhs") else NumberKind.PLAIN


def kinds_of_styles(styles: etree._Element | None) -> tuple[NumberKind, ...]:
    """What each cell format of styles.xml says of numbers; entry i belongs to cells with s="i"."""
    formats = None if styles is None else child(styles, "cellXfs")
    if styles is None or formats is None:
        return ()
    known = dict(_BUILT_IN)
    for entry in styles.iterfind(f"{main('numFmts')}/{main('numFmt')}"):
        known[int(entry.get("numFmtId", "0"))] = kind_of_format(str(entry.get("formatCode", "")))
    return tuple(known.get(int(xf.get("numFmtId", "0")), NumberKind.PLAIN) for xf in formats.iterchildren(main("xf")))


def to_serial(moment: date, *, epoch_1904: bool = False) -> float:
    """A day, or a day with a time, as Excel counts it.

    Example:
        >>> to_serial(date(2024, 3, 12)), to_serial(datetime(2024, 3, 12, 10, 30))
        (45363.0, 45363.4375)
    """
    whole = moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day)
    days = (whole.replace(tzinfo=None) - datetime(1899, 12, 30)) / timedelta(days=1)
    # Before March 1900 Excel's serials are one day behind, as it believes that 1900 was a leap year.
    return days - (_DAYS_TO_1904 if epoch_1904 else days < 61)


def from_serial(serial: float, kind: NumberKind, *, epoch_1904: bool = False) -> CellValue:
    """A date, a time, both, or a length of time where the format says so; else the number itself.

    Days count from the workbook's epoch: 1900, or 1904 as on old Macs.

    Example:
        >>> [from_serial(days, NumberKind.DATE) for days in (45363.0, 0.4375)]
        [datetime.date(2024, 3, 12), datetime.time(10, 30)]
        >>> from_serial(0.42, NumberKind.PERCENT)
        0.42
    """
    if kind is NumberKind.ELAPSED and abs(serial) < _LAST_SERIAL:
        return timedelta(milliseconds=round(serial * 86_400_000))
    days = serial + (_DAYS_TO_1904 if epoch_1904 else 0)
    if kind is not NumberKind.DATE or not 0 <= days < _LAST_SERIAL:
        return serial
    # Excel believes that 1900 was a leap year: up to 28 February its serials are one day short of the later ones.
    start = datetime(1899, 12, 30) if days >= 60 else datetime(1899, 12, 31)
    moment = start + timedelta(milliseconds=round(days * 86_400_000))
    if 0 <= serial < 1 and not epoch_1904:
        return time(moment.hour, moment.minute, moment.second, moment.microsecond)
    return date(moment.year, moment.month, moment.day) if moment.time() == time(0) else moment
