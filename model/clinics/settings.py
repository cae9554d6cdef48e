"""What a school may set about its clinics, each with the value that serves where nothing is set."""

from __future__ import annotations

from dataclasses import dataclass

SECONDS = 3.0
"""How long the best plan is looked for; a year of 200 with 20 slots is to be planned within 5 seconds."""

NEAR_ENOUGH = 0.005
"""Far below what need, gap and chance to come are known to."""


@dataclass(frozen=True, kw_only=True)
class ClinicSettings:
    """The settings of a plan; each is a defined name `clinic_...` of the sheet Setup.

    The objective is the sum, over all places given, of

        need^weight_need x chance to come^weight_show x gap^weight_gap x (1 - recent_help)^(clinics attended lately)

    where need falls evenly from 1 for priority 1 to 1/n for priority n, and gap is the share of the class that stands above
    the student in the topic. It is a heuristic until a school has outcomes of its own.

    Args:
        seats: Seats of a clinic that says nothing of its own.
        overflow: The largest chance, 0 to 0.5, that more students come than there are seats; 0 is no overbooking.
        show_rate: The chance to come that is started from, above 0 and below 1.
        each: Clinics that one student is given in a week, from 1.
        topics: Topics that one clinic takes at a time, from 1.
        least_risk: Below this risk, 0 to 1, a student is given a place only where the teacher accepts it. One in five, by default:
            a seat for somebody who needs no help is better kept for one who walks in.
        mastered: The share of a topic's marks, 0 to 1, from which it is no reason for a clinic. 80 % is the usual mark of mastery
            learning (Bloom 1968); above 1 leaves it out.
        weight_need, weight_show, weight_gap: Powers in the objective, 0 to 5; 0 leaves a factor out.
        recent_help: Part by which each clinic attended in the last six weeks lowers a student's claim, 0 to 0.9.
        seconds: The longest time to look for the best plan.
        near_enough: The search ends where it is proved that no plan is better by more than this share.

    Example:
        >>> ClinicSettings().overflow, ClinicSettings().each
        (0.1, 1)
    """

    seats: int = 8
    overflow: float = 0.10
    show_rate: float = 0.5
    each: int = 1
    topics: int = 2
    least_risk: float = 0.20
    mastered: float = 0.80
    weight_need: float = 1.0
    weight_show: float = 1.0
    weight_gap: float = 1.0
    recent_help: float = 0.15
    seconds: float = SECONDS
    near_enough: float = NEAR_ENOUGH


RANGES: dict[str, tuple[float, float]] = {
    "seats": (1, 60),
    "overflow": (0.0, 0.5),
    "show_rate": (0.01, 0.99),
    "each": (1, 5),
    "topics": (1, 6),
    "least_risk": (0.0, 1.0),
    "mastered": (0.3, 1.1),
    "weight_need": (0.0, 5.0),
    "weight_show": (0.0, 5.0),
    "weight_gap": (0.0, 5.0),
    "recent_help": (0.0, 0.9),
}
"""Setting -> the lowest and highest value that makes sense; whole numbers where the default is one."""
