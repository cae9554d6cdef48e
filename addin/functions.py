"""=INTERVENTION_RISK() and its family: ordinary functions over ranges of cells.

On the desktop and on the server xlwings registers them with Excel; everywhere else the decorators do nothing and the
functions are called as they stand. Their docstrings are the texts of Excel's function wizard. They use the
model that is in use on the computer (`model.local`; a server sets MARKBOOK_MODEL=bundled), its thresholds, and the bundled
activities; of the sheet Setup they see nothing.
"""

# Excel hands over bare values and ranges, so arguments carry no type hints: xlwings on Windows refuses `X | None`, and hints
# do not convert anything anyway.
# mypy: allow-untyped-defs, allow-untyped-calls, disable-error-code="no-untyped-def"

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache
from inspect import cleandoc
from typing import Any

from addin.errors import MarkbookError, RequestProblem
from addin.reading.grid import EXCEL_ERRORS, CellValue, as_text
from addin.reading.headings.column import MARKED_ROLES, Column, Role, half_term_of, understand
from addin.reading.headings.remembered import BEST_MARK, remembered
from addin.reading.ranges import cell_of, half_term_given, row_of, rows_of, yes_or_no
from addin.reading.records import read_records
from addin.reading.settle import settle
from addin.reading.shape.profile import PROFILED, profiles
from addin.reading.table.one_is_best import ask_which_is_best, with_best
from addin.results.in_full import activities_in_full, path_in_full, topics_in_full, why_in_full
from addin.results.short import activities_in_short, path_in_short, topics_in_short, why_in_short
from addin.xlwings_alone import xlwings as xw
from model.activities import bundled, suggest
from model.local import in_use
from model.pathway import NEEDS_OF_A_PATH, Step, pathways
from model.reasons import Reason, all_reasons
from model.scorecard import Scorecard, score
from model.strands import SHOWN, Need, needs
from model.students import Cohort

NOT_ENOUGH = "Not enough data"


def _no_score(seen, i):
    """What stands in place of a risk: that there is not enough data, or that the student was always absent."""
    return seen.scores.flags[i].value.split(" ", 1)[1]


def _flag(seen, i):
    return seen.scores.flags[i].value


def _place(seen, i):
    """The priority of who has one, such as 1 for who was always absent; else why there is none."""
    return int(seen.scores.priority[i]) or NOT_ENOUGH


_ARGUMENTS = {
    "students": "One student's row, or the rows of many, from the first column of the markbook to the last.",
    "headings": "The row of headings above the same columns. What the sheet Setup says of headings is not seen here.",
    "out_of": "The row of totals above the same columns. May be left out.",
    "strands": "The row of strands above the same columns. May be left out.",
    "cohort": "The rows of all students that marks are compared with. Left out: the students themselves; needed for one row.",
    "half_term": "The half-term that the marks reach, 1 to 6. Left out: found from the headings.",
}
_DETAIL = "TRUE for everything in whole sentences. Left out: in two lines a student, as the result columns say it."


def _function(*, nothing=NOT_ENOUGH, in_full=None, **arguments):
    """Make a function for cells of what it answers for student i of those seen, and register it with Excel.

    Args:
        nothing: What it answers of a student without a risk, or what works that out.
        in_full: The same in whole sentences; with it the function takes an argument `detail`.
        arguments: Argument -> what its docstring says of it, where that is not what those of all say.
    """
    told = _ARGUMENTS | arguments | ({"detail": _DETAIL} if in_full else {})
    lines = "\n".join(f"    {name}: {words}" for name, words in told.items())

    def of(answer):
        def answered(ranges, half_term, detail=None):
            try:
                students, headings, out_of, strands, cohort = ranges
                seen = _seen(students, headings, out_of, strands, cohort, half_term)
                wordy = in_full is not None and yes_or_no(detail, "detail")
            except MarkbookError as error:
                return [[str(error)]]
            return _answers(seen, in_full if wordy else answer, in_full if wordy and nothing is _why else nothing)

        def brief(students, headings, out_of=None, strands=None, cohort=None, half_term=None):
            return answered((students, headings, out_of, strands, cohort), half_term)

        def detailed(students, headings, out_of=None, strands=None, cohort=None, half_term=None, detail=None):
            return answered((students, headings, out_of, strands, cohort), half_term, detail)

        function = brief if in_full is None else detailed
        function.__name__ = function.__qualname__ = answer.__name__
        # Python 3.13 takes the indent of docstrings away and earlier ones do not; in xlwings Lite examples are left out.
        what, mark, example = cleandoc(answer.__doc__ or "").partition("Example:\n")
        function.__doc__ = f"{what.rstrip()}\n\nArgs:\n{lines}\n" + (f"\n{mark}{example}\n" if mark else "")
        # Ranges arrive as rows, whatever their shape, and errors of Excel as text: else they would be empty cells.
        for name in reversed([name for name in _ARGUMENTS if name != "half_term"]):
            function = xw.arg(name, ndim=2, err_to_str=True)(function)
        return xw.func(function)

    return of


