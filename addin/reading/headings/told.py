"""What a heading says by itself, before anything around it is looked at: a role, and the words that tell it.

In this order: a known word; words for what is worked out; a phrase; a mock; a topic; a word for tests. Slips of the pen come last.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from addin.reading.headings.phrases import phrase_role, split_camel
from addin.reading.headings.roles import Role, named_role
from addin.reading.headings.subjects import is_maths
from addin.reading.headings.text import bare, plain
from addin.reading.headings.topics import topic_of
from addin.reading.headings.typos import close_to
from model.vocabulary import TOPICS, Strand


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a heading was found to say.

    Args:
        role: What its column is for.
        words: The text that strand and topic are read from.
        confidence: 1 for a known word, less for a guess, 0 where it says nothing.
        why: What told it.
    """

    role: Role
    words: str
    confidence: float = 1.0
    why: str = "exact"


CONFIRMED = "Setup"
"""What told a column that the teacher's own map names."""

GUESS = 0.9
"""A misspelt word is never as sure as a word that is spelt right."""

_WORKED_OUT = re.compile(
    # What a sheet works out from the marks is no further assessment.
    r"c?gpa|(grand|sub|raw) ?totals?|somme|summe|gesamt|durchschnitt|schnitt|moyenne|media|promedio|totale?|gemiddelde|"
    r"((class|test|tests|overall|year|running|weighted|maths?) )?(total|sum|average|mean|percentage)"
    r"( (marks?|scores?|per ?cent|percentage))?( ?%)?|"
    r"(total|sum|average|mean) of (all )?(the )?(marks?|scores?|points|tests?)( so far)?|total so far|sum total|"
    r"(marks?|scores?|points) (total|sum|average|mean)|.*\b(test|paper|mock|exam|assessment|unit)s?\b.*"
    r"\b(grade|rank|date|comments?|notes?|teacher|board|arrangements)",
    re.IGNORECASE,
)
_MOCK = re.compile(
    r"\b(mocks?|papers?|ppes?|exams?|examination|prelims?|mid[ -]?terms?|half[ -]yearly|(?:mid|"
    r"end)[ -]?(?:of[ -])?sem(?:ester)?|"
    r"terminal|klausur|examen|prova final)(?=\b|\d|_)|\bp[123]\b",
    re.IGNORECASE,
)
_FINAL = re.compile(r"finals?(?: \d+)?", re.IGNORECASE)
_ASSESSMENT = re.compile(
    r"\b(tests?|quiz(?:zes)?|assess(?:ments?)?|units?|topic|check(?:[ -]?(?:points?|in))?|task|mini|"
    r"baseline|starter|eou|eot|"
    r"end of (?:unit|topic|term)|internal|sessional|(?:\d(?:st|nd|rd|th) )?c\.?a\.?|cia|cats?(?= ?\d)|"
    r"f\.?a\.?(?= ?\d)|s\.?a\.?(?= ?\d)|"
    r"assignments?|coursework|class ?work|practicals?|portfolio|orals?|midyear|periodic|"
    r"klassenarbeit|schulaufgabe|ka(?= ?\d)|mündlich|schriftlich|contrôles?|devoirs?(?= ?\d)|interro(?:gation)?s?|"
    r"pruebas?|parcial(?:es)?|verifica|verifiche|compito in classe|toets(?:en)?|proefwerk(?:en)?|"
    r"prov(?= ?\d)|prova|provas|teste|"
    r"sprawdzian|kartkówka)(?=\b|\d|_)",
    re.IGNORECASE,
)
_NO_MARK = re.compile(
    # Numbers beside names that are no marks in mathematics.
    r"\b(age|ages|height|weight|bmi|shoe|fees?|paid|owed|balance|deposit|price|cost|rank|ranking|position|"
    r"pos|place|merits?|demerits?|"
    r"detentions?|sanctions?|rewards?|house points?|achievement points?|behaviou?r (?:points?|incidents?)|"
    r"conduct|lates?|lateness|punctuality|"
    r"absences?|missed|days absent|days off|unauthori[sz]ed|exclusions?|suspensions?|siblings|bus|locker|seat|"
    r"desk|room|block|period|credits?|"
    r"reading age|spelling age|born|birth|birthday|joined|last year|previous|prior year|prev|last term'?s|"
    r"phone|mobile|telephone|tel|"
    r"contact|post ?code|zip|address|guardian|parent|mother|father|temperature|minutes|hours|seconds|"
    r"duration|attempts?|time taken|"
    r"start(?:ed)? (?:on|time)|completed? (?:on|time)|submitted|completion time|timestamp|last accessed|"
    r"progress 8|value added|residual|"
    r"percentile|stanine|quartile|weighting|times late|pages|word count|books read|sponsor|laptop|"
    r"calculator number|permission)\b",
    re.IGNORECASE,
)
_MARKED = re.compile(
    r"\b(marks?|scores?|out of|test|quiz|exam|mock|paper)\b|\(\s*/?\d+\s*\)|/\s*\d+\s*$", re.IGNORECASE
)
_NUMBERED_TEST = re.compile(r"t\d{1,2}", re.IGNORECASE)
_JUST_MARKS = re.compile(r"(raw )?(marks?|scores?)|maths", re.IGNORECASE)
_NO_TEST = re.compile(r"\b(uniform|book|equipment|planner|homework|attendance|health)\b", re.IGNORECASE)


