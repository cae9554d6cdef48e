"""What a run looks like on a terminal: counts by flag, students in order of priority, queries, flags by group,
where the result is."""

from __future__ import annotations

from addin.cli.tell.fairness import fairness_table
from addin.cli.tell.table import Styled, Table
from addin.cli.tell.terminal import say, sentence, show, tell, tell_queries
from addin.files.marked import Scored
from addin.results.columns import FLAG_COLOURS
from addin.results.scored import Review
from model import local
from model.vocabulary import Flag

MOST_STUDENTS, FIRST_STUDENTS = 200, 50
"""A year group is shown whole, of more students the first: nobody reads more on a terminal, and laying out 20,000 rows takes three
times as long as scoring them."""

REASONS_SHOWN = 3  # the workbook has them all


def tell_scores(done: Scored) -> None:
    """Print a run for a reader."""
    for review in done.reviews:
        _tell_class(done.source.name, review)
    for notice in done.notices:
        sentence(notice)
    if not local.only_bundled() and local.status() is not None:
        say("Scored with the model adapted to this school's own outcomes; see markbook adapt --status.")
    if len(done.reviews) > 1:
        command = f'markbook batch "{done.source.name}" -o FOLDER'
        say(f"To see the {len(done.reviews)} classes beside one another: {command}")
    say(f"Written to {done.output}" if done.written else f"{done.output} holds this result already")


def _tell_class(name: str, review: Review) -> None:
    table = Table(title=f"{name}, sheet {review.markbook.sheet}")
    table.add_column("Priority", right=True)
    table.add_column("Student")
    table.add_column("Flag", folds=False)
    table.add_column("Risk", right=True)
    table.add_columns("Why", "Topics to work on")
    in_order = review.in_order()
    shown = in_order if len(in_order) <= MOST_STUDENTS else in_order[:FIRST_STUDENTS]
    for result in shown:
        table.add_row(
            "" if result.priority is None else str(result.priority),
            result.name or result.student_id or f"row {result.row}",
            _flag(result.flag),
            "" if result.risk is None else f"{result.risk:.0%}",
            "; ".join(result.reasons[:REASONS_SHOWN]),
            ", ".join(need.topic or need.strand for need in result.topics),
        )
    show(table)
    if len(shown) < len(in_order):
        say(f"And {len(in_order) - len(shown):,} more students, in the workbook.")
    markbook = review.markbook
    say(f"Half-term {markbook.cohort.half_term}, from {markbook.half_term_from}.")
    for note in markbook.notes:
        sentence(note)
    tell_queries(markbook.queries)
    if any(result.risk is not None for result in review.results):
        _tell_comparisons(review)
    counts = review.counts()
    tell("   ".join(f"{_flag(flag)} {counts[flag]}" for flag in Flag))


def _tell_comparisons(review: Review) -> None:
    if audits := review.fairness():
        show(fairness_table(audits))
    agreed, model_alone, rule_alone = review.beside_the_rule()
    say(
        f"Beside the plain rule 'working below target': they agree on {agreed}, the model alone flags {model_alone}, "
        f"the rule alone {rule_alone}."
    )


def _flag(flag: Flag) -> Styled:
    colours = FLAG_COLOURS[flag]
    return Styled(flag.value, {"fg": _near(colours.text), "bg": _near(colours.fill)})


def _near(colour: str) -> int:
    """The nearest of the 216 colours that every terminal has, by its number, for six digits such as C00000."""
    red, green, blue = (round(int(colour[place : place + 2], 16) / 51) for place in (0, 2, 4))
    return 16 + 36 * red + 6 * green + blue