@_function(nothing=_no_score)
def INTERVENTION_RISK(seen, i):  # noqa: N802
    """The risk, 0 to 1, that each student's final grade is at least one below target. Answers a column, one row a student.
    Uses the model in use on this computer; on a server, the one that ships.

    Example:
        >>> INTERVENTION_RISK([["Ova", 7, 2], ["Tul", 6, "Abs"]], [["Name", "Target", "Angles (20)"]])[1]
        ['Not enough data']
    """
    return round(float(seen.scores.risk[i]), 4)


@_function(nothing=_flag)
def INTERVENTION_FLAG(seen, i):  # noqa: N802
    """The flag of each student: High, Watch, On track, Not enough data or Always absent, with its sign, at the
    model's own thresholds. Those of the sheet Setup are not seen here.

    Example:
        >>> INTERVENTION_FLAG([["Ova", 7, 2], ["Tul", 7, 3]], [["Name", "Target", "Angles (20)"]])[0]
        ['▲ High']
        >>> INTERVENTION_FLAG([["Ova", 7, 2]], [["Name", "Target", "Angles (20)"]])
        [['Give the class as cohort: one student alone cannot be compared.']]
    """
    return _flag(seen, i)


@_function(
    nothing=_place,
    students="The rows of the students to be put in order, from the first column of the markbook to the last.",
)
def INTERVENTION_PRIORITY(seen, i):  # noqa: N802
    """Who comes first among the students given: 1 for the first, by risk and by the gap to the target together.

    Example:
        >>> INTERVENTION_PRIORITY([["Ova", 7, 2], ["Tul", 4, 19]], [["Name", "Target", "Angles (20)"]])
        [[1], [2]]
    """
    return int(seen.scores.priority[i])


def _why_in_full(seen, i):
    return why_in_full((*seen.told[i], *seen.errors.get(i, ())))


def _why(seen, i):
    # What was not read comes first: of two reasons none may hide it.
    return why_in_short((*map(Reason, seen.errors.get(i, ())[:1]), *seen.told[i]))


@_function(nothing=_why, in_full=_why_in_full)
def INTERVENTION_WHY(seen, i):  # noqa: N802
    """The two strongest reasons for each student's risk, with the figures behind them; with detail all of them in sentences.

    Example:
        >>> rows, headings = [["Ova", 7, 2], ["Tul", 4, 19]], [["Name", "Target", "Angles (20)"]]
        >>> INTERVENTION_WHY(rows, headings, detail=True)[0][0].split(";")[-2].strip()
        'Little to go on: 1 mark so far'
        >>> len(INTERVENTION_WHY(rows, headings)[0][0]) <= 90
        True
    """
    return _why(seen, i)


def _topics_in_full(seen, i):
    return topics_in_full(seen.topics(i))


@_function(in_full=_topics_in_full)
def INTERVENTION_TOPICS(seen, i):  # noqa: N802
    """The two topics that each student should work on, with the marks behind them; with detail also how strong that evidence is.

    Example:
        >>> INTERVENTION_TOPICS([["Ova", 7, 2], ["Tul", 4, 19]], [["Name", "Target", "Angles (20)"]])[:1]
        [['1. Angles (Geometry): 2/20']]
    """
    return topics_in_short(seen.topics(i))


def _activities_in_full(seen, i):
    return activities_in_full(suggest(seen.topics(i)))


@_function(in_full=_activities_in_full)
def INTERVENTION_ACTIVITIES(seen, i):  # noqa: N802
    """An activity for each of the two topics, from the bundled library: one to re-teach, one to practise; with detail also what
    to do in the first.

    Example:
        >>> INTERVENTION_ACTIVITIES([["Ova", 4, 15], ["Tul", 4, 16]], [["Name", "Target", "Angles (20)"]])[:1]
        [['1. Highlight Z, F and C shapes']]
    """
    return activities_in_short(suggest(seen.topics(i)))


