"""What a pack is: a session, who sits where, what each student gets, and the answers."""

from __future__ import annotations

from dataclasses import dataclass

from addin.letters.facts import Session
from model.activities import Activity
from model.questions.question import Level, Question

LEVELS_IN_WORDS = {
    Level.WORKED: "with a worked example beside it",
    Level.FADED: "with the last lines left out",
    Level.INDEPENDENT: "alone",
}
"""How much help the practice begins with; what a student's page says of the level."""


@dataclass(frozen=True, kw_only=True)
class WorkSet:
    """The work on one topic at one level, the same for everybody who has it, so that it is marked together.

    Args:
        letter: A, B, ... in the order of the pack; all that a student's page tells of the set.
        topic: The topic's name.
        level: How much help the practice begins with.
        starter: Questions to begin with, on what the topic builds on.
        worked: An example with all steps.
        faded: Examples whose last step, and then last two steps, are left out.
        practice: At the set's level.
        exit_ticket: At the end; how many are right is typed into the register.
    """

    letter: str
    topic: str
    level: Level
    starter: tuple[Question, ...]
    worked: Question
    faded: tuple[Question, ...]
    practice: tuple[Question, ...]
    exit_ticket: tuple[Question, ...]


@dataclass(frozen=True, kw_only=True)
class HomePage:
    """Two weeks of practice at home: a few questions a day, with answers for the family on a page of their own."""

    topic: str
    days: tuple[tuple[Question, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Seat:
    """Who sits in a group.

    Args:
        name: The student.
        topic: The topic of the plan, "" where it has none.
        work: The student's set; None where the program has no questions on the topic.
    """

    name: str
    topic: str
    work: WorkSet | None
    home: HomePage | None = None


@dataclass(frozen=True, kw_only=True)
class Pack:
    """One session's pack.

    Args:
        session: Slot, day, time, room and staff.
        seats: By group, the groups in the order of their topics.
        sets: The work in it.
        activities: For each topic, what to teach from.
        without_questions: Topics for which there are none.
    """

    session: Session
    seats: tuple[Seat, ...]
    sets: tuple[WorkSet, ...]
    activities: tuple[Activity, ...]
    without_questions: tuple[str, ...]

    def groups(self) -> dict[str, tuple[Seat, ...]]:
        """Topic -> who works on it, in the order of the pack."""
        found: dict[str, list[Seat]] = {}
        for seat in self.seats:
            found.setdefault(seat.topic or "Topic to be agreed", []).append(seat)
        return {topic: tuple(seats) for topic, seats in found.items()}
