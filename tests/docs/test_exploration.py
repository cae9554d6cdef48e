"""The notebook runs from top to bottom, draws its figures, and says what to do where the public data is missing."""

from __future__ import annotations

import json
import os
import time
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.tools import import_path

try:
    import nbformat
    from nbclient import NotebookClient
except ImportError as missing:
    if os.environ.get("MARKBOOK_REQUIRE_ALL") == "1":
        raise
    pytest.skip(f"{missing.name} is not installed (pip install -e '.[dev]')", allow_module_level=True)

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = ROOT / "docs" / "exploration.ipynb"
SHARED = ROOT.parent / "shared" / "data"
LONGEST = 60  # seconds for a whole run; a reader who waits longer stops trying things out
FIGURES = {"gap-figure", "features-figure", "weights-figure", "one-student-figure", "calibration-code", "rules-code"}


def execute(notebook: Any, *, data: Path, home: Path) -> Any:
    """A run copy of the notebook. The kernel keeps its own files in `home`; a cell that fails raises."""
    environment = {
        **os.environ,
        "MARKBOOK_DATA": str(data),
        "PYTHONPATH": import_path(),
        "IPYTHONDIR": str(home / "ipython"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
    }
    environment.pop("MPLBACKEND", None)  # figures go into the notebook, whatever draws elsewhere
    copy = deepcopy(notebook)
    client = NotebookClient(copy, timeout=LONGEST, kernel_name="python3", resources={"metadata": {"path": str(home)}})
    client.execute(env=environment)
    return copy


def texts(cell: Any) -> str:
    """Everything that a cell shows in words."""
    shown = (output.get("data", {}) for output in cell.outputs)
    return "\n".join(str(text) for data in shown for kind, text in data.items() if kind.startswith("text/"))


@pytest.fixture(scope="module")
def source() -> Any:
    return nbformat.read(NOTEBOOK, as_version=4)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public data: MARKBOOK_DATA, else shared/data beside the repository, else an empty folder (never the network)."""
    named = Path(os.environ.get("MARKBOOK_DATA") or SHARED)
    return named if named.is_dir() else tmp_path_factory.mktemp("no_data")


@pytest.fixture(scope="module")
def ran(source: Any, data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], float]:
    start = time.monotonic()
    done = execute(source, data=data, home=tmp_path_factory.mktemp("kernel"))
    return {cell.id: cell for cell in done.cells if cell.cell_type == "code"}, time.monotonic() - start


def test_every_cell_runs_in_time_and_without_a_warning(ran: tuple[dict[str, Any], float]) -> None:
    cells, seconds = ran
    assert seconds < LONGEST
    for name, cell in cells.items():
        assert cell.execution_count is not None, name
        for output in cell.outputs:
            assert output.output_type in ("display_data", "execute_result"), (name, output)


def test_the_figures_are_drawn(ran: tuple[dict[str, Any], float]) -> None:
    drawn = {name for name, cell in ran[0].items() if any("image/png" in o.get("data", {}) for o in cell.outputs)}
    assert drawn == FIGURES


def test_what_is_shown_bears_out_what_is_said(ran: tuple[dict[str, Any], float], data: Path) -> None:
    cells, _ = ran
    assert float(texts(cells["pipeline-code"]).split("**")[1]) <= 1e-9
    one = texts(cells["one-student-code"])
    first, second = (part.split("**")[0] for part in one.split("= **")[1].split("says **", 1))
    assert first == second
    if any(data.rglob("student-mat.csv")):
        assert "logistic" in texts(cells["real-code"])
    else:
        assert "MARKBOOK_DATA" in texts(cells["real-code"])


def test_without_the_data_the_cell_says_what_to_do(source: Any, tmp_path: Path) -> None:
    short = deepcopy(source)
    short.cells = [cell for cell in short.cells if cell.id in ("imports", "real-code")]
    (tmp_path / "empty").mkdir()
    told = texts(execute(short, data=tmp_path / "empty", home=tmp_path).cells[-1])
    for words in ("The data is not here", "student-mat.csv", "MARKBOOK_DATA", "run this cell again"):
        assert words in told


def test_the_file_is_kept_without_outputs_and_cells_are_short(source: Any) -> None:
    nbformat.validate(source)
    for cell in source.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None
            assert cell.source.count("\n") < 25, cell.id
        else:
            assert all(len(paragraph) < 900 for paragraph in cell.source.split("\n\n")), cell.id
    assert NOTEBOOK.stat().st_size < 50_000
    assert set(json.loads(NOTEBOOK.read_text(encoding="utf-8"))["metadata"]) == {"kernelspec", "language_info"}
