"""What an installed package says its licence is, in SPDX's words where it can be told, and whether that is one we expect."""

from __future__ import annotations

import re
from importlib.metadata import Distribution

EXPECTED = frozenset({
    "0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-0", "MIT-CMU", "MPL-2.0", "PSF-2.0",
    "Zlib",
})  # fmt: skip
"""Licences under which a package may be used and passed on by a school and anybody else; "BSD" where a package says no more."""

ON_TERMS = {"xlwings-server": "LicenseRef-xlwings-PRO OR PolyForm-Noncommercial-1.0.0"}
"""Package -> the licence that it alone may have, on which docs/dependencies.md says more."""

_TOLD_ELSEWHERE = {"aiocache": "BSD-3-Clause"}
"""Package -> licence, where its metadata has none and its file LICENSE does."""

_IN_SPDX = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD 3-clause": "BSD-3-Clause",
    "BSD License": "BSD",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "xlwings PRO License OR PolyForm Noncommercial License 1.0.0": ON_TERMS["xlwings-server"],
}


def licence_of(package: Distribution) -> str:
    """The licence of an installed package as an SPDX expression; "" where it says none that is known here.

    Example:
        >>> from importlib.metadata import distribution
        >>> licence_of(distribution("numpy")).split()[0], licence_of(distribution("Jinja2"))
        ('BSD-3-Clause', 'BSD')
    """
    told = package.metadata
    expression = told.get("License-Expression")
    if expression:
        return expression
    plain = (told.get("License") or "").strip()
    if _IN_SPDX.get(plain, plain) in {*EXPECTED, *ON_TERMS.values()}:
        return _IN_SPDX.get(plain, plain)
    classifiers = [
        each.rpartition(" :: ")[2] for each in told.get_all("Classifier", []) if each.startswith("License ::")
    ]
    known = [_IN_SPDX[each] for each in classifiers if each in _IN_SPDX]
    return " OR ".join(known) or _TOLD_ELSEWHERE.get(_name(package), "")


def fault_of(package: Distribution) -> str:
    """What is wrong with a package's licence, in a sentence; "" where nothing is."""
    licence = licence_of(package)
    if not licence:
        return (
            f"{_name(package)}: its metadata tells no licence that is known. Read its files, and enter what they say."
        )
    if ON_TERMS.get(_name(package)) == licence or set(re.split(r" (?:AND|OR) ", licence.strip("()"))) <= EXPECTED:
        return ""
    return f"{_name(package)}: its licence is {licence}, which is not expected. Read its terms before it is used."


def _name(package: Distribution) -> str:
    return str(package.metadata["Name"]).lower().replace("_", "-")
