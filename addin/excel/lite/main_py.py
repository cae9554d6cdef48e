"""The text of `main.py` and `requirements.txt` as xlwings Lite keeps them in a workbook."""

from __future__ import annotations

import hashlib
import textwrap
from base64 import b64encode
from importlib import metadata

from addin.excel.lite import registered
from addin.excel.lite.carried import HOME

MARK = "Maths Clinic Markbook"
"""In the first line of a main.py that the program has written."""

_MAIN = '''\
"""# {mark}

Press a button on the sheet Buttons, or choose a script above and press F5. Everything stays in this workbook.

The long text below is the program itself, a .zip archive in base64. It is unpacked in memory and nowhere else.
"""

import base64
import io
import os
import pathlib
import sys
import tempfile
import zipfile

ARCHIVE_SHA256 = "{sha256}"
ARCHIVE = """
{archive}
"""

_place = pathlib.Path(tempfile.gettempdir(), f"maths-markbook-{{ARCHIVE_SHA256[:12]}}")
if not _place.is_dir():
    zipfile.ZipFile(io.BytesIO(base64.b64decode(ARCHIVE))).extractall(_place)
os.environ["MARKBOOK_HOME"] = str(_place / "{home}")
sys.path.insert(0, str(_place))

from addin.excel.lite.registered import (  # noqa: E402, F401
{names}
)
'''

_SHORT = '''\
"""# {mark}

Choose a script above and press F5. Everything stays in this workbook.
"""

from addin.excel.lite.registered import *  # noqa: F403
'''


def main_py(archive: bytes) -> str:
    """The main.py that carries the program.

    Args:
        archive: What `carried.archive` gives.

    Example:
        >>> main_py(b"zip").splitlines()[0]
        '\"\"\"# Maths Clinic Markbook'
    """
    return _MAIN.format(
        mark=MARK,
        sha256=hashlib.sha256(archive).hexdigest(),
        archive="\n".join(textwrap.wrap(b64encode(archive).decode(), 120)),
        home=HOME,
        names="\n".join(f"    {name}," for name in registered.__all__),
    )


def short_main_py() -> str:
    """The main.py of a workbook whose requirements name the package.

    Example:
        >>> short_main_py().splitlines()[-1]
        'from addin.excel.lite.registered import *  # noqa: F403'
    """
    return _SHORT.format(mark=MARK)


def requirements(*, package: str = "") -> str:
    """The requirements.txt: what xlwings Lite itself wants, and what the program does.

    Args:
        package: A name or an address of the program's wheel; left out, its code is carried by main.py.

    Example:
        >>> requirements().splitlines()[3:]
        ['numpy', 'jinja2']
    """
    ours = [package, "jinja2"] if package else ["numpy", "jinja2"]
    version = metadata.version("xlwings")
    return "\n".join(
        [f"xlwings=={version}  # required", "python-dotenv  # required", "pyodide-http  # required", *ours, ""]
    )
