"""The tables of an overview as data: what the workbook's sheets and the web page are both made from, so that they say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from addin.overview.figures import ClassFigures, Overview
from addin.overview.places import natural, shown
from addin.overview.tables import Cell, Head, Kind
from addin.overview.tally import FIGURES, HIDDEN, Change, Tally
from addin.overview.topics import YearTopics
from model.fairness import LEAST
from model.vocabulary import STRANDS, Flag, counted
from templates.layout import Group

HIGH_SHARE, WATCH_SHARE = "High, of all", "Watch, of all"
THEN_NOW = (("Flagged at the run before", "Flagged now"), ("Flagged two runs before", "Flagged now, of these"))
"""Headings of who had a flag that asks for help, for each of the two comparisons."""

NO_NAMES = "No student is named here. "
SMALL = (
    f"A class {HIDDEN} is listed without figures, and is in no sum unless several of a year together hold ten or more; a rate "
    "of fewer than ten is not told."
)


@dataclass(frozen=True, kw_only=True)
class Part:
    """One table of the overview: the sheet's name, title, notes, columns, lines, sums, and how many columns name a line."""

    name: str
    title: str
    notes: tuple[str, ...]
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sums: tuple[Cell, ...] = ()
    names: int = 1


_SCHOOL = Head(heading="School", group=Group.IDENTITY, kind=Kind.TEXT, width=24)
_YEAR = Head(heading="Year", group=Group.IDENTITY, kind=Kind.TEXT, width=11)
_CLASS = Head(heading="Class", group=Group.IDENTITY, kind=Kind.TEXT, width=17)
_FLAGS = tuple(Head(heading=flag.value, group=Group.RESULTS) for flag in Flag)


def classes_part(overview: Overview) -> Part:
    """Classes beside one another: teacher, flags, change since the run before, weakest strand, clinics."""
    where = _where(overview)
    heads = (
        *where, _CLASS,
        Head(heading="Teacher", group=Group.IDENTITY, kind=Kind.TEXT, width=20),
        Head(heading="Students", group=Group.BASELINE),
        *_FLAGS,
        Head(heading=HIGH_SHARE, group=Group.RESULTS, kind=Kind.SHARE),
        Head(heading=WATCH_SHARE, group=Group.RESULTS, kind=Kind.SHARE),
        *_change_heads(0, brief=True),
        Head(heading="Weakest strand", group=Group.TESTS, kind=Kind.TEXT, width=15),
        Head(heading="Clinics offered", group=Group.ENGAGEMENT),
        Head(heading="Clinics attended", group=Group.ENGAGEMENT),
        Head(heading="Take-up", group=Group.ENGAGEMENT, kind=Kind.SHARE),
        Head(heading="Cells not understood", group=Group.BASELINE),
    )  # fmt: skip
    return Part(
        name="Classes",
        title="Classes beside one another",
        notes=(NO_NAMES + _once(overview), f"{SMALL} Clinics count where an attendance is entered."),
        heads=heads,
        rows=tuple(
            (*_place(each, where), ", ".join(each.teachers) or None, *_class_line(each.tally))
            for each in overview.classes()
        ),
        sums=("All", *[None] * (len(where) + 1), *_class_line(overview.sums())),
        names=len(where) + 1,
    )


