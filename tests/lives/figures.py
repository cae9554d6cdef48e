"""Whether what a run says of a student is so: figures of `Why` and of the topics, worked out anew from the teacher's own cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from tests.lives.teacher import Column, Teacher
from tests.lives.workbook import Value

ENOUGH = 8
"""Students with marks from whom on a class is compared with itself; figures of what is usual elsewhere are not checked."""

MOST = 0.6
"""The share of the class that has a mark in a test that is said to have been sat by most."""

_ROUNDED = 0.5 + 1e-6


def untrue(teacher: Teacher, student: str, results: dict[str, Value | None]) -> Iterator[str]:
    """What is not so of a student's row of results; nothing where all is."""
    facts = _Facts(teacher)
    for reason in str(results["Why"] or "").removesuffix(".").split("; "):
        if reason.endswith("…"):
            continue
        found = next(((match, tell) for pattern, tell in _REASONS if (match := re.fullmatch(pattern, reason))), None)
        if found is None:
            yield f"{student}: nobody knows how to check {reason!r}"
        elif not found[1](facts, student, found[0]):
            yield f"{student}: {reason!r} is not so"
    for line in str(results["Topics to work on"] or "").splitlines():
        told = re.match(r"\d\. (.+?) \(\w+\): ([\d.]+)/([\d.]+)", line)
        if told is not None and not facts.is_topic(student, told[1], float(told[2]), float(told[3])):
            yield f"{student}: {line!r} is not so"


def has_mark(teacher: Teacher, student: str) -> bool:
    """Whether a student has a mark in any test."""
    return bool(_Facts(teacher).marks(student))


class _Facts:
    def __init__(self, teacher: Teacher) -> None:
        self.teacher = teacher
        self.tests = teacher.of_kind("mark")

    def mark(self, student: str, test: Column) -> float | None:
        value = self.teacher.cells.get((student, test.token))
        assert test.out_of is not None
        return value if isinstance(value, float) and 0 <= value <= test.out_of else None

    def marks(self, student: str) -> list[tuple[float, int]]:
        both = ((self.mark(student, test), test.out_of) for test in self.tests)
        return [(mark, total) for mark, total in both if mark is not None and total is not None]

    def state(self, student: str, test: Column) -> str:
        """ "mark", "absent" or "none"."""
        if self.mark(student, test) is not None:
            return "mark"
        return "absent" if self.teacher.cells.get((student, test.token)) == "Abs" else "none"

    def counts(self, student: str) -> tuple[int, int, int]:
        """How many tests the student sat, was absent from, and has no mark in though most others have one."""
        states = [self.state(student, test) for test in self.tests]
        with_mark = sum(bool(self.marks(one)) for one in self.teacher.students)
        by_most = [
            sum(self.mark(one, test) is not None for one in self.teacher.students) >= MOST * max(1, with_mark)
            for test in self.tests
        ]
        blank = sum(state == "none" and most for state, most in zip(states, by_most, strict=True))
        return states.count("mark"), states.count("absent"), blank

    def per_cent(self, student: str) -> float | None:
        shares = [100 * mark / total for mark, total in self.marks(student)]
        return sum(shares) / len(shares) if shares else None

    def count(self, student: str, token: str) -> float | None:
        value = self.teacher.cells.get((student, token))
        return value if isinstance(value, float) and 0 <= value <= 100 else None

    def target(self, student: str) -> float | None:
        value = self.teacher.cells.get((student, "target"))
        return value if isinstance(value, float) else None

    def compared(self, student: str, match: re.Match[str], one: Callable[[str], float | None]) -> bool:
        """A student's figure, and the class's beside it."""
        own = one(student)
        every = [value for each in self.teacher.students if (value := one(each)) is not None]
        ours = own is not None and abs(own - float(match["own"])) <= _ROUNDED
        few = match["whom"] == "usual" or len(every) < ENOUGH
        return ours and (few or abs(sum(every) / len(every) - float(match["usual"])) <= _ROUNDED)

    def is_topic(self, student: str, topic: str, earned: float, out_of: float) -> bool:
        titles = {test.heading.split(" (")[0].removesuffix(" HT1"): test for test in self.tests}
        test = next(
            (test for title, test in titles.items() if topic.startswith(title) or title.startswith(topic)), None
        )
        return test is not None and (self.mark(student, test), test.out_of) == (earned, out_of)

    def has_target(self, student: str, told: str | None, estimated: str | None = None) -> bool:
        if told is None or estimated:
            return told is None or self.target(student) is None
        return self.target(student) == float(told)


_COMPARED = r" (?P<own>\d+) %, (?P<whom>class|usual) (?P<usual>\d+) %"
_Tell = Callable[[_Facts, str, re.Match[str]], bool]
_REASONS: tuple[tuple[str, _Tell], ...] = (
    (rf"Topic tests{_COMPARED}", lambda f, s, m: f.compared(s, m, f.per_cent)),
    (rf"Homework{_COMPARED}", lambda f, s, m: f.compared(s, m, lambda one: f.count(one, "homework"))),
    (rf"Attendance{_COMPARED}", lambda f, s, m: f.compared(s, m, lambda one: f.count(one, "attendance"))),
    (r"Working at (\d), target (\d)(, estimated)?",
     lambda f, s, m: f.teacher.cells.get((s, "working")) == float(m[1]) and f.has_target(s, m[2], m[3])),
    (r"Marks [\d.]+ grades (?:below|above) target (\d)(, estimated)?", lambda f, s, m: f.has_target(s, m[1], m[2])),
    (r"Absent from (\d+) of (\d+) assessments",
     lambda f, s, m: (f.counts(s)[1], sum(f.counts(s)[:2])) == (int(m[1]), int(m[2]))),
    (r"No mark in (\d+) of (\d+) assessments",
     lambda f, s, m: (f.counts(s)[2], f.counts(s)[2] + f.counts(s)[0]) == (int(m[1]), int(m[2]))),
    (r"Absent from all (\d+) assessments: find out why first", lambda f, s, m: f.counts(s)[:2] == (0, int(m[1]))),
    (r"No mark yet(?: \(absent from (\d+) assessments\))?", lambda f, s, m: f.counts(s)[:2] == (0, int(m[1] or 0))),
    (r"Little to go on: (\d) marks?", lambda f, s, m: f.counts(s)[0] == int(m[1])),
    (r"Likely final grade (?:U|\d) to \d(?:, target (\d))?(?:: .*)?", lambda f, s, m: f.has_target(s, m[1])),
    (r"No target: estimated", lambda f, s, m: f.target(s) is None),
    (r"Close to the class and to the target", lambda f, s, m: True),
    (r"The plain rule, working below target, would (?:not )?flag this student.*", lambda f, s, m: True),
)  # fmt: skip
"""What stands in `Why` -> whether it is so."""
