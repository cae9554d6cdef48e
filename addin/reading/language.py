"""The language that Setup names for reasons, and for letters where it names none of their own."""

from __future__ import annotations

from addin.reading.grid import Book, as_text
from addin.reading.queries import Query
from model.errors import ModelError
from model.language.speech import ENGLISH, SOURCE, Language, language_of, languages

NAME = "language"
"""The defined name of the setting."""


def language_in(book: Book) -> tuple[Language, tuple[Query, ...]]:
    """The language of a workbook's reasons, English where Setup says nothing, and a query where it says what is none.

    Example:
        >>> language_in(Book(sheets=(), names={"language": "cy"}))
        (Language('cy'), ())
        >>> language, (query,) = language_in(Book(sheets=(), names={"language": "Klingon"}))
        >>> language, query.cell, query.value
        (Language('en'), 'Setup, language', 'Klingon')
    """
    text = as_text(book.names.get(NAME))
    try:
        return language_of(text or SOURCE), ()
    except ModelError:
        query = Query(
            cell="Setup, language",
            value=text,
            rule="there is no translation into this language",
            remedy=f"Enter {' or '.join(languages())}; until then the reasons are in English",
        )
        return ENGLISH, (query,)
