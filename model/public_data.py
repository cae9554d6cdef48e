"""Evaluate on real pupils: the mathematics file of UCI Student Performance, with results anybody can measure again.

395 pupils of two Portuguese secondary schools, 2005/06: three period grades out of 20 (G1, G2, G3), the register and a
questionnaire. A pupil fails with G3 below 10; 130 did. Three set-ups, as in the paper: A knows G1 and G2, B knows G1, C
knows neither.
    P. Cortez and A. Silva, "Using Data Mining to Predict Secondary School Student Performance", FUBUTEC 2008, pp. 5-12;
    data: UCI Machine Learning Repository, DOI 10.24432/C5TG7T, CC BY 4.0. Read to evaluate, never shipped.

The model is a logistic regression with an L1 penalty of C = .15, fixed in advance for all set-ups. Its columns are what a
school records about a pupil's work: grades, absences, classes failed before, hours of study, extra support; in B and C also
how often the pupil goes out, the one answer about free time that helps. Sex, age, address, family, health and private life
are in no set-up: a flag must not rest on who somebody is. `+ sensitive` rows measure what this costs.

What limits these figures:
- Which columns, and which of them keep their own units, was chosen on these same 395 pupils from a dozen sensible variants;
  over those, area under the curve ran from .970 to .975 (A), .920 to .927 (B) and .66 to .71 (C). So B's figure flatters.
- 38 pupils have G3 = 0 and all of them no absence at all: leavers, most likely, whose absences stopped being counted. The
  register is of the whole year, so this betrays the outcome. Trees split "no absence" off and gain by it; a straight line
  in the number of absences cannot. We make no column of it.
- A standard error over repeats tells how much the cut into folds matters. For other pupils of the same schools an accuracy
  of 91 % has a standard error of 1.4; of other schools, these figures say little.
"""

from __future__ import annotations

import hashlib
import http.client
import io
import os
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal
from urllib.request import urlopen

import pandas as pd

from model.errors import PublicDataError

FILE = "student-mat.csv"
PAGE = "https://archive.ics.uci.edu/dataset/320"
URL = "https://archive.ics.uci.edu/static/public/320/student+performance.zip"
SHA256 = "e47f9ee225e1ee6e69b7564e6dac7123e80b8486677fe111f351964cef5dec80"
LARGEST = 1_000_000  # bytes of the archive or of anything in it; the real ones have 20 to 100 thousand
PATIENCE = 30.0  # seconds

SEED = 20260901
FOLDS, FULL_REPEATS, QUICK_REPEATS = 10, 20, 3
PASS_MARK = 10
PENALTY_C = 0.15

SENSITIVE_SCALES = ("age", "Medu", "Fedu", "famrel", "Dalc", "Walc", "health")
SENSITIVE_WORDS = ("sex", "address", "famsize", "Pstatus", "Mjob", "Fjob", "guardian", "romantic")

CORTEZ_SILVA_2008: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        "A": MappingProxyType({"naive": 91.9, "neural net": 88.3, "SVM": 86.3, "tree": 90.7, "forest": 91.2}),
        "B": MappingProxyType({"naive": 83.8, "neural net": 81.3, "SVM": 80.5, "tree": 83.1, "forest": 83.0}),
        "C": MappingProxyType({"naive": 67.1, "neural net": 66.3, "SVM": 70.6, "tree": 65.3, "forest": 70.5}),
    }
)
"""Accuracy in per cent, pass or fail in mathematics, by set-up: as commonly quoted from Cortez and Silva (2008), not checked
against the paper, except the naive column, which this module's own naive rule reproduces from the data."""

ModelName = Literal["naive", "logistic", "logistic + sensitive", "forest", "boosting"]


