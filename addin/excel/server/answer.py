"""How a script's answer reaches the task pane.

xlwings Server answers a script with actions on the workbook and has no place for words but a message box whose text travels in an
address, where a proxy would log it. So the words go along as one more action, which calls `markbookAnswer` of `static/js/press.js`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import xlwings as xw

from addin.excel.server.files import File

CALLBACK = "markbookAnswer"
"""The function of `static/js/press.js` that receives an answer."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a script has to say.

    Args:
        told: Words for the teacher, lines separated by newlines; "" for none.
        files: Files to be offered for download.
        glance: The class at a glance (`addin.excel.server.glance`), for the script that asks for it.
        columns: What each column is taken for (`addin.excel.columns`), for the script that asks for it.
    """

    told: str = ""
    files: tuple[File, ...] = ()
    glance: dict[str, Any] | None = None
    columns: dict[str, Any] | None = None


def hand_over(book: xw.Book, answer: Answer) -> None:
    """Add the answer to what the client gets; call it last, when everything is written."""
    book.app.macro(CALLBACK)(asdict(answer))
