"""Notes on flag cells: the right child's, never an old one, never in place of somebody's own, none where nobody can tell."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from addin.files.marked import score_file
from addin.files.package.read import read_book
from addin.hosts.flag_notes import CLOSING, MOST_NOTES, OPENING, is_ours, note_texts
from addin.reading.grid import address
from addin.reading.markbook import Markbook, read_markbook
from addin.results.columns import RESULT_COLUMNS
from addin.results.edits import ColumnEdit, Identity, SheetEdits
from model.vocabulary import Flag
from templates.build import class_workbook
from tests.excel.desktop import on_the_desktop
from tests.excel.engine import Press, payload_of, press_all

SHEET = "Markbook"


@pytest.fixture(scope="module")
def class_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("notes") / "class.xlsx"
    class_workbook(path, students=40, seed=7)
    return path


@pytest.fixture(scope="module")
def markbook(class_file: Path) -> Markbook:
    return read_markbook(read_book(class_file))


AFTER = f"""
def found():
    pages = {{page["name"]: [list(row) for row in page["values"]] for page in book.impl.api["sheets"]}}
    return {{"rows": pages["{SHEET}"], "cards": pages["Support"], "notes": notes("{SHEET}")}}
"""


def flagged(found: dict[str, Any], markbook: Markbook) -> dict[str, str]:
    """Address of every flagged student's flag cell -> the name that must be in its note."""
    flag = markbook.results["Flag"]
    who = {column.role.value: column.index for column in markbook.columns}
    cells = {}
    for row in range(markbook.first_row, markbook.last_row + 1):
        values = found["rows"][row - 1]
        if values[flag - 1] in (Flag.HIGH, Flag.WATCH):
            cells[address(row, flag)] = f"{values[who['surname']]} {values[who['forename']]}"
    return cells


def right(found: dict[str, Any], markbook: Markbook, day: str = "2 March 2026") -> int:
    """How many notes there are, each on its own student's flag cell, of the day, with all the reasons of the support card."""
    expected = flagged(found, markbook)
    why = {card[0].split(". ", 1)[-1]: card[2].splitlines() for card in found["cards"][1:] if card[0]}
    assert set(found["notes"]) == set(expected)
    for place, text in found["notes"].items():
        lines = text.splitlines()
        assert lines[:2] == [OPENING, day]
        assert lines[2].startswith(f"{expected[place]}: "), (place, lines[2])
        reasons = why[" ".join(reversed(expected[place].split(" ")))]
        assert len(reasons) > 1
        for reason in reasons:
            assert reason in lines
        assert lines[-1] == CLOSING
    return len(found["notes"])


@pytest.mark.dates
def test_every_flagged_student_has_a_note_with_name_day_and_reasons(class_file: Path, markbook: Markbook) -> None:
    found = on_the_desktop(f"{AFTER}\npress()\nanswer = found()", class_file)
    assert right(found, markbook) > 10


def test_the_next_run_leaves_no_older_note(class_file: Path, markbook: Markbook) -> None:
    """Nor one on a student who is not flagged any more: here whoever had a note has lost all marks since."""
    marks = [c.index + 1 for c in markbook.columns if c.role.value in ("test", "mock")]
    script = f"""{AFTER}
press()
first = sorted(notes("{SHEET}"))
row = book.sheets["{SHEET}"].range(first[0]).row
for column in {marks}:
    book.sheets["{SHEET}"].range((row, column)).value = None
press(day=date(2026, 3, 9))
answer = {{"lost": first[0], **found()}}
"""
    found = on_the_desktop(script, class_file)
    assert right(found, markbook, "9 March 2026") > 10
    assert found["lost"] not in found["notes"]


@pytest.mark.parametrize("with_notes", [True, False])
def test_after_a_sort_notes_are_the_right_childs(class_file: Path, markbook: Markbook, with_notes: bool) -> None:
    """Excel sorts notes along. Where something else does not, a note says whose it is, and the next run puts all right."""
    rows = list(range(markbook.last_row, markbook.first_row - 1, -1))
    script = f"""{AFTER}
press()
sort("{SHEET}", {rows}, {with_notes})
sorted_ = found()
press()
answer = [sorted_, found()]
"""
    between, after = on_the_desktop(script, class_file)
    assert right(after, markbook) > 10
    if with_notes:
        assert right(between, markbook) > 10
    else:
        texts = [text.splitlines()[2].partition(":")[0] for text in between["notes"].values()]
        assert sorted(texts) == sorted(flagged(between, markbook).values())


def test_somebodys_own_notes_are_never_touched(class_file: Path, markbook: Markbook) -> None:
    script = f"""{AFTER}
press()
sheet = book.sheets["{SHEET}"]
own, written_in = sorted(notes("{SHEET}"))[:2]
sheet.range(own).note.delete()
sheet.range(own).add_note("Rang home on Monday.")
texts["{SHEET}", written_in] += "\\nShe is ill."
sheet.range("A1").add_note("Parents' evening on the 4th")
before = {{place: notes("{SHEET}")[place] for place in (own, written_in, "A1")}}
told = press(day=date(2026, 3, 9))
answer = {{"before": before, "told": told, **found()}}
press("clear_button")
answer["cleared"] = notes("{SHEET}")
"""
    found = on_the_desktop(script, class_file)
    assert found["before"].items() <= found["notes"].items()
    assert "2 flag cells took no note, since they have one of somebody's own" in found["told"]
    assert {text.splitlines()[1] for text in found["notes"].values() if is_ours(text)} == {"9 March 2026"}
    assert set(found["notes"]) == set(flagged(found, markbook)) | {"A1"}
    assert found["cleared"] == found["before"]


