"""What learning platforms put around an export: their signs in headings, and rows that are no students.

Canvas        Fractions quiz (4411), with a row "Points Possible"; Current Score, Final Score
Classroom     rows "Date" and "Points" below the headings
Moodle        Quiz: Fractions (Real), (Percentage), (Letter), (Feedback); Course total
Blackboard    Fractions [Total Pts: 20 Score] |123
Sakai         Fractions [20], with "* Fractions" for comments
Brightspace   Fractions Points Grade <Numeric MaxPoints:20>
quiz forms    Score, with "Q1 [Score]" or "Points - Q1" for every question
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from addin.reading.grid import as_date
from addin.reading.headings.column import WHO_ROLES, role_of, total_in
from addin.reading.headings.text import plain, total_of
from addin.reading.marks import FRACTION, number_in

WORKED_OUT = "the platform works it out"
COMMENTS = "comments"
OWN = "the platform's own"
QUESTION = "a question; the whole test counts"

_TOTAL = r"(?P<total>\d+(?:[.,]\d+)?)"
_ITEMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<title>.+?)\s*\[[^\[\]:]*:\s*(?:up to\s*)?{_TOTAL}[^\]]*\](?:\s*\|\s*\d+)?",
        rf"(?P<title>[^*#].*?)\s*\[{_TOTAL}\]",
        rf"(?P<title>.+?) points grade(?:\s*<[^>]*?maxpoints:{_TOTAL}[^>]*>)?",
        r"(?:[^\W\d][\w .'-]{1,30}:\s*)?(?P<title>.+?)\s*\((?:real|punkte|brut|puntos|reale|punten|valor)\)",
    )
)
_CANVAS = re.compile(r"(?P<title>.+?)\s*\(\d{3,}\)")
_LEFT_OUT = tuple(
    (re.compile(pattern, re.IGNORECASE), why)
    for pattern, why in (
        (r"[*#].*", COMMENTS),
        (r".*[\[(](feedback|comments?|rückmeldung|commentaires?)[\])]|(feedback|comments?|quiz feedback)( - .*)?", COMMENTS),
        (r".+\[score\]|points? ?[-–:] ?.+", QUESTION),
        (r"(unposted )?(current|final|override) (score|points|grade)|(course total|calculated final grade).*", WORKED_OUT),
        (r".*\((letter|buchstabe|lettre|letra)\)", "letters of a scale, not marks"),
        (r"sis login id|username|user name|email( address)?|e-?mail|login id|last (access|downloaded).*|availability|timestamp|"
         r"(start|completion) time|section|orgdefinedid|end-of-line indicator|institution|department|child course id", OWN),
    )
)  # fmt: skip
_PER_CENT = re.compile(r".*\((percentage|prozentsatz|pourcentage|porcentaje|percentuale)\)", re.IGNORECASE)
_WHOLE = frozenset(
    map(plain, ("score", "total points", "total score", "gesamtpunktzahl", "punktzahl", "puntuación", "punteggio"))
)
_SURNAME_FIRST = re.compile(
    r"(surname|last name|family name|nachname|nom)[ ,/]+(forename|first name|given name|vorname|prénom)s?",
    re.IGNORECASE,
)
_POINTS_ROW = re.compile(
    r"(total |max(imum)? )?(points?|marks?)( possible)?|possible( points)?|out of|max(imum)?( score)?|punkte|total",
    re.IGNORECASE,
)
_DATES_ROW = re.compile(
    r"(due |assigned |set )?dates?|due|category|categories|type|weight(ing)?|datum|fällig", re.IGNORECASE
)
_SUMMARY_ROW = re.compile(
    r"(class |course |overall )?(average|mean|median|minimum|maximum|standard deviation|count|durchschnitt)s?",
    re.IGNORECASE,
)
_NOTE = re.compile(r"(total|number of|printed|page|report|generated|exported|created|seite|summe)\b.*", re.IGNORECASE)
_NOBODY = frozenset({"student test", "test student", "preview student", "demo student", "points possible"})
_NOTHING = frozenset({"-", "–", "—", "(read only)", "n/a", "none", "not graded", "no submission", "missing"})


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading without the platform's signs.

    Args:
        words: In words that the program knows.
        why: Why its column is never imported; "" where it may be.
    """

    words: str
    why: str = ""


def visible(text: str) -> str:
    """A text without signs that nobody sees, such as a mark for the direction of writing.

    Example:
        >>> visible("48\\u200b00"), visible(" Ova\\u200e ")
        ('4800', 'Ova')
    """
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf").strip()


def headings_of(cells: Sequence[str], name: str = "") -> list[Heading]:
    """A row of headings without the platform's signs.

    Args:
        name: What a test is called that only the file's name tells.

    Example:
        >>> cells = ["Student", "ID", "SIS User ID", "Fractions quiz (4411)", "Final Score"]
        >>> [(each.words, each.why) for each in headings_of(cells)][1:]
        [('ID', "the platform's own"), ('SIS User ID', ''), ('Fractions quiz', ''), ('Final Score', 'the platform works it out')]
        >>> headings_of(["Angles [Total Pts: 30 Score] |124"])[0].words, headings_of(["Quiz: Speed (Real)"])[0].words
        ('Angles (30)', 'Speed')
    """
    is_canvas = any(plain(cell) in ("sis user id", "sis login id") for cell in cells)
    with_questions = any(_LEFT_OUT[2][0].fullmatch(cell) for cell in cells)
    return [_heading(visible(cell), is_canvas=is_canvas, with_questions=with_questions, name=name) for cell in cells]


