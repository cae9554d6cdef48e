"""A pack as a web page that stands alone: the template, its filters, and the settings of how it looks."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from functools import cache
from typing import Any

from jinja2 import Environment

from addin.letters.facts import Session
from addin.packs.pack import LEVELS_IN_WORDS, Pack
from addin.packs.typeset import in_html
from model.questions.question import number
from model.questions.written import decimal
from model.vocabulary import day_told
from templates.pages import pages

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""The page may fetch nothing and run nothing."""

MADE_BY = "Maths Clinic Markbook, clinic pack"


def pack_page(pack: Pack, *, class_name: str, easy_to_read: bool = False) -> str:
    """The page: register, seating, starter and sheets, then the answers.

    Args:
        pack: The session's pack.
        class_name: Stands on the teacher's pages.
        easy_to_read: Larger letters with more room, on a pale ground, as the British Dyslexia Association's style guide (2023)
            advises.
    """
    return (
        _environment()
        .get_template("pack.html.j2")
        .render(
            pack=pack,
            class_name=class_name,
            easy_to_read=easy_to_read,
            policy=POLICY,
            made_by=MADE_BY,
            help_told=LEVELS_IN_WORDS,
        )
    )


@cache
def _environment() -> Environment:
    environment = pages()
    environment.filters["maths"] = in_html
    environment.filters["day"] = _day
    environment.filters["shown"] = _shown
    environment.filters["told"] = session_told
    return environment


def _shown(answer: Any, like: str) -> str:
    """A wrong answer between dollar signs, as a decimal where the right one is; several of them apart by commas."""
    if isinstance(answer, (tuple, list)):
        return ", ".join(_shown(each, like) for each in answer)
    with suppress(ValueError, TypeError):
        if "." in like:
            return decimal(answer)
    return number(answer)


def session_told(session: Session) -> str:
    """Slot, day, time and room in a line."""
    day = _day(session.date) or session.day
    return ", ".join(filter(None, (session.slot, day, session.time, session.room)))


def _day(day: date | None) -> str:
    return "" if day is None else day_told(day, "{weekday} {number} {month} {year}")