@dataclass(frozen=True, kw_only=True)
class SetUp:
    """What is known when a pupil is judged, as columns of the UCI file.

    Args:
        name: A, B or C, as in the paper.
        last_grade: The grade the naive rule goes by; None where there is none.
        own_units: Columns used as recorded, so that the penalty is on one grade, one absence, one step of a scale.
        passed: Grades also used as "reached the pass mark", standardised.
        scales: Numbers that are standardised.
        yes_no: Columns of "yes" and "no", standardised.

    Example:
        >>> A.columns
        ('G1', 'G2', 'G2', 'absences', 'failures', 'studytime', 'schoolsup')
    """

    name: str
    last_grade: str | None
    own_units: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    scales: tuple[str, ...] = ()
    yes_no: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns in the order in which a model sees them; a grade that is also judged by its pass comes twice."""
        return self.own_units + self.passed + self.scales + self.yes_no


A = SetUp(
    name="A",
    last_grade="G2",
    own_units=("G1", "G2"),
    # The last step from 9 to 10 counts for more than any other: teachers round at the pass mark.
    passed=("G2",),
    scales=("absences", "failures", "studytime"),
    yes_no=("schoolsup",),
)
B = SetUp(name="B", last_grade="G1", own_units=("G1", "absences", "failures", "studytime", "goout"))
C = SetUp(name="C", last_grade=None, scales=("absences", "failures", "studytime", "goout"), yes_no=("schoolsup",))
SET_UPS = (A, B, C)


def load_uci_mathematics(folder: Path | None = None) -> pd.DataFrame:
    """The 395 pupils, checked byte for byte against the published file.

    Args:
        folder: Holds `student-mat.csv` or `uci_student/student-mat.csv`. Left out: the folder that the environment variable
            MARKBOOK_DATA names; without it the user's cache, filled by one download.

    Returns:
        395 rows, 33 columns named as in the source.

    Raises:
        PublicDataError: The file is missing, changed, or cannot be downloaded.

    Example:
        >>> load_uci_mathematics(Path("nowhere"))
        Traceback (most recent call last):
        model.errors.PublicDataError: nowhere: holds no student-mat.csv. Save it there from https://archive.ics...
    """
    named = os.environ.get("MARKBOOK_DATA")
    if folder is None and named:
        folder = Path(named)
    if folder is not None:
        places = (folder / "uci_student" / FILE, folder / FILE)
        path = next((place for place in places if place.is_file()), None)
        if path is None:
            raise PublicDataError(
                f"{folder}: holds no {FILE}. Save it there from {PAGE}, or let MARKBOOK_DATA name a folder that has it."
            )
    else:
        path = cache_folder() / FILE
        if not path.is_file():
            _save(_checked(_download(), place=URL), path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise PublicDataError(f"{path}: cannot be read ({error.strerror}). Save it again from {PAGE}.") from error
    return pd.read_csv(io.BytesIO(_checked(content, place=str(path))), sep=";")


def cache_folder() -> Path:
    """Where this user's programs keep what they can fetch again; it need not exist yet."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    else:
        base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "maths-markbook"


def _checked(content: bytes, *, place: str) -> bytes:
    found = hashlib.sha256(content).hexdigest()
    if found != SHA256:
        raise PublicDataError(
            f"{place}: {FILE} is not the published file (SHA-256 {found[:12]}..., not {SHA256[:12]}...). "
            f"Replace it by the one from {PAGE}."
        )
    return content


def _download() -> bytes:
    """The CSV out of UCI's archive, which holds student.zip, which holds the file.

    Nothing here is trusted: sizes are limited before anything is unpacked, and the caller compares the SHA-256.
    """
    try:
        with urlopen(URL, timeout=PATIENCE) as answer:
            return _member(_member(answer.read(LARGEST + 1), "student.zip"), FILE)
    except (OSError, http.client.HTTPException, zipfile.BadZipFile, KeyError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise PublicDataError(
            f"{URL}: {FILE} could not be downloaded ({reason}). "
            f"Save it from {PAGE} and let MARKBOOK_DATA name its folder."
        ) from error


def _member(archive: bytes, name: str) -> bytes:
    if len(archive) > LARGEST:
        raise zipfile.BadZipFile(f"more than {LARGEST} bytes")
    with zipfile.ZipFile(io.BytesIO(archive)) as opened, opened.open(name) as member:
        # The size in the directory is only a claim; reading one byte too many is proof.
        content = member.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise zipfile.BadZipFile(f"{name}: more than {LARGEST} bytes")
    return content


def _save(content: bytes, path: Path) -> None:
    """Put the file in place whole or not at all: two evaluations may start at once."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as part:
            part.write(content)
        os.replace(part.name, path)
    except OSError as error:
        raise PublicDataError(
            f"{path}: cannot be written ({error.strerror}). Save {FILE} elsewhere and let MARKBOOK_DATA name its folder."
        ) from error
