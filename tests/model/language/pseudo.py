"""A language in which every sentence of the catalogue stands between ⟦ and ⟧, so that any other is seen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from gettext import NullTranslations

from model.language.speech import Language


class _Marked(NullTranslations):
    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"

    def pgettext(self, context: str, message: str) -> str:
        return "." if context == "decimal mark" else f"⟦{message}⟧"


PSEUDO = Language("qq", _Marked())


def outside(text: str, *, but: Iterable[str] = ()) -> str:
    """The words that stand outside of every bracket, but for those that are the sheet's own.

    Example:
        >>> outside("⟦one ⟦two⟧ three⟧ 7 four: Ova", but=["Ova"])
        'four'
    """
    left, depth = "", 0
    for character in text:
        depth += {"⟦": 1, "⟧": -1}.get(character, 0)
        left += character if depth == 0 and character not in "⟦⟧" else ("" if depth else " ")
    for word in sorted(filter(None, but), key=len, reverse=True):
        left = left.replace(word, " ")
    return " ".join(re.findall(r"[^\W\d_]+", left))
