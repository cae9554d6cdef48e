"""What a column can be for, and the words that teachers and school information systems use for it.

The words are those of the knowledge of the field, and the headings that exports of SIMS, Arbor and Bromcom are known to have. A
heading that is not here is not lost: `addin.reading.headings.column` looks for topics, tests and slips of the pen, and the
teacher may say in `Setup` what it means.
"""

from __future__ import annotations

from enum import Enum

from addin.reading.headings.text import plain


class Role(Enum):
    """What a column is for. Audit columns and outcomes are never features of the model."""

    STUDENT_ID = "student ID"
    UPN = "UPN"
    SURNAME = "surname"
    FORENAME = "forename"
    NAME = "name"
    FORM = "form"
    SET = "set"
    TIER = "tier"
    KS2 = "key stage 2"
    BASELINE = "baseline score"
    TARGET = "target grade"
    WORKING_AT = "working-at grade"
    ATTENDANCE = "attendance"
    HOMEWORK = "homework"
    EFFORT = "effort"
    CLINICS_OFFERED = "clinics offered"
    CLINICS_ATTENDED = "clinics attended"
    UNAVAILABLE = "unavailable days"
    TEST = "test"
    MOCK = "mock"
    QUESTION = "question"
    SUBJECT = "subject"
    AUDIT = "audit only"
    OUTCOME = "outcome"
    RESULT = "result"
    IGNORED = "ignored"


IDENTITY_ROLES = (Role.STUDENT_ID, Role.UPN, Role.SURNAME, Role.FORENAME, Role.NAME)
WHO_ROLES = (*IDENTITY_ROLES, Role.FORM, Role.SET)
"""Identity, and what tells two students of one name apart."""
ASSESSMENT_ROLES = (Role.TEST, Role.MOCK)
MARKED_ROLES = (*ASSESSMENT_ROLES, Role.QUESTION)
"""Columns that hold marks: of whole assessments, or question by question."""
ENGAGEMENT_ROLES = (Role.ATTENDANCE, Role.HOMEWORK, Role.EFFORT)
SINGLE_ROLES = (
    Role.STUDENT_ID, Role.UPN, Role.TIER, Role.KS2, Role.TARGET, Role.WORKING_AT, Role.OUTCOME, Role.CLINICS_OFFERED,
    Role.CLINICS_ATTENDED, Role.BASELINE,
)  # fmt: skip
"""Roles of which one column is read: the first."""

