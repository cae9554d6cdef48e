"""The wording of letters: Jinja2 templates by language, the school's own copies before those that ship with the program.

    letter_family.<language>.txt.j2     to the family
    letter_student.<language>.txt.j2    to the student
    letter_words.<language>.csv         topics and activities in a family's words; a language may do without
    (shipped in English; the catalogue of translations, model/language, tells topics in other languages)
    letter_page.html.j2                 how a letter looks as a web page, for every language

A school edits copies in the folder `letters` of the program's data folder (`own_folder`); a file that is not there is taken from
the program. Templates run in Jinja2's sandbox: what a colleague sends round as a template can read a letter's facts and no more.
"""

from __future__ import annotations

import csv
import io
import re
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from addin.errors import FileProblem, RequestProblem, WriteFailed
from addin.letters.blocks import Block, as_fact, blocks_of
from addin.letters.facts import LetterFacts
from model.language.speech import ENGLISH as SPEAKS_ENGLISH
from model.language.speech import Language, language_of, languages
from model.local import folder as data_folder
from model.local import private_folder

OWN = "letters"
"""The folder inside the program's data folder."""

ENGLISH = "en"
READERS = ("family", "student")
WORDS_HEADINGS = ["kind", "name", "words"]
PAGE = "letter_page.html.j2"

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_PUT_BACK = "Correct it there, or delete the file and the program's own is used"


def own_folder() -> Path:
    """Where a school's own wording is looked for; it need not exist."""
    return data_folder() / OWN


@dataclass(frozen=True, kw_only=True)
class Words:
    """Topics, strands and activities in words that a family understands."""

    table: Mapping[tuple[str, str], str]

    def __bool__(self) -> bool:
        return bool(self.table)

    def of(self, kind: str, name: str) -> str:
        """The words for a name, "" where there are none.

        Example:
            >>> Words(table={("topic", "angles"): "how far lines turn"}).of("topic", "Angles")
            'how far lines turn'
        """
        return self.table.get((kind, name.casefold()), "")


class Wording:
    """The wording of one language.

    Args:
        language: A code such as "en" or "cy": of a language in the catalogue, or of a school's own wording.

    Raises:
        RequestProblem: There is no wording in that language; the text names those that there are.

    Example:
        >>> Wording("en").words.of("strand", "Ratio")
        'how amounts compare and grow together'
    """

    def __init__(self, language: str = ENGLISH) -> None:
        places = [path for path in (own_folder(), _shipped()) if path.is_dir()]
        there = _languages(places) | {*languages()}
        if not _LANGUAGE.fullmatch(language) or language not in there:
            missing = ", ".join(f"letter_{reader}.{language}.txt.j2" for reader in READERS)
            raise RequestProblem(
                f"{language!r}: there is no wording for letters in this language, only {', '.join(sorted(there))}. Choose one of "
                f"these, or write {missing} into {own_folder()}."
            )
        self.language = language
        # Notepad may put a mark before the first letter; "utf-8-sig" reads files with and without.
        self._loader = ChoiceLoader([FileSystemLoader(path, encoding="utf-8-sig") for path in places])
        self.speech = language_of(language) if language in languages() else SPEAKS_ENGLISH
        self._texts = _texts(self._loader, self.speech)
        self._shipped_texts = _texts(FileSystemLoader(_shipped(), encoding="utf-8-sig"), self.speech)
        self._pages = ImmutableSandboxedEnvironment(
            loader=self._loader, undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True
        )
        self.words = _words(places, language) or _translated(_words([_shipped()], ENGLISH), self.speech)

    @property
    def locale(self) -> str:
        """The language with a place, such as "cy-GB"; of a school's own language the code alone."""
        return self.speech.locale if self.language == self.speech.code else self.language

    def draft_notice(self) -> str | None:
        """What to tell the teacher of a translation that nobody who speaks it has read; None of other wording."""
        own = all((own_folder() / f"letter_{reader}.{self.language}.txt.j2").is_file() for reader in READERS)
        return None if own else self.speech.draft_notice()

    def letter(self, facts: LetterFacts, *, reader: str) -> tuple[Block, ...]:
        """The blocks of one letter.

        Raises:
            FileProblem: The template is broken; the text names file, line and remedy.
        """
        name, texts = f"letter_{reader}.{self.language}.txt.j2", self._texts
        if not self.speech.is_source and not (own_folder() / name).is_file():
            # A school's own English wording says nothing in other languages: these translate the one that ships.
            name, texts = f"letter_{reader}.{ENGLISH}.txt.j2", self._shipped_texts
        blocks = blocks_of(self._rendered(texts, name, {"letter": facts}))
        if not blocks:
            raise FileProblem(f"{self._place(name)}: the template gives an empty letter. {_PUT_BACK}.")
        return blocks

    def page(self, blocks: tuple[Block, ...]) -> str:
        """A letter as a web page that stands alone: no script, no picture, nothing to be fetched.

        Raises:
            FileProblem: The page's template is broken; the text names file, line and remedy.
        """
        return self._rendered(self._pages, PAGE, {"blocks": blocks, "language": self.language})

    def _rendered(self, environment: ImmutableSandboxedEnvironment, name: str, values: Mapping[str, object]) -> str:
        try:
            return environment.get_template(name).render(values)
        except TemplateSyntaxError as error:
            where = self._place(error.name or name)
            raise FileProblem(f"{where}, line {error.lineno}: {error.message}. {_PUT_BACK}.") from error
        except UnicodeDecodeError as error:
            raise FileProblem(
                f"{self._place(name)}: the file is not in UTF-8. Save it in UTF-8, or delete it and the program's own is used."
            ) from error
        except TemplateNotFound as error:
            raise FileProblem(
                f"{self._place(name)}: it needs {error.name}, which is not there. {_PUT_BACK}."
            ) from error
        except Exception as error:
            # What an edited template asks for may raise anything; whatever it is, its author needs the line.
            line = _line_of(error)
            what = error.message if isinstance(error, TemplateError) and error.message else f"{error}"
            at = f", line {line}" if line else ""
            raise FileProblem(f"{self._place(name)}{at}: {what.rstrip('.')}. {_PUT_BACK}.") from error

    def _place(self, name: str) -> Path:
        own = own_folder() / name
        return own if own.is_file() else _shipped() / name


