"""Odd values for cells, and odd texts for headings: what teachers, other programs and slips of the finger leave behind."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from addin.reading.grid import EXCEL_ERRORS, Book, CellValue, whole_letters
from addin.reading.headings.roles import RESULT_HEADINGS
from tests.fuzz.choices import Choices

ERRORS = (*sorted(EXCEL_ERRORS), "#BLOCKED!", "#CONNECT!", "#FIELD!", "#UNKNOWN!", "#BUSY!", "#PYTHON!")
NUMBERS: tuple[float | int, ...] = (
    0,
    1,
    -1,
    0.5,
    100,
    0.93,
    7.0,
    20,
    1e308,
    -1e308,
    5e-324,
    1e-9,
    45000.0,
    2**31,
    2**53 + 1,
    -0.0,
    10**30,
    10**400,
    math.inf,
    -math.inf,
    math.nan,
    100.00000001,
    4.999999999,
    3000,
    1e15,
    110,
    1e22,
)
DATES: tuple[CellValue, ...] = (
    date(2026, 3, 12),
    datetime(2026, 2, 9, 12, 40),
    time(12, 40),
    timedelta(hours=31),
    date(1900, 1, 1),
    date(9999, 12, 31),
    datetime(1899, 12, 31, 23, 59, 59, 999999),
    timedelta(days=-3),
    timedelta(days=999_999),
    time(0, 0),
    date(1, 1, 1),
)
TEXTS = (
    "",
    " ",
    "\u00a0",
    "-",
    "–",
    "?",
    "x",
    "Abs",
    "abs.",
    "N/A",
    "n/a",
    "NE",
    "12/20",
    "12 / 20",
    "/20",
    "12/",
    "0/0",
    "12/0",
    "85%",
    "%",
    "1O",
    "l5",
    "1,5",
    "1.234,5",
    "½",
    "²",
    "٣",
    "１２",
    "9" * 400,
    "9" * 5000,
    "1e400",
    "-1e400",
    "inf",
    "NaN",
    "nan",
    "0x1F",
    "1_000",
    "+7",
    "7+",
    "7-",
    "6=",
    "U",
    "A*",
    "B+",
    "9-1",
    "5a",
    "5 c",
    "5/6",
    "=1+1",
    "=cmd|' /C calc'!A0",
    "@SUM(A1)",
    "+cmd",
    "'quoted",
    '"q"',
    "a\nb",
    "a\r\nb",
    "\t",
    "\0",
    "\x01\x08",
    "\x1f",
    "_x0000_",
    "_x005F_",
    "_x000D_",
    "\ufeffOva",
    "Z\u200bov",
    "\u202eavO",
    "e\u0301",
    "İ",
    "ß",
    "ſ",
    "ﬁ",
    "ａｂｃ",
    "数学",
    "رياضيات",
    "🧮",
    "👩‍👩‍👧",
    "\U0010ffff",
    "\ufffe",
    "\ud800",
    "<b>&amp;</b>",
    "]]>",
    "<!--",
    "{{ 7*7 }}",
    "{% raise %}",
    "%s%n",
    "\\",
    "C:\\x",
    "../..",
    "O'Neil",
    "Zarrin, Ova",
    "Zarrin,",
    ",",
    ", ,",
    "Ova",
    "Ova Zarrin",
    "ova zarrin",
    "OVA ZARRIN",
    "None",
    "NULL",
    "True",
    "FALSE",
    "TRUE",
    "2026-02-30",
    "2026-02-09",
    "09/02/2026",
    "12:40",
    "Total",
    "Average",
    "Mean",
    "Max",
    "Out of",
    "word " * 7000,
    "B801200005001",
    "ZQ1001",
    "0417",
    "417",
    "417.0",
    "left",
    "Left",
    "Leaver",
    "Accept",
    "accept ",
    "Reject",
    "Defer",
    "Perhaps",
    "▲ High",
    "● Watch",
    "■ On track",
    "? Not enough data",
    "High",
    "[bold]",
    "[/]",
    "[link=x]",
    "Markbook",
    "Y",
    "y",
    "K",
    "E",
    "H",
    "F",
    "Foundation",
)
HEADINGS = (
    "Name",
    "Student ID",
    "UPN",
    "Surname",
    "Forename",
    "Form",
    "Set",
    "Class",
    "Target",
    "Target grade",
    "KS2",
    "Tier",
    "Homework %",
    "Homework",
    "Attendance",
    "Attendance %",
    "Attendance % HT3",
    "Effort",
    "Effort HT2",
    "HT1",
    "Autumn 2",
    "Angles (20)",
    "Algerba (30)",
    "Number",
    "Ratio",
    "Fractions (20)",
    "Fractions HT1 (20)",
    "Mock Paper 1 (80)",
    "Mock Paper 2 (80)",
    "Test 1",
    "Test 1 %",
    "Test 2 /40",
    "Q1",
    "Q2",
    "Q3a",
    "1",
    "2",
    "Geography",
    "Maths",
    "English",
    "Out of",
    "Average",
    "Total",
    "Total %",
    "Grade",
    "Final grade",
    "Status",
    "Left",
    "Leaving date",
    "PP",
    "SEN",
    "EAL",
    "Gender",
    "DOB",
    "Notes",
    "Comment",
    "Sessions",
    "Clinics offered",
    "Clinics attended",
    *RESULT_HEADINGS,
    "Heading",
    "Means",
    "Name ",
    "NAME",
    "Nombre",
    "Vorname",
    "Nachname",
    "Prénom",
    "Apellido",
    "Note",
    "Klasse",
    "Punkte",
    "(20)",
    "()",
    "(0)",
    "(-5)",
    "(1e9)",
    "(99999999999999999999)",
    "Test (20) (30)",
    "Test (20",
    "Test 20)",
    "[20]",
    "/20",
    "/0",
    "out of 20",
    "%",
    "max 20",
    "Wk 3 /15",
    "Identification number",
    "First name",
    "Last name",
    "Email address",
    "Quiz: Angles (Real)",
    "Assignment [Total Pts: 20]",
    "Points Possible",
)
LETTERS = "aZ09 .,;:/\\-_()[]{}%&<>'\"=+@#\n\t\0\u00a0\u00adéßЖ中🧮\u200b\u202e\ud83d"


def odd(choices: Choices) -> CellValue:
    """A value of any kind."""
    kind = choices.randrange(10)
    if kind == 0:
        return None
    if kind <= 3:
        return choices.choice(TEXTS)
    if kind <= 5:
        return choices.choice(NUMBERS)
    if kind == 6:
        return choices.choice(DATES)
    if kind == 7:
        return choices.choice(ERRORS)
    if kind == 8:
        return choices.choice((True, False))
    return any_text(choices)


def any_text(choices: Choices) -> str:
    """A short text of any letters."""
    return "".join(choices.choice(LETTERS) for _ in range(choices.randrange(9)))


def heading(choices: Choices) -> CellValue:
    """A text for a heading: mostly one that teachers use."""
    match choices.randrange(12):
        case 11:
            return odd(choices)
        case 10:
            return f"{choices.choice(HEADINGS)} {choices.choice(HEADINGS)}"
        case 9:
            text = choices.choice(HEADINGS)
            place = choices.randrange(len(text))
            return text[:place] + text[place + 1 :]
        case _:
            return choices.choice(HEADINGS)


def held(book: Book) -> Book:
    """A book as every host gives it: hosts clean what no workbook can hold."""
    return replace(
        book,
        sheets=tuple(
            replace(sheet, rows=tuple(tuple(map(in_a_file, row)) for row in sheet.rows)) for sheet in book.sheets
        ),
        names={name: in_a_file(value) for name, value in book.names.items()},
    )


def in_a_file(value: CellValue) -> CellValue:
    """The value as a workbook can hold it, None where none can."""
    if isinstance(value, str):
        return whole_letters(value)[:32_767]
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value if abs(value) < 10**300 else None
    return value
