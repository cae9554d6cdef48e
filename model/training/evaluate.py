"""The whole benchmark: synthetic worlds against their ceilings, real pupils, and the goals that the figures must reach.

Seeds: training uses `train.SEED` and its neighbours, the blend is chosen on `TUNING_SEEDS`, and what is reported comes from
`REPORTED_SEEDS`, which nothing else ever uses. `run` measures, `model/training/report.py` writes it down.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import joblib
import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score

from model.errors import ArtefactError, PublicDataError
from model.features import FEATURES
from model.rules import RULES
from model.scorecard import Scorecard, bundled
from model.training.cohorts import schools
from model.training.engineering import engineering
from model.training.evaluation_data import calibration_error, judged, precision_at, recall_at
from model.training.goals import RULE, Goal, goals_of
from model.training.measure import reference_of
from model.training.other_kinds import reliability_table, through_workbooks
from model.training.public_data import FULL_REPEATS, QUICK_REPEATS, evaluate_public
from model.training.real_pupils import Scored, judge, sets
from model.training.train import SEED, rows_of
from model.training.worlds import OwnPapers, World, held_out, kinds, worlds
from model.vocabulary import HALF_TERMS

TUNING_SEEDS = tuple(range(700, 710))
REPORTED_SEEDS = tuple(range(900, 910))
WEIGHTS = tuple(round(0.1 * step, 1) for step in range(11))


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much a run does.

    Args:
        seeds: Seeds per world, at most ten.
        students: Students per seed.
        repeats: Repeats of the ten folds on the real data.
        samples: Bootstrap samples.
        challenger: Students that the more complex model is trained on.
        workbooks: Students of each unseen world who are judged through workbooks.
    """

    seeds: int
    students: int
    repeats: int
    samples: int
    challenger: int
    workbooks: int


FULL = Size(seeds=10, students=4_800, repeats=FULL_REPEATS, samples=500, challenger=18_000, workbooks=2_400)
QUICK = Size(seeds=2, students=2_400, repeats=QUICK_REPEATS, samples=100, challenger=4_000, workbooks=300)


@dataclass(frozen=True, kw_only=True, eq=False)
class Evaluation:
    """Everything that a run measured, as tables; `goals` judges them.

    Args:
        base: By half-term in the base world: recall and precision at 20 % and areas under the curve, with 95 % intervals.
        misspecified: By world and half-term: recall at 20 % of the priority order, the risk and the rules.
        blend: By weight: mean recall and largest regret over the worlds, on the tuning seeds.
        seats: By share of a class that has a seat, at half-term 3: precision of the oracle, the priority order and the rule.
        thresholds: By threshold at half-term 3: share flagged, right, missed.
        sizes: By size of the sheet at half-term 3: area under the curve of the model and the rule.
        calibration: By tenth of the risk at half-term 3: said and seen.
        challenger: By half-term: areas of the model and of monotone gradient boosting.
        real: Real pupils through workbooks: the shipped score beside plain rules; None where the data is not to be had (then
            `public_missing` says why).
        kinds: Worlds of kinds that no training saw, by half-term and tier: what was said and what was seen.
        workbooks: The same worlds through workbooks, at half-term 3.
        public: What models fitted to the real pupils themselves reach: what these data could give.
        engineering: Sizes, times as ratios in one run, and the equality with the pipeline.
        goals: The goals with their figures.
    """

    base: pd.DataFrame
    misspecified: pd.DataFrame
    blend: pd.DataFrame
    seats: pd.DataFrame
    thresholds: pd.DataFrame
    sizes: pd.DataFrame
    calibration: pd.DataFrame
    challenger: pd.DataFrame
    real: pd.DataFrame | None
    kinds: pd.DataFrame
    workbooks: pd.DataFrame
    public: pd.DataFrame | None
    public_missing: str | None
    engineering: dict[str, float]
    goals: tuple[Goal, ...]


