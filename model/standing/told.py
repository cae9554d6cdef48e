"""What a teacher should know of how a class was compared, in sentences."""

from __future__ import annotations

import numpy as np

from model.standing.engagement import KINDS, LIGHTLY
from model.standing.papers import SET
from model.standing.place import Standing
from model.students import Cohort

WORTH_TELLING = 0.5
"""Grades by which a class as a whole is off its targets before it is said: half a grade rounds to a whole one."""


def told_of_class(cohort: Cohort, placed: Standing) -> tuple[str, ...]:
    """Sentences about papers of their own, engagement that tells little, and a class off its targets; none where all is as usual.

    Example:
        >>> from model.standing.place import standing
        >>> from model.students import Assessment
        >>> mocks = (Assessment(title="Mock", kind="mock", out_of=80),)
        >>> class_ = Cohort.build(keys=[str(i) for i in range(9)], half_term=3, target=[7] * 9, higher=[1] * 9,
        ...     assessments=mocks, earned=[[i + 5] for i in range(9)])
        >>> told_of_class(class_, standing(class_))[0].split(":")[0]
        'The class as a whole works about 0.8 grades under its targets'
    """
    told = []
    if placed.papers.own:
        who = "Sets" if placed.papers.by == SET else "Foundation and higher students"
        alone = "set" if placed.papers.by == SET else "tier"
        told.append(
            f"{who} seem to have sat topic tests of their own: each student is compared within the {alone}, and the targets "
            f"say how far one {alone} is from another."
        )
    recorded = [kind for kind in KINDS if not np.isnan(getattr(cohort, kind)).all()]
    if placed.engagement_counts < LIGHTLY and recorded:
        named = " and ".join(filter(None, (", ".join(recorded[:-1]), recorded[-1]))).capitalize()
        tells = "tells" if len(recorded) == 1 else "tell"
        told.append(
            f"{named} {tells} little about progress in this class, so {'it counts' if len(recorded) == 1 else 'they count'} "
            f"lightly: {placed.engagement_counts:.0%} of what is usual."
        )
    if abs(placed.shift) >= WORTH_TELLING:
        side = "above" if placed.shift > 0 else "under"
        told.append(
            f"The class as a whole works about {abs(placed.shift):.1f} grades {side} its targets: so say its mocks by grade "
            "boundaries, working-at grades, key stage 2 and tests together, as far as they are in the markbook."
        )
    return tuple(told)
