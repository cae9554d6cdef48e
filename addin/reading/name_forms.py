"""Students' names found in texts, whatever form they take, and replaced by codes.

A name has many forms: "Ova Zarrin", "ZARRIN, Ova", "Ova's", "o.zarrin@school.example", "ozarrin24". Words are compared without case
and accents. Where a word may mean a student but need not, a text that somebody typed is in doubt, and its reader decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from model.activities import library_texts

SOMEBODY = "a student"
"""In place of a name that several students have."""

ADDRESS_LEFT_OUT = "(address left out)"

SHORTEST_INSIDE = 5
"""Letters from which a name is looked for inside longer words, such as "ozarrin24"; shorter ones stand in too many words."""

SHORTEST_HELD = 3
"""Letters from which a word with a name inside is told as one that may hold it; "Al" and "Jo" stand in too many words."""

SHORTEST_PART, SHORTEST_LIKE = 2, 4
"""Letters of a name that counts as one; letters of words that are compared with names for likeness."""

ALIKE = 80
"""Likeness from 0 to 100 from which a word may be a name misspelt or shortened: "Zarin" is 91 like "Zarrin"."""

_PARTICLES = frozenset(
    (
        "abu", "af", "al", "ap", "av", "bin", "bint", "binti", "da", "das", "de", "degli", "dei", "del", "della", "den", "der",
        "di", "do", "dos", "du", "e", "el", "ibn", "la", "las", "le", "los", "op", "san", "ter", "van", "von", "y", "zu",
    )
)  # fmt: skip
"""What is written small within a name and is no name by itself, as in "de Silva"."""

SHORTEST_SURE_ID = 5
"""Characters from which an ID of digits alone is looked for in texts; shorter ones are also marks."""

_ADDRESS = r"[^\s@<>(),;:\"']+@[^\s@<>(),;:\"']+"
_LETTERS = r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*"
_APOSTROPHE = "['’‘`ʼ]"
_WORD = rf"{_LETTERS}(?:{_APOSTROPHE}{_LETTERS}(?!\w))*"
_OWNER = re.compile(rf"{_APOSTROPHE}s?$", re.IGNORECASE)
_CAPITALISED = re.compile(r"[^\W\d_a-zß-ÿ][^\W\d_A-ZÀ-Þ]*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;]\s*|\n\s*)$")
_INITIAL = r"(?<![\w])[^\W\d_]\.?\s+"
_KNOWN_CAPITALS = frozenset(
    (
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "tues", "wed", "thu",
        "thurs", "fri", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
        "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
        "easter", "christmas", "i", "a", "maths", "mathematics", "english", "science", "gcse", "sen", "senco", "ta", "eal",
        "pp", "mock", "paper", "year", "clinic", "clinics",
    )
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of one student, as written in the markbook.

    Args:
        code: What stands for the student.
        names: Surname, forename, full name, and whatever other columns of names hold.
        ids: Student ID and the like.
    """

    code: str
    names: tuple[str, ...]
    ids: tuple[str, ...] = ()


