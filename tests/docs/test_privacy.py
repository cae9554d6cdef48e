"""The privacy pack says what the code does: every place where the code writes is known here and stands in the table."""

from __future__ import annotations

import re

import pytest

from addin.batch import files as batch_files
from addin.clinics.files import REGISTERS
from addin.excel.lite.button_cells import SHEET as BUTTONS
from addin.excel.lite.letters_sheet import SHEET as LETTERS
from addin.excel.lite.values_sheet import SHEET as VALUES
from addin.files.marked import CLEARED, MARKED
from addin.files.planned import FOLDER_ENDING
from addin.importing.next_year import OUTCOMES
from addin.letters.folder import BUTTONS_FOLDER, MAIL_MERGE
from addin.letters.wording import OWN
from addin.mail import log as mail_log
from addin.mail import settings as mail_settings
from addin.packs.folder import BUTTONS_FOLDER as PACKS_FOLDER
from addin.reading.headings.roles import synonyms
from addin.report.write import EVENING, REPORT
from addin.results.clinic_register import SHEET as PLAN
from addin.results.history import SHEET as HISTORY
from model import local
from model.features import FEATURES
from tests.tools import ROOT

PACK = ROOT / "docs" / "privacy"
TABLE = (PACK / "what-is-stored-where.md").read_text(encoding="utf-8")

NAMES = (
    local.RECORD, "scorecard-", local.HOME, mail_log.FILE, mail_settings.FILE, mail_settings.PASSWORD_VARIABLE, f"{OWN}/",
    "drafts/", f"{BUTTONS_FOLDER}/", f"{PACKS_FOLDER}/", MAIL_MERGE, MARKED, CLEARED, ".backup-", FOLDER_ENDING, REGISTERS, PLAN,
    HISTORY, ".key.csv", ".eml", batch_files.LEDGER_NAME, batch_files.OVERVIEW_NAME, batch_files.CSV_NAME,
    batch_files.PAGE_NAME, batch_files.NAMES_NAME,
    f"`{BUTTONS}`", f"`{LETTERS}`", f"`{VALUES}`", REPORT, EVENING, "<name>.<year>.xlsx", f"`{HISTORY} <year>`",
    f"`{OUTCOMES} <year>`",
)  # fmt: skip
"""Files, folders and sheets as the code calls them."""

WRITERS = {
    "addin/batch/ledger.py": "batch-ledger.jsonl",
    "addin/batch/task.py": "an output folder with",
    "addin/cli/check.py": None,
    "addin/cli/model.py": None,
    "addin/cli/shared/trial.py": None,  # synthetic and public pupils, gone at once
    "addin/clinics/files.py": "registers.html",
    "addin/excel/desktop/install.py": "In Excel's folders",
    "addin/excel/desktop/settings.py": "a file of settings",
    "addin/excel/desktop/xlam.py": "the add-in",
    "addin/letters/folder.py": "mail-merge.csv",
    "addin/letters/wording.py": "letters/letter_*",
    "addin/mail/log.py": "mail-log.jsonl",
    "addin/mail/outbox.py": "a draft (`.eml`)",
    "addin/mail/outlook.py": None,
    "addin/files/mapped.py": None,
    "addin/files/marked.py": ".backup-",
    "addin/files/package/safe_save.py": ".marked.xlsx",
    "addin/mail/pseudonyms.py": ".key.csv",
    "addin/reading/headings/remembered.py": "columns.json",
    "addin/report/write.py": ".report.html",
    "addin/ribbon.py": "drafts/",
    "model/local.py": "adapted.json",
    "model/training/public_file.py": "UCI Student Performance",
    "model/training/report.py": None,
    "model/training/train.py": None,
    "templates/build.py": "a sample workbook",
}
"""Module that writes -> what the table says of it; None where nothing of any student can be in it, or it is gone at once."""

_WRITES = re.compile(
    r"write_bytes|write_text|mkstemp|mkdtemp|TemporaryDirectory|NamedTemporaryFile|os\.replace|shutil\.copy|\.mkdir\(|private_folder\(|"
    r"""open\([^)\n]*["'][xwa]b?\+?["']|os\.O_CREAT"""
)


def modules_that_write() -> set[str]:
    """Modules with a call that writes, examples in docstrings left out."""
    found = set()
    for folder in ("addin", "model", "templates"):
        for path in (ROOT / folder).rglob("*.py"):
            lines = path.read_text(encoding="utf-8").splitlines()
            code = "\n".join(line for line in lines if not line.lstrip().startswith((">>>", "...")))
            if _WRITES.search(code):
                found.add(path.relative_to(ROOT).as_posix())
    return found


def test_every_module_that_writes_is_in_the_table() -> None:
    assert modules_that_write() == set(WRITERS), "a place where files are written has come or gone: mend the table"


@pytest.mark.parametrize("words", [words for words in WRITERS.values() if words] + list(NAMES))
def test_the_table_names_what_the_code_writes(words: str) -> None:
    assert words in TABLE


@pytest.mark.parametrize("way", ["server", "lite"])
def test_server_and_lite_write_no_file(way: str) -> None:
    assert not [module for module in modules_that_write() if module.startswith(f"addin/excel/{way}/")]


@pytest.mark.parametrize("name", ["sex", "pupil premium", "SEN", "EAL", "ethnicity"])
def test_what_is_said_never_to_be_used_is_no_feature(name: str) -> None:
    assert name in (PACK / "dpia.md").read_text(encoding="utf-8")
    assert synonyms()[name.casefold()].value == "audit only"
    assert not [feature for feature in FEATURES if name.casefold() in feature.name.casefold().split("_")]


@pytest.mark.parametrize("page", sorted(path.name for path in PACK.glob("*.md")))
def test_every_link_leads_somewhere(page: str) -> None:
    text = (PACK / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (PACK / target).exists(), target
    assert page == "README.md" or page in (PACK / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", ["notice-students.md", "notice-families.md"])
def test_notices_tell_every_right(page: str) -> None:
    text = (PACK / page).read_text(encoding="utf-8")
    for word in ("decides", "how long", "wrong", "look at it again", "ico.org.uk"):
        assert word in text.casefold(), word


def test_notices_can_be_read_by_whom_they_are_for() -> None:
    from tests.letters.test_reading_age import grade

    def plain(page: str) -> str:
        text = (PACK / page).read_text(encoding="utf-8").partition("\n\n*")[2].partition("*\n")[2]
        return re.sub(r"[*\[\]]|^- ", "", text, flags=re.MULTILINE)

    # A reading age of eleven for students, the beginning of secondary school; of thirteen for families, who are owed legal terms.
    assert grade(plain("notice-students.md")) <= 6
    assert grade(plain("notice-families.md")) <= 8


def test_the_guide_to_letters_names_every_template() -> None:
    guide = (ROOT / "docs" / "letters.md").read_text(encoding="utf-8")
    for template in (ROOT / "templates").glob("letter_*"):
        assert template.name in guide
