"""Who is listed: by the teacher's decision, and by what an audit column such as PP, SEN or EAL says.

A group chooses who stands on the list and nothing more. It is told in the heading, never beside a student, since it is no cause of
a flag and no part of a score.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from addin.clinics.candidates import decision_of
from addin.errors import RequestProblem
from addin.reading.markbook import Markbook
from model.fairness import group_of
from model.vocabulary import Decision

NO_DECISION = "none"
"""What is typed for the students without a decision."""

MOST_NAMED = 8
"""Groups that a refusal names."""


@dataclass(frozen=True, kw_only=True)
class Filters:
    """Who is listed; empty, everybody is.

    Args:
        decisions: Any of these.
        groups: Heading -> groups, each as typed; any of a heading's groups, and all headings.
    """

    decisions: tuple[Decision, ...] = ()
    groups: Mapping[str, tuple[str, ...]] | None = None

    def __bool__(self) -> bool:
        return bool(self.decisions or self.groups)

    def told(self) -> str:
        """The filters in words, "" without any.

        Example:
            >>> read_filters(["Accept", "none"], ["PP=Y", "SEN=K", "SEN=E"]).told()
            'decision Accept or none yet; PP: yes; SEN: SEN support or EHC plan'
        """
        parts = (
            [f"decision {' or '.join(each.value or 'none yet' for each in self.decisions)}"] if self.decisions else []
        )
        for heading, values in (self.groups or {}).items():
            parts.append(f"{heading}: {' or '.join(group_of(heading, value) for value in values)}")
        return "; ".join(parts)


EVERYBODY = Filters()


def read_filters(decisions: Sequence[str], groups: Sequence[str]) -> Filters:
    """What was typed.

    Args:
        decisions: Accept, Reject, Defer or none.
        groups: Heading and what it says, as "PP=Y".

    Raises:
        RequestProblem: A decision is not known, or a group is not written so.
    """
    words = {each.value.casefold(): each for each in Decision if each.value} | {NO_DECISION: Decision.NONE}
    for typed in decisions:
        if typed.strip().casefold() not in words:
            raise RequestProblem(
                f"--decision {typed!r}: there is no such decision. Give Accept, Reject, Defer or none."
            )
    found: dict[str, tuple[str, ...]] = {}
    for typed in groups:
        heading, sign, value = (part.strip() for part in typed.partition("="))
        if not (heading and sign and value):
            raise RequestProblem(f"--group {typed!r}: write the heading and what stands below it, such as PP=Y.")
        found[heading] = (*found.get(heading, ()), value)
    return Filters(decisions=tuple(words[typed.strip().casefold()] for typed in decisions), groups=found)


def chosen(filters: Filters, markbook: Markbook, decisions: Mapping[str, str]) -> frozenset[str]:
    """The keys of the students who are listed.

    Args:
        filters: Who is asked for.
        markbook: The class.
        decisions: Student key -> what stands under `Decision`.

    Raises:
        RequestProblem: The class has no such audit column, or nobody in such a group; the text names what there is.

    Example:
        >>> from addin.reading.grid import Book, Sheet
        >>> from addin.reading.markbook import read_markbook
        >>> rows = (("Name", "Angles (20)", "PP"), ("Ova", 12, "Y"), ("Tul", 15, "N"))
        >>> markbook = read_markbook(Book(sheets=(Sheet(name="Y9", rows=rows),)))
        >>> chosen(read_filters([], ["pp=yes"]), markbook, {})
        frozenset({'name:ova|'})
    """
    keys = [student.key for student in markbook.students]
    kept = set(keys)
    if filters.decisions:
        kept = {key for key in keys if decision_of(decisions.get(key, "")) in filters.decisions}
    for heading, values in (filters.groups or {}).items():
        column, cells = _column(markbook, heading)
        wanted = {group_of(column, value).casefold() for value in values}
        groups = [group_of(column, cell) for cell in cells]
        if not wanted & {group.casefold() for group in groups}:
            there = sorted(set(groups))
            some = ", ".join(there[:MOST_NAMED]) + (" ..." if len(there) > MOST_NAMED else "")
            raise RequestProblem(
                f"Sheet {markbook.sheet!r}, column {column!r}: nobody is in the group {' or '.join(values)!r}. There are: {some}."
            )
        kept &= {key for key, group in zip(keys, groups, strict=True) if group.casefold() in wanted}
    return frozenset(kept)


def _column(markbook: Markbook, heading: str) -> tuple[str, tuple[str, ...]]:
    spelt = {" ".join(name.split()).casefold(): name for name in markbook.audit}
    name = spelt.get(" ".join(heading.split()).casefold())
    if name is None:
        there = f"There are: {', '.join(markbook.audit)}" if markbook.audit else "It has no such column"
        raise RequestProblem(
            f"Sheet {markbook.sheet!r} has no audit column {heading!r}, which --group asks for. {there}. Columns such as PP, SEN "
            "or EAL are read as such by their heading."
        )
    return name, markbook.audit[name]
