"""The task pane as a teacher uses it: the live server's page in headless Chromium, over the in-memory Excel."""

from __future__ import annotations

import email
import email.policy
import io
import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from addin.excel.buttons import BUTTONS
from addin.files.package.read import read_book
from addin.mail.message import addresses_in
from addin.reading.grid import address
from addin.reading.markbook import read_markbook
from addin.results.columns import DECISIONS, FLAG_COLOURS
from model.vocabulary import STRANDS, Flag
from tests import support
from tests.excel.pane_browser import CALLS, SHEET, Pane, decision_cells, open_pane, plain_workbook
from tests.excel.server_books import stand_in_cells, stand_in_workbook
from tests.excel.server_process import Live

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def read_only(chromium: Browser, live: Live, class_path: Path) -> Iterator[Pane]:
    """One pane for the tests that look and change no cell; each leaves everybody shown."""
    with open_pane(chromium, live, stand_in_workbook(class_path)) as pane:
        yield pane


# What is seen first


def test_the_class_is_shown_at_once_in_order_of_priority(read_only: Pane, live: Live, known: dict[str, Any]) -> None:
    page = read_only.page
    assert page.locator("h1").inner_text() == known["class"]
    assert page.locator("#about").inner_text() == "30 students · half-term 4 · sheet Markbook"
    assert read_only.names() == [student["name"] for student in known["students"]]
    assert page.locator("#students .because").all_text_contents() == [each["reasons"][0] for each in known["students"]]
    counts = {button.get_attribute("data-flag"): button.inner_text() for button in page.locator(".count").all()}
    assert {flag: int(text.split()[0]) for flag, text in counts.items()} == known["counts"]
    assert all(text.split()[1:] == str(flag).split() for flag, text in counts.items()), "sign and word"
    read_only.clean()


def test_no_name_goes_into_an_address_or_the_browsers_storage(pane: Pane, known: dict[str, Any]) -> None:
    student = known["students"][4]
    item = pane.expand(student["name"])
    item.get_by_role("textbox").fill("=spoke to the family")
    item.get_by_role("button", name="Defer").click()
    pane.settled()
    pane.page.locator("#search").fill(student["name"])
    kept = pane.page.evaluate("async () => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, "
                              "await indexedDB.databases(), await caches.keys(), location.href, history.state])")  # fmt: skip
    for word in (*student["name"].split(), student["student_id"], "spoke"):
        assert word not in kept
        assert not [url for url in pane.requests if word.casefold() in url.casefold()]
    fields = pane.page.locator("input, textarea").all()
    assert [(each.get_attribute("autocomplete"), each.get_attribute("spellcheck")) for each in fields] == [
        ("off", "false")
    ] * 2


def test_what_looks_like_markup_is_text(chromium: Browser, live: Live) -> None:
    markup = "<img src=x onerror=\"document.title='broken'\">"
    rows = support.students(3)
    rows[0][1:3] = [markup, "<b>Ova</b>"]
    rows[1][-1] = markup  # a cell that is not understood
    with open_pane(chromium, live, plain_workbook(rows)) as pane:
        page = pane.page
        pane.expand(f"<b>Ova</b> {markup}")
        assert markup in page.locator("#queries").inner_text()
        assert page.locator("main :is(img[src='x'], b)").count() == 0
        assert page.title() != "broken"
        pane.clean()


def test_flags_have_the_colours_of_the_sheet(read_only: Pane, known: dict[str, Any]) -> None:
    def rgb(colour: str) -> str:
        return "rgb({}, {}, {})".format(*bytes.fromhex(colour))

    there = {student["flag"] for student in known["students"]}
    assert len(there) == 4, "every flag but Always absent has a student in the sample"
    for what in (".count", "#students .flagged .flag"):
        for flag, colours in FLAG_COLOURS.items():
            if what != ".count" and flag not in there:
                continue
            selector = f'{what}[data-flag="{flag}"]' if what == ".count" else f'.student[data-flag="{flag}"] .flag'
            style = read_only.page.locator(selector).first.evaluate(
                "(e) => [getComputedStyle(e).backgroundColor, getComputedStyle(e).color]"
            )
            assert style == [rgb(colours.fill), rgb(colours.text)]


