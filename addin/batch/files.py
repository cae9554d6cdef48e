"""Which files of a folder are markbooks to be scored, and which are passed over: locks, backups, results, hidden files."""

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from addin.errors import RequestProblem

LEDGER_NAME = "batch-ledger.jsonl"
OVERVIEW_NAME, CSV_NAME, PAGE_NAME = "batch-overview.xlsx", "batch-overview.csv", "batch-overview.html"
NAMES_NAME = "batch-names.xlsx"
"""What a batch leaves at the head of its output folder besides the results; a folder with the ledger holds results."""

ENDINGS = frozenset({".xlsx", ".xlsm"})
OTHER_ENDINGS = frozenset({".xls", ".xlsb", ".ods", ".numbers"})
"""Spreadsheets that the program cannot read; they are counted, so that a class in one of them is not overlooked."""

_BACKUP = re.compile(r"\.backup-\d{4}-\d{2}-\d{2}(-\d+)?", re.IGNORECASE)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.]+:/", re.IGNORECASE)  # a single letter is a drive of Windows
_RESULT = re.compile(r"(.+)\.(?:marked|cleared|imported)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Found:
    """What is in a folder.

    Args:
        files: Workbooks to score, as paths below the folder with `/`, largest first: a long one begun last would keep one
            worker busy while the others wait.
        refused: The same for what cannot even be looked at -> the reason.
        passed_over: Why files or folders were passed over -> how many.
    """

    files: tuple[str, ...]
    refused: dict[str, str]
    passed_over: dict[str, int]


def find_workbooks(folder: Path, output: Path) -> Found:
    """The workbooks under a folder, or the one workbook that is named in a folder's place.

    A link to a file or a folder is followed, but every file and every folder counts once, under its own name where it has one
    below `folder`; so a circle of links ends.

    Args:
        output: The folder of the results; it may lie inside `folder` and is then passed over.

    Raises:
        RequestProblem: There is no such folder, or the results would be written among the markbooks.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as name:
        ...     for file in ("9A.xlsx", "~$9A.xlsx", "9A.marked.xlsx", ".9B.xlsx", "9C.xls"):
        ...         _ = Path(name, file).write_bytes(b"")
        ...     found = find_workbooks(Path(name), Path(name, "out"))
        >>> found.files, found.passed_over
        (('9A.xlsx',),
         {'hidden': 1, 'locks of open workbooks': 1, 'other kinds of spreadsheet': 1, 'results of earlier runs': 1})
    """
    _check_places(folder, output)
    search = _Search(output=os.path.realpath(output))
    if folder.is_file():
        search.take_alone(folder)
    else:
        search.look_into(folder, "")
    while search.links:  # what has a name of its own was found first
        search.follow(*search.links.pop(0))
    for name in (OVERVIEW_NAME, NAMES_NAME):
        if search.files.pop(name, None) is not None:
            search.refused[name] = "the batch's own file of that name would take its place. Rename the workbook."
    ordered = sorted(search.files, key=lambda file: (-search.files[file], file))
    return Found(files=tuple(ordered), refused=search.refused, passed_over=dict(sorted(search.passed_over.items())))


def base_of(source: Path) -> Path:
    """The folder below which the workbooks have their names: the one that is named, or the one of a single workbook.

    Example:
        >>> base_of(Path("year 9.xlsx")) == Path(".")
        True
    """
    return source.parent if source.suffix.lower() in ENDINGS and not source.is_dir() else source


def _check_places(folder: Path, output: Path) -> None:
    for place in (folder, output):
        if _ADDRESS.match(str(place)):
            raise RequestProblem(
                f"{place}: batch works on folders, not on addresses of an object store. Mount the store as a folder, or copy it."
            )
    if not folder.exists():
        raise RequestProblem(f"{folder}: there is no such folder or workbook. Check the name.")
    alone = not folder.is_dir()
    if alone and folder.suffix.lower() not in ENDINGS:
        raise RequestProblem(f"{folder}: it is no .xlsx or .xlsm workbook. Give one, or the folder of the markbooks.")
    if not alone and (folder / LEDGER_NAME).exists():
        raise RequestProblem(f"{folder}: it holds the results of a batch. Give the folder of the markbooks.")
    folder = base_of(folder)
    inside, outside = Path(os.path.realpath(folder)), Path(os.path.realpath(output))
    if inside == outside or (outside in inside.parents and not alone):
        raise RequestProblem(
            f"{output}: results would be written over the markbooks. Choose another folder with -o, beside or inside {folder}."
        )
    if output.exists() and not output.is_dir():
        raise RequestProblem(f"{output}: it is a file. Give a folder with -o.")


@dataclass(kw_only=True)
class _Search:
    """One walk through a folder."""

    output: str
    files: dict[str, int] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    passed_over: Counter[str] = field(default_factory=Counter)
    links: list[tuple[Path, str]] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def take_alone(self, workbook: Path) -> None:
        """Take a single workbook, whatever it is called."""
        self._take(workbook, workbook.name)

    def look_into(self, folder: Path, below: str) -> None:
        """Go through a folder and what lies in it; not by recursion, so that depth does not matter."""
        waiting = [(folder, below)]
        while waiting:
            here, prefix = waiting.pop()
            place = os.path.realpath(here)
            if place in self.seen:
                self.passed_over["links to what was found already"] += 1
                continue
            self.seen.add(place)
            if place == self.output or os.path.exists(os.path.join(place, LEDGER_NAME)):
                self.passed_over["folders of results"] += 1
                continue
            try:
                with os.scandir(here) as entries:
                    inside = sorted(entries, key=lambda entry: entry.name)
            except OSError as error:
                self.refused[prefix.rstrip("/")] = _cannot_be_read(error)
                continue
            waiting.extend(reversed(list(self._sort(inside, prefix))))

    def follow(self, link: Path, below: str) -> None:
        """Go where a link leads."""
        try:
            state = link.stat()
        except OSError as error:
            if link.suffix.lower() in ENDINGS:
                self.refused[below] = f"the link leads nowhere ({error.strerror}). Mend or delete it."
            return
        if stat.S_ISDIR(state.st_mode):
            self.look_into(link, f"{below}/")
        elif self._is_wanted(link.name, link.parent):
            self._take(link, below)

    def _sort(self, entries: list[os.DirEntry[str]], prefix: str) -> Iterator[tuple[Path, str]]:
        """Take the files, put links by, and answer the folders."""
        for entry in entries:
            path, below = Path(entry.path), f"{prefix}{entry.name}"
            if entry.name.startswith("."):
                self.passed_over["hidden"] += 1
            elif entry.is_symlink() or _is_junction(entry):
                self.links.append((path, below))
            elif entry.is_dir(follow_symlinks=False):
                yield path, f"{below}/"
            elif entry.is_file(follow_symlinks=False) and self._is_wanted(entry.name, path.parent):
                self._take(path, below)

    def _take(self, path: Path, below: str) -> None:
        try:
            place, size = os.path.realpath(path), path.stat().st_size
        except OSError as error:
            self.refused[below] = _cannot_be_read(error)
            return
        if place in self.seen:
            self.passed_over["links to what was found already"] += 1
            return
        self.seen.add(place)
        self.files[below] = size

    def _is_wanted(self, name: str, folder: Path) -> bool:
        stem, ending = os.path.splitext(name)
        if ending.lower() in OTHER_ENDINGS:
            self.passed_over["other kinds of spreadsheet"] += 1
        if ending.lower() not in ENDINGS:
            return False
        if name.startswith("~$"):
            self.passed_over["locks of open workbooks"] += 1
            return False
        if _BACKUP.search(stem):
            self.passed_over["backups"] += 1
            return False
        # A marked file without its source beside it is what that teacher works in.
        result = _RESULT.fullmatch(stem)
        if result is not None and (folder / f"{result[1]}{ending}").exists():
            self.passed_over["results of earlier runs"] += 1
            return False
        return True


def _is_junction(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder's link as Windows makes them (told by Python 3.12 and later)."""
    told = getattr(entry, "is_junction", None)
    return bool(told and told())


def _cannot_be_read(error: OSError) -> str:
    return f"cannot be read ({error.strerror}). Ask for the right to read it."
