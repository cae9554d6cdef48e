"""A class that several people look at in the same moments is scored once: what was worked out is kept while the cells are the same.

A button and the task pane of everybody who has a shared markbook open ask for the same class. What is kept is bounded, stands in
the memory of a worker alone, and is forgotten as soon as nobody has asked for anything for a while (`addin.excel.server.gate`).
"""

from __future__ import annotations

import pickle
from collections import OrderedDict
from collections.abc import Sequence
from datetime import date
from hashlib import blake2b

from addin.formulas.cells import forget_ranges
from addin.formulas.scored import forget_classes
from addin.reading.grid import Book
from addin.review import Reviewed, reviews
from model.language.speech import Language

KEPT = 8
"""Workbooks of which the reviews are kept: a few megabytes."""


class Reviews:
    """`addin.review.reviews`, kept for the last few workbooks. Not for threads: a worker answers in one.

    Example:
        >>> from addin.reading.grid import Sheet
        >>> rows = (("Name", "Target", "Angles (20)"), ("Ova Zarrin", 7, 2), ("Tul Beska", 6, 12))
        >>> book, again = (Book(sheets=(Sheet(name="9A", rows=rows),)) for _ in range(2))
        >>> kept = Reviews()
        >>> kept(book) is kept(again)
        True
        >>> kept.forget()
        >>> kept(book) is kept(again), len(kept)
        (True, 1)
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[bytes, Reviewed] = OrderedDict()

    def __call__(self, book: Book, sheets: Sequence[str] = (), *, language: Language | None = None) -> Reviewed:
        """The reviews of a book, in a language or in the one that Setup names; errors are not kept.

        Raises:
            MarkbookError: As `addin.review.reviews`.
        """
        # Of equal books none is told from another that pickles alike, and 1, 1.0 and TRUE, which are equal, pickle differently.
        # What a class was on an earlier day is not asked for again.
        # English is what is meant where none is.
        code = None if language is None or language.is_source else language.code
        asked = pickle.dumps((book, tuple(sheets), date.today(), code), protocol=pickle.HIGHEST_PROTOCOL)
        key = blake2b(asked, digest_size=32).digest()
        found = self._kept.pop(key, None) or reviews(book, sheets, language=language)
        self._kept[key] = found
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return found

    def __len__(self) -> int:
        return len(self._kept)

    def forget(self) -> None:
        """Keep nothing any more."""
        self._kept.clear()


class_reviews = Reviews()
"""What this worker keeps of workbooks."""


def forget_all() -> None:
    """Forget what this worker keeps of classes: of workbooks here, and of formulas in `addin.formulas`."""
    class_reviews.forget()
    forget_classes()
    forget_ranges()
