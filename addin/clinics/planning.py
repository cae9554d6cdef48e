"""The way from a markbook to clinic groups, top to bottom; entries pair it with a host.

    host.read() -> review -> slots, decisions, register -> plan -> edits with the sheet `Clinic plan` -> host.apply()

A plan is of one week: every slot's next session. It scores the class too, so that the plan and the flags beside the students
always belong together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from addin.clinics.candidates import decision_of, records_in, topics_of, unavailable_in
from addin.clinics.impact import impact_in
from addin.clinics.sheet import settings_in, slots_in
from addin.errors import SheetProblem
from addin.hosts.base import Host
from addin.reading.grid import Book, as_text
from addin.reading.queries import Query
from addin.results.clinic_places import keys_of, shown
from addin.results.clinic_register import (
    CLINIC,
    HEADINGS,
    IMPACT,
    INVITED,
    NEXT,
    NO_PLACE,
    SHEET,
    Cells,
    Line,
    is_over,
    lines_in,
    listing_of,
    merged,
    next_session,
    queries_in,
    read_register,
    sessions_over,
    with_register,
)
from addin.results.clinic_slots import EXAMPLE, lacks_slots, with_slots
from addin.results.clinic_slots import SHEET as CLINICS
from addin.results.earlier import NOTHING_EARLIER, Earlier, decisions_at
from addin.results.of_run import edits_of
from addin.results.scored import Result, Review
from addin.review import review
from model.clinics.groups import Candidate, Group, Option, Plan
from model.clinics.plan import plan_clinics
from model.clinics.reasons import about_group, in_line, why_invited, why_not
from model.clinics.show_rates import ShowRates, learn
from model.impact import Impact
from model.language.speech import Language

RECENT = timedelta(days=42)
"""Help of the last six weeks counts as recent: about a half-term."""

LINE_SHOWN = 3
"""Students in line who are named under each clinic; everybody's own row tells the place in the line."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Session:
    """One clinic of the week: its group and its date."""

    group: Group
    day: date


@dataclass(frozen=True, kw_only=True, eq=False)
class Planned:
    """A finished plan.

    Args:
        plan: Groups, options and candidates, keyed by `Student.key`.
        sessions: The groups with their dates, by date.
        register: Every row of the register, earlier runs' included.
        queries: What was not understood on Clinics and Setup, of unavailable days, and on Clinic plan as it is written.
        impact: What changed for students who were offered clinics, where it was asked for.
    """

    review: Review
    plan: Plan
    sessions: tuple[Session, ...]
    rates: ShowRates
    register: tuple[Line, ...]
    queries: tuple[Query, ...]
    notes: tuple[str, ...]
    impact: Impact | None = None

    def places(self) -> dict[str, tuple[tuple[Session, Option], ...]]:
        """Student key -> the sessions to which the student is invited, each with topic and chance; others are left out."""
        at = {session.group.slot.name: session for session in self.sessions}
        return {key: tuple((at[o.slot], o) for o in options) for key, options in self.plan.places().items()}

    def results(self) -> dict[str, Result]:
        """Student key -> what the review says."""
        return {result.key: result for result in self.review.results}


def plan_class(
    host: Host,
    *,
    sheet: str | None = None,
    earlier: Earlier = NOTHING_EARLIER,
    today: date | None = None,
    with_impact: bool = False,
    add_sheets: bool = False,
    language: Language | None = None,
) -> tuple[Planned, tuple[str, ...]]:
    """Read, score, plan and write back: what the button and the command do.

    Args:
        earlier: What an earlier result holds that must not be lost.
        with_impact: Also tell what changed for students who were offered clinics.
        add_sheets: Give a workbook without them the sheet `Clinics`, filled with an example, and `Queries` and `Runs`. An empty
            sheet called `Clinics` is filled without being asked for.
        language: The language of the reasons; left out, the one that Setup names, else English.

    Returns:
        The plan and what the user should know of the writing.

    Raises:
        SheetProblem: There is no sheet of clinics to plan for, or somebody's own sheet is called Clinic plan.
        MarkbookError: Anything else that keeps the class from being planned; nothing is written.
    """
    book = host.read()
    day = today or date.today()
    refuse_a_foreign_plan(book)
    done = review(book, sheet=sheet, language=language)
    wanted = add_sheets or book.sheet(CLINICS) is not None
    slots = (earlier.clinics or ((EXAMPLE,) if wanted else ())) if lacks_slots(book) else ()
    made = plan_review(with_slots(book, slots) if slots else book, done, earlier=earlier, today=day)
    if with_impact:
        made = replace(made, impact=impact_in(book, done.markbook, made.register, keys_of(done.markbook.students)))
    rows = rows_of(made, today=day)
    # Rows of the register move when the plan above them is made anew: the teacher is told where they are now.
    made = replace(made, queries=(*made.queries, *queries_in(rows)))
    kept = replace(earlier, register=(), plan=(), clinics=slots)
    edits, notices = edits_of(book, done, earlier=kept, add_sheets=add_sheets, today=day, register=lines_in(rows))
    edits = replace(edits, listings=(*edits.listings, listing_of(rows)))
    return made, (*notices, *host.apply(edits))


def refuse_a_foreign_plan(book: Book) -> None:
    """Refuse to write over a sheet of somebody's own.

    Raises:
        SheetProblem: The sheet `Clinic plan` has other headings than the program's.
    """
    sheet = book.sheet(SHEET)
    if sheet is not None and any(as_text(cell) for row in sheet.rows for cell in row) and read_register(book) is None:
        raise SheetProblem(
            f"The sheet '{SHEET}' has other headings than the program's ({', '.join(HEADINGS)}). Rename that sheet, and run "
            "again."
        )


