"""What a run looks like on a terminal: counts by flag, students in order of priority, queries, flags by group,
where the result is."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from addin.cli.tell.fairness import fairness_table
from addin.cli.tell.terminal import add_columns, sentence, tell_queries, terminal
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
    console = terminal()
    for review in done.reviews:
        _tell_class(done.source.name, review, console)
    for notice in done.notices:
        console.print(sentence(notice))
    if not local.only_bundled() and local.status() is not None:
        console.print(Text("Scored with the model adapted to this school's own outcomes; see markbook adapt --status."))
    if len(done.reviews) > 1:
        command = f'markbook batch "{done.source.name}" -o FOLDER'
        console.print(Text(f"To see the {len(done.reviews)} classes beside one another: {command}"))
    console.print(Text(f"Written to {done.output}" if done.written else f"{done.output} holds this result already"))


def _tell_class(name: str, review: Review, console: Console) -> None:
    table = Table(title=f"{name}, sheet {review.markbook.sheet}", title_justify="left", show_lines=False)
    table.add_column("Priority", justify="right")
    table.add_column("Student", overflow="fold")
    table.add_column("Flag", no_wrap=True)
    table.add_column("Risk", justify="right")
    add_columns(table, "Why", "Topics to work on")
    in_order = review.in_order()
    shown = in_order if len(in_order) <= MOST_STUDENTS else in_order[:FIRST_STUDENTS]
    for result in shown:
        table.add_row(
            "" if result.priority is None else str(result.priority),
            Text(result.name or result.student_id or f"row {result.row}"),
            _flag(result.flag),
            "" if result.risk is None else f"{result.risk:.0%}",
            Text("; ".join(result.reasons[:REASONS_SHOWN])),
            Text(", ".join(need.topic or need.strand for need in result.topics)),
        )
    console.print(table)
    if len(shown) < len(in_order):
        console.print(Text(f"And {len(in_order) - len(shown):,} more students, in the workbook."))
    markbook = review.markbook
    console.print(Text(f"Half-term {markbook.cohort.half_term}, from {markbook.half_term_from}."))
    for note in markbook.notes:
        console.print(sentence(note))
    tell_queries(console, markbook.queries)
    if any(result.risk is not None for result in review.results):
        _tell_comparisons(review, console)
    counts = review.counts()
    console.print(Text("   ").join(Text.assemble(_flag(flag), f" {counts[flag]}") for flag in Flag))


def _tell_comparisons(review: Review, console: Console) -> None:
    if audits := review.fairness():
        console.print(fairness_table(audits))
    agreed, model_alone, rule_alone = review.beside_the_rule()
    console.print(
        Text(
            f"Beside the plain rule 'working below target': they agree on {agreed}, the model alone flags {model_alone}, "
            f"the rule alone {rule_alone}."
        )
    )


def _flag(flag: Flag) -> Text:
    colours = FLAG_COLOURS[flag]
    return Text(flag.value, style=f"#{colours.text} on #{colours.fill}")
