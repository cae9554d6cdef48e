"""The public data is the published file or is refused, and the figures measured on it are what we say they are.

The table of every model is looked at in test_evaluate.py, where it is measured anyhow.
"""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path
from urllib.error import URLError

import numpy as np
import pandas as pd
import pytest

from model.errors import PublicDataError
from model.training import public_data, public_file
from model.training.evaluation_data import calibration_error
from model.training.public_data import CORTEZ_SILVA_2008, MODELS, SENSITIVE, SET_UPS, evaluate_public, new_pipeline
from model.training.public_file import load_uci_mathematics

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "data"


@pytest.fixture(scope="module")
def folder() -> Path:
    """Where the real file is: MARKBOOK_DATA, else shared/data beside the repository."""
    path = Path(os.environ.get("MARKBOOK_DATA") or SHARED)
    if not path.is_dir():
        pytest.skip(f"no public data: MARKBOOK_DATA names no folder and {SHARED} does not exist")
    return path


@pytest.fixture(scope="module")
def pupils(folder: Path) -> pd.DataFrame:
    return load_uci_mathematics(folder)


@pytest.fixture(scope="module")
def content(folder: Path) -> bytes:
    places = (folder / "uci_student" / public_file.FILE, folder / public_file.FILE)
    return next(place for place in places if place.is_file()).read_bytes()


