"""A language at work: sentences of the catalogue with what belongs in them, plurals, numbers, dates and lists.

Methods have gettext's own names, so that its tools find the sentences: the first text is English, and what stands in it as
`%(name)s` is given by name. Only the standard library is needed, so that reasons can be told where Python runs in a browser.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib import resources

from model.errors import ModelError
from model.vocabulary import MONTHS, WEEKDAYS

SOURCE = "en"
DRAFT = "Draft, not yet read by a native speaker"
"""What stands in place of a translator's name until there is one."""

_CODE = re.compile(r"[a-z]{2,3}")


def gettext_noop(message: str) -> str:
    """The text itself: marks a sentence for the catalogue that is translated where it is shown."""
    return message


class Sentence(str):
    """A sentence in English that can still be told in another language (`Language.tell`).

    Args:
        message: The sentence as the catalogue has it.
        named: What belongs in it.

    Example:
        >>> Sentence("the same name stands in row %(row)s", row=7)
        'the same name stands in row 7'
    """

    __slots__ = ("message", "named")
    message: str
    named: dict[str, object]

    def __new__(cls, message: str, **named: object) -> Sentence:
        made = super().__new__(cls, message % named)
        made.message, made.named = message, named
        return made

    def __reduce__(self) -> tuple[object, tuple[str, dict[str, object]]]:
        return _sentence, (self.message, self.named)


def _sentence(message: str, named: dict[str, object]) -> Sentence:
    return Sentence(message, **named)


