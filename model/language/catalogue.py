"""Makes the catalogue from the sources: `python -m model.language.catalogue`, in a checkout with the extra `dev`.

    sources -> markbook.pot -> every .po brought up to date, its translations kept -> every .mo

What is found: calls of gettext, ngettext, pgettext, gettext_noop and Sentence in Python; `trans` in the letters' templates; text in
the task pane's pages, and gettext and ngettext in its scripts; names of topics, and topics in a family's words; days and months.
Activities are the library's own texts and stay English: letters in another language name the topic instead.

A new language begins with `python -m model.language.catalogue de`. `--check` writes nothing and tells what would change,
and which sentences have no translation.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from gettext import GNUTranslations
from html.parser import HTMLParser
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from model.curriculum import topics
from model.errors import ModelError
from model.language.speech import DRAFT
from model.vocabulary import MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
POT = HERE / "markbook.pot"
PACKAGES = ("addin", "model", "templates")
PANE, COMMANDS = "addin/excel/server/project", "addin/cli"
WORDS = "templates/letter_words.en.csv"
ASK = "CONTRIBUTING.md"
"""Where a translator finds whom to ask."""

_NAMED: dict[str, str] = {"project": "Maths Clinic Markbook", "version": "catalogue", "charset": "utf-8"}
TAB = "Maths Clinic"
"""What stands for `tab` in the pane's pages: the name of the tab in Excel (`addin.excel.buttons`), which is not translated."""

_KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "gettext": None,
    "gettext_noop": None,
    "Sentence": None,
    "say": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
_ABOUT = """# What the Maths Clinic Markbook says in letters, reasons and its task pane.
#"""
_DRAFT_ABOUT = f"""{_ABOUT[:-2]}
# This translation has not yet been read by a native speaker. Whoever reads it puts a name behind Last-Translator;
# until then the program tells teachers that it is a draft.
#"""


class Found(NamedTuple):
    """A message of the sources.

    Args:
        message: The text, or the texts for one and for many.
        context: What tells it from the same text elsewhere, "" without one.
        comments: What translators are told.
    """

    message: str | tuple[str, str]
    where: str
    context: str = ""
    comments: tuple[str, ...] = ()


def template(root: Path = ROOT) -> Catalog:
    """The catalogue of the sources, without translations.

    Args:
        root: The folder of the sources.
    """
    from babel.messages.catalog import Catalog

    made = Catalog(header_comment=_ABOUT, msgid_bugs_address=ASK, fuzzy=False, **_NAMED)
    for found in _found(root):
        made.add(
            found.message, locations=[(found.where, 0)], context=found.context or None, auto_comments=found.comments
        )
    return made


def _found(root: Path) -> Iterator[Found]:
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            if path.is_relative_to(root / COMMANDS):  # what is printed on a terminal is English, by a `say` of its own
                continue
            yield from _of_calls(root, path, "python")
    for path in sorted((root / "templates").glob("letter_*.txt.j2")):
        yield from _of_calls(
            root, path, "jinja2.ext:babel_extract", trimmed="true", newstyle_gettext="true", silent="false"
        )
    for path in sorted((root / PANE / "static/js").glob("*.js")):
        yield from _of_calls(root, path, "javascript")
    for path in (root / PANE / "templates/taskpane.html", *sorted((root / PANE / "templates/pane").glob("*.html"))):
        for text in _Texts.of(path.read_text(encoding="utf-8")):
            yield Found(text, path.relative_to(root).as_posix())
    yield from _of_tables(root)


def _of_calls(root: Path, path: Path, method: str, **options: str) -> Iterator[Found]:
    from babel.messages.extract import extract

    where = path.relative_to(root).as_posix()
    with path.open("rb") as file:
        for _, message, comments, context in extract(
            method, file, keywords=_KEYWORDS, comment_tags=("Translators:",), options=options, strip_comment_tags=True
        ):
            text = message if isinstance(message, str) else (message[0], message[1])
            yield Found(text, where, context or "", (" ".join(comments),) if comments else ())


def _of_tables(root: Path) -> Iterator[Found]:
    for day in WEEKDAYS:
        yield Found(day, "model/vocabulary.py", "weekday")
    for month in MONTHS:
        yield Found(month, "model/vocabulary.py", "month in a date", ("as it stands behind the number of a day",))
        yield Found(month[:3], "model/vocabulary.py", "month in short")
    for topic in topics().values():
        yield Found(
            topic.name, "model/curriculum/topics.csv", "topic", ("what the topic is called in mathematics lessons",)
        )
    with (root / WORDS).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            kind, name, words = row["kind"], row["name"], row["words"]
            if kind != "activity":
                about = f"{name}: stands in brackets behind the topic"
                yield Found(words.replace("%", "%%"), WORDS, "topic in words", (about,))


