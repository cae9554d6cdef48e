"""The real server over HTTP: manifest, icons, functions, scripts, errors, limits, many at a time, and what its log holds."""

from __future__ import annotations

import json
import re
import shlex
import socket
import struct
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from addin import functions
from addin.excel.buttons import BUTTONS, GROUPS, TAB
from addin.excel.function_help import described
from addin.excel.server.gate import UNEXPECTED
from addin.excel.server.scripts import SCRIPTS
from addin.functions import INTERVENTION_RISK
from addin.reading.headings.roles import RESULT_HEADINGS
from tests import support
from tests.excel.engine import payload_of
from tests.excel.server_process import Live, live_server, needed_server
from tests.tools import ROOT, needed

HERE = Path(__file__).parent
GOLDEN = HERE / "server_functions.json"
CALL = "/xlwings/custom-functions-call"
BT = "{http://schemas.microsoft.com/office/officeappbasictypes/1.0}"
LIMIT = 2_000_000


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    needed_server()
    with live_server(tmp_path_factory.mktemp("server"), "--largest-request", "2") as live:
        yield live


def get(live: Live, path: str) -> Any:
    import httpx

    return httpx.get(live.origin + path)


def post(live: Live, path: str, body: Any, **headers: str) -> Any:
    import httpx

    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return httpx.post(
        live.origin + path, content=content, headers={"content-type": "application/json", **headers}, timeout=60
    )


def formula(name: str, *arguments: Any) -> dict[str, Any]:
    """What the client sends for a cell's formula."""
    return {
        "client": "Office.js", "version": "0.0.0", "runtime": "1.4", "func_name": name, "args": list(arguments),
        "caller_address": "[class.xlsx]Markbook!AA1", "session_id": "s", "culture_info_name": "en-GB", "date_format": "dd/mm/yyyy",
    }  # fmt: skip


def told(answer: Any) -> str:
    """The words that a script handed over."""
    (action,) = [action for action in answer.json()["actions"] if action["func"] == "runMacro"]
    assert action["args"][0] == "markbookAnswer"
    words: str = action["args"][1]["told"]
    return words


# Manifest and page


@pytest.fixture(scope="module")
def manifest(live: Live) -> Any:
    answer = get(live, "/manifest.xml")
    assert answer.status_code == 200
    return etree.fromstring(answer.content)


def named(manifest: Any, name: str) -> list[Any]:
    return [each for each in manifest.iter() if etree.QName(each).localname == name]


def test_every_address_of_the_manifest_is_https(manifest: Any) -> None:
    addresses = [
        text
        for element in manifest.iter()
        for text in (*element.attrib.values(), element.text or "")
        if re.match(r"\w+://", text.strip()) and "schemas.microsoft.com" not in text
    ]
    assert len(addresses) > 20
    assert not [address for address in addresses if not address.startswith("https://127.0.0.1:")]