class Language:
    """One language; `language_of` gives it. Equal by its code, so that results in it can be kept and compared.

    Args:
        code: Such as "cy".
        catalogue: Its translations.

    Example:
        >>> welsh = language_of("cy")
        >>> welsh.gettext("Topics to work on") != "Topics to work on", ENGLISH.gettext("Topics to work on")
        (True, 'Topics to work on')
    """

    __slots__ = ("catalogue", "code")

    def __init__(self, code: str, catalogue: NullTranslations) -> None:
        self.code, self.catalogue = code, catalogue

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Language) and other.code == self.code

    def __hash__(self) -> int:
        return hash(self.code)

    def __repr__(self) -> str:
        return f"Language({self.code!r})"

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return language_of, (self.code,)

    @property
    def is_source(self) -> bool:
        """Whether it is the language that the sentences are written in."""
        return self.code == SOURCE

    @property
    def locale(self) -> str:
        """The language with a place, as Word and spelling checkers want it.

        Example:
            >>> ENGLISH.locale, language_of("pl").locale
            ('en-GB', 'pl-PL')
        """
        named = self.catalogue.info().get("language") or ("en_GB" if self.is_source else self.code)
        return str(named).replace("_", "-")

    def gettext(self, message: str, **named: object) -> str:
        """A sentence with what belongs in it.

        Example:
            >>> ENGLISH.gettext("Homework %(figure)s %%", figure=43)
            'Homework 43 %'
        """
        return self.catalogue.gettext(message) % named

    def ngettext(self, one: str, many: str, number: int, **named: object) -> str:
        """A sentence that depends on a number, which stands in it as `%(number)s`.

        Example:
            >>> ENGLISH.ngettext("%(number)s mark", "%(number)s marks", 1)
            '1 mark'
        """
        return self.catalogue.ngettext(one, many, number) % {"number": number, **named}

    def pgettext(self, context: str, message: str, **named: object) -> str:
        """A sentence, or a word, that means different things in different places."""
        return self.catalogue.pgettext(context, message) % named

    def tell(self, sentence: str) -> str:
        """A sentence that was kept as `Sentence`; any other text as it is."""
        return self.gettext(sentence.message, **sentence.named) if isinstance(sentence, Sentence) else sentence

    def word(self, context: str, word: str) -> str | None:
        """What a word of a list is in this language, such as a topic's name; None where the catalogue does not have it.

        Example:
            >>> language_of("cy").word("topic", "a teacher's own topic") is None, ENGLISH.word("topic", "Surds")
            (True, 'Surds')
        """
        # As everywhere in the catalogue, a per cent sign stands there twice.
        found = self.catalogue.pgettext(context, word.replace("%", "%%")).replace("%%", "%")
        return found if self.is_source or found != word else None

    def number(self, value: float, places: int | None = None) -> str:
        """A number with this language's decimal mark.

        Args:
            places: Digits behind it; left out, as many as the number has.

        Example:
            >>> ENGLISH.number(7.5), ENGLISH.number(12.0), language_of("pl").number(7.5), ENGLISH.number(2, 1)
            ('7.5', '12', '7,5', '2.0')
        """
        told = f"{value:g}" if places is None else f"{value:.{places}f}"
        # Translators: the decimal mark: "," for 7,5 and "." for 7.5.
        return told.replace(".", self.catalogue.pgettext("decimal mark", "."))

    def listed(self, names: Sequence[str]) -> str:
        """Names that go together, each after this language's "and".

        Example:
            >>> ENGLISH.listed(["Angles", "Speed"]), ENGLISH.listed(["Angles"]), ENGLISH.listed([])
            ('Angles and Speed', 'Angles', '')
        """
        told = names[0] if names else ""
        for name in names[1:]:
            # Translators: names that go together; "first" may be several. Where "and" would change with the name that follows, a
            # comma will do.
            told = self.gettext("%(first)s and %(last)s", first=told, last=name)
        return told

    def alternatives(self, names: Sequence[str]) -> str:
        """Names of which any may be, the last after this language's "or".

        Example:
            >>> ENGLISH.alternatives(["Algebra", "Number", "Ratio"])
            'Algebra or Number or Ratio'
        """
        told = names[0] if names else ""
        for name in names[1:]:
            # Translators: names of which any may be; "first" may be several. Where "or" would change with what follows, a stroke
            # will do.
            told = self.gettext("%(first)s or %(last)s", first=told, last=name)
        return told

    def weekday(self, name: str) -> str:
        """A weekday, from its English name; any other text as it is."""
        return self.catalogue.pgettext("weekday", name) if name in WEEKDAYS else name

    def day(self, day: date) -> str:
        """A date with its year.

        Example:
            >>> ENGLISH.day(date(2026, 2, 9)), language_of("pl").day(date(2026, 2, 9))
            ('9 February 2026', '9 lutego 2026')
        """
        month = self.catalogue.pgettext("month in a date", MONTHS[day.month - 1])
        # Translators: a date, such as 9 February 2026; the months are in this catalogue as they stand in a date.
        return self.gettext("%(day)s %(month)s %(year)s", day=day.day, month=month, year=day.year)

    def weekday_and_day(self, day: date) -> str:
        """A date with its weekday and without its year.

        Example:
            >>> ENGLISH.weekday_and_day(date(2026, 2, 9))
            'Monday 9 February'
        """
        # Translators: a date such as Monday 9 February.
        return self.gettext(
            "%(weekday)s %(day)s %(month)s",
            weekday=self.weekday(WEEKDAYS[day.weekday()]),
            day=day.day,
            month=self.catalogue.pgettext("month in a date", MONTHS[day.month - 1]),
        )

    def short_day(self, day: date) -> str:
        """A date without its year, the month in a few letters.

        Example:
            >>> ENGLISH.short_day(date(2026, 2, 9)), language_of("pl").short_day(date(2026, 2, 9))
            ('9 Feb', '9 lut')
        """
        month = self.catalogue.pgettext("month in short", MONTHS[day.month - 1][:3])
        # Translators: a date without its year, such as 9 Feb.
        return self.gettext("%(day)s %(month)s", day=day.day, month=month)

    def draft_notice(self) -> str | None:
        """What a teacher is told of words in this language that no native speaker has read; None of those that need no notice."""
        if self.catalogue.info().get("last-translator") != DRAFT:
            return None
        return "draft translation; ask somebody who speaks it to read one before you send it"

    def sentences(self) -> dict[str, str | dict[int, str]]:
        """Every translation as the task pane takes it: message, behind its context and U+0004 where it has one -> the text, or of a
        plural form -> text. Topics and activities, which the pane shows as the sheet does, stay out; empty of the source."""
        told: dict[str, str | dict[int, str]] = {}
        for key, text in getattr(self.catalogue, "_catalog", {}).items():
            message, form = key if isinstance(key, tuple) else (key, None)
            if not message or message.split("\x04")[0] in LISTS:
                continue
            if form is None:
                told[message] = text
            else:
                forms = told.setdefault(message, {})
                assert isinstance(forms, dict), "a message has plurals or it has none"
                forms[form] = text
        return told


LISTS = ("topic", "topic in words")
"""Contexts of the words that come from tables of the library."""


@cache
def language_of(code: str) -> Language:
    """The language with a code; what is said of a place is left aside, as in "cy-GB".

    Raises:
        ModelError: There is no catalogue for it; the text names those that there are.

    Example:
        >>> language_of("pl-PL"), language_of("").code
        (Language('pl'), 'en')
        >>> language_of("tlh")
        Traceback (most recent call last):
            ...
        model.errors.ModelError: 'tlh': there is no translation into this language, only cy, en, pl. Choose one of these.
    """
    short = code.strip().casefold().partition("-")[0].partition("_")[0] or SOURCE
    if short == SOURCE:
        return ENGLISH
    if not _CODE.fullmatch(short) or short not in languages():
        raise ModelError(
            f"{code!r}: there is no translation into this language, only {', '.join(languages())}. Choose one of these."
        )
    with (resources.files(__package__) / f"{short}.mo").open("rb") as file:
        return Language(short, GNUTranslations(file))


@cache
def languages() -> tuple[str, ...]:
    """The codes of the languages there are, English among them."""
    there = (each.name for each in resources.files(__package__).iterdir())
    return tuple(sorted({SOURCE, *(name.removesuffix(".mo") for name in there if name.endswith(".mo"))}))


ENGLISH = Language(SOURCE, NullTranslations())
