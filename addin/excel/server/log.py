"""What the server may write into its log: when, which request, which status, how long. No name, no mark, no address of a person.

Other libraries' messages may hold what a cell held, so of those only the library's name and the kind of fault are let through.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

LOGGER = logging.getLogger("markbook.server")

_OWN = ("markbook", "uvicorn")
"""Loggers whose messages hold nothing of a workbook."""


class Formatter(logging.Formatter):
    """Time, level and message; of a fault its kind and its place, never its text."""

    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03d"

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        own = record.name.split(".")[0] in _OWN
        said = record.getMessage().split("\n")[0] if own else f"{record.name}: (text left out)"
        fault = record.exc_info[1] if record.exc_info else None
        where = f" [{kind_and_place(fault)}]" if fault else ""
        return f"{self.formatTime(record)} {record.levelname} {said}{where}"


def kind_and_place(fault: BaseException) -> str:
    """The kind of a fault, the line that raised it and the last line of ours on the way there, without its text.

    Example:
        >>> try:
        ...     {}["Ova Zarrin"]
        ... except KeyError as fault:
        ...     kind_and_place(fault).split(":")[0]
        'KeyError at <doctest addin.excel.server.log.kind_and_place[0]>'
    """
    frames = traceback.extract_tb(fault.__traceback__)
    ours = [frame for frame in frames[:-1] if {"addin", "model"} & set(Path(frame.filename).parts)]
    places = " from ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in (*frames[-1:], *ours[-1:]))
    return f"{type(fault).__name__} at {places}"


def configuration() -> Mapping[str, Any]:
    """The configuration for `logging.config.dictConfig`, which uvicorn applies in every worker: all to stderr, in our format."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"quiet": {"()": f"{__name__}.Formatter"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "quiet", "stream": "ext://sys.stderr"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {name: {"level": "INFO"} for name in _OWN},
    }
