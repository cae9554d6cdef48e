"""A scored class on paper and on the screen, as LibreOffice lays it out: few pages, short rows, letters that can be read."""

from __future__ import annotations

import pytest

from tests.templates.pages import CLASS_OF, MOST_PAGES, Printed, goals, printed


@pytest.fixture(scope="module", params=[30, CLASS_OF])
def on_paper(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    return printed(request.param, tmp_path_factory.mktemp("printed"))


def test_what_is_asked_of_the_print_is_met(on_paper: Printed) -> None:
    # How many cards there are, and so the pages of all, hangs on how many students are flagged.
    missed = [f"{goal.asked}: {goal.found}" for goal in goals(on_paper) if not goal.met and "whole" not in goal.asked]
    assert missed == []
    assert on_paper.in_all - on_paper.pages["Support"] <= MOST_PAGES - 2


def test_every_sheet_but_cards_and_markbook_is_one_page(on_paper: Printed) -> None:
    assert {name for name, pages in on_paper.pages.items() if pages > 1} <= {"Support", "Markbook"}


def test_a_row_of_a_student_with_results_is_taller_than_one_line(on_paper: Printed) -> None:
    # Or the heights that are measured would be those of rows that nobody fitted to their text.
    assert on_paper.tallest > 20


def test_a_goal_can_be_missed() -> None:
    long = Printed(students=32, pages={"Markbook": 37, "Guide": 1}, tallest=150, smallest=5)
    assert [goal.met for goal in goals(long)] == [False] * 4
    assert long.in_all > MOST_PAGES
