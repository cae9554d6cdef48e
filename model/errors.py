"""The base of every error that a user may see.

`MarkbookError` is the only class that an entry (command, ribbon button, function) has to catch: its text is one
sentence or two that name the place, the value, the rule and the remedy, and is shown as it is, without a traceback.

    MarkbookError
    ├── ModelError                what the model cannot do with what it was given
    │   ├── ScorecardError        scorecard.json is missing, changed, or of a format this version does not know
    │   ├── ArtefactError         risk_model.joblib is missing or is not the one the scorecard was made with
    │   ├── TrainingError         the training data cannot support a model
    │   ├── EvaluationError       the figures of an evaluation are missing or belong to another scorecard
    │   ├── OutcomesError         last year's outcomes cannot support a model of the school's own
    │   ├── ActivitiesError       a row of the activities library cannot be used
    │   └── PublicDataError       the public data is missing or is not the published file
    └── (addin/errors.py)         files, workbooks, hosts, requests

Example:
    >>> from model.errors import MarkbookError
    >>> try:
    ...     raise ScorecardError("scorecard.json: format 9 is newer than this program knows (1). Update the program.")
    ... except MarkbookError as error:
    ...     print(error)
    scorecard.json: format 9 is newer than this program knows (1). Update the program.
"""


class MarkbookError(Exception):
    """Something that a user can understand and mend; its text says how."""


class ModelError(MarkbookError):
    """The model cannot do what was asked with what it was given."""


class ScorecardError(ModelError):
    """The scorecard is missing, changed or of an unknown format. Install the program again."""


class ArtefactError(ModelError):
    """The fitted pipeline is missing or is not the one that the scorecard names. Train again."""


class TrainingError(ModelError):
    """The training data cannot support a model. Give more students or both outcomes."""


class EvaluationError(ModelError):
    """The figures of an evaluation are missing or another scorecard's. Evaluate again."""


class OutcomesError(ModelError):
    """Last year's outcomes cannot support a model of the school's own. Give more of them."""


class ActivitiesError(ModelError):
    """A row of the activities library cannot be used. Correct the named cell.

    Args:
        place: The file or sheet, and the row.
        column: The column whose cell is wrong.
        rule: What the cell breaks.
        remedy: What to do.
    """

    def __init__(self, place: str, *, column: str, rule: str, remedy: str) -> None:
        super().__init__(f"{place}: {rule}. {remedy}.")
        self.column, self.rule, self.remedy = column, rule, remedy


class PublicDataError(ModelError):
    """The public data is missing or changed. Point MARKBOOK_DATA at a folder that holds it."""
