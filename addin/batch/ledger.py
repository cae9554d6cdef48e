"""What has been done already: one line of JSON per result in the output folder, so that a batch can be stopped at any moment.

A line is written once its result stands whole on the disk. A result is left as it is while four things are what they were: the
workbook's content, the result's content, the version of the program and the model in use. The date does not count, or
every batch would begin anew in the morning. Contents are compared by their stamps (`addin.batch.stamps`), and read only where these
have changed.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from types import TracebackType
from typing import IO

from addin.batch.files import LEDGER_NAME
from addin.batch.shown import Shown
from addin.batch.stamps import stamps
from addin.batch.task import Outcome, Program, file_hash
from addin.errors import FileInUse, WriteFailed
from addin.overview.places import Place
from model.local import hold

DRAFT_PREFIX = ".writing-"
"""How names of files begin that are being written, here and wherever a workbook is saved."""


class Ledger:
    """The ledger of an output folder, which is held against a second batch while it is open.

    Args:
        output: The output folder; it is made where it is not there.

    Raises:
        FileInUse: Another batch is at work in that folder.
        WriteFailed: The folder or the ledger cannot be written to.

    Example:
        >>> import tempfile
        >>> program = Program(version="1", scorecard="ab")
        >>> done = Outcome(file="9A.xlsx", place=Place(school="North Road", year="Year 9", class_name="9A"), students=30)
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     with Ledger(Path(folder)) as ledger:
        ...         ledger.note(done, program)
        ...     with Ledger(Path(folder)) as ledger:
        ...         ledger.told_of("9A.xlsx") == (done, program)
        True
    """

    def __init__(self, output: Path) -> None:
        self.path = output / LEDGER_NAME
        try:
            output.mkdir(parents=True, exist_ok=True)
            self._file: IO[bytes] = self.path.open("a+b")
        except OSError as error:
            raise WriteFailed(
                f"{output}: cannot be written to ({error.strerror}). Choose another folder with -o."
            ) from error
        try:
            hold(self._file)
        except PermissionError as error:
            self._file.close()
            raise FileInUse(
                f"{output}: another batch is at work there. Wait for it, or choose another folder."
            ) from error
        # Where the line of each workbook begins; the lines themselves stay on the disk, however many there are.
        self._lines: dict[str, int] = {}
        self.shown: Shown | None = None
        self._end = 0
        self._read()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def told_of(self, file: str) -> tuple[Outcome, Program] | None:
        """The last result that is noted for a workbook, and what scored it."""
        if file not in self._lines:
            return None
        self._file.seek(self._lines[file])
        return _parsed(self._file.readline())

    def standing(self, file: str, folder: Path, program: Program, *, add_sheets: bool = False) -> Outcome | None:
        """The outcome that still holds for a workbook; None where it has to be scored.

        Args:
            add_sheets: Whether its result must have got the sheets `Queries` and `Runs`.
        """
        outcome, by = self.told_of(file) or (None, None)
        if outcome is None or by != program or (add_sheets and not outcome.add_sheets):
            return None
        source, result = folder / file, self.path.parent / file
        with suppress(OSError):  # what cannot be read is told when it is scored
            seen = stamps(source, result)
            if seen and seen == outcome.stamps:
                return outcome
            if (file_hash(source), file_hash(result)) == (outcome.source, outcome.result):
                if seen:
                    self.note(replace(outcome, stamps=seen), program)
                return outcome
        return None

    def note(self, outcome: Outcome, program: Program) -> None:
        """Write down that a result stands.

        Raises:
            WriteFailed: The ledger cannot be written to.
        """
        table = asdict(replace(outcome, seen=())) | {"program": asdict(program)}
        del table["refused"], table["problem"], table["seen"]  # only results are noted, and nothing of a single student
        # Escapes keep names that are no proper Unicode, as a disk may hold them.
        line = json.dumps(table, ensure_ascii=True).encode() + b"\n"
        try:
            self._file.write(line)
            self._file.flush()
        except OSError as error:
            raise WriteFailed(f"{self.path}: cannot be written to ({error.strerror}). Free some space.") from error
        self._lines[outcome.file] = self._end
        self._end += len(line)

    def tidy(self, files: Iterable[str], shown: Shown | None = None) -> None:
        """Close the ledger with one line for each of these files that has a result, in order, and one for the overview."""
        lines = []
        for file in sorted(set(files) & set(self._lines)):
            self._file.seek(self._lines[file])
            lines.append(self._file.readline())
        self._file.close()
        if shown is not None:
            lines.append(json.dumps({"overview": asdict(shown)}).encode() + b"\n")
        write_whole(self.path, b"".join(lines))

    def _read(self) -> None:
        """Take what a killed run left: whole lines count, the beginning of one is cut off."""
        self._file.seek(0)
        for line in self._file:
            if not line.endswith(b"\n"):
                self._file.truncate(self._end)
                break
            known = _parsed(line)
            if known is not None:
                self._lines[known[0].file] = self._end
            else:
                self.shown = _parsed_overview(line) or self.shown
            self._end += len(line)


def _parsed(line: bytes) -> tuple[Outcome, Program] | None:
    """What a line tells; None where it is no line of ours."""
    try:
        table = json.loads(line)
        program, place = Program(**table.pop("program")), Place(**table.pop("place"))
        seen = tuple(map(tuple, table.pop("stamps", ())))
        return None if "seen" in table else (Outcome(place=place, stamps=seen, **table), program)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _parsed_overview(line: bytes) -> Shown | None:
    """What a line tells of the overview; None where it is no such line of ours."""
    try:
        found = Shown(**json.loads(line)["overview"])
        return found if found.is_sound() else None
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def write_whole(path: Path, content: bytes, *, for_owner_alone: bool = False) -> None:
    """Write a file in one step, or not at all where it holds that already.

    Args:
        for_owner_alone: Nobody else may read it, where the system knows such rights.

    Raises:
        WriteFailed: It cannot be written; what stood there still stands.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     write_whole(Path(folder, "overview.csv"), b"School")
        ...     [(path.name, path.read_bytes()) for path in Path(folder).iterdir()]
        [('overview.csv', b'School')]
    """
    draft: str | None = None
    try:
        with suppress(OSError):
            if path.read_bytes() == content:
                return
        handle, draft = tempfile.mkstemp(prefix=DRAFT_PREFIX, suffix=path.suffix, dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(draft, 0o600 if for_owner_alone else 0o666 & ~_mask())
        os.replace(draft, path)
        draft = None
    except OSError as error:
        raise WriteFailed(
            f"{path}: was not written ({error.strerror}). Close it where it is open, and free some space."
        ) from error
    finally:
        if draft is not None:
            with suppress(OSError):
                os.unlink(draft)


def _mask() -> int:
    """The rights that new files do not get here."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
