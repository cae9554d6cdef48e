"""`markbook report`: the class in order of priority on a page to print, support cards, and pages for parents' evening."""

from __future__ import annotations

from pathlib import Path

import click

from addin.cli.shared.options import file_argument, output_option, sheets_option


@click.command("report")
@file_argument
@output_option("The page, a file that ends in .html.", metavar="OUT.html")
@sheets_option
@click.option(
    "--decision", "decisions", multiple=True, help="List Accept, Reject, Defer or none only; may be given again."
)
@click.option(
    "--group", "groups", multiple=True, metavar="HEADING=X", help="List a group only, such as PP=Y; may be given again."
)
@click.option("--support", is_flag=True, help="Add cards: all reasons, topics, activities and runs of a student.")
@click.option(
    "--parents-evening", is_flag=True, help="A page a student for the family instead: marks, and no flag or score."
)
def command(
    file: Path,
    output: Path | None,
    sheets: tuple[str, ...],
    decisions: tuple[str, ...],
    groups: tuple[str, ...],
    support: bool,
    parents_evening: bool,
) -> None:
    """Put the class of FILE on a page to print: students in order of priority, one sheet of A4 for 32 of them.

    The page is FILE's name with `.report.html` for an ending, or `.parents-evening.html`; it opens in any browser, fetches nothing
    and prints from there, to paper or PDF. FILE itself is not touched. Where several sheets hold a class each, each has its list.
    """
    if support and parents_evening:
        raise click.UsageError("--support is for colleagues and --parents-evening for families: give one of them.")
    from addin.files.marked import with_name
    from addin.hosts.closed_file import ClosedFile
    from addin.report.compose import Report, class_lists
    from addin.report.evening import Evening, evening_of
    from addin.report.filters import read_filters
    from addin.report.page import evening_page, list_page
    from addin.report.write import EVENING, REPORT, names_somebody, report_name, write_page

    filters = read_filters(decisions, groups)
    file = with_name(file)
    book = ClosedFile(file, output=file).read()
    made: Evening | Report
    if parents_evening:
        made = evening_of(book, sheets=sheets, filters=filters)
        page, ending = evening_page(made.pages), EVENING
    else:
        made = class_lists(book, sheets=sheets, filters=filters, support=support)
        page, ending = list_page(made.classes), REPORT
    target = output or report_name(file, made.names, ending)
    write_page(page, target, workbook=file)
    for notice in made.notices:
        click.echo(f"{notice}.")
    if names_somebody(target.stem, made.names):
        click.echo("The file's name seems to hold a student's. Rename it before you pass it on.")
    click.echo(f"Written to {target}: {made.told()}.")