def plan_review(book: Book, done: Review, *, earlier: Earlier = NOTHING_EARLIER, today: date) -> Planned:
    """Everything between a scored class and writing, but for impact and queries of the register.

    Raises:
        SheetProblem: There is no sheet of clinics, or none of its rows can be used.
    """
    slots, wrong_slots = slots_in(book)
    settings, wrong_settings = settings_in(book)
    register = merged(read_register(book), earlier.register)
    keys = keys_of(done.markbook.students)
    unavailable, wrong_days = unavailable_in(book, done.markbook)
    records = records_in(book, done.markbook, register, keys)
    rates = learn(records, start=settings.show_rate)
    recent = Counter[str]()
    for line in register:
        if line.who in keys and line.attended and line.day is not None and today - RECENT <= line.day <= today:
            recent[keys[line.who]] += line.attended
    decisions = decisions_at(book, done.markbook, earlier.decisions)
    gaps = topics_of(done.markbook)
    candidates = [
        Candidate(
            key=result.key,
            priority=result.priority,
            decision=decision_of(decisions.get(result.key, ("", ""))[0]),
            topics=gaps.get(result.key, ()),
            unavailable=unavailable.get(result.key, frozenset()),
            recent=recent[result.key],
            risk=result.risk,
        )
        for student, result in zip(done.markbook.students, done.results, strict=True)
        if student.why_not is None
    ]
    plan = plan_clinics(candidates, slots, rates, settings)
    over = sessions_over(register)
    sessions = [
        Session(group=group, day=next_session(group.slot.day, group.slot.name, today=today, over=over))
        for group in plan.groups
    ]
    return Planned(
        review=done,
        plan=plan,
        sessions=tuple(sorted(sessions, key=lambda session: (session.day, session.group.slot.order))),
        rates=rates,
        register=register,
        queries=(*wrong_slots, *wrong_settings, *wrong_days),
        notes=tuple(_notes(plan, register, keys, over, today)),
    )


def rows_of(made: Planned, *, today: date) -> tuple[Cells, ...]:
    """The rows of the sheet `Clinic plan`: by slot who is invited and who is next, then who has no place, then the register."""
    over = sessions_over(made.register)
    kept = [line for line in made.register if is_over(line, over, today)]
    return with_register(tuple(_rows(made)), kept)


def _rows(made: Planned) -> Iterator[Cells]:
    who = {student.key: shown(student) for student in made.review.markbook.students}
    language = made.review.language
    for session in made.sessions:
        group = session.group
        staff = f"; {', '.join(group.slot.staff)}" if group.slot.staff else ""
        about = f"{about_group(group, language=language)}{staff}"
        yield (
            session.day, group.slot.name, CLINIC, None, None, ", ".join(group.topics) or None,
            round(group.count.expected, 2), round(group.count.overflow, 4), about, None, None,
        )  # fmt: skip
        for option in group.invited:
            why = why_invited(made.plan, option, language=language)
            chance = round(option.chance, 2)
            yield (
                session.day, group.slot.name, INVITED, *who[option.key], option.topic.name, chance, None, why, 1, None,
            )  # fmt: skip
        for place, option in enumerate(group.waiting[:LINE_SHOWN], start=1):
            why, chance = in_line(place, language=language), round(option.chance, 2)
            yield (
                session.day, group.slot.name, NEXT, *who[option.key], option.topic.name, chance, None, why, None, None,
            )  # fmt: skip
    placed = made.plan.places()
    for result in made.review.in_order():
        if result.key not in placed:
            known = result.key in made.plan.candidates
            why = why_not(made.plan, result.key, language=language) if known else result.reasons[0]
            yield (None, None, NO_PLACE, *who[result.key], None, None, None, why, None, None)
    told = () if made.impact is None else made.impact.lines()
    for status, sentence in zip(IMPACT, told, strict=False):
        yield (None, None, status, None, None, None, None, None, sentence, None, None)


def _notes(
    plan: Plan, register: Sequence[Line], keys: Mapping[str, str], over: frozenset[tuple[date | None, str]], today: date
) -> Iterator[str]:
    scored = [one for one in plan.candidates.values() if one.priority is not None]
    if not scored:
        yield "No student has a score, so that nobody but those you accepted can be given a place"
    if plan.stopped:
        yield f"The time was up: the plan is within {100 * plan.gap:.1f} % of the best at most"
    missing = sum(
        line.attended is None and line.wrong is None and line.day is not None and line.day < today for line in register
    )
    if missing:
        rows = "row has" if missing == 1 else "rows have"
        yield f"Register: {missing} {rows} no attendance yet; enter 1 for came and 0 for not, and the next plan learns from it"
    strange = {line.who for line in register if line.who and line.who not in keys}
    if strange:
        yield f"Register: {len(strange)} of its students are not on the sheet now; their rows stay"
    if any(group.slot.name == EXAMPLE[0] for group in plan.groups):
        yield f"The sheet {CLINICS} holds an example, '{EXAMPLE[0]}': enter your own clinics there, and plan again"
    not_held = [group.slot.name for group in plan.groups if not group.held]
    if not_held:
        yield f"Not held, since the same staff hold another clinic at that time: {', '.join(not_held)}"
