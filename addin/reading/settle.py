"""Words and shape together: what each column is, once both its heading and its cells have been looked at.

A heading says what a column is called, its cells what it can be. Every step here takes the columns and their profiles and
returns the columns with one kind of evidence weighed in; what the teacher says in `Setup` or on the sheet `Columns` is never
overruled. A column of numbers beside names is an assessment unless something says otherwise, and what says otherwise is named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from addin.reading.grades import scale_of
from addin.reading.headings.column import (
    ASSESSMENT_ROLES,
    CONFIRMED,
    MARKED_ROLES,
    WHO_ROLES,
    Column,
    Role,
    left_out,
    strand_of,
)
from addin.reading.headings.subjects import is_other_subject
from addin.reading.headings.text import bare, day_of, plain, range_of, total_of
from addin.reading.marks import LARGEST_TOTAL
from addin.reading.questions import UNTITLED, questions_in
from addin.reading.shape.profile import Kind, Profile
from addin.reading.shape.worked_out import worked_out

OTHER_SUBJECT = "another subject"

GUESS_BY_SHAPE = 0.5
"""How sure a column of numbers is an assessment whose heading says nothing."""

FEWEST_MARKS = 2
"""Numbers below which a column with an unknown heading tells nothing."""

LOWEST_PER_CENT_ATTENDANCE = 50.0
"""A class whose median attendance is below this does not stand in per cent: persistent absence begins at 90 % (Department for
Education), and no class of a school has half its students away for half of the time."""

STANDARD_SCORES = (55.0, 145.0)
"""Standard age scores have mean 100 and standard deviation 15: three of these on either side hold everybody."""

_STEM_NUMBER = re.compile(r"(.*?)[ _.-]*(\d+)$")
_GRADED = (Role.TARGET, Role.WORKING_AT, Role.OUTCOME)
_OVERALL = re.compile(
    r"c?gpa|average|mean|total|overall|aggregate|percentage|grand total|marks obtained|score", re.IGNORECASE
)

Step = Callable[[tuple[Column, ...], Sequence[Profile]], tuple[Column, ...]]


def settle(columns: Sequence[Column], profiles: Sequence[Profile], *, title: str = UNTITLED) -> tuple[Column, ...]:
    """The columns with what their cells say.

    Args:
        columns: Every column, as its heading is understood.
        profiles: What each column holds over the rows of students.
        title: What a paper is called that nothing above its questions names: the sheet's name.

    Example:
        >>> from addin.reading.headings.column import understand
        >>> from addin.reading.shape.profile import profiles
        >>> rows = [("Ova", 62, 75, 12), ("Tul", 89, 61, 14), ("Pim", 77, 90, 13)]
        >>> told = settle(understand(["Name", "Tamil", "Math", "Age"]), profiles(rows, 4))
        >>> [(column.role.value, column.why) for column in told[1:]]
        [('ignored', 'another subject'), ('test', 'names the subject'), ('ignored', 'names no mark')]
    """
    settled = questions_in(columns, profiles, title=title)
    for step in _STEPS:
        settled = step(settled, profiles)
    return settled


def _each(change: Callable[[Column, Profile], Column]) -> Step:
    """A step that looks at one column at a time; the role of what is confirmed stays as it is, and only its scale may be found."""

    def changed(column: Column, profile: Profile) -> Column:
        after = change(column, profile)
        if column.why != CONFIRMED:
            return after
        return (
            replace(after, why=CONFIRMED, confidence=1.0)
            if after.role is column.role and column.scale is None
            else column
        )

    def step(columns: tuple[Column, ...], profiles: Sequence[Profile]) -> tuple[Column, ...]:
        return tuple(
            changed(column, profile) if column.heading and column.role is not Role.RESULT else column
            for column, profile in zip(columns, profiles, strict=True)
        )

    return step


def _no_mark_by_its_cells(column: Column, profile: Profile) -> Column:
    """A heading that sounds like a test over remarks, dates or codes is none; one with a total is, whatever stands below it yet."""
    if column.role not in ASSESSMENT_ROLES or profile.filled < FEWEST_MARKS or column.out_of is not None:
        return column
    marks = profile.share(Kind.NUMBER, Kind.FRACTION, Kind.PER_CENT, Kind.GRADE)
    if (
        marks < 0.3
        and profile.share(Kind.REMARK, Kind.DATE, Kind.CODE, Kind.WORD) > 0.6
        and scale_of(profile.words) is None
    ):
        return left_out(column, "holds words and no marks")
    return column


def _baseline(column: Column, profile: Profile) -> Column:
    """Baselines stand on their own scales: standard age scores around 100, key stage 2 scaled scores from 80 to 120."""
    low, high = STANDARD_SCORES
    if column.role is Role.BASELINE and profile.known and not (low <= profile.lowest and profile.highest <= high):
        if (
            profile.is_numeric
            and profile.lowest >= 0
            and profile.highest <= 100
            and plain(column.heading).startswith("cat")
        ):
            return replace(column, role=Role.TEST, confidence=GUESS_BY_SHAPE, why="its numbers are no standard scores")
        return left_out(column, "its numbers are no standard scores", 0.5)
    if column.role is Role.KS2 and profile.known and not 80 <= profile.middle <= 120:
        return left_out(column, "its numbers are no scaled scores of key stage 2", 0.5)
    return column


def _grades(column: Column, profile: Profile) -> Column:
    """Targets, working-at grades and outcomes stand on a scale of grades; a per cent or a mark is none."""
    if column.role not in _GRADED or not profile.filled:
        return column
    if profile.is_numeric and profile.middle > 9:
        return left_out(column, f"its numbers are no grades from 1 to 9, so no {column.role.value}", 0.5)
    if profile.share(Kind.WORD, Kind.GRADE) > 0.5 and not profile.is_numeric:
        return replace(column, scale=scale_of(profile.words))
    return column


def _steps_of_marks(column: Column, profile: Profile) -> Column:
    """Marks that are grades or words for stages are steps of their scale."""
    if column.role not in ASSESSMENT_ROLES or profile.share(Kind.WORD, Kind.GRADE) <= 0.5:
        return column
    scale = scale_of(profile.words)
    return column if scale is None else replace(column, scale=scale, out_of=None)


def _remarks(column: Column, profile: Profile) -> Column:
    """What is written in words under a heading that says nothing is a remark."""
    if column.confidence or column.role is not Role.IGNORED or profile.filled < FEWEST_MARKS:
        return column
    if profile.share(Kind.REMARK) > 0.5 or (
        profile.share(Kind.REMARK, Kind.WORD) > 0.8 and scale_of(profile.words) is None
    ):
        return replace(column, confidence=1.0, why="holds remarks")
    return column


def _unknown_words(column: Column, profile: Profile) -> Column:
    """A column of grades or stages under an unknown heading is an assessment too, where several children share its steps."""
    if column.confidence or column.role is not Role.IGNORED or profile.filled < FEWEST_MARKS:
        return column
    scale = scale_of(profile.words) if profile.share(Kind.WORD, Kind.GRADE) > 0.8 else None
    if scale is not None and len(scale.steps) > 2 and len(profile.words) > 1 and profile.filled > len(profile.words):
        return replace(
            column, role=Role.TEST, scale=scale, confidence=GUESS_BY_SHAPE, why=f"its words are steps, {scale.name}"
        )
    return column


def _unknown_numbers(column: Column, profile: Profile) -> Column:
    """A column of numbers under an unknown heading is an assessment unless something says otherwise."""
    if (
        column.confidence
        or column.role is not Role.IGNORED
        or len(profile.known) < FEWEST_MARKS
        or not profile.is_numeric
    ):
        return column
    why_not = says_otherwise(profile)
    if why_not:
        return left_out(column, why_not, 0.0)
    strand = strand_of(column.over) if column.over else None
    if day_of(column.heading):
        return replace(column, role=Role.TEST, strand=strand, confidence=0.7, why="numbers of a day")
    return replace(column, role=Role.TEST, strand=strand, confidence=GUESS_BY_SHAPE, why="numbers beside the names")


def says_otherwise(profile: Profile) -> str | None:
    """Why a column of numbers can be no marks, in words; None where nothing says so.

    Example:
        >>> from addin.reading.shape.profile import profile
        >>> says_otherwise(profile([1, 2, 3, 4])), says_otherwise(profile([2011, 2010, 2011])), says_otherwise(profile([12, 7, 15]))
        ('its numbers count the rows', 'its numbers are years', None)
    """
    low, high = profile.lowest, profile.highest
    rules = (
        (profile.counts_up, "its numbers count the rows"),
        (low < 0, "some of its numbers are below 0"),
        (profile.is_whole and low >= 1900 and high <= 2100, "its numbers are years"),
        (high > LARGEST_TOTAL, f"its numbers are above {LARGEST_TOTAL:g}"),
        (profile.is_constant, "every row holds the same number"),
        (profile.is_whole and low >= 0 and high <= 1, "its numbers are only 0 and 1"),
        (profile.is_whole and high <= 5 and not profile.totals, "its numbers go up to 5 and may be ratings"),
    )
    return next((why for holds, why in rules if holds), None)


def _other_subjects(columns: tuple[Column, ...], profiles: Sequence[Profile]) -> tuple[Column, ...]:
    """Where subjects stand side by side, mathematics is the class's and the others are left out."""
    named = {
        c.index for c in columns if is_other_subject(_last_words(c)) and c.why != CONFIRMED and c.role not in WHO_ROLES
    }
    return tuple(
        left_out(column, OTHER_SUBJECT) if column.index in named and column.role is not Role.RESULT else column
        for column in columns
    )