class _Texts(HTMLParser):
    """Everything in a page that a person reads: text between tags, and what some attributes say."""

    READ = ("title", "aria-label", "placeholder")

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside: list[str] = []

    @classmethod
    def of(cls, page: str) -> tuple[str, ...]:
        """The texts; what a template fills in whole is no text of the page, and what it repeats is read once.

        Example:
            >>> _Texts.of('<p title="{{ a }}">Two\\n  words</p>{# no #}<b aria-label="Here">{{ b }}</b><i>–</i>')
            ('Two words', 'Here')
        """
        page = re.sub(r"\{#.*?#\}|\{%.*?%\}", "", page, flags=re.DOTALL).replace("{{ tab }}", TAB)
        made = cls()
        made.feed(page)
        return tuple(dict.fromkeys(made.found))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what attributes say."""
        self._inside.append(tag)
        for name, value in attrs:
            if name in self.READ:
                self._keep(value or "")

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        while self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Keep what stands between tags."""
        if not {"script", "style"} & set(self._inside[-1:]):
            self._keep(data)

    def _keep(self, text: str) -> None:
        words = " ".join(text.split())
        if "{{" not in words and any(map(str.isalpha, words)):
            self.found.append(words)


def read(path: Path) -> Catalog:
    """A .po or .pot file."""
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def as_po(catalogue: Catalog) -> str:
    """A catalogue as the text of its file."""
    from babel.messages.pofile import write_po

    buffer = BytesIO()
    write_po(buffer, catalogue, width=120, include_lineno=False, ignore_obsolete=True)
    # Babel's version is no part of a translation.
    text = "".join(
        line for line in buffer.getvalue().decode("utf-8").splitlines(keepends=True) if "Generated-By" not in line
    )
    return text.rstrip("\n") + "\n"


def as_mo(catalogue: Catalog) -> bytes:
    """A catalogue as Python's gettext reads it."""
    from babel.messages.mofile import write_mo

    buffer = BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def lacking(catalogue: Catalog) -> tuple[str, ...]:
    """What of a language has no translation, or one that is only guessed, or lacks a plural; its messages in English."""
    return tuple(
        str(message.id)
        for message in catalogue
        if message.id
        and (
            message.fuzzy or not all(message.string if isinstance(message.string, (tuple, list)) else (message.string,))
        )
    )


def made(root: Path = ROOT, new: Sequence[str] = ()) -> dict[Path, bytes]:
    """Every file of the catalogue as it should be.

    Args:
        new: Codes of languages that begin, such as "de" or "de_DE".
    """
    wanted = template(root)
    # Dates of making would make every run another file.
    wanted.creation_date = read(POT).creation_date if POT.is_file() else datetime.now(UTC)
    files = {POT: as_po(wanted).encode()}
    paths = [*sorted(HERE.glob("*.po")), *(HERE / f"{code.partition('_')[0]}.po" for code in new)]
    for path, code in zip(paths, [*([""] * (len(paths) - len(new))), *new], strict=True):
        one = begun(code, wanted) if code else read(path)
        text = as_po(_with_header(one, wanted))
        files[path] = text.encode()
        files[path.with_suffix(".mo")] = as_mo(_parsed(text))
    return files


def begun(code: str, wanted: Catalog) -> Catalog:
    """The catalogue of a language that begins: a draft, with the plurals that Babel knows of it."""
    from babel.messages.catalog import Catalog

    return Catalog(
        locale=code,
        header_comment=_DRAFT_ABOUT,
        last_translator=DRAFT,
        language_team=ASK,
        msgid_bugs_address=ASK,
        revision_date=wanted.creation_date,
        fuzzy=False,
        **_NAMED,
    )


def _with_header(one: Catalog, wanted: Catalog) -> Catalog:
    one.update(wanted, no_fuzzy_matching=True)
    one.creation_date = wanted.creation_date
    return one


def _parsed(text: str) -> Catalog:
    from babel.messages.pofile import read_po

    return read_po(BytesIO(text.encode()))


def said(content: bytes) -> object:
    """What a file says: of a .mo without its header, which names Babel's version."""
    if content.startswith((b"msgid", b"#")):
        return content
    return {key: text for key, text in GNUTranslations(BytesIO(content))._catalog.items() if key}  # type: ignore[attr-defined]


def main(arguments: Sequence[str]) -> int:
    """Make the files, or with --check tell what is not as it should be."""
    check = "--check" in arguments
    try:
        files = made(new=[each for each in arguments if not each.startswith("-")])
    except ImportError:
        raise ModelError("The catalogue is made with Babel, which is not here. Install the extra dev.") from None
    old = [path for path, content in files.items() if not path.is_file() or said(path.read_bytes()) != said(content)]
    told = StringIO()
    for path in old:
        told.write(f"{path.name}: {'is not what the sources say' if check else 'written'}\n")
        if not check:
            path.write_bytes(files[path])
    without = 0
    for path, content in files.items():
        if path.suffix == ".po":
            missing = lacking(_parsed(content.decode()))
            without += len(missing)
            told.write("".join(f"{path.name}: without a translation: {each}\n" for each in missing))
    sys.stdout.write(told.getvalue() or "The catalogue is what the sources say, and whole.\n")
    return int(check and bool(old or without))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