def test_the_ids_of_the_manifest_are_unique_and_every_resid_is_resolved(manifest: Any) -> None:
    ids = [element.get("id") for element in manifest.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    used = {element.get("resid") for element in manifest.iter() if element.get("resid")}
    defined = {element.get("id") for element in manifest.iter() if element.tag.startswith(BT)} - {None}
    assert used == defined
    assert max(map(len, used)) <= 32, "Office's limit"
    (own,) = named(manifest, "Id")
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", own.text)


def test_texts_of_the_manifest_keep_to_offices_lengths(manifest: Any) -> None:
    for kind, longest in (("ShortStrings", 125), ("LongStrings", 250)):
        (strings,) = named(manifest, kind)
        assert all(0 < len(string.get("DefaultValue")) <= longest for string in strings)
    (version,) = named(manifest, "Version")
    assert re.fullmatch(r"[1-9]\d*(\.\d+){3}", version.text)


def test_functions_have_no_prefix(manifest: Any) -> None:
    assert not named(manifest, "Namespace")


def test_the_tab_has_the_buttons_of_the_one_table(manifest: Any) -> None:
    texts = {
        element.get("id"): element.get("DefaultValue") for element in manifest.iter() if element.tag == f"{BT}String"
    }
    (tab,) = named(manifest, "CustomTab")
    assert texts[tab.findall("./{*}Label")[-1].get("resid")] == TAB
    groups = tab.findall("./{*}Group")[1:]  # the first opens the task pane
    assert [texts[group.find("./{*}Label").get("resid")] for group in groups] == [group.label for group in GROUPS]
    buttons = [button for group in groups for button in group.findall("./{*}Control")]
    assert [texts[button.find("./{*}Label").get("resid")] for button in buttons] == [each.label for each in BUTTONS]
    assert [button.find(".//{*}FunctionName").text for button in buttons] == [each.entry for each in BUTTONS]
    assert [texts[button.find(".//{*}Description").get("resid")] for button in buttons] == [
        each.supertip for each in BUTTONS
    ]


def test_every_function_name_is_associated_in_ribbon_js(live: Live, manifest: Any) -> None:
    source = get(live, "/static/js/ribbon.js").text
    listed = re.search(r"const BUTTONS = (\[.*?\]);", source, re.DOTALL)
    assert listed
    assert json.loads(listed[1]) == [name.text for name in named(manifest, "FunctionName")]


def test_the_icons_are_served_in_their_sizes(live: Live, manifest: Any) -> None:
    images = {image.get("id"): image.get("DefaultValue") for image in manifest.iter() if image.tag == f"{BT}Image"}
    places = {address: int(name.rpartition(".")[2]) for name, address in images.items() if name and address}
    places |= {each.get("DefaultValue"): 32 for each in named(manifest, "IconUrl")}
    places |= {each.get("DefaultValue"): 64 for each in named(manifest, "HighResolutionIconUrl")}
    assert {*places.values()} == {16, 32, 64, 80}
    assert len(places) == 3 * (1 + len(BUTTONS)) + 1
    for address, size in places.items():
        answer = get(live, re.sub(r"^https://[^/]+", "", address))
        assert answer.headers["content-type"] == "image/png"
        assert struct.unpack(">II", answer.content[16:24]) == (size, size)


def test_the_icons_are_those_that_the_drawings_give() -> None:
    image = pytest.importorskip("PIL.Image")
    from addin.excel.server.icons import DRAWINGS, SIZES, drawn
    from addin.excel.server.settings import project

    assert {*DRAWINGS} == {"tab", *(button.id for button in BUTTONS)}
    for name in DRAWINGS:
        for size in SIZES:
            with image.open(project() / "static" / "icons" / f"{name}-{size}.png") as kept:
                assert kept.convert("RGBA").tobytes() == drawn(name, size).tobytes(), f"{name}-{size}"


def test_the_page_runs_and_asks_nothing_but_this_server(live: Live) -> None:
    page = get(live, "/taskpane.html")
    policy = dict(part.strip().split(" ", 1) for part in page.headers["content-security-policy"].split(";"))
    assert policy.pop("frame-ancestors").startswith("'self' https://*.officeapps.live.com")
    assert set(policy.values()) <= {"'self'", "'none'"}
    assert policy["default-src"] == "'none'"
    sources = re.findall(r'(?:src|href)="([^"#]+)"', page.text)
    assert len(sources) > 8
    for source in sources:
        assert source.startswith("/"), source
        assert get(live, source).status_code == 200, source
    # A script of the page itself would need an exception in the policy; data is no script.
    assert not re.findall(r"<script(?![^>]*(src=|application/json))", page.text)


# Functions


def test_the_functions_metadata_is_the_golden_file_s(live: Live) -> None:
    meta = get(live, "/xlwings/custom-functions-meta.json").json()
    for each in meta["functions"]:
        first, arguments = described(getattr(functions, each["id"]).__doc__)
        assert each.pop("description") == first
        for parameter in each["parameters"]:
            assert parameter.pop("description") == arguments[parameter["name"]]
    assert meta == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_a_column_spills_one_row_a_student(live: Live) -> None:
    rows, headings = support.students(30), [list(support.HEADINGS)]
    answer = post(live, CALL, formula("INTERVENTION_RISK", rows, headings))
    assert answer.status_code == 200
    result = answer.json()["result"]
    assert result == INTERVENTION_RISK(rows, headings)
    assert len(result) == 30
    assert len({risk for (risk,) in result}) > 20


@pytest.mark.parametrize("name", sorted(name for name in vars(functions) if name.startswith("INTERVENTION_")))
def test_every_function_answers_as_it_does_in_python(live: Live, name: str) -> None:
    rows, headings = support.students(12), [list(support.HEADINGS)]
    rest: list[Any] = [None, "Homework %", 90] if name == "INTERVENTION_WHATIF" else [None, None, None, 3]
    answer = post(live, CALL, formula(name, rows, headings, *rest))
    assert answer.json()["result"] == getattr(functions, name)(rows, headings, *rest)


def test_one_row_of_one_student_is_not_taken_for_a_column(live: Live) -> None:
    headings, one, both = [["Name", "Target", "Angles (20)"]], [["Ova", 7, 2]], [["Ova", 7, 2], ["Tul", 4, 19]]
    answer = post(live, CALL, formula("INTERVENTION_FLAG", one, headings, None, None, both))
    assert answer.json() == {"result": [["▲ High"]]}
    alone = post(live, CALL, formula("INTERVENTION_FLAG", one, headings)).json()["result"]
    assert "Give the class as cohort" in alone[0][0]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((None, [["Name", "Angles (20)"]]), "students: nothing was given"),
        (([["Ova", 3]], None), "headings: nothing was given"),
        (([["Ova", 3]], [["Name"]]), "students: 2 columns, headings: 1"),
        (([["Ova", 3]], [["Name", "Colour"]]), "no column of marks"),
        (([["Ova", 3]], [["Name", "Angles (20)"]], None, None, None, 9), "9 is not a half-term"),
        (([["Ova", 3]], [["Name", "Angles (20)"]], None, None, None, "spring"), "is not a half-term"),
    ],
)
def test_bad_input_is_told_in_the_cell(live: Live, arguments: tuple[Any, ...], says: str) -> None:
    answer = post(live, CALL, formula("INTERVENTION_RISK", *arguments))
    assert answer.status_code == 200
    ((text,),) = answer.json()["result"]
    assert says in text


