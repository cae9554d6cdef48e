"""Messy markbooks as they really are: many troubles at once."""

from __future__ import annotations

from datetime import date

from tests.messy.case import Formula, Marks, Messy, Percent

TWELVE = Messy(
    name="twelve_troubles",
    trouble="twelve troubles, each of its own kind",
    sheets={
        "Y9 set 2": (
            ("Year 9 set 2",),
            (),
            ("Out of", None, None, None, None, None, 20, 30, 25),
            ("Student ID", "UPN", "Name", "Target", "Attendance %", "Effort", "Angles", "Speed", "Powers"),
            ("Z1", "B801200005001", "Ova Zarrin", 6, 96, 3, 12, 20, 21),
            ("Z2", "A801200005001", "Tul Beska", 5, 88, 2, 8, 9, 17),
            ("Z3", None, "Fen Orlix", 12, 93, 4, 3, 11, 9),
            ("Z4", None, "Bri Quent", 4, 0.91, 3, 15, 28, 22),
            ("Z5", None, "Mik Vondel", 7, 91, "good", 18, 25, 23),
            ("Z6", None, "Sev Thurl", 5, 84, 2, 47, 14, 12),
            ("Z7", None, "Lum Haxby", 4, 79, 1, "1O", 12, 10),
            ("Z8", None, "Pim Orrel", 6, 90, 3, 11, date(2026, 3, 12), 15),
            ("Z9", None, "Gat Nimbo", 8, 99, 4, 19, Formula("=NA()", "#N/A"), 24),
            ("Z10", None, "Jor Widdow", 5, 87, 3, 9, 16, -4),
            ("Z11", None, "Kes Ablin", 3, 70, 1, 5, 7, True),
            (None, None, None, 5, 85, 2, 10, 13, 14),
            ("TBC", None, "Nol Fettrick", 6, 94, 3, 14, 21, 18),
            ("Average", None, None, 5.5, 88, 2.6, 12, 16, 17),
        )
    },
    students=(
        "Ova Zarrin", "Tul Beska", "Fen Orlix", "Bri Quent", "Mik Vondel", "Sev Thurl", "Lum Haxby", "Pim Orrel", "Gat Nimbo",
        "Jor Widdow", "Kes Ablin", "()", "Nol Fettrick",
    ),
    marks=(
        Marks(heading="Angles", out_of=20, read="12 8 3 15 18 . . 11 19 9 5 10 14"),
        Marks(heading="Speed", out_of=30, read="20 9 11 28 25 14 12 . . 16 7 13 21"),
        Marks(heading="Powers", out_of=25, read="21 17 9 22 23 12 10 15 24 . . 14 18"),
    ),
    known={
        "target": (6, 5, None, 4, 7, 5, 4, 6, 8, 5, 3, 5, 6),
        "attendance": (96, 88, 93, None, 91, 84, 79, 90, 99, 87, 70, 85, 94),
        "effort": (3, 2, 4, 3, None, 2, 1, 3, 4, 3, 1, 2, 3),
    },
    queries=("B6", "D7", "E8", "F9", "G10", "G11", "H12", "H13", "I14", "I15", "A16", "A17"),
)  # fmt: skip

