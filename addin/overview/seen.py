"""A class as an overview sees it: a line a student with flag, topics, change and clinics, and nothing that tells a name.

Lines live in memory for as long as an overview is made. Where a list of names is asked for, and only then, they hold names too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from addin.clinics.candidates import records_in
from addin.overview.identity import Known, Reader
from addin.overview.places import Place, place_of, shown, teachers_of
from addin.reading.grid import Book, as_text
from addin.reading.name_forms import Known as Named
from addin.reading.name_forms import NameForms
from addin.results.clinic_places import keys_of
from addin.results.clinic_register import read_register
from addin.results.earlier import decisions_in
from addin.results.history import NO_CHANGE, Entry, known_as, read_history
from addin.results.scored import Result, Review
from model.strands import Need
from model.vocabulary import TOPICS, Flag

MEETINGS_APART = timedelta(weeks=3)
"""Two meetings of a department lie at least so far apart; runs of one week are runs for one meeting."""

Topic = tuple[str, str]
"""Strand and topic; "" where the markbook tells the strand only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What changed for a student between two runs.

    Args:
        way: 1 where the risk rose, -1 where it fell, 0 where it stayed within three points.
        flag: The flag then, None where the row of then is not understood.
    """

    way: int
    flag: Flag | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One student of one class.

    Args:
        known: What the student is known by, as fingerprints.
        steps: Since the run before, and since two runs before; None without a score then.
        offered, attended: Clinics for which an attendance is entered.
        name, student_id, form, decision: Empty unless names were asked for.
    """

    known: Known
    flag: Flag
    risk: float | None
    topics: tuple[Topic, ...]
    steps: tuple[Step | None, Step | None] = (None, None)
    offered: int = 0
    attended: int = 0
    name: str = ""
    student_id: str = ""
    form: str = ""
    decision: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassSeen:
    """One class of one workbook.

    Args:
        file, sheet: Where it stands, the file below the folder of the markbooks.
        now, days: The day of the last run, and those that it is compared with: the run before, and the latest of those two runs
            before or more that is three weeks before at least.
        queries: Cells that were not understood.
    """

    file: str
    sheet: str
    place: Place
    teachers: tuple[str, ...]
    now: date | None
    days: tuple[date | None, date | None]
    queries: int
    lines: tuple[Line, ...]


def classes_seen(
    file: str, reviews: Sequence[Review], marked: Book, *, key: bytes, names: bool = False
) -> tuple[ClassSeen, ...]:
    """The classes of a workbook.

    Args:
        file: Its path below the folder of the markbooks.
        reviews: What its students got.
        marked: The workbook with the results in it, which holds the earlier runs and the clinics' register.
        key: The run's own, for fingerprints.
        names: Whether the lines may hold names.

    Example:
        >>> from addin.reading.grid import Sheet
        >>> from addin.review import reviews
        >>> rows = (("Name", "Target", "Angles (20)"), ("Ova Zarrin", 7, 2), ("Tul Beska", 6, 12))
        >>> read = Book(sheets=(Sheet(name="9A", rows=rows), Sheet(name="9B", rows=rows)), names={"teacher": "T. Example"})
        >>> seen = classes_seen("year.xlsx", reviews(read)[0], read, key=b"a")
        >>> [(each.place.class_name, each.place.year, each.teachers, len(each.lines)) for each in seen]
        [('9A', 'Year 9', ('T. Example',), 2), ('9B', 'Year 9', ('T. Example',), 2)]
        >>> seen[0].lines[0].flag.value, seen[0].lines[0].topics, seen[0].lines[0].name
        ('▲ High', (('Geometry', 'Angles'),), '')
    """
    among = len(reviews)
    places = [place_of(file, review.book, review.markbook, among=among) for review in reviews]
    called = Counter(places)
    return tuple(
        _seen(
            file,
            review,
            marked,
            # Sheets of which the sets are called the same are classes of their own all the same.
            place=place if called[place] == 1 else replace(place, class_name=shown(review.markbook.sheet)),
            among=among,
            key=key,
            names=names,
        )
        for review, place in zip(reviews, places, strict=True)
    )


