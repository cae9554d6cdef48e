"""`markbook score`: score a closed file."""

from __future__ import annotations

from pathlib import Path

import click

from addin.cli.shared.options import file_argument, json_option, language_option, output_option, sheets_option
from addin.cli.tell.as_json import print_json
from addin.files.marked import Scored, score_file
from addin.results.as_json import of_query, of_result
from addin.results.scored import Review
from model.language.speech import language_of


@click.command("score")
@file_argument
@output_option("Where the marked markbook goes.")
@sheets_option
@click.option("--in-place", is_flag=True, help="Write into FILE itself, after a dated backup of it.")
@click.option(
    "--add-sheets", is_flag=True, help="Add the sheets Class list, Support, Queries and Runs where FILE has none."
)
@language_option("The language of the reasons; left out, the one on the sheet Setup, else English.")
@json_option("Print the results as JSON.")
def command(
    file: Path,
    output: Path | None,
    sheets: tuple[str, ...],
    in_place: bool,
    add_sheets: bool,
    language: str | None,
    as_json: bool,
) -> None:
    """Score the students of FILE and write flags, reasons, topics and activities into new columns of a copy.

    Where several sheets hold a class each, all are scored, each in itself. The copy is FILE's name with `.marked` before the
    ending; FILE itself is not touched.
    """
    if in_place and output is not None:
        raise click.UsageError("--in-place and -o contradict each other: give one of them.")
    spoken = language_of(language) if language else None
    done = score_file(file, output=output, sheets=sheets, in_place=in_place, add_sheets=add_sheets, language=spoken)
    if as_json:
        print_json(as_table(done))
    else:
        from addin.cli.tell.score import tell_scores

        tell_scores(done)


def as_table(done: Scored) -> dict[str, object]:
    """The object that `--json` prints; of several classes it holds `classes`, one object each."""
    told = {"input": str(done.source), "output": str(done.output)}
    if len(done.reviews) > 1:
        return {**told, "classes": [of_class(review) for review in done.reviews]}
    return {**told, **of_class(done.review)}


def of_class(review: Review) -> dict[str, object]:
    """What the object says of one class."""
    return {
        "sheet": review.markbook.sheet,
        "counts": {flag.value: count for flag, count in review.counts().items()},
        "students": [of_result(result) for result in review.results],
        "queries": [of_query(query) for query in review.markbook.queries],
    }
