"""Speed of the model: loading and scoring, beside the usual way (unpickling the pipeline, predicting on a data frame).

python -m benchmarks.model
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import resources
from pathlib import Path

import joblib
import pandas as pd

from benchmarks.measure import environment
from benchmarks.tables import Table, from_command_line
from model.features import FEATURE_NAMES, features
from model.reasons import reasons
from model.scorecard import bundled, score
from model.strands import needs
from model.training.cohorts import schools
from model.training.worlds import World

_OURS = "from model.scorecard import bundled; bundled()"
_PICKLE = "import joblib; joblib.load({path!r})"


def in_a_new_process(code: str, runs: int = 9) -> float:
    """Median milliseconds that code takes in a fresh interpreter, its imports included, the interpreter's start left out."""
    timed = f"import time; start = time.perf_counter(); {code}; print(time.perf_counter() - start)"
    command = [sys.executable, "-c", timed]
    subprocess.run(command, capture_output=True, check=True, env=environment())
    return 1000 * statistics.median(
        float(subprocess.run(command, capture_output=True, text=True, check=True, env=environment()).stdout)
        for _ in range(runs)
    )


def here(work: Callable[[], object], runs: int = 200) -> float:
    """Median milliseconds of a call in this process."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times)


def tables(*, quick: bool = False) -> list[Table]:
    """Measure."""
    path = str(Path(str(resources.files("model"))) / "risk_model.joblib")
    card, pipeline = bundled(), joblib.load(path)
    times = 5 if quick else 200
    starts = 1 if quick else 9
    rows: list[tuple[str, ...]] = []

    def row(task: str, ours: float, theirs: float) -> None:
        rows.append((task, f"{ours:.2f}", f"{theirs:.2f}", f"{theirs / ours:.1f}"))

    row("load in a new process", in_a_new_process(_OURS, starts), in_a_new_process(_PICKLE.format(path=path), starts))
    for students in (1, 30, 200):
        cohort = next(schools(World(), students=1, seed=5, sizes=(students, students))).at(4)
        frame = pd.DataFrame(features(cohort, reference=card.reference), columns=list(FEATURE_NAMES))
        bare = frame.to_numpy()
        row(
            f"{students} students: risks (scorecard: from marks; pipeline: from ready features)",
            here(lambda c=cohort: score(c, card=card), times),  # type: ignore[misc]
            here(lambda x=bare: pipeline.predict_proba(x), times),  # type: ignore[misc]
        )
        told = here(lambda c=cohort: reasons(c, score(c, card=card), reference=card.reference), times)  # type: ignore[misc]
        rows.append((f"{students} students: risks with reasons", f"{told:.2f}", "", ""))
        topics = here(lambda c=cohort: needs(c, score(c, card=card).standing.marks), times)  # type: ignore[misc]
        rows.append((f"{students} students: risks with topics", f"{topics:.2f}", "", ""))
    headings = ("task", "scorecard", "pipeline", "pipeline / scorecard")
    return [Table("The model, milliseconds, medians of one run", headings, rows)]


if __name__ == "__main__":
    from_command_line(tables, __doc__)
