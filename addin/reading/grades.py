"""Scales of grades: an ordered list of words or letters, read as steps from the lowest, and never as a mark out of something.

A grade says who stands above whom. How far apart two grades lie is not known, so steps are compared within the class alone, and
only targets are put on the scale of GCSE grades 1 to 9, by the points that Ofqual tied the two scales together at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from addin.reading.grid import CellValue, as_text


@dataclass(frozen=True, kw_only=True)
class Scale:
    """A scale of grades.

    Args:
        name: What it is called: "A* to U".
        steps: Its grades from the lowest to the highest, in small letters.
        gcse: The GCSE grade 0 to 9 that each step stands for; empty where nobody has tied them together.
    """

    name: str
    steps: tuple[str, ...]
    gcse: tuple[float, ...] = ()

    def step(self, cell: CellValue) -> float | None:
        """The place of a grade, 0 for the lowest; None where the scale does not have it.

        Example:
            >>> scale_of(["A*", "C", "U"]).step("C"), scale_of(["Secure", "Emerging"]).step("secure")
            (5.0, 3.0)
        """
        text = as_text(cell).casefold()
        return float(self.steps.index(text)) if text in self.steps else None

    def as_gcse(self, cell: CellValue) -> float | None:
        """The GCSE grade, 0 to 9, that a grade stands for; None where it is not on the scale or nobody has tied them together.

        Example:
            >>> scale_of(["A*", "C", "U"]).as_gcse("C")
            4.0
        """
        step = self.step(cell)
        return None if step is None or not self.gcse else float(self.gcse[int(step)])


def _letters(name: str, grades: str, gcse: Sequence[float] = ()) -> Scale:
    return Scale(name=name, steps=tuple(grades.split()), gcse=tuple(gcse))


SCALES: tuple[Scale, ...] = (
    # The bottoms of grades 7, 4 and 1 are those of A, C and G (Ofqual, 2014: "Setting the grade standards of new GCSEs").
    _letters("A* to U", "u g f e d c b a a*", (0, 1, 1.5, 2, 3, 4, 5.5, 7, 8.5)),
    _letters("A-level A* to U", "u e d c b a a*"),
    _letters("A to F", "f e d c b a"),
    _letters("A+ to F", "f e- e e+ d- d d+ c- c c+ b- b b+ a- a a+"),
    _letters(
        "fine grades 9 to 1",
        "u 1- 1 1= 1+ 2- 2 2= 2+ 3- 3 3= 3+ 4- 4 4= 4+ 5- 5 5= 5+ 6- 6 6= 6+ 7- 7 7= 7+ 8- 8 8= 8+ 9- 9 9= 9+",
    ),
    _letters("A to D", "d c b a"),
    _letters("Pass, Merit, Distinction", "u fail pass merit distinction distinction*"),
    _letters("U, P, M, D", "u p m d d*"),
)
LADDERS: tuple[Scale, ...] = tuple(
    Scale(name=f"{steps[0]} to {steps[-1]}", steps=tuple(step.casefold() for step in steps))
    for steps in (
        ("Beginning", "Emerging", "Developing", "Secure", "Mastered"),
        ("Beginning", "Emerging", "Developing", "Securing", "Mastering"),
        ("Emerging", "Developing", "Secure", "Exceeding"),
        ("Emerging", "Developing", "Expected", "Secure", "Greater depth"),
        ("Below", "Working towards", "Expected", "Greater depth"),
        ("Below expected", "Working towards expected", "Expected", "Above expected", "Greater depth"),
        ("PKS", "WTS", "EXS", "GDS"),
        ("WT", "EXP", "GD"),
        ("BLW", "WTS", "EXS", "GDS"),
        ("Well below", "Below", "On track", "Above", "Well above"),
        ("Below", "At", "Above"),
        ("Foundation", "Developing", "Secure", "Excelling"),
        ("Entry", "Foundation", "Intermediate", "Higher"),
        ("Not met", "Partly met", "Met", "Exceeded"),
        ("Not secure", "Nearly secure", "Secure"),
        ("Red", "Amber", "Green"),
        ("R", "A", "G"),
        ("Novice", "Apprentice", "Practitioner", "Expert"),
        ("Bronze", "Silver", "Gold", "Platinum"),
        ("Poor", "Fair", "Good", "Very good", "Excellent"),
        ("Unsatisfactory", "Satisfactory", "Good", "Outstanding"),
        ("Needs improvement", "Satisfactory", "Good", "Excellent"),
        ("Weak", "Average", "Good", "Strong"),
        ("Low", "Medium", "High"),
        ("Not yet", "Nearly", "Got it"),
    )
)
"""Ladders of words that schools use; others are told in the map of headings, as "stages: Seed, Shoot, Tree"."""


def scale_of(grades: Sequence[CellValue]) -> Scale | None:
    """The scale to which all these grades belong, the shortest that has them all; None where there is none.

    Args:
        grades: Distinct grades of a column; texts of absences left out.

    Example:
        >>> scale_of(["B+", "A-"]).name, scale_of(["Secure", "Mastered"]).name, scale_of(["Ova", "Tul"]) is None
        ('A+ to F', 'Beginning to Mastered', True)
    """
    return _scale_of(frozenset(as_text(grade).casefold() for grade in grades))


@cache
def _scale_of(grades: frozenset[str]) -> Scale | None:
    if not grades:
        return None
    return next((scale for scale in (*SCALES, *LADDERS) if grades <= set(scale.steps)), None)


def ladder(words: str) -> Scale | None:
    """The scale that a teacher lists, from the lowest to the highest; None where fewer than two words are listed.

    Example:
        >>> ladder("Seed, Shoot, Tree").step("shoot")
        1.0
    """
    steps = tuple(
        step.strip().casefold() for step in words.replace(">", ",").replace("<", ",").split(",") if step.strip()
    )
    return Scale(name=f"{steps[0]} to {steps[-1]}", steps=steps) if len(set(steps)) == len(steps) > 1 else None
