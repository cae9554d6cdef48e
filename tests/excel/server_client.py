"""The client that a live server serves, run in Node over the in-memory Excel (client.mjs)."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.excel.server_process import Live
from tests.tools import needed

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Acted:
    """What came of the steps.

    Args:
        steps: One answer a step.
        workbook: The workbook afterwards.
        seen: All else that client.mjs tells.
    """

    steps: list[dict[str, Any]]
    workbook: dict[str, Any]
    seen: dict[str, Any]

    def sheet(self, name: str) -> dict[str, Any]:
        """A sheet of the workbook afterwards."""
        found: dict[str, Any] = next(sheet for sheet in self.workbook["sheets"] if sheet["name"] == name)
        return found


def act(live: Live, workbook: dict[str, Any], *steps: dict[str, Any]) -> Acted:
    """Let the client take the steps on a workbook."""
    node = needed("node", remedy="install Node.js 20 or later")
    done = subprocess.run(
        [node, str(HERE / "client.mjs")],
        input=json.dumps({"origin": live.origin, "workbook": workbook, "steps": steps}),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    return Acted(answer.pop("steps"), answer.pop("workbook"), answer)
