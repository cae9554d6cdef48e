"""Requests that are wrong in one way each: every one gets its status and a sentence, and the server goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from addin.functions import INTERVENTION_RISK
from tests.excel.malformed import CALL, HEADINGS, ROWS, Malformed, answered, call, faults, requests
from tests.excel.server_process import Live, live_server, needed_server
from tests.tools import import_path

_UNDER_A_LIMIT = """
import resource, sys
from addin.excel.server.requests import what_is_wrong
call = b'{"client":"Office.js","version":"","runtime":"1.4","func_name":"INTERVENTION_RISK","args":[%s]}'
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]),) * 2)
print(what_is_wrong(call % b",".join([sys.argv[1].encode()] * 1_000_000), function=True))
"""


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    needed_server()
    with live_server(tmp_path_factory.mktemp("server")) as live:
        yield live


@pytest.mark.parametrize("one", list(requests()), ids=lambda one: one.kind)
def test_a_malformed_request_gets_its_status_and_a_sentence(live: Live, one: Malformed) -> None:
    assert faults(one, answered(live.origin, one)) == []


def test_after_all_of_them_a_call_is_answered_and_the_log_holds_no_name(live: Live) -> None:
    for one in requests():
        answered(live.origin, one)
    good = answered(live.origin, Malformed("none", CALL, call()))
    assert (good.status_code, good.json()["result"]) == (200, INTERVENTION_RISK(ROWS, HEADINGS))
    assert "Zarrin" not in live.log
    assert "Traceback" not in live.log


def test_a_fault_of_ours_is_still_one(live: Live) -> None:
    from addin.excel.server.requests import what_is_wrong

    assert what_is_wrong(Malformed("none", CALL, call()).sent(), function=True) is None


@pytest.mark.parametrize("one", [b"{}", b"[[{}]]"])
def test_of_millions_of_faults_the_first_is_told_and_no_memory_filled(one: bytes) -> None:
    """2 MB of it once took 2 GB: pydantic wrote down what is wrong with each."""
    needed_server()
    pytest.importorskip("resource", reason="only POSIX systems limit a process's memory")
    told = subprocess.run(
        [sys.executable, "-c", _UNDER_A_LIMIT, one.decode(), "1500000000"],
        env={**os.environ, "PYTHONPATH": import_path()},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.stdout.startswith("What stands at args, 1, "), told.stderr[-500:]
