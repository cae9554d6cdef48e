"""The functions that Excel gets from the server: those of `addin.functions`, with the help that their docstrings give."""

from addin.excel.cell_functions import (
    INTERVENTION_ACTIVITIES,
    INTERVENTION_FLAG,
    INTERVENTION_PRIORITY,
    INTERVENTION_RISK,
    INTERVENTION_TOPICS,
    INTERVENTION_WHATIF,
    INTERVENTION_WHY,
)

__all__ = [
    "INTERVENTION_ACTIVITIES",
    "INTERVENTION_FLAG",
    "INTERVENTION_PRIORITY",
    "INTERVENTION_RISK",
    "INTERVENTION_TOPICS",
    "INTERVENTION_WHATIF",
    "INTERVENTION_WHY",
]
