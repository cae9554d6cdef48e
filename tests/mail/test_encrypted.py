"""An encrypted attachment: it opens with the password, not without, and the password is written nowhere."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path

import msoffcrypto
import msoffcrypto.exceptions
import pytest
from openpyxl import load_workbook

from tests.mail.reading import attachment_of, opens_without_password, saved_by_libreoffice
from tests.mail.servers import Mailbox, running, tls, write_settings
from tests.support import refused, run

HEAD = "head@school.example"
SECRET = "violet tractor überlang 7"


@pytest.fixture
def password_file(tmp_path: Path) -> Path:
    path = tmp_path / "secret" / "password.txt"
    path.parent.mkdir()
    path.write_text(f"{SECRET}\nsecond line\n", encoding="utf-8")
    return path


def draft(path: Path, folder: Path, *options: object) -> bytes:
    target = folder / "out.eml"
    ran = run("email", path, "--to", HEAD, "--draft", target, *options)
    assert (ran.code, ran.err) == (0, "")
    assert "Encrypted" in ran.out
    return target.read_bytes()


def test_it_opens_with_the_password_alone(sample: Path, tmp_path: Path, password_file: Path) -> None:
    name, content = attachment_of(draft(sample, tmp_path, "--password-file", password_file))
    assert name == "sample.marked.xlsx"
    assert not content.startswith(b"PK")
    got = tmp_path / "got.xlsx"
    got.write_bytes(content)
    opened = saved_by_libreoffice(got, tmp_path, password=SECRET)
    assert opened is not None
    assert opened.sheetnames == ["Markbook", "Summary", "Queries"]
    assert opened["Markbook"]["A4"].value == "Student ID"
    assert not opens_without_password(got, tmp_path)
    box = msoffcrypto.OfficeFile(BytesIO(content))
    with pytest.raises(msoffcrypto.exceptions.InvalidKeyError):
        box.load_key(password="another one", verify_password=True)


def test_libreoffice_opens_what_is_not_encrypted(sample: Path, tmp_path: Path) -> None:
    assert opens_without_password(sample, tmp_path)


def test_what_is_inside_is_the_copy_of_values(sample: Path, tmp_path: Path, password_file: Path) -> None:
    content = attachment_of(draft(sample, tmp_path, "--password-file", password_file))[1]
    box = msoffcrypto.OfficeFile(BytesIO(content))
    box.load_key(password=SECRET)
    inside = BytesIO()
    box.decrypt(inside)
    run("email", sample, "--to", HEAD, "--draft", tmp_path / "plain.eml")
    assert inside.getvalue() == attachment_of((tmp_path / "plain.eml").read_bytes())[1]
    assert load_workbook(inside).sheetnames == ["Markbook", "Summary", "Queries"]


@pytest.mark.parametrize("option", ["--whole", "--pseudonymise"])
def test_every_kind_of_attachment_can_be_encrypted(
    sample: Path, tmp_path: Path, password_file: Path, option: str
) -> None:
    content = attachment_of(draft(sample, tmp_path, "--password-file", password_file, option))[1]
    assert msoffcrypto.OfficeFile(BytesIO(content)).is_encrypted()


def test_the_password_is_written_nowhere(
    sample: Path, tmp_path: Path, markbook_home: Path, password_file: Path
) -> None:
    """Files, log, message, output, and the list of arguments of the running program."""
    mailbox = Mailbox(silent_at="DATA")
    marked = tmp_path / "work" / "sample.marked.xlsx"
    marked.parent.mkdir()
    marked.write_bytes(sample.read_bytes())
    with running(mailbox, starttls=tls()) as port:
        write_settings(markbook_home, port, timeout=1)
        environment = os.environ | {
            "MARKBOOK_HOME": str(markbook_home),
            "MARKBOOK_MAIL_PASSWORD": "correct horse battery",
        }
        command = [sys.executable, "-m", "addin.cli", "email", str(marked), "--to", HEAD, "--send", "--yes",
                   "--password-file", str(password_file)]  # fmt: skip
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        log = markbook_home / "mail-log.jsonl"
        while process.poll() is None and not log.exists():
            time.sleep(0.02)
        arguments = Path(f"/proc/{process.pid}/cmdline")
        seen = arguments.read_bytes() if arguments.exists() else b""
        out, err = process.communicate(timeout=60)
    files = [path for folder in (marked.parent, markbook_home) for path in folder.rglob("*") if path.is_file()]
    for secret in (SECRET.encode(), b"correct horse battery"):
        for text in (seen, out, err, *(path.read_bytes() for path in files)):
            assert secret not in text
    assert b"trying" in log.read_bytes()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "at least 8"),
        (b"short\n", "at least 8"),
        (b"\nlong enough 123\n", "at least 8"),
        (b"\xff\xfe\x00long", "plain text"),
    ],
)
def test_no_password_in_the_file(sample: Path, tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "p.txt").write_bytes(content)
    said = refused(
        run("email", sample, "--to", HEAD, "--draft", tmp_path / "o.eml", "--password-file", tmp_path / "p.txt")
    )
    assert told in said
    assert not (tmp_path / "o.eml").exists()


def test_no_such_file(sample: Path, tmp_path: Path) -> None:
    said = refused(
        run("email", sample, "--to", HEAD, "--draft", tmp_path / "o.eml", "--password-file", tmp_path / "p.txt")
    )
    assert "no such file" in said
