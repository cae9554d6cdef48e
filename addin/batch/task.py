"""One workbook of many: from its file to an outcome that is small, holds no student's name, and can travel between computers."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib import metadata
from pathlib import Path

from addin.batch.stamps import Stamps, stamps
from addin.errors import DecisionsAtRisk, FileInUse, MarkbookError, RequestProblem, WriteFailed
from addin.files.marked import Scored, score_file
from addin.hosts.closed_file import ClosedFile
from addin.overview.places import Place, place_of
from addin.overview.seen import ClassSeen, classes_seen
from addin.reading.grid import Book
from addin.review import reviews
from model.local import in_use
from model.vocabulary import STRANDS, Flag

DISTRIBUTION = "maths-markbook"


@dataclass(frozen=True, kw_only=True)
class Program:
    """What scores: the same input scored by the same program gives the same result.

    Args:
        scorecard: SHA-256 of the scorecard in use.
    """

    version: str
    scorecard: str

    @classmethod
    def here(cls) -> Program:
        """The program of this process.

        Raises:
            ScorecardError: The scorecard in use cannot be used.
        """
        card = in_use().to_json().encode()
        return cls(version=_version(), scorecard=hashlib.sha256(card).hexdigest())


@dataclass(frozen=True, kw_only=True)
class Task:
    """A workbook to score, or whose result is only to be looked at for the overview.

    Args:
        folder, output: The batch's two folders, absolute.
        file: The workbook's path below `folder`, with `/`; its result has the same below `output`.
        day: The date of the batch, one for all files, however long it takes.
        program: What must score it; another one refuses.
        key: For fingerprints of students, invented by one run and known to its workers alone.
        add_sheets: Give a workbook without them the sheets `Queries` and `Runs`.
        names: Whether what is seen may hold names; only for a list of names, and never on another computer.
        standing: The outcome that still holds, where there is one.
    """

    folder: str
    output: str
    file: str
    day: date
    program: Program
    key: bytes = b""
    add_sheets: bool = False
    names: bool = False
    standing: Outcome | None = None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of a workbook.

    Args:
        file: Its path below the batch's folder, with `/`.
        place: Its school, year group and class.
        refused: Why there is no result, with the remedy; None where there is one.
        problem: The same for a list that others read: the kind of problem, without anything that the workbook holds.
        source, result: SHA-256 of the workbook and of its result; empty where it was refused.
        stamps: The stamps of both, taken when they were read last.
        counts: Flag -> how many students have it.
        needs: Strand -> how many students have a topic of it to work on.
        add_sheets: Whether the sheets `Queries` and `Runs` were asked for.
        seen: The classes for the overview. They live in memory alone: a ledger with fingerprints of students would be a ledger
            of students.
    """

    file: str
    place: Place
    refused: str | None = None
    problem: str = ""
    source: str = ""
    result: str = ""
    stamps: Stamps = ()
    students: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    needs: dict[str, int] = field(default_factory=dict)
    queries: int = 0
    add_sheets: bool = False
    seen: tuple[ClassSeen, ...] = ()


def score_one(task: Task) -> Outcome:
    """Score one workbook of a batch; whatever is wrong with it becomes part of the outcome.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     _ = Path(folder, "9A.xlsx").write_bytes(b"")
        ...     task = Task(folder=folder, output=f"{folder}/out", file="9A.xlsx", day=date(2026, 3, 2), program=Program.here())
        ...     score_one(task).refused
        'the file is empty. Check that it is downloaded or copied completely.'
    """
    source = Path(task.folder, task.file)
    try:
        if Program.here() != task.program:
            raise RequestProblem(
                "the worker has another version of the program, or another model in use, than the computer that started the "
                "batch. Install the same version and model on both."
            )
        if task.standing is not None:
            return _looked_at(task, task.standing)
        target = _target(task)
        before = file_hash(source)
        done = score_file(source, output=target, add_sheets=task.add_sheets, today=task.day)
        seen = stamps(source, target)  # before both are read once more: a change after that shows
        if file_hash(source) != before:
            raise FileInUse("the file was saved while it was scored. Run again.")
        return _scored(task, done, source=before, result=file_hash(target), seen=seen)
    except MarkbookError as error:
        return refusal(task.file, _told(error, source), kind=error)
    except OSError as error:
        told = f"{error.strerror or type(error).__name__}. Check the file, the folder and the space on the disk."
        return refusal(task.file, told)
    except MemoryError:
        return refusal(task.file, "the memory does not suffice. Run again with fewer --workers.")
    except Exception as error:  # a fault of ours in one workbook must not end the work on all others
        return refusal(task.file, f"an unexpected fault ({type(error).__name__}). Please report this line.")


