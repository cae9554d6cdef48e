"""A last look at a letter before it is written: no other child's name in it, and no word that judges.

The facts can hold neither, but a school's own wording can, and so can what was typed on the sheets Clinics, Clinic plan and Setup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from addin.letters.facts import LetterFacts
from addin.reading.markbook import Student

_JUDGING = re.compile(
    r"\b(risk(?:s|y)?|weak(?:er|est|ly|ness|nesses)?|fail(?:s|ed|ing|ure|ures)?|bottom|rank(?:s|ed|ing)?|percentiles?"
    r"|flag(?:s|ged|ging)?|struggl(?:e|es|ed|ing))\b",
    re.IGNORECASE,
)
"""English words for which no letter has a use; a topic may be called so, hence they are told to the teacher and not refused."""


def other_students(texts: Iterable[str], facts: LetterFacts, students: Sequence[Student]) -> bool:
    """Whether another student's full name stands in a letter, as "Ova Zarrin" or "Zarrin, Ova".

    The reader's own name, the teacher's and the staff's may stand there: a child may have the same. Of names within names the
    longer one counts.

    Args:
        texts: The letter's texts.
        facts: Those of its student.
        students: Everybody on the sheet.
    """
    text = "\n".join(texts).casefold()
    adults = {facts.teacher, facts.contact, *(session.staff for session in facts.sessions)}
    own = {name.casefold() for name in (facts.name, *adults) if name}
    # A single word may be anything: a topic, a room, a day.
    others = [student.name.casefold() for student in students if " " in student.name and student.key != facts.key]
    names = {*others, *(", ".join(reversed(name.rsplit(" ", 1))) for name in others)}
    longest_first = "|".join(map(re.escape, sorted(own | names, key=len, reverse=True)))
    return bool(names.difference(own).intersection(re.findall(rf"(?<!\w)(?:{longest_first})(?!\w)", text)))


def judging_words(texts: Iterable[str]) -> tuple[str, ...]:
    """Words in a letter that judge the child, each once, in small letters.

    Example:
        >>> judging_words(["Ova is at risk.", "A weak start, at RISK", "Riskington Road"])
        ('risk', 'weak')
    """
    found = [word.casefold() for text in texts for word in _JUDGING.findall(text)]
    return tuple(dict.fromkeys(found))
