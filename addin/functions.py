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

from functools import partial
from inspect import cleandoc
from math import isnan

from addin.errors import MarkbookError
from addin.formulas.call import asked, asked_what_if
from addin.formulas.converter import AsCells, RowsAsCells
from addin.reading.ranges import in_detail
from addin.results.in_full import activities_in_full, path_in_full, topics_in_full, why_in_full
from addin.results.short import activities_in_short, path_in_short, topics_in_short, why_in_short
from addin.xlwings_alone import xlwings as xw
from model.activities import suggest
from model.reasons import Reason

NOT_ENOUGH = "Not enough data"


def _no_score(call, i):
    """What stands in place of a risk: that there is not enough data, or that the student was always absent."""
    return call.flag(i).split(" ", 1)[1]


def _flag(call, i):
    return call.flag(i)


def _place(call, i):
    """The priority of who has one, such as 1 for who was always absent; else why there is none."""
    return call.priority(i) or NOT_ENOUGH


_ARGUMENTS = {
    "students": "One student's row, or the rows of many, from the first column of the markbook to the last.",
    "headings": "The row of headings above the same columns. What the sheet Setup says of headings is not seen here.",
    "out_of": "The row of totals above the same columns. May be left out.",
    "strands": "The row of strands above the same columns. May be left out.",
    "cohort": "The rows of all students that marks are compared with. Left out: the students themselves; needed for one row.",
    "half_term": "The half-term that the marks reach, 1 to 6. Left out: found from the headings.",
}
_DETAIL = "TRUE for everything in whole sentences. Left out: in two lines a student, as the result columns say it."


def _range(name):
    """What xlwings is told of an argument that is a range."""
    return xw.arg(name, RowsAsCells if name == "students" else AsCells, ndim=2, err_to_str=True)


def _function(*, nothing=NOT_ENOUGH, in_full=None, **arguments):
    """Make a function for cells of what it answers for student i of those seen, and register it with Excel.

    Args:
        nothing: What it answers of a student without a risk, or what works that out.
        in_full: The same in whole sentences of a language; with it the function takes an argument `detail`, TRUE or the
            language's code.
        arguments: Argument -> what its docstring says of it, where that is not what those of all say.
    """
    told = _ARGUMENTS | arguments | ({"detail": _DETAIL} if in_full else {})
    lines = "\n".join(f"    {name}: {words}" for name, words in told.items())

    def of(answer):
        def answered(ranges, half_term, detail=None):
            try:
                students, headings, out_of, strands, cohort = ranges
                call = asked(students, headings, out_of, strands, cohort, half_term)
                language = None if in_full is None else in_detail(detail, "detail")
            except MarkbookError as error:
                return [[str(error)]]
            if language is None:
                return _answers(call, answer, nothing)
            told = partial(in_full, language=language)
            return _answers(call, told, told if nothing is _why else nothing)

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
            function = _range(name)(function)
        return xw.func(function)

    return of


@_function(nothing=_no_score)
def INTERVENTION_RISK(call, i):  # noqa: N802
    """The risk, 0 to 1, that each student's final grade is at least one below target. Answers a column, one row a student.
    Uses the model in use on this computer; on a server, the one that ships.

    Example:
        >>> INTERVENTION_RISK([["Ova", 7, 2], ["Tul", 6, "Abs"]], [["Name", "Target", "Angles (20)"]])[1]
        ['Not enough data']
    """
    return round(call.risk(i), 4)


@_function(nothing=_flag)
def INTERVENTION_FLAG(call, i):  # noqa: N802
    """The flag of each student: High, Watch, On track, Not enough data or Always absent, with its sign, at the
    model's own thresholds. Those of the sheet Setup are not seen here.

    Example:
        >>> INTERVENTION_FLAG([["Ova", 7, 2], ["Tul", 7, 3]], [["Name", "Target", "Angles (20)"]])[0]
        ['▲ High']
        >>> INTERVENTION_FLAG([["Ova", 7, 2]], [["Name", "Target", "Angles (20)"]])
        [['Give the class as cohort: one student alone cannot be compared.']]
    """
    return _flag(call, i)