def _seen(file: str, review: Review, marked: Book, *, place: Place, among: int, key: bytes, names: bool) -> ClassSeen:
    book, markbook = review.book, review.markbook
    reader = Reader(book, markbook, school=place.school, key=key)
    runs = _Runs(read_history(marked) or (), review, among)
    clinics = _clinics(review, marked)
    topics = _topic_words(review)
    decisions = decisions_in(marked, sheet=markbook.sheet) if names else {}
    lines = []
    for student, result in zip(markbook.students, review.results, strict=True):
        offered, attended = clinics.get(student.key, (0, 0))
        told = (
            {
                "name": shown(result.name or result.student_id or f"row {result.row}"),
                "student_id": shown(result.student_id or ""),
                "form": shown(reader.form(student)),
                "decision": shown(decisions.get(student.key, ("", ""))[0]),
            }
            if names
            else {}
        )
        lines.append(
            Line(
                known=reader.known(student),
                flag=result.flag,
                risk=result.risk,
                topics=tuple(dict.fromkeys(map(topics, result.topics))),
                steps=runs.steps(result),
                offered=offered,
                attended=attended,
                **told,
            )
        )
    return ClassSeen(
        file=file,
        sheet=markbook.sheet,
        place=place,
        teachers=teachers_of(book, markbook),
        now=runs.now,
        days=runs.days,
        queries=len(markbook.queries),
        lines=tuple(lines),
    )


class _Runs:
    """The runs of one class as the sheet `Runs` holds them."""

    def __init__(self, history: Sequence[Entry], review: Review, among: int) -> None:
        self._review, self._among = review, among
        here = {self._name(result) for result in review.results} - {""}
        self._at: dict[tuple[date, str], Entry] = {}
        for entry in history:
            if entry.day is not None and entry.who in here and entry.risk is not None:
                self._at[entry.day, entry.who] = entry
        runs = sorted({day for day, _ in self._at})
        self.now = runs[-1] if runs else None
        apart = [day for day in runs[:-2] if day <= runs[-1] - MEETINGS_APART]
        self.days = (runs[-2] if len(runs) > 1 else None, apart[-1] if apart else None)

    def _name(self, result: Result) -> str:
        return known_as(result, self._review, among=self._among)

    def steps(self, result: Result) -> tuple[Step | None, Step | None]:
        """What changed for a student since the two days."""
        who = self._name(result)
        before, earlier = (
            None if day is None else _step(self._at.get((day, who)), self._at.get((self.now or day, who)))
            for day in self.days
        )
        return before, earlier


def _step(then: Entry | None, now: Entry | None) -> Step | None:
    if then is None or now is None or then.risk is None or now.risk is None:
        return None
    change = round(now.risk - then.risk, 6)
    way = 0 if abs(change) < NO_CHANGE else 1 if change > 0 else -1
    was = as_text(then.cells[4])
    return Step(way=way, flag=next((flag for flag in Flag if flag.value == was), None))


def _clinics(review: Review, marked: Book) -> dict[str, tuple[int, int]]:
    """Student key -> clinics offered and attended, of those for which an attendance is entered."""
    markbook = review.markbook
    found: dict[str, tuple[int, int]] = {}
    for record in records_in(review.book, markbook, read_register(marked) or (), keys_of(markbook.students)):
        offered, attended = found.get(record.key, (0, 0))
        found[record.key] = offered + record.offered, attended + record.attended
    return found


def _topic_words(review: Review) -> Callable[[Need], Topic]:
    """What a topic is called; a word of the teacher's own that names a student stays out."""
    forms: list[NameForms] = []

    def named(need: Need) -> Topic:
        topic = need.topic or ""
        if topic and topic not in TOPICS:
            if not forms:
                students = review.markbook.students
                forms.append(NameForms(Named(code="a student", names=(student.name,)) for student in students))
            if forms[0].names_somebody(topic):
                topic = ""
        return need.strand.value, shown(topic)

    return named