_SYNONYMS: dict[Role, tuple[str, ...]] = {
    Role.STUDENT_ID: (
        "student id", "pupil id", "id", "admission number", "admissions number", "admission no", "adno", "adm no",
        "student number", "student no", "pupil number", "pupil no", "student code", "candidate number", "candidate no",
        "mis id", "exam number", "exam no", "exam candidate number", "arbor id", "arbor student id", "person id",
    ),
    Role.UPN: ("upn", "unique pupil number", "current upn"),
    Role.SURNAME: (
        "surname", "last name", "family name", "legal surname", "legal last name", "preferred surname",
        "preferred last name", "legal family name",
    ),
    Role.FORENAME: (
        "forename", "first name", "given name", "preferred name", "preferred forename", "preferred first name",
        "legal forename", "legal first name", "known as", "chosen name",
    ),
    Role.NAME: (
        "name", "student", "pupil", "student name", "pupil name", "full name", "names", "students", "pupils",
        "preferred full name", "legal full name", "child",
    ),
    Role.FORM: (
        "form", "tutor group", "reg", "reg group", "registration group", "tutor", "registration form", "form group",
        "tutor form", "reg form",
    ),
    Role.SET: ("set", "class", "teaching group", "maths set", "maths class", "group", "class name", "class code"),
    Role.TIER: ("tier", "entry tier", "tier of entry", "gcse tier", "exam tier"),
    Role.KS2: (
        "ks2", "ks2 maths", "ks2 score", "ks2 scaled score", "ks2 maths scaled score", "key stage 2", "sats", "sats score",
        "ks2 ma", "ks2 sats", "ks2 maths score", "key stage 2 maths", "ks2 ma scaled score",
    ),
    Role.TARGET: (
        "target", "target grade", "gcse target", "mtg", "fft", "fft20", "fft 20", "fft50", "fft 50", "aspirational target",
        "minimum target grade", "ks4 target", "end of year target", "maths target", "gcse target grade", "eoy target",
    ),
    Role.WORKING_AT: (
        "working at", "working at grade", "wag", "current grade", "predicted", "predicted grade", "prediction",
        "forecast grade", "teacher prediction", "current working at grade", "working grade",
    ),
    Role.ATTENDANCE: (
        "attendance", "att", "attendance per cent", "percentage attendance", "attendance percentage", "attendance present",
        "overall attendance", "attendance ytd", "lesson attendance", "percentage present",
    ),
    Role.HOMEWORK: (
        "homework", "hw", "homework completed", "homework completion", "prep", "home learning", "homework per cent",
        "homework percentage", "hwk", "h w",
    ),
    Role.EFFORT: (
        "effort", "atl", "attitude to learning", "effort grade", "effort score", "engagement", "attitude", "atl score",
        "atl grade",
    ),
    Role.BASELINE: ("baseline score",),
    Role.QUESTION: ("question",),
    Role.CLINICS_OFFERED: ("clinics offered",),
    Role.CLINICS_ATTENDED: ("clinics attended",),
    Role.UNAVAILABLE: (
        "unavailable", "unavailable days", "not available", "cannot come", "days unavailable", "cannot attend",
    ),
    Role.AUDIT: (
        "pp", "pupil premium", "sen", "send", "sen status", "eal", "sex", "gender", "fsm", "ethnicity", "lac", "cla",
        "young carer", "disadvantaged", "date of birth", "dob", "pupil premium indicator", "pupil premium eligible",
        "sen code", "sen need", "sen provision", "fsm eligible", "fsm6", "ever 6", "ever 6 fsm", "in care", "legal sex",
        "ethnic origin", "first language", "looked after",
    ),
    Role.OUTCOME: ("final grade", "gcse grade", "gcse result", "final gcse grade", "actual grade"),
    Role.IGNORED: (
        "year", "year group", "s n", "sn", "sno", "sl no", "sr no", "srno", "slno", "serial no", "serial number",
        "no of", "nr", "num", "year group number", "year taught in", "nc year", "teacher", "joined", "date joined",
        "comment", "comments", "notes", "note", "total", "overall", "average", "mean", "overall total", "rank",
        "position", "grade", "email", "e mail", "email address", "no", "seat", "seat number", "phone",
        "phone number", "contact number", "locker number", "house", "uln", "uci", "middle name", "middle names",
        "room", "behaviour", "behaviour points", "achievement points", "lates", "percentile", "percentile rank",
        "progress 8", "p8", "date", "photo", "signature", "admission date", "leaving date",
    ),
}  # fmt: skip
_ROLE_OF = {plain(synonym): role for role, synonyms in _SYNONYMS.items() for synonym in synonyms}
RESULT_HEADINGS = (
    "Flag",
    "Risk",
    "Priority",
    "Why",
    "Topics to work on",
    "Suggested activities",
    "Change",
    "Decision",
    "Decision note",
)
"""The headings of the nine columns that a run writes, in their order."""

_RESULT_OF = frozenset(heading.casefold() for heading in RESULT_HEADINGS)


def named_role(heading: str, bare: str) -> Role | None:
    """The role of which a heading is a synonym, None where it is none.

    Args:
        heading: The heading in one line.
        bare: The same without total and half-term, as `heading_text.bare` gives it.

    Example:
        >>> named_role("Legal Surname", "Legal Surname"), named_role("Attendance % (Present)", "Attendance % (Present)")
        (<Role.SURNAME: 'surname'>, <Role.ATTENDANCE: 'attendance'>)
    """
    if heading.casefold() in _RESULT_OF:
        return Role.RESULT
    if heading == "%":
        return Role.IGNORED
    return _ROLE_OF.get(plain(heading)) or _ROLE_OF.get(plain(bare))


def synonyms() -> dict[str, Role]:
    """Every synonym in its plain spelling, with its role: what a slip of the pen is compared with."""
    return dict(_ROLE_OF)
