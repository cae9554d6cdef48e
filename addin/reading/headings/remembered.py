"""What teachers have said of headings, kept in the user's data folder for workbooks of the same shape: nothing is asked twice.

The file holds no heading and no name: headings stand in it as the beginnings of their SHA-256, beside the meanings, which are
the program's own words. A sheet has the shape of an earlier one where most of that one's headings stand on it, and all that
were asked for.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from addin.reading.headings.text import plain
from model.local import folder, only_bundled, private_folder

FILE = "columns.json"
SAME_SHAPE = 0.6
"""Part of the headings of an earlier sheet that must stand on another one: a new term brings a test or two."""

MOST_SHAPES = 200
"""Shapes that are kept, the newest."""

BEST_MARK, ONLY_SUBJECT = "best mark", "only subject"
SPECIAL = (BEST_MARK, ONLY_SUBJECT)
"""What may be said of a sheet as a whole, under a name that is no heading of it."""


class Said(tuple[tuple[frozenset[str], Mapping[str, str]], ...]):
    """All that was said: shapes and what their headings mean, the newest last. One object for as long as the file is what it was,
    equal to itself alone, so that it can stand in a key for its content."""

    __hash__ = object.__hash__
    __eq__ = object.__eq__


_NOTHING = Said()


def remembered(headings: Iterable[str]) -> dict[str, str]:
    """What was said of a sheet with such headings: `plain` heading -> meaning; empty where nothing was, and on a server.

    Example:
        >>> remember(["Name", "Wk 3"], {"wk 3": "test (20)"})
        >>> remembered(["Name", "Wk 3", "Wk 4"]), remembered(["Name", "Angles"])
        ({'wk 3': 'test (20)'}, {})
    """
    shapes = said()
    if not shapes:
        return {}
    here = {_mark(text): text for text in (*map(plain, headings), *SPECIAL) if text}
    for shape, means in reversed(shapes):
        if set(means) <= set(here) and len(shape & set(here)) >= SAME_SHAPE * len(shape):
            return {here[mark]: meaning for mark, meaning in means.items()}
    return {}


def remember(headings: Iterable[str], means: Mapping[str, str]) -> None:
    """Keep what was said of a sheet with such headings, in place of what was said of the same headings before.

    Raises:
        OSError: The data folder cannot be written.
    """
    shape = sorted({_mark(text) for text in map(plain, headings) if text})
    kept = [(sorted(known), dict(told_of)) for known, told_of in said() if sorted(known) != shape]
    marks = {_mark(heading): meaning for heading, meaning in means.items()}
    path = folder() / FILE
    private_folder(path.parent)
    told = [{"shape": known, "means": meant} for known, meant in [*kept[-MOST_SHAPES + 1 :], (shape, marks)]]
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=FILE)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(told, file, ensure_ascii=False, indent=1)
    os.replace(name, path)


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def said() -> Said:
    """All that was said of any sheet; nothing on a server.

    Example:
        >>> said() is said()
        True
    """
    if only_bundled():
        return _NOTHING  # a server answers for many schools
    path = folder() / FILE
    try:
        state = path.stat()
    except OSError:
        return _NOTHING
    return _read(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=4)
def _read(path: Path, changed: int, size: int) -> Said:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return Said(
            (frozenset(map(str, one["shape"])), {str(k): str(v) for k, v in one["means"].items()}) for one in told
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return _NOTHING  # a damaged file forgets, and does not stand in the way