def refusal(file: str, reason: str, *, kind: MarkbookError | None = None) -> Outcome:
    """The outcome of a workbook that gives no result.

    Example:
        >>> refusal("North Road/9A.xlsx", "the file is empty. Save it again.").problem
        'the file is empty. Save it again.'
    """
    # An error's own text may quote a cell; the description of its kind never does.
    problem = reason if kind is None else " ".join((type(kind).__doc__ or "").split())
    return Outcome(file=file, place=place_of(file), refused=reason, problem=problem)


def file_hash(path: Path) -> str:
    """SHA-256 of a file's content, in hexadecimal.

    Raises:
        OSError: It cannot be read.

    Example:
        >>> import tempfile
        >>> with tempfile.NamedTemporaryFile() as file:
        ...     file_hash(Path(file.name))[:12]
        'e3b0c44298fc'
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@cache
def _version() -> str:
    return metadata.version(DISTRIBUTION)


def _target(task: Task) -> Path:
    """Where the result goes, its folder made; a link there could lead to a markbook, so none is followed."""
    target = Path(task.output, task.file)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteFailed(
            f"the folder of the result cannot be made ({error.strerror}). Free the place in the output folder."
        ) from error
    inside = Path(os.path.realpath(target.parent)) == Path(os.path.realpath(task.output), task.file).parent
    if not inside or target.is_symlink():
        raise WriteFailed("a link stands in the output folder where the result goes. Delete the link and run again.")
    return target


def _scored(task: Task, done: Scored, *, source: str, result: str, seen: Stamps) -> Outcome:
    results = [result for review in done.reviews for result in review.results]
    needs = Counter(strand for each in results for strand in {need.strand for need in each.topics})
    marked = _read(Path(task.output, task.file))
    counts = Counter(result.flag for result in results)
    return Outcome(
        file=task.file,
        place=place_of(task.file, done.review.book, done.review.markbook),
        source=source,
        result=result,
        stamps=seen,
        students=len(results),
        counts={flag.value: counts[flag] for flag in Flag},
        needs={strand.value: needs[strand] for strand in STRANDS},
        queries=sum(len(review.markbook.queries) for review in done.reviews),
        add_sheets=task.add_sheets,
        seen=classes_seen(task.file, done.reviews, marked, key=task.key, names=task.names),
    )


def _looked_at(task: Task, standing: Outcome) -> Outcome:
    """A result that stands, with its classes: what was scored before is worked out again, since nobody's names were kept."""
    book = _read(Path(task.output, task.file))
    done, _ = reviews(book)
    return replace(standing, seen=classes_seen(task.file, done, book, key=task.key, names=task.names))


def _read(path: Path) -> Book:
    return ClosedFile(path, output=path).read()


def _told(error: MarkbookError, source: Path) -> str:
    """An error's text in one line, without the file's name, which stands before it, and without a student's."""
    if isinstance(error, DecisionsAtRisk) and error.__cause__ is None:
        return (
            "earlier decisions in its result have no place in the new one. `markbook score` on this file, with -o and the "
            "result's name, tells which; or move the earlier result away."
        )
    return " ".join(str(error).split()).removeprefix(f"{source.name}: ")
