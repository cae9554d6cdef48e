"""The library of activities: what to do about a topic, the misconception it meets, and how its scaffold fades.

One file a strand ships with the program (`model/curriculum/activities_*.csv`) and is a teacher's starting point; a markbook may
bring its own.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from model.errors import ActivitiesError
from model.strands import Need
from model.vocabulary import STRANDS, Strand

COLUMNS = ("strand", "topic", "kind", "title", "misconception", "scaffold", "fade", "source", "check")


class ActivityKind(StrEnum):
    """Teach the idea again, or practise what is nearly there."""

    RE_TEACH = "re-teach"
    PRACTISE = "practise"


_CHOICES = {"strand": tuple(strand.value for strand in STRANDS), "kind": tuple(kind.value for kind in ActivityKind)}


@dataclass(frozen=True, kw_only=True)
class Activity:
    """One activity of the library; texts are in a teacher's words.

    Args:
        check: The sums of the texts as equations, apart by semicolons, such as "1/3 + 1/4 = 7/12"; tests work them out
            exactly. Empty for a teacher's own.
    """

    strand: Strand
    topic: str
    kind: ActivityKind
    title: str
    misconception: str
    scaffold: str
    fade: str
    source: str
    check: str = ""


def parse(rows: Iterable[Mapping[str, str]], *, source: str) -> tuple[Activity, ...]:
    """Activities from rows with the columns of `COLUMNS`.

    Args:
        rows: Each a mapping of column to text.
        source: The file or sheet, for messages.

    Raises:
        ActivitiesError: A row has an unknown strand or kind, or an empty title, topic or scaffold.

    Example:
        >>> parse([{"strand": "Algebra", "topic": "Equations", "kind": "sing"}], source="Activities")
        Traceback (most recent call last):
        ...
        model.errors.ActivitiesError: Activities, row 2: kind 'sing' is not one of re-teach, practise. Correct the cell.
    """
    return tuple(parse_row(row, place=f"{source}, row {number}") for number, row in enumerate(rows, start=2))


def parse_row(row: Mapping[str, str], *, place: str) -> Activity:
    """One activity.

    Raises:
        ActivitiesError: As in `parse`; `place` begins its message.
    """
    values = {column: (row.get(column) or "").strip() for column in COLUMNS}
    for column, allowed in _CHOICES.items():
        if values[column] not in allowed:
            raise ActivitiesError(
                place,
                column=column,
                rule=f"{column} {values[column]!r} is not one of {', '.join(allowed)}",
                remedy="Correct the cell",
            )
    for column in ("topic", "title", "scaffold"):
        if not values[column]:
            raise ActivitiesError(
                place, column=column, rule=f"{column} is empty", remedy="Fill the cell or delete the row"
            )
    return Activity(
        strand=Strand(values["strand"]),
        kind=ActivityKind(values["kind"]),
        **{
            column: values[column]
            for column in ("topic", "title", "misconception", "scaffold", "fade", "source", "check")
        },
    )


@cache
def bundled() -> tuple[Activity, ...]:
    """The library that ships with the program.

    Example:
        >>> {activity.strand for activity in bundled()} == set(STRANDS)
        True
    """
    return tuple(
        activity
        for name, text in library_texts().items()
        for activity in parse(csv.DictReader(io.StringIO(text)), source=name)
    )


def library_texts() -> dict[str, str]:
    """File -> its text, of the library that ships, in the order of the strands."""
    folder = resources.files("model.curriculum")
    names = [f"activities_{strand.casefold()}.csv" for strand in STRANDS]
    return {name: (folder / name).read_text(encoding="utf-8") for name in names}


def suggest(topics: tuple[Need, ...], library: tuple[Activity, ...] | None = None) -> tuple[Activity, ...]:
    """An activity for each need: for the first topic one to re-teach, for the others one to practise.

    A topic that the library does not know gets an activity of its strand; a kind that it lacks, one of the other kind.

    Args:
        topics: Needs, weakest first.
        library: Left out: the bundled one.

    Returns:
        As many activities as the library has an answer for, in the order of the needs.
    """
    library = bundled() if library is None else library
    chosen: list[Activity] = []
    for place, need in enumerate(topics):
        kind = ActivityKind.RE_TEACH if place == 0 else ActivityKind.PRACTISE
        fitting = sorted(
            (activity for activity in library if activity.strand is need.strand and activity not in chosen),
            key=lambda activity: (activity.topic != need.topic, activity.kind is not kind),
        )
        if fitting:
            chosen.append(fitting[0])
    return tuple(chosen)


def suggester(library: tuple[Activity, ...]) -> Callable[[tuple[Need, ...]], tuple[Activity, ...]]:
    """`suggest` for many students: those with the same topics get the same activities, which are looked up once.

    Args:
        library: The activities to choose from.
    """
    known: dict[tuple[tuple[Strand, str | None], ...], tuple[Activity, ...]] = {}

    def suggested(topics: tuple[Need, ...]) -> tuple[Activity, ...]:
        key = tuple((need.strand, need.topic) for need in topics)
        if key not in known:
            known[key] = suggest(topics, library)
        return known[key]

    return suggested