def copy_wording() -> tuple[Path, tuple[Path, ...]]:
    """Copy the shipped wording to where a school's own is looked for; a file that is there already stays as it is.

    Returns:
        The folder, and the files that were copied.

    Raises:
        WriteFailed: The folder cannot be written to.
    """
    own, copied = own_folder(), []
    try:
        private_folder(own)
        for source in sorted(_shipped().glob("letter_*")):
            try:
                with (own / source.name).open("xb") as file:
                    file.write(source.read_bytes())
            except FileExistsError:
                continue
            copied.append(own / source.name)
    except OSError as error:
        raise WriteFailed(
            f"{error.filename or own}: the wording was not copied ({error.strerror}). Free the place and run again."
        ) from error
    return own, tuple(copied)


def _shipped() -> Path:
    return Path(str(resources.files("templates")))


def _languages(places: list[Path]) -> set[str]:
    """Languages that have every letter, in one place or the other."""
    found = [
        {path.name.split(".")[1] for place in places for path in place.glob(f"letter_{reader}.*.txt.j2")}
        for reader in READERS
    ]
    return set.intersection(*found)


def _shown(value: object) -> object:
    """A fact as text that is not taken for a mark; 12.0 is shown as 12, None as nothing."""
    if isinstance(value, StrictUndefined):
        return value
    return "" if value is None else as_fact(f"{value:g}" if isinstance(value, float) else str(value))


def _line_of(error: Exception) -> int | None:
    """The line of the template in which an error arose; Jinja2 puts template and line into the traceback."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".j2")]
    return lines[-1] if lines else None


def _texts(loader: BaseLoader, language: Language) -> ImmutableSandboxedEnvironment:
    """What letters are made with: sentences looked up in the catalogue, numbers, dates and topics as the language has them."""
    texts = ImmutableSandboxedEnvironment(
        loader=loader, undefined=StrictUndefined, autoescape=False, finalize=_shown, trim_blocks=True, lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )  # fmt: skip
    texts.policies["ext.i18n.trimmed"] = True
    # The extension puts in itself what belongs into a sentence.
    catalogue = language.catalogue
    texts.install_gettext_callables(  # type: ignore[attr-defined]  # the extension adds it
        catalogue.gettext, catalogue.ngettext, newstyle=True, pgettext=catalogue.pgettext, npgettext=catalogue.npgettext
    )
    texts.filters.update(
        number=language.number,
        day=language.day,
        weekday=language.weekday,
        weekday_and_day=language.weekday_and_day,
        listed=lambda names: language.listed(list(names)),
        topic=lambda name: language.word("topic", name) or name,
    )
    return texts


def _translated(words: Words, language: Language) -> Words:
    """The English words of topics in another language. Activities have none there: a letter then names the topic."""
    if language.is_source:
        return Words(table={})
    told = {
        (kind, name): language.word("topic in words", text) or ""
        for (kind, name), text in words.table.items()
        if kind != "activity"
    }
    return Words(table=told)


def _words(places: list[Path], language: str) -> Words:
    name = f"letter_words.{language}.csv"
    path = next((place / name for place in places if (place / name).is_file()), None)
    if path is None:
        return Words(table={})
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileProblem(f"{path}: the file is not in UTF-8. Save it in Excel as 'CSV UTF-8'.") from error
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    table = {}
    try:
        if reader.fieldnames != WORDS_HEADINGS:
            raise FileProblem(f"{path}, line 1: the headings must be {', '.join(WORDS_HEADINGS)}. {_PUT_BACK}.")
        for row in reader:
            kind, label, words = (" ".join((row[heading] or "").split()) for heading in WORDS_HEADINGS)
            if kind not in ("strand", "topic", "activity") or None in row:
                rule = "a line is strand, topic or activity, then the name, then the words"
                raise FileProblem(f"{path}, line {reader.line_num}: {rule}. {_PUT_BACK}.")
            table[kind, label.casefold()] = words
    except csv.Error as error:
        raise FileProblem(f"{path}, line {reader.reader.line_num}: {error}. {_PUT_BACK}.") from error
    return Words(table=table)
