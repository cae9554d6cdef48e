"""Many tries of one kind, in a process of its own that may hang, run out of memory or die.

The process says after each try what came of it; when it says nothing for too long it is ended,
    and the next goes on behind that try.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import tempfile
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from select import select
from time import monotonic
from types import FrameType
from typing import Any

from addin.errors import MarkbookError
from tests.fuzz.choices import Choices, shrunk
from tests.tools import ROOT

Attempt = Callable[[Choices, Path], bool]
"""One try, given an empty folder: True where all was answered well, False where it was refused with a sentence. A `MarkbookError`
is a refusal too; whatever else is raised is a fault."""

PATIENCE = 20.0
"""Seconds after which a try is taken to hang."""

MOST_MEMORY = 1_500_000_000
"""Bytes that a try may take beside what the process holds."""

_PRODUCT = tuple(str(ROOT / room) + os.sep for room in ("addin", "model", "templates"))


class Hang(BaseException):
    """A try that takes too long; no `except Exception` of ours may hold it up."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of attack.

    Args:
        name: What it is called.
        about: What it does, in a line.
        share: Its part of the tries where all kinds run.
        begin: Makes what all tries need and answers the attempt; what it puts on the stack is ended after the last. None where it
            cannot be run here.
        patience: Seconds.
        ready: Makes what takes long and is the same for all kinds, before the first process begins.
    """

    name: str
    about: str
    share: int
    begin: Callable[[Path, ExitStack], Attempt]
    patience: float = PATIENCE
    ready: Callable[[], object] = lambda: None


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Something that must not happen.

    Args:
        what: Its kind and place, which tells two faults apart.
        told: The first that was seen, in full.
        seed: What makes it again.
        choices: Of its smallest case.
    """

    what: str
    told: str
    seed: str
    choices: tuple[int, ...] = ()


@dataclass
class Tally:
    """What came of many tries."""

    kind: str
    tries: int = 0
    well: int = 0
    refused: int = 0
    faulty: int = 0
    faults: dict[str, Fault] = field(default_factory=dict)
    refusals: Counter[str] = field(default_factory=Counter)


def campaign(kind: Kind, tries: int, *, seed: str, first: int = 0, until: float | None = None) -> Tally:
    """Run many tries.

    Args:
        kind: What is tried.
        tries: How many.
        seed: The try number n comes from the seed "<kind> <seed> <n>".
        first: The number of the first.
        until: The moment (time.monotonic) to stop.
    """
    kind.ready()
    tally, number, end = Tally(kind.name), first, first + tries
    while number < end and (until is None or monotonic() < until):
        number = _one_process(kind, range(number, end), seed, tally, until)
    return tally


def attempt(kind: Kind, attempt: Attempt, seed: str, folder: Path, *, shrink: bool = False) -> tuple[str, Fault | None]:
    """One try: "well", "refused …" or "fault", and the fault."""
    choices = Choices(seed)
    what, told, refusal = _tried(attempt, choices, folder, kind.patience)
    if what is None:
        return refusal, None
    drawn: Sequence[int] = choices.drawn
    if shrink and not what.startswith("hangs"):
        drawn = shrunk(drawn, lambda fewer: _tried(attempt, Choices(replayed=fewer), folder, kind.patience)[0] == what)
        smallest = Choices(replayed=drawn)
        told = _tried(attempt, smallest, folder, kind.patience)[1] or told
        told = f"{smallest.made}\n{told}"
    return "fault", Fault(what=what, told=told, seed=seed, choices=tuple(drawn))


