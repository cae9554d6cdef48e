"""All that xlwings Lite registers with Excel: the functions for cells and the scripts of the buttons.

A workbook whose requirements name this package needs one line in its main.py:

    from addin.excel.lite.registered import *
"""

from addin.excel import cell_functions
from addin.excel.cell_functions import *  # noqa: F403 - one list names the functions
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
    write_packs,
)

__all__ = [
    "check_data",
    "clear_results",
    "email_markbook",
    "plan_clinics",
    "score_class",
    "show_columns",
    "show_help",
    "what_if",
    "write_letters",
    "write_packs",
]
__all__ += cell_functions.__all__
