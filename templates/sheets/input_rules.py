"""Excel's input rules for the markbook: they warn and never refuse, since the teacher may know better.

A rule is the dictionary that XlsxWriter's `data_validation` takes.
"""

from __future__ import annotations

from typing import Any

from model.vocabulary import EFFORT_HIGHEST, EFFORT_LOWEST, GRADE_HIGHEST, GRADE_LOWEST, KS2_HIGHEST, KS2_LOWEST
from templates.layout import Entry

Rule = dict[str, Any]

MARK_WORDS_ACCEPTED = ("ABS", "A", "X", "ABSENT", "N/A", "NR", "EX", "NE")
"""What may stand in place of a mark, in capitals: absent, not required, not yet joined."""

_RANGES: dict[Entry, tuple[int, int, str]] = {
    Entry.KS2: (KS2_LOWEST, KS2_HIGHEST, "A key stage 2 scaled score is from 80 to 120. Leave it empty if unknown."),
    Entry.GRADE: (GRADE_LOWEST, GRADE_HIGHEST, "A GCSE grade is a number from 1 to 9."),
    Entry.PER_CENT: (0, 100, "Type a number from 0 to 100, without the per cent sign: 95 stands for 95 %."),
    Entry.EFFORT: (EFFORT_LOWEST, EFFORT_HIGHEST, "Effort is 1 little, 2 some, 3 good or 4 excellent."),
}

_LISTS: dict[Entry, tuple[str, str, tuple[str, ...]]] = {
    Entry.TIER: ("Tier", "Type H for higher or F for foundation.", ("H", "F")),
    Entry.YES_NO: ("Yes or no", "Type Y or N. Leave it empty if not recorded.", ("Y", "N")),
    Entry.SEN: ("SEN", "Type N for none, K for SEN support or E for an EHC plan.", ("N", "K", "E")),
}
"""Title, hint and choices of columns that take one of a few words."""


def warning(title: str, hint: str, **rule: Any) -> Rule:
    """A rule that warns with `hint` and lets the teacher go on."""
    return {**rule, "error_type": "warning", "error_title": title, "error_message": hint, "ignore_blank": True}


SEATS = warning(
    "Seats", "Type a whole number from 1 to 60.", validate="integer", criteria="between", minimum=1, maximum=60
)


def input_rule(entry: Entry, *, cell: str, total: str) -> Rule | None:
    """The rule for a column, None where anything may be typed.

    Args:
        entry: What the column takes.
        cell: The address of the column's first student cell, such as "AA5".
        total: The address of the column's total, row fixed, such as "AA$3"; used for marks alone.

    Example:
        >>> rule = input_rule(Entry.KS2, cell="F5", total="F$3")
        >>> rule["minimum"], rule["maximum"], rule["error_type"]
        (80, 120, 'warning')
        >>> input_rule(Entry.TEXT, cell="B5", total="B$3") is None
        True
    """
    if entry is Entry.TEXT:
        return None
    if entry is Entry.LATEST:
        hint = "A formula stands here. Press [+] above, and type into the half-term's own column."
        return warning("The latest half-term", hint, validate="custom", value="=FALSE")
    if entry in _LISTS:
        title, hint, source = _LISTS[entry]
        return warning(title, hint, validate="list", source=list(source))
    if entry is Entry.COUNT:
        hint = "Type how many clinics, a whole number from 0."
        return warning("Clinics", hint, validate="integer", criteria=">=", value=0)
    if entry is Entry.MARK:
        hint = "Type a mark from 0 to the total in row 3, a mark such as 17/40, or Abs, N/A or NE. Empty: not recorded."
        return warning("Mark", hint, validate="custom", value=_is_mark(cell, total))
    minimum, maximum, hint = _RANGES[entry]
    return warning("Outside the range", hint, validate="decimal", criteria="between", minimum=minimum, maximum=maximum)


def total_rule() -> Rule:
    """The rule for the totals above the marks."""
    return warning("Total", "Type the total of the test, a number above 0.", validate="decimal", criteria=">", value=0)


def above_total(cell: str, total: str) -> str:
    """The formula that is true where a mark is below 0 or above its total; used by a conditional format.

    Example:
        >>> above_total("AA5", "AA$3")
        '=AND(ISNUMBER(AA5),OR(AA5<0,AND(ISNUMBER(AA$3),AA5>AA$3)))'
    """
    return f"=AND(ISNUMBER({cell}),OR({cell}<0,AND(ISNUMBER({total}),{cell}>{total})))"


def _is_mark(cell: str, total: str) -> str:
    # Excel allows at most 255 characters here and no lists in braces, hence one text to search in.
    number = f'AND(ISNUMBER({cell}),{cell}>=0,OR({total}="",{cell}<={total}))'
    word = f'ISNUMBER(FIND("|"&UPPER(TRIM({cell}))&"|","|{"|".join(MARK_WORDS_ACCEPTED)}|"))'
    fraction = f'IFERROR(--LEFT({cell},FIND("/",{cell})-1)<=--MID({cell},FIND("/",{cell})+1,9),FALSE)'
    return f"=OR({number},{word},{fraction})"
