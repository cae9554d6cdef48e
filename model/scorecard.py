"""The scorecard: the trained model as a small table of coefficients that needs numpy alone.

`markbook model train` writes it beside the fitted pipeline; scoring reads nothing else. A pickle of any scikit-learn object
costs seconds to load and breaks between versions; a table of numbers does neither, and every risk can be taken apart into
exact contributions.

Format 2 (a change of meaning needs a new number and an example kept in tests/model/scorecards/; an earlier format is refused, since
its features are no longer made):
    format             2
    features           names in order, as in features.FEATURE_NAMES at training time
    engagement         those whose joint contribution is capped
    mean, scale        standardisation of each feature
    heads              gap_1, gap_3 (log-odds) and gap (grades): intercept and coefficients
    cap, cap_in_grades the cap on engagement in log-odds and in grades
    reference          the reference cohort, and how far each kind of evidence is trusted (standing/reference.py)
    interval           by half-term: half the width of the 80 % interval of the predicted grade where marks are fully reliable
    doubt              how much wider it is where they are not: its square grows by this times what reliability lacks to 1
    foundation         how many times as wide it is on foundation papers, which award no more than a 5; 1 where not given
    thresholds         high and watch, and the share of an earlier class that each marked
    blend              weight of risk in the priority order; the rest goes to the gap between working level and target
    trained, versions, artefact_sha256
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import cache, cached_property
from importlib import resources
from math import isnan
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from model.errors import ScorecardError
from model.features import FEATURE_NAMES, features
from model.means import or_zero
from model.pinned import SCORECARD_SHA256
from model.standing.boundaries import Boundaries
from model.standing.place import Standing, standing
from model.standing.reference import Reference
from model.students import Cohort, FloatArray, always_absent
from model.vocabulary import GRADE_HIGHEST, UNGRADED, Flag, SupportTier

FORMAT = 2
HEADS = ("gap_1", "gap_3", "gap")


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """Risks from which a student is flagged; both 0 to 1, high above watch. Defaults are set by the evaluation."""

    high: float = 0.75
    watch: float = 0.45


@dataclass(frozen=True, kw_only=True, eq=False)
class Scorecard:
    """A trained model; see the module for the meaning of each part."""

    features: tuple[str, ...]
    engagement: tuple[str, ...]
    mean: FloatArray
    scale: FloatArray
    intercepts: FloatArray
    coefficients: FloatArray
    cap: float
    cap_in_grades: float
    reference: Reference
    interval: dict[int, float]
    doubt: float
    foundation: float
    thresholds: Thresholds
    blend: float
    trained: str
    versions: dict[str, str]
    artefact_sha256: str

    @cached_property
    def engaged(self) -> npt.NDArray[np.bool_]:
        """(p,) which features are engagement."""
        return np.isin(self.features, self.engagement)

    def to_json(self) -> str:
        """The file's text; the same scorecard always gives the same bytes."""
        table = {
            "format": FORMAT,
            "features": list(self.features),
            "engagement": list(self.engagement),
            "mean": self.mean.tolist(),
            "scale": self.scale.tolist(),
            "heads": {
                name: {"intercept": float(self.intercepts[i]), "coefficients": self.coefficients[i].tolist()}
                for i, name in enumerate(HEADS)
            },
            "cap": self.cap,
            "cap_in_grades": self.cap_in_grades,
            "reference": asdict(self.reference),
            "interval": {str(t): width for t, width in self.interval.items()},
            "doubt": self.doubt,
            "foundation": self.foundation,
            "thresholds": asdict(self.thresholds),
            "blend": self.blend,
            "trained": self.trained,
            "versions": self.versions,
            "artefact_sha256": self.artefact_sha256,
        }
        return json.dumps(table, indent=1, ensure_ascii=False) + "\n"


