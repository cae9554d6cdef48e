"""A thousand seeds a topic, shared over its levels, and each tenth at every level, more than 100,000 questions in all:
`python -m tests.model.questions.many [TOPIC ...]`."""

from __future__ import annotations

import sys
from random import Random

from model.questions.library import generators
from model.questions.question import Level
from tests.model.questions.test_questions import faults

SEEDS = 1_000


def main(wanted: list[str]) -> int:
    """Print a line a topic; answers how many topics have a fault."""
    bad, asked = 0, 0
    for topic, generator in generators().items():
        if wanted and topic not in wanted:
            continue
        found: list[str] = []
        prompts = set()
        for seed in range(SEEDS):
            for level in Level if seed % 10 == 0 else [Level(1 + seed % 3)]:
                question = generator(Random(seed), level)
                prompts.add(question.prompt)
                asked += 1
                found.extend(f"level {int(level)}, seed {seed}: {fault}" for fault in faults(question))
        sys.stdout.write(f"{topic:40} {len(prompts):5} different, {len(found)} faults {found[:2] or ''}\n")
        bad += bool(found)
    sys.stdout.write(f"{asked:,} questions, {bad} topics with faults\n")
    return bad


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
