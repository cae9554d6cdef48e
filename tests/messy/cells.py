"""Messy markbooks whose cells are hard to read: words for no mark, per cents, dates, errors, slips of the finger."""

from __future__ import annotations

from datetime import date

from tests.messy.case import Cell, Formula, Marks, Messy, Percent, Rows

NAMES = ("Ova Zarrin", "Tul Beska", "Fen Orlix", "Bri Quent", "Mik Vondel", "Sev Thurl", "Lum Haxby", "Pim Orrel")


def one_test(*cells: Cell, heading: str = "Angles (20)") -> Rows:
    """A sheet of one test; each cell belongs to the next of the names."""
    return (("Name", heading), *((name, cell) for name, cell in zip(NAMES, cells, strict=False)))


CELLS: tuple[Messy, ...] = (
    Messy(
        name="five_states",
        trouble="zero, absent, not required, not yet joined and blank",
        sheets={"Y9": one_test(0, "Abs", "N/A", "NE", None, "x", "ex", 12)},
        students=NAMES,
        marks=(Marks(heading="Angles (20)", out_of=20, read="0 Abs N/A NE . Abs N/A 12"),),
    ),
    Messy(
        name="numbers_as_text",
        trouble="numbers as text, with spaces and no-break spaces",
        sheets={"Y9": one_test("12", "15 ", " 8", "\u00a017", "3\u00a0", "0", "7.5", "\u00a0")},
        students=NAMES,
        marks=(Marks(heading="Angles (20)", out_of=20, read="12 15 8 17 3 0 7.5 ."),),
    ),
    Messy(
        name="signs_and_slips",
        trouble="-, ?, TBC, 16*, 1O, 1,5 and ½ in cells of marks",
        sheets={"Y9": one_test("-", "?", "TBC", "16*", "1O", "1,5", "½", 12)},
        students=NAMES,
        marks=(Marks(heading="Angles (20)", out_of=20, read=". . . . . . . 12"),),
        queries=("B2", "B3", "B4", "B5", "B6", "B7", "B8"),
    ),
    Messy(
        name="per_cents_in_three_ways",
        trouble="per cents as formatted numbers and as text beside marks, with a total",
        sheets={"Y9": one_test(Percent(0.6), "85%", 8, "40 %", Percent(1), "100%")},
        students=NAMES[:6],
        marks=(Marks(heading="Angles (20)", out_of=20, read="12 17 8 8 20 20"),),
    ),
    Messy(
        name="fractions_without_a_total",
        trouble="marks such as 12/20, and nothing else says the total",
        sheets={"Y9": one_test("12/20", "15 / 20", 8, "Abs", heading="Angles")},
        students=NAMES[:4],
        marks=(Marks(heading="Angles", out_of=20, read="12 15 8 Abs"),),
    ),
    Messy(
        name="fractions_of_different_totals",
        trouble="12/20 beside 15/25 and a bare 9, without a total",
        sheets={"Y9": one_test("12/20", "15/25", 9, "Abs", heading="Angles")},
        students=NAMES[:4],
        marks=(Marks(heading="Angles", out_of=100, read="60 60 . Abs"),),
        queries=("B4",),
    ),
    Messy(
        name="marks_among_per_cents",
        trouble="60 % beside a bare 12, without a total",
        sheets={"Y9": one_test("60%", Percent(0.75), 12, heading="Angles")},
        students=NAMES[:3],
        marks=(Marks(heading="Angles", out_of=100, read="60 75 ."),),
        queries=("B4",),
    ),
    Messy(
        name="dates_among_marks",
        trouble="Excel has turned 12/3 into a date",
        sheets={"Y9": one_test(12, date(2026, 3, 12), 8)},
        students=NAMES[:3],
        marks=(Marks(heading="Angles (20)", out_of=20, read="12 . 8"),),
        queries=("B3",),
    ),
    Messy(
        name="errors_and_booleans",
        trouble="errors of Excel, TRUE and FALSE in cells of marks",
        sheets={"Y9": one_test(12, Formula("=NA()", "#N/A"), Formula("=1/0", "#DIV/0!"), True, False, 8)},
        students=NAMES[:6],
        marks=(Marks(heading="Angles (20)", out_of=20, read="12 . . . . 8"),),
        queries=("B3", "B4", "B5", "B6"),
    ),
    Messy(
        name="negative_and_too_large",
        trouble="marks below 0 and above the total",
        sheets={"Y9": one_test(12, -3, 21, 20, 200, "25/20", "110%")},
        students=NAMES[:7],
        marks=(Marks(heading="Angles (20)", out_of=20, read="12 . . 20 . . ."),),
        queries=("B3", "B4", "B6", "B7", "B8"),
    ),
    Messy(
        name="formulas_without_results",
        trouble="formulas that no program has worked out",
        sheets={"Y9": one_test(12, Formula("=6+2"), Formula("=SUM(B2:B2)"), 3)},
        results_missing=True,
        students=NAMES[:4],
        marks=(Marks(heading="Angles (20)", out_of=20, read="12 . . 3"),),
        queries=("B3", "B4"),
    ),
    Messy(
        name="formulas_with_results",
        trouble="marks that Excel has worked out",
        sheets={"Y9": one_test(Formula("=5+7", 12), Formula("=4*2", 8), 3)},
        students=NAMES[:3],
        marks=(Marks(heading="Angles (20)", out_of=20, read="12 8 3"),),
    ),
    Messy(
        name="attendance_of_two_kinds",
        trouble="attendance 0.93 beside 93",
        sheets={
            "Y9": (
                ("Name", "Attendance %", "Homework %", "Angles (20)"),
                ("Ova Zarrin", 96, 0.8, 12),
                ("Tul Beska", 0.93, 0.75, 8),
                ("Fen Orlix", 88, 1, 3),
                ("Bri Quent", 1, "60%", 15),
            )
        },
        students=NAMES[:4],
        marks=(Marks(heading="Angles (20)", out_of=20, read="12 8 3 15"),),
        known={"attendance": (96, None, 88, None), "homework": (80, 75, 100, 60)},
        queries=("B3", "B5"),
    ),
    Messy(
        name="parts_of_one_among_marks",
        trouble="0.85 beside marks out of 20; half marks are marks",
        sheets={"Y9": one_test(12, 0.85, 8, 0.5, 14.5)},
        students=NAMES[:5],
        marks=(Marks(heading="Angles (20)", out_of=20, read="12 . 8 0.5 14.5"),),
        queries=("B3",),
    ),
    Messy(
        name="grades_and_scores_out_of_bounds",
        trouble="a target of 12, effort in words, a key stage 2 level",
        sheets={
            "Y9": (
                ("Name", "Target", "KS2", "Effort", "Angles (20)"),
                ("Ova Zarrin", 12, 104, 3, 12),
                ("Tul Beska", 5, "4b", 2, 8),
                ("Fen Orlix", "6+", None, "good", 3),
            )
        },
        students=NAMES[:3],
        marks=(Marks(heading="Angles (20)", out_of=20, read="12 8 3"),),
        known={"target": (None, 5, 6), "ks2": (104, None, None), "effort": (3, 2, None)},
        queries=("B2", "C3", "D4"),
    ),
)  # fmt: skip