@dataclass(frozen=True, kw_only=True, eq=False)
class Scores:
    """What the model says of n students; NaN for those who cannot be scored.

    Args:
        risk: (n,) probability of a final grade at least one below target, 0 to 1.
        severe: (n,) the same for three grades.
        priority: (n,) 1 = first; who was absent from everything comes before all others; 0 for others who cannot be scored.
        flags: n flags.
        tiers: n support tiers, None for those who cannot be scored.
        predicted: (n,) predicted final grade; low, high: (n,) its 80 % interval; all 0 (ungraded) to 9.
        contributions: (n, p) exact contributions of the features to the log-odds of `risk`; with the intercept they add up.
        standing: Where each student stands.
    """

    risk: FloatArray
    severe: FloatArray
    priority: npt.NDArray[np.int_]
    flags: tuple[Flag, ...]
    tiers: tuple[SupportTier | None, ...]
    predicted: FloatArray
    low: FloatArray
    high: FloatArray
    contributions: FloatArray
    standing: Standing


def parse(text: str, *, source: str = "scorecard.json") -> Scorecard:
    """A scorecard from the text of its file.

    Raises:
        ScorecardError: Not a scorecard, or of a format or with features that this version does not know.
    """
    try:
        table: dict[str, Any] = json.loads(text)
        if table["format"] != FORMAT:
            older = isinstance(table["format"], int) and table["format"] < FORMAT
            remedy = "Learn from last year again with 'markbook adapt'" if older else "Update the program"
            raise ScorecardError(
                f"{source}: format {table['format']} is not one that this program reads ({FORMAT}). {remedy}."
            )
        unknown = set(table["features"]) - set(FEATURE_NAMES)
        if unknown:
            raise ScorecardError(
                f"{source}: feature {sorted(unknown)[0]!r} is unknown to this program. Update the program."
            )
        heads = [table["heads"][name] for name in HEADS]
        known = {field.name for field in fields(Reference)}
        return Scorecard(
            features=tuple(table["features"]),
            engagement=tuple(table["engagement"]),
            mean=np.array(table["mean"], dtype=np.float64),
            scale=np.array(table["scale"], dtype=np.float64),
            intercepts=np.array([head["intercept"] for head in heads], dtype=np.float64),
            coefficients=np.array([head["coefficients"] for head in heads], dtype=np.float64),
            cap=float(table["cap"]),
            cap_in_grades=float(table["cap_in_grades"]),
            reference=Reference(**{k: float(v) for k, v in table["reference"].items() if k in known}),
            interval={int(t): float(width) for t, width in table["interval"].items()},
            doubt=float(table["doubt"]),
            foundation=float(table.get("foundation", 1.0)),
            thresholds=Thresholds(**{k: float(table["thresholds"][k]) for k in ("high", "watch")}),
            blend=float(table["blend"]),
            trained=str(table["trained"]),
            versions=dict(table["versions"]),
            artefact_sha256=str(table["artefact_sha256"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ScorecardError(
            f"{source}: not a scorecard ({type(error).__name__}: {error}). Install the program again."
        ) from error


@cache
def bundled() -> Scorecard:
    """The scorecard that ships with the program, verified against the hash in the code.

    Raises:
        ScorecardError: The file is missing or has been changed.

    Example:
        >>> 0 < bundled().thresholds.watch < bundled().thresholds.high < 1
        True
    """
    return load(Path(str(resources.files("model") / "scorecard.json")), sha256=SCORECARD_SHA256)


def load(path: Path, *, sha256: str | None = None) -> Scorecard:
    """A scorecard from a file, verified if `sha256` is given.

    Raises:
        ScorecardError: The file is missing, changed, or not a scorecard.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ScorecardError(f"{path.name}: cannot be read ({error.strerror}). Install the program again.") from error
    found = hashlib.sha256(content).hexdigest()
    if sha256 is not None and found != sha256:
        raise ScorecardError(
            f"{path.name}: its SHA-256 begins {found[:12]}, not {sha256[:12]}; it has been changed since it was made. "
            "Install the program again."
        )
    return parse(content.decode("utf-8", errors="replace"), source=path.name)


def contributions(card: Scorecard, matrix: FloatArray) -> FloatArray:
    """Exact contributions of each feature to each head, (heads, n, p), with the cap on engagement shared out evenly.

    Args:
        card: The scorecard.
        matrix: (n, p) features in the order of `card.features`.
    """
    parts = ((matrix - card.mean) / card.scale)[None, :, :] * card.coefficients[:, None, :]
    engaged = card.engaged
    joint = parts[:, :, engaged].sum(axis=2)
    limits = np.array([card.cap, card.cap, card.cap_in_grades])[:, None]
    over = np.abs(joint) > limits
    factor = np.where(over, limits / np.where(over, np.abs(joint), 1.0), 1.0)
    parts[:, :, engaged] *= factor[:, :, None]
    return parts


def score(
    cohort: Cohort,
    *,
    card: Scorecard | None = None,
    against: Cohort | None = None,
    thresholds: Thresholds | None = None,
    boundaries: Mapping[str, Boundaries] | None = None,
    places: Sequence[int] | None = None,
) -> Scores:
    """Score a cohort in one vectorised pass.

    Args:
        cohort: n students; those without any mark that can be compared get no score.
        card: The scorecard, left out: the bundled one.
        against: The cohort that marks are compared with; left out: the students themselves.
        thresholds: Left out: the scorecard's.
        boundaries: The school's own grade boundaries of mocks, by tier; left out: the mean of the published ones.
        places: Where the students stand in `against`, -1 for who does not; left out, they are found by their keys.

    Example:
        >>> from model.students import Assessment
        >>> one = Cohort.build(keys=("ZQ1", "ZQ2"), half_term=3, target=[7, 7],
        ...     assessments=(Assessment(title="Angles", out_of=20),), earned=[[4], [float("nan")]])
        >>> [flag.value for flag in score(one).flags]
        ['▲ High', '? Not enough data']
    """
    card = card or bundled()
    cuts = thresholds or card.thresholds
    placed = standing(cohort, against=against, reference=card.reference, boundaries=boundaries, places=places)
    matrix = features(cohort, against=against, reference=card.reference, placed=placed)
    if card.features != FEATURE_NAMES:
        matrix = matrix[:, [FEATURE_NAMES.index(name) for name in card.features]]
    parts = contributions(card, matrix)
    totals = parts.sum(axis=2) + card.intercepts[:, None]
    scorable, absent = placed.scorable, always_absent(cohort)
    risk = np.where(scorable, 1.0 / (1.0 + np.exp(-totals[0])), np.nan)
    # The two heads are fitted apart; a gap of three can never be likelier than a gap of one.
    severe = np.where(scorable, np.minimum(1.0 / (1.0 + np.exp(-totals[1])), risk), np.nan)
    predicted = np.where(scorable, placed.target - totals[2], np.nan)
    error = usual_error(placed.trust, cohort.higher, doubt=card.doubt, foundation=card.foundation)
    half_width = card.interval[cohort.half_term] * error
    return Scores(
        risk=risk,
        severe=severe,
        priority=priorities(risk, placed.gap, cohort.keys, blend=card.blend, cuts=cuts, first=absent),
        flags=tuple(
            Flag.ALWAYS_ABSENT if gone else _flag(value, cuts)
            for value, gone in zip(risk.tolist(), absent.tolist(), strict=True)
        ),
        tiers=tuple(_tier(one, three, cuts) for one, three in zip(risk.tolist(), severe.tolist(), strict=True)),
        predicted=np.clip(predicted, UNGRADED, GRADE_HIGHEST),
        low=np.clip(predicted - half_width, UNGRADED, GRADE_HIGHEST),
        high=np.clip(predicted + half_width, UNGRADED, GRADE_HIGHEST),
        contributions=parts[0],
        standing=placed,
    )


def usual_error(trust: FloatArray, higher: FloatArray, *, doubt: float, foundation: float) -> FloatArray:
    """(n,) how large errors of predicted grades usually are, beside those of students not on foundation papers whose marks are
    fully reliable; intervals are as many times wider.

    Args:
        trust: (n,) the reliability of each student's marks together, 0 to 1.
        higher: (n,) 0 for foundation, 1 for higher tier, NaN where there are no tiers or none is known.
        doubt, foundation: As in the scorecard.

    Example:
        >>> usual_error(np.array([1.0, 0.5, 0.5]), np.array([np.nan, 1.0, 0.0]), doubt=6.0, foundation=0.9).tolist()
        [1.0, 2.0, 1.8]
    """
    return np.asarray(np.sqrt(1.0 + doubt * (1.0 - trust)) * np.where(higher == 0, foundation, 1.0))


def priorities(
    risk: FloatArray,
    gap: FloatArray,
    keys: tuple[str, ...],
    *,
    blend: float,
    cuts: Thresholds | None = None,
    first: npt.NDArray[np.bool_] | None = None,
) -> npt.NDArray[np.int_]:
    """Who comes first: ranks by risk and by the gap between working level and target, averaged; 1..n without ties.

    Every High stands before every Watch, and every Watch before who is on track.

    The synthetic model overrates engagement wherever engagement does not matter; the plain rule "working below target" does
    not. The blend of the two loses to the rule in no world tried (`markbook model evaluate`), so it decides the order until a
    school has outcomes of its own. Ties go to the higher risk, then by key, never by row.

    Args:
        risk: (n,) NaN for those who cannot be scored; they get 0.
        gap: (n,) working level minus target, in grades.
        keys: n identities.
        blend: Weight of risk, 0 to 1.
        cuts: The thresholds of the flags; left out, flags do not count.
        first: (n,) who comes before all others though not scored.

    Example:
        >>> priorities(np.array([0.9, 0.2, np.nan]), np.array([-2.0, 0.0, np.nan]), ("a", "b", "c"), blend=0.5).tolist()
        [1, 2, 0]
    """
    scored = np.flatnonzero(~np.isnan(risk))
    order = np.zeros(len(risk), dtype=int)
    if len(scored):
        value = blend * _ranks(risk[scored]) + (1 - blend) * _ranks(-or_zero(gap[scored]))
        names = np.array([keys[i] for i in scored])
        flag = np.zeros(len(scored)) if cuts is None else np.digitize(risk[scored], [cuts.watch, cuts.high])
        order[scored[np.lexsort((names, -risk[scored], -value, -flag))]] = np.arange(1, len(scored) + 1)
    if first is not None and first.any():
        order[order > 0] += first.sum()
        rows = np.flatnonzero(first)
        order[rows[np.argsort([keys[i] for i in rows])]] = np.arange(1, len(rows) + 1)
    return order


def _ranks(values: FloatArray) -> FloatArray:
    """Ranks from 1 (lowest), equal values sharing the mean of theirs."""
    in_order = np.sort(values)
    below, up_to = np.searchsorted(in_order, values, "left"), np.searchsorted(in_order, values, "right")
    return np.asarray((below + up_to + 1) / 2.0)


def _flag(risk: float, cuts: Thresholds) -> Flag:
    if isnan(risk):
        return Flag.NOT_ENOUGH
    if risk >= cuts.high:
        return Flag.HIGH
    return Flag.WATCH if risk >= cuts.watch else Flag.ON_TRACK


def _tier(risk: float, severe: float, cuts: Thresholds) -> SupportTier | None:
    if isnan(risk):
        return None
    if risk < cuts.watch:
        return SupportTier.ON_TRACK
    # Intensive where at least a third of the risk is a gap of three grades: catching up alone would not close it.
    return SupportTier.INTENSIVE if severe >= risk / 3 else SupportTier.CATCH_UP
