"""Evaluate on real pupils: the mathematics file of UCI Student Performance, with figures anybody can measure again.

395 pupils of two Portuguese secondary schools, 2005/06: three period grades out of 20 (G1, G2, G3), the register and a
questionnaire. A pupil fails with G3 below 10; 130 did. Three set-ups, as in the paper: A knows G1 and G2, B knows G1, C
knows neither.
    P. Cortez and A. Silva, "Using Data Mining to Predict Secondary School Student Performance", FUBUTEC 2008, pp. 5-12

The model is a logistic regression with an L1 penalty of C = .15, fixed in advance for all set-ups. Its columns are what a
school records about a pupil's work: grades, absences, classes failed before, hours of study, extra support; in B and C also
how often the pupil goes out, the one answer about free time that helps. Sex, age, address, family, health and private life
are in no set-up: a flag must not rest on who somebody is. The rows `logistic + sensitive` measure what this costs: .004 (A)
and .007 (B) of area under the curve, mostly for age and the father's occupation; in C they harm.

What limits these figures:
- Which columns, and which of them keep their own units, was chosen on these same 395 pupils from some fifty variants; over
  those, area under the curve ran from .970 to .975 (A), .918 to .927 (B) and .65 to .71 (C). So B and C flatter.
- 38 pupils have G3 = 0 and all of them no absence at all: leavers, most likely, whose absences stopped being counted. The
  register is of the whole year, so "no absence" betrays the outcome. In B and C trees split it off and lead by it; a straight
  line in the number of absences cannot, and no column is made of it. The rows `no absences` show who leans on the register.
- A standard error over repeats tells how much the cut into folds matters. For other pupils of the same schools an accuracy
  of 91 % has a standard error of 1.4; of other schools, let alone other countries, these figures say little.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import RepeatedStratifiedKFold
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import Binarizer, OneHotEncoder, OrdinalEncoder, StandardScaler

from model.students import FloatArray
from model.training.evaluation_data import calibration_error
from model.training.public_file import load_uci_mathematics

SEED = 20260901
FOLDS, FULL_REPEATS, QUICK_REPEATS = 10, 20, 3
PASS_MARK = 10
PENALTY_C = 0.15

NAIVE, LOGISTIC, FOREST, BOOSTING = "naive rule", "logistic", "forest", "boosting"
PLUS_SENSITIVE, NO_ABSENCES = " + sensitive", ", no absences"
MODELS = (
    NAIVE, LOGISTIC, LOGISTIC + PLUS_SENSITIVE, LOGISTIC + NO_ABSENCES, FOREST, FOREST + NO_ABSENCES, BOOSTING,
)  # fmt: skip
"""The rows of a set-up, in order; boosting is fitted for A alone."""

FIGURES = ("pcc", "auc", "brier", "calibration")

SENSITIVE_SCALES = ("age", "Medu", "Fedu", "famrel", "Dalc", "Walc", "health")
SENSITIVE_WORDS = ("sex", "address", "famsize", "Pstatus", "Mjob", "Fjob", "guardian", "romantic")
SENSITIVE = SENSITIVE_SCALES + SENSITIVE_WORDS

CORTEZ_SILVA_2008: Mapping[str, Mapping[str, float]] = {
    "A": {"naive": 91.9, "neural net": 88.3, "SVM": 86.3, "tree": 90.7, "forest": 91.2},
    "B": {"naive": 83.8, "neural net": 81.3, "SVM": 80.5, "tree": 83.1, "forest": 83.0},
    "C": {"naive": 67.1, "neural net": 66.3, "SVM": 70.6, "tree": 65.3, "forest": 70.5},
}
"""Accuracy in per cent, pass or fail in mathematics, by set-up: as commonly quoted from Cortez and Silva (2008); not checked
against the paper, except the naive column, which the naive rule of this module reproduces from the data."""

SIGNS = {"G1": -1, "G2": -1, "failures": 1}
"""The direction in which boosting may let a column move the risk; others are free."""


@dataclass(frozen=True, kw_only=True)
class SetUp:
    """What is known when a pupil is judged, as columns of the UCI file.

    Args:
        name: A, B or C, as in the paper.
        last_grade: The grade the naive rule goes by; None where there is none.
        own_units: Columns used as recorded, so that the penalty is on one grade, one absence, one step of a scale.
        passed: Grades that are also used as "reached the pass mark", standardised.
        scales: Numbers that are standardised.
        yes_no: Columns of "yes" and "no", standardised.

    Example:
        >>> SET_UPS[0].columns
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

    def without(self, column: str) -> SetUp:
        """The same set-up where `column` is not known."""
        return replace(
            self,
            own_units=tuple(name for name in self.own_units if name != column),
            scales=tuple(name for name in self.scales if name != column),
        )


