"""What a script says and where: nothing is raised to the add-in, and what was queued before a fault is taken back."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from addin.errors import SheetProblem
from addin.excel.lite import on_demand, scripts


class Fake:
    """As much of an xlwings book as a script without a workbook needs."""

    def __init__(self) -> None:
        self.actions: list[str] = []
        self.sheets: list[Any] = []
        self.app = SimpleNamespace(engine=SimpleNamespace(type="remote"))

    def json(self) -> dict[str, list[str]]:
        return {"actions": self.actions}


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (SheetProblem("Sheet 'Y9', cell B2: no."), "Sheet 'Y9', cell B2: no.\n"),
        (ValueError("17\n is wrong"), "An unexpected fault (ValueError: 17 is wrong). Please report this line.\n"),
    ],
)
def test_a_fault_is_told_and_nothing_is_written(
    fault: Exception, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    book = Fake()

    def work(host: object) -> str:
        book.actions.append("setValues")
        raise fault

    scripts._press(book, work)
    assert book.actions == []
    assert capsys.readouterr().out == told


def test_a_package_that_cannot_be_had_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(on_demand, "find_spec", lambda name: None)
    asyncio.run(scripts.write_letters(Fake()))
    assert "Add a line jinja2 to requirements.txt" in capsys.readouterr().out


@pytest.mark.parametrize("comes", [True, False])
def test_in_a_browser_a_package_is_loaded_when_it_is_needed(monkeypatch: pytest.MonkeyPatch, comes: bool) -> None:
    there: set[str] = set()

    async def load_package(name: str) -> None:
        if not comes:
            raise OSError("no connection")
        there.add(name)

    monkeypatch.setattr(on_demand.sys, "platform", "emscripten")
    monkeypatch.setattr(on_demand, "find_spec", lambda name: name in there or None)
    monkeypatch.setattr(on_demand.importlib, "import_module", lambda name: SimpleNamespace(loadPackage=load_package))
    if comes:
        asyncio.run(on_demand.load("scipy"))
        assert there == {"scipy"}
    else:
        with pytest.raises(on_demand.RequestProblem, match="Add a line scipy"):
            asyncio.run(on_demand.load("scipy"))
