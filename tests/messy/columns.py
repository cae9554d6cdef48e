"""Messy markbooks whose headings are hard to understand: exports of information systems, slips of the pen, own words."""

from __future__ import annotations

from tests.messy.case import Marks, Messy

COLUMNS: tuple[Messy, ...] = (
    Messy(
        name="sims_export",
        trouble="headings of an export from SIMS",
        sheets={
            "Export": (
                (
                    "Adno", "UPN", "Legal Surname", "Preferred Forename", "Reg", "Year taught in", "Gender", "% Attendance",
                    "Fractions (20)",
                ),
                ("004827", "B801200005001", "Zarrin", "Ova", "9A", 9, "F", 93, 12),
                ("004828", None, "Beska", "Tul", "9B", 9, "M", 88, 8),
            )
        },
        students=("Ova Zarrin", "Tul Beska"),
        marks=(Marks(heading="Fractions (20)", out_of=20, read="12 8"),),
        known={"attendance": (93, 88)},
    ),
    Messy(
        name="arbor_export",
        trouble="headings of an export from Arbor",
        sheets={
            "Export": (
                (
                    "Student ID", "Preferred first name", "Last name", "Registration form", "Attendance % (Present)",
                    "Ratio test /25",
                ),
                (417, "Ova", "Zarrin", "9A", "93%", 12),
                (418, "Tul", "Beska", "9B", "88%", "NE"),
            )
        },
        students=("Ova Zarrin", "Tul Beska"),
        marks=(Marks(heading="Ratio test /25", out_of=25, read="12 NE", strand="Ratio"),),
        known={"attendance": (93, 88)},
    ),
    Messy(
        name="bromcom_export",
        trouble="headings of an export from Bromcom",
        sheets={
            "Export": (
                ("Admission Number", "Legal Surname", "Preferred Forename", "Tutor Group", "Percentage Attendance", "Angles (20)"),
                ("A17", "Zarrin", "Ova", "9A", 93.5, 12),
                ("A18", "Beska", "Tul", "9B", 88, 8),
            )
        },
        students=("Ova Zarrin", "Tul Beska"),
        marks=(Marks(heading="Angles (20)", out_of=20, read="12 8"),),
        known={"attendance": (93.5, 88)},
    ),
    Messy(
        name="misspelt_headings",
        trouble="a slip of the pen in every heading",
        sheets={
            "Y9": (
                ("Surename", "Forname", "Taregt grade", "Attendence %", "Homwork", "Pyhtagoras (20)", "Algerba (30)"),
                ("Zarrin", "Ova", 6, 93, 80, 12, 20),
                ("Beska", "Tul", 5, 88, 75, 8, "x"),
            )
        },
        students=("Ova Zarrin", "Tul Beska"),
        marks=(
            Marks(heading="Pyhtagoras (20)", out_of=20, read="12 8", strand="Geometry"),
            Marks(heading="Algerba (30)", out_of=30, read="20 Abs", strand="Algebra"),
        ),
        known={"target": (6, 5), "attendance": (93, 88), "homework": (80, 75)},
    ),
    Messy(
        name="map_in_setup",
        trouble="headings that only the teacher can explain, explained in Setup",
        sheets={
            "Setup": (
                ("Setup",), (),
                (None, "Heading", "Means"),
                (None, "Wk 3 quiz", "Algebra test (15)"),
                (None, "Prog 8", "ignored"),
                (None, "Behaviour", "effort"),
                (),
                ("Not a part of the map",),
            ),
            "Y9": (
                ("Name", "Wk 3 quiz", "Prog 8", "Behaviour", "Angles (20)"),
                ("Ova Zarrin", 12, 0.3, 4, 11),
                ("Tul Beska", 8, -0.2, 2, 7),
            ),
        },
        students=("Ova Zarrin", "Tul Beska"),
        marks=(
            Marks(heading="Wk 3 quiz", out_of=15, read="12 8", strand="Algebra"),
            Marks(heading="Angles (20)", out_of=20, read="11 7"),
        ),
        known={"effort": (4, 2)},
    ),
    Messy(
        name="map_in_setup_not_understood",
        trouble="Setup explains a heading with a word that nobody knows",
        sheets={
            "Setup": (("Heading", "Means"), ("Wk 3 quiz", "chess")),
            "Y9": (("Name", "Wk 3 quiz", "Angles (20)"), ("Ova Zarrin", 12, 11), ("Tul Beska", 8, 7)),
        },
        students=("Ova Zarrin", "Tul Beska"),
        marks=(
            Marks(heading="Wk 3 quiz", out_of=None, read="12 8", strand=""),
            Marks(heading="Angles (20)", out_of=20, read="11 7"),
        ),
        queries=("Setup!B2",),
    ),
    Messy(
        name="words_that_look_like_mathematics",
        trouble="Geography, a phone number and a data drop are no tests",
        sheets={
            "Y9": (
                ("Name", "Geography", "Phone number", "Data drop 1", "Number of lates", "Number (20)"),
                ("Ova Zarrin", 61, 7700900123, 4, 2, 12),
                ("Tul Beska", 55, 7700900456, 3, 0, 8),
            )
        },
        students=("Ova Zarrin", "Tul Beska"),
        marks=(Marks(heading="Number (20)", out_of=20, read="12 8", strand="Number"),),
    ),
    Messy(
        name="marks_and_their_per_cents",
        trouble="each test stands twice, as marks and as per cent",
        sheets={
            "Y9": (
                ("Name", "Test 1 (20)", "Test 1 %", "Test 2 (30)", "Test 2 %"),
                ("Ova Zarrin", 12, 60, 15, 50),
                ("Tul Beska", 8, 40, 27, 90),
            )
        },
        students=("Ova Zarrin", "Tul Beska"),
        marks=(
            Marks(heading="Test 1 (20)", out_of=20, read="12 8"),
            Marks(heading="Test 2 (30)", out_of=30, read="15 27"),
        ),
    ),
    Messy(
        name="own_words_with_totals",
        trouble="headings that say nothing, with totals beside them",
        sheets={
            "Y9": (
                ("Out of", 15, 25, None),
                ("Name", "Wk 3", "Bicycle project", "Favourite colour"),
                ("Ova Zarrin", 12, 20, "blue"),
                ("Tul Beska", 8, "N/A", "green"),
            )
        },
        students=("Ova Zarrin", "Tul Beska"),
        marks=(
            Marks(heading="Wk 3", out_of=15, read="12 8", strand=""),
            Marks(heading="Bicycle project", out_of=25, read="20 N/A", strand=""),
        ),
    ),
    Messy(
        name="totals_that_disagree",
        trouble="a heading and the row of totals name different totals; another total is a word",
        sheets={
            "Y9": (
                ("Name", "Angles (20)", "Speed", "Powers"),
                ("Out of", 25, "TBC", 30),
                ("Ova Zarrin", 12, 20, 21),
                ("Tul Beska", 8, 9, 22),
            )
        },
        students=("Ova Zarrin", "Tul Beska"),
        marks=(
            Marks(heading="Angles (20)", out_of=20, read="12 8"),
            Marks(heading="Speed", out_of=None, read="20 9"),
            Marks(heading="Powers", out_of=30, read="21 22"),
        ),
        queries=("B2", "C2"),
    ),
)  # fmt: skip
