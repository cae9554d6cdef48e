"""Tables of figures: on a terminal, and as Markdown for docs/performance.md."""

from __future__ import annotations

import argparse
import inspect
import os
import platform
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.table import Table as Drawn

WIDTH = 170


@dataclass(frozen=True)
class Table:
    """Figures of one run.

    Args:
        title: What was measured, and how.
        headings: The first one names the rows.
        rows: Texts, as many in each row as there are headings.
        notes: Sentences below it.
    """

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = ()

    def markdown(self) -> str:
        """The table in Markdown, figures to the right.

        Example:
            >>> print(Table("Speed", ("task", "s"), (("read", "1.2"),)).markdown())
            **Speed**
            <BLANKLINE>
            | task | s |
            |---|---:|
            | read | 1.2 |
        """
        lines = [self.headings, *self.rows]
        shown = [f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines]
        shown.insert(1, "|---" + "|---:" * (len(self.headings) - 1) + "|")
        text = f"**{self.title}**\n\n" + "\n".join(shown)
        return "\n\n".join([text, *self.notes])


def tell(tables: Iterable[Table]) -> None:
    """Print tables for a reader."""
    console = Console(width=WIDTH, highlight=False)
    for table in tables:
        drawn = Drawn(title=table.title, title_justify="left")
        for place, heading in enumerate(table.headings):
            drawn.add_column(heading, justify="right" if place else "left")
        for row in table.rows:
            drawn.add_row(*row)
        console.print(drawn)
        for note in table.notes:
            console.print(note)


def from_command_line(measure: Callable[..., list[Table]], about: str | None) -> None:
    """Print the tables of a benchmark; `--quick`, and every number or series of numbers that it takes by name, is an option."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, parameter in inspect.signature(measure).parameters.items():
        if name == "quick":
            parser.add_argument("--quick", action="store_true", help="tiny sizes, to see that it runs")
        else:
            several = "[" in str(parameter.annotation)
            parser.add_argument(f"--{name}", type=int, nargs="+" if several else None, default=parameter.default)
    tell(measure(**vars(parser.parse_args())))


def verdict(is_met: bool, goal: str) -> str:
    """A goal and whether it is met.

    Example:
        >>> verdict(True, "at least 4")
        'at least 4: MET'
    """
    return f"{goal}: {'MET' if is_met else 'MISSED'}"


def machine() -> str:
    """What the figures were measured on, in one sentence."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    told = [f"{cores} processor cores ({_processor()})"]
    if hasattr(os, "sysconf"):
        told.append(f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1e9:.0f} GB of memory")
    told.append(f"{platform.system()} {platform.release().split('-')[0]}")
    told.append(f"Python {platform.python_version()}")
    return ", ".join(told)


def load() -> str:
    """How busy the machine is: work that waits for a processor, over the last minute."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def versions(*distributions: str) -> str:
    """Versions of libraries, in words."""
    return ", ".join(f"{name} {version(name)}" for name in distributions)


def _processor() -> str:
    try:
        found = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    except OSError:
        found = None
    return found[1] if found else platform.processor() or sys.platform
