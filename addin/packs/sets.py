"""Topic and level -> the work of a session: starter, examples that fade, practice, exit ticket, and two weeks at home."""

from __future__ import annotations

from addin.packs.pack import HomePage, WorkSet
from addin.results.clinic_register import TICKET_QUESTIONS
from model.curriculum import by_name, topics
from model.questions.library import generators, page
from model.questions.question import Level, Question

STARTER, FADED, PRACTICE = 3, 2, 8
"""How many questions of each kind stand on a page: what twenty-five minutes hold, as the activities plan them."""

HOME_DAYS, A_DAY = 10, 2
"""Two weeks of school days; little and often (EEF, Metacognition and self-regulated learning and homework reviews, advise short
tasks linked to what is taught)."""

WEAK, NEARLY = 0.4, 0.7
"""Shares of the marks on a topic below which practice begins with a worked example, and with a faded one; 80 % counts as
mastered (`model.clinics`), and who knows little learns more from worked examples than from problems (Kalyuga and others, 2003,
the expertise reversal effect)."""


def level_of(share: float | None) -> Level:
    """How much help the practice begins with, from the share of the topic's marks earned; without marks, the middle.

    Example:
        >>> level_of(0.2), level_of(0.5), level_of(0.9), level_of(None)
        (<Level.WORKED: 1>, <Level.FADED: 2>, <Level.INDEPENDENT: 3>, <Level.FADED: 2>)
    """
    if share is None:
        return Level.FADED
    return Level.WORKED if share < WEAK else Level.FADED if share < NEARLY else Level.INDEPENDENT


def has_questions(topic: str) -> bool:
    """Whether the program can make questions on a topic, by its name."""
    known = by_name().get(topic)
    return known is not None and known.id in generators()


def work_set(topic: str, level: Level, *, letter: str, seed: int) -> WorkSet:
    """The work on a topic at a level; the same seed gives the same work.

    Args:
        topic: The topic's name, one that `has_questions`.
        level: How much help the practice begins with.
        letter: What the set is called.
        seed: Such as the session's day; another one gives other numbers.
    """
    topic_id = by_name()[topic].id
    used: set[str] = set()
    examples = _fresh(topic_id, Level.WORKED, seed=seed, count=1 + FADED, used=used)
    practice = _fresh(topic_id, level, seed=seed, count=PRACTICE, used=used)
    exit_ticket = _fresh(topic_id, level, seed=seed + 1, count=TICKET_QUESTIONS, used=used)
    return WorkSet(
        letter=letter,
        topic=topic,
        level=level,
        starter=_starter(topic_id, seed=seed, used=used),
        worked=examples[0],
        faded=examples[1:],
        practice=practice,
        exit_ticket=exit_ticket,
    )


def home_page(topic: str, level: Level, *, seed: int) -> HomePage:
    """Two weeks at home on a topic, easier days first, and from the second week on one question a day of what it builds on."""
    topic_id = by_name()[topic].id
    used: set[str] = set()
    easier = Level(max(Level.WORKED, level - 1))
    first = _fresh(topic_id, easier, seed=seed + 2, count=HOME_DAYS, used=used)
    second = _fresh(topic_id, level, seed=seed + 3, count=HOME_DAYS // 2, used=used)
    before = [each for each in topics()[topic_id].prerequisites if each in generators()] or [topic_id]
    mixed = tuple(
        _fresh(before[day % len(before)], Level.FADED, seed=seed + 4 + day, count=1, used=used)[0]
        for day in range(HOME_DAYS // 2)
    )
    week_one = tuple(first[2 * day : 2 * day + A_DAY] for day in range(HOME_DAYS // 2))
    week_two = tuple((second[day], mixed[day]) for day in range(HOME_DAYS // 2))
    return HomePage(topic=topic, days=(*week_one, *week_two))


def _starter(topic_id: str, *, seed: int, used: set[str]) -> tuple[Question, ...]:
    """A question on each of up to three topics before this one, filled up with easy ones on the topic itself."""
    before = [each for each in topics()[topic_id].prerequisites if each in generators()][:STARTER]
    found = [_fresh(each, Level.WORKED, seed=seed, count=1, used=used)[0] for each in before]
    return (*found, *_fresh(topic_id, Level.WORKED, seed=seed + 1, count=STARTER - len(found), used=used))


def _fresh(topic_id: str, level: Level, *, seed: int, count: int, used: set[str]) -> tuple[Question, ...]:
    """Questions that do not stand on the page yet; where a topic has too few of them, some come again."""
    if not count:
        return ()
    try:
        chosen = page(topic_id, level, seed=seed, count=count, but=used)
    except ValueError:
        chosen = page(topic_id, level, seed=seed, count=count)
    used.update(question.prompt for question in chosen)
    return chosen
