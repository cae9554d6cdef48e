"""All that xlwings Lite registers with Excel: the functions for cells and the scripts of the buttons.

A workbook whose requirements name this package needs one line in its main.py:

    from addin.excel.lite.registered import *
"""

from addin.excel.cell_functions import (
    INTERVENTION_ACTIVITIES,
    INTERVENTION_FLAG,
    INTERVENTION_PRIORITY,
    INTERVENTION_RISK,
    INTERVENTION_TOPICS,
    INTERVENTION_WHATIF,
    INTERVENTION_WHY,
)
from addin.excel.lite.scripts import (
    check_data,
    clear_results,
    email_markbook,
    plan_clinics,
    score_class,
    show_columns,
    show_help,
    what_if,
    write_letters,
)

__all__ = [
    "INTERVENTION_ACTIVITIES",
    "INTERVENTION_FLAG",
    "INTERVENTION_PRIORITY",
    "INTERVENTION_RISK",
    "INTERVENTION_TOPICS",
    "INTERVENTION_WHATIF",
    "INTERVENTION_WHY",
    "check_data",
    "clear_results",
    "email_markbook",
    "plan_clinics",
    "score_class",
    "show_columns",
    "show_help",
    "what_if",
    "write_letters",
]
