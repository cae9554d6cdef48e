"""The formulas of `Summary` and `Fairness`, as texts over the tables and defined names of the workbook.

Nothing newer than Excel 2010 is used, so that Excel 2016 and LibreOffice calculate them too; SUMPRODUCT stands where newer
programs would spill. `FIND` takes texts as they are: in `COUNTIF` the sign of "? Not enough data" would stand for any letter.
"""

from __future__ import annotations

from model.vocabulary import Flag
from templates.layout import columns

STUDENTS = "SUMPRODUCT(--(LEN(Markbook[Student ID]&Markbook[Surname]&Markbook[Forename])>0))"
SCORED = "COUNT(Markbook[Risk])"

LAST_RUN = 'IFERROR(IF(SUMPRODUCT(MAX(History[Date]+0))=0,"",SUMPRODUCT(MAX(History[Date]+0))),"")'
"""The latest date in History; adding 0 makes a day of a text such as 2026-02-06 too."""

_BEFORE = "SUMPRODUCT(MAX((History[Date]+0<last_run)*(History[Date]+0)))"
RUN_BEFORE = f'IF(last_run="","",IF({_BEFORE}=0,"",{_BEFORE}))'

_MARKS = f"Markbook[[Surname]:[{columns()[-1].heading}]]"
"""Every column beside the first: strands stand above marks alone, so that the others count for nothing."""


def latest(first: str, last: str) -> str:
    """The rightmost number of a student's row under the headings from one to another; nothing where there is none.

    Example:
        >>> latest("Effort HT1", "Effort HT6")[:76]
        'IFERROR(LOOKUP(2,1/ISNUMBER(Markbook[[#This Row],[Effort HT1]:[Effort HT6]])'
    """
    cells = f"Markbook[[#This Row],[{first}]:[{last}]]"
    return f'IFERROR(LOOKUP(2,1/ISNUMBER({cells}),{cells}),"")'


def with_flag(cell: str) -> str:
    """How many students have the flag in `cell`.

    Example:
        >>> with_flag("$A6")
        'SUMPRODUCT(--(Markbook[Flag]=$A6))'
    """
    return f"SUMPRODUCT(--(Markbook[Flag]={cell}))"


def with_flag_on(day: str, cell: str) -> str:
    """How many students had the flag in `cell` on the day of that defined name; nothing where there was no run."""
    return f'IF({day}="","",SUMPRODUCT((History[Date]+0={day})*(History[Flag]={cell})))'


def strand_mean(strand: str, flag: str | None = None) -> str:
    """The share of marks earned in the strand of a cell, by the class or by those with the flag in another cell.

    Marks that are numbers from 0 to their total count; a mark typed as 17/40 is text, and is left out.
    """
    counts = f"(strand_row={strand})*ISNUMBER({_MARKS})*({_MARKS}>=0)*({_MARKS}<=totals_row)"
    if flag is not None:
        counts += f"*(Markbook[Flag]={flag})"
    return f'IFERROR(SUMPRODUCT({counts},{_MARKS})/SUMPRODUCT({counts}*totals_row),"")'


def students_to_help(strand: str) -> str:
    """How many students have the strand of a cell among their topics to work on, with a topic or by itself."""
    topics = "Markbook[Topics to work on]"
    return f'SUMPRODUCT(--(ISNUMBER(FIND("("&{strand}&"):",{topics}))+ISNUMBER(FIND(". "&{strand}&":",{topics}))>0))'


def beside_the_rule(verdict: str) -> str:
    """How many students of the class list stand so beside the plain rule: "agrees", "model alone" or "rule alone"."""
    return f'SUMPRODUCT(--(ClassList[Plain rule]="{verdict}"))'


AGREED, BY_MODEL_ALONE, BY_RULE_ALONE = map(beside_the_rule, ("agrees", "model alone", "rule alone"))


def target_gap(number: str) -> str:
    """The middle of the likely final grades minus the target, of the student whose line of the class list is in a cell.

    Grades have one digit, and U is none.
    """
    likely, target = f"INDEX(ClassList[Likely grade],{number})", f"INDEX(ClassList[Target],{number})"
    middle = f'(SUBSTITUTE(LEFT({likely},1),"U","0")+RIGHT({likely},1))/2'
    return f"IFERROR(IF(ISNUMBER({target}),{middle}-{target},NA()),NA())"


def risk_if(number: str, flag: Flag) -> str:
    """The risk of that student if the flag is the given one, else #N/A, which a chart leaves out."""
    risk = f"INDEX(ClassList[Risk],{number})"
    is_flag = f'INDEX(ClassList[Flag],{number})="{flag.value}"'
    return f"IFERROR(IF(AND(ISNUMBER({risk}),{is_flag}),{risk},NA()),NA())"


def in_group(heading: str, words: tuple[str, ...]) -> str:
    """For every student, whether an audit column says one of some words: an array for SUMPRODUCT.

    Example:
        >>> in_group("PP", ("y", "yes"))
        'ISNUMBER(FIND("|"&LOWER(TRIM(Markbook[PP]))&"|","|y|yes|"))'
    """
    return f'ISNUMBER(FIND("|"&LOWER(TRIM(Markbook[{heading}]))&"|","|{"|".join(words)}|"))'