def change_part(overview: Overview) -> Part:
    """What changed since the run before, and since two runs before: from one meeting to another."""
    where = _where(overview)
    heads = (
        *where, _CLASS,
        Head(heading="Last run", group=Group.BASELINE, kind=Kind.DAY, width=12.5),
        *_change_heads(0),
        *_change_heads(1),
    )  # fmt: skip
    nothing = "Nothing to compare yet: a markbook remembers its runs on the sheet Runs (`markbook batch --add-sheets`)."
    some = any(day for each in overview.classes() for day in each.days)
    sums = overview.sums()
    return Part(
        name="Change",
        title="Change from meeting to meeting",
        notes=(
            "Students with a score in both runs; a risk rose or fell where it moved by three points at least. Flagged: "
            "▲ High, ● Watch or ◆ Always absent.",
            "Two runs before: the last run that is at least two runs and three weeks older." if some else nothing,
        ),
        heads=heads,
        rows=tuple(
            (
                *_place(each, where), each.now,
                *_change_line(each.tally, 0, each.days[0]), *_change_line(each.tally, 1, each.days[1]),
            )
            for each in overview.classes()
        ),
        sums=("All", *[None] * (len(where) + 1), *_change_line(sums, 0, None), *_change_line(sums, 1, None)),
        names=len(where) + 1,
    )  # fmt: skip


def topics_part(overview: Overview, years: Sequence[YearTopics]) -> Part:
    """The topics that each year group struggles with, the most needed first."""
    where = _where(overview)
    small = [f"{each.school}, {each.year}" for each in years if not each.topics and 0 < each.students < LEAST]
    return Part(
        name="Topics",
        title="Topics that the year struggles with",
        notes=(
            "Students who have the topic among the two to work on, each student once, and how many of them are flagged. "
            + NO_NAMES.strip(),
            f"Not told, since the year group is {HIDDEN}: {'; '.join(small)}." if small else "",
        ),
        heads=(
            *where,
            Head(heading="Topic", group=Group.TESTS, kind=Kind.TEXT, width=30),
            Head(heading="Strand", group=Group.TESTS, kind=Kind.TEXT, width=14),
            Head(heading="Students", group=Group.BASELINE),
            Head(heading="Of the year", group=Group.BASELINE, kind=Kind.SHARE),
            Head(heading="Of them flagged", group=Group.RESULTS),
            Head(heading="Classes", group=Group.BASELINE),
            Head(heading="Of classes", group=Group.BASELINE),
        ),
        rows=tuple(
            (
                *(each.school, each.year)[-len(where) :], each.name, each.strand,
                each.students, each.share, each.flagged, each.classes, each.of_classes,
            )
            for year in years
            for each in year.topics
        ),
        names=len(where) + 1,
    )  # fmt: skip


def years_part(overview: Overview) -> Part:
    """Year groups, over all schools."""
    return _groups_part("Years", _YEAR, overview.grouped(lambda place: place.year), overview)


def schools_part(overview: Overview) -> Part:
    """Schools."""
    return _groups_part("Schools", _SCHOOL, overview.grouped(lambda place: place.school), overview)


def refused_part(overview: Overview) -> Part:
    """Workbooks without a result, and what kind of problem each has."""
    note = (
        "What kind of problem it is. `markbook check` on the workbook names the cell." if overview.refused else "None."
    )
    files = sorted(overview.refused, key=natural)
    return Part(
        name="Refused",
        title="Workbooks without a result",
        notes=(note,),
        heads=(
            Head(heading="Workbook", group=Group.IDENTITY, kind=Kind.TEXT, width=60),
            Head(heading="Problem", group=Group.IDENTITY, kind=Kind.TEXT, width=90),
        ),
        rows=tuple((shown(file, longest=200), overview.refused[file]) for file in files),
    )


def _once(overview: Overview) -> str:
    two, doubtful = overview.in_two_classes, overview.doubtful_names
    told = "A student in two classes stands once in sums, with the higher risk"
    told += f" ({counted(two, 'student')} here)." if two else "."
    if doubtful:
        told += (
            f" {counted(doubtful, 'name')} {'stands' if doubtful == 1 else 'stand'} in two classes without an ID, a form or a "
            "date of birth in common: counted apart."
        )
    return told


def _where(overview: Overview) -> tuple[Head, ...]:
    """What says where a class belongs: the year, and the school where there are several."""
    return (_SCHOOL, _YEAR) if overview.has_several_schools else (_YEAR,)