def test_a_student_shows_all_reasons_topics_with_marks_and_activities(read_only: Pane, known: dict[str, Any]) -> None:
    student = known["students"][0]
    item = read_only.student(student["name"])
    assert item.locator(".facts").inner_text() == "", "built when it is looked at"
    read_only.expand(student["name"])
    assert item.locator(".reasons li").all_inner_texts() == student["reasons"]
    topics = item.locator(".topics li").all()
    assert len(topics) == len(student["topics"]) == 2
    for shown, need in zip(topics, student["topics"], strict=True):
        assert shown.inner_text().split("\n") == [
            f"{need['topic']} ({need['strand']})", f"{need['earned']:g}/{need['out_of']:g}", f"{need['evidence']} evidence"
        ]  # fmt: skip
    steps = item.locator(".path li").all_inner_texts()
    assert len(steps) == len(student["pathway"]) >= 3
    for shown, step in zip(steps, student["pathway"], strict=True):
        assert shown.startswith(step["topic"])
        assert shown.endswith(f"{step['why']}. Done: {step['done_when']}.")
    for shown, activity in zip(item.locator("details").all(), student["activities"], strict=True):
        assert not shown.locator("dl").is_visible()
        shown.locator("summary").click()
        assert shown.locator("dd").all_inner_texts() == [
            activity[part] for part in ("misconception", "scaffold", "fade")
        ]


def test_a_class_of_one_and_nobody_yet(chromium: Browser, live: Live) -> None:
    with open_pane(chromium, live, plain_workbook(support.students(1))) as pane:
        assert pane.page.locator("#about").inner_text().startswith("1 student ·")
        assert len(pane.names()) == 1
    with open_pane(
        chromium, live, {"name": "b.xlsx", "sheets": [{"name": "Cover", "values": [["Maths department"]]}]}
    ) as pane:
        assert pane.page.locator("#problem p").inner_text().endswith(".")
        assert not pane.page.locator(".count, #search, #shown").locator("visible=true").count()
        assert "press Refresh" in pane.page.locator("#nobody").inner_text()
        pane.page.evaluate("(rows) => rows.forEach((row, r) => row.forEach((cell, c) => excel.write('Cover', r + 1, c + 1, cell)))",
                           plain_workbook(support.students(9))["sheets"][0]["values"])  # fmt: skip
        pane.press("Refresh")
        assert len(pane.names()) == 9
        assert pane.page.locator(".count").first.is_visible()
        assert pane.page.locator("#problem").inner_text() == ""


def test_a_year_of_200_with_long_names_fits(chromium: Browser, live: Live) -> None:
    rows = support.students(200)
    rows[0][1] = "Zovarrin-" * 12
    with open_pane(chromium, live, plain_workbook(rows), width=320) as pane:
        assert pane.page.locator("#students > li").count() == 200
        assert pane.page.locator("#students .reasons").count() == 0, "nothing is built that is not looked at"
        assert (
            pane.page.locator("#students > li").first.evaluate("(e) => getComputedStyle(e).contentVisibility") == "auto"
        )
        pane.page.locator("#search").fill("Zovarrin")
        assert len(pane.names()) == 1
        assert not pane.overflows()


# Filters