@_function(
    nothing=_place,
    students="The rows of the students to be put in order, from the first column of the markbook to the last.",
)
def INTERVENTION_PRIORITY(call, i):  # noqa: N802
    """Who comes first among the students given: 1 for the first, by risk and by the gap to the target together.

    Example:
        >>> INTERVENTION_PRIORITY([["Ova", 7, 2], ["Tul", 4, 19]], [["Name", "Target", "Angles (20)"]])
        [[1], [2]]
    """
    return call.priority(i)


def _why_in_full(call, i, language):
    return why_in_full((*call.told(i, language), *map(language.tell, call.not_read(i))))


def _why(call, i):
    # What was not read comes first: of two reasons none may hide it.
    return why_in_short((*map(Reason, call.not_read(i)[:1]), *call.told(i)))


@_function(nothing=_why, in_full=_why_in_full)
def INTERVENTION_WHY(call, i):  # noqa: N802
    """The two strongest reasons for each student's risk, with the figures behind them; with detail all of them in sentences.

    Example:
        >>> rows, headings = [["Ova", 7, 2], ["Tul", 4, 19]], [["Name", "Target", "Angles (20)"]]
        >>> INTERVENTION_WHY(rows, headings, detail=True)[0][0].split(";")[-2].strip()
        'Little to go on: 1 mark so far'
        >>> len(INTERVENTION_WHY(rows, headings)[0][0]) <= 90
        True
    """
    return _why(call, i)


def _topics_in_full(call, i, language):
    return topics_in_full(call.topics(i), language=language)


@_function(in_full=_topics_in_full)
def INTERVENTION_TOPICS(call, i):  # noqa: N802
    """The two topics that each student should work on, with the marks behind them; with detail also how strong that evidence is.

    Example:
        >>> INTERVENTION_TOPICS([["Ova", 7, 2], ["Tul", 4, 19]], [["Name", "Target", "Angles (20)"]])[:1]
        [['1. Angles (Geometry): 2/20']]
    """
    return topics_in_short(call.topics(i))


def _activities_in_full(call, i, language):
    return activities_in_full(suggest(call.topics(i)), language=language)


@_function(in_full=_activities_in_full)
def INTERVENTION_ACTIVITIES(call, i):  # noqa: N802
    """An activity for each of the two topics, from the bundled library: one to re-teach, one to practise; with detail also what
    to do in the first.

    Example:
        >>> INTERVENTION_ACTIVITIES([["Ova", 4, 15], ["Tul", 4, 16]], [["Name", "Target", "Angles (20)"]])[:1]
        [['1. Highlight Z, F and C shapes']]
    """
    return activities_in_short(suggest(call.topics(i)))


def _path_in_full(call, i, language):
    return path_in_full(call.path(i, language), language=language)


@_function(in_full=_path_in_full)
def INTERVENTION_PATHWAY(call, i):  # noqa: N802
    """What each student works on, step by step: what is missing first, then the topic, then mixed practice; with detail also why,
    an activity, and how one knows that it is done.

    Example:
        >>> headings = [["Name", "Target", "Expanding (20)", "Double brackets (20)"]]
        >>> INTERVENTION_PATHWAY([["Ova", 7, 9, 3], ["Tul", 4, 19, 18]], headings)[:1]
        [['Expanding → Double brackets → mixed practice']]
    """
    return path_in_short(call.path(i))


@xw.func
@_range("students")
@_range("headings")
@_range("out_of")
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
        call = asked_what_if(students, headings, out_of, change, value)
    except MarkbookError as error:
        return [[str(error)]]
    return _answers(call, _risk, _no_score)


def _risk(call, i):
    return round(call.risk(i), 4)


def _answers(call, answer, nothing):
    column = []
    for i in range(len(call.places)):
        if call.is_blank(i):
            column.append([""])
        elif isnan(call.risk(i)):
            column.append([nothing(call, i) if callable(nothing) else nothing])
        else:
            column.append([call.without_target(i) or answer(call, i)])
    return column
