"""Which columns go into a copy that leaves the computer, which stay behind, and how the first look in the template's manner.

What never leaves, whatever cell it stands in: unique pupil numbers, which follow a child for life.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from addin.reading.grid import Book, as_text
from addin.reading.headings.column import LATEST, WHO_ROLES, Column, Role
from addin.reading.markbook import Markbook
from addin.reading.upn import LETTERS
from addin.results.columns import RESULT_COLUMNS
from model.students import Assessment, AssessmentKind
from templates import layout
from templates.layout import Entry, Group

CODE = "Student"
"""The heading above codes."""

WHY_LEFT_OUT = {
    Role.UPN: "UPN",
    Role.AUDIT: "for audit only",
    Role.OUTCOME: "outcomes",
    Role.IGNORED: "not used by the program",
}
"""Roles that never travel, and how that is told."""

NOT_NEEDED = "not needed for the decision"
"""Any other role that is not known to be needed: what a later version learns to read stays behind until it is named here."""

_GROUPS = {
    Role.KS2: Group.BASELINE,
    Role.TARGET: Group.BASELINE,
    Role.WORKING_AT: Group.BASELINE,
    Role.ATTENDANCE: Group.ENGAGEMENT,
    Role.HOMEWORK: Group.ENGAGEMENT,
    Role.EFFORT: Group.ENGAGEMENT,
    Role.TEST: Group.TESTS,
    Role.MOCK: Group.MOCKS,
}
_KEPT = frozenset(_GROUPS) | frozenset(WHO_ROLES) - {Role.UPN} | {Role.TIER, Role.RESULT}
_WIDTHS = {
    Role.STUDENT_ID: 11.0, Role.SURNAME: 15.0, Role.FORENAME: 13.0, Role.NAME: 24.0, Role.FORM: 7.5, Role.SET: 9.0,
    Role.TIER: 6.5,
}  # fmt: skip
_NARROW, _CODE_WIDTH = 9.0, 30.0
"""Above the codes the title needs room that the names would give."""
_ORDER = list(Group)
_MOST_LISTED = 8
"""Headings that are told one by one: a year of folded half-terms would hide the rest of the sentence."""
_LONGEST_HEADING = 255


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What goes and what stays.

    Args:
        columns: The teacher's columns that go: the groups of the template one after the other, the sheet's order within each.
        left_out: What stays, in words.
    """

    columns: tuple[Column, ...]
    results: frozenset[str]
    left_out: tuple[str, ...]


def chosen(book: Book, markbook: Markbook, *, without_identity: bool = False) -> Choice:
    """Choose the columns of a copy.

    Args:
        without_identity: Leave out who the students are too: names, IDs, forms and sets.

    Example:
        >>> from addin.reading.grid import Sheet
        >>> from addin.reading.markbook import read_markbook
        >>> rows = (("Name", "UPN", "PP", "Angles (20)"), ("Ova Zarrin", None, "Y", 2))
        >>> book = Book(sheets=(Sheet(name="Y9", rows=rows, hidden_columns=frozenset()),))
        >>> choice = chosen(book, read_markbook(book))
        >>> [column.heading for column in choice.columns], choice.left_out[:2]
        (['Name', 'Angles (20)'], ('UPN', 'for audit only: PP'))
    """
    sheet = book.sheet(markbook.sheet)
    hidden = (sheet.hidden_columns if sheet else None) or frozenset[int]()
    why: dict[str, list[str]] = {words: [] for words in WHY_LEFT_OUT.values()}
    why |= {NOT_NEEDED: [], "hidden": [], "who the students are": []}
    columns, results = [], set[str]()
    for column in markbook.columns:
        if not column.heading:
            continue
        if column.why == LATEST and column.index + 1 not in hidden:
            columns.append(column)
        elif column.role not in _KEPT:
            why[WHY_LEFT_OUT.get(column.role, NOT_NEEDED)].append(column.heading)
        elif without_identity and column.role in WHO_ROLES:
            why["who the students are"].append(column.heading)
        elif column.index + 1 in hidden:
            why["hidden"].append(column.heading)
        elif column.role is Role.RESULT:
            results.update(
                spec.heading for spec in RESULT_COLUMNS if markbook.results.get(spec.heading) == column.index + 1
            )
        else:
            columns.append(column)
    columns.sort(key=lambda column: _ORDER.index(group_of(column)))
    told = [_told(words, headings) for words, headings in why.items() if headings]
    if sheet is None or sheet.hidden_columns is None:
        told.append("columns hidden in Excel cannot be told here, and are in the copy where the program uses them")
    told.append("formulas, comments, macros and other sheets")
    return Choice(columns=tuple(columns), results=frozenset(results), left_out=tuple(told))