def test_the_list_is_filtered_by_flag_strand_and_name(read_only: Pane, known: dict[str, Any]) -> None:
    page, students = read_only.page, known["students"]

    def expected(flags: set[str], strand: str = "", word: str = "") -> list[str]:
        return [
            each["name"] for each in students
            if (not flags or each["flag"] in flags)
            and (not strand or strand in [need["strand"] for need in each["topics"]])
            and word.casefold() in each["name"].casefold()
        ]  # fmt: skip

    page.locator(f'.count[data-flag="{Flag.HIGH}"]').click()
    assert read_only.names() == expected({Flag.HIGH})
    page.locator(f'.count[data-flag="{Flag.WATCH}"]').click()
    assert read_only.names() == expected({Flag.HIGH, Flag.WATCH})
    many = len(expected({Flag.HIGH, Flag.WATCH}))
    assert page.locator("#shown").inner_text() == f"{many} of 30"
    assert page.locator("#strand option").all_inner_texts() == ["All strands", *STRANDS]
    page.locator("#strand").select_option("Algebra")
    assert 0 < len(read_only.names()) < many
    assert read_only.names() == expected({Flag.HIGH, Flag.WATCH}, "Algebra")
    for flag in (Flag.HIGH, Flag.WATCH):
        page.locator(f'.count[data-flag="{flag}"]').click()
    page.locator("#strand").select_option("")
    page.locator("#search").fill("  ÉZ  tul ")
    assert read_only.names() == [name for name in expected(set(), "", "tul") if "ez" in name.casefold()] != []
    page.locator("#search").fill("Nobody of that name")
    assert read_only.names() == []
    page.get_by_role("button", name="Show everybody").click()
    assert len(read_only.names()) == 30
    assert page.locator("#search").evaluate("(e) => e === document.activeElement")


def test_a_filter_stays_when_the_list_is_read_again(read_only: Pane) -> None:
    read_only.page.locator(f'.count[data-flag="{Flag.HIGH}"]').click()
    before = read_only.names()
    read_only.press("Refresh")
    assert read_only.names() == before
    assert len(before) == 7
    read_only.page.locator(f'.count[data-flag="{Flag.HIGH}"]').click()
    assert len(read_only.names()) == 30


# Commands


def test_the_buttons_are_those_of_the_one_table(read_only: Pane) -> None:
    read_only.page.locator("#more-commands").click()
    shown = [
        (each.get_attribute("data-script"), each.inner_text()) for each in read_only.page.locator("[data-script]").all()
    ]
    assert shown == [(each.entry, each.label) for each in sorted(BUTTONS, key=lambda each: not each.large)]
    icons = read_only.page.locator("[data-script] img").evaluate_all("(all) => all.map((each) => each.naturalWidth)")
    assert icons == [32] * len(BUTTONS)


def test_score_class_writes_into_the_sheet_and_the_list_follows(chromium: Browser, live: Live) -> None:
    with open_pane(chromium, live, plain_workbook(support.students(12))) as pane:
        hint = pane.page.locator("#hint")
        assert "not in the sheet yet" in hint.inner_text()
        pane.expand(pane.names()[0])
        assert "Press Score class" in pane.page.locator(".decision:visible").inner_text()
        assert pane.page.locator(".choices:visible").count() == 0
        pane.press("Score class")
        assert pane.page.locator("#told").inner_text().startswith("▲ High: ")
        assert not hint.is_visible()
        assert pane.page.locator(".choices:visible button").all_inner_texts() == list(DECISIONS)
        flags = [value for value in pane.values("Y9 set 2").values() if value in set(Flag)]
        assert len(flags) == 12
        for count in pane.page.locator(".count").all():
            assert int(count.locator(".number").inner_text()) == flags.count(str(count.get_attribute("data-flag")))
        pane.clean()


def test_every_other_command_tells_what_it_did(pane: Pane, live: Live) -> None:
    told = pane.page.locator("#told")
    for button, says in (
        ("Check data", "30 students"), ("What if", "risk now"), ("Help", "You decide"), ("Clear", "are cleared"),
    ):  # fmt: skip
        pane.press(button)
        assert says in told.inner_text()
    lines = told.locator("p").count()
    pane.page.keyboard.press("Escape")
    assert lines >= 1
    assert told.inner_text() == ""
    assert pane.page.get_by_role("button", name="Clear").evaluate("(e) => e === document.activeElement")
    pane.clean()