MIXTURES: tuple[Messy, ...] = (
    Messy(
        name="an_autumn_of_quizzes",
        trouble="cover sheet, title, merged strands, unnamed totals, blank rows, averages",
        sheets={
            "Read me": (("Markbook of Mx Vondel",), ("Please do not sort",)),
            "Autumn": (
                ("9K autumn quizzes",),
                (None, None, "Number", None, "Geometry"),
                ("Pupil", "Form", "Quiz 1", "Quiz 2", "Quiz 3"),
                (None, None, 10, 10, 20),
                ("Zarrin, Ova", "9K", 7, "8 ", 15),
                (),
                ("Beska, Tul", "9K", "a", 4, "ex"),
                ("Average", None, 7, 6, 15),
                ("a = absent",),
            ),
        },
        students=("Ova Zarrin", "Tul Beska"),
        marks=(
            Marks(heading="Quiz 1", out_of=10, read="7 Abs", strand="Number"),
            Marks(heading="Quiz 2", out_of=10, read="8 4", strand="Number"),
            Marks(heading="Quiz 3", out_of=20, read="15 N/A", strand="Geometry"),
        ),
    ),
    Messy(
        name="an_export_with_mocks",
        trouble="SIMS headings, misspelt attendance, mocks with per cents and grades, fractions, a wrong UPN",
        sheets={
            "Y11": (
                ("Adno", "UPN", "Surname", "Forename", "Reg", "Attendence", "Mock Paper 1 (80)", "Mock Paper 1 %",
                 "Mock grade", "Ratio"),
                (417, "B801200005001", "Zarrin", "Ova", "11A", Percent(0.93), 52, 65, 6, "12/20"),
                (418, "B801200005002", "Beska", "Tul", "11A", Percent(0.71), "Abs", None, "U", "9/20"),
                (419, None, "Orlix", "Fen", "11B", Percent(0.88), "41", 51, 5, "15 /20"),
            )
        },
        students=("Ova Zarrin", "Tul Beska", "Fen Orlix"),
        marks=(
            Marks(heading="Mock Paper 1 (80)", out_of=80, read="52 Abs 41"),
            Marks(heading="Ratio", out_of=20, read="12 9 15", strand="Ratio"),
        ),
        known={"attendance": (93, 71, 88)},
        queries=("B3",),
    ),
    Messy(
        name="a_heap_of_habits",
        trouble="headings in two rows, unnamed totals, no-break spaces, a double, a legend, slips of the finger",
        sheets={
            "9x2": (
                ("Mx Vondel's class",),
                ("Surname", "Forename", "Effort", None, "Algebra", None),
                (None, None, "HT1", "HT2", "Unit 1", "Unit 2"),
                (None, None, None, None, 20, 30),
                ("Zarrin\u00a0", "Ova", 3, 4, 12, "\u00a025"),
                ("Beska", "Tul", 2, "2-", 8, "26?"),
                ("Orlix", "Fen", 1, 1, 3, 11),
                ("Orlix", "Fen", 4, 4, 19, 29),
                ("Class average", None, 2.5, 3, 10.5, 22),
                ("Key: HT = half-term",),
            )
        },
        students=("Ova Zarrin", "Tul Beska", "(Fen Orlix)", "(Fen Orlix)"),
        marks=(
            Marks(heading="Unit 1", out_of=20, read="12 8 3 19", strand="Algebra"),
            Marks(heading="Unit 2", out_of=30, read="25 . 11 29", strand="Algebra"),
        ),
        known={"effort": (4, 2, 1, 4)},  # Tul's of half-term 1, since that of half-term 2 is asked about
        queries=("D6", "F6", "A7", "A8"),
    ),
    Messy(
        name="setup_and_strangers",
        trouble="a map in Setup, another sheet of names, own words, extra columns, a date, a score above its total",
        sheets={
            "Setup": (("Heading", "Means"), ("Knowledge check", "Probability test"), ("Pastoral", "ignored"), ("Lum", "wibble")),
            "Seating": (("Name", "Set"), ("Ova Zarrin", "1"), ("Tul Beska", "1")),
            "Marks": (
                ("Name", "Set", "Pastoral", "Knowledge check", "Trees (10)", "Rank"),
                ("Out of", None, None, 15, None, None),
                ("Ova Zarrin", 1, "fine", 12, 11, 1),
                ("Tul Beska", 1, None, date(2026, 8, 12), 4, 2),
            ),
        },
        students=("Ova Zarrin", "Tul Beska"),
        marks=(
            Marks(heading="Knowledge check", out_of=15, read="12 .", strand="Probability"),
            Marks(heading="Trees (10)", out_of=10, read=". 4"),
        ),
        queries=("Setup!B4", "E3", "D4"),
    ),
    Messy(
        name="a_table_of_troubles",
        trouble="an Excel table, hidden rows, IDs as numbers, blank ID, formulas, per cents of two kinds",
        sheets={
            "Y10": (
                ("Set 10x1",),
                ("Student ID", "Name", "Homework %", "Fractions (20)", "Angles /40"),
                (4827, "Ova Zarrin", 80, Formula("=6+6", 12), 30),
                (4828, "Tul Beska", 0.75, 8, Formula("=1/0", "#DIV/0!")),
                (None, "Fen Orlix", 66, "NE", "NE"),
                (4830, "Bri Quent", 90, "absent", 39),
            )
        },
        finish=lambda sheet: (
            sheet.add_table(
                "A2:E6",
                {
                    "columns": [
                        {"header": heading}
                        for heading in ("Student ID", "Name", "Homework %", "Fractions (20)", "Angles /40")
                    ]
                },
            ),
            sheet.set_row(3, None, None, {"hidden": True}),
        ),
        students=("Ova Zarrin", "Tul Beska", "Fen Orlix", "Bri Quent"),
        marks=(
            Marks(heading="Fractions (20)", out_of=20, read="12 8 NE Abs"),
            Marks(heading="Angles /40", out_of=40, read="30 . NE 39"),
        ),
        known={"homework": (80, None, 66, 90)},
        queries=("C4", "E4"),
    ),
    TWELVE,
)  # fmt: skip
