"""`markbook plan`: what is written where, what is kept, and what is refused."""

from __future__ import annotations

import json
import locale
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from addin.clinics.sheet import slots_in
from addin.files.package.read import read_book
from addin.mail.message import compose
from addin.results.clinic_slots import EXAMPLE, HEADINGS
from model.vocabulary import WEEKDAYS
from templates.build import class_workbook
from tests.files.package.lint import lint
from tests.files.package.validator import validator_errors
from tests.support import BAD_INPUT_NAMES, BAD_INPUTS, class_file, contents, opened, refused, run
from tests.tools import missing

pytestmark = pytest.mark.dates


@pytest.fixture
def source(tmp_path: Path) -> Path:
    class_workbook(tmp_path / "class.xlsx", students=30, seed=2026)
    return tmp_path / "class.xlsx"


def plan_of(*arguments: object) -> dict[str, object]:
    ran = run("plan", *arguments, "--json")
    assert (ran.code, ran.err) == (0, "")
    told = json.loads(ran.out)
    assert isinstance(told, dict)
    return told


def test_the_input_is_not_touched_and_everything_stands_beside_it(source: Path, tmp_path: Path) -> None:
    before = source.read_bytes()
    ran = run("plan", source)
    assert (ran.code, ran.err) == (0, "")
    assert source.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["class.clinics", "class.marked.xlsx", "class.xlsx"]
    assert sorted(contents(tmp_path / "class.clinics")) == [
        "mon-lunch.ics", "registers.html", "thu-lunch.ics", "tue-after-school.ics",
    ]  # fmt: skip
    assert ran.out.rstrip().endswith(f"Written to {tmp_path / 'class.marked.xlsx'}")
    for words in ("Mon lunch", "next in line", "Without a place", "You rejected a place"):
        assert words in ran.out


def test_the_same_day_again_writes_nothing(source: Path, tmp_path: Path) -> None:
    run("plan", source)
    before = contents(tmp_path)
    assert "holds this plan already" in run("plan", tmp_path / "class.marked.xlsx").out
    assert contents(tmp_path) == before


def test_json_tells_groups_that_keep_their_seats(source: Path) -> None:
    told = plan_of(source)
    students = told["students"]
    assert isinstance(students, list)
    assert [student["row"] for student in students] == list(range(5, 35))
    assert all(student["why"] for student in students)
    clinics = told["clinics"]
    assert isinstance(clinics, list)
    for clinic in clinics:
        assert clinic["overflow"] <= 0.1
        assert WEEKDAYS[date.fromisoformat(clinic["date"]).weekday()] == clinic["day"]
        assert clinic["expected"] == pytest.approx(sum(one["chance"] for one in clinic["invited"]), abs=1e-3)
        assert clinic["strand"] in (None, *{one["strand"] for one in clinic["invited"]})
    invited = [one["student_id"] for clinic in clinics for one in clinic["invited"]]
    assert len(invited) == len(set(invited)) == sum(bool(student["slots"]) for student in students)
    assert told["impact"] is None


def test_impact_is_told_when_asked_for(source: Path) -> None:
    told = plan_of(source, "--impact")["impact"]
    assert isinstance(told, dict)
    assert set(told) >= {"offered", "attended", "compared", "effect", "low", "high", "warning"}
    assert told["effect"] is None  # eight students of the sample were offered clinics: too few for a figure


def test_attendance_survives_the_next_plan_and_the_next_score_of_the_original(source: Path, tmp_path: Path) -> None:
    run("plan", source)
    marked = tmp_path / "class.marked.xlsx"
    book, page = opened(marked, "Clinic plan")
    attended = [cell.value for cell in page[1]].index("Attended") + 1
    first = next(row for row in range(2, page.max_row) if page.cell(row, 3).value == "Invited")
    who, day = page.cell(first, 4).value, page.cell(first, 1).value
    page.cell(first, attended).value = 1
    book.save(marked)
    for command in ("plan", "score", "plan"):
        assert run(command, source).code == 0
        _, page = opened(marked, "Clinic plan")
        rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
        assert [row[attended - 1] for row in rows if row[3] == who and row[0] == day] == [1], command