def _tried(attempt: Attempt, choices: Choices, folder: Path, patience: float) -> tuple[str | None, str, str]:
    """The fault's place and text, or None and what came of the try."""
    clear(folder)

    def ring(_signal: int, frame: FrameType | None) -> None:
        raise Hang

    signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, patience)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return None, "", "well" if attempt(choices, folder) else "refused"
    except MarkbookError as error:
        text = str(error)
        if not text.rstrip().endswith((".", "!", "?")) or "Traceback" in text:
            return f"no sentence: {type(error).__name__} {_place(error)}", text, ""
        return None, "", f"refused {type(error).__name__}"
    except Hang as error:
        return f"hangs: {_place(error)}", traceback.format_exc(), ""
    except Exception as error:
        return f"{type(error).__name__}: {_place(error)}", traceback.format_exc(), ""
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _place(error: BaseException) -> str:
    """Where an error comes from: the last line of ours, and the sentence where a test of the campaign says what is wrong."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if frame.filename.startswith(_PRODUCT)]
    last = (ours or list(frames))[-1]
    told = f" {str(error).splitlines()[0][:100]}" if isinstance(error, AssertionError) and str(error) else ""
    return (
        f"{Path(last.filename).relative_to(ROOT) if ours else Path(last.filename).name}:{last.name}:{last.lineno}{told}"
    )


def clear(folder: Path) -> None:
    """Empty a folder."""
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path, ignore_errors=True)
        else:
            os.unlink(entry.path)


def _one_process(kind: Kind, numbers: range, seed: str, tally: Tally, until: float | None) -> int:
    """Tries in one process until they are done, it is ended or it dies: the number of the next."""
    reads, writes = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        os.close(reads)
        _work(kind, numbers, seed, set(tally.faults), writes, until)
    os.close(writes)
    number = numbers.start
    with open(reads, "rb", buffering=0) as pipe:
        for line in _lines(pipe, patience=3 * kind.patience + 60):
            if line is None:
                _count(
                    tally,
                    {
                        "came": "fault",
                        "what": "hangs and cannot be woken",
                        "told": "",
                        "seed": _seed(kind, seed, number),
                    },
                )
                number += 1
                break
            told = json.loads(line)
            if told["came"] == "end":
                number = numbers.stop
                break
            _count(tally, told)
            number += 1
        else:
            if number < numbers.stop and (until is None or monotonic() < until):
                _count(
                    tally, {"came": "fault", "what": "the process dies", "told": "", "seed": _seed(kind, seed, number)}
                )
                number += 1
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return number


def _lines(pipe: Any, *, patience: float) -> Iterator[bytes | None]:
    """Lines as they come; None when none comes for too long."""
    held = b""
    while True:
        ready, _, _ = select([pipe], [], [], patience)
        if not ready:
            yield None
            return
        more = pipe.read(1 << 16)
        if not more:
            return
        *whole, held = (held + more).split(b"\n")
        yield from whole


def _count(tally: Tally, told: dict[str, Any]) -> None:
    tally.tries += 1
    match told["came"].split()[0]:
        case "well":
            tally.well += 1
        case "refused":
            tally.refused += 1
            tally.refusals[told["came"]] += 1
        case _:
            tally.faulty += 1
            if told["what"] not in tally.faults:
                fault = Fault(
                    what=told["what"], told=told["told"], seed=told["seed"], choices=tuple(told.get("choices", ()))
                )
                tally.faults[fault.what] = fault


def _work(kind: Kind, numbers: range, seed: str, known: set[str], writes: int, until: float | None) -> None:
    """The process: never returns."""
    try:
        os.setsid()
        _limit_memory()
        with tempfile.TemporaryDirectory() as place, ExitStack() as stack, open(writes, "wb", buffering=0) as pipe:
            home, folder = Path(place, "home"), Path(place, "try")
            home.mkdir()
            folder.mkdir()
            os.environ["MARKBOOK_HOME"] = str(folder / "markbook-home")
            tried = kind.begin(home, stack)
            for number in numbers:
                if until is not None and monotonic() > until:
                    break
                made = _seed(kind, seed, number)
                came, fault = attempt(kind, tried, made, folder)
                if fault is not None and fault.what not in known:
                    known.add(fault.what)
                    _, smallest = attempt(kind, tried, made, folder, shrink=True)
                    fault = smallest or fault  # what hangs on the clock may go well the second time
                told = {"came": came, **({} if fault is None else vars(fault))}
                pipe.write(json.dumps(told).encode() + b"\n")
            pipe.write(b'{"came": "end"}\n')
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _seed(kind: Kind, seed: str, number: int) -> str:
    return f"{kind.name} {seed} {number}"


def _limit_memory() -> None:
    """What takes more fails with a MemoryError instead of filling the machine; where the system cannot, nothing is limited."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most = pages * resource.getpagesize() + MOST_MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))