SET_UPS = (
    SetUp(
        name="A",
        last_grade="G2",
        own_units=("G1", "G2"),
        passed=("G2",),  # the step from 9 to 10 counts for more than any other: it is the pass mark of G3 too
        scales=("absences", "failures", "studytime"),
        yes_no=("schoolsup",),
    ),
    SetUp(name="B", last_grade="G1", own_units=("G1", "absences", "failures", "studytime", "goout")),
    SetUp(name="C", last_grade=None, scales=("absences", "failures", "studytime", "goout"), yes_no=("schoolsup",)),
)


def new_pipeline(set_up: SetUp, model: str = LOGISTIC, *, seed: int = SEED) -> Pipeline:
    """A model before fitting, from columns of the UCI file to the chance of failing.

    Args:
        set_up: What is known.
        model: One of `MODELS` but the naive rule.
        seed: For the solver's order of columns, and for the trees.

    Example:
        >>> new_pipeline(SET_UPS[1])[-1].C
        0.15
    """
    known = set_up.without("absences") if model.endswith(NO_ABSENCES) else set_up
    blocks = [
        ("own_units", "passthrough", list(known.own_units)),
        ("passed", make_pipeline(Binarizer(threshold=PASS_MARK - 0.5), StandardScaler()), list(known.passed)),
        ("scales", StandardScaler(), list(known.scales)),
        ("yes_no", make_pipeline(OrdinalEncoder(categories=[["no", "yes"]]), StandardScaler()), list(known.yes_no)),
    ]
    if model.endswith(PLUS_SENSITIVE):
        words = OneHotEncoder(drop="if_binary", sparse_output=False, handle_unknown="ignore")
        blocks += [
            ("sensitive_scales", StandardScaler(), list(SENSITIVE_SCALES)),
            ("sensitive_words", make_pipeline(words, StandardScaler()), list(SENSITIVE_WORDS)),
        ]
    estimator: LogisticRegression | RandomForestClassifier | HistGradientBoostingClassifier
    if model.startswith(LOGISTIC):
        # scikit-learn 1.8 renamed the way to ask for L1. liblinear penalises the intercept too; scaling it makes that idle.
        l1 = {"penalty": "l1"} if LogisticRegression().penalty == "l2" else {"l1_ratio": 1.0}
        estimator = LogisticRegression(
            **l1, C=PENALTY_C, solver="liblinear", intercept_scaling=50.0, max_iter=1000, random_state=seed
        )
    elif model.startswith(FOREST):
        estimator = RandomForestClassifier(50, min_samples_leaf=5, random_state=seed)
    else:
        estimator = HistGradientBoostingClassifier(
            max_iter=60,
            learning_rate=0.08,
            max_leaf_nodes=6,
            min_samples_leaf=15,
            monotonic_cst=[SIGNS.get(name, 0) for name in known.columns],
            random_state=seed,
        )
    return make_pipeline(ColumnTransformer(blocks), estimator)