def _path_in_full(seen, i):
    return path_in_full(seen.paths[i])


@_function(in_full=_path_in_full)
def INTERVENTION_PATHWAY(seen, i):  # noqa: N802
    """What each student works on, step by step: what is missing first, then the topic, then mixed practice; with detail also why,
    an activity, and how one knows that it is done.

    Example:
        >>> rows, headings = [["Ova", 7, 2], ["Tul", 4, 19]], [["Name", "Target", "Double brackets (20)"]]
        >>> INTERVENTION_PATHWAY(rows, headings)[:1]
        [['Expanding → Double brackets → mixed practice']]
    """
    return path_in_short(seen.paths[i])


@xw.func
@xw.arg("students", ndim=2, err_to_str=True)
@xw.arg("headings", ndim=2, err_to_str=True)
@xw.arg("out_of", ndim=2, err_to_str=True)
def INTERVENTION_WHATIF(students, headings, out_of, change, value):  # noqa: N802
    """The risk if one thing were different, the cohort being what it is. Association in past data, and no promise.

    Args:
        students: The rows of the class; each student's change is tried by itself, against the class as it is.
        headings: The row of headings above the same columns. What the sheet Setup says of headings is not seen here.
        out_of: The row of totals above the same columns. May be empty.
        change: The heading of the column to change, such as "Homework %" or "Homework % HT4".
        value: The value to put there, such as 80.

    Example:
        >>> rows, headings = [["Ova", 7, 2, 40], ["Tul", 4, 9, 90]], [["Name", "Target", "Angles (20)", "Homework %"]]
        >>> now, then = INTERVENTION_RISK(rows, headings), INTERVENTION_WHATIF(rows, headings, None, "Homework %", 80)
        >>> then[0][0] < now[0][0]
        True
    """
    try:
        rows, row_of_headings = rows_of(students, "students"), row_of(headings, "headings")
        half_term = _seen(rows, headings, out_of, None, rows, None).cohort.half_term
        column = _changed_column(row_of_headings, cell_of(change), half_term)
        changed = [[*row[:column], cell_of(value), *row[column + 1 :]] if any(row) else row for row in rows]
        seen = _seen(changed, headings, out_of, None, rows, half_term, places=range(len(rows)))
    except MarkbookError as error:
        return [[str(error)]]
    return _answers(seen, lambda seen, i: round(float(seen.scores.risk[i]), 4), _no_score)


class _Seen:
    """The students of one call, scored; reasons and topics are worked out once they are asked for."""

    def __init__(
        self, cohort: Cohort, against: Cohort | None, card: Scorecard, blank: list[bool], places: Sequence[int]
    ) -> None:
        self.cohort, self.against, self.card, self.blank = cohort, against, card, blank
        self.errors: dict[int, list[str]] = {}  # row -> its cells that hold errors of Excel, in words
        self.without_target: dict[int, str] = {}  # row -> what to say instead of a risk
        self.scores = score(cohort, card=card, against=against, places=places)

    @cached_property
    def told(self) -> tuple[tuple[str, ...], ...]:
        """The reasons of each student."""
        return all_reasons(self.cohort, self.scores, reference=self.card.reference, against=self.against)

    @cached_property
    def needs(self) -> tuple[tuple[Need, ...], ...]:
        """The needs of each student, more of them than are shown."""
        placed = self.scores.standing
        return needs(self.cohort, placed.marks, parts=placed.parts, peers=self.against, most=NEEDS_OF_A_PATH)

    def topics(self, i: int) -> tuple[Need, ...]:
        """The needs of a student that are shown."""
        return self.needs[i][:SHOWN]

    @cached_property
    def paths(self) -> tuple[tuple[Step, ...], ...]:
        """The path of each student."""
        placed = self.scores.standing
        return pathways(
            self.cohort, placed.marks, self.needs, parts=placed.parts, peers=self.against, library=bundled()
        )


def _answers(seen, answer, nothing):
    column = []
    for i, risk in enumerate(seen.scores.risk.tolist()):
        if seen.blank[i]:
            column.append([""])
        elif risk != risk:
            column.append([nothing(seen, i) if callable(nothing) else nothing])
        elif i in seen.without_target:
            column.append([seen.without_target[i]])
        else:
            column.append([answer(seen, i)])
    return column


