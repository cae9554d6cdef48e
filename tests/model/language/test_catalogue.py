"""The catalogue is what the sources say, every language has all of it, and what stands in it can be relied upon."""

from __future__ import annotations

import re
import shutil
import subprocess
from gettext import GNUTranslations
from pathlib import Path

import pytest

from model.language import catalogue
from model.language.speech import SOURCE, language_of, languages
from tests.libraries import needed_library
from tests.tools import ROOT, needed

OTHERS = [code for code in languages() if code != SOURCE]
_NAMED = re.compile(r"%\(\w+\)s|%%")


def texts(code: str) -> dict[tuple[str, object], str]:
    """Message, with the number of its plural form where it has one -> translation."""
    with (catalogue.HERE / f"{code}.mo").open("rb") as file:
        entries = GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return {key if isinstance(key, tuple) else (key, None): text for key, text in entries.items() if key}


def test_welsh_and_polish_are_there() -> None:
    assert {"cy", "pl"} <= {*OTHERS}


def test_the_files_are_what_the_sources_say() -> None:
    needed_library("babel")
    for path, content in catalogue.made().items():
        assert path.is_file(), f"{path.name}: run python -m model.language.catalogue"
        told = f"{path.name} is older than the sources: run python -m model.language.catalogue"
        assert catalogue.said(path.read_bytes()) == catalogue.said(content), told


@pytest.mark.parametrize("code", OTHERS)
def test_nothing_lacks_a_translation(code: str) -> None:
    needed_library("babel")
    assert catalogue.lacking(catalogue.read(catalogue.HERE / f"{code}.po")) == ()


def test_a_sentence_that_comes_new_is_missed(tmp_path: Path) -> None:
    needed_library("babel")
    for folder in (*catalogue.PACKAGES,):
        shutil.copytree(
            ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "*.xlsx", "*.joblib")
        )
    page = tmp_path / catalogue.PANE / "templates" / "pane" / "page.html"
    page.write_text(
        page.read_text(encoding="utf-8").replace("</main>", "<p>Quite new words.</p></main>"), encoding="utf-8"
    )
    with (tmp_path / "model" / "pathway.py").open("a", encoding="utf-8") as file:
        file.write('\n\ndef _new(language: Language) -> str:\n    return language.gettext("Another sentence")\n')
    wanted = catalogue.template(tmp_path)
    polish = catalogue.read(catalogue.HERE / "pl.po")
    polish.update(wanted, no_fuzzy_matching=True)
    assert {*catalogue.lacking(polish)} == {"Quite new words.", "Another sentence"}


@pytest.mark.parametrize("code", OTHERS)
def test_what_belongs_in_a_sentence_is_in_its_translation(code: str) -> None:
    for (message, form), text in texts(code).items():
        named, wanted = {*_NAMED.findall(text)}, {*_NAMED.findall(message)}
        assert named == wanted or (form is not None and named | {"%(number)s"} == wanted | {"%(number)s"}), (
            message,
            text,
        )
        assert text == text.strip()
        assert "  " not in text


@pytest.mark.parametrize("code", OTHERS)
def test_reasons_can_still_be_told_apart(code: str) -> None:
    # `Why` sets reasons apart by semicolons, and cards and notes split them there again.
    for (message, _), text in texts(code).items():
        assert text.count("; ") <= message.count("; "), (message, text)


@pytest.mark.parametrize("code", OTHERS)
def test_gettexts_own_check_finds_nothing(code: str) -> None:
    check = needed("msgfmt", remedy="apt-get install gettext")
    ran = subprocess.run(
        [check, "--check-format", "--check-domain", "-o", "/dev/null", str(catalogue.HERE / f"{code}.po")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize("code", OTHERS)
def test_whoever_reads_a_draft_is_told(code: str) -> None:
    header = (catalogue.HERE / f"{code}.po").read_text(encoding="utf-8").partition('msgid ""')[0]
    assert ("not yet been read by a native speaker" in header) == (language_of(code).draft_notice() is not None)