def role_of(heading: str) -> Role | None:
    """The role that a heading names by itself and spelt right, None where it names none (an unknown word, or nothing).

    Example:
        >>> role_of("Attendance % HT2"), role_of("Mock 1 Paper 2"), role_of("Volume (30)"), role_of("Favourite colour")
        (<Role.ATTENDANCE: 'attendance'>, <Role.MOCK: 'mock'>, <Role.TEST: 'test'>, None)
    """
    told = told_by(" ".join(heading.split()))
    return told.role if told else None


def told_by(heading: str) -> Told | None:
    """What a heading says that is spelt right."""
    name = bare(heading)
    if not heading:
        return None
    named = named_role(heading, name)
    if named is not None:
        return Told(role=named, words=heading)
    if is_maths(name):
        return Told(role=Role.TEST, words="", confidence=0.9, why="names the subject")
    if _NO_MARK.search(name) and not _MARKED.search(heading):
        return Told(role=Role.IGNORED, words=heading, why="names no mark")
    if _WORKED_OUT.fullmatch(name):
        return Told(role=Role.IGNORED, words=heading, why="worked out from marks")
    phrase = phrase_role(plain(split_camel(name)))
    if phrase is not None:
        return Told(role=phrase, words=heading)
    if _MOCK.search(heading) or _FINAL.fullmatch(name):
        return Told(role=Role.MOCK, words=heading, confidence=0.95, why="names a mock")
    strand, topic = topic_of(heading)
    if strand is not None:
        exact = name in TOPICS or name.casefold() == strand.casefold()
        told_by = "exact" if exact else f"names {topic or strand}"
        return Told(role=Role.TEST, words=heading, confidence=1.0 if exact else 0.9, why=told_by)
    if _ASSESSMENT.search(heading) and not _NO_TEST.search(heading):
        return Told(role=Role.TEST, words=heading, confidence=0.9, why="names a test")
    if _JUST_MARKS.fullmatch(name) or _NUMBERED_TEST.fullmatch(name):
        return Told(role=Role.TEST, words=heading, confidence=0.7, why="names marks")
    return None


def with_slip(told: Told, heading: str) -> Told:
    """A test whose topic is misspelt: the strand is worth a second look."""
    for word in _ASSESSMENT.sub(" ", bare(heading)).split():
        topic = misspelt_topic(word)
        if topic is not None:
            return replace(told, words=topic[0], confidence=topic[1], why=f"close to {topic[0]!r}")
    return told


_TOPIC_OF = {plain(name): name for name in (*TOPICS, *(strand.value for strand in Strand))}


def misspelt_topic(words: str) -> tuple[str, float] | None:
    near = close_to(plain(words), _TOPIC_OF)
    return None if near is None else (near[1], near[2] * GUESS)