def _last_words(column: Column) -> str:
    return bare(column.own or column.heading)


def _sums(columns: tuple[Column, ...], profiles: Sequence[Profile]) -> tuple[Column, ...]:
    """What is worked out from other columns is no further assessment, whatever it is called."""
    candidates = {
        column.index: profiles[place]
        for place, column in enumerate(columns)
        if (column.role in MARKED_ROLES or column.why == OTHER_SUBJECT or _is_overall(column))
        and profiles[place].is_numeric
        and column.scale is None
    }
    headings = {column.index: column.heading for column in columns}
    width = max(headings, default=-1) + 1
    found = worked_out(candidates, [headings.get(place, "") for place in range(width)])
    stems = _stems(columns)
    if not any(column.role is Role.QUESTION for column in columns):
        # A test that is called by its topic is one, whatever its few marks happen to add up to.
        named = {column.index for column in columns if column.strand is not None and column.confidence == 1}
        found = {place: why for place, why in found.items() if place not in named or "per cent" in why}
    return tuple(
        left_out(column, found[column.index])
        if column.index in found and column.why != CONFIRMED and column.role is not Role.IGNORED
        else left_out(column, f"stands for {column.heading} 1, {column.heading} 2 ... together", 0.8)
        if column.role in ASSESSMENT_ROLES and column.why != CONFIRMED and plain(column.heading) in stems
        else column
        for column in columns
    )