def evaluate_public(
    *, repeats: int, seed: int = SEED, data: pd.DataFrame | None = None, models: Sequence[str] = MODELS
) -> pd.DataFrame:
    """Cross-validate all models on all set-ups: `repeats` times ten folds, stratified, the same cuts for every model.

    Args:
        repeats: How often the pupils are cut into ten folds anew: `FULL_REPEATS` or `QUICK_REPEATS`.
        seed: Of the cuts and of the models; the same seed gives the same table.
        data: The pupils; left out, `load_uci_mathematics()`.
        models: Which of `MODELS`.

    Returns:
        A row for each set-up and model with columns `set_up`, `model` and, each followed by its standard error over repeats
        (`pcc_se` and so on; NaN for a single repeat):
            pcc          per cent judged right, at a risk of one half
            auc          area under the ROC curve, the mean over folds, since risks of ten models do not share one scale
            brier        mean squared error of the risk
            calibration  `calibration_error` of each repeat's 395 risks
        The naive rule passes who passed last time, and everybody where no grade is known; without a risk it has neither
        Brier score nor calibration.

    Raises:
        PublicDataError: The data is left out and cannot be had.

    Example:
        >>> pupils = pd.DataFrame({"G1": [12, 13] * 20, "G2": [9, 13] * 20, "G3": [8, 14] * 20})
        >>> evaluate_public(repeats=1, data=pupils, models=["naive rule"])[["set_up", "model", "pcc", "auc"]]
          set_up       model    pcc  auc
        0      A  naive rule  100.0  1.0
        1      B  naive rule   50.0  1.0
        2      C  naive rule   50.0  0.5
    """
    pupils = load_uci_mathematics() if data is None else data
    failed = pupils["G3"].to_numpy() < PASS_MARK
    cuts = RepeatedStratifiedKFold(n_splits=FOLDS, n_repeats=repeats, random_state=seed)
    folds: list[_Fold] = list(cuts.split(pupils, failed))
    rows = []
    for set_up, model in _rows(models):
        if model == NAIVE:
            figures = _figures(_naive(pupils, set_up, repeats), failed, folds).assign(brier=np.nan, calibration=np.nan)
        else:
            figures = _figures(_risks(new_pipeline(set_up, model, seed=seed), pupils, failed, folds), failed, folds)
        means, errors = figures.mean(), figures.sem()
        pairs = {name + end: part[name] for name in FIGURES for end, part in (("", means), ("_se", errors))}
        rows.append({"set_up": set_up.name, "model": model, **pairs})
    return pd.DataFrame(rows)


_Fold = tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]


def _rows(models: Sequence[str]) -> Iterator[tuple[SetUp, str]]:
    for set_up in SET_UPS:
        for model in models:
            if model != BOOSTING or set_up.name == "A":
                yield set_up, model


def _naive(pupils: pd.DataFrame, set_up: SetUp, repeats: int) -> FloatArray:
    """(repeats, n) numbers that rank as the last grade does and are one half or more where it is below the pass mark."""
    if set_up.last_grade is None:
        return np.zeros((repeats, len(pupils)))
    grade = pupils[set_up.last_grade].to_numpy(dtype=np.float64)
    return np.tile(PASS_MARK - grade, (repeats, 1))


def _risks(pipeline: Pipeline, pupils: pd.DataFrame, failed: npt.NDArray[np.bool_], folds: list[_Fold]) -> FloatArray:
    """(repeats, n) chances of failing, each from a model that has not seen the pupil."""
    risks = np.empty((len(folds) // FOLDS, len(pupils)))
    for number, (seen, unseen) in enumerate(folds):
        fitted = clone(pipeline).fit(pupils.iloc[seen], failed[seen])
        risks[number // FOLDS, unseen] = fitted.predict_proba(pupils.iloc[unseen])[:, 1]
    return risks


def _figures(risks: FloatArray, failed: npt.NDArray[np.bool_], folds: list[_Fold]) -> pd.DataFrame:
    """The figures of each repeat, one row each."""
    table = []
    for repeat, risk in enumerate(risks):
        unseen = [fold[1] for fold in folds[repeat * FOLDS : (repeat + 1) * FOLDS]]
        table.append(
            {
                "pcc": 100.0 * float(((risk >= 0.5) == failed).mean()),
                "auc": float(np.mean([roc_auc_score(failed[part], risk[part]) for part in unseen])),
                "brier": float(((risk - failed) ** 2).mean()),
                "calibration": calibration_error(risk, failed),
            }
        )
    return pd.DataFrame(table)
