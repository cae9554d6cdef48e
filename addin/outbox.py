"""What happens to a composed message: here, it becomes a draft that a mail program opens for a last look."""

from __future__ import annotations

from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path

from addin.errors import RequestProblem, WriteFailed


def keep_draft(message: EmailMessage, path: Path) -> None:
    """Write a message as an unsent draft (.eml), which mail programs open ready to be looked at and sent.

    Raises:
        RequestProblem: The name does not end in .eml, or the file exists already.
        WriteFailed: The file could not be written.
    """
    if path.suffix.lower() != ".eml":
        raise RequestProblem(f"{path.name}: a draft is an .eml file. Give a name that ends in .eml.")
    # X-Unsent makes Outlook open it as a draft; a Date or Message-ID would make it look sent.
    message["X-Unsent"] = "1"
    try:
        with path.open("xb") as file:
            file.write(message.as_bytes())
    except FileExistsError:
        raise RequestProblem(f"{path.name}: the file exists already. Give another name, or delete it first.") from None
    except OSError as error:
        with suppress(OSError):
            path.unlink()
        raise WriteFailed(
            f"{path.name}: the draft was not written: {error.strerror}. Choose another folder."
        ) from error
