"""Packages that one script needs and every start would have to wait for: loaded once they are asked for, where Pyodide has them."""

from __future__ import annotations

import importlib
import sys
from importlib.util import find_spec

from addin.errors import RequestProblem


async def load(*packages: str) -> None:
    """Make packages ready to be imported; in a browser from where the add-in loads Python itself, elsewhere they must be there.

    Args:
        packages: Names of packages that go by the name under which they are imported.

    Raises:
        RequestProblem: One of them cannot be had; the text says what to do.

    Example:
        >>> try:
        ...     load("no_such_package").send(None)  # what `await` does
        ... except RequestProblem as problem:
        ...     str(problem).split(",")[0]
        'This button needs the package no_such_package'
    """
    for name in packages:
        if find_spec(name) is None and sys.platform == "emscripten":
            try:
                await importlib.import_module("pyodide_js").loadPackage(name)
            except Exception as error:  # JavaScript's own: no connection, or a policy of the school
                raise _missing(name) from error
            importlib.invalidate_caches()
        if find_spec(name) is None:
            raise _missing(name)


def _missing(name: str) -> RequestProblem:
    return RequestProblem(
        f"This button needs the package {name}, which is not there. Add a line {name} to requirements.txt in the pane of xlwings "
        "Lite (Ctrl+Shift+M shows it), choose Restart in its menu, and press again."
    )
