"""Every button on xlwings' remote engine: what it tells, and that it changes what it should and nothing else."""

from __future__ import annotations

import re
from email import message_from_binary_file, policy
from pathlib import Path

import pytest
from openpyxl.utils import column_index_from_string

from addin.errors import MarkbookError
from addin.files.marked import score_file
from addin.files.package.read import read_book
from addin.functions import INTERVENTION_RISK
from addin.hosts.memory import Memory
from addin.mail.message import addresses_in
from addin.reading.markbook import read_markbook
from addin.results.columns import RESULT_COLUMNS
from addin.review import review
from addin.ribbon import email_button
from addin.what_if import what_if_formulas
from templates.build import class_workbook
from tests import support
from tests.excel.engine import press


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("buttons") / "class.xlsx"
    class_workbook(path, students=20, seed=5)
    return score_file(path).output


def test_check_changes_nothing_and_tells_the_columns(marked: Path) -> None:
    told, _, actions = press("check_button", marked)
    assert actions == []
    assert "20 students" in told
    assert "Everything was understood." in told


def test_help_explains_every_sign(marked: Path) -> None:
    told, _, actions = press("help_button", marked)
    assert actions == []
    for sign in "▲●■?":
        assert sign in told


def test_clear_empties_the_seven_and_keeps_the_teachers_two(marked: Path) -> None:
    told, pages, _ = press("clear_button", marked)
    assert "are cleared" in told
    headings = {heading: place for place, heading in pages["Markbook"].cells.items() if place[0] == 4}
    rows = range(5, 25)
    for spec in RESULT_COLUMNS:
        column = headings[spec.heading][1]
        filled = [pages["Markbook"].cells.get((row, column)) for row in rows]
        if not spec.teachers:
            assert filled == [None] * 20, spec.heading
    before = read_book(marked).sheet("Markbook")
    assert before is not None
    decision = headings["Decision"][1]
    assert [pages["Markbook"].cells.get((row, decision)) for row in rows] == [
        before.cell(row, decision) for row in rows
    ]


def test_what_if_writes_its_formulas_into_the_named_cells(marked: Path) -> None:
    told, pages, actions = press("whatif_button", marked)
    assert "association" in told
    formulas = {place: cell for place, cell in pages["What if"].cells.items() if str(cell).startswith("=")}
    assert len([action for action in actions if action["func"] == "setFormula"]) == 4
    whole = " ".join(str(formula) for formula in formulas.values())
    for function in ("INTERVENTION_RISK(", "INTERVENTION_WHATIF(", "INTERVENTION_FLAG("):
        assert function in whole
    assert "'Markbook'!$A$5" in whole


def test_what_if_needs_the_template(tmp_path: Path) -> None:
    support.class_file(tmp_path / "own.xlsx")
    with pytest.raises(MarkbookError, match="Use a markbook made from the template"):
        what_if_formulas(read_markbook(read_book(tmp_path / "own.xlsx")))


def test_what_if_formulas_answer_what_the_functions_do(marked: Path) -> None:
    """The ranges in the formulas are those of the class: taken apart and handed to the functions, they give its risks."""
    book = read_book(marked)
    markbook = read_markbook(book)
    formula = what_if_formulas(markbook)["what_if_risk_now"]
    blocks = re.findall(r"\$([A-Z]+)\$(\d+):\$([A-Z]+)\$(\d+)", formula)
    sheet = book.sheet(markbook.sheet)
    assert sheet is not None
    ranges = []
    for start, first, end, last in blocks[:3]:
        left, right = column_index_from_string(start), column_index_from_string(end)
        ranges.append([[sheet.cell(r, c) for c in range(left, right + 1)] for r in range(int(first), int(last) + 1)])
    answer = INTERVENTION_RISK(*ranges, None, None, book.names["half_term"])
    risks = {result.row: result.risk for result in review(book).results}
    for row, (risk,) in enumerate(answer, start=markbook.first_row):
        if risks.get(row) is not None:
            assert risk == pytest.approx(risks[row], abs=1e-4)


def test_email_makes_a_draft_to_the_addresses_in_setup(marked: Path, tmp_path: Path) -> None:
    book = Memory(read_book(marked))
    told = email_button(book, folder=tmp_path / "drafts")
    (draft,) = (tmp_path / "drafts").iterdir()
    addresses = addresses_in(book.read())
    assert addresses
    with draft.open("rb") as file:
        message = message_from_binary_file(file, policy=policy.default)
    for address in addresses:
        assert address in message["To"]
        assert address in told


def test_email_without_an_address_says_where_to_enter_one(tmp_path: Path) -> None:
    support.class_file(tmp_path / "own.xlsx")
    with pytest.raises(MarkbookError, match="no mail address on the sheet Setup"):
        email_button(Memory(read_book(tmp_path / "own.xlsx")), folder=tmp_path)