def test_a_button_of_the_tab_shows_in_the_pane(pane: Pane, live: Live) -> None:
    pane.page.evaluate("() => excel.press('show_help')")
    pane.settled()
    assert "You decide" in pane.page.locator("#told").inner_text()
    pane.clean()


def test_while_it_works_it_says_so_and_a_second_click_does_nothing(pane: Pane) -> None:
    page = pane.page
    seen = page.evaluate(
        """() => {
          const [score, clear] = ["score_class", "clear_results"].map((name) => document.querySelector(`[data-script=${name}]`));
          [score, score, clear, document.querySelector("#refresh")].forEach((button) => button.click());
          const [progress, students] = ["#progress", "#students"].map((place) => document.querySelector(place));
          return [progress.textContent, score.ariaDisabled, students.ariaBusy];
        }"""
    )
    assert seen == ["Scoring the class …", "true", "true"]
    pane.settled()
    assert page.locator("#progress").inner_text() == ""
    called = [url.partition(CALLS)[2] for url in pane.requests if CALLS in url]
    assert called == ["show_class", "score_class", "show_class"]


def test_email_offers_the_workbook_and_the_draft(pane: Pane, live: Live, class_path: Path, tmp_path: Path) -> None:
    pane.press("Score class").press("E-mail markbook")
    assert "Nothing was sent" in pane.page.locator("#told").inner_text()
    content = {}
    for link in pane.page.locator("#told a").all():
        with pane.page.expect_download() as waiting:
            link.click()
        name = waiting.value.suggested_filename
        waiting.value.save_as(tmp_path / name)
        assert link.inner_text() == f"Save {name}"
        content[name] = (tmp_path / name).read_bytes()
    assert set(content) == {"10x-Ma1.xlsx", "10x-Ma1.eml"}
    message = email.message_from_bytes(content["10x-Ma1.eml"], policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    colleagues = addresses_in(read_book(class_path))
    assert [each.addr_spec for each in message["To"].addresses] == list(colleagues) != []
    (attachment,) = message.iter_attachments()
    assert attachment.get_content() == content["10x-Ma1.xlsx"]
    cells = {
        cell.value
        for sheet in openpyxl.load_workbook(io.BytesIO(content["10x-Ma1.xlsx"]))
        for row in sheet
        for cell in row
    }
    assert {"Flag", "ZQ3945"} <= cells
    pane.clean()


# Decisions


@pytest.mark.parametrize("turned", [False, True])
def test_a_decision_lands_beside_its_student(
    pane: Pane, live: Live, class_path: Path, known: dict[str, Any], turned: bool
) -> None:
    """Also where the teacher sorts the sheet while the list is open: the rows are upside down, the list knows the old ones."""
    markbook = read_markbook(read_book(class_path))
    student = next(each for each in known["students"] if not each["decision"] and each["flag"] == Flag.ON_TRACK)
    row = student["row"]
    pane.expand(student["name"])
    if turned:
        pane.page.evaluate("(rows) => excel.turn(...rows)", [SHEET, markbook.first_row, markbook.last_row])
        row = markbook.first_row + markbook.last_row - row
        assert row != student["row"]
    before = stand_in_cells(pane.workbook())
    pane.decide(student["name"], "Defer", "=ask again, 1/2 term")
    after = stand_in_cells(pane.workbook())
    cells = decision_cells(class_path, row)
    changed = {place: value for place, value in after[SHEET].items() if before[SHEET].get(place) != value}
    assert changed == dict(zip(cells, ("Defer", "=ask again, 1/2 term"), strict=True))
    assert {**after, SHEET: None} == {**before, SHEET: None}
    surname = next(c.index + 1 for c in markbook.columns if c.role.value == "surname")
    assert after[SHEET][address(row, surname)] == student["name"].split()[-1]
    item = pane.student(student["name"])
    assert item.locator(".saving").inner_text().startswith("The decision is entered.")
    assert item.locator('[data-decision="Defer"]').get_attribute("aria-pressed") == "true"
    pane.clean()


def test_a_decision_is_taken_back_and_a_note_changed(pane: Pane, class_path: Path, known: dict[str, Any]) -> None:
    student = known["students"][0]
    assert student["decision"] == "Accept"
    decision, note = decision_cells(class_path, student["row"])
    item = pane.expand(student["name"])
    assert item.get_by_role("textbox").input_value() == student["note"]
    assert not item.get_by_role("button", name="Save note").is_visible()
    pane.decide(student["name"], "Save note", "Tuesdays")
    assert (pane.values(SHEET)[decision], pane.values(SHEET)[note]) == ("Accept", "Tuesdays")
    pane.decide(student["name"], "Take back", "")
    assert not {decision, note} & pane.values(SHEET).keys()
    assert item.locator('[aria-pressed="true"]').count() == 0
    assert not item.get_by_role("button", name="Take back").is_visible()


def test_a_decision_is_entered_once_however_often_it_is_clicked(pane: Pane, known: dict[str, Any]) -> None:
    item = pane.expand(known["students"][0]["name"])
    item.locator('[data-decision="Reject"]').evaluate("(button) => { button.click(); button.click(); }")
    pane.settled()
    assert len([url for url in pane.requests if url.endswith("enter_decision")]) == 1


def test_what_a_colleague_entered_meanwhile_is_not_overwritten(
    pane: Pane, class_path: Path, known: dict[str, Any]
) -> None:
    student = known["students"][0]
    markbook = read_markbook(read_book(class_path))
    pane.expand(student["name"])
    pane.page.evaluate(
        "(cell) => excel.write(...cell)", [SHEET, student["row"], markbook.results["Decision note"], "Rang home."]
    )
    before = pane.workbook()
    pane.decide(student["name"], "Reject", "Mine")
    item = pane.student(student["name"])
    assert "somebody has entered 'Accept Rang home.' here since" in item.locator(".refused").inner_text()
    assert pane.workbook() == before
    pane.press("Refresh")
    assert item.get_by_role("textbox").input_value() == "Mine", "what was being typed stays"
    pane.decide(student["name"], "Reject")
    cells = decision_cells(class_path, student["row"])
    assert [pane.values(SHEET)[cell] for cell in cells] == ["Reject", "Mine"]


def test_open_students_and_half_typed_notes_survive_a_new_reading(pane: Pane, known: dict[str, Any]) -> None:
    one, other = (student["name"] for student in known["students"][2:4])
    pane.expand(one).get_by_role("textbox").fill("half a sen")
    pane.expand(other)
    pane.decide(other, "Accept")
    assert pane.student(one).get_by_role("textbox").input_value() == "half a sen"
    assert pane.student(one).get_by_role("button", name="Save note").is_visible()


def test_a_decision_is_never_said_to_be_lost_when_it_is_not(
    pane: Pane, class_path: Path, known: dict[str, Any]
) -> None:
    student = known["students"][0]
    item = pane.expand(student["name"])
    pane.page.route(re.compile("show_class$"), lambda route: route.abort())
    pane.decide(student["name"], "Reject")
    assert item.locator(".refused").inner_text().startswith("The decision is entered, but the list could not be read")
    assert pane.values(SHEET)[decision_cells(class_path, student["row"])[0]] == "Reject"


def test_two_students_who_cannot_be_told_apart_get_no_decision(chromium: Browser, live: Live) -> None:
    rows = support.students(9)
    rows[1][:4] = rows[0][:4]
    with open_pane(chromium, live, plain_workbook(rows)) as pane:
        pane.press("Score class")
        assert len(pane.names()) == 9
        item = pane.page.locator("#students > li", has_text=f"{rows[0][2]} {rows[0][1]}").first
        item.locator(".head").click()
        assert "cannot be told" in item.locator(".cannot").inner_text()
        assert not item.locator(".choices").is_visible()