def test_clear_takes_ours_away(class_file: Path) -> None:
    first, then = on_the_desktop(
        f'press()\nanswer = [len(notes("{SHEET}"))]\npress("clear_button")\nanswer.append(len(notes("{SHEET}")))',
        class_file,
    )
    assert first > 10
    assert then == 0


def test_what_writes_no_flags_leaves_the_notes(class_file: Path) -> None:
    """As the plan of the clinics does: its edits are listings alone."""
    script = f"""
from dataclasses import replace
from addin.results.annotate import empty
from addin.reading.markbook import read_markbook
press()
before = notes("{SHEET}")
host = XlwingsBook(book)
host.apply(replace(empty(read_markbook(host.read())), columns=()))
answer = [before, notes("{SHEET}")]
"""
    before, after = on_the_desktop(script, class_file)
    assert before == after
    assert len(after) > 10


def test_notes_that_cannot_be_deleted_are_told_and_stop_nothing(class_file: Path) -> None:
    script = f"""press()
protected = True
told = press(day=date(2026, 3, 9))
answer = [told, notes("{SHEET}")]
"""
    told, notes = on_the_desktop(script, class_file)
    assert f"{len(notes)} notes of an earlier run could not be deleted; each tells its day." in told
    assert {text.splitlines()[1] for text in notes.values()} == {"2 March 2026"}


def test_notes_that_cannot_be_read_stop_nothing_and_none_are_made(class_file: Path) -> None:
    script = f"""
def unreadable(note):
    raise OSError("the engine is busy")


remote.Note.text = property(unreadable)
book.sheets["{SHEET}"].range("A1").add_note("Parents' evening on the 4th")
answer = [press(), notes("{SHEET}")]
"""
    told, notes = on_the_desktop(script, class_file)
    assert "▲ High:" in told
    assert "cannot be read, so none were made" in told
    assert set(notes) == {"A1"}


def test_the_number_of_requests_does_not_grow_with_the_class(tmp_path: Path) -> None:
    counts = set()
    for students in (100, 200):
        path = tmp_path / f"{students}.xlsx"
        class_workbook(path, students=students, seed=3)
        placed, actions = on_the_desktop(
            f'press()\nanswer = [len(notes("{SHEET}")), len(book.json()["actions"])]', path
        )
        assert placed == MOST_NOTES
        counts.add(actions)
    assert len(counts) == 1


def test_on_a_server_no_note_is_made_and_old_ones_are_told(class_file: Path, markbook: Markbook) -> None:
    flag = markbook.results["Flag"]
    spots = {"flag": address(markbook.first_row, flag), "elsewhere": "A1", "none": None}
    presses = []
    for spot in spots.values():
        payload = payload_of(class_file)
        for sheet in payload["sheets"]:
            sheet["notes"] = [{"address": spot}] if spot and sheet["name"] == SHEET else []
        presses.append(Press(button="score_button", payload=payload, home=class_file.parent / "home"))
    payload = payload_of(class_file)
    for sheet in payload["sheets"]:
        sheet.update(notes=[], notes_supported=False)
    presses.append(Press(button="score_button", payload=payload, home=class_file.parent / "home"))
    flag_cell, *others = press_all(presses)
    assert "Notes on flag cells may be of an earlier run" in flag_cell.told
    for done in others:
        assert not done.refused
        assert "Notes" not in done.told
    for done in (flag_cell, *others):
        assert not [action for action in done.actions if "Note" in action["func"]]


def test_names_are_words_and_a_upn_is_never_in_a_note(class_file: Path) -> None:
    def note(*texts: str) -> str:
        values = {"Flag": Flag.HIGH, "Priority": 1, "Risk": 0.83, "Why": "Homework 22 %; Attendance 80 %."}
        edits = SheetEdits(
            sheet="Y9", header_row=1, first_row=2, last_row=2, identity_columns=tuple(range(1, len(texts) + 1)),
            columns=tuple(
                ColumnEdit(spec=spec, column=10 + i, values={2: values[spec.heading]}, is_new=True)
                for i, spec in enumerate(RESULT_COLUMNS) if spec.heading in values
            ),
            identities=(Identity(row=2, texts=texts),),
        )  # fmt: skip
        return note_texts(edits, date(2026, 3, 2))[2]

    assert note("417", "B801200005001", "Zarrin", "Ova", "9B").splitlines()[1:5] == [
        "2 March 2026",
        "Zarrin Ova: ▲ High, risk 83%",
        "- Homework 22 %",
        "- Attendance 80 %",
    ]
    assert "417: ▲ High" in note("B801200005001", "417")
    assert "B8012" not in note("B801200005001")


def test_a_closed_file_gets_none(class_file: Path, tmp_path: Path) -> None:
    output = score_file(class_file, output=tmp_path / "closed.xlsx").output
    assert OPENING.encode() not in output.read_bytes()
    assert not [part for part in _parts(output) if "comments" in part]


def _parts(path: Path) -> list[str]:
    with ZipFile(path) as parts:
        return parts.namelist()
