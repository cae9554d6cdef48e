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
    assert {*EXTRAS, "all", "dev"} == set(setup["options.extras_require"])
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


def test_the_lists_name_each_package_with_a_licence(tmp_path: Path) -> None:
    needed_library("cyclonedx_py")
    from tools.dependencies import SETS, licence_faults, write_listings

    assert licence_faults() == []
    assert list(write_listings(tmp_path)) == []
    lists = {
        path.name.split(".")[0].rpartition("-")[2]: json.loads(path.read_text("utf-8")) for path in tmp_path.iterdir()
    }
    assert lists.keys() == SETS.keys()
    names = {name: {each["name"].lower() for each in told["components"]} for name, told in lists.items()}
    assert {"xlwings", "scikit-learn"} <= names["core"]
    assert not {"xlwings-server", "pandas", "rich"} & names["core"]
    assert all(each["licenses"] for told in lists.values() for each in told["components"])
    (server,) = (each for each in lists["server"]["components"] if each["name"] == "xlwings-server")
    assert "PolyForm-Noncommercial-1.0.0" in server["licenses"][0]["expression"]
    assert "paid key" in server["properties"][-1]["value"]
    assert str(ROOT) not in "".join(path.read_text("utf-8") for path in tmp_path.iterdir()), "a path of this machine"
    assert distribution("maths-markbook").version == lists["core"]["metadata"]["component"]["version"]
