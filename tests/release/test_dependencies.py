"""Extras, licences and the page that tells of them."""

from __future__ import annotations

import json
from configparser import ConfigParser
from email.message import Message
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from addin.extras import EXTRAS
from tests.libraries import needed_library
from tests.tools import ROOT


def asked_for(extra: str) -> set[str]:
    """Names of what setup.cfg lists under an extra; "" for the core."""
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    text = setup["options"]["install_requires"] if not extra else setup["options.extras_require"][extra]
    return {
        canonicalize_name(Requirement(line).name) for line in text.splitlines() if line.strip(" #") and line[0] != "#"
    }


def test_every_library_that_is_asked_for_comes_with_its_extra() -> None:
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    assert {*EXTRAS, "all", "docs", "dev"} == set(setup["options.extras_require"])
    for name, extra in EXTRAS.items():
        assert {canonicalize_name(each) for each in extra.libraries.values()} == asked_for(name) - {"pywin32"}, name


def test_all_is_everything() -> None:
    assert asked_for("all") == set().union(*(asked_for(extra) for extra in EXTRAS))


class Installed(Distribution):
    """A package whose metadata says what a test wants."""

    def __init__(self, **told: str) -> None:
        self.told = told

    def read_text(self, filename: str) -> str | None:
        message = Message()
        for name, value in self.told.items():
            message[name.replace("_", "-")] = value
        return str(message)

    def locate_file(self, path: object) -> Path:  # type: ignore[override]
        return Path(str(path))


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"License_Expression": "MIT"}, ""),
        ({"License_Expression": "Apache-2.0 OR BSD-3-Clause"}, ""),
        ({"License": "MIT License"}, ""),
        ({"Classifier": "License :: OSI Approved :: BSD License"}, ""),
        ({}, "tells no licence"),
        ({"License": "see the file"}, "tells no licence"),
        ({"License_Expression": "GPL-3.0-only"}, "its licence is GPL-3.0-only, which is not expected"),
        ({"License_Expression": "MIT AND AGPL-3.0-or-later"}, "not expected"),
        ({"License_Expression": "PolyForm-Noncommercial-1.0.0"}, "not expected"),
    ],
)
def test_a_licence_is_expected_or_is_a_fault(told: dict[str, str], words: str) -> None:
    from tools.licences import fault_of

    fault = fault_of(Installed(Name="doodle", Version="1", **told))
    assert words in fault
    assert bool(words) == bool(fault)


def test_the_page_names_what_the_program_asks_for_today() -> None:
    needed_library("cyclonedx")
    from tools.dependencies import SERVER_TERMS, XLWINGS_TERMS, direct_tables

    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert direct_tables() in page, "run python -m tools.dependencies --write"
    assert XLWINGS_TERMS in page
    assert SERVER_TERMS in page


def test_every_package_of_every_extra_has_a_licence_that_is_expected() -> None:
    needed_library("cyclonedx")
    from tools.dependencies import brought_by, licence_faults

    assert licence_faults() == []
    assert {"xlwings", "scikit-learn", "markupsafe"} <= brought_by("").keys()
    assert not {"xlwings-server", "pandas", "rich", "sympy"} & brought_by("").keys()


def test_a_list_tells_licences_terms_and_what_brings_what() -> None:
    needed_library("cyclonedx")
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    from tools.dependencies import PROGRAM, SERVER_TERMS, listing

    names = ("jinja2", "markupsafe", "numpy", "xlwings-server")
    found = {name: distribution(name) for name in names}
    everything = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json", "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "components": [
            {"type": "library", "bom-ref": f"{name}==1", "name": name, "version": "1"} for name in (*names, "doodle")
        ],
        "dependencies": [
            {"ref": "jinja2==1", "dependsOn": ["markupsafe==1", "doodle==1"]}, {"ref": "doodle==1", "dependsOn": []},
        ],
    }  # fmt: skip
    made = listing(everything, found)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(made)) is None
    listed = {each["name"]: each for each in made["components"]}
    assert listed.keys() == set(names), "doodle is not of this list"
    assert listed["jinja2"]["licenses"] == [{"license": {"name": "BSD"}}]
    assert listed["markupsafe"]["licenses"] == [{"license": {"id": "BSD-3-Clause"}}]
    assert " AND " in listed["numpy"]["licenses"][0]["expression"]
    assert "PolyForm-Noncommercial-1.0.0" in listed["xlwings-server"]["licenses"][0]["expression"]
    assert listed["xlwings-server"]["properties"][-1]["value"] == SERVER_TERMS
    arrows = {each["ref"]: each["dependsOn"] for each in made["dependencies"]}
    assert arrows == {PROGRAM: ["jinja2==1", "numpy==1", "xlwings-server==1"], "jinja2==1": ["markupsafe==1"]}
    assert made["metadata"]["component"]["version"] == distribution(PROGRAM).version