def test_errors_and_data_types_in_cells_are_no_marks(live: Live) -> None:
    broken = {"type": "Error", "basicType": "Error", "basicValue": "#N/A", "errorType": "NotAvailable"}
    rows = [["Ova", 7, broken], ["Tul", 6, {"type": "Double", "basicValue": 3}]]
    answer = post(live, CALL, formula("INTERVENTION_RISK", rows, [["Name", "Target", "Angles (20)"]]))
    (first,), (second,) = answer.json()["result"]
    assert first == "Not enough data"
    assert 0 <= second <= 1


# Scripts


@pytest.fixture(scope="module")
def class_payload(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return payload_of(support.class_file(tmp_path_factory.mktemp("class") / "class.xlsx"))


def script(name: str) -> str:
    return f"/xlwings/custom-scripts-call/{name}"


def test_the_scripts_are_the_buttons_and_the_pane_s(live: Live) -> None:
    from addin.excel.server.project import custom_scripts

    known = {each["function_name"] for each in get(live, "/xlwings/custom-scripts-meta.json").json()}
    assert (
        known
        == set(SCRIPTS)
        == {*(button.entry for button in BUTTONS), "show_class", "enter_decision", "show_columns", "keep_columns"}
    )
    # xlwings Server calls any callable of this module.
    assert {name for name, each in vars(custom_scripts).items() if callable(each)} - {"__loader__"} == known


def test_score_class_answers_with_writes_and_words(live: Live, class_payload: dict[str, Any]) -> None:
    answer = post(live, script("score_class"), class_payload)
    assert answer.status_code == 200
    written = [cell for action in answer.json()["actions"] for row in action.get("values") or () for cell in row]
    assert set(RESULT_HEADINGS) <= set(map(str, written))
    assert told(answer).startswith("▲ High: ")


def test_check_data_writes_nothing(live: Live, class_payload: dict[str, Any]) -> None:
    answer = post(live, script("check_data"), class_payload)
    assert [action["func"] for action in answer.json()["actions"]] == ["runMacro"]
    assert "12 students" in told(answer)


def test_a_problem_with_the_workbook_is_status_400_with_its_text(live: Live, class_payload: dict[str, Any]) -> None:
    nobody = {**class_payload, "sheets": [{**class_payload["sheets"][0], "values": [["Maths department"]]}]}
    answer = post(live, script("score_class"), nobody)
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/plain")
    assert "Name" in answer.text or "sheet" in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("name", ["nothing", "__class__", "annotations", "score_class/x", "xw"])
def test_nothing_but_scripts_can_be_called(live: Live, class_payload: dict[str, Any], name: str) -> None:
    assert post(live, script(name), class_payload).status_code == 404


# Errors and limits


@pytest.mark.parametrize("path", [CALL, "/xlwings/custom-scripts-call/score_class"])
@pytest.mark.parametrize("body", [b"", b"{", b"not json", b"\xff\xfe{}", b'{"a": NaN,}'])
def test_a_body_that_is_not_json_is_status_400(live: Live, path: str, body: bytes) -> None:
    answer = post(live, path, body)
    assert answer.status_code == 400
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (CALL, {"func_name": "INTERVENTION_RISK"}),
        (CALL, formula("__class__", [["Ova Zarrin"]])),
        (CALL, formula("INTERVENTION_RISK", *[[["Ova Zarrin"]]] * 9)),
        ("/xlwings/custom-scripts-call/score_class", {"book": "Ova Zarrin"}),
        ("/xlwings/custom-scripts-call/score_class", {}),
        (CALL, b"[" * 100_000 + b"]" * 100_000),
    ],
)
def test_anything_else_is_an_error_without_details(live: Live, path: str, body: Any) -> None:
    answer = post(live, path, body)
    assert answer.status_code in (400, 500)
    assert answer.status_code == 400 or answer.text == UNEXPECTED
    assert "Ova Zarrin" not in answer.text


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_what_a_page_of_another_site_could_post_is_refused(live: Live, kind: str) -> None:
    answer = post(live, CALL, formula("INTERVENTION_RISK", [["Ova", 3]]), **{"content-type": kind})
    assert answer.status_code == 415
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "https://localhost.evil.example", "http://127.0.0.1:1"]
)
def test_a_page_of_another_site_that_asks_first_hears_no(live: Live, origin: str) -> None:
    """Before it lets such a page send JSON, a browser asks the server (CORS)."""
    import httpx

    asked = {
        "origin": origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type",
    }
    answer = httpx.options(live.origin + CALL, headers=asked)
    assert answer.status_code == 400
    assert "access-control-allow-origin" not in answer.headers
    answer = post(live, CALL, formula("INTERVENTION_RISK", [["Ova", 3]]), origin=origin)
    assert "access-control-allow-origin" not in answer.headers