class NameForms:
    """Finds the students of a class in texts.

    Example:
        >>> forms = NameForms([Known(code="S417", names=("Zarrin", "Ova"), ids=("ZQ1003",))])
        >>> forms.replaced("ZARRIN, Ova (zq1003): ask O. Zarrin's tutor, o.zarrin@school.example or ozarrin24.")
        "S417 (S417): ask S417's tutor, (address left out) or S417."
        >>> forms.in_doubt("Talked to Zarin"), forms.in_doubt("Talked to the student: fractions first.")
        (True, False)
    """

    def __init__(self, students: Iterable[Known]) -> None:
        names: dict[str, set[str]] = {}
        ids: dict[str, set[str]] = {}
        for student in students:
            for part in _parts(student.names):
                names.setdefault(part, set()).add(student.code)
            for text in filter(None, student.ids):
                ids.setdefault(text.casefold(), set()).add(student.code)
        self._names = {part: _one(codes) for part, codes in names.items()}
        self._ids = {text: _one(codes) for text, codes in ids.items() if _is_sure_id(text)}
        self._short_ids = frozenset(ids) - frozenset(self._ids)
        self._inside = {part: code for part, code in self._names.items() if _stands_out(part)}
        self._short = frozenset(part for part in self._names if not _stands_out(part))
        written = "|".join(re.escape(text) for text in sorted(self._ids, key=len, reverse=True)) or "(?!)"
        self._token = re.compile(
            rf"(?P<address>{_ADDRESS})|(?<![^\W_])(?P<id>{written})(?![^\W_])|(?P<word>{_WORD})(?P<tail>[\d_]*)", re.I
        )
        codes = "|".join(
            sorted({re.escape(code) for code in (*self._names.values(), *self._ids.values())} - {SOMEBODY})
        )
        beside = rf"[\s,_-]*(?:(?P=code)|{SOMEBODY})"
        self._repeated = re.compile(
            rf"(?:(?:{_INITIAL})|{SOMEBODY}[\s,_]+)*(?P<code>{codes or '(?!)'})(?:{beside})*(?!\d)"
        )

    def replaced(self, text: str) -> str:
        """The text with every form of a student's name, ID or address replaced.

        A name that is also an ordinary word, such as Mark or May, counts where it is written with a capital.
        """
        return self._read(text)[0]

    def names_somebody(self, text: str) -> bool:
        """Whether a text holds a form of a student's name, ID or address."""
        return self.replaced(text) != _as_seen(text)

    def in_doubt(self, text: str) -> bool:
        """Whether a text holds a word, other than those that are replaced, that may mean a student: a name misspelt or cut short,
        a word with a capital that is no known one, an ID of a few digits."""
        written = _as_seen(text)
        if any(word.casefold() in self._short_ids for word in re.findall(r"\w+", written)):
            return True
        return any(self._may_be_a_name(word, starts) for word, starts in self._read(text)[1])

    def may_hold(self, text: str) -> tuple[str, ...]:
        """The words of a text that stay as they are and may hold a short name: it stands inside, or of two letters between capitals
        or before an "s". Whether "Annie" is Ann, or only begins alike as "annual" does, a reader alone can tell.

        Example:
            >>> forms = NameForms([Known(code="S417", names=("Lee", "Ann"))])
            >>> forms.replaced("Ann-Marie and Ann's annual talk; Annie, AnnB, Hannah; Lees work")
            "S417-Marie and S417's annual talk; Annie, AnnB, Hannah; Lees work"
            >>> forms.may_hold("Ann-Marie and Ann's annual talk; Annie, AnnB, Hannah; Lees work")
            ('annual', 'Annie', 'AnnB', 'Hannah', 'Lees')
        """
        return tuple(dict.fromkeys(word for word, _ in self._read(text)[1] if self._may_hold_a_name(word)))

    def _may_hold_a_name(self, word: str) -> bool:
        plain = _fold(word)
        if word.islower() and plain in _ordinary_words():
            return False
        if any(name in plain for name in self._short if len(name) >= SHORTEST_HELD):
            return True
        between = {_fold(piece) for piece in _CAPITALISED.findall(word)} if not word.isupper() else set[str]()
        return bool(between & self._short) or (word[0].isupper() and plain.removesuffix("s") in self._short)

    def _read(self, text: str) -> tuple[str, list[tuple[str, bool]]]:
        """The text with its names replaced, and the words left standing, each with whether it begins a sentence."""
        written, left = _as_seen(text), list[tuple[str, bool]]()

        def change(found: re.Match[str]) -> str:
            if found["address"]:
                return ADDRESS_LEFT_OUT
            if found["id"]:
                return self._ids[found["id"].casefold()]
            word, tail = found["word"], found["tail"]
            code = self._code_of(word)
            if code is None:
                left.append((word, _SENTENCE_START.search(written[: found.start()]) is not None))
                return word + tail
            return code

        return self._once(self._token.sub(change, written)), left

    def _once(self, text: str) -> str:
        """Codes that stood for the parts of one name, put together."""
        shorter = self._repeated.sub(lambda found: found["code"], text)
        return text if shorter == text else self._once(shorter)

    def _code_of(self, word: str) -> str | None:
        """What stands for a word, None where it is no name."""
        owner = _OWNER.search(word) or re.search(rf"{_APOSTROPHE}s$", word)
        bare = word[: owner.start()] if owner else word
        for candidate, tail in ((word, ""), (bare, word[len(bare) :])):
            plain = _fold(candidate)
            if plain in self._names and not (candidate.islower() and plain in _ordinary_words()):
                return self._names[plain] + tail
        # Names strung together by an apostrophe; the "don" of "don't" is no Don.
        for piece in re.split(_APOSTROPHE, word):
            if _fold(piece) in self._names and not piece.islower():
                return self._names[_fold(piece)]
        plain = _fold(word)
        if plain in _ordinary_words():
            return None
        return next((code for part, code in self._inside.items() if part in plain), None)

    def _may_be_a_name(self, word: str, starts: bool) -> bool:
        plain = _fold(_OWNER.sub("", word))
        if plain in _KNOWN_CAPITALS or (word.islower() and plain in _ordinary_words()):
            return False
        if word[0].isupper() and not starts:
            return True
        if plain in _ordinary_words():
            return False
        if len(plain) > SHORTEST_PART and any(name.startswith(plain) for name in self._names):
            return True
        compared = [name for name in self._names if len(name) >= SHORTEST_LIKE]
        return len(plain) >= SHORTEST_LIKE and any(likeness(plain, name) >= ALIKE for name in compared)