def _stems(columns: Sequence[Column]) -> set[str]:
    """Headings that stand numbered beside themselves: "Quiz" beside "Quiz1", "Quiz2"."""
    stems: dict[str, int] = {}
    for column in columns:
        found = _STEM_NUMBER.fullmatch(plain(column.heading))
        if column.role in ASSESSMENT_ROLES and found and found[1]:
            stems[found[1]] = stems.get(found[1], 0) + 1
    return {stem for stem, times in stems.items() if times > 1}


def _is_overall(column: Column) -> bool:
    return column.role is Role.IGNORED and _OVERALL.fullmatch(plain(bare(column.heading))) is not None


def _only_an_overall_mark(columns: tuple[Column, ...], profiles: Sequence[Profile]) -> tuple[Column, ...]:
    """A total or an average is left out beside the marks it is made from; where it stands alone it is what there is."""
    if any(column.role in MARKED_ROLES for column in columns):
        return columns
    alone = [
        (column, profile)
        for column, profile in zip(columns, profiles, strict=True)
        if _is_overall(column) and profile.is_numeric and len(profile.known) >= FEWEST_MARKS
    ]
    if not alone or any(column.why == OTHER_SUBJECT for column in columns):
        return columns
    chosen, profile = alone[0]
    highest = 10.0 if "gpa" in plain(chosen.heading) and 4 < profile.highest <= 10 else None
    if "gpa" in plain(chosen.heading) and profile.highest <= 4:
        highest = 4.0
    told = replace(
        chosen, role=Role.TEST, out_of=chosen.out_of or highest, confidence=0.6, why="the only mark on the sheet"
    )
    return tuple(told if column is chosen else column for column in columns)


def _counts(column: Column, profile: Profile) -> Column:
    """Attendance and homework that are counted, "6 of 10", have a maximum of their own and are no per cents."""
    if (
        column.role not in (Role.ATTENDANCE, Role.HOMEWORK)
        or not profile.known
        or "%" in column.heading
        or column.out_of
    ):
        return column
    written = total_of(column.heading)
    if written is not None and written != 100:
        return replace(column, out_of=written)
    if len(profile.totals) == 1 and profile.share(Kind.FRACTION) > 0.5:
        return replace(column, out_of=next(iter(profile.totals)))
    if re.search(r"per ?cent|percentage|pct|rate", column.heading, re.IGNORECASE) or profile.share(Kind.PER_CENT) > 0.2:
        return column
    counted = profile.highest > 100 or bool(
        re.search(r"\b(sessions|days|lessons|count)\b", column.heading, re.IGNORECASE)
    )
    if column.role is Role.ATTENDANCE:
        counted = counted or (profile.highest > 1 and profile.middle < LOWEST_PER_CENT_ATTENDANCE)
    else:
        counted = counted or (profile.is_whole and 1 < profile.highest <= 20)
    if not counted:
        return column
    return replace(column, out_of=profile.highest, confidence=0.6, why=f"counted, the most is {profile.highest:g}")


def _effort(column: Column, profile: Profile) -> Column:
    """Effort is read from 1 to 4; another scale is told by the heading or by the numbers, letters are left out."""
    if column.role is not Role.EFFORT or not profile.filled:
        return column
    if not profile.is_numeric and profile.filled > 1 and profile.share(Kind.NUMBER) < 0.3:
        return left_out(column, "effort in words or letters, of which nobody has said what is best", 0.5)
    scale = range_of(column.heading)
    if scale is not None and scale != (1.0, 4.0):
        return replace(column, ends=scale)
    if scale is None and 4 < profile.highest <= 10 and profile.is_whole and sum(n > 4 for n in profile.known) > 1:
        top = 5.0 if profile.highest <= 5 else 10.0
        return replace(
            column,
            ends=(1.0, top),
            confidence=0.6,
            why=f"its numbers go up to {profile.highest:g}: read from 1 to {top:g}",
        )
    return column


_STEPS: tuple[Step, ...] = (
    _each(_no_mark_by_its_cells),
    _each(_baseline),
    _each(_grades),
    _other_subjects,
    _each(_unknown_words),
    _each(_remarks),
    _each(_unknown_numbers),
    _sums,
    _each(_steps_of_marks),
    _only_an_overall_mark,
    _each(_counts),
    _each(_effort),
)
