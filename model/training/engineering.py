"""How large and how fast the model is: sizes, and times as multiples of numpy's own in the same run."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from importlib import resources
from pathlib import Path

import joblib
import numpy as np

from model.reasons import reasons
from model.scorecard import Scorecard, contributions, score
from model.training.cohorts import schools
from model.training.train import SEED
from model.training.worlds import World

NUMPY_STEPS = 100
"""Additions over a class of thirty: what the time of scoring it is measured in."""


def engineering(card: Scorecard, artefact: Path) -> dict[str, float]:
    """Sizes in bytes, times as multiples of numpy's own in the same run (medians), and the largest difference from the pipeline.

    Args:
        card: The scorecard.
        artefact: The pipeline's file, compared with the hash in the scorecard.
    """
    folder = Path(str(resources.files("model")))
    pipeline = joblib.load(artefact)
    matrix = card.mean + 2.5 * card.scale * np.random.default_rng(SEED).standard_normal((10_000, len(card.features)))
    totals = contributions(card, matrix).sum(axis=2) + card.intercepts[:, None]
    difference = float(np.abs(totals.T - pipeline.decision_function(matrix)).max())
    cohort = next(schools(World(), students=1, seed=SEED, sizes=(30, 30))).at(4)
    marks = cohort.earned

    def floor() -> None:
        for _ in range(NUMPY_STEPS):
            np.where(marks == marks, marks, 0.0).sum(axis=1)

    def thirty() -> None:
        reasons(cohort, score(cohort, card=card), reference=card.reference)

    timed = {step: [_seconds(step) for _ in range(200)] for step in (floor, thirty)}
    start = "import time; start = time.perf_counter(); import numpy; middle = time.perf_counter(); "
    code = (
        start
        + "from model.scorecard import bundled; bundled(); print((time.perf_counter() - start) / (middle - start))"
    )
    loads = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
        for _ in range(7)
    ]
    return {
        "scorecard bytes": float((folder / "scorecard.json").stat().st_size),
        "pipeline bytes": float((folder / "risk_model.joblib").stat().st_size),
        "load": float(np.median(loads)),
        "30 students": float(np.median(timed[thirty]) / np.median(timed[floor])),
        "difference from the pipeline": difference,
    }


def _seconds(step: Callable[[], None]) -> float:
    start = time.perf_counter()
    step()
    return time.perf_counter() - start
