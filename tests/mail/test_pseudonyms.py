"""Codes in place of students: nothing of a student's name, ID or address in any part of what is sent; the key apart from it."""

from __future__ import annotations

import csv
import os
import re
import unicodedata
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from rapidfuzz import fuzz

from addin.hosts.closed_file import ClosedFile
from addin.mail.pseudonyms import NOTE_LEFT_OUT, pseudonyms
from addin.reading.grid import as_text
from addin.reading.markbook import read_markbook
from addin.reading.name_forms import ADDRESS_LEFT_OUT, SOMEBODY, Known, NameForms, likeness
from tests.files.package.validator import validator_errors
from tests.mail.reading import attachment_of, parts_of, text_of
from tests.support import HEADINGS, refused, run, students

HEAD = "head@school.example"
NAMES = (
    ("ZQ1000", "Zarrin", "Ova"), ("ZQ1001", "Beskafold", "Tul"), ("ZQ1002", "O'Brexa", "Siân"), ("ZQ1003", "Vel-Doro", "Quim"),
    ("ZQ1004", "Čžarnik", "Ælfwyx"), ("ZQ1005", "Zarrin", "Petrovax"), ("ZQ1006", "de Silvanor", "Mirelou"), ("70417", "Xu", "Yq"),
    ("ZQ1008", "Tarrobane", "Lumelle"),
)  # fmt: skip
UPN = "B801200005001"


def forms(surname: str, forename: str) -> set[str]:
    """What a reader who knows a student would look for."""
    words = {surname, forename, f"{forename} {surname}", f"{surname}, {forename}", f"{forename}{surname}"}
    bare = {re.sub(r"[^\w]", "", word) for word in words}
    plain = {unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode() for word in words}
    return {word.casefold() for word in words | bare | plain if len(word) > 3}


def searched(content: bytes) -> str:
    """Every part of a workbook, unpacked, as one text without XML's own spellings."""
    text = "\n".join(part.decode("utf-8", "replace") for part in parts_of(content).values())
    return unicodedata.normalize("NFC", text.replace("&apos;", "'").replace("&amp;", "&")).casefold()


@pytest.fixture
def rich(tmp_path: Path) -> Path:
    """A scored workbook in which students are named wherever one can be named."""
    path = tmp_path / "Zarrin and Beskafold.xlsx"
    rows = students(len(NAMES))
    headings = [*HEADINGS, "UPN", "E-mail", "Comments", "Zarrin's retake (20)", "PP"]
    with xlsxwriter.Workbook(path) as workbook:
        workbook.set_properties(
            {"author": "Ova Zarrin", "comments": "for Beskafold", "title": "Tul Beskafold and others"}
        )
        workbook.set_custom_property("Written for", "Petrovax Zarrin")
        sheet = workbook.add_worksheet("Zarrin group")
        sheet.write_row(0, 0, headings)
        for number, (row, (student_id, surname, forename)) in enumerate(zip(rows, NAMES, strict=True), start=1):
            address = f"{forename}.{surname}@school.example".replace(" ", "")
            sheet.write_row(
                number, 0, [student_id, surname, forename, *row[3:], UPN, address, f"see {forename}'s mum", 10, "Y"]
            )
            sheet.write_comment(number, 1, f"{forename} {surname} moved here")
        sheet.write(3, 9, "ask Tul Beskafold")  # where a mark should be
        sheet.write(4, 9, f"{UPN}")
        sheet.write(5, 9, "with Zarin")  # misspelt, so it can only be guessed whose name it is
        chart = workbook.add_chart({"type": "column"})
        chart.add_series(
            {"values": "='Zarrin group'!$J$2:$J$9", "name": "Ova Zarrin", "categories": "='Zarrin group'!$B$2:$B$9"}
        )
        chart.set_title({"name": "Marks of Beskafold"})
        sheet.insert_chart("AC2", chart)
        setup = workbook.add_worksheet("Settings")
        setup.write("A1", "Ova Zarrin's class")
        workbook.define_name("class_name", "=Settings!$A$1")
        workbook.define_name("Beskafold_marks", "='Zarrin group'!$J$2:$J$9")
        hidden = workbook.add_worksheet("Lumelle")
        hidden.write("A1", "Tarrobane, Lumelle")
        hidden.hide()
    assert run("score", path).code == 0
    marked = tmp_path / "Zarrin and Beskafold.marked.xlsx"
    book = load_workbook(marked)
    page = book["Zarrin group"]
    columns = {cell.value: cell.column for cell in page[1]}
    notes = (
        "Spoke to Ova and Tul Beskafold", "Ask zarrinpetrovax@school.example", "Talked to Lumi about it", "fractions first",
        "Moves to Mr Kelvarro's set", "like ZQ1005", "with Zarin",
    )  # fmt: skip
    for row, note in enumerate(notes, start=2):
        page.cell(row, columns["Decision note"]).value = note
    page.cell(2, columns["Why"]).value = "Works less than BESKAFOLD, see row 3."
    page.cell(3, columns["Change"]).value = "Lumelle's friend"
    book.save(marked)
    return marked