@pytest.fixture
def nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user with an empty cache and without MARKBOOK_DATA; answers with the place of the cached file."""
    monkeypatch.delenv("MARKBOOK_DATA", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    return tmp_path / "maths-markbook" / public_file.FILE


def zipped(name: str, inside: bytes) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr(name, inside)
    return archive.getvalue()


def as_published(file: bytes) -> bytes:
    return zipped("student.zip", zipped("student-mat.csv", file))


def answer_with(archive: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public_file, "urlopen", lambda url, timeout: io.BytesIO(archive))


def refused(folder: Path | None = None) -> str:
    with pytest.raises(PublicDataError) as caught:
        load_uci_mathematics(folder)
    assert "\n" not in str(caught.value)
    assert public_file.PAGE in str(caught.value)
    return str(caught.value)


# The file


def test_the_real_file_has_395_pupils_of_whom_130_fail(pupils: pd.DataFrame) -> None:
    assert pupils.shape == (395, 33)
    assert (pupils["G3"] < public_data.PASS_MARK).sum() == 130
    assert not pupils.isna().any().any()


def test_the_known_artefact_is_there(pupils: pd.DataFrame) -> None:
    leavers = pupils[pupils["G3"] == 0]
    assert len(leavers) == 38
    assert (leavers["absences"] == 0).all()


@pytest.mark.parametrize("below", ["", "uci_student"])
def test_markbook_data_may_name_either_folder(
    below: str, content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / below / "student-mat.csv"
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(content)
    monkeypatch.setenv("MARKBOOK_DATA", str(tmp_path))
    assert len(load_uci_mathematics()) == 395


def test_a_changed_file_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "student-mat.csv").write_bytes(content.replace(b"GP", b"MS", 1))
    assert "not the published file" in refused(tmp_path)


def test_a_missing_file_is_refused_and_not_looked_for_elsewhere(
    nobody: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARKBOOK_DATA", str(tmp_path / "nowhere"))
    monkeypatch.setattr(public_file, "urlopen", lambda url, timeout: pytest.fail("went to the network"))
    assert "nowhere" in refused()


def test_the_download_is_made_once(content: bytes, nobody: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer_with(as_published(content), monkeypatch)
    assert len(load_uci_mathematics()) == 395
    assert [path.name for path in nobody.parent.iterdir()] == ["student-mat.csv"]
    monkeypatch.setattr(public_file, "urlopen", lambda url, timeout: pytest.fail("went to the network again"))
    assert len(load_uci_mathematics()) == 395


@pytest.mark.parametrize(
    "archive",
    [
        b"",
        b"<html>moved</html>",
        zipped("readme.txt", b"nothing else"),
        zipped("student.zip", b"not a zip"),
        as_published(b"school;sex\n"),
        as_published(bytes(public_file.LARGEST + 1)),
        bytes(public_file.LARGEST + 1),
        as_published(b"x")[:-30],
    ],
    ids=["empty", "page", "other archive", "broken inside", "other file", "bomb", "too large", "cut off"],
)
def test_a_download_that_is_not_the_file_is_refused_and_not_kept(
    archive: bytes, nobody: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(archive, monkeypatch)
    assert public_file.URL in refused()
    assert not nobody.exists()


def test_without_a_network_the_remedy_is_told(nobody: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def offline(url: str, timeout: float) -> io.BytesIO:
        raise URLError("Name or service\nnot known")

    monkeypatch.setattr(public_file, "urlopen", offline)
    message = refused()
    assert "MARKBOOK_DATA" in message
    assert "Name or service not known" in message


def test_a_cache_that_was_changed_is_refused(nobody: Path) -> None:
    nobody.parent.mkdir()
    nobody.write_bytes(b"school;sex\n")
    assert str(nobody) in refused()


# The set-ups


def test_no_set_up_knows_who_somebody_is() -> None:
    for set_up in SET_UPS:
        assert not set(set_up.columns) & set(SENSITIVE)
    assert {"sex", "age", "address", "Medu", "Fedu", "Mjob", "Fjob", "guardian"} <= set(SENSITIVE)


def test_no_set_up_knows_a_grade_of_its_future() -> None:
    later = {"A": {"G3"}, "B": {"G2", "G3"}, "C": {"G1", "G2", "G3"}}
    for set_up in SET_UPS:
        assert not set(set_up.columns) & later[set_up.name]


@pytest.mark.parametrize("model", MODELS[1:])
def test_a_model_reads_its_columns_alone(model: str, pupils: pd.DataFrame) -> None:
    set_up = SET_UPS[0]
    known = set(set_up.columns) | (set(SENSITIVE) if "sensitive" in model else set())
    known -= {"absences"} if "no absences" in model else set()
    failed = pupils["G3"].to_numpy() < public_data.PASS_MARK
    whole = new_pipeline(set_up, model).fit(pupils, failed).predict_proba(pupils)
    alone = new_pipeline(set_up, model).fit(pupils[sorted(known)], failed).predict_proba(pupils[sorted(known)])
    np.testing.assert_allclose(whole, alone, rtol=0, atol=1e-12)


def test_boosting_never_gives_a_better_grade_a_higher_risk(pupils: pd.DataFrame) -> None:
    failed = pupils["G3"].to_numpy() < public_data.PASS_MARK
    fitted = new_pipeline(SET_UPS[0], "boosting").fit(pupils, failed)
    risks = [fitted.predict_proba(pupils.assign(G2=grade))[:, 1] for grade in range(21)]
    assert (np.diff(np.array(risks), axis=0) <= 1e-12).all()


# The figures


def test_a_risk_that_is_always_the_share_is_calibrated() -> None:
    failed = np.tile([True, False, False, False], 50)
    assert calibration_error(np.full(200, 0.25), failed, groups=5) == pytest.approx(0.0)
    assert calibration_error(np.full(200, 0.75), failed, groups=5) == pytest.approx(0.5)


def test_the_naive_rule_reproduces_the_published_figures(pupils: pd.DataFrame) -> None:
    table = evaluate_public(repeats=1, data=pupils, models=["naive rule"])
    figures = table.set_index("set_up").to_dict("index")
    for name, published in CORTEZ_SILVA_2008.items():
        assert figures[name]["pcc"] == pytest.approx(published["naive"], abs=0.05)
    assert table["brier"].isna().all()


def test_a_quick_evaluation_reaches_loose_bounds_and_repeats_itself(pupils: pd.DataFrame) -> None:
    table = evaluate_public(repeats=2, data=pupils, models=["logistic"])
    figures = table.set_index("set_up").to_dict("index")
    assert figures["A"]["auc"] >= 0.96
    assert figures["A"]["brier"] <= 0.07
    assert figures["A"]["pcc"] >= 90
    assert figures["B"]["auc"] >= 0.91
    assert figures["B"]["brier"] <= 0.115
    assert figures["C"]["auc"] >= 0.66
    assert (table["calibration"] <= 0.08).all()
    assert (table["auc_se"] > 0).all()
    pd.testing.assert_frame_equal(table, evaluate_public(repeats=2, data=pupils, models=["logistic"]))
    other = evaluate_public(repeats=2, data=pupils, models=["logistic"], seed=1)
    assert not table["brier"].equals(other["brier"])
