"""What few need comes with an extra of the package: its libraries are asked for before they are used, here and nowhere else.

`EXTRAS` says which library is for what. Whoever is about to use one calls `needed`, which goes on or tells in one sentence what is
missing, for what, and the command that installs it; where a result is whole without it, `left_out` gives that sentence as a note.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec

from addin.errors import RequestProblem


@dataclass(frozen=True, kw_only=True)
class Extra:
    """An extra of the package.

    Args:
        purpose: What it is for, to follow the word "For".
        libraries: Name in `import` -> name in `pip install`.
    """

    purpose: str
    libraries: Mapping[str, str]


EXTRAS: Mapping[str, Extra] = {
    "word": Extra(purpose="Word documents", libraries={"docx": "python-docx", "mathml2omml": "mathml2omml"}),
    "packs": Extra(
        purpose="clinic packs and their questions", libraries={"sympy": "sympy", "latex2mathml": "latex2mathml"}
    ),
    "formats": Extra(
        purpose="workbooks ending in .xls, .xlsb or .ods", libraries={"python_calamine": "python-calamine"}
    ),
    "calendar": Extra(purpose="calendar files of clinics", libraries={"icalendar": "icalendar"}),
    "mail": Extra(
        purpose="encrypted attachments and passwords from the system's keyring",
        libraries={"msoffcrypto": "msoffcrypto-tool", "keyring": "keyring"},
    ),
    "desktop": Extra(purpose="building the add-in for Excel on the desktop", libraries={"pyopenvba": "pyOpenVBA"}),
    "server": Extra(purpose="serving the add-in", libraries={"xlwings_server": "xlwings-server", "uvicorn": "uvicorn"}),
    "cluster": Extra(purpose="a batch on a Dask cluster", libraries={"distributed": "distributed"}),
    "train": Extra(
        purpose="training and evaluating the model", libraries={"pandas": "pandas", "matplotlib": "matplotlib"}
    ),
}
"""The extras of setup.cfg by name; `dev` and `all` put them together."""


def is_there(extra: str) -> bool:
    """Whether every library of an extra is installed.

    Args:
        extra: A name of `EXTRAS`.
    """
    return not _missing(extra)


def needed(extra: str) -> None:
    """Go on where every library of an extra is installed.

    Args:
        extra: A name of `EXTRAS`.

    Raises:
        RequestProblem: One is missing; the text says which, for what, and how to install it.

    Example:
        >>> from unittest.mock import patch
        >>> with patch(f"{__name__}.find_spec", return_value=None):
        ...     needed("calendar")
        Traceback (most recent call last):
        ...
        addin.errors.RequestProblem: For calendar files of clinics icalendar is missing. Install it: pip install \
"maths-markbook[calendar]"
    """
    if _missing(extra):
        raise RequestProblem(_told(extra))


def left_out(extra: str) -> tuple[str, ...]:
    """What to note where a result goes without what an extra gives; nothing where its libraries are installed.

    Args:
        extra: A name of `EXTRAS`.

    Example:
        >>> from unittest.mock import patch
        >>> with patch(f"{__name__}.find_spec", return_value=None):
        ...     left_out("word")
        ('For Word documents python-docx and mathml2omml are missing. Install them: pip install "maths-markbook[word]"',)
    """
    return () if is_there(extra) else (_told(extra),)


def _missing(extra: str) -> list[str]:
    return [package for module, package in EXTRAS[extra].libraries.items() if find_spec(module) is None]


def _told(extra: str) -> str:
    missing = _missing(extra)
    are, them = ("is", "it") if len(missing) == 1 else ("are", "them")
    return (
        f"For {EXTRAS[extra].purpose} {' and '.join(missing)} {are} missing. "
        f'Install {them}: pip install "maths-markbook[{extra}]"'
    )