def test_no_student_in_any_part_of_a_rich_workbook(rich: Path, tmp_path: Path) -> None:
    ran = run("email", rich, "--to", HEAD, "--draft", tmp_path / "out.eml", "--pseudonymise")
    assert (ran.code, ran.err) == (0, "")
    message = (tmp_path / "out.eml").read_bytes()
    name, content = attachment_of(message)
    # The attachment's own letters on the way are left out: among so many that mean nothing stands any short name now and then.
    outside = re.sub(r"^(?:[\w+/=]{60,}\r?\n)+[\w+/=]*", "", message.decode(), flags=re.MULTILINE)
    everywhere = searched(content) + (text_of(message) + name + outside).casefold()
    for student_id, surname, forename in NAMES:
        assert student_id.casefold() not in everywhere
        for form in forms(surname, forename):
            assert form not in everywhere, form
    assert "@" not in searched(content).replace('num_format="@"', "").replace('formatcode="@"', "")
    assert UPN.casefold() not in everywhere
    assert "kelvarro" not in everywhere
    assert "zarin" not in everywhere
    assert "lumi" not in everywhere
    assert name == "markbook.xlsx"
    assert "fractions first" in everywhere
    assert NOTE_LEFT_OUT in everywhere
    assert not re.search(r"see row \d", everywhere)
    (tmp_path / "seen.xlsx").write_bytes(content)
    assert validator_errors(tmp_path / "seen.xlsx") == []


def test_the_plain_copy_would_have_named_them(rich: Path, tmp_path: Path) -> None:
    """The search finds what it looks for."""
    assert run("email", rich, "--to", HEAD, "--draft", tmp_path / "out.eml").code == 0
    message = (tmp_path / "out.eml").read_bytes()
    name, content = attachment_of(message)
    everywhere = searched(content)
    for student_id, surname, _ in NAMES:
        assert student_id.casefold() in everywhere
        assert surname.casefold() in everywhere
    assert UPN.casefold() not in everywhere
    outside = (text_of(message) + name).casefold()
    for _, surname, forename in NAMES:
        for form in forms(surname, forename):
            assert form not in outside, "not outside the attachment"


def test_no_student_in_any_part_of_the_sample(sample: Path, tmp_path: Path) -> None:
    marked = tmp_path / "sample.marked.xlsx"
    marked.write_bytes(sample.read_bytes())
    assert run("email", marked, "--to", HEAD, "--draft", tmp_path / "out.eml", "--pseudonymise").code == 0
    message = (tmp_path / "out.eml").read_bytes()
    content = attachment_of(message)[1]
    everywhere = searched(content) + text_of(message).casefold()
    book = ClosedFile(sample, output=sample).read()
    page = book.sheet("Markbook")
    assert page is not None
    for row in range(5, 35):
        student_id, surname, forename = (as_text(page.cell(row, column)) for column in (1, 2, 3))
        assert student_id.casefold() not in everywhere
        assert not re.search(rf"\b{surname.casefold()}\b", everywhere)
        assert not re.search(rf"\b{forename.casefold()}\b", everywhere)


