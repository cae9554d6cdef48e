"""What a user reads who has the core alone and asks for more: one sentence with what is missing, for what, and the command."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from addin.extras import EXTRAS
from tests.release.environments import Environment

ASKING = {
    "word": ("letters", "class.marked.xlsx", "-o", "more", "--format", "docx"),
    "packs": ("pack", "class.marked.xlsx", "-o", "packs"),
    "formats": ("score", "old.xls"),
    "mail": (
        "email", "class.marked.xlsx", "--to", "head@school.example", "--draft", "a.eml", "--password-file", "password.txt",
    ),
    "desktop": ("excel", "build", "-o", "markbook.xlam"),
    "server": ("serve", "--educational-use"),
    "cluster": ("batch", "class.xlsx", "-o", "far", "--dask", "tcp://127.0.0.1:9"),
    "train": ("model", "train", "-o", "trained"),
}  # fmt: skip
"""Extra -> a command that cannot do without it."""

GOING_ON = {
    "word": ("letters", "class.marked.xlsx", "-o", "pages"),
    "calendar": ("plan", "class.marked.xlsx"),
}
"""Extra -> a command that does without it and says so."""

EVERY = frozenset({*ASKING, *GOING_ON})


def faults(core: Environment, folder: Path) -> Iterator[str]:
    """What is wrong with what is told, a line each.

    Args:
        core: An environment without extras.
        folder: One in which a class has been made and scored.
    """
    if EXTRAS.keys() != EVERY:
        yield f"not every extra is asked for here: {', '.join(EVERY ^ EXTRAS.keys())}"
    (folder / "old.xls").write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600))
    (folder / "password.txt").write_text("three random words", encoding="utf-8")
    for extra, command in ASKING.items():
        done = core.run("-m", "addin.cli", *command, folder=folder)
        wanted = f'pip install "maths-markbook[{extra}]"\n'
        whole = done.stderr.startswith("error: For ") and done.stderr.endswith(wanted) and done.stderr.count("\n") == 1
        if done.returncode != 1 or not whole:
            yield f"{extra}: {' '.join(command)} ended with {done.returncode} and said {done.stderr!r}"
    for extra, command in GOING_ON.items():
        done = core.run("-m", "addin.cli", *command, folder=folder)
        if done.returncode or f'pip install "maths-markbook[{extra}]".' not in " ".join(done.stdout.split()):
            yield f"{extra}: {' '.join(command)} ended with {done.returncode} and said {done.stdout!r}{done.stderr!r}"