def _place(each: ClassFigures, where: tuple[Head, ...]) -> tuple[str, ...]:
    return (each.place.school, each.place.year, each.place.class_name)[-len(where) - 1 :]


def _share(part: int, whole: int) -> Cell:
    """A share; hidden where it is one of fewer than ten, empty of nothing."""
    if not whole:
        return None
    return part / whole if whole >= LEAST else HIDDEN


def _class_line(tally: Tally) -> tuple[Cell, ...]:
    change = tally.changes[0]
    changed = _changed(change, change.rose, change.fell, change.flags)
    weakest = tally.weakest
    line: tuple[Cell, ...] = (
        tally.students, *tally.counts, _share(tally.counts[0], tally.students), _share(tally.counts[1], tally.students),
        *changed, None if weakest is None else weakest.value,
        tally.offered or None, tally.attended if tally.offered else None, _share(tally.attended, tally.offered),
    )  # fmt: skip
    if tally.refused and not tally.workbooks:
        return (None,) * (len(line) + 1)  # not 0: there is no result that could tell
    return (*_hidden(tally, line), tally.queries)


def _change_heads(which: int, *, brief: bool = False) -> tuple[Head, ...]:
    since = ("since the run before", "since two runs before")[which]
    group = (Group.ENGAGEMENT, Group.MOCKS)[which]
    told = [Head(heading=f"{what} {since}", group=group) for what in ("Risk rose", "Risk fell", "Other flag")]
    if brief:
        return tuple(told)
    return (
        Head(heading=("Run before", "Two runs before")[which], group=group, kind=Kind.DAY, width=12.5),
        Head(
            heading=f"Compared with {since.removeprefix('since ')}",
            group=group,
        ),
        *told,
        *(Head(heading=heading, group=group) for heading in THEN_NOW[which]),
    )


def _change_line(tally: Tally, which: int, day: Cell) -> tuple[Cell, ...]:
    change = tally.changes[which]
    figures = (change.compared, change.rose, change.fell, change.flags, change.flagged_then, change.flagged_now)
    return (day, *_hidden(tally, _changed(change, *figures)))


def _changed(change: Change, *figures: int) -> tuple[Cell, ...]:
    if not change.compared:
        return (None,) * len(figures)
    return figures if change.compared >= LEAST else (HIDDEN,) * len(figures)


def _hidden(tally: Tally, values: tuple[Cell, ...]) -> tuple[Cell, ...]:
    return (HIDDEN,) * len(values) if tally.is_hidden else values


def _groups_part(name: str, first: Head, groups: dict[str, Tally], overview: Overview) -> Part:
    flags_end = FIGURES.index(Flag.NOT_ENOUGH.value) + len(Flag) - list(Flag).index(Flag.NOT_ENOUGH)
    colours = {
        "Workbooks": Group.BASELINE,
        "Refused": Group.BASELINE,
        "Students": Group.BASELINE,
        "Queries": Group.BASELINE,
    }
    colours |= {flag.value: Group.RESULTS for flag in Flag} | {strand.value: Group.TESTS for strand in STRANDS}
    heads = [Head(heading=figure, group=colours[figure]) for figure in FIGURES]

    def line(tally: Tally) -> tuple[Cell, ...]:
        figures = tally.figures()
        return (*figures[:flags_end], _share(tally.counts[0], tally.students), *figures[flags_end:])

    return Part(
        name=name,
        title=f"Overview by {first.heading.casefold()}",
        notes=(
            "Students by flag, and how many have a topic of each strand to work on. " + NO_NAMES + _once(overview),
            SMALL,
        ),
        heads=(
            first, *heads[:flags_end], Head(heading=HIGH_SHARE, group=Group.RESULTS, kind=Kind.SHARE), *heads[flags_end:],
        ),
        rows=tuple((label, *line(tally)) for label, tally in groups.items()),
        sums=("All", *line(overview.sums())),
    )  # fmt: skip
