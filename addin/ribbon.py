"""What each button of the ribbon does: a function that takes a host and answers what to tell the user.

Errors are the caller's to show (`addin/excel/desktop/entries.py`, the server): every one is a `MarkbookError` whose text says
what to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from addin.errors import RequestProblem
from addin.extras import left_out, needed
from addin.hosts.base import Host, LiveHost
from addin.reading.grid import Book, as_text
from addin.reading.headings.column import MARKED_ROLES, Role
from addin.reading.markbook import Markbook, read_markbook, told_of_columns
from addin.reading.table.asked import shown
from addin.results.scored import Review
from addin.review import Reviewing, clear_results, markbooks, reviews, score_classes
from addin.what_if import what_if_formulas
from model.local import folder as data_folder
from model.local import private_folder
from model.vocabulary import Flag, counted, day_told

MOST_QUERIES = 8
"""A message box holds about this many lines that anybody reads."""


def score_button(host: Host, *, reviewed: Reviewing = reviews) -> str:
    """Score class: read the markbook, write the results, and say in a few lines what was found.

    Args:
        host: Where the markbook lives.
        reviewed: As in `addin.review.score_classes`.

    Raises:
        MarkbookError: The class cannot be scored; the text says why and what to do, and nothing is written.
    """
    done, notices = score_classes(host, reviewed=reviewed)
    told = [summary(done[0])] if len(done) == 1 else [f"{each.markbook.sheet}: {summary(each)}" for each in done]
    return "\n".join([*told, *notices])


def check_button(host: Host) -> str:
    """Check data: how the columns are understood, and which cells are not. Nothing is written.

    Raises:
        MarkbookError: The sheet cannot be found or read.
    """
    book = host.read()
    return "\n\n".join(_checked(book, markbook) for markbook in markbooks(book))


def _checked(book: Book, markbook: Markbook) -> str:
    known = [column for column in markbook.columns if column.heading]
    tests = sum(column.role in MARKED_ROLES for column in known)
    ignored = [column.heading for column in known if column.role is Role.IGNORED]
    lines = [
        f"Sheet '{markbook.sheet}': {counted(len(markbook.students), 'student')}, {tests} columns of marks.",
        f"Half-term {markbook.cohort.half_term}, from {markbook.half_term_from}.",
    ]
    if ignored:
        lines.append(f"Not used: {', '.join(ignored)}.")
    lines += [note if note.endswith(".") else f"{note}." for note in markbook.notes]
    guesses = list(_guesses(book, markbook))
    if guesses:
        lines += [
            *guesses[:MOST_QUERIES],
            "Say once what a column means, in two columns Heading and Means on a sheet Columns.",
        ]
    return "\n".join([*lines, *told_of_columns(markbook), *queries_told(markbook)])


def _guesses(book: Book, markbook: Markbook) -> Iterator[str]:
    """A line for each column that is a guess or left out: three of its values, what it is taken for, and why."""
    sheet = book.sheet(markbook.sheet)
    rows = [student.row for student in markbook.students]
    for one in shown(sheet, markbook.columns, rows) if sheet is not None else ():
        if not one.is_sure:
            guess = "left out" if one.is_left_out else f"taken for {one.guess}"
            yield f"{one.place} '{one.heading}' ({', '.join(one.samples) or 'nothing yet'}): {guess}, {one.why}."


def clear_button(host: Host) -> str:
    """Clear: empty the seven result columns; Decision and Decision note stay.

    Raises:
        MarkbookError: The sheet cannot be found or read, or the students moved; nothing is written.
    """
    cleared, notices = clear_results(host)
    told = [
        f"The results on sheet '{markbook.sheet}' are cleared; decisions and notes stay."
        if markbook.results
        else f"Sheet '{markbook.sheet}' has no results to clear."
        for markbook in cleared
    ]
    return "\n".join([*told, *notices])


def whatif_button(host: LiveHost) -> str:
    """What if: write the formulas of the sheet `What if` into the open workbook.

    They are written here and not shipped in the template, since the desktop and the server save them in different spellings.

    Raises:
        MarkbookError: The markbook cannot be read, or is not made from the template.
    """
    book = host.read()
    markbook = read_markbook(book)
    host.set_formulas(what_if_formulas(markbook))
    chosen = as_text(book.names.get("what_if_student"))
    return (
        "The sheet 'What if' shows the risk now and as it would be. Change the student, what changes and to what; the figures "
        f"follow.{'' if chosen else ' Choose a student first.'} This is association in past data and no promise."
    )


def email_button(host: Host, *, folder: Path | None = None) -> str:
    """E-mail markbook: a values-only copy of the marked markbook to the colleagues named in Setup, in a window of Outlook for
    Windows where it is present, else in a draft. Nothing is sent.

    Args:
        host: Where the markbook lives.
        folder: Where a draft goes, and no window is opened; left out, `drafts` in the program's data folder.

    Raises:
        RequestProblem: Setup names no address, or one outside the domains that the settings allow.
        MarkbookError: There are no results to send, or the draft cannot be written.
    """
    from addin.mail import outlook
    from addin.mail.attachment import of_values
    from addin.mail.log import MailLog, Outcome
    from addin.mail.message import addresses_in, compose
    from addin.mail.outbox import keep_draft
    from addin.mail.settings import load_settings

    book = host.read()
    to = addresses_in(book)
    if not to:
        raise RequestProblem("There is no mail address on the sheet Setup. Enter a colleague's there, and press again.")
    settings = load_settings()
    settings.refuse_foreign(to)
    markbook = read_markbook(book)
    name = as_text(book.names.get("class_name")) or markbook.sheet
    plain = "".join(letter if letter.isalnum() else "-" for letter in name)
    attachment = of_values(book, markbook, source=f"{plain}.xlsx")
    message = compose(book, to=to, source=f"{plain}.xlsx", attachment=attachment)
    settings.refuse_large(len(message.as_bytes()))
    hidden = "".join(f", {words}" for words in attachment.holds)
    told = f"It holds {counted(attachment.students, 'student')}{hidden}. Left out: {'; '.join(attachment.left_out)}."
    if folder is None and outlook.is_present():
        outlook.show(message)
        MailLog().add(attachment, to, Outcome.SHOWN)
        return f"Outlook shows a message to {', '.join(to)}. Look at it, and send it from there. {told}"
    drafts = private_folder(folder or data_folder() / "drafts")
    path = drafts / f"{plain}-{datetime.now():%Y-%m-%d-%H%M%S}.eml"
    keep_draft(message, path)
    MailLog().add(attachment, to, Outcome.DRAFTED)
    return f"A draft to {', '.join(to)} is in {path}. Open it, look at it, and send it from your mail program. {told}"


def plan_button(host: Host) -> str:
    """Plan clinics: score the class and fill the sheet Clinic plan with who is invited to the next session of every clinic.

    Raises:
        SheetProblem: There is no sheet of clinics to plan for.
        MarkbookError: Anything else that keeps the clinics from being planned; nothing is written.
    """
    from addin.clinics.planning import plan_class
    from model.clinics.reasons import about_group

    made, notices = plan_class(host, with_impact=True)
    lines = [
        f"{s.group.slot.name}, {day_told(s.day, '{weekday} {number} {month}')}: {about_group(s.group)}."
        for s in made.sessions
    ]
    without = len(made.review.results) - len(made.places())
    lines.append(f"Without a place: {without}; the sheet Clinic plan says of each why, and who is next in line.")
    lines += [note if note.endswith(".") else f"{note}." for note in (*made.notes, *notices)]
    if made.queries:
        first = made.queries[0]
        lines.append(
            f"Not understood: {len(made.queries)}; the first is {first.cell}: {first.value!r}. {first.remedy}."
        )
    return "\n".join(lines)


def packs_button(host: Host, *, folder: Path | None = None) -> str:
    """Clinic packs: what each coming session of the sheet Clinic plan needs on paper, in every print. Nothing is sent.

    Args:
        host: Where the markbook lives.
        folder: A new or empty folder for them; left out, one named after class and time in the program's data folder.

    Raises:
        RequestProblem: There is no plan, every session of it is over, or what packs need is not installed.
        MarkbookError: The markbook cannot be used, or the packs cannot be written.
    """
    needed("packs")
    from addin.packs.compose import packs_of
    from addin.packs.folder import ALL_TOLD, BUTTONS_FOLDER, PRINTS, write_packs

    book = host.read()
    made = packs_of(book, today=date.today(), home=True)
    written = write_packs(made, folder or _new_folder(BUTTONS_FOLDER, book), prints=PRINTS)
    lines = [made.told(), f"They are in {written.folder}: {len(written.files)} files, {ALL_TOLD}"]
    return "\n".join([*lines, *(f"{notice}." for notice in (*made.notices, *left_out("word")))])


def letters_button(host: Host, *, folder: Path | None = None) -> str:
    """Letters: a letter to the family and one to the student for everybody whose decision is Accept. Nothing is sent.

    Args:
        host: Where the markbook lives.
        folder: A new or empty folder for them; left out, one named after class and time in the program's data folder.

    Raises:
        RequestProblem: Nobody is accepted.
        MarkbookError: The markbook or an edited template cannot be used, or the letters cannot be written.
    """
    from addin.letters.compose import compose as compose_letters
    from addin.letters.folder import BUTTONS_FOLDER, write_letters

    book = host.read()
    composed = compose_letters(book)
    written = write_letters(composed, folder or _new_folder(BUTTONS_FOLDER, book))
    return "\n".join(
        [
            composed.told(),
            f"They are in {written.folder}.",
            *(f"{notice}." for notice in (*composed.notices, *left_out("word"))),
        ]
    )


def _new_folder(kind: str, book: Book) -> Path:
    """In the program's data folder, one named after class and time."""
    from addin.reading.file_names import plain_name

    name = plain_name(as_text(book.names.get("class_name")) or "class")
    return data_folder() / kind / f"{name}-{datetime.now():%Y-%m-%d-%H%M%S}"


