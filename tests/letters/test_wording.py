"""A school's own wording: found first, told of with file and line where it is broken, and kept in the sandbox."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from addin.errors import FileProblem, RequestProblem, WriteFailed
from addin.letters.compose import judging_words
from addin.letters.wording import READERS, Wording, copy_wording, own_folder
from model.activities import bundled
from model.vocabulary import STRANDS, TOPICS
from tests.letters.samples import facts

FAMILY = "letter_family.en.txt.j2"
WORDS = "letter_words.en.csv"


def own(name: str, text: str, *, encoding: str = "utf-8") -> Path:
    """An edited file of the school's."""
    own_folder().mkdir(parents=True, exist_ok=True)
    path = own_folder() / name
    path.write_text(text, encoding=encoding)
    return path


def family_letter() -> str:
    return "\n".join(block.text for block in Wording().letter(facts(), reader="family"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_the_schools_own_wording_is_used(encoding: str) -> None:
    assert "Zoë's school" not in family_letter()
    own(FAMILY, "# Zoë's school\n\nHello {{ letter.name }}.", encoding=encoding)
    assert family_letter() == "Zoë's school\nHello Ova Zarrin."
    assert "place in Maths Clinic" in "".join(b.text for b in Wording().letter(facts(), reader="student")), (
        "the shipped one"
    )


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("# S\n\n{% if letter.name %}\nx", 4, "endif"),
        ("# S\n{{ letter.nmae }}", 2, "nmae"),
        ("# S\n\n\n{{ leter.name }}", 4, "leter"),
        ("# S\n{{ letter.name | shout }}", 2, "shout"),
        ("# S\n\n{{ 1 / 0 }}", 3, "division"),
        ("# S\n{{ letter.topics[7].topic }}", 2, "7"),
        ("# S\n{{ letter.__class__ }}", 2, "__class__"),
        ("# S\n{{ letter.name.__class__.__mro__ }}", 2, "unsafe"),
        ("# S\n{{ ''.__class__.__base__.__subclasses__() }}", 2, "unsafe"),
        ("# S\n{% for i in range(10000000) %}x{% endfor %}", 2, "Range too big"),
        ("# S\n{{ self._TemplateReference__context }}", 2, ""),
    ],
)
def test_a_broken_template_is_told_with_file_line_and_remedy(text: str, line: int, told: str) -> None:
    path = own(FAMILY, text)
    with pytest.raises(FileProblem) as raised:
        family_letter()
    message = str(raised.value)
    assert message.startswith(f"{path}, line {line}: "), message
    assert told in message
    assert message.endswith("Correct it there, or delete the file and the program's own is used.")


def test_a_template_cannot_change_the_facts() -> None:
    own(FAMILY, "# S\n{{ letter.topics.append(1) }}")
    with pytest.raises(FileProblem):
        family_letter()


def test_a_template_reads_no_other_file() -> None:
    own(FAMILY, "{% include '../../../../../../etc/hostname' %}")
    with pytest.raises(FileProblem, match="which is not there"):
        family_letter()


def test_an_empty_template_and_one_in_another_encoding() -> None:
    own(FAMILY, "\n  \n")
    with pytest.raises(FileProblem, match="empty letter"):
        family_letter()
    own(FAMILY, "Zoë", encoding="cp1252")
    with pytest.raises(FileProblem, match="not in UTF-8"):
        family_letter()


def test_a_school_adds_a_language() -> None:
    for reader in READERS:
        with pytest.raises(RequestProblem, match="no wording"):
            Wording("gd")
        own(
            f"letter_{reader}.gd.txt.j2", "# Sgoil\n\nA {{ letter.name }}, a charaid\n\n- {{ letter.topics[0].earned }}"
        )
    wording = Wording("gd")
    assert [block.text for block in wording.letter(facts(), reader="family")] == [
        "Sgoil",
        "A Ova Zarrin, a charaid",
        "6",
    ]
    assert wording.words.of("topic", "Fractions") == "", "no English words in a Gaelic letter"
    assert '<html lang="gd">' in wording.page(wording.letter(facts(), reader="family"))


@pytest.mark.parametrize("language", ["", "../en", "en/..", "EN", "en.txt", "x" * 200])
def test_a_language_is_a_code(language: str) -> None:
    with pytest.raises(RequestProblem, match="no wording"):
        Wording(language)


def test_copying_the_wording_keeps_what_is_there() -> None:
    edited = own(FAMILY, "# Ours")
    folder, copied = copy_wording()
    assert folder == own_folder()
    assert edited.read_text(encoding="utf-8") == "# Ours"
    assert {path.name for path in copied} == {
        "letter_student.en.txt.j2", "letter_page.html.j2", WORDS,
    }  # fmt: skip
    assert copy_wording()[1] == ()
    edited.unlink()
    assert [path.name for path in copy_wording()[1]] == [FAMILY]
    assert "place in Maths Clinic" in family_letter(), "the copies work"


def test_wording_that_cannot_be_copied(home: Path) -> None:
    (home / "letters").write_text("a file where the folder goes")
    with pytest.raises(WriteFailed, match="was not copied"):
        copy_wording()


def test_shipped_words_cover_every_strand_topic_and_activity_and_nothing_else() -> None:
    words = Wording().words.table
    wanted = {("strand", strand.value.casefold()) for strand in STRANDS}
    wanted |= {("topic", topic.casefold()) for topic in TOPICS}
    wanted |= {("activity", activity.title.casefold()) for activity in bundled()}
    assert set(words) == wanted
    assert all(words.values())
    assert not judging_words(words.values())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("art,name,words\n", "line 1: the headings must be kind, name, words"),
        ("kind;name;words\n", "line 1: the headings"),
        ("", "line 1: the headings"),
        ("kind,name,words\ntopic,Angles,turns\nthing,Angles,turns\n", "line 3: a line is strand, topic or activity"),
        ("kind,name,words\ntopic,Angles,turns,more\n", "line 2:"),
        ('kind,name,words\ntopic,Angles,"turns\n', "line 2:"),
    ],
)
def test_broken_words_are_told_with_file_and_line(text: str, told: str) -> None:
    path = own(WORDS, text)
    with pytest.raises(FileProblem) as raised:
        Wording()
    assert str(raised.value).startswith(str(path))
    assert told in str(raised.value)


def test_words_from_excel(home: Path) -> None:
    own(WORDS, "kind,name,words\r\ntopic,Angles,how  far\r\n", encoding="utf-8-sig")
    assert Wording().words.of("topic", "angles") == "how far"
    own(WORDS, "kind,name,words\ntopic,Angles,Zoë", encoding="cp1252")
    with pytest.raises(FileProblem, match="CSV UTF-8"):
        Wording()


def test_the_words_file_opens_in_a_spreadsheet_program_without_a_formula() -> None:
    _, copied = copy_wording()
    (path,) = [path for path in copied if path.name == WORDS]
    with path.open(encoding="utf-8", newline="") as file:
        assert not [cell for row in csv.reader(file) for cell in row if cell.startswith(("=", "+", "-", "@"))]
