"""The letters as files: names without hazards, everything or nothing, and never over what is there.

Letters are written into a folder that is new or empty. A folder of earlier letters is refused: a letter of a student whose
decision has changed since would lie among the new ones. Beside them lies a CSV for a mail merge, safe to open in a
spreadsheet program: UTF-8 with a byte order mark, which Excel needs to read letters such as é, and what begins as a formula
behind an apostrophe.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from addin.errors import RequestProblem, WriteFailed
from addin.extras import is_there, needed
from addin.letters.compose import Letter, Letters
from addin.letters.facts import LetterFacts, Session, TopicMarks
from addin.letters.wording import READERS
from addin.reading.file_names import plain_name
from addin.reading.grid import safe
from model.local import private_folder

HTML, WORD = "html", "docx"
FORMATS = (HTML, WORD)
MAIL_MERGE = "mail-merge.csv"
BUTTONS_FOLDER = "written-letters"
"""In the program's data folder: where the ribbon's letters go, a folder each time."""

_LEFT_BY_SYSTEMS = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
"""What file managers put into a folder that a person sees as empty."""


@dataclass(frozen=True, kw_only=True)
class Written:
    """Where the letters are."""

    folder: Path
    files: tuple[str, ...]


def formats_here() -> tuple[str, ...]:
    """What is written where nobody asks for a format: every one whose libraries are installed.

    Example:
        >>> from unittest.mock import patch
        >>> with patch(f"{__name__}.is_there", return_value=False):
        ...     formats_here()
        ('html',)
    """
    return FORMATS if is_there("word") else (HTML,)


def write_letters(composed: Letters, folder: Path, *, formats: Sequence[str] | None = None) -> Written:
    """Write every letter and the CSV for a mail merge.

    Args:
        folder: A folder that does not exist yet, or is empty.
        formats: html, docx or both; left out, `formats_here()`.

    Raises:
        RequestProblem: The folder holds something, is a file, there is no letter, or what Word documents need is not installed.
        WriteFailed: The disk or folder does not allow it; nothing is left there.
    """
    _refuse_none(composed)
    refuse_used(folder, what="Letters")
    return write_into(folder, _contents(composed, formats or formats_here()), what="letters")


def write_into(folder: Path, contents: Mapping[str, bytes], *, what: str) -> Written:
    """Write files into a folder: all of them or none. They are about children: their owner alone can read them, where the system
    knows such permissions.

    Args:
        folder: It is made where it does not exist.
        contents: File name -> its bytes.
        what: What they are, for the message.

    Raises:
        WriteFailed: The disk or folder does not allow it; nothing is left there.
    """
    try:
        private_folder(folder)
        # Beside their place first: what cannot be written completely leaves nothing behind.
        draft = Path(tempfile.mkdtemp(prefix=".writing-", dir=folder))
        try:
            for name, content in contents.items():
                (draft / name).write_bytes(content)
                (draft / name).chmod(0o600)
            for name in contents:
                os.replace(draft / name, folder / name)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        raise WriteFailed(
            f"{folder}: the {what} were not written ({error.strerror or error}). Check the folder and its free space, or name "
            "another one."
        ) from error
    return Written(folder=folder, files=tuple(contents))


def zipped(composed: Letters, *, formats: Sequence[str] | None = None) -> bytes:
    """The same files in one archive, for a place that has no folder to write to; the same letters give the same bytes.

    Raises:
        RequestProblem: There is no letter.
    """
    _refuse_none(composed)
    return archive_of(_contents(composed, formats or formats_here()))


def archive_of(contents: Mapping[str, bytes]) -> bytes:
    """Files in one archive (.zip): file name -> its bytes; without times, so that the same files give the same bytes.

    Example:
        >>> zipfile.ZipFile(BytesIO(archive_of({"a.txt": b"one"}))).read("a.txt")
        b'one'
    """
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in contents.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def file_names(students: Iterable[LetterFacts]) -> dict[str, str]:
    """The beginning of the names of each student's files, by key.

    Students of one name are told apart by their student ID, or by a number where there is none, whether a system tells capitals
    from small letters or not.

    Example:
        >>> from dataclasses import replace
        >>> from datetime import date
        >>> from addin.letters.facts import Strengths
        >>> one = LetterFacts(key="id:1", row=2, student_id="ZQ1", name="Ova ../Zarrin", forename="Ova", form="", school="",
        ...     class_name="", teacher="", contact="", day=date(2026, 3, 2), strengths=Strengths(), topics=(), sessions=(),
        ...     focus=None, activity="")
        >>> file_names([one, replace(one, key="id:2", student_id="ZQ2")])
        {'id:1': 'Ova-Zarrin-ZQ1', 'id:2': 'Ova-Zarrin-ZQ2'}
    """
    everybody = list(students)
    names = {facts.key: plain_name(facts.name) for facts in everybody}
    alike = Counter(name.casefold() for name in names.values())
    taken: set[str] = set()
    for facts in everybody:
        name = names[facts.key]
        if alike[name.casefold()] > 1 and facts.student_id:
            name = f"{name}-{plain_name(facts.student_id)}"
        numbered, number = name, 2
        while numbered.casefold() in taken:
            numbered, number = f"{name}-{number}", number + 1
        taken.add(numbered.casefold())
        names[facts.key] = numbered
    return names


def _refuse_none(composed: Letters) -> None:
    if not composed.letters:
        raise RequestProblem(f"There is no letter to write. {' '.join(f'{notice}.' for notice in composed.notices)}")


def refuse_used(folder: Path, *, what: str) -> None:
    """Refuse, as RequestProblem, a folder that holds something; `what` begins the sentence that says why."""
    try:
        there = [each.name for each in folder.iterdir() if each.name.casefold() not in _LEFT_BY_SYSTEMS]
    except FileNotFoundError:
        return
    except NotADirectoryError:
        raise RequestProblem(f"{folder}: this is a file. Name a folder that is new or empty.") from None
    except OSError as error:
        raise RequestProblem(
            f"{folder}: the folder cannot be looked into ({error.strerror}). Name another one."
        ) from error
    if there:
        raise RequestProblem(
            f"{folder}: the folder holds {sorted(there)[0]} already. {what} go into a folder that is new or empty, so that no "
            "earlier ones lie among them. Name another one, or empty it."
        )


def _contents(composed: Letters, formats: Sequence[str]) -> dict[str, bytes]:
    """File name -> its bytes."""
    if WORD in formats:
        needed("word")
    names = file_names(letter.facts for letter in composed.letters)
    contents: dict[str, bytes] = {}
    for letter in composed.letters:
        for reader in READERS:
            for ending in formats:
                name = f"{names[letter.facts.key]}-{reader}.{ending}"
                contents[name] = _content(composed, letter, reader, ending)
    first = formats[0]
    family, student = (f"-{reader}.{first}" for reader in READERS)
    contents[MAIL_MERGE] = mail_merge(
        (letter.facts, names[letter.facts.key] + family, names[letter.facts.key] + student)
        for letter in composed.letters
    )
    return contents


def _content(composed: Letters, letter: Letter, reader: str, ending: str) -> bytes:
    blocks = letter.versions[reader]
    if ending == HTML:
        # Halves of a character, which a damaged file may hold, have no UTF-8.
        return composed.wording.page(blocks).encode("utf-8", errors="replace")
    from addin.letters.word import word_letter

    return word_letter(blocks, language=composed.wording.language, locale=composed.wording.locale, day=letter.facts.day)


HEADINGS = (
    "Student ID", "Name", "Forename", "Form", "School", "Class", "Teacher", "Contact", "Date",
    "Going well 1", "Going well 1 marks", "Going well 2", "Going well 2 marks",
    "Topic 1", "Topic 1 in words", "Topic 1 marks", "Topic 2", "Topic 2 in words", "Topic 2 marks",
    "Step 1", "Step 2", "Step 3", "Step 4",
    "Session", "Session date", "Day", "Time", "Room", "Staff", "Session topic", "What we will do",
    "Family letter", "Student letter",
)  # fmt: skip

_TOPICS, _STEPS = 2, 4


def mail_merge(letters: Iterable[tuple[LetterFacts, str, str]]) -> bytes:
    """The file's bytes.

    Args:
        letters: The facts of each student, and the names of the files to the family and to the student.
    """
    text = io.StringIO(newline="")
    # Every cell in quotation marks: a program that splits at another character leaves them whole.
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for facts, family, student in letters:
        writer.writerow([safe(cell) for cell in _cells(facts, family, student)])
    return text.getvalue().encode("utf-8-sig", errors="replace")


def _cells(facts: LetterFacts, family: str, student: str) -> list[str]:
    session = facts.sessions[0] if facts.sessions else Session(slot="")
    steps = [step.topic for step in facts.path.steps] if facts.path else []
    best, topics = ((*found, *[None] * _TOPICS)[:_TOPICS] for found in (facts.strengths.topics, facts.topics))
    return [
        facts.student_id, facts.name, facts.forename, facts.form, facts.school, facts.class_name, facts.teacher, facts.contact,
        facts.day.isoformat(),
        *(cell for topic in best for cell in (topic.topic if topic else "", _marks(topic))),
        *(cell for t in topics for cell in (t.topic if t else "", t.means if t else "", _marks(t))),
        *(steps + [""] * _STEPS)[:_STEPS],
        session.slot, session.date.isoformat() if session.date else "", session.day, session.time, session.room, session.staff,
        facts.focus.topic if facts.focus else "", facts.activity, family, student,
    ]  # fmt: skip


def _marks(topic: TopicMarks | None) -> str:
    if topic is None or topic.out_of is None or topic.earned is None:
        return ""
    # Not "9/30": a spreadsheet program would make a date of it.
    return f"{topic.earned:g} out of {topic.out_of:g}"
