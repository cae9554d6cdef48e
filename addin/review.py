"""The whole way, top to bottom: read, understand, score, explain, suggest, annotate. Entries pair it with a host.

    host.read() -> read_markbook -> cohort -> score -> reasons -> needs -> activities -> annotate -> host.apply()

This is the only module that composes it, and every step returns a new value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from addin.annotations import annotate, empty
from addin.errors import DecisionsAtRisk
from addin.grid import Book, address, as_text
from addin.hosts.base import Host
from addin.markbook import Markbook, read_markbook
from model import activities as library
from model.activities import Activity, suggest
from model.fairness import ColumnAudit, audit
from model.local import in_use
from model.reasons import MODEL_ALONE, RULE_ALONE, outlook, reasons, second_opinion
from model.scorecard import Scorecard, Thresholds, score
from model.strands import Need, needs
from model.vocabulary import Flag

Decisions = Mapping[str, tuple[str, str]]
"""Student key -> (Decision, Decision note), as the teacher entered them."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a run says of one student; the scores are None for a student who cannot be scored."""

    key: str
    row: int
    student_id: str | None
    name: str
    risk: float | None
    flag: Flag
    priority: int | None
    reasons: tuple[str, ...]
    topics: tuple[Need, ...]
    activities: tuple[Activity, ...]
    predicted_grade: float | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Review:
    """One run over one sheet: the markbook as understood, and a result for every student row."""

    markbook: Markbook
    results: tuple[Result, ...]

    def counts(self) -> dict[Flag, int]:
        """How many students have each flag, all four flags in their order."""
        return {flag: sum(result.flag is flag for result in self.results) for flag in Flag}

    def beside_the_rule(self) -> tuple[int, int, int]:
        """How many students model and plain rule agree on, how many the model alone flags, and how many the rule alone."""
        model, rule = (sum(line in result.reasons for result in self.results) for line in (MODEL_ALONE, RULE_ALONE))
        return sum(result.risk is not None for result in self.results) - model - rule, model, rule

    def in_order(self) -> tuple[Result, ...]:
        """The results in order of priority, those without a score last, in the order of the sheet."""
        return tuple(sorted(self.results, key=lambda r: (r.priority is None, r.priority or 0, r.row)))

    def fairness(self) -> tuple[ColumnAudit, ...]:
        """How flags and risks fall by group, for every audit-only column of the sheet; they are never part of a score."""
        return audit(
            self.markbook.audit,
            flags=[result.flag for result in self.results],
            risk=[np.nan if result.risk is None else result.risk for result in self.results],
            target=self.markbook.cohort.target,
            final_grade=self.markbook.final_grade,
        )


def review(book: Book, *, sheet: str | None = None, card: Scorecard | None = None) -> Review:
    """Everything between reading and writing.

    Args:
        book: What a host read.
        sheet: Name of the sheet; left out, it is found.
        card: The scorecard, left out: the one in use (`model.local`).

    Raises:
        MarkbookError: The sheet cannot be found or read, or the scorecard cannot be used.

    Example:
        >>> from addin.grid import Sheet
        >>> rows = (("Name", "Target", "Angles (20)"), ("Ova Zarrin", 7, 2), ("Tul Beska", 6, "Abs"))
        >>> done = review(Book(sheets=(Sheet(name="Y9", rows=rows),)))
        >>> [result.flag.value for result in done.results]
        ['▲ High', '? Not enough data']
    """
    card = card or in_use()
    markbook = read_markbook(book, sheet=sheet)
    # Rows whose identity is in doubt neither get a score nor change anybody else's.
    sure = np.array([student.why_not is None for student in markbook.students])
    cohort = markbook.cohort.take(np.flatnonzero(sure))
    scores = score(cohort, card=card, thresholds=thresholds_of(book, card))
    told = [
        (*why, *filter(None, also))
        for why, *also in zip(
            reasons(cohort, scores, reference=card.reference), outlook(scores), second_opinion(scores), strict=True
        )
    ]
    topics = needs(cohort, scores.standing.marks)

    places = iter(range(cohort.size))
    results = []
    for student in markbook.students:
        if student.why_not is not None:
            results.append(
                Result(
                    key=student.key, row=student.row, student_id=student.student_id, name=student.name, risk=None,
                    flag=Flag.NOT_ENOUGH, priority=None, reasons=(student.why_not,), topics=(), activities=(),
                )
            )  # fmt: skip
            continue
        i = next(places)
        scored = not np.isnan(scores.risk[i])
        results.append(
            Result(
                key=student.key,
                row=student.row,
                student_id=student.student_id,
                name=student.name,
                risk=float(scores.risk[i]) if scored else None,
                flag=scores.flags[i],
                priority=int(scores.priority[i]) if scored else None,
                reasons=told[i],
                topics=topics[i] if scored else (),
                activities=suggest(topics[i], library.bundled()) if scored else (),
                predicted_grade=float(scores.predicted[i]) if scored else None,
            )
        )
    return Review(markbook=markbook, results=tuple(results))