def help_button(host: Host) -> str:
    """Help: what the signs mean and where to read on."""
    return "\n".join(
        [
            f"{Flag.HIGH}: likely to miss the target; offer help first.",
            f"{Flag.WATCH}: may miss it; keep an eye on it.",
            f"{Flag.ON_TRACK}: likely to reach it.",
            f"{Flag.NOT_ENOUGH}: no mark to go by.",
            f"{Flag.ALWAYS_ABSENT}: absent from everything so far; find out first what keeps this student away.",
            "A flag is a prompt for a conversation, not a verdict. You decide: enter Accept, Reject or Defer.",
            "The sheet Guide in the template and the program's README say more.",
        ]
    )


def summary(done: Review) -> str:
    """The counts by flag, the queries and how the half-term was found, in words.

    Example:
        >>> from addin.reading.grid import Book, Sheet
        >>> from addin.review import review
        >>> rows = (("Name", "Target", "Angles (20)"), ("Ova Zarrin", 7, 2), ("Tul Beska", 6, "4?"))
        >>> print(summary(review(Book(sheets=(Sheet(name="Y9", rows=rows),)))))
        ▲ High: 1, ● Watch: 0, ■ On track: 0, ? Not enough data: 1, ◆ Always absent: 0.
        Half-term 1, from the number of assessments.
        1 cell was not understood; the first is C3: '4?'.
    """
    counts = done.counts()
    lines = [
        ", ".join(f"{flag}: {counts[flag]}" for flag in Flag) + ".",
        f"Half-term {done.markbook.cohort.half_term}, from {done.markbook.half_term_from}.",
    ]
    queries = done.markbook.queries
    if queries:
        were = "cell was" if len(queries) == 1 else "cells were"
        lines.append(f"{len(queries)} {were} not understood; the first is {queries[0].cell}: {queries[0].value!r}.")
    return "\n".join(lines)


def queries_told(markbook: Markbook) -> list[str]:
    """The first queries, a line each; none where there is none."""
    if not markbook.queries:
        return []
    lines = [f"Not understood: {len(markbook.queries)}"]
    lines += [
        f"{query.cell}: {query.value!r}. Rule: {query.rule}. {query.remedy}."
        for query in markbook.queries[:MOST_QUERIES]
    ]
    if len(markbook.queries) > MOST_QUERIES:
        lines.append(f"and {len(markbook.queries) - MOST_QUERIES} more; the sheet Queries lists them all.")
    return lines
