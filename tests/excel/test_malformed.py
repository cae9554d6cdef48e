"""Requests that are wrong in one way each: every one gets its status and a sentence, and the server goes on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from addin.functions import INTERVENTION_RISK
from tests.excel.malformed import CALL, HEADINGS, ROWS, Malformed, answered, call, faults, requests
from tests.excel.server_process import Live, live_server, needed_server


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
