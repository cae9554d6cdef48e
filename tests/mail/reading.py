"""What the recipient's side makes of a message and its attachment, by other programs than those that made them."""

from __future__ import annotations

import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

from fast_mail_parser import PyMail, parse_email
from openpyxl import Workbook, load_workbook

from tests.tools import needed

_MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Save(source As String, password As String, target As String)
  Dim asked(1) As New com.sun.star.beans.PropertyValue
  asked(0).Name = "Hidden" : asked(0).Value = True
  asked(1).Name = "Password" : asked(1).Value = password
  Dim book As Object
  book = StarDesktop.loadComponentFromURL(source, "_blank", 0, asked())
  If Not IsNull(book) Then
    Dim how(0) As New com.sun.star.beans.PropertyValue
    how(0).Name = "FilterName" : how(0).Value = "Calc MS Excel 2007 XML"
    book.storeToURL(target, how())
    book.close(True)
  End If
  StarDesktop.terminate()
End Sub
</script:module>
"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Module1"/></library:library>
"""


def parsed(message: bytes) -> PyMail:
    """A message as a parser reads it that shares nothing with Python's own (Rust's mailparse)."""
    return parse_email(message)


def headers_of(message: bytes) -> dict[str, str]:
    """Name, in small letters, -> the only value of that header."""
    found = parsed(message).headers
    assert all(len(values) == 1 for values in found.values())
    return {name.casefold(): values[0] for name, values in found.items()}


def attachment_of(message: bytes) -> tuple[str, bytes]:
    """The name and the bytes of the only attachment."""
    (found,) = parsed(message).attachments
    return found.filename, found.content


def text_of(message: bytes) -> str:
    """Everything that a reader sees without opening the attachment."""
    mail = parsed(message)
    return "\n".join([mail.subject, *mail.text_plain, *mail.text_html])


def parts_of(workbook: bytes) -> dict[str, bytes]:
    """The unpacked parts of a workbook."""
    with zipfile.ZipFile(BytesIO(workbook)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def opens_without_password(workbook: Path, folder: Path) -> bool:
    """Whether LibreOffice opens a workbook when nobody types a password."""
    office = needed("soffice", remedy="apt-get install libreoffice-calc")
    command = [
        office,
        f"-env:UserInstallation=file://{folder / 'plain'}",
        "--headless",
        "--convert-to",
        "csv",
        "--outdir",
    ]
    subprocess.run([*command, str(folder / "opened"), str(workbook)], check=True, capture_output=True, timeout=180)
    return (folder / "opened" / f"{workbook.stem}.csv").exists()


def saved_by_libreoffice(workbook: Path, folder: Path, *, password: str = "none") -> Workbook | None:
    """The workbook as LibreOffice opens it and saves it again; None where it does not open it.

    The password must be right, or not needed: for a wrong one LibreOffice would wait for somebody to type another.
    """
    office = needed("soffice", remedy="apt-get install libreoffice-calc")
    profile, target = folder / "profile", folder / "saved.xlsx"
    library = profile / "user" / "basic" / "Standard"
    if not library.exists():
        # The first start makes the profile, into which the macro is then put.
        subprocess.run([office, f"-env:UserInstallation=file://{profile}", "--headless", "--terminate_after_init"],
                       check=True, capture_output=True, timeout=180)  # fmt: skip
        library.mkdir(parents=True, exist_ok=True)
    (library / "Module1.xba").write_text(_MACRO, encoding="utf-8")
    (library / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    target.unlink(missing_ok=True)
    arguments = ",".join(f'"{text}"' for text in (workbook.as_uri(), password, target.as_uri()))
    subprocess.run(
        [office, f"-env:UserInstallation=file://{profile}", "--headless", f"macro:///Standard.Module1.Save({arguments})"],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return load_workbook(target) if target.exists() else None