def test_the_registers_name_the_students_and_judge_nobody(source: Path, tmp_path: Path) -> None:
    told = plan_of(source)
    page = (tmp_path / "class.clinics" / "registers.html").read_text(encoding="utf-8")
    clinics, students = told["clinics"], told["students"]
    assert isinstance(clinics, list)
    assert isinstance(students, list)
    for clinic in clinics:
        assert all(one["name"] in page for one in clinic["invited"])
    for student in students:
        assert student["slots"] or student["name"] not in page
    for word in ("risk", "priority", "likely", "%</td>", "High"):
        assert word not in page


def test_a_name_cannot_put_markup_into_the_register(tmp_path: Path) -> None:
    class_workbook(tmp_path / "class.xlsx", students=3, seed=1)
    book, page = opened(tmp_path / "class.xlsx", "Markbook")
    for row in (5, 6, 7):
        page.cell(row, 2).value = f"<script>alert({row})</script>"
    book.save(tmp_path / "class.xlsx")
    run("plan", tmp_path / "class.xlsx")
    text = (tmp_path / "class.clinics" / "registers.html").read_text(encoding="utf-8")
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_a_clinic_called_after_a_student_is_not_in_a_calendar(source: Path, tmp_path: Path) -> None:
    book, page = opened(source, "Markbook")
    surname, forename = str(page.cell(5, 2).value), str(page.cell(5, 3).value)
    clinics = book["Clinics"]
    cell = next(cell for row in clinics.iter_rows() for cell in row if cell.value == "Mon lunch")
    cell.value = f"Mon {forename} {surname}"
    book.save(source)
    assert run("plan", source).code == 0
    calendars = sorted((tmp_path / "class.clinics").glob("*.ics"))
    assert [path.name for path in calendars] == ["mon-a-student.ics", "thu-lunch.ics", "tue-after-school.ics"]
    for path in calendars:
        assert surname.casefold() not in path.name + path.read_text(encoding="utf-8").replace("\n ", "").casefold()
    assert f"Mon {forename} {surname}" in (tmp_path / "class.clinics" / "registers.html").read_text(encoding="utf-8")


def test_calendar_files_hold_the_session_and_nobodys_name(source: Path, tmp_path: Path) -> None:
    told = plan_of(source)
    students, clinics = told["students"], told["clinics"]
    assert isinstance(students, list)
    assert isinstance(clinics, list)
    names = {name for student in students for name in (*student["name"].split(), student["student_id"])}
    assert {clinic["slot"] for clinic in clinics} == {"Mon lunch", "Tue after school", "Thu lunch"}
    for clinic in clinics:  # in the order of their days, which begins with today's
        data = (tmp_path / "class.clinics" / f"{clinic['slot'].lower().replace(' ', '-')}.ics").read_bytes()
        (event,) = Calendar.from_ical(data).walk("VEVENT")
        assert str(event["summary"]) == f"Maths clinic: {clinic['slot']}"
        assert event.decoded("dtstart").date().isoformat() == clinic["date"]
        assert event.decoded("dtend") > event.decoded("dtstart")
        text = data.decode().replace("\r\n ", "")
        assert f"{len(clinic['invited'])} invited for {clinic['seats']} seats" in text.replace("\\", "")
        assert not [name for name in names if name in text]


def test_what_is_said_does_not_depend_on_the_language_of_the_program_around(source: Path, tmp_path: Path) -> None:
    def said() -> tuple[str, bytes, object, list[object]]:
        told, registers = run("plan", source), (tmp_path / "class.clinics" / "registers.html").read_bytes()
        marked = opened(tmp_path / "class.marked.xlsx", "Clinic plan")[1]
        message = compose(read_book(tmp_path / "class.marked.xlsx"), to=["head@school.example"], source="class.xlsx")
        return told.out, registers, message["Subject"], [cell.value for row in marked.iter_rows() for cell in row]

    assert "Mon lunch: Monday " in run("plan", source).out
    before, english = locale.setlocale(locale.LC_ALL), said()
    try:
        locale.setlocale(locale.LC_ALL, "de_DE.UTF-8")
        assert said() == english
    except locale.Error:
        missing("the system has no locale de_DE.UTF-8")
    finally:
        locale.setlocale(locale.LC_ALL, before)