def likeness(one: str, other: str) -> float:
    """How alike two words are, 0 to 100: twice the letters that both have in the same order, over the letters of both.

    Example:
        >>> round(likeness("zarin", "zarrin")), likeness("ova", "pim")
        (91, 0.0)
    """
    in_common = [0] * (len(other) + 1)
    for letter in one:
        last = 0
        for place, known in enumerate(other, start=1):
            here = in_common[place]
            in_common[place] = last + 1 if letter == known else max(here, in_common[place - 1])
            last = here
    return 200 * in_common[-1] / max(1, len(one) + len(other))


def _one(codes: set[str]) -> str:
    return next(iter(codes)) if len(codes) == 1 else SOMEBODY


def _is_sure_id(text: str) -> bool:
    return len(text) >= SHORTEST_SURE_ID or (len(text) > 1 and not text.isdecimal())


def _stands_out(part: str) -> bool:
    # Scripts without spaces between words put a name inside a run of letters.
    return len(part) >= SHORTEST_INSIDE or not part.isascii()


def _parts(names: Iterable[str]) -> set[str]:
    """The words of names, folded, and what stands behind an apostrophe; of words written small, particles and everyday words are
    no names: "Ova de Silva", "Ova Silva (new)", but "Ova silva"."""
    parts: set[str] = set()
    for name in names:
        words = re.findall(_WORD, _as_seen(name))
        if words and all(word.islower() for word in words):
            words = [word.title() for word in words]
        folded = [_fold(word) for word in words if not (word.islower() and _is_small_word(_fold(word)))]
        pieces = [_fold(piece) for word in words for piece in re.split(_APOSTROPHE, word)[1:]]
        parts |= {piece for piece in pieces if len(piece) > SHORTEST_PART}
        parts |= {part for part in folded if len(part) >= SHORTEST_PART or not part.isascii()}
        if len(folded) > 1:
            parts |= {"".join(folded), "".join(reversed(folded))}
    return parts


def _is_small_word(plain: str) -> bool:
    return plain in _PARTICLES or plain in _ordinary_words()


def _as_seen(text: str) -> str:
    """A text without the signs that nobody sees, such as soft hyphens, and with one spelling for each letter."""
    return "".join(sign for sign in unicodedata.normalize("NFC", text) if unicodedata.category(sign) != "Cf")


def _fold(word: str) -> str:
    """Without case, accents and apostrophes."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in plain if letter.isalpha())


@cache
def _ordinary_words() -> frozenset[str]:
    """The words, written small, of the activities that the program ships: mathematics, and everyday words of lessons."""
    text = "\n".join(library_texts().values())
    return frozenset(_fold(word) for word in re.findall(_WORD, text) if word.islower())
