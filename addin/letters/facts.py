"""What a letter may say of one student: everything that a template is given, and nothing that it must not say.

No risk, flag, priority, reason or decision note has a place here, and no figure of anybody else: what is not in the record
cannot be written by mistake, whatever a school makes of the wording.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class TopicMarks:
    """A topic with the student's own marks in it.

    Args:
        topic: The topic as the markbook calls it, or its strand.
        means: The topic in words that a family understands; "" where the wording has none.
        earned, out_of: The marks; None where the markbook has no totals.
        few: Whether that is too little to judge a topic by.
    """

    topic: str
    means: str = ""
    earned: float | None = None
    out_of: float | None = None
    few: bool = False


@dataclass(frozen=True, kw_only=True)
class Improvement:
    """The student's earlier and later topic tests, in per cent on average, and how many tests there are."""

    earlier: int
    later: int
    tests: int


@dataclass(frozen=True, kw_only=True)
class Strengths:
    """What goes well, as far as it was measured; see `addin/letters/strengths.py` for what counts.

    Args:
        topics: Topics that went well, best first.
        best_so_far: The best topic, where none went well.
        attendance, homework: Per cent, None where it is not high or not known.
        effort: 3 for good, 4 for excellent, else None.
        improvement: None where there is none, or too few tests.
    """

    topics: tuple[TopicMarks, ...] = ()
    best_so_far: TopicMarks | None = None
    attendance: int | None = None
    homework: int | None = None
    effort: int | None = None
    improvement: Improvement | None = None

    @property
    def known(self) -> bool:
        """Whether anything at all can be said.

        Example:
            >>> Strengths().known, Strengths(homework=90).known
            (False, True)
        """
        found = (self.topics, self.best_so_far, self.attendance, self.homework, self.effort, self.improvement)
        return any(each is not None and each != () for each in found)


@dataclass(frozen=True, kw_only=True)
class Session:
    """One place of the student in the clinic plan; "" for what plan and clinics do not say.

    Args:
        slot: The clinic's name.
        date: The session's date, None where the plan has none.
        day, time, room, staff: As the sheets Clinic plan or Clinics say it.
        topic: What the group works on.
    """

    slot: str
    date: datetime.date | None = None
    day: str = ""
    time: str = ""
    room: str = ""
    staff: str = ""
    topic: str = ""


@dataclass(frozen=True, kw_only=True)
class PathStep:
    """A topic of the student's path.

    Args:
        topic: The topic as the markbook calls it, or its strand.
        means: The topic in words that a family understands; "" where the wording has none.
        helps_with: The topic that builds on it and comes right after it; "" where it comes for its own sake.
        in_clinic: Whether a coming place in the plan is about it.
    """

    topic: str
    means: str = ""
    helps_with: str = ""
    in_clinic: bool = False


@dataclass(frozen=True, kw_only=True)
class Pathway:
    """What the student works on, in this order; at its end all of it is mixed.

    Args:
        steps: The topics in their order; empty once all of them were worked on, and only the mix is left.
        again: Topics worked on before, which come into the mix too.
    """

    steps: tuple[PathStep, ...]
    again: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LetterFacts:
    """One accepted student, as a letter may tell of them.

    Args:
        key: The identity by which everything is joined.
        student_id: As written, "" where the markbook has none.
        name: "Forename Surname".
        forename: What the letter calls the student; the whole name where the markbook has no column of forenames.
        form: The form or set, "" where the markbook has none.
        school, class_name, teacher, contact: From the sheet Setup, "" where it is silent.
        topics: At most two topics to work on, with the marks behind them; the topic of the next place is one of them.
        sessions: The coming places in the plan, the next one first; empty without a place.
        focus: The topic that the help is about, with its words: of the next place, else the first of the path; None where no
            topic is known.
        activity: What will be done there, in words for a family; "" where the wording has none.
        path: What comes step by step; None where there is no path.
    """

    key: str
    row: int
    student_id: str
    name: str
    forename: str
    form: str
    school: str
    class_name: str
    teacher: str
    contact: str
    day: datetime.date
    strengths: Strengths
    topics: tuple[TopicMarks, ...]
    sessions: tuple[Session, ...]
    focus: TopicMarks | None
    activity: str
    path: Pathway | None = None
