"""What the buttons and the task pane may call on the server.

xlwings Server calls whatever callable this module holds by the name in the address, so nothing else may stand here; the gate
(`addin.excel.server.gate`) lets these names alone through.
"""

from addin.excel.server.scripts import (
    check_data,
    clear_results,
    email_markbook,
    enter_decision,
    keep_columns,
    plan_clinics,
    score_class,
    show_class,
    show_columns,
    show_help,
    what_if,
    write_letters,
    write_packs,
)

__all__ = [
    "check_data",
    "clear_results",
    "email_markbook",
    "enter_decision",
    "keep_columns",
    "plan_clinics",
    "score_class",
    "show_class",
    "show_columns",
    "show_help",
    "what_if",
    "write_letters",
    "write_packs",
]
