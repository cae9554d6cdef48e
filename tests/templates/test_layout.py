"""The columns of the template, as a teacher reads them from left to right."""

from __future__ import annotations

from itertools import groupby

from addin.reading.headings.column import Role, role_of
from addin.reading.headings.roles import RESULT_HEADINGS
from model.vocabulary import STRANDS, TOPICS
from templates import layout
from templates.layout import Group


def test_groups_follow_one_another_and_never_mix() -> None:
    counts = [(group, len(list(members))) for group, members in groupby(layout.columns(), key=lambda c: c.group)]
    assert counts == [
        (Group.IDENTITY, 5),
        (Group.BASELINE, 3),
        (Group.AUDIT, 4),
        (Group.ENGAGEMENT, 21),
        (Group.TESTS, 12),
        (Group.MOCKS, 6),
        (Group.CLINICS, 3),
    ]


def test_headings_are_unique_and_none_is_a_result() -> None:
    headings = [column.heading for column in layout.columns()]
    assert len(set(headings)) == len(headings)
    assert not set(headings) & set(RESULT_HEADINGS)


def test_engagement_says_the_latest_before_its_half_terms() -> None:
    headings = [column.heading for column in layout.columns() if column.group is Group.ENGAGEMENT]
    assert headings[::7] == ["Latest attendance %", "Latest homework %", "Latest effort"]
    # A line can be drawn over cells side by side alone.
    for start in (0, 7, 14):
        kind = headings[start + 1].removesuffix(" HT1")
        assert headings[start + 1 : start + 7] == [f"{kind} HT{number}" for number in range(1, 7)]


def test_who_stands_left_of_the_results_is_told_by_id_and_names() -> None:
    headings = [column.heading for column in layout.columns()[: layout.LEADING_COLUMNS]]
    assert headings == ["Student ID", "Surname", "Forename"]
    # The formulas of Summary end with the last column, which nobody renames for a test.
    assert layout.columns()[-1].heading == "Unavailable"


def test_audit_columns_and_clinics_are_no_features() -> None:
    roles = {column.heading: role_of(column.heading) for column in layout.columns() if not column.source}
    assert {roles[heading] for heading in ("PP", "SEN", "EAL", "Sex")} == {Role.AUDIT}
    assert (roles["Clinics offered"], roles["Clinics attended"]) == (Role.CLINICS_OFFERED, Role.CLINICS_ATTENDED)


def test_assessments_are_the_columns_of_marks() -> None:
    marks = [column for column in layout.columns() if column.assessment is not None]
    assert tuple(column.assessment for column in marks) == layout.assessments()
    assert [column.heading for column in marks] == [work.title for work in layout.assessments()]


def test_every_topic_is_known_and_every_strand_is_tested() -> None:
    tests = [work for work in layout.assessments() if work.topic is not None]
    assert all(work.strand is TOPICS[work.topic or ""] for work in tests)
    assert {work.strand for work in tests} == set(STRANDS)


def test_mocks_have_three_papers_out_of_eighty_and_no_strand() -> None:
    mocks = layout.assessments()[12:]
    assert [work.title for work in mocks][::3] == ["Mock 1 Paper 1 HT3", "Mock 2 Paper 1 HT5"]
    assert {(work.out_of, work.strand) for work in mocks} == {(80.0, None)}
