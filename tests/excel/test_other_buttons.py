"""Check data, Clear, What if, E-mail and Help on the template and on messy books: the same as from the closed file.

python -m tests.excel.test_other_buttons      prints, button by button, how much was compared
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from email import message_from_binary_file, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from addin.errors import MarkbookError
from addin.files.marked import clear_file, score_file
from addin.files.package.read import read_book
from addin.hosts.closed_file import ClosedFile
from addin.mail.message import compose
from addin.reading.grid import Book, Sheet, address
from addin.reading.markbook import read_markbook
from addin.what_if import what_if_formulas
from templates.build import class_workbook
from tests.excel.engine import Press, Pressed, pages_after, payload_of, press_all
from tests.excel.test_messy_books import readable
from tests.excel.test_score_class import differing_cells
from tests.support import run

HOW_MANY = 10
BUTTONS = ("check_button", "clear_button", "whatif_button", "email_button", "help_button")
COLLEAGUE = ("Colleagues", "head.of.maths@school.example")


@dataclass(frozen=True)
class Books:
    """Marked workbooks by name, and what each button did with each of them in an open workbook."""

    marked: dict[str, Path]
    pressed: dict[tuple[str, str], Pressed]
    folder: Path

    def home(self, button: str, name: str) -> Path:
        """The data folder of whoever pressed a button on a book."""
        return self.folder / "homes" / button / name


def pressed_books(folder: Path, *, how_many: int | None = None) -> Books:
    """Mark the template and messy books, and press every button on each."""
    (folder / "messy").mkdir()
    class_workbook(folder / "sample.xlsx", students=30, seed=7)
    class_workbook(folder / "large.xlsx", students=120, seed=3)
    messy = readable(folder / "messy")
    names = sorted(messy)[:: max(1, len(messy) // how_many)][:how_many] if how_many else sorted(messy)
    unmarked = {"sample": folder / "sample.xlsx", "large": folder / "large.xlsx"} | {n: messy[n] for n in names}
    marked = {name: score_file(path, output=folder / f"{name}.done.xlsx").output for name, path in unmarked.items()}
    books = Books(marked, {}, folder)
    keys = [(button, name) for button in BUTTONS for name in marked]
    payloads = {name: payload_of(path) for name, path in marked.items()}
    presses = [
        Press(button=button, payload=_payload(payloads[name], button), home=books.home(button, name))
        for button, name in keys
    ]
    return replace(books, pressed=dict(zip(keys, press_all(presses), strict=True)))


def _payload(payload: dict[str, Any], button: str) -> dict[str, Any]:
    if button == "email_button":
        payload = deepcopy(payload)
        sheets = {sheet["name"].casefold(): sheet for sheet in payload["sheets"]}
        setup = sheets.get("setup")
        if setup is None:
            payload["sheets"].append(
                {**payload["sheets"][0], "name": "Setup", "values": [list(COLLEAGUE)], "tables": []}
            )
        elif COLLEAGUE[1] not in str(setup["values"]):
            width = max(2, len(setup["values"][0]))
            setup["values"] = [row + [""] * (width - len(row)) for row in setup["values"]]
            setup["values"].append([*COLLEAGUE, *[""] * (width - 2)])
    return payload


def checks_compared(books: Books) -> int:
    """How many queries Check data tells, all of them those of `markbook check`; and nothing was written."""
    compared = 0
    for name, path in books.marked.items():
        done = books.pressed["check_button", name]
        assert not done.refused, (name, done.refused)
        assert done.actions == [], name
        expected = json.loads(run("check", path, "--json").out)
        assert done.queries == expected["queries"], name
        assert f"{expected['students']} students" in done.told, name
        for query in expected["queries"][:8]:
            assert f"{query['cell']}: {query['value']!r}. Rule: {query['rule']}. {query['remedy']}." in done.told, name
        compared += len(expected["queries"])
    return compared


def clears_compared(books: Books) -> int:
    """How many cells there are after Clear, all of them those of `markbook clear`."""
    compared = 0
    for name, path in books.marked.items():
        done = books.pressed["clear_button", name]
        assert "are cleared" in done.told, (name, done.refused)
        closed, _ = clear_file(path, output=path.with_suffix(".cleared.xlsx"))
        compared += differing_cells(pages_after(path, done.actions), closed)
    return compared


def formulas_compared(books: Books) -> tuple[int, int]:
    """How many formulas What if wrote, each into its named cell, and in how many books it refused with the reason."""
    written = refused = 0
    for name, path in books.marked.items():
        done, formulas = books.pressed["whatif_button", name], _expected_formulas(path)
        if isinstance(formulas, str):
            assert formulas in done.refused, name
            assert done.actions == [], name
            refused += 1
        else:
            assert _formulas_in(done) == {_place_of(path, cell): text for cell, text in formulas.items()}
            assert len(_formulas_in(done)) == len(formulas)
            assert {action["func"] for action in done.actions} <= {"setFormula", "setSheetVisibility"}
            written += len(formulas)
    return written, refused


def _expected_formulas(path: Path) -> dict[str, str] | str:
    """Defined name -> formula, or why a workbook gets none."""
    book = ClosedFile(path, output=path).read()
    try:
        formulas = what_if_formulas(read_markbook(book))
    except MarkbookError as error:
        return str(error)
    missing = [name for name in formulas if name not in book.names]
    return f"no cell named '{missing[0]}'" if missing else formulas


def _formulas_in(done: Pressed) -> dict[tuple[int, str], str]:
    return {
        (action["sheet_position"], address(action["start_row"] + 1, action["start_column"] + 1)): action["values"][0][0]
        for action in done.actions
        if action["func"] != "setSheetVisibility"  # the sheet is hidden until it is used
    }


def _place_of(path: Path, name: str) -> tuple[int, str]:
    found: Mapping[str, Any] = next(named for named in payload_of(path)["names"] if named["name"].casefold() == name)
    return found["sheet_index"], found["address"]


def drafts_compared(books: Books) -> int:
    """How many cells the drafts' copies hold, all of them those of the copy of the closed file.

    An open workbook cannot tell which columns are hidden, so both are composed as if nobody knew; the message says so.
    """
    compared = 0
    for name, path in books.marked.items():
        done = books.pressed["email_button", name]
        assert not done.refused, (name, done.refused)
        assert done.actions == [], name
        (file,) = (books.home("email_button", name) / "drafts").iterdir()
        with file.open("rb") as stream:
            draft = message_from_binary_file(stream, policy=policy.default)
        book = _with_setup(ClosedFile(path, output=path).read())
        expected = compose(book, to=[COLLEAGUE[1]], source="closed.xlsx")
        # What is said is the same too; the day and the boundaries between the parts are not compared.
        assert draft.get_body(("plain",)).get_content() == expected.get_body(("plain",)).get_content(), name  # type: ignore[union-attr]
        ours, theirs = (_copy_in(m, books.folder) for m in (draft, expected))
        assert ours == theirs, name
        compared += sum(cell is not None for row in ours for cell in row)
    return compared


def _with_setup(book: Book) -> Book:
    setup = book.sheet("Setup")
    rows = () if setup is None else setup.rows
    ours = Sheet(name="Setup" if setup is None else setup.name, rows=(*rows, COLLEAGUE))
    others = (replace(sheet, hidden_columns=None) for sheet in book.sheets if sheet is not setup)
    return replace(book, sheets=(*others, ours))


def _copy_in(message: EmailMessage, folder: Path) -> tuple[tuple[Any, ...], ...]:
    (attachment,) = message.iter_attachments()
    path = folder / "copy.xlsx"
    path.write_bytes(attachment.get_content())
    # The name of a sheet stands for a row of its own.
    return tuple(row for sheet in read_book(path).sheets for row in ((sheet.name,), *sheet.rows))


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    return pressed_books(tmp_path_factory.mktemp("buttons"), how_many=HOW_MANY)


def test_check_tells_the_same_queries_as_the_command(books: Books) -> None:
    assert checks_compared(books) > HOW_MANY


def test_clear_leaves_the_same_cells_as_the_command(books: Books) -> None:
    assert clears_compared(books) > 1000


def test_what_if_writes_its_formulas_or_says_why_not(books: Books) -> None:
    written, refused = formulas_compared(books)
    assert written == 2 * 4, "the sample and the large class are made from the template"
    assert refused == len(books.marked) - 2


def test_drafts_hold_the_same_values_as_those_of_the_closed_file(books: Books) -> None:
    assert drafts_compared(books) > 1000


def test_help_says_the_same_everywhere_and_touches_nothing(books: Books) -> None:
    helps = [books.pressed["help_button", name] for name in books.marked]
    assert len({done.told for done in helps}) == 1
    assert not any(done.actions or done.refused for done in helps)


def main() -> None:
    """Compare every messy book that can be scored, and two made from the template, and print the counts."""
    with tempfile.TemporaryDirectory() as name:
        books = pressed_books(Path(name))
        written, refused = formulas_compared(books)
        sys.stdout.write(
            f"{len(books.marked)} books. Check data: {checks_compared(books):,} queries compared. "
            f"Clear: {clears_compared(books):,} cells compared. What if: {written} formulas compared, refused in {refused} books "
            f"that lack its sheet. E-mail: {drafts_compared(books):,} cells of drafts compared. 0 differ\n"
        )


if __name__ == "__main__":
    main()
