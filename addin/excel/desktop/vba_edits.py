"""What is changed in xlwings' own VBA: the add-in's name, whose word it takes on which Python runs, and what
Python imports first.

xlwings lets the workbook that is open, and the folder it lies in, say which Python to start and where it looks for modules. For an
add-in that works on other people's workbooks that is a way in: a workbook without a single macro could start a program of
its author's. So only the settings of this computer's user count, and Python never looks into the folder that Excel is in.
"""

from __future__ import annotations

from dataclasses import dataclass

from addin.errors import RequestProblem

PROJECT_NAME = "maths_markbook"
"""The add-in's settings go by this name, apart from xlwings' own, which are left as they are."""


@dataclass(frozen=True)
class Edit:
    """A text in xlwings' VBA, how often it must be there, and what takes its place."""

    old: str
    new: str
    times: int = 1


EDITS = (
    Edit('PROJECT_NAME As String = "myaddin"', f'PROJECT_NAME As String = "{PROJECT_NAME}"'),
    # A sheet of the active workbook.
    Edit('If SheetExists(ActiveWorkbook, PROJECT_NAME & ".conf") = True Then', "If False Then"),
    # A file beside the active workbook.
    Edit('If source = "" Or source = "directory" Then', 'If source = "directory" Then'),
    # Modules in the current folder: -P leaves it out of Python's path (Python 3.11).
    Edit(' -B -c ""import', ' -P -B -c ""import', times=2),
    # Before xlwings' own start, so that it does not wait for pandas; the add-in is built for the Python that this is installed in.
    Edit("import xlwings.utils;", "import addin.xlwings_alone;import xlwings.utils;", times=2),
    # Teachers have no terminal at hand.
    Edit(
        "please run 'xlwings runpython install' in a terminal once and try again.",
        "please run 'markbook excel install' in a terminal once and try again.",
    ),
)


def edited(vba: str, *, version: str) -> str:
    """xlwings' module with the edits made.

    Args:
        vba: The module's text.
        version: xlwings' version, for the message.

    Raises:
        RequestProblem: A text is not there as often as it should be: this xlwings is not one that the edits were made for.

    Example:
        >>> edited("Nothing of the kind", version="9.9")
        Traceback (most recent call last):
        addin.errors.RequestProblem: xlwings 9.9 is not the one that the add-in is made for. Install the program again.
    """
    for edit in EDITS:
        if vba.count(edit.old) != edit.times:
            raise RequestProblem(
                f"xlwings {version} is not the one that the add-in is made for. Install the program again."
            )
        vba = vba.replace(edit.old, edit.new)
    return vba
