"""The errors of everything that touches a workbook, a host or a request.

The tree, with its base in `model/errors.py`; an entry catches `MarkbookError` and shows its text as one line:

    MarkbookError
    ├── ModelError …                       (model/errors.py)
    ├── FileProblem                        a file on disk
    │   ├── FileMissing                    there is no such file or folder
    │   ├── NotAWorkbook                   the file is no .xlsx or .xlsm
    │   ├── PasswordProtected              the file is encrypted
    │   ├── UnsafeWorkbook                 the guard refuses it: too large, a bomb, a cell far outside
    │   ├── UnsupportedWorkbook            a kind of workbook that cannot be written without loss
    │   ├── FileInUse                      open elsewhere, or changed since it was read
    │   └── WriteFailed                    the result could not be written; the original stands
    ├── SheetProblem                       what is written in the workbook
    │   ├── NoStudents                     no sheet with a heading row and students
    │   ├── NoMarks                        students, but not one mark
    │   ├── WhichSheet                     several sheets could be meant
    │   ├── InDoubt                        a guess could be wrong: the teacher says once what is meant
    │   └── DecisionsAtRisk                earlier decisions could not be carried over
    ├── HostProblem                        the open book cannot take what we would write
    │   └── StudentsMoved                  rows are not where they were, and cannot be followed
    ├── MailProblem                        a message was not sent, or not to everybody
    └── RequestProblem                     an option or argument that makes no sense

Each message names sheet, cell, value, rule and remedy as far as they apply, for example:
"Sheet 'Y9 set 2', cell F14: mark 47 is above the maximum 40 in F3. Correct the mark or the maximum."
"""

from __future__ import annotations

from model.errors import MarkbookError

__all__ = [
    "DecisionsAtRisk",
    "FileInUse",
    "FileMissing",
    "FileProblem",
    "HostProblem",
    "InDoubt",
    "MailProblem",
    "MarkbookError",
    "NoMarks",
    "NoStudents",
    "NotAWorkbook",
    "PasswordProtected",
    "RequestProblem",
    "SheetProblem",
    "StudentsMoved",
    "UnsafeWorkbook",
    "UnsupportedWorkbook",
    "WhichSheet",
    "WriteFailed",
]


class FileProblem(MarkbookError):
    """A file cannot be read or written. Look at the named file."""


class FileMissing(FileProblem):
    """There is no such file. Check the name and the folder."""


class NotAWorkbook(FileProblem):
    """The file is not an .xlsx or .xlsm workbook. Save it as one in Excel."""


class PasswordProtected(FileProblem):
    """The workbook is encrypted. Open it in Excel and save a copy without a password."""


class UnsafeWorkbook(FileProblem):
    """The workbook unpacks to more than any markbook needs. Save a copy with the students only."""


class UnsupportedWorkbook(FileProblem):
    """The workbook cannot be written without losing something. Save it as Excel Workbook (.xlsx)."""


class FileInUse(FileProblem):
    """The file is open elsewhere or has changed. Close it and run again."""


class WriteFailed(FileProblem):
    """The result was not written and the original stands. Mend the named cause and run again."""


class SheetProblem(MarkbookError):
    """The sheet does not hold what is needed. Look at the named sheet."""


class NoStudents(SheetProblem):
    """No sheet has a heading row with students below it. Name the columns or the sheet."""


class NoMarks(SheetProblem):
    """There are students but no mark. Enter marks of at least one assessment."""


class WhichSheet(SheetProblem):
    """Several sheets hold students. Name one, or score them all.

    Args:
        text: What the user reads.
        sheets: The names of the sheets.
    """

    def __init__(self, text: str, sheets: tuple[str, ...] = ()) -> None:
        super().__init__(text)
        self.sheets = sheets


class InDoubt(SheetProblem):
    """What the sheet means cannot be told from it. Say it once with `markbook map`."""


class DecisionsAtRisk(SheetProblem):
    """Decisions of an earlier run have no place in the new result. Choose another output."""


class HostProblem(MarkbookError):
    """The open workbook cannot take the result. Follow the message and run again."""


class StudentsMoved(HostProblem):
    """The students are not where they were when the sheet was read. Run again."""


class MailProblem(MarkbookError):
    """A message was not sent, or not to everybody. Mend the named cause and run again: nobody gets it twice."""


class RequestProblem(MarkbookError):
    """An option or argument makes no sense. Correct it."""