def test_what_a_run_says_stays_whole(sample: Path, tmp_path: Path) -> None:
    """The program's own sentences are never taken for notes that name somebody."""
    marked = tmp_path / "sample.marked.xlsx"
    marked.write_bytes(sample.read_bytes())
    run("email", marked, "--to", HEAD, "--draft", tmp_path / "out.eml", "--pseudonymise")
    page = load_workbook(BytesIO(attachment_of((tmp_path / "out.eml").read_bytes())[1]))["Markbook"]
    theirs = load_workbook(marked)["Markbook"]
    for heading in ("Why", "Topics to work on", "Change", "Decision", "Decision note"):
        columns = [next(c.column for c in sheet[4] if c.value == heading) for sheet in (page, theirs)]
        ours, said = (
            sorted(str(sheet.cell(row, column).value) for row in range(5, 35))
            for sheet, column in zip((page, theirs), columns, strict=True)
        )
        assert ours == said, heading


def test_the_key_tells_whom_a_code_stands_for_and_stays_behind(sample: Path, tmp_path: Path) -> None:
    marked = tmp_path / "sample.marked.xlsx"
    marked.write_bytes(sample.read_bytes())
    ran = run("email", marked, "--to", HEAD, "--draft", tmp_path / "out.eml", "--pseudonymise")
    key = tmp_path / "out.key.csv"
    assert str(key) in ran.out
    assert os.name != "posix" or key.stat().st_mode & 0o777 == 0o600
    with key.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["Code", "Student ID", "Name"]
    names = {code: name for code, _, name in rows[1:]}
    assert len(names) == 30
    page = load_workbook(BytesIO(attachment_of((tmp_path / "out.eml").read_bytes())[1]))["Markbook"]
    sent = load_workbook(marked)["Markbook"]
    heading = {cell.value: cell.column for cell in sent[4]}
    theirs = {
        f"{sent.cell(row, 3).value} {sent.cell(row, 2).value}": sent.cell(row, heading["Why"]).value
        for row in range(5, 35)
    }
    ours = {cell.value: cell.column for cell in page[4]}
    for row in range(5, 35):
        assert page.cell(row, ours["Why"]).value == theirs[names[str(page.cell(row, 1).value)]], "the right child"


def test_rows_do_not_follow_the_register(sample: Path, tmp_path: Path) -> None:
    marked = tmp_path / "sample.marked.xlsx"
    marked.write_bytes(sample.read_bytes())
    run("email", marked, "--to", HEAD, "--draft", tmp_path / "out.eml", "--pseudonymise")
    book = load_workbook(BytesIO(attachment_of((tmp_path / "out.eml").read_bytes())[1]))
    page, summary = book["Markbook"], book["Summary"]
    heading = {cell.value: cell.column for cell in page[4]}
    priorities = [page.cell(row, heading["Priority"]).value for row in range(5, 34)]
    assert priorities == list(range(1, 30))
    risks = [page.cell(row, heading["Risk"]).value for row in range(5, 35)]
    drawn = [next((c.value for c in row[18:21] if c.value is not None), None) for row in summary.iter_rows(4, 33)]
    assert [(a, b) for a, b in zip(risks, drawn, strict=True) if b is not None and a != b] == []


def test_a_second_message_keeps_the_codes(sample: Path, tmp_path: Path) -> None:
    marked, key = tmp_path / "sample.marked.xlsx", tmp_path / "key.csv"
    marked.write_bytes(sample.read_bytes())
    contents = []
    for number in (1, 2):
        draft = tmp_path / f"{number}.eml"
        assert run("email", marked, "--to", HEAD, "--draft", draft, "--pseudonymise", "--key", key).code == 0
        contents.append((attachment_of(draft.read_bytes())[1], key.read_bytes()))
    assert contents[0] == contents[1]
    assert run("email", marked, "--to", HEAD, "--draft", tmp_path / "3.eml", "--pseudonymise").code == 0
    assert attachment_of((tmp_path / "3.eml").read_bytes())[1] != contents[0][0], "another key, other codes"


def test_a_key_that_is_none_is_left_alone(sample: Path, tmp_path: Path) -> None:
    (tmp_path / "key.csv").write_text("precious,things\n")
    said = refused(
        run(
            "email",
            sample,
            "--to",
            HEAD,
            "--draft",
            tmp_path / "1.eml",
            "--pseudonymise",
            "--key",
            tmp_path / "key.csv",
        )
    )
    assert "no key of codes" in said
    assert (tmp_path / "key.csv").read_text() == "precious,things\n"
    assert not (tmp_path / "1.eml").exists()


