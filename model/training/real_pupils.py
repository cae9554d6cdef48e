"""Real pupils: what the shipped scorecard says of them, through a workbook, beside rules that need no model.

Nobody here made these pupils. Their marks are written into a workbook as a teacher would keep them, and the program scores it
like any other. What was learnt from synthetic schools must not be worse than the last mark alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import RepeatedStratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from model.means import latest
from model.students import FloatArray
from model.training.evaluation_data import calibration_error
from model.training.public_data import FOLDS, PASS_MARK, SEED
from model.training.public_file import load_uci, uci_files
from model.training.tables import Table

SCHOOL_DAYS = 180
"""Lessons of a subject in a Portuguese school year, about, so that absences become a share."""

TARGET = 5
"""The one target of all pupils: to pass."""

Scored = Callable[[Table], pd.DataFrame]
"""From a table to what the program says of each row, in order: `risk`, `priority` (1 = first) and `below target` (the plain
rule)."""


@dataclass(frozen=True, kw_only=True, eq=False)
class RealPupils:
    """One set of real pupils, at one time of the year.

    Args:
        name: What the evaluation calls it.
        table: Their markbook.
        failed: (n,) who failed in the end.
        marks: (n, m) their marks, oldest first, for the rules.
        known: (n, k) everything that is known of them, for the logistic regression.
    """

    name: str
    table: Table
    failed: np.ndarray
    marks: FloatArray
    known: FloatArray


def sets() -> list[RealPupils]:
    """All public sets that the machine has, each with both earlier marks and with the first alone.

    Raises:
        PublicDataError: There is none.
    """
    found = []
    for path, subject in uci_files():
        pupils = load_uci(path)
        for known, columns in (("both marks", ["G1", "G2"]), ("first mark", ["G1"])):
            found.append(_uci(pupils, f"UCI {subject}, {known}", columns))
    return found


def _uci(pupils: pd.DataFrame, name: str, marks: list[str]) -> RealPupils:
    titles = {"G1": "Period 1 HT2 (20)", "G2": "Period 2 HT4 (20)"}
    attendance = (100 * (1 - pupils["absences"] / SCHOOL_DAYS)).round(1)
    headings = ["Student ID", "Name", "Target grade", "Attendance %", "Effort", *(titles[mark] for mark in marks)]
    rows = [
        [f"P{place:04}", f"Pupil {place}", TARGET, share, effort, *earned]
        for place, (share, effort, *earned) in enumerate(
            zip(
                attendance.tolist(),
                pupils["studytime"].tolist(),
                *(pupils[mark].tolist() for mark in marks),
                strict=True,
            )
        )
    ]
    return RealPupils(
        name=name,
        table=(headings, rows),
        failed=(pupils["G3"] < PASS_MARK).to_numpy(),
        marks=pupils[marks].to_numpy(dtype=np.float64),
        known=pupils[[*marks, "absences", "studytime"]].to_numpy(dtype=np.float64),
    )


def judge(pupils: RealPupils, scored: Scored, *, repeats: int) -> dict[str, object]:
    """One row of figures: areas of the shipped score and of what it must not lose to, and how its risks compare with what came.

    Args:
        pupils: The pupils.
        scored: Scores a table through a workbook.
        repeats: Of the ten folds of the logistic regression.
    """
    said = scored(pupils.table)
    failed, risk = pupils.failed, said["risk"].to_numpy(dtype=np.float64)
    with_zero = np.nan_to_num(pupils.marks).mean(axis=1)
    rules = {
        "last mark": -latest(pupils.marks),
        "mean, missing as 0": -with_zero,
        "working below target": said["below target"].to_numpy(dtype=np.float64),
    }
    areas = {rule: roc_auc_score(failed, order) for rule, order in rules.items()}
    return {
        "pupils": pupils.name,
        "students": len(failed),
        "failed": failed.mean(),
        "score": roc_auc_score(failed, risk),
        **areas,
        "logistic, cross-validated": _cross_validated(pupils, repeats),
        "below the best rule": max(areas.values()) - roc_auc_score(failed, risk),
        "risk said": risk.mean(),
        "calibration": calibration_error(risk, failed),
    }


def _cross_validated(pupils: RealPupils, repeats: int) -> float:
    """The area of a logistic regression that was fitted to these very pupils, each judged by a fit without him or her."""
    areas = []
    for repeat in range(repeats):
        folds = RepeatedStratifiedKFold(n_splits=FOLDS, n_repeats=1, random_state=SEED + repeat)
        fitted = make_pipeline(StandardScaler(), LogisticRegression())
        risk = cross_val_predict(fitted, pupils.known, pupils.failed, cv=folds, method="predict_proba")[:, 1]
        areas.append(roc_auc_score(pupils.failed, risk))
    return float(np.mean(areas))
