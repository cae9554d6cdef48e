"""Messy markbooks whose table is hard to find: titles, totals, summaries, hidden rows, several sheets."""

from __future__ import annotations

from tests.messy.case import Formula, Marks, Messy, Rows

HEAD = ("Student ID", "Surname", "Forename", "Angles (20)", "Speed (30)")
OVA = ("Z1", "Zarrin", "Ova", 12, 20)
TUL = ("Z2", "Beska", "Tul", 8, "Abs")
FEN = ("Z3", "Orlix", "Fen", 3, 9)
CLASS: Rows = (HEAD, OVA, TUL, FEN)
NAMES = ("Ova Zarrin", "Tul Beska", "Fen Orlix")
BARE = (*HEAD[:3], "Angles", "Speed")
ANGLES = Marks(heading="Angles (20)", out_of=20, read="12 8 3", strand="Geometry")
SPEED = Marks(heading="Speed (30)", out_of=30, read="20 Abs 9", strand="Ratio")
BARE_MARKS = (
    Marks(heading="Angles", out_of=20, read="12 8 3"),
    Marks(heading="Speed", out_of=30, read="20 Abs 9"),
)
UNKNOWN_TOTALS = (
    Marks(heading="Angles", out_of=None, read="12 8 3"),
    Marks(heading="Speed", out_of=None, read="20 Abs 9"),
)

