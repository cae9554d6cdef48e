"""What `--json` prints."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping

import click


def print_json(table: Mapping[str, object]) -> None:
    """Print an object as JSON; signs that the reader's encoding lacks are escaped, never replaced."""
    plain = "utf" in (sys.stdout.encoding or "").casefold()
    click.echo(json.dumps(table, ensure_ascii=not plain, indent=2))