def test_calendar_files_of_clinics_that_are_no_more_go_and_the_teachers_own_stay(source: Path, tmp_path: Path) -> None:
    run("plan", source)
    folder = tmp_path / "class.clinics"
    (folder / "mon-lunch.ics").rename(folder / "mon-breakfast.ics")
    (folder / "term-dates.ics").write_bytes(b"BEGIN:VCALENDAR\r\nPRODID:-//School//EN\r\nEND:VCALENDAR\r\n")
    run("plan", source)
    assert sorted(path.name for path in folder.glob("*.ics")) == [
        "mon-lunch.ics", "term-dates.ics", "thu-lunch.ics", "tue-after-school.ics",
    ]  # fmt: skip


def test_a_class_of_one_is_told_in_the_singular(tmp_path: Path) -> None:
    class_workbook(tmp_path / "one.xlsx", students=1, seed=5)
    told = run("plan", tmp_path / "one.xlsx").out
    assert "1 student invited to 1 clinic." in told
    assert "Nobody is invited: no student has a topic that it takes, or all who have were placed elsewhere." in told


def test_a_workbook_of_ones_own_needs_a_sheet_of_clinics(tmp_path: Path) -> None:
    path = class_file(tmp_path / "own.xlsx")
    before = contents(tmp_path)
    assert "--add-sheets" in refused(run("plan", path))
    assert contents(tmp_path) == before


def test_with_consent_it_gets_one_with_an_example_and_the_plan_goes_on(tmp_path: Path) -> None:
    path = class_file(tmp_path / "own.xlsx")
    before = path.read_bytes()
    ran = run("plan", path, "--add-sheets")
    assert (ran.code, ran.err, path.read_bytes()) == (0, "", before)
    assert "12:40-13:20" in ran.out
    assert "enter your own clinics there" in " ".join(ran.out.split())
    marked = tmp_path / "own.marked.xlsx"
    book, page = opened(marked, "Clinics")
    assert [[cell.value for cell in row] for row in page] == [list(HEADINGS), list(EXAMPLE)]
    assert {"Clinic plan", "Queries", "Runs"} <= set(book.sheetnames)
    slots, queries = slots_in(read_book(marked))
    assert ([slot.name for slot in slots], queries) == ([EXAMPLE[0]], ())
    assert lint(marked) == []
    assert validator_errors(marked) == []


def test_the_teachers_own_clinics_are_planned_next_and_no_run_loses_them(tmp_path: Path) -> None:
    path = class_file(tmp_path / "own.xlsx")
    assert run("plan", path, "--add-sheets").code == 0
    marked = tmp_path / "own.marked.xlsx"
    book, page = opened(marked, "Clinics")
    for column, value in enumerate(("Fri lunch", "Friday", "12:00-12:30", "M4", "Any", 3, "T. Example"), start=1):
        page.cell(2, column).value = value
    book.save(marked)
    # From the markbook without clinics and from the marked file, by plan and by score.
    for command in (("plan", path), ("score", path), ("plan", marked), ("plan", path, "--add-sheets")):
        ran = run(*command)
        assert (ran.code, ran.err) == (0, ""), command
        assert "example" not in ran.out
        assert [cell.value for cell in opened(marked, "Clinics")[1][2]][:2] == ["Fri lunch", "Friday"], command
    assert sorted(name.name for name in (tmp_path / "own.clinics").glob("*.ics")) == ["fri-lunch.ics"]


def test_an_empty_sheet_of_that_name_is_consent_enough(tmp_path: Path) -> None:
    path = class_file(tmp_path / "own.xlsx")
    book, _ = opened(path)
    book.create_sheet("Clinics")
    book.save(path)
    assert run("plan", path).code == 0
    _, page = opened(tmp_path / "own.marked.xlsx", "Clinics")
    assert page.cell(2, 1).value == EXAMPLE[0]


def test_a_sheet_called_clinics_with_other_headings_is_left_alone(tmp_path: Path) -> None:
    path = class_file(tmp_path / "own.xlsx")
    book, _ = opened(path)
    book.create_sheet("Clinics")["A1"] = "Dentist"
    book.save(path)
    before = contents(tmp_path)
    assert "was left alone" in refused(run("plan", path, "--add-sheets"))
    assert contents(tmp_path) == before


@pytest.mark.parametrize(("make", "word"), [(make, word) for _, make, word in BAD_INPUTS], ids=BAD_INPUT_NAMES)
def test_what_cannot_be_read_is_refused_in_one_line(make: object, word: str, tmp_path: Path) -> None:
    path = tmp_path / "class.xlsx"
    make(path)  # type: ignore[operator]
    assert word in refused(run("plan", path))
