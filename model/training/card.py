"""The model card: what the model is for, what it must not be used for, and what was measured, from the figures themselves."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from model.errors import EvaluationError
from model.features import FEATURES
from model.pinned import SCORECARD_SHA256
from model.scorecard import bundled
from model.training.evaluate import check_artefact
from model.training.goals import RULE
from model.training.report import markdown
from model.training.train import CALIBRATION_STUDENTS, TRAINING_STUDENTS


def card(figures: Path) -> str:
    """The text of MODEL_CARD.md from a figures file of `markbook model evaluate`.

    Raises:
        ScorecardError, ArtefactError: The model's files are not the ones that belong together; nothing is opened then.
        EvaluationError: The figures are missing, or are another scorecard's.
    """
    scorecard = bundled()
    check_artefact(scorecard)
    measured = _measured(figures)
    themes = dict.fromkeys(feature.theme for feature in FEATURES if feature.family != "missing")
    environment = Environment(
        loader=FileSystemLoader(str(resources.files("model"))),
        undefined=StrictUndefined,
        autoescape=False,  # Markdown, and no text of a user's in it
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["table"] = lambda rows, columns: "\n".join(
        markdown(pd.DataFrame(rows, columns=list(columns)).set_axis(list(columns.values()), axis=1))
    )
    return environment.get_template("model_card.md.j2").render(
        scorecard=scorecard,
        sha256=SCORECARD_SHA256,
        training_students=TRAINING_STUDENTS,
        calibration_students=CALIBRATION_STUDENTS,
        themes=list(themes),
        rule=RULE,
        **measured,
    )


def _measured(path: Path) -> dict[str, Any]:
    try:
        measured: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        belongs = measured["scorecard_sha256"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EvaluationError(
            f"{path.name}: no figures of an evaluation ({type(error).__name__}). Run 'markbook model evaluate' first."
        ) from error
    if belongs != SCORECARD_SHA256:
        raise EvaluationError(
            f"{path.name}: these figures belong to another scorecard ({belongs[:12]}, not {SCORECARD_SHA256[:12]}). "
            "Run 'markbook model evaluate' again."
        )
    return measured