def test_a_body_above_the_limit_is_refused_and_one_below_is_not(live: Live) -> None:
    headings, row = [["Name", "Target", "Angles (20)"]], ["Ova", 7, 2]
    large = json.dumps(formula("INTERVENTION_RISK", [row], headings)).encode()
    assert post(live, CALL, large.ljust(LIMIT)).status_code == 200
    answer = post(live, CALL, large.ljust(LIMIT + 1))
    assert answer.status_code == 413
    assert "2 MB" in answer.text


def test_a_body_that_does_not_say_its_length_is_limited_too(live: Live) -> None:
    import httpx

    def pieces() -> Iterator[bytes]:
        for _ in range(30):
            yield b" " * 100_000

    answer = httpx.post(live.origin + CALL, content=pieces(), headers={"content-type": "application/json"})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/nothing", 404),
        (CALL, 405),
        ("/xlwings/alert?prompt=Ova&title=t&buttons=ok&mode=info&callback=", 404),
        ("/docs", 404),
        ("/openapi.json", 404),
    ],
)
def test_status_of_addresses(live: Live, path: str, status: int) -> None:
    assert get(live, path).status_code == status


@pytest.mark.parametrize(
    "path",
    [
        "/static/../templates/manifest.xml",
        "/static/..%2f..%2fsettings.py",
        "/static/..%2f..%2f..%2f..%2f..%2f..%2f..%2f..%2f..%2f..%2f..%2fetc/passwd",
        "/static/%2e%2e/%2e%2e/settings.py",
        "/static/..%5c..%5csettings.py",
        "/static//etc/passwd",
        "/static/%2fetc/passwd",
        "/static/C:/Windows/win.ini",
        "/static/js/..%2f..%2f..%2fsettings.py",
        "/static/js/ribbon.js%00.png",
        "/static/%252e%252e/%252e%252e/settings.py",
    ],
)
def test_no_file_outside_the_static_folders_is_served(live: Live, path: str) -> None:
    # Raw, since a client of good manners tidies such addresses before it asks.
    with socket.create_connection(("127.0.0.1", int(live.origin.rpartition(":")[2]))) as line:
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    assert answer.split()[1] in (b"404", b"400"), answer[:200]
    assert b"root:" not in answer
    assert b"import" not in answer


