"""Records -> pages of HTML: each stands alone, runs nothing, fetches nothing, and prints on A4.

Every text from a workbook goes through Jinja2's escaping; the pages' policy forbids scripts and addresses besides.
"""

from __future__ import annotations

from collections.abc import Sequence

from addin.report import charts
from addin.report.compose import ClassList
from addin.report.evening import EveningPage
from addin.report.fitting import letters_of
from addin.results.columns import FLAG_COLOURS
from model.vocabulary import Flag, day_told
from templates.pages import pages

LIST, EVENING = "report_list.html.j2", "report_evening.html.j2"

MADE_BY = "Maths Clinic Markbook report"
"""What every page says made it: a page of the program's own may be replaced by the next one."""

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def list_page(classes: Sequence[ClassList]) -> str:
    """The class lists, each on a sheet of paper of its own, and the support cards where they were asked for.

    Example:
        >>> from datetime import date
        >>> from addin.reading.grid import Book, Sheet
        >>> from addin.report.compose import class_lists
        >>> rows = (("Name", "Target", "Angles (20)"), ("Ova <b>Zarrin", 7, 2))
        >>> page = list_page(class_lists(Book(sheets=(Sheet(name="Y9", rows=rows),)), today=date(2026, 3, 2)).classes)
        >>> "Ova &lt;b&gt;Zarrin" in page, "<script" in page
        (True, False)
    """
    return _rendered(LIST, classes=classes, letters=letters_of, charts=charts, colours=FLAG_COLOURS, Flag=Flag)


def evening_page(pages: Sequence[EveningPage]) -> str:
    """A page a student for parents' evening, each on a sheet of paper of its own."""
    return _rendered(EVENING, pages=pages)


def _rendered(template: str, **values: object) -> str:
    environment = pages()
    environment.filters["day"] = day_told
    return environment.get_template(template).render(policy=POLICY, made_by=MADE_BY, **values)
