"""The application that each worker runs: xlwings Server with our manifest, our answers to errors, and the gate in front.

xlwings Server is imported inside `application` alone: it reads its settings from the environment while it is imported
(`addin.excel.server.settings`), and without the extra or a key it cannot be.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from importlib.metadata import version
from pathlib import Path

from addin.errors import MarkbookError
from addin.excel.buttons import GROUPS, TAB
from addin.excel.server.decision import LONGEST_NOTE
from addin.excel.server.gate import NOT_UNDERSTOOD, UNEXPECTED, Application, Gate
from addin.excel.server.names import known_names
from addin.excel.server.once import forget_all
from addin.excel.server.settings import LARGEST
from addin.results.columns import DECISIONS, FLAG_COLOURS
from model.language.speech import ENGLISH, language_of, languages
from model.local import in_use
from model.vocabulary import STRANDS


def application() -> Application:
    """The whole application, for `uvicorn --factory`."""
    from fastapi.exceptions import RequestValidationError
    from starlette.exceptions import HTTPException
    from starlette.requests import Request
    from starlette.responses import JSONResponse, PlainTextResponse, Response
    from xlwings import XlwingsError
    from xlwings_server.config import PACKAGE_DIR, settings
    from xlwings_server.main import app, main_app
    from xlwings_server.templates import env

    async def told(request: Request, fault: Exception) -> Response:
        return PlainTextResponse(str(fault), status_code=400)

    async def said(request: Request, fault: HTTPException) -> Response:
        return PlainTextResponse(f"{fault.detail.rstrip('.')}.", status_code=fault.status_code, headers=fault.headers)

    async def not_understood(request: Request, fault: Exception) -> Response:
        return PlainTextResponse(NOT_UNDERSTOOD, status_code=400)

    async def unexpected(request: Request, fault: Exception) -> Response:
        # Starlette raises it again when this has been sent, and the gate logs its kind.
        return PlainTextResponse(UNEXPECTED, status_code=500)

    async def words(request: Request) -> Response:
        """What the task pane says in a language (`static/js/pane_words.js`); in one that is not there, English."""
        code = request.path_params["code"]
        language = language_of(code) if code in languages() else ENGLISH
        return JSONResponse({"code": language.code, "sentences": language.sentences()})

    app.add_route(f"{settings.app_path}/words/{{code}}.json", words, methods=["GET"])
    for ours in (MarkbookError, XlwingsError):
        app.add_exception_handler(ours, told)
    app.add_exception_handler(HTTPException, said)
    for theirs in (json.JSONDecodeError, UnicodeDecodeError, RequestValidationError):
        app.add_exception_handler(theirs, not_understood)
    app.add_exception_handler(Exception, unexpected)
    # Warnings of libraries may quote cells; as log records they lose their text.
    logging.captureWarnings(True)
    env.globals.update(
        tab=TAB,
        groups=GROUPS,
        flag_colours=FLAG_COLOURS,
        strands=STRANDS,
        decisions=DECISIONS,
        longest_note=LONGEST_NOTE,
        manifest_version=manifest_version(version("maths-markbook")),
        office_js=office_js(PACKAGE_DIR / "static"),
    )
    # For every cell xlwings asks by an import whether it runs on Pyodide; its slow failure is 35 of the 38 microseconds of a cell.
    # An entry of None makes it fail at once.
    sys.modules.setdefault("pyodide.ffi", None)  # type: ignore[arg-type]
    in_use()  # the first teacher should not wait for the model to be read
    return Gate(main_app, names=known_names(), largest=int(os.environ[LARGEST]), forget=forget_all)


def office_js(static: Path) -> str:
    """Where in xlwings Server's static files Microsoft's office.js is; its folder is named after its version."""
    found = sorted(static.glob("vendor/office-js/*/dist/office.js"))
    return "/" + found[-1].relative_to(static).as_posix()


def manifest_version(program: str) -> str:
    """The manifest's version: Office wants four numbers, the first at least 1, that grow with every release.

    Example:
        >>> manifest_version("0.12.3"), manifest_version("2.0.0rc1")
        ('1.0.12.3', '1.2.0.0')
    """
    numbers = ["".join(filter(str.isdigit, part.split("rc")[0])) or "0" for part in program.split(".")[:3]]
    return ".".join(["1", *numbers, *["0"] * (3 - len(numbers))])
