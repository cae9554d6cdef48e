"""Outlook for Windows, where it is present: shows a message in a window of its own, for a last look. It never sends.

The new Outlook has no such way in, nor has Outlook on other systems; a draft (.eml) serves there.
"""

from __future__ import annotations

import sys
import tempfile
import threading
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from addin.errors import MailProblem

MAIL_ITEM = 0
"""olMailItem, of Outlook's object model."""

ABSENT = (
    "Outlook for Windows is not here (the new Outlook does not count: it has no way in). Make a draft with --draft."
)


TIME_LIMIT = 90.0
"""Seconds; Outlook asks for a profile or a password where nobody may see it, and would be waited for without end."""


def show(message: EmailMessage, application: Any = None, *, limit: float = TIME_LIMIT) -> None:
    """Open a window with the message.

    Args:
        application: Outlook's own object; left out, the running or newly started one.

    Raises:
        MailProblem: There is no such Outlook, it refuses, or it does not answer in time.
    """
    ended: list[BaseException | None] = []

    def work() -> None:  # Outlook's object can be used by the thread alone that has asked for it
        try:
            _fill(message, application)
        except BaseException as error:
            ended.append(error)
        else:
            ended.append(None)

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    worker.join(limit)
    if not ended:
        raise MailProblem(
            f"Outlook has not answered for {limit:g} seconds. Look whether it asks for something; nothing was sent. Try again, or "
            "make a draft with --draft."
        )
    if ended[0] is not None:
        raise ended[0]


def _fill(message: EmailMessage, application: Any) -> None:
    outlook = _running() if application is None else application
    if outlook is None:
        raise MailProblem(ABSENT)
    try:
        item = outlook.CreateItem(MAIL_ITEM)
        item.To = "; ".join(address.addr_spec for address in message["To"].addresses)
        item.Subject = str(message["Subject"])
        html = message.get_body(("html",))
        item.HTMLBody = "" if html is None else html.get_content()
        with tempfile.TemporaryDirectory(prefix="markbook-") as folder:
            for part in message.iter_attachments():
                file = Path(folder) / str(part.get_filename())
                file.write_bytes(part.get_content())
                item.Attachments.Add(str(file))  # Outlook takes a copy of its own
        item.Display(False)
    except Exception as error:  # pywin32's errors are its own
        raise MailProblem(
            f"Outlook refused the message ({type(error).__name__}). Nothing was sent. Make a draft with --draft."
        ) from error


def is_present() -> bool:
    """Whether this computer has an Outlook that other programs may speak to."""
    return _registered()


def refuse_absent() -> None:
    """Refuse, before any work is done, where there is no such Outlook.

    Raises:
        MailProblem: There is none.
    """
    if not is_present():
        raise MailProblem(ABSENT)


if sys.platform == "win32":
    import winreg

    def _registered() -> bool:
        try:
            winreg.CloseKey(winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, r"Outlook.Application\CLSID"))
        except OSError:
            return False
        return True

    def _running() -> Any:
        if not _registered():
            return None
        try:
            import pythoncom
            import win32com.client

            pythoncom.CoInitialize()
            return win32com.client.Dispatch("Outlook.Application")
        except Exception:  # without pywin32, or where the school's policy forbids it
            return None

else:

    def _registered() -> bool:
        return False

    def _running() -> Any:
        return None