def _told(words: str, headings: list[str]) -> str:
    if [words] == headings:
        return words
    listed = headings if len(headings) <= _MOST_LISTED else [*headings[:3], f"{len(headings) - 3} more"]
    return f"{words}: {', '.join(listed)}"


def group_of(column: Column) -> Group:
    """The group of the template that a column belongs to."""
    return Group.ENGAGEMENT if column.why == LATEST else _GROUPS.get(column.role, Group.IDENTITY)


def template_columns(choice: Choice, *, coded: bool, clean: Clean) -> tuple[layout.Column, ...]:
    """The columns as the template describes its own.

    Args:
        coded: A column of codes comes first.
        clean: Takes out of headings what must not travel.
    """
    described = [_described(column, clean) for column in choice.columns]
    if coded:
        described.insert(0, layout.Column(heading=CODE, group=Group.IDENTITY, entry=Entry.TEXT, width=_CODE_WIDTH))
    return tuple(_with_unique_headings(described, {heading.casefold() for heading in choice.results}))


def _described(column: Column, clean: Clean) -> layout.Column:
    heading = clean(column.heading)[:_LONGEST_HEADING]
    assessment = None
    if group_of(column) in (Group.TESTS, Group.MOCKS):
        kind = AssessmentKind.MOCK if column.role is Role.MOCK else AssessmentKind.TEST
        assessment = Assessment(
            title=heading, kind=kind, strand=column.strand, topic=column.topic, out_of=column.out_of
        )
    return layout.Column(
        heading=heading,
        group=group_of(column),
        entry=Entry.TIER if column.role is Role.TIER else Entry.TEXT,
        width=_WIDTHS.get(column.role, _NARROW),
        half_term=column.half_term,
        assessment=assessment,
    )


def _with_unique_headings(columns: Iterable[layout.Column], taken: set[str]) -> Iterable[layout.Column]:
    """Excel's tables want every heading once, whatever its case."""
    for column in columns:
        heading, number = column.heading, 2
        while heading.casefold() in taken:
            heading, number = f"{column.heading[: _LONGEST_HEADING - 6]} ({number})", number + 1
        taken.add(heading.casefold())
        yield replace(column, heading=heading)


Clean = Callable[[str], str]
"""From a text to the same without what must not travel."""

IN_PLACE = "(UPN left out)"
SHORTEST_KNOWN = 6
"""Characters from which an entry of a UPN column is looked for elsewhere; what is shorter is a word such as "tbc"."""

_FORM = re.compile(rf"(?<!\w)[{LETTERS}]\d{{11}}[0-9{LETTERS}](?!\w)", re.IGNORECASE)


def without_upns(known: Iterable[str] = ()) -> Clean:
    """A function that takes unique pupil numbers out of texts.

    Args:
        known: Entries of the UPN columns, which may be wrong ones; looked for as they are written.

    Example:
        >>> clean = without_upns(["80120000500"])
        >>> clean("'b801200005001' is not a UPN"), clean("80120000500"), clean("47 is above 40")
        ("'(UPN left out)' is not a UPN", '(UPN left out)', '47 is above 40')
    """
    entries = sorted({entry for entry in known if len(entry) >= SHORTEST_KNOWN}, key=len, reverse=True)
    written = re.compile("|".join(rf"(?<!\w){re.escape(entry)}(?!\w)" for entry in entries), re.IGNORECASE)

    def clean(text: str) -> str:
        found = written.sub(IN_PLACE, text) if entries else text
        return _FORM.sub(IN_PLACE, found)

    return clean


def upns_in(book: Book, markbook: Markbook) -> tuple[str, ...]:
    """What stands in the UPN columns of the students."""
    sheet = book.sheet(markbook.sheet)
    columns = [column.index + 1 for column in markbook.columns if column.role is Role.UPN]
    return tuple(
        text
        for student in markbook.students
        for column in columns
        if sheet and (text := as_text(sheet.cell(student.row, column)))
    )
