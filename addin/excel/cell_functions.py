"""The functions for cells with their help, as xlwings registers them on a server and in the browser: one list for both."""

from addin.excel.function_help import explain
from addin.functions import (
    INTERVENTION_ACTIVITIES,
    INTERVENTION_FLAG,
    INTERVENTION_PATHWAY,
    INTERVENTION_PRIORITY,
    INTERVENTION_RISK,
    INTERVENTION_TOPICS,
    INTERVENTION_WHATIF,
    INTERVENTION_WHY,
)

__all__ = [
    "INTERVENTION_ACTIVITIES",
    "INTERVENTION_FLAG",
    "INTERVENTION_PATHWAY",
    "INTERVENTION_PRIORITY",
    "INTERVENTION_RISK",
    "INTERVENTION_TOPICS",
    "INTERVENTION_WHATIF",
    "INTERVENTION_WHY",
]

for _name in __all__:
    explain(globals()[_name])
del _name