TABLES: tuple[Messy, ...] = (
    Messy(
        name="headings_in_row_3",
        trouble="a title and a blank row above the headings",
        sheets={"Y9": (("Year 9 set 2, autumn term",), (), *CLASS)},
        students=NAMES,
        marks=(ANGLES, SPEED),
    ),
    Messy(
        name="headings_in_row_25",
        trouble="24 rows of notes above the headings",
        sheets={"Y9": (*((f"Note {number}: bring a ruler",) for number in range(1, 25)), *CLASS)},
        students=NAMES,
        marks=(ANGLES, SPEED),
    ),
    Messy(
        name="cover_sheet_first",
        trouble="a cover sheet before the markbook",
        sheets={"Cover": (("Name:", "Mx Teacher"), ("Class:", "9A")), "Y9": CLASS},
        students=NAMES,
        marks=(ANGLES, SPEED),
    ),
    Messy(
        name="merged_title",
        trouble="a title in merged cells over the whole table",
        sheets={"Y9": (("Year 9 markbook",), *CLASS)},
        finish=lambda sheet: sheet.merge_range("A1:E1", "Year 9 markbook"),
        students=NAMES,
        marks=(ANGLES, SPEED),
    ),
    Messy(
        name="strands_in_merged_cells",
        trouble="each strand in one merged cell over its tests",
        sheets={
            "Y9": (
                (None, "Number", None, "Algebra", None),
                ("Name", "Test 1 (20)", "Test 2 (20)", "Test 3 (20)", "Test 4 (20)"),
                ("Ova Zarrin", 12, 13, 14, 15),
                ("Tul Beska", 8, 9, 10, 11),
            )
        },
        finish=lambda sheet: (
            sheet.merge_range("B1:C1", "Number"),
            sheet.merge_range("D1:E1", "Algebra"),
        ),
        students=NAMES[:2],
        marks=(
            Marks(heading="Test 1 (20)", out_of=20, read="12 8", strand="Number"),
            Marks(heading="Test 2 (20)", out_of=20, read="13 9", strand="Number"),
            Marks(heading="Test 3 (20)", out_of=20, read="14 10", strand="Algebra"),
            Marks(heading="Test 4 (20)", out_of=20, read="15 11", strand="Algebra"),
        ),
    ),
    Messy(
        name="headings_in_two_rows",
        trouble="names in the upper heading row, tests in the lower",
        sheets={
            "Y9": (
                ("Name", "Form", "Number", None, "Geometry"),
                (None, None, "Test 1", "Test 2", "Test 3"),
                (None, None, 20, 25, 30),
                ("Ova Zarrin", "9A", 12, 13, 14),
                ("Tul Beska", "9A", 8, "N/A", 10),
            )
        },
        students=NAMES[:2],
        marks=(
            Marks(heading="Test 1", out_of=20, read="12 8", strand="Number"),
            Marks(heading="Test 2", out_of=25, read="13 N/A", strand="Number"),
            Marks(heading="Test 3", out_of=30, read="14 10", strand="Geometry"),
        ),
    ),
    Messy(
        name="attendance_over_half_terms",
        trouble="one word over the columns of several half-terms",
        sheets={
            "Y9": (
                (None, "Attendance", None, "Tests"),
                ("Name", "HT1", "HT2", "Angles (20)"),
                ("Ova Zarrin", 96, 93, 12),
                ("Tul Beska", 88, 71, 8),
            )
        },
        students=NAMES[:2],
        marks=(Marks(heading="Angles (20)", out_of=20, read="12 8"),),
        known={"attendance": (93, 71)},
    ),
    Messy(
        name="totals_above",
        trouble="totals in a row above the headings",
        sheets={"Y9": ((None, None, "Out of:", 20, 30), BARE, OVA, TUL, FEN)},
        students=NAMES,
        marks=BARE_MARKS,
    ),
    Messy(
        name="totals_below_without_a_word",
        trouble="totals right below the headings, nothing says so",
        sheets={"Y9": (BARE, (None, None, None, 20, 30), OVA, TUL, FEN)},
        students=NAMES,
        marks=BARE_MARKS,
    ),
    Messy(
        name="totals_as_fractions_below",
        trouble="totals written /20 below the headings",
        sheets={"Y9": (BARE, (None, None, None, "/20", "/30"), OVA, TUL, FEN)},
        students=NAMES,
        marks=BARE_MARKS,
    ),
    Messy(
        name="totals_at_the_foot",
        trouble="totals in the last row, called Max mark",
        sheets={"Y9": (BARE, OVA, TUL, FEN, ("Max mark", None, None, 20, 30))},
        students=NAMES,
        marks=BARE_MARKS,
    ),
    Messy(
        name="totals_in_the_headings",
        trouble="totals inside the headings, each in another way",
        sheets={"Y9": ((*HEAD[:3], "FRACTIONS (20)", "Ratio\n/30", "Volume out of 10"), (*OVA, 5), (*TUL, 6))},
        students=NAMES[:2],
        marks=(
            Marks(heading="FRACTIONS (20)", out_of=20, read="12 8", strand="Number"),
            Marks(heading="Ratio /30", out_of=30, read="20 Abs", strand="Ratio"),
            Marks(heading="Volume out of 10", out_of=10, read="5 6", strand="Geometry"),
        ),
    ),
    Messy(
        name="summaries_at_the_foot",
        trouble="averages, best and lowest marks below the class, a legend under them",
        sheets={
            "Y9": (
                BARE, OVA, TUL, FEN, (),
                ("Average", None, None, 7.67, 14.5), ("Max", None, None, 12, 20), ("Min", None, None, 3, 9),
                ("Abs = absent",),
            )
        },
        students=NAMES,
        marks=UNKNOWN_TOTALS,
    ),
    Messy(
        name="best_marks_are_no_totals",
        trouble="a row Max that holds the best marks",
        sheets={"Y9": (BARE, OVA, TUL, FEN, ("Max", None, None, 12, 20))},
        students=NAMES,
        marks=UNKNOWN_TOTALS,
    ),
    Messy(
        name="averages_without_a_word",
        trouble="a row of formulas below the class that nothing names",
        sheets={"Y9": (*CLASS, (None, None, None, Formula("=AVERAGE(D2:D4)", 7.67), Formula("=AVERAGE(E2:E4)", 14.5)))},
        students=NAMES,
        marks=(ANGLES, SPEED),
    ),
    Messy(
        name="blank_rows",
        trouble="blank rows between and below the students",
        sheets={"Y9": (HEAD, OVA, (), (), TUL, (None, " ", None), FEN, (), ())},
        students=NAMES,
        marks=(ANGLES, SPEED),
    ),
    Messy(
        name="hidden_rows_and_columns",
        trouble="a hidden student and a hidden test",
        sheets={"Y9": CLASS},
        finish=lambda sheet: (sheet.set_row(2, None, None, {"hidden": True}), sheet.set_column("D:D", 8, None, {"hidden": 1})),
        students=NAMES,
        marks=(ANGLES, SPEED),
    ),
    Messy(
        name="extra_columns",
        trouble="numbers, comments, totals, ranks and blank columns among the marks",
        sheets={
            "Y9": (
                ("No", *HEAD[:3], None, "Teacher", "Angles (20)", "Speed (30)", "Total", "Average %", "Rank", "Comments"),
                (1, *OVA[:3], None, "BQ", 12, 20, 32, 64, 1, "a joy"),
                (2, *TUL[:3], None, "BQ", 8, "Abs", 8, 40, 2, None),
                (3, *FEN[:3], None, "BQ", 3, 9, 12, 24, 3, 17),
            )
        },
        students=NAMES,
        marks=(ANGLES, SPEED),
    ),
    Messy(
        name="two_classes_on_two_sheets",
        trouble="two sheets hold classes and neither is named",
        sheets={"Set 1": CLASS, "Set 2": CLASS},
        refused="Several sheets hold students: 'Set 1', 'Set 2'. Name the one you mean with --sheet.",
    ),
    Messy(
        name="the_second_class_is_named",
        trouble="two sheets hold classes and the second is asked for",
        sheets={"Set 1": (HEAD, OVA), "Set 2": (HEAD, TUL, FEN)},
        sheet="set 2",
        students=NAMES[1:],
        marks=(
            Marks(heading="Angles (20)", out_of=20, read="8 3"),
            Marks(heading="Speed (30)", out_of=30, read="Abs 9"),
        ),
    ),
    Messy(
        name="a_register_beside_the_marks",
        trouble="another sheet with the same students and no marks",
        sheets={"Register": (("Name", "Form"), ("Ova Zarrin", "9A"), ("Tul Beska", "9A")), "Marks": CLASS},
        students=NAMES,
        marks=(ANGLES, SPEED),
    ),
    Messy(
        name="excel_table_with_a_total_row",
        trouble="an Excel table whose last row holds totals",
        sheets={"Y9": (("Year 9",), *CLASS, ("Total", None, None, 23, 29))},
        finish=lambda sheet: sheet.add_table(
            "A2:E6", {"total_row": True, "columns": [{"header": heading} for heading in HEAD]}
        ),
        students=NAMES,
        marks=(ANGLES, SPEED),
    ),
    Messy(
        name="a_note_far_to_the_right",
        trouble="a note in column GR",
        sheets={"Y9": (HEAD, OVA, (*TUL, *[None] * 194, "left in May"), FEN)},
        students=NAMES,
        marks=(ANGLES, SPEED),
    ),
    Messy(
        name="titles_of_groups",
        trouble="the class in groups, each with its title in a row",
        sheets={"Y9": (HEAD, ("Set 1",), OVA, TUL, ("Set 2",), FEN)},
        students=NAMES,
        marks=(ANGLES, SPEED),
    ),
    Messy(
        name="headings_said_again",
        trouble="the headings stand again in the middle of the class",
        sheets={"Y9": (HEAD, OVA, TUL, HEAD, FEN)},
        students=NAMES,
        marks=(ANGLES, SPEED),
    ),
    Messy(
        name="a_student_called_max",
        trouble="a student whose forename is Max",
        sheets={"Y9": (HEAD, OVA, ("Z2", "Beska", "Max", 8, "Abs"), FEN)},
        students=("Ova Zarrin", "Max Beska", "Fen Orlix"),
        marks=(ANGLES, SPEED),
    ),
)  # fmt: skip
