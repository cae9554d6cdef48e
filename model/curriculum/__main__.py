"""The map of the course as tables: topics by strand and stage, how deep they stand, and what there is for them.

python -m model.curriculum [--topics]
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter

from model.activities import bundled
from model.curriculum import Stage, cycles, depth, orphans, topics
from model.questions.library import generators
from model.vocabulary import STRANDS, counted


def lines(*, each: bool = False) -> list[str]:
    """What the command prints.

    Args:
        each: With a line for every topic, under the table.
    """
    known = topics()
    with_activities = {activity.topic for activity in bundled()}
    with_questions = set(generators()) & set(known)
    told = [
        "strand       "
        + "".join(f"{stage.value:>12}" for stage in Stage)
        + "       all  deepest  activities  questions"
    ]
    for strand in (*STRANDS, None):
        ours = [topic for topic in known.values() if strand in (topic.strand, None)]
        stages = Counter(topic.stage for topic in ours)
        told.append(
            f"{strand.value if strand else 'all':<13}"
            + "".join(f"{stages[stage]:>12}" for stage in Stage)
            + f"{len(ours):>10}{max(depth(topic.id) for topic in ours):>9}"
            + f"{sum(topic.name in with_activities for topic in ours):>12}{sum(topic.id in with_questions for topic in ours):>11}"
        )
    steps = Counter(depth(id_) for id_ in known)
    told += [
        "",
        "topics by how many steps they stand above the first: " + ", ".join(f"{n}: {steps[n]}" for n in sorted(steps)),
        f"{sum(len(topic.prerequisites) for topic in known.values())} prerequisites, "
        f"{sum(len(topic.aliases) for topic in known.values())} aliases, "
        f"{counted(len(cycles()), 'cycle')}, {counted(len(orphans()), 'orphan')}",
    ]
    if each:
        told += [
            "",
            *(
                f"{topic.id} ({topic.stage.value}, {topic.reference or 'no number'}, step {depth(topic.id)}): builds on "
                f"{', '.join(topic.prerequisites) or 'nothing'}; also {', '.join(topic.aliases) or 'by its name alone'}"
                for topic in known.values()
            ),
        ]
    return told


def main() -> None:
    """Print the map."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--topics", action="store_true", help="a line for every topic as well")
    sys.stdout.write("\n".join(lines(each=parser.parse_args().topics)) + "\n")


if __name__ == "__main__":
    main()