def run(*, scored: Scored, size: Size = FULL, tell: Callable[[str], None] = lambda step: None) -> Evaluation:
    """Measure everything.

    Args:
        scored: Scores a table through a workbook, as the command does (`addin.cli.shared.trial`).
        size: How much is done; `QUICK` is a look within two minutes.
        tell: Called with the name of each step as it begins.

    Raises:
        ArtefactError: risk_model.joblib is not the one that the scorecard names.
        ScorecardError: The scorecard has been changed.
    """
    card = bundled()
    check_artefact(card)

    tell("base world")
    half_terms = tuple(range(1, HALF_TERMS + 1))
    table = _over_seeds(World(), card, REPORTED_SEEDS[: size.seeds], size.students, half_terms)
    tell("misspecified worlds")
    separate = next(world for world in kinds() if world.books.papers is OwnPapers.TIER)
    others = {
        world.name: _over_seeds(world, card, REPORTED_SEEDS[: size.seeds], size.students, (2, 3, 6))
        for world in (*worlds()[1:], separate)
    }
    tell("worlds of other kinds")
    unseen = reliability_table(
        lambda world: _over_seeds(world, card, REPORTED_SEEDS[: size.seeds], size.students, (2, 3, 6)), held_out(), card
    )
    books = through_workbooks(held_out(), scored, students=size.workbooks, seed=REPORTED_SEEDS[0])
    tell("weight of the blend, on tuning seeds")
    tuning = {
        world.name: _over_seeds(world, card, TUNING_SEEDS[: size.seeds], size.students, (3,)) for world in worlds()
    }
    tell("sheets of 1 to 200")
    sizes = _by_size(card, students=size.students // 4)
    tell("challenger")
    challenger = _challenger(card, size)
    tell("real pupils")
    public, missing, real = None, None, None
    try:
        real = pd.DataFrame([judge(pupils, scored, repeats=size.repeats) for pupils in sets()])
        public = evaluate_public(repeats=size.repeats)
    except PublicDataError as error:
        missing = str(error)
    tell("size and speed")
    measured = engineering(card, check_artefact(card))

    base = _base(table, size.samples)
    misspecified = _misspecified(others)
    at_three = table[table["half_term"] == 3]
    return Evaluation(
        base=base,
        misspecified=misspecified,
        blend=choose_blend(tuning),
        seats=_seats(at_three),
        thresholds=_trade_off(at_three),
        sizes=sizes,
        calibration=_tenths(at_three),
        challenger=challenger,
        real=real,
        kinds=unseen,
        workbooks=books,
        public=public,
        public_missing=missing,
        engineering=measured,
        goals=goals_of(card, table, base, misspecified, real, unseen, books, measured),
    )


def check_artefact(card: Scorecard, path: Path | None = None) -> Path:
    """The path of the pipeline, after its bytes have been compared with the hash in the scorecard; nothing is unpickled.

    Raises:
        ArtefactError: The file is missing or is another one.
    """
    path = path or Path(str(resources.files("model") / "risk_model.joblib"))
    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise ArtefactError(f"{path.name}: cannot be read ({error.strerror}). Install the program again.") from error
    if found != card.artefact_sha256:
        raise ArtefactError(
            f"{path.name}: its SHA-256 begins {found[:12]}, the scorecard names {card.artefact_sha256[:12]}; it has been "
            "changed and is not opened. Install the program again, or run 'markbook model train'."
        )
    return path


def _over_seeds(
    world: World, card: Scorecard, seeds: Sequence[int], students: int, half_terms: Sequence[int]
) -> pd.DataFrame:
    """The judged students of several seeds; a sheet's number tells its seed too."""
    work = joblib.Parallel(n_jobs=2)
    parts: list[pd.DataFrame] = list(
        work(
            joblib.delayed(judged)(world, card=card, seed=seed, students=students, half_terms=half_terms)
            for seed in seeds
        )
    )
    return pd.concat(
        [part.assign(seed=seed, sheet=part["sheet"] + 100_000 * seed) for seed, part in zip(seeds, parts, strict=True)],
        ignore_index=True,
    )


def closed_share(table: pd.DataFrame, order: str = "risk") -> float:
    """How much of the gap in recall at 20 % between the best rule and the oracle the order closes; 1 is the oracle."""
    best = max(recall_at(table, rule) for rule in RULES)
    ceiling = recall_at(table, "oracle")
    return (recall_at(table, order) - best) / (ceiling - best)


def _base(table: pd.DataFrame, samples: int) -> pd.DataFrame:
    rows = []
    for half_term, part in table.groupby("half_term"):
        row = {"half_term": half_term, "students": len(part), "missed": part["missed"].mean()}
        # Areas are over all sheets together, where an order within a sheet means nothing; recall goes by the sheet.
        row |= {f"auc {order}": roc_auc_score(part["missed"], part[order]) for order in ("oracle", "risk", *RULES)}
        row |= {f"recall {order}": recall_at(part, order) for order in ("oracle", "risk", "priority", *RULES)}
        row |= {f"precision {order}": precision_at(part, order) for order in ("oracle", "priority", RULE)}
        row["closed"] = closed_share(part)
        row["brier"] = float(((part["risk"] - part["missed"]) ** 2).mean())
        row["calibration"] = calibration_error(part["risk"].to_numpy(), part["missed"].to_numpy())
        row["within interval"] = float(part["final"].between(part["low_end"], part["high_end"]).mean())
        row["strand"], row["strand oracle"] = part["strand_hit"].mean(), part["strand_oracle"].mean()
        low, high = _bootstrap(part, samples)
        row["gain low"], row["gain high"] = low, high
        rows.append(row)
    return pd.DataFrame(rows).set_index("half_term")


def _bootstrap(table: pd.DataFrame, samples: int) -> tuple[float, float]:
    """The 95 % interval of the gain in recall at 20 % of the priority order over the rule, by resampling schools."""
    sheets = [part for _, part in table.groupby("sheet", sort=False)]
    missed = np.array([part["missed"].sum() for part in sheets])
    found = {
        order: np.array([recall_at(part, order) * n if n else 0.0 for part, n in zip(sheets, missed, strict=True)])
        for order in ("priority", RULE)
    }
    rng = np.random.default_rng(SEED)
    draws = rng.integers(len(sheets), size=(samples, len(sheets)))
    gains = (found["priority"] - found[RULE])[draws].sum(axis=1) / missed[draws].sum(axis=1)
    low, high = np.quantile(gains, (0.025, 0.975))
    return float(low), float(high)


def _misspecified(others: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    rows = []
    for name, table in others.items():
        for half_term, part in table.groupby("half_term"):
            seeds = [(recall_at(p, "priority"), recall_at(p, RULE)) for _, p in part.groupby("seed")]
            gains = np.array([ours - rule for ours, rule in seeds])
            rows.append(
                {
                    "world": name,
                    "half_term": half_term,
                    "missed": part["missed"].mean(),
                    "area": roc_auc_score(part["missed"], part["risk"]),
                    "area of the rule": roc_auc_score(part["missed"], part[RULE]),
                    **{order: recall_at(part, order) for order in ("oracle", "priority", "risk", *RULES)},
                    "gain": gains.mean(),
                    "standard error": gains.std(ddof=1) / np.sqrt(len(gains)) if len(gains) > 1 else np.nan,
                }
            )
    return pd.DataFrame(rows)


def choose_blend(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """How each weight of risk in the priority order fares over all worlds.

    Args:
        tables: World -> judged students at half-term 3, from the tuning seeds.

    Returns:
        By weight: `mean` recall at 20 % over the worlds and `regret`, the most that it loses in any world to the weight that is
        best there. The weight with the least regret is `train.BLEND`.
    """
    recalls = pd.DataFrame(
        {
            name: [
                recall_at(table.assign(order=_blended(table, weight)), "order") for weight in WEIGHTS
            ]
            for name, table in tables.items()
        },
        index=pd.Index(WEIGHTS, name="weight"),
    )  # fmt: skip
    return recalls.assign(mean=recalls.mean(axis=1), regret=(recalls.max() - recalls).max(axis=1))


def _blended(table: pd.DataFrame, weight: float) -> pd.Series[float]:
    sheets = table.groupby("sheet", sort=False)
    return weight * sheets["risk"].rank() + (1 - weight) * sheets[RULE].rank()


def _seats(table: pd.DataFrame) -> pd.DataFrame:
    shares = pd.Index([round(0.05 * step, 2) for step in range(1, 11)], name="share")
    return pd.DataFrame(
        {
            order: [precision_at(table, order, share=share) for share in shares]
            for order in ("oracle", "priority", RULE)
        },
        index=shares,
    )


def _trade_off(table: pd.DataFrame) -> pd.DataFrame:
    """By threshold: the share flagged, the share of these who miss their target, and the share of those who miss it unflagged."""
    missed = table["missed"].to_numpy()
    rows = []
    for step in np.arange(0.2, 0.96, 0.05):
        marked = table["risk"].to_numpy() >= step
        rows.append(
            {
                "threshold": round(float(step), 2),
                "flagged": marked.mean(),
                "right": missed[marked].mean() if marked.any() else np.nan,
                "missed": 1 - missed[marked].sum() / missed.sum(),
            }
        )
    return pd.DataFrame(rows).set_index("threshold")


def _by_size(card: Scorecard, *, students: int) -> pd.DataFrame:
    rows = []
    for size in (1, 3, 7, 8, 15, 30, 100, 200):
        table = judged(
            World(), card=card, seed=REPORTED_SEEDS[0], students=students, half_terms=(3,), sizes=(size, size)
        )
        rows.append(
            {
                "size": size,
                "students": len(table),
                "model": roc_auc_score(table["missed"], table["risk"]),
                RULE: roc_auc_score(table["missed"], table[RULE]),
                "calibration": calibration_error(table["risk"].to_numpy(), table["missed"].to_numpy()),
            }
        )
    return pd.DataFrame(rows).set_index("size")


def _tenths(table: pd.DataFrame) -> pd.DataFrame:
    tenth = pd.qcut(table["risk"], 10, labels=False)
    means = table.groupby(tenth)[["risk", "missed"]].mean().rename(columns={"risk": "said", "missed": "seen"})
    return means.rename_axis(index="tenth")


def _challenger(card: Scorecard, size: Size) -> pd.DataFrame:
    """Monotone gradient boosting on the same features and rows: what a more complex model would add."""
    sheets = list(schools(World(), students=size.challenger, seed=SEED))
    rows = rows_of(sheets, reference_of(sheets))
    boosted = HistGradientBoostingClassifier(
        monotonic_cst=[feature.sign for feature in FEATURES], max_iter=200, learning_rate=0.06, random_state=SEED
    ).fit(rows.matrix, rows.gap >= 1)
    unseen = rows_of(list(schools(World(), students=size.students, seed=REPORTED_SEEDS[0])), card.reference)
    pipeline = joblib.load(check_artefact(card))
    ours, theirs = pipeline.predict_proba(unseen.matrix)[:, 1], boosted.predict_proba(unseen.matrix)[:, 1]
    truth = unseen.gap >= 1
    return pd.DataFrame(
        [
            {
                "half_term": t,
                "model": roc_auc_score(truth[here], ours[here]),
                "monotone gradient boosting": roc_auc_score(truth[here], theirs[here]),
            }
            for t in range(1, HALF_TERMS + 1)
            if (here := unseen.half_term == t).any()
        ]
    ).set_index("half_term")
