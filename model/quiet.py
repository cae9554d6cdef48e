"""What libraries print by themselves, past Python, kept away from where a reader or another program would trip over it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO


@contextmanager
def quiet(stream: TextIO, number: int) -> Iterator[None]:
    """Let what is printed to a stream go nowhere meanwhile, also what is printed past Python.

    Args:
        stream: Python's own, such as `sys.stdout`; what it holds back is printed before.
        number: The system's for it: 1 for the output, 2 for errors.

    Example:
        >>> import sys
        >>> with quiet(sys.stderr, 2):
        ...     written = os.write(2, b"said by a library")
        >>> written
        17
    """
    stream.flush()
    try:
        kept = os.dup(number)
    except OSError:  # a program without such a stream, as one that Excel starts
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, number)
        yield
    finally:
        os.dup2(kept, number)
        os.close(kept)
        os.close(nowhere)
