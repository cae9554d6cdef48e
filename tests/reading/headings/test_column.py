"""What a heading says: its role, and for assessments strand, topic, total and half-term."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.reading.headings.column import (
    ASSESSMENT_ROLES,
    Role,
    half_term_of,
    role_of,
    strand_of,
    topic_of,
    total_of,
    understand,
)
from addin.reading.headings.roles import RESULT_HEADINGS
from addin.reading.marks import LARGEST_TOTAL
from model.students import AssessmentKind
from model.vocabulary import HALF_TERMS, TOPICS, Strand
from templates import layout


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Student ID", Role.STUDENT_ID),
        ("candidate  NO.", Role.STUDENT_ID),
        ("Exam number", Role.STUDENT_ID),
        ("UPN", Role.UPN),
        ("Legal surname", Role.SURNAME),
        ("First name", Role.FORENAME),
        ("Pupil", Role.NAME),
        ("Tutor group", Role.FORM),
        ("Teaching group", Role.SET),
        ("Tier of entry", Role.TIER),
        ("KS2 scaled score", Role.KS2),
        ("FFT20", Role.TARGET),
        ("End of KS3 target", Role.TARGET),
        ("End of year 9 target grade", Role.TARGET),
        ("Working-at grade", Role.WORKING_AT),
        ("Att %", Role.ATTENDANCE),
        ("Attendance % HT2", Role.ATTENDANCE),
        ("Homework Autumn 2", Role.HOMEWORK),
        ("ATL", Role.EFFORT),
        ("Pupil Premium", Role.AUDIT),
        ("SEN", Role.AUDIT),
        ("Sex", Role.AUDIT),
        ("Final grade", Role.OUTCOME),
        ("Comments", Role.IGNORED),
        ("Date joined", Role.IGNORED),
        ("Mock 1 Paper 2", Role.MOCK),
        ("PPE March", Role.MOCK),
        ("FRACTIONS (20)", Role.TEST),
        ("Ratio\n/20", Role.TEST),
        ("Unit 4", Role.TEST),
        ("Number", Role.TEST),
        ("Averages", Role.TEST),
        ("Mean from a table (12)", Role.TEST),
        *((heading.upper(), Role.RESULT) for heading in RESULT_HEADINGS),
        ("Favourite colour", None),
        ("", None),
    ],
)
def test_roles(heading: str, role: Role | None) -> None:
    assert role_of(heading) is role


@pytest.mark.parametrize(
    "heading",
    ["Total", "Average", "Total marks", "Average %", "Test average", "Class mean", "Overall average", "Mean mark"],
)
def test_what_a_sheet_works_out_from_the_marks_is_no_assessment(heading: str) -> None:
    assert understand([heading], out_of=[80.0])[0].role is Role.IGNORED


@pytest.mark.parametrize(
    ("heading", "total"),
    [
        ("Fractions (20)", 20.0),
        ("Fractions ( out of 20 )", 20.0),
        ("Fractions (max 20 marks)", 20.0),
        ("Fractions /20", 20.0),
        ("Ratio\n/20", 20.0),
        ("Ratio out of 12.5", 12.5),
        ("Ratio max 40", 40.0),
        ("Paper 1 (80 marks)", 80.0),
        ("Unit 4", None),
        ("Fractions (0)", None),
        ("Paper 1 (2023)", None),
        ("Quiz 12/10/25", None),
        ("Quiz 12.10.2025", None),
        ("Quiz 12/10/25 (15)", 15.0),
        (f"Huge ({'9' * 400})", None),
    ],
)
def test_totals(heading: str, total: float | None) -> None:
    assert total_of(heading) == total


@pytest.mark.parametrize(
    ("heading", "half_term"),
    [
        ("Effort HT1", 1),
        ("Effort ht 6", 6),
        ("Half-term 3 homework", 3),
        ("Autumn 1", 1),
        ("Autumn term 2", 2),
        ("Spring 1", 3),
        ("Summer term 2", 6),
        ("Effort HT7", None),
        ("Summer 3", None),
        ("Heights 2", None),
        ("Angles", None),
    ],
)
def test_half_terms(heading: str, half_term: int | None) -> None:
    assert half_term_of(heading) == half_term


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_of_the_library_is_known_by_its_name(topic: str) -> None:
    (column,) = understand([f"{topic.upper()} HT2 (20)"])
    assert (column.role, column.strand, column.topic) == (Role.TEST, TOPICS[topic], topic)
    assert (column.out_of, column.half_term) == (20.0, 2)


@pytest.mark.parametrize(
    ("heading", "strand", "topic"),
    [
        ("Algebra (30)", Strand.ALGEBRA, None),
        ("Expanding brackets", Strand.ALGEBRA, "Expanding"),
        ("Estimated mean", Strand.STATISTICS, "Grouped mean"),
        ("Similar shapes", Strand.GEOMETRY, "Similar shapes"),
        ("Probability trees", Strand.PROBABILITY, "Tree diagrams"),
        ("Volume HT3", Strand.GEOMETRY, "Volume"),
        ("Surds /15", Strand.NUMBER, "Surds"),
        ("Geometry and measures", Strand.GEOMETRY, None),
        ("Test 4", None, None),
    ],
)
def test_topics(heading: str, strand: Strand | None, topic: str | None) -> None:
    assert topic_of(heading) == (strand, topic)


@pytest.mark.parametrize(
    "text",
    [
        "Total",
        "",
        "Year 9",
        "Target",
        "Geography",
        "Database",
        "Data drop 1",
        "Phone number",
        "Number of lates",
        "Biography",
    ],
)
def test_words_that_are_no_strand(text: str) -> None:
    assert strand_of(text) is None


def test_the_template_is_understood_as_it_was_laid_out() -> None:
    columns = layout.columns()
    read = understand(
        [column.heading for column in columns],
        out_of=[column.assessment.out_of if column.assessment else None for column in columns],
        strands=[column.assessment.strand if column.assessment else None for column in columns],
    )
    for column, found in zip(columns, read, strict=True):
        assert found.half_term == column.half_term
        if column.assessment is None:
            assert found.role not in (*ASSESSMENT_ROLES, Role.OUTCOME)
            assert (found.role is Role.AUDIT) == (column.group is layout.Group.AUDIT)
            assert found.confidence == 1
            continue
        mock = column.assessment.kind is AssessmentKind.MOCK
        assert found.role is (Role.MOCK if mock else Role.TEST)
        assert found.strand is column.assessment.strand
        assert found.topic == column.assessment.topic
        assert found.out_of == column.assessment.out_of


@pytest.mark.parametrize(
    ("heading", "strand", "topic"),
    [
        ("Geography", None, None),
        ("Meaning", None, None),
        ("Problem solving", None, None),
        ("Independent study", None, None),
        ("Area of concern", None, None),
        ("Candidate number", None, None),
        ("Y9 Number", Strand.NUMBER, None),
        ("Prime numbers", Strand.NUMBER, "Prime numbers"),
        ("Directed number", Strand.NUMBER, "Negative numbers"),
        ("Real-life graphs", Strand.ALGEBRA, "Real-life graphs"),
        ("Compound interest", Strand.RATIO, "Compound interest"),
        ("Surface area and volume", Strand.GEOMETRY, "Surface area"),
        ("Rotation", Strand.GEOMETRY, "Rotation"),
        ("Handling data", Strand.STATISTICS, "Handling data"),
    ],
)
def test_topics_are_whole_words(heading: str, strand: Strand | None, topic: str | None) -> None:
    assert topic_of(heading) == (strand, topic)


@pytest.mark.parametrize(
    ("heading", "confidence", "why"),
    [
        ("Attendance % HT2", 1.0, "exact"),
        ("Pythagoras (20)", 1.0, "exact"),
        ("Expanding brackets (20)", 0.9, "names Expanding"),
        ("Unit 4", 0.9, "names a test"),
        ("Mock 1 Paper 2", 0.95, "names a mock"),
        ("Bicycle project (20)", 0.6, "total beside it"),
        ("Favourite colour", 0.0, "not understood"),
        ("", 1.0, "blank"),
    ],
)
def test_each_column_says_how_sure_it_is_and_why(heading: str, confidence: float, why: str) -> None:
    (column,) = understand([heading])
    assert (column.confidence, column.why) == (confidence, why)


def test_a_strand_in_merged_cells_reaches_the_tests_beside_it_and_no_further() -> None:
    headings = ["Name", "Test 1", "Test 2", "Angles", "Test 3", "Favourite colour"]
    columns = understand(headings, strands=[None, "Number", None, None, "Algebra", None])
    assert [column.strand for column in columns] == [
        None, Strand.NUMBER, Strand.NUMBER, Strand.GEOMETRY, Strand.ALGEBRA, None,
    ]  # fmt: skip
    assert columns[-1].role is Role.IGNORED
    apart = understand(headings, strands=[None, "Number", None, "Number", "Number", None])
    assert apart[2].strand is None, "the same word side by side: each cell stands for itself"


def test_the_rows_above_go_before_the_heading() -> None:
    total, strand, unknown = understand(
        ["Angles (20)", "Speed", "Term project"], out_of=[25, "/30", 15], strands=[None, "Number", "Algebra"]
    )
    assert total.out_of == 20.0, "a total in the heading itself is the nearer one"
    assert (strand.strand, strand.topic, strand.out_of) == (Strand.NUMBER, "Speed", 30.0)
    assert (unknown.role, unknown.strand, unknown.out_of) == (Role.TEST, Strand.ALGEBRA, 15.0)


@pytest.mark.parametrize("total", [None, 0, -20, True, "n/a", 2023, float("nan"), float("inf")])
def test_a_total_that_is_none_makes_no_test_of_an_unknown_heading(total: object) -> None:
    (column,) = understand(["Favourite colour"], out_of=[total])  # type: ignore[list-item]
    assert (column.role, column.out_of) == (Role.IGNORED, None)


@given(
    st.lists(st.text() | st.floats() | st.none() | st.booleans(), max_size=6),
    st.lists(st.text() | st.floats(), max_size=8),
)
@settings(max_examples=200, deadline=None)
def test_any_heading_row_is_read_without_a_fault(headings: list[str], above: list[str | float]) -> None:
    columns = understand(headings, out_of=above, strands=above)
    assert [column.index for column in columns] == list(range(len(headings)))
    for column in columns:
        assert column.out_of is None or (column.role in ASSESSMENT_ROLES and 0 < column.out_of <= LARGEST_TOTAL)
        assert column.half_term is None or 1 <= column.half_term <= HALF_TERMS