def test_a_key_that_cannot_be_written_keeps_everything_back(sample: Path, tmp_path: Path) -> None:
    place = tmp_path / "nowhere" / "key.csv"
    assert "key was not written" in refused(
        run("email", sample, "--to", HEAD, "--draft", tmp_path / "1.eml", "--pseudonymise", "--key", place)
    )
    assert not (tmp_path / "1.eml").exists()


def test_names_that_look_like_formulas_are_harmless_in_the_key(tmp_path: Path) -> None:
    from tests.support import write_workbook

    rows = students(9)
    rows[0][1] = "=HYPERLINK(1)"
    write_workbook(tmp_path / "c.xlsx", {"Y9": [HEADINGS, *rows]})
    run("score", tmp_path / "c.xlsx")
    for number in (1, 2):
        draft = tmp_path / f"{number}.eml"
        assert run("email", tmp_path / "c.marked.xlsx", "--to", HEAD, "--draft", draft, "--pseudonymise",
                   "--key", tmp_path / "k.csv").code == 0  # fmt: skip
    text = (tmp_path / "k.csv").read_text(encoding="utf-8-sig")
    assert not re.search(r"(^|,)=", text, re.MULTILINE)
    assert text.count("\n") == 10, "the second message found every student in the key"


FORMS = NameForms(
    [
        Known(code="S101", names=("Zarrin", "Ova"), ids=("ZQ1003",)),
        Known(code="S102", names=("Mark", "O'Neilex"), ids=("17",)),
        Known(code="S103", names=("Siân", "de Silva-Jonex"), ids=()),
        Known(code="S104", names=("Ova", "Beska"), ids=()),
        Known(code="S105", names=("李小龙",), ids=()),
        Known(code="S106", names=("Tamsel quorrin (new)",), ids=()),
        Known(code="S107", names=("Vel\u00adtrix d’Arquel", "Pim\u200bbo"), ids=()),
    ]
)


@pytest.mark.parametrize(
    ("text", "replaced"),
    [
        ("Zarrin", "S101"), ("ZARRIN", "S101"), ("zarrin's", "S101's"), ("Ova Zarrin", "S101"), ("Zarrin, Ova", "S101"),
        ("O. Zarrin", "S101"), ("Ova", SOMEBODY), ("ova beska", "S104"), ("zarrin_ova.xlsx", "S101.xlsx"), ("ozarrin24", "S101"),
        ("o.zarrin@school.example", ADDRESS_LEFT_OUT), ("zq1003", "S101"), ("ZQ10031", "ZQ10031"), ("O’Neilex", "S102"),
        ("ONeilex", "S102"), ("his mark, Mark's mark", "his mark, S102's mark"), ("Sia\u0302n", "S103"), ("sian", "S103"),
        ("de Silva-Jonex", "de S103"), ("17 of 20", "17 of 20"), ("和李小龙谈", "S105"),
        ("Quorrin's set", "S106's set"), ("New work, a new quorrin", "New work, a new S106"),
        ("Veltrix; Vel\u200btrix; Arquel; d'Arquel", "S107; S107; S107; S107"), ("Pimbo", "S107"), ("O Neilex", "S102"),
        ("Fractions HT1: 6/20", "Fractions HT1: 6/20"), ("", ""),
    ],
)  # fmt: skip
def test_forms_of_names(text: str, replaced: str) -> None:
    assert FORMS.replaced(text) == replaced


@pytest.mark.parametrize(
    ("note", "doubt"),
    [
        ("Agreed with form tutor; starts after the break.", False), ("Talked to the student: fractions first.", False),
        ("Invited to Tuesday's clinic.", False), ("Back from illness. Look again in two weeks.", False), ("", False),
        ("Spoke to Ova", False), ("spoke to zarin", True), ("spoke to Bex", True), ("zar again", True), ("like 17", True),
        ("Mum is Mrs Ellwoodd", True), ("talk to Dr. Venn", True), ("spoke to besca", True),
    ],
)  # fmt: skip
def test_notes_in_doubt(note: str, doubt: bool) -> None:
    assert FORMS.in_doubt(note) is doubt


