"""Letters as files: safe names, one a student, all or nothing, and nothing of what is there is touched."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.errors import RequestProblem, WriteFailed
from addin.letters import folder as folder_module
from addin.letters.compose import Letters, compose
from addin.letters.folder import MAIL_MERGE, file_names, write_letters
from addin.reading.file_names import plain_name
from tests.letters.samples import TODAY, decided_book, facts
from tests.support import contents, students

ANY_TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=80)


def composed(count: int = 2) -> Letters:
    return compose(decided_book(["Accept"] * count), today=TODAY)


def test_two_letters_in_two_formats_and_a_mail_merge(tmp_path: Path) -> None:
    written = write_letters(composed(), tmp_path / "new" / "letters")
    names = sorted(path.name for path in written.folder.iterdir())
    assert names == sorted(written.files)
    first, second = (f"{row[2]}-{row[1]}" for row in students(2))
    assert set(names) == {MAIL_MERGE} | {
        f"{who}-{reader}.{ending}"
        for who in (first, second)
        for reader in ("family", "student")
        for ending in ("html", "docx")
    }


def test_one_format(tmp_path: Path) -> None:
    written = write_letters(composed(1), tmp_path / "x", formats=("docx",))
    assert {Path(name).suffix for name in written.files} == {".docx", ".csv"}
    assert b"family.docx" in (tmp_path / "x" / MAIL_MERGE).read_bytes()


def test_a_used_folder_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    write_letters(composed(), tmp_path / "x")
    before = contents(tmp_path / "x")
    with pytest.raises(RequestProblem, match=r"holds .* already.*new or empty"):
        write_letters(composed(1), tmp_path / "x")
    assert contents(tmp_path / "x") == before


def test_what_file_managers_leave_does_not_count(tmp_path: Path) -> None:
    (tmp_path / ".DS_Store").write_bytes(b"1")
    assert (tmp_path / write_letters(composed(1), tmp_path).files[0]).is_file()


def test_a_file_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("a file")
    with pytest.raises(RequestProblem, match="this is a file"):
        write_letters(composed(1), tmp_path / "x")


@pytest.mark.parametrize("step", ["mkdtemp", "content", "replace"])
def test_a_full_disk_leaves_nothing(step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The disk is the one thing that is played here: a test cannot fill a real one.
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    letters = composed()
    if step == "mkdtemp":
        monkeypatch.setattr(folder_module.tempfile, "mkdtemp", full)
    elif step == "content":
        monkeypatch.setattr(Path, "write_bytes", full)
    else:
        monkeypatch.setattr(folder_module.os, "replace", full)
    with pytest.raises(WriteFailed, match="No space left"):
        write_letters(letters, tmp_path / "x")
    assert not (tmp_path / "x").exists() or not list((tmp_path / "x").iterdir())


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Ova Zarrin", "Ova-Zarrin"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\Windows\\x", "C-Windows-x"),
        ("O'Zar <b>&\"|?*:", "O-Zar-b"),
        ("Zoë Œ 李 мир", "Zoë-Œ-李-мир"),
        ("Zoe\u0308", "Zoë"),
        ("....", "student"),
        ("", "student"),
        ("\u202egnp.exe", "gnp-exe"),
        ("a" * 300, "a" * 60),
        ("नीला", "नीला"),
    ],
)
def test_plain_names(name: str, plain: str) -> None:
    assert plain_name(name) == plain


@given(name=ANY_TEXT)
def test_every_name_is_a_file_name_everywhere(name: str) -> None:
    plain = plain_name(name)
    assert plain
    assert len(plain) <= 60
    assert not set(plain) & set('/\\:*?"<>|.\0 \n\t')
    assert not [letter for letter in plain if unicodedata.category(letter) in ("Cc", "Cf")]
    assert os.path.basename(plain) == plain
    assert len(f"{plain}-student.docx".encode()) <= 255


@given(
    names=st.lists(
        st.sampled_from(["Ova", "ova", "Ova ", "Ova 2", "Ova-2", "Zoë", "Zoe\u0308", "", "?"]) | ANY_TEXT, max_size=12
    )
)
def test_no_two_students_share_a_file(names: list[str]) -> None:
    everybody = [facts(key=str(place), name=name, student_id="") for place, name in enumerate(names)]
    found = file_names(everybody)
    assert set(found) == {each.key for each in everybody}
    # Neither where capitals do not count, nor where accents are kept apart.
    assert len({unicodedata.normalize("NFD", name).casefold() for name in found.values()}) == len(names)


def test_hostile_names_all_the_way(tmp_path: Path) -> None:
    rows = students(5)
    for row, name in zip(
        rows, ["../../x", "<script>alert(1)</script>", "=cmd|' /C calc'!A0", "CON", 'A"B&C'], strict=True
    ):
        row[1], row[2] = name, "Z"
    letters = compose(decided_book(["Accept"] * 5, rows=rows), today=TODAY)
    written = write_letters(letters, tmp_path / "in" / "x")
    assert sorted(path.name for path in (tmp_path / "in").rglob("*")) == sorted([*written.files, "x"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]
    for path in written.folder.glob("*.html"):
        assert b"<script" not in path.read_bytes()
    assert b"\"Z '=cmd" not in (written.folder / MAIL_MERGE).read_bytes(), "only a beginning makes a formula"


def test_students_of_one_name_are_told_apart_by_their_id(tmp_path: Path) -> None:
    rows = students(2)
    rows[1][1:3] = rows[0][1:3]
    written = write_letters(
        compose(decided_book(["Accept"] * 2, rows=rows), today=TODAY), tmp_path / "x", formats=("html",)
    )
    for row in rows:
        assert f"{row[2]}-{row[1]}-{row[0]}-family.html" in written.files


def test_no_letter_at_all_is_said(tmp_path: Path) -> None:
    with pytest.raises(RequestProblem, match="no letter to write"):
        write_letters(replace(composed(1), letters=()), tmp_path / "x")
    assert not (tmp_path / "x").exists()
