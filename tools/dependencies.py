"""What the program depends on: lists in CycloneDX for other programs, and docs/dependencies.md for people.

    python -m tools.dependencies -o FOLDER     writes a list (.cdx.json) for the core and for each extra
    python -m tools.dependencies --write       writes docs/dependencies.md anew

Both look at the packages of the Python that runs them, in which the extra `all` must be installed, and fail where one of these has
no licence or one that nobody expects. The components are cyclonedx-bom's; licences and extras, which it cannot tell, are ours.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from addin.extras import EXTRAS
from tools.licences import ON_TERMS, fault_of, licence_of

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "docs" / "dependencies.md"
MEASURED = ROOT / "tools" / "installed.csv"
"""Packages and megabytes of the core, each extra and all of them, as `python -m tests.release --sizes` measured them."""

PROGRAM, CORE = "maths-markbook", "core"
SETS = {CORE: "", **{extra: extra for extra in EXTRAS}}
"""What is listed -> the extra that brings it."""

FOR_WHAT = {
    "click": "commands, progress and colours on a terminal",
    "distributed": "a batch on several computers",
    "icalendar": "calendar files of planned clinics",
    "jinja2": "the wording of letters, mails and pages",
    "joblib": "several workbooks at a time; the model's file",
    "keyring": "the mail server's password from the system's keyring",
    "latex2mathml": "formulas in clinic packs",
    "lxml": "the parts of a workbook's file",
    "mathml2omml": "formulas in Word",
    "matplotlib": "plots of an evaluation",
    "msoffcrypto-tool": "attachments with a password",
    "numpy": "features and scores",
    "pandas": "tables of training and evaluation",
    "pyopenvba": "the add-in's VBA",
    "python-calamine": "reading .xls, .xlsb and .ods",
    "python-docx": "letters and packs as Word documents",
    "pywin32": "reaching Excel and Outlook on Windows",
    "scikit-learn": "the bundled model, and learning from a school's own outcomes",
    "scipy": "who goes to which clinic; intervals",
    "sympy": "questions with exact answers",
    "uvicorn": "the server's process",
    "xlsxwriter": "new workbooks: the template, the copy to mail, the overview",
    "xlwings": "Excel itself: buttons, functions, open workbooks",
    "xlwings-server": "answering Excel on the web, on Macs and on managed computers",
}
"""Package that we name ourselves -> what it is for."""

XLWINGS_TERMS = (
    "xlwings itself is BSD-3-Clause. Its folder xlwings/pro is under another licence (PolyForm Noncommercial, or a key that is "
    "paid for); the program never imports it but on the server."
)
SERVER_TERMS = (
    "xlwings Server, of the extra `server` alone, is for noncommercial use (PolyForm Noncommercial 1.0.0), which covers schools, "
    "colleges, universities and charities; anybody else needs a paid key of xlwings PRO. `markbook serve` does not start until its "
    "operator has stated which applies."
)
TERMS = {"xlwings": XLWINGS_TERMS, "xlwings-server": SERVER_TERMS}


def named(extra: str) -> list[Requirement]:
    """What the program itself asks for: without an extra the core's packages, with one what it adds; other systems' too."""
    every = [Requirement(text) for text in distribution(PROGRAM).requires or []]
    return [each for each in every if (f'extra == "{extra}"' if extra else "") in str(each.marker) and _of(each, extra)]


def brought_by(extra: str) -> dict[str, Distribution]:
    """All packages that the program asks for with an extra, with what these ask for, by name; on this system, the core included."""
    found: dict[str, Distribution] = {}
    seen: set[tuple[str, str]] = set()
    waiting = [(PROGRAM, ""), (PROGRAM, extra)]
    while waiting:
        name, asked = waiting.pop()
        if (name, asked) in seen:
            continue
        seen.add((name, asked))
        package = distribution(name)
        found[canonicalize_name(name)] = package
        for each in map(Requirement, package.requires or []):
            if each.marker is None or each.marker.evaluate({"extra": asked}):
                waiting += [(canonicalize_name(each.name), more) for more in ("", *each.extras)]
    del found[PROGRAM]
    return dict(sorted(found.items()))


def listing(everything: Mapping[str, Any], packages: Mapping[str, Distribution]) -> dict[str, Any]:
    """The list of some packages in CycloneDX 1.6.

    Args:
        everything: cyclonedx-bom's list of the whole environment.
        packages: Those that belong into this one, by name.
    """
    kept = [dict(each) for each in everything["components"] if canonicalize_name(each["name"]) in packages]
    for each in kept:
        name = canonicalize_name(each["name"])
        each["licenses"] = _licences(licence_of(packages[name]))
        if name in TERMS:
            each["properties"] = [*each.get("properties", ()), {"name": "maths-markbook:terms", "value": TERMS[name]}]
    refs = {each["bom-ref"] for each in kept}
    program = {
        "type": "application", "bom-ref": PROGRAM, "name": PROGRAM, "version": distribution(PROGRAM).version,
        "licenses": _licences("MIT"),
    }  # fmt: skip
    arrows = [
        {"ref": each["ref"], "dependsOn": [ref for ref in each.get("dependsOn", ()) if ref in refs]}
        for each in everything["dependencies"]
        if each["ref"] in refs
    ]
    ours = {canonicalize_name(each.name) for each in map(Requirement, distribution(PROGRAM).requires or [])}
    direct = sorted(each["bom-ref"] for each in kept if canonicalize_name(each["name"]) in ours)
    return {
        **{name: everything[name] for name in ("$schema", "bomFormat", "specVersion", "version") if name in everything},
        "metadata": {"component": program, "tools": everything.get("metadata", {}).get("tools", {})},
        "components": kept,
        "dependencies": [{"ref": PROGRAM, "dependsOn": direct}, *arrows],
    }


def write_listings(folder: Path) -> Iterator[str]:
    """Write a list for the core and for each extra; what is wrong, a line each."""
    told = subprocess.run(
        [sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible", "--of", "JSON", sys.executable],
        capture_output=True, check=True, encoding="utf-8",
    ).stdout  # fmt: skip
    everything = json.loads(told)
    folder.mkdir(parents=True, exist_ok=True)
    validator = JsonStrictValidator(SchemaVersion.V1_6)
    for name, extra in SETS.items():
        packages = brought_by(extra)
        text = json.dumps(listing(everything, packages), indent=2, ensure_ascii=False) + "\n"
        fault = validator.validate_str(text)
        if fault is not None:
            yield f"{name}: the list is not as CycloneDX 1.6 wants it: {fault}"
        listed = {canonicalize_name(each["name"]) for each in json.loads(text)["components"]}
        yield from (f"{name}: {each} is missing from the list" for each in packages.keys() - listed)
        (folder / f"{PROGRAM}-{name}.cdx.json").write_text(text, encoding="utf-8", newline="\n")


def licence_faults() -> list[str]:
    """What is wrong with the licences of everything that any extra brings."""
    every = {name: package for extra in SETS.values() for name, package in brought_by(extra).items()}
    return [fault for _, package in sorted(every.items()) if (fault := fault_of(package))]


def direct_tables() -> str:
    """The packages that the program names: for the core and each extra a table of versions, licence and purpose."""
    parts = []
    for name, extra in SETS.items():
        title = "## The core" if name == CORE else f"## `{name}`: {EXTRAS[extra].purpose}"
        rows = []
        for each in named(extra):
            only = "on Windows: " if "win32" in str(each.marker) else ""
            purpose = FOR_WHAT[canonicalize_name(each.name)]
            rows.append((each.name, _range(each), _licence_told(each.name), only + purpose))
        parts.append("\n".join([title, "", *_table(("package", "versions", "licence", "for"), rows)]))
    return "\n\n".join(parts)


def guide() -> str:
    """The whole of docs/dependencies.md."""
    with MEASURED.open(encoding="utf-8", newline="") as file:
        measured = {row["set"]: row for row in csv.DictReader(file)}
    sizes = [
        (f"`{name}`" if name != CORE else "the core alone", row["packages"], row["megabytes"])
        for name, row in measured.items()
    ]
    brought = []
    for name, extra in SETS.items():
        ours = {canonicalize_name(each.name) for each in named(extra)} | (
            set() if name == CORE else set(brought_by(""))
        )
        others = [f"{each} ({licence_of(package)})" for each, package in brought_by(extra).items() if each not in ours]
        brought.append((name, ", ".join(others) or "nothing more"))
    return "\n".join(
        [
            "# What the program depends on",
            "",
            "`pip install maths-markbook` brings the core. What few need comes with an extra, such as",
            '`pip install "maths-markbook[word,calendar]"`; `all` brings everything. Where an extra is missing, the program says',
            "which, for what, and the command that installs it.",
            "",
            *_table(("with", "packages", "MB on the disk"), sizes),
            "",
            f"Measured on Linux with {measured[CORE]['python']}. Packages are counted with all that they bring,",
            "without the program itself. On Windows xlwings brings one more, pywin32; on macOS two, psutil and appscript: through",
            "these it reaches Excel.",
            f"`pip install` of the core took {measured[CORE]['seconds']} seconds there, nothing downloaded before. Its largest",
            "parts are scipy, numpy and scikit-learn.",
            "",
            direct_tables(),
            "",
            "## What these bring along",
            "",
            *_table(("with", "packages and their licences, on Linux"), brought),
            "",
            "## Terms to know",
            "",
            f"- {XLWINGS_TERMS}",
            f"- {SERVER_TERMS}",
            "- `BSD` stands where a package says no more than that. The wheels of numpy and scipy also hold libraries of their",
            "  own, whose licences lie in them.",
            "- The program itself is MIT. None of the packages is part of it; pip fetches each from where it is published.",
            "",
            "## How this is made",
            "",
            "`python -m tools.dependencies --write` writes this page from `setup.cfg` and the metadata of the installed packages.",
            "`python -m tools.dependencies -o FOLDER` writes lists in CycloneDX 1.6 with exact versions, one for the core and one",
            "for each extra. Both fail where a package tells no licence, or one that `tools/licences.py` does not expect.",
            "`python -m tests.release` does so at every full run, and tries the core on each Python with the lowest and the newest",
            "versions.",
            "",
        ]
    )


def _of(each: Requirement, extra: str) -> bool:
    return extra != "" or "extra ==" not in str(each.marker)


def _range(each: Requirement) -> str:
    return ", ".join(sorted(map(str, each.specifier), key=lambda told: (told[0] not in ">=", told))) or "any"


def _licence_told(name: str) -> str:
    if canonicalize_name(name) == "pywin32":  # not to be had here, so not to be asked
        return "PSF-2.0"
    licence = licence_of(distribution(name))
    if canonicalize_name(name) in ON_TERMS:
        return "PolyForm Noncommercial 1.0.0, or a paid key"
    return licence


def _licences(expression: str) -> list[dict[str, Any]]:
    if " " in expression:
        return [{"expression": expression}]
    return [{"license": {"name": "BSD"} if expression == "BSD" else {"id": expression}}]


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [headings, ["---"] * len(headings), *rows]
    return [f"| {' | '.join(cells)} |" for cells in lines]


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what is asked; the number of faults, which are printed."""
    parser = argparse.ArgumentParser(prog="python -m tools.dependencies")
    parser.add_argument("-o", "--output", type=Path, help="folder for the lists")
    parser.add_argument("--write", action="store_true", help="write docs/dependencies.md anew")
    asked = parser.parse_args(arguments)
    faults = licence_faults()
    if asked.output is not None:
        faults += write_listings(asked.output)
    if asked.write:
        GUIDE.write_text(guide(), encoding="utf-8", newline="\n")
    sys.stderr.writelines(f"error: {fault}\n" for fault in faults)
    return len(faults)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
