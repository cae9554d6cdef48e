"""What the last overview was made of: where nothing has changed since, it is left as it is and nothing is looked at again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from addin.batch.files import CSV_NAME, OVERVIEW_NAME, PAGE_NAME
from addin.batch.task import Outcome, Program, file_hash
from addin.overview.tally import Tally
from model.vocabulary import STRANDS, Flag

FILES = (OVERVIEW_NAME, PAGE_NAME, CSV_NAME)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """An overview that was written, by hashes and sums: nothing of a single student.

    Args:
        made_of: What it was made of, as one hash: every workbook and result, every refusal, and the program.
        files: Name of each of its files -> SHA-256 of its content.
        students, queries, counts, needs: The sums that are told with it, as in `Tally`.
    """

    made_of: str
    files: Mapping[str, str]
    students: int
    queries: int
    counts: Sequence[int]
    needs: Sequence[int]

    def is_sound(self) -> bool:
        """Whether it holds what this version tells; a ledger may be of another, or damaged."""
        numbers = [self.students, self.queries, *self.counts, *self.needs]
        fits = (len(self.counts), len(self.needs)) == (len(Flag), len(STRANDS))
        return fits and all(type(number) is int for number in numbers) and isinstance(self.files, Mapping)

    def tally(self) -> Tally:
        """The sums."""
        return Tally(students=self.students, queries=self.queries, counts=tuple(self.counts), needs=tuple(self.needs))

    def still_holds(self, made_of: str, output: Path) -> bool:
        """Whether it was made of just that, and its files are as they were written."""
        with suppress(OSError):
            return made_of == self.made_of and all(file_hash(output / name) == self.files.get(name) for name in FILES)
        return False


def made_of(outcomes: Sequence[Outcome], program: Program) -> str:
    """What an overview of these outcomes is made of, in whatever order they came.

    Example:
        >>> from addin.batch.task import refusal
        >>> program = Program(version="1", scorecard="ab")
        >>> made_of([refusal("9A.xlsx", "cut off")], program) == made_of([], program)
        False
    """
    parts = sorted((each.file, each.source, each.result, each.problem) for each in outcomes)
    return hashlib.sha256(json.dumps([parts, asdict(program)]).encode()).hexdigest()


def shown(made_of: str, tally: Tally, output: Path) -> Shown:
    """The overview that stands in a folder now."""
    return Shown(
        made_of=made_of,
        files={name: file_hash(output / name) for name in FILES},
        students=tally.students,
        queries=tally.queries,
        counts=tally.counts,
        needs=tally.needs,
    )
