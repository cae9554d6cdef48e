"""A student's path as a letter tells it: topics in a family's words, in their order, and at last a mix.

Nothing of why a step comes where it does is told but what it helps with: a path's own reasons are for teachers. Practice of a
topic is no step of its own in a letter, which says anyhow that help fades.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from addin.letters.facts import PathStep, Pathway
from addin.letters.wording import Words
from model.pathway import Step, StepKind


def path_of(steps: Sequence[Step], words: Words, *, in_clinic: Collection[str]) -> Pathway | None:
    """What a letter says of a path; None of an empty one.

    Args:
        steps: The path of the review, moved on by what was done in clinics.
        words: Topics in a family's words.
        in_clinic: The topics of the student's coming places in the plan.

    Example:
        >>> from model.vocabulary import Strand
        >>> kinds = ((StepKind.MISSING, "Expanding"), (StepKind.TOPIC, "Double brackets"), (StepKind.PRACTISE, "Double brackets"),
        ...     (StepKind.MIXED, "Expanding, Double brackets, Speed"))
        >>> steps = [
        ...     Step(kind=kind, topic=topic, strand=Strand.ALGEBRA, why="", activity="", done_when="") for kind, topic in kinds
        ... ]
        >>> path = path_of(steps, Words(table={("topic", "expanding"): "taking brackets away"}), in_clinic=["double brackets"])
        >>> for step in path.steps:
        ...     print(step.topic, "|", step.means, "|", step.helps_with, "|", step.in_clinic)
        Expanding | taking brackets away | Double brackets | False
        Double brackets |  |  | True
        >>> path.again
        ('Speed',)
    """
    if not steps:
        return None
    clinics = {topic.casefold() for topic in in_clinic}
    told: dict[str, PathStep] = {}
    mixed = ""
    for place, step in enumerate(steps):
        if step.kind is StepKind.MIXED:
            mixed = step.topic
        elif step.topic not in told:
            told[step.topic] = PathStep(
                topic=step.topic,
                means=words.of("topic", step.topic) or words.of("strand", step.topic),
                # What is missing below a topic stands right before it.
                helps_with=steps[place + 1].topic if step.kind is StepKind.MISSING else "",
                in_clinic=step.topic.casefold() in clinics,
            )
    # The mix begins with the topics of the steps; what follows was worked on before. (A teacher's topic may have a comma in it.)
    again = mixed.removeprefix(", ".join(told)).removeprefix(", ")
    return Pathway(steps=tuple(told.values()), again=tuple(again.split(", ")) if again else ())