def test_fifty_at_a_time_all_get_their_own_answer(live: Live) -> None:
    headings = [list(support.HEADINGS)]
    classes = [support.students(30, seed=seed) for seed in range(50)]
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda rows: post(live, CALL, formula("INTERVENTION_RISK", rows, headings)), classes))
    assert [answer.status_code for answer in answers] == [200] * 50
    assert [answer.json()["result"] for answer in answers] == [INTERVENTION_RISK(rows, headings) for rows in classes]


# Log and privacy


def test_no_name_and_no_mark_in_the_log(live: Live, class_payload: dict[str, Any]) -> None:
    name, mark, odd = "Zovaquel", 13.37149, "4711x"  # no time of day reads like this mark
    rows = [["Name", "Target", "Angles (20)"], [name, 7, mark], [name, 6, odd]]
    sheet = {**class_payload["sheets"][0], "values": rows, "tables": []}
    book = {**class_payload, "names": [], "sheets": [sheet]}
    assert name in post(live, script("show_class"), book).text
    for each in SCRIPTS:
        assert post(live, script(each), {**book, "args": [name] if each == "enter_decision" else []}).status_code < 501
    for body in (formula("INTERVENTION_RISK", rows[1:], rows[:1]), formula(name, rows), formula("__doc__", name)):
        post(live, CALL, body)
    get(live, f"/{name}?mark={mark}")
    get(live, f"/xlwings/alert?prompt={name}")
    get(live, f"/static/{name}%0a{odd}.js")
    post(live, script(name), book)
    assert post(live, f"/{name}", book, **{"content-type": "text/plain"}).status_code == 404
    assert post(live, f"/xlwings/{name}", b"").status_code == 404
    # A request line that is no HTTP is logged by uvicorn itself.
    log = live.log
    assert "POST /xlwings/custom-scripts-call/score_class 200" in log
    assert "Traceback" not in log
    assert not [word for word in (name, name.lower(), str(mark), odd, "prompt", "Ova", "Zarrin") if word in log]
    lines = [line for line in log.splitlines() if not line.startswith("warning: ")]
    form = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3} (INFO|ERROR|WARNING) [^\n]+"
    assert all(re.fullmatch(form, line) for line in lines)


def test_nothing_is_kept_on_the_servers_disk(live: Live, class_payload: dict[str, Any]) -> None:
    post(live, script("email_markbook"), class_payload)
    assert {path.name for path in live.log_file.parent.rglob("*")} <= {"server.log", "home"}


# README


def curl_lines() -> list[str]:
    """The commands with which the documents ask a server for risks."""
    documents = [(ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/school-it.md")]
    joined = "\n".join(documents).replace("\\\n", " ")
    return [line.strip() for line in joined.splitlines() if line.strip().startswith("curl ") and CALL in line]


def test_the_curl_line_of_the_documents_answers_three_students(live: Live) -> None:
    needed("curl", remedy="apt-get install curl")
    lines = curl_lines()
    assert lines
    for line in lines:
        command = shlex.split(line.replace("http://127.0.0.1:8000", live.origin))
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        result = json.loads(done.stdout)["result"]
        assert len(result) == 3
        assert sum(isinstance(risk, float) and 0 <= risk <= 1 for (risk,) in result) >= 2