SHORT = NameForms(
    [
        Known(code="S201", names=("Lee", "Ann", "Ann Lee")),
        Known(code="S202", names=("Beskafold", "Tim", "Tim Beskafold")),
        Known(code="S203", names=("Quorrin", "Al", "Al Quorrin")),
    ]
)


@pytest.mark.parametrize("name", ["Ann", "Tim", "Al", "Lee"])
@pytest.mark.parametrize(
    "form",
    ["{}", "({})", "{}'s book", "{}’s", "say {}.", "{}-Lou", "Lou-{}", "{}/x", '"{}"', "_{}_", "{}!", "x;{}\n", "{}24"],
)
def test_short_names_are_found_where_they_stand_as_words(name: str, form: str) -> None:
    for written in (name, name.upper(), name.lower()):
        assert not re.search(rf"(?<![a-z]){name}(?![a-z])", SHORT.replaced(form.format(written)), re.IGNORECASE)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Annie, Hannah and the annual trip", ("Annie", "Hannah", "annual")), ("Tims book", ("Tims",)), ("Als turn", ("Als",)),
        ("TimB and AlQ", ("TimB", "AlQ")), ("annlee24", ()), ("Ann's time, also Tim's", ()), ("Albert and John", ()), ("", ()),
    ],
)  # fmt: skip
def test_words_that_may_hold_a_short_name_are_told(text: str, told: tuple[str, ...]) -> None:
    assert SHORT.may_hold(text) == told


def test_the_teacher_is_told_which_cells_may_hold_a_short_name(tmp_path: Path) -> None:
    from tests.support import write_workbook

    rows = students(9)
    rows[0][2] = "Ann"
    write_workbook(tmp_path / "c.xlsx", {"Y9": [HEADINGS, *rows]})
    run("score", tmp_path / "c.xlsx")
    marked = tmp_path / "c.marked.xlsx"
    book = load_workbook(marked)
    notes = next(cell.column for cell in book["Y9"][1] if cell.value == "Decision note")
    for row, note in ((2, "annual talk"), (3, "fractions first"), (4, "the annual report")):
        book["Y9"].cell(row, notes).value = note
    book.save(marked)
    letters = book["Y9"].cell(1, notes).column_letter
    ran = run("email", marked, "--to", HEAD, "--draft", tmp_path / "out.eml", "--pseudonymise")
    said = " ".join(ran.out.split())
    assert f"may hold a short name: 'annual' in {letters}2, {letters}4." in said
    assert "short name" not in text_of((tmp_path / "out.eml").read_bytes())
    assert "short name" not in run("email", marked, "--to", HEAD, "--draft", tmp_path / "2.eml").out


WORDS = st.sampled_from(
    ["Zarrin", "zarrin", "OVA", "Siân", "SIÂN", "Mark's", "and", "ZQ1003", "zarrin24", "12/20", "O."]
)
BETWEEN = st.sampled_from([" ", ", ", "-", "\n", ". ", "/", "_", "'"])


@given(st.lists(st.tuples(WORDS, BETWEEN)))
def test_no_name_stays_however_it_is_strung_together(pairs: list[tuple[str, str]]) -> None:
    left = FORMS.replaced("".join(word + between for word, between in pairs))
    for name in ("zarrin", "siân", "zq1003"):
        assert name not in left.casefold()
    assert FORMS.replaced(left) == left


def test_codes_are_drawn_anew_and_follow_no_order(sample: Path) -> None:
    book = ClosedFile(sample, output=sample).read()
    markbook = read_markbook(book)
    one, two = (list(pseudonyms(book, markbook).code_of.values()) for _ in range(2))
    assert one != two
    assert sorted(one) != one
    assert len(set(one)) == 30


@given(one=st.text("abcdeé", max_size=12), other=st.text("abcdeé", max_size=12))
def test_likeness_is_that_of_rapidfuzz(one: str, other: str) -> None:
    assert likeness(one, other) == pytest.approx(fuzz.ratio(one, other) if one or other else 0.0)
