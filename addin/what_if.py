"""The formulas of the sheet `What if`: what the button writes, since desktop and server save them in different spellings."""

from __future__ import annotations

from addin.errors import RequestProblem
from addin.reading.grid import column_letters
from addin.reading.headings.column import Role
from addin.reading.markbook import Markbook
from model.vocabulary import Flag


def what_if_formulas(markbook: Markbook) -> dict[str, str]:
    """Defined name -> formula of the sheet `What if`.

    Every student is compared with the class as it is, so the whole class goes into each call and the chosen student's row is
    picked from the column that it answers.
    """
    sheet = "'{}'".format(markbook.sheet.replace("'", "''"))
    last = column_letters(markbook.last_heading)

    def rows(first: int, to: int, column: str = last, start: str = "A") -> str:
        return f"{sheet}!${start}${first}:${column}${to}"

    who = next((c for c in markbook.columns if c.role is Role.STUDENT_ID), None)
    if who is None or markbook.header_row < 2:
        raise RequestProblem(
            f"Sheet '{markbook.sheet}' has no column Student ID under a row of totals. Use a markbook made from the template."
        )
    identity = column_letters(who.index + 1)
    place = f"MATCH(what_if_student,{rows(markbook.first_row, markbook.last_row, identity, identity)},0)"
    students, headings = rows(markbook.first_row, markbook.last_row), rows(markbook.header_row, markbook.header_row)
    out_of = rows(markbook.header_row - 1, markbook.header_row - 1)
    now = f"{students},{headings},{out_of},,,half_term"
    then = "what_if_risk_then"
    return {
        "what_if_risk_now": f"=INDEX(INTERVENTION_RISK({now}),{place})",
        "what_if_risk_then": (
            f"=INDEX(INTERVENTION_WHATIF({students},{headings},{out_of},what_if_change,what_if_value),{place})"
        ),
        "what_if_flag_now": f"=INDEX(INTERVENTION_FLAG({now}),{place})",
        "what_if_flag_then": (
            f'=IF(ISNUMBER({then}),IF({then}>=threshold_high,"{Flag.HIGH}",IF({then}>=threshold_watch,"{Flag.WATCH}",'
            f'"{Flag.ON_TRACK}")),"{Flag.NOT_ENOUGH}")'
        ),
    }
