"""Which column of an export goes into which column of a markbook: by role, half-term, topic or paper, never by text alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from addin.reading.headings.column import ENGAGEMENT_ROLES, Column, Role
from addin.reading.headings.text import bare, plain

_AUDIT_KINDS: tuple[tuple[str, ...], ...] = (
    # Several audit-only columns stand side by side, so their role alone does not tell them apart.
    ("pp", "pupil premium", "disadvantaged"),
    ("sen", "send", "sen status"),
    ("sex", "gender"),
    ("lac", "cla"),
    ("date of birth", "dob"),
)
_PAPER = re.compile(r"\b(?:paper|p)\s*([1-9])\b")
_NUMBER = re.compile(r"[1-9]")
_NUMBERS = re.compile(r"\d+")

NO_COLUMN = "the markbook has no column for this"

Slot = tuple[Role, str, int | None]
"""What tells two columns of a class list apart: the role, which one of the kind, and the half-term."""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A column of the export and the column of the markbook that it goes into."""

    source: Column
    target: Column


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """A column of the export that goes nowhere, and why."""

    heading: str
    reason: str


def pair_columns(
    sources: Sequence[Column], targets: Sequence[Column], *, half_term: int | None
) -> tuple[tuple[Pair, ...], tuple[LeftOut, ...]]:
    """Pair the columns of an export with those of a markbook, each at most once.

    Columns with the same words are paired first, so that of two targets each finds its own; then those that mean the same.

    Args:
        half_term: The half-term that Setup names: where an engagement column without one goes.

    Returns:
        The pairs, in the order of the export, and every other column that has a heading, with the reason.

    Example:
        >>> from addin.reading.headings.column import understand
        >>> pairs, left_out = pair_columns(
        ...     understand(["Pupil", "Att % HT3", "Fractions", "Shoe size"]),
        ...     understand(["Name", "Attendance % HT3", "Fractions HT1 (20)"]), half_term=None)
        >>> [(pair.source.heading, pair.target.heading) for pair in pairs]
        [('Pupil', 'Name'), ('Att % HT3', 'Attendance % HT3'), ('Fractions', 'Fractions HT1 (20)')]
        >>> left_out
        (LeftOut(heading='Shoe size', reason='names no mark'),)
    """
    free = [column for column in targets if _slot(column) is not None]
    paired: dict[int, Pair] = {}
    left_out: dict[int, LeftOut] = {}
    known = [column for column in sources if _slot(column) is not None]
    for source in sources:
        if source.heading and _slot(source) is None:
            is_result = source.role is Role.RESULT
            reason = "results and decisions are never imported" if is_result else source.why
            left_out[source.index] = LeftOut(heading=source.heading, reason=reason)
    for same_words in (True, False):
        for source in known:
            if source.index in paired:
                continue
            found = [
                target
                for target in _meant(source, free, half_term)
                if not same_words or _title(source) == _title(target)
            ]
            if len(found) == 1 and _totals_agree(source, found[0]):
                paired[source.index] = Pair(source=source, target=found[0])
                free.remove(found[0])
    for source in known:
        if source.index not in paired:
            reason = _reason(source, free, targets, half_term)
            left_out[source.index] = LeftOut(heading=source.heading, reason=reason)
    return tuple(paired[i] for i in sorted(paired)), tuple(left_out[i] for i in sorted(left_out))


def _slot(column: Column) -> Slot | None:
    """What the column is, None where nothing of it may be imported."""
    role, title = column.role, _title(column)
    if role in (Role.RESULT, Role.IGNORED):
        return None
    if role is Role.TEST:
        return role, (column.topic or title).casefold(), column.half_term
    if role is Role.MOCK:
        paper = _PAPER.search(title)
        mock = _NUMBER.search(_PAPER.sub(" ", title))
        which = f"{mock[0] if mock else ''} paper {paper[1] if paper else ''}" if paper or mock else title
        return role, which, column.half_term
    if role is Role.AUDIT:
        return role, next((kind[0] for kind in _AUDIT_KINDS if title in kind), title), None
    return role, "", column.half_term if role in ENGAGEMENT_ROLES else None


def _title(column: Column) -> str:
    """A heading without total, half-term and punctuation."""
    return plain(bare(column.heading))


def _meant(source: Column, targets: Sequence[Column], half_term: int | None) -> list[Column]:
    """The markbook's columns that mean the same: of the same half-term, else of a half-term that one side leaves open."""
    slot = _slot(source)
    alike = [target for target in targets if slot is not None and (_slot(target) or ())[:2] == slot[:2]]
    if source.role is Role.TEST:
        alike = [target for target in alike if not _numbered_apart(_title(source), _title(target))]
    exact = [target for target in alike if target.half_term == source.half_term]
    if exact or not alike:
        return exact
    if source.role in ENGAGEMENT_ROLES:
        # Six half-terms stand side by side here: without one of its own only Setup can say which is meant.
        setup_decides = source.half_term is None and half_term is not None
        return [target for target in alike if setup_decides and target.half_term == half_term]
    return [target for target in alike if source.half_term is None or target.half_term is None]


def _numbered_apart(one: str, other: str) -> bool:
    """Whether two titles on one topic bear different numbers: `Fractions 1` and `Fractions 2` are two tests.

    Example:
        >>> _numbered_apart("fractions 1", "fractions 2"), _numbered_apart("fractions", "fractions 2")
        (True, False)
    """
    numbers, others = _NUMBERS.findall(one), _NUMBERS.findall(other)
    return bool(numbers) and bool(others) and numbers != others


def _totals_agree(source: Column, target: Column) -> bool:
    return source.out_of is None or target.out_of is None or source.out_of == target.out_of


def _reason(source: Column, free: Sequence[Column], targets: Sequence[Column], half_term: int | None) -> str:
    """Why a column that was understood goes nowhere."""
    open_ones = _meant(source, free, half_term)
    if len(open_ones) == 1:
        return f"it is out of {source.out_of:g} and {open_ones[0].heading!r} is out of {open_ones[0].out_of:g}"
    if open_ones:
        return f"it could be {' or '.join(repr(column.heading) for column in open_ones)}"
    taken = _meant(source, targets, half_term)
    if taken:
        return f"another column goes into {taken[0].heading!r}"
    role = source.role.value
    if source.role not in ENGAGEMENT_ROLES:
        return f"{NO_COLUMN} {role}"
    meant = source.half_term or half_term
    if meant is not None:
        return f"the markbook has no column for {role}, half-term {meant}"
    if any(column.role is source.role for column in targets):
        return f"it names no half-term, nor does Setup; write it as '{source.heading} HT3', or fill in Setup"
    return f"the markbook has no column for {role}"
