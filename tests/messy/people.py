"""Messy markbooks in which it is not plain who stands in a row."""

from __future__ import annotations

from tests.messy.case import Formula, Marks, Messy

PEOPLE: tuple[Messy, ...] = (
    Messy(
        name="names_that_look_like_blanks",
        trouble="students called NA and None",
        sheets={"Y9": (("Surname", "Forename", "Angles (20)"), ("NA", "Ova", 12), ("None", "Tul", 8))},
        students=("Ova NA", "Tul None"),
        marks=(Marks(heading="Angles (20)", out_of=20, read="12 8"),),
    ),
    Messy(
        name="surname_comma_forename",
        trouble="names the other way round, in one cell",
        sheets={"Y9": (("Pupil", "Angles (20)"), ("Zarrin, Ova", 12), ("Beska,Tul", 8))},
        students=("Ova Zarrin", "Tul Beska"),
        marks=(Marks(heading="Angles (20)", out_of=20, read="12 8"),),
    ),
    Messy(
        name="same_name_twice",
        trouble="two students of one name, nothing tells them apart",
        sheets={"Y9": (("Name", "Angles (20)"), ("Ova Zarrin", 12), ("Tul Beska", 8), ("Ova Zarrin", 3))},
        students=("(Ova Zarrin)", "Tul Beska", "(Ova Zarrin)"),
        marks=(Marks(heading="Angles (20)", out_of=20, read="12 8 3"),),
        queries=("A2", "A4"),
    ),
    Messy(
        name="same_name_in_two_forms",
        trouble="two students of one name in different forms",
        sheets={"Y9": (("Name", "Form", "Angles (20)"), ("Ova Zarrin", "9A", 12), ("Ova Zarrin", "9B", 3))},
        students=("Ova Zarrin", "Ova Zarrin"),
        marks=(Marks(heading="Angles (20)", out_of=20, read="12 3"),),
    ),
    Messy(
        name="same_student_id_twice",
        trouble="one student ID for two students",
        sheets={"Y9": (("ID", "Name", "Angles (20)"), ("Z1", "Ova Zarrin", 12), ("Z2", "Tul Beska", 8), ("z1 ", "Fen Orlix", 3))},
        students=("(Ova Zarrin)", "Tul Beska", "(Fen Orlix)"),
        marks=(Marks(heading="Angles (20)", out_of=20, read="12 8 3"),),
        queries=("A2", "A4"),
    ),
    Messy(
        name="nobody_in_the_row",
        trouble="marks in a row without a student",
        sheets={"Y9": (("Name", "Form", "Angles (20)"), ("Ova Zarrin", "9A", 12), (None, "9A", 8), ("Fen Orlix", "9A", 3))},
        students=("Ova Zarrin", "()", "Fen Orlix"),
        marks=(Marks(heading="Angles (20)", out_of=20, read="12 8 3"),),
        queries=("A3",),
    ),
    Messy(
        name="wrong_check_letter",
        trouble="a UPN with the wrong check letter, and one too short",
        sheets={
            "Y9": (
                ("UPN", "Name", "Angles (20)"),
                ("B801200005001", "Ova Zarrin", 12),
                ("A801200005001", "Tul Beska", 8),
                ("H80120000500", "Fen Orlix", 3),
            )
        },
        students=("Ova Zarrin", "Tul Beska", "Fen Orlix"),
        marks=(Marks(heading="Angles (20)", out_of=20, read="12 8 3"),),
        queries=("A3", "A4"),
    ),
    Messy(
        name="wrong_upn_and_nothing_else",
        trouble="only a UPN tells the students apart, and one is wrong",
        sheets={"Y9": (("UPN", "Angles (20)"), ("B801200005001", 12), ("A801200005001", 8))},
        students=("", "()"),
        marks=(Marks(heading="Angles (20)", out_of=20, read="12 8"),),
        queries=("A3",),
    ),
    Messy(
        name="a_name_again_without_its_id",
        trouble="a name that stands with an ID and again without one",
        sheets={"Y9": (("ID", "Name", "Angles (20)"), ("Z1", "Ova Zarrin", 12), ("Z2", "Tul Beska", 8), (None, "Ova Zarrin", 3))},
        students=("Ova Zarrin", "Tul Beska", "(Ova Zarrin)"),
        marks=(Marks(heading="Angles (20)", out_of=20, read="12 8 3"),),
        queries=("A4",),
    ),
    Messy(
        name="an_id_that_is_an_error",
        trouble="student IDs looked up in vain, the name is there",
        sheets={
            "Y9": (
                ("ID", "Name", "Angles (20)"),
                (Formula("=VLOOKUP(1,A9:B9,2)", "#N/A"), "Ova Zarrin", 12),
                ("Z2", "Tul Beska", 8),
                ("TBC", "Fen Orlix", 3),
            )
        },
        students=("Ova Zarrin", "Tul Beska", "Fen Orlix"),
        marks=(Marks(heading="Angles (20)", out_of=20, read="12 8 3"),),
        queries=("A2", "A4"),
    ),
)  # fmt: skip