def _changed_column(headings: list[CellValue], change: CellValue, half_term: int) -> int:
    """The column that a heading names: exactly, or without its half-term the one of the half-term that the marks reach."""
    wanted = as_text(change).casefold()
    texts = [as_text(heading).casefold() for heading in headings]
    if wanted in texts:
        return texts.index(wanted)
    dated = {half_term_of(text): i for i, text in enumerate(texts) if wanted and text.startswith(f"{wanted} ")}
    reached = [number for number in dated if number is not None and number <= half_term]
    if not reached:
        raise RequestProblem(f"change: there is no heading {as_text(change)!r}. Give one of the headings, in quotes.")
    return dated[max(reached)]


class _Class:
    """The rows that settle what the columns are, the same for every formula over one class; equal where all cells are."""

    def __init__(self, rows: list[list[CellValue]]) -> None:
        self.rows = rows[:PROFILED]
        # 1 and TRUE are equal and not the same.
        self._key = tuple(map(tuple, self.rows)), tuple(isinstance(c, bool) for row in self.rows for c in row)

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Class) and self._key == other._key


@lru_cache(maxsize=8)
def _columns(
    headings: tuple[CellValue, ...],
    out_of: tuple[CellValue, ...],
    strands: tuple[CellValue, ...],
    means: tuple[tuple[str, str], ...],
    held: _Class,
) -> tuple[tuple[Column, ...], str | None]:
    """The columns, by their headings and by what the cells of a class hold, and what has to be asked.

    Kept, since a formula in every row asks for the same, and Excel recalculates the same formulas over and over.
    """
    said = dict(means)
    told = understand(headings, out_of=out_of, strands=strands, means=said)
    found = profiles(held.rows, len(told))
    settled = with_best(settle(told, found), said.get(BEST_MARK, ""))
    return settled, None if BEST_MARK in said else ask_which_is_best(settled, found)


def _seen(
    students: Any,
    headings: Any,
    out_of: Any,
    strands: Any,
    cohort: Any,
    half_term: Any,
    *,
    places: Sequence[int] | None = None,
) -> _Seen:
    """The students of a call, scored; `places` says where they stand in the cohort, else the same cells do."""
    rows, heading_row = rows_of(students, "students"), row_of(headings, "headings")
    totals, strand_row, peers = row_of(out_of, "out_of"), row_of(strands, "strands"), rows_of(cohort, "cohort")
    if not rows or not heading_row:
        raise RequestProblem(f"{'headings' if rows else 'students'}: nothing was given. Select the cells.")
    ranges = {"students": rows, "out_of": [totals], "strands": [strand_row], "cohort": peers}
    for name, given in ranges.items():
        widths = {len(row) for row in given if row} - {len(heading_row)}
        if widths:
            raise RequestProblem(
                f"{name}: {widths.pop()} columns, headings: {len(heading_row)}. Give both from the same columns."
            )
    means = remembered(as_text(heading) for heading in heading_row)
    ranges_above = tuple(heading_row), tuple(totals), tuple(strand_row)
    columns, question = _columns(*ranges_above, tuple(means.items()), _Class(peers or rows))
    if question is not None:
        raise RequestProblem(f"headings: {question}")
    blank = [not any(as_text(cell) for cell in row) for row in rows]
    if not any(column.role in MARKED_ROLES for column in columns):
        raise RequestProblem(
            "headings: no column of marks among them. Give the heading row above the same columns as the students."
        )
    read = read_records(
        columns,
        [*rows, *peers],
        keys=[str(number) for number in range(len(rows) + len(peers))],
        half_term=half_term_given(half_term),
    )
    if not peers and blank.count(False) == 1:
        raise RequestProblem("Give the class as cohort: one student alone cannot be compared.")
    ours = read.cohort.take(range(len(rows)))
    against = read.cohort.take(range(len(rows), len(rows) + len(peers))) if peers else None
    if places is None:
        row_of_cells = {tuple(row): place for place, row in enumerate(peers)}
        places = [row_of_cells.get(tuple(row), -1) for row in rows]
    seen = _Seen(ours, against, in_use(), blank, places)
    for doubt in read.doubts:
        if doubt.row < len(rows) and as_text(doubt.value) in EXCEL_ERRORS:
            said = f"{doubt.column.heading}: {as_text(doubt.value)}"
            seen.errors.setdefault(doubt.row, []).append(f"Not read: {said}")
            if doubt.column.role is Role.TARGET:
                seen.without_target[doubt.row] = f"{said}. Mend the target's formula or enter it."
    return seen
