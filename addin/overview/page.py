"""The overview as one web page that stands alone: no script, nothing fetched, no student's name; it prints on A4."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from addin.overview.charts import MOST_BARS, MOST_TOPICS, title_of
from addin.overview.figures import ClassFigures, Overview
from addin.overview.parts import (
    Part,
    change_part,
    classes_part,
    refused_part,
    schools_part,
    topics_part,
    years_part,
)
from addin.overview.tables import Cell, Head, Kind, told
from addin.overview.tally import HIDDEN
from addin.overview.topics import YearTopics, topics_of_years
from addin.results.columns import FLAG_COLOURS
from model.vocabulary import Flag, counted
from templates.pages import pages

WIDTH = 380.0
"""Of a full bar, in the units of a picture that is 640 wide."""

_NARROWEST_WITH_TEXT = 28.0
_SHORT = 20.0
"""Columns up to this width, in characters, hold words that are not broken."""


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A piece of a bar: where it begins, how wide it is, its colours, and what stands on it."""

    x: str
    width: str
    fill: str
    ink: str
    text: str
    middle: str


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A line of a picture: its label, its pieces, and what stands after them."""

    label: str
    pieces: tuple[Piece, ...]
    after: str = ""
    end: str = "0"


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture of bars, with the sentence that stands for it where it cannot be seen."""

    title: str
    told: str
    bars: tuple[Bar, ...]


def as_page(overview: Overview) -> bytes:
    """The overview as HTML, in UTF-8.

    Example:
        >>> b"<script" in as_page(Overview()), as_page(Overview()) == as_page(Overview())
        (False, True)
    """
    environment = pages()
    years = topics_of_years(overview)
    classes = overview.classes()
    changes = tuple(picture for which in (0, 1) if (picture := _then_and_now(classes, which)) is not None)
    sums = overview.sums()
    sections = [
        _section(classes_part(overview), [_flags(classes)] if classes else []),
        _section(change_part(overview), changes),
        _section(topics_part(overview, years), [_topics(year) for year in years if year.topics]),
        _section(years_part(overview)),
        *([_section(schools_part(overview))] if overview.has_several_schools else []),
        *([_section(refused_part(overview))] if overview.refused else []),
    ]
    page = environment.get_template("overview.html.j2").render(
        classes=counted(len(classes), "class") if len(classes) == 1 else f"{len(classes)} classes",
        tiles=[
            ("Students", HIDDEN if sums.is_hidden else told(sums.students, Kind.NUMBER)),
            *(
                (flag.value, HIDDEN if sums.is_hidden else told(count, Kind.NUMBER))
                for flag, count in zip(Flag, sums.counts, strict=True)
            ),
        ],
        legend=[(flag.value, f"#{colours.fill}", f"#{colours.text}") for flag, colours in FLAG_COLOURS.items()],
        sections=sections,
    )
    return page.encode("utf-8")


def _section(part: Part, pictures: Sequence[Picture] = ()) -> dict[str, object]:
    """A part as the template takes it: every cell in words."""

    def look(head: Head, value: Cell = None) -> str:
        """The classes of a cell in the page's style sheet."""
        words = ("text",) if head.kind is Kind.TEXT else ()
        short = ("short",) if head.kind is Kind.DAY or head.width <= _SHORT else ()
        return " ".join((*words, *short, *(("hidden",) if value == HIDDEN else ())))

    def cells(values: Sequence[Cell]) -> list[tuple[str, str]]:
        return [(told(value, head.kind), look(head, value)) for value, head in zip(values, part.heads, strict=True)]

    return {
        "id": part.name.casefold(),
        "title": part.title,
        "notes": [note for note in part.notes if note],
        "heads": [(head.heading, "text" if head.kind is Kind.TEXT else "") for head in part.heads],
        "rows": [cells(row) for row in part.rows],
        "sums": cells(part.sums) if part.sums else [],
        "names": part.names,
        "pictures": list(pictures),
        "has_flags": part.name == "Classes",
    }


def _flags(classes: Sequence[ClassFigures]) -> Picture:
    """The flags of each class as shares of its students."""
    bars = []
    for each in classes[:MOST_BARS]:
        tally, pieces, at = each.tally, [], 0.0
        if not tally.is_hidden and tally.students:
            for flag, count in ((flag, count) for flag, count in zip(Flag, tally.counts, strict=True) if count):
                colours = FLAG_COLOURS[flag]
                width = WIDTH * count / tally.students
                sign = flag.value.partition(" ")[0]
                pieces.append(_piece(at, width, f"#{colours.fill}", f"#{colours.text}", f"{sign} {count}"))
                at += width
        after = "" if pieces else HIDDEN if tally.is_hidden else "no result"
        bars.append(_bar(_label(each), pieces, after, at))
    return Picture(
        title="Students by flag",
        told="Students by flag in each class, as shares of the class; the figures stand in the table below.",
        bars=tuple(bars),
    )


def _then_and_now(classes: Sequence[ClassFigures], which: int) -> Picture | None:
    """How many were flagged then and are flagged now, of those who had a score in both runs."""
    if not any(each.tally.changes[which].compared for each in classes):
        return None
    bars = []
    when = ("the run before", "two runs before")[which]
    for each in classes[: MOST_BARS // 2]:
        change = each.tally.changes[which]
        if each.tally.is_hidden or not change.compared:
            continue
        name = each.place.class_name
        for label, count, fill in (
            (f"{name}, {when}", change.flagged_then, "#9aa5b1"),
            (f"{name}, now", change.flagged_now, "#403a36"),
        ):
            width = WIDTH * count / change.compared
            bars.append(_bar(label, [_piece(0.0, width, fill, "#ffffff", "")], f"{count} of {change.compared}", width))
    return Picture(
        title=f"Flagged: {when}, and now",
        told=f"Students of each class with a flag that asks for help at {when} and now; the figures stand in the table below.",
        bars=tuple(bars),
    )


def _topics(year: YearTopics) -> Picture:
    bars = []
    for each in year.topics[:MOST_TOPICS]:
        width = WIDTH * each.share
        after = f"{each.students} of {each.of}"
        bars.append(_bar(each.name, [_piece(0.0, width, "#654680", "#ffffff", "")], after, width))
    return Picture(
        title=f"{title_of(year)}: students who have the topic to work on",
        told="Students who have each topic to work on; the figures stand in the table below.",
        bars=tuple(bars),
    )


def _label(each: ClassFigures) -> str:
    label = f"{each.place.class_name} ({', '.join(each.teachers)})" if each.teachers else each.place.class_name
    return label if len(label) <= 34 else f"{label[:33]}…"


def _bar(label: str, pieces: Sequence[Piece], after: str, end: float) -> Bar:
    return Bar(label=label, pieces=tuple(pieces), after=after, end=f"{end:.1f}")


def _piece(at: float, width: float, fill: str, ink: str, text: str) -> Piece:
    return Piece(
        x=f"{at:.1f}",
        width=f"{width:.1f}",
        fill=fill,
        ink=ink,
        text=text if width >= _NARROWEST_WITH_TEXT else "",
        middle=f"{at + width / 2:.1f}",
    )