def thresholds_of(book: Book, card: Scorecard) -> Thresholds:
    """The thresholds that `Setup` sets, else the scorecard's.

    Example:
        >>> thresholds_of(Book(sheets=(), names={"threshold_high": 0.8, "threshold_watch": 0.5}), in_use())
        Thresholds(high=0.8, watch=0.5)
    """

    def named(name: str, default: float) -> float:
        value = book.names.get(name)
        if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < 1:
            return float(value)
        return default

    high = named("threshold_high", card.thresholds.high)
    watch = named("threshold_watch", card.thresholds.watch)
    # A watch threshold above the high one would leave nobody to watch; what Setup says then makes no sense as a pair.
    return Thresholds(high=high, watch=watch) if watch < high else card.thresholds


def score_class(
    host: Host, *, sheet: str | None = None, decisions: Decisions | None = None
) -> tuple[Review, tuple[str, ...]]:
    """Read, score and write back: what the button and the command do.

    Args:
        host: Where the markbook lives.
        sheet: Name of the sheet; left out, it is found.
        decisions: Decisions of an earlier result to be carried over where the sheet has none.

    Returns:
        The review and what the user should know of the writing.

    Raises:
        DecisionsAtRisk: A decision belongs to a student who is not on the sheet; nothing is written.
        MarkbookError: Anything else that keeps the class from being scored; nothing is written.
    """
    book = host.read()
    done = review(book, sheet=sheet)
    edits = annotate(done, decisions=_carried(done.markbook, book, decisions or {}))
    return done, host.apply(edits)


def clear_results(host: Host, *, sheet: str | None = None) -> tuple[Markbook, tuple[str, ...]]:
    """Empty the seven result columns; `Decision` and `Decision note` stay.

    Returns:
        The markbook and what the user should know of the writing.
    """
    markbook = read_markbook(host.read(), sheet=sheet)
    return markbook, host.apply(empty(markbook))


def decisions_in(book: Book, *, sheet: str | None = None) -> dict[str, tuple[str, str]]:
    """The teacher's decisions and notes in a marked book, by student key; students without either are left out."""
    markbook = read_markbook(book, sheet=sheet)
    found = {}
    for student in markbook.students:
        pair = _decision_at(book, markbook, student.row)
        if any(pair):
            found[student.key] = pair
    return found


def _decision_at(book: Book, markbook: Markbook, row: int) -> tuple[str, str]:
    sheet = book.sheet(markbook.sheet)

    def text(heading: str) -> str:
        column = markbook.results.get(heading)
        if sheet is None or column is None:
            return ""
        if sheet.cell(row, column) is None and (row, column) in sheet.formulas:
            raise DecisionsAtRisk(
                f"Sheet {sheet.name!r}, cell {address(row, column)}: a formula without a stored result stands where a decision "
                "would. Open the file in Excel and save it, or delete the formula."
            )
        return as_text(sheet.cell(row, column))

    return text("Decision"), text("Decision note")


def _carried(markbook: Markbook, book: Book, earlier: Decisions) -> dict[str, tuple[str, str]]:
    """Earlier decisions for students whose cells here are still empty."""
    here = {student.key: student for student in markbook.students}
    lost = sorted(key for key in earlier if key not in here or not here[key].key_is_unique)
    if lost:
        who = lost[0].partition("\n")[0].partition("|")[0].replace(":", " ", 1)
        where = "stands there twice" if lost[0] in here else "is not on the sheet now"
        raise DecisionsAtRisk(
            f"Sheet {markbook.sheet!r}: {len(lost)} earlier decision{'s' if len(lost) != 1 else ''} would be lost, the first "
            f"for the student with {who}, who {where}. Choose another output with -o, or correct the list of students."
        )
    return {key: pair for key, pair in earlier.items() if not any(_decision_at(book, markbook, here[key].row))}