def _heading(cell: str, *, is_canvas: bool, with_questions: bool, name: str) -> Heading:
    if is_canvas and plain(cell) == "id":
        return Heading(words=cell, why=OWN)  # the school's own number stands under SIS User ID
    if with_questions and plain(cell) in _WHOLE:
        return Heading(words=f"Quiz {name}".strip())
    why = next((why for words, why in _LEFT_OUT if words.fullmatch(cell)), "")
    if why and role_of(cell) not in WHO_ROLES:
        return Heading(words=cell, why=why)
    if _SURNAME_FIRST.fullmatch(cell):
        return Heading(words="Name")
    if _PER_CENT.fullmatch(cell):
        return Heading(words=cell, why="the same test in per cent")
    for pattern in (*_ITEMS, *((_CANVAS,) if is_canvas else ())):
        found = pattern.fullmatch(cell)
        if found is not None:
            total = (found.groupdict().get("total") or "").replace(",", ".")
            return Heading(words=f"{found['title']} ({float(total):g})" if total else found["title"])
    return Heading(words=cell)


def turned_name(text: str, heading: str) -> str:
    """A name under "Surname Forename" with a comma between the two where there is no doubt.

    Example:
        >>> turned_name("Zarrin Ova", "Surname Forename"), turned_name("Zarrin Ova", "Name")
        ('Zarrin, Ova', 'Zarrin Ova')
    """
    words = text.split()
    turned = _SURNAME_FIRST.fullmatch(visible(heading)) and "," not in text and len(words) == 2
    return f"{words[0]}, {words[1]}" if turned else text


def cell_of(text: str) -> str:
    """A cell, blank where the platform says that there is nothing.

    Example:
        >>> cell_of("-"), cell_of("(read only)"), cell_of("=\\"0417\\"")
        ('', '', '="0417"')
    """
    plain_text = visible(text)
    return "" if plain_text.casefold() in _NOTHING else plain_text


def why_no_student(cells: Sequence[str], headings: Sequence[str], who: Sequence[int]) -> str | None:
    """Why a row is no student, in words; None where it is one or may be.

    Example:
        >>> why_no_student(["", "Points", "", "20"], ["Last Name", "First Name", "E-mail", "Angles"], [0, 1])
        'points'
        >>> why_no_student(["Zarrin", "Ova", "", "20"], ["Last Name", "First Name", "E-mail", "Angles"], [0, 1]) is None
        True
    """
    there = [cell for cell in cells if cell]
    same = [plain(cell) == plain(heading) for cell, heading in zip(cells, headings, strict=False) if cell]
    if len(same) > 1 and all(same):
        return "the headings again"
    named = [cells[i] for i in who if i < len(cells) and cells[i]]
    if (len(named) > 1 and {plain(name) for name in named} & _NOBODY) or plain(
        " ".join(named).replace(",", " ")
    ) in _NOBODY:
        return "points" if "points" in plain(named[0]) else "the platform's own student for trying things out"
    if len(named) <= 1 and there:
        label = (named or there)[0].strip(" :.=-")
        for words, what in (
            (_POINTS_ROW, "points"),
            (_DATES_ROW, "dates or categories"),
            (_SUMMARY_ROW, "a row of totals or averages"),
        ):
            if words.fullmatch(label):
                return what
        if len(there) <= 2 and _NOTE.fullmatch(there[0]):
            return "a note, no student"
    if not named and there and all(as_date(cell) is not None for cell in there):
        return "dates or categories"
    return None


def totals_in(cells: Sequence[str]) -> dict[int, float]:
    """The totals that a row of points holds, by column from 0."""
    found = {
        place: total_in(number_in(cell)) if number_in(cell) is not None else total_in(cell)
        for place, cell in enumerate(cells)
    }
    return {place: total for place, total in found.items() if total is not None}


def with_total(heading: str, total: float | None, cells: Sequence[str]) -> str:
    """A heading with its total: from a row of points, else from fractions that all have the same.

    Example:
        >>> with_total("Angles", 30.0, []), with_total("Quiz forms", None, ["5 / 10", "6 / 10"]), with_total("Speed (20)", 30.0, [])
        ('Angles (30)', 'Quiz forms (10)', 'Speed (20)')
    """
    fractions = [found for cell in cells if (found := FRACTION.fullmatch(cell))]
    of = {float(found[2]) for found in fractions}
    if total is None and len(of) == 1 and len(fractions) == sum(bool(cell) for cell in cells):
        total = of.pop()
    return heading if total is None or total_of(heading) is not None else f"{heading} ({total:g})"
