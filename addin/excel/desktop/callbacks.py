"""The VBA behind the ribbon: one Sub for each button, and what runs when a workbook opens."""

from __future__ import annotations

from addin.excel.buttons import BUTTONS, TAB, Button

MODULE = "MathsClinic"
"""The VBA module of the callbacks."""

HELP_MODULE = "FunctionHelp"
"""The VBA module that tells Excel's function wizard about the functions; it has the Sub DescribeFunctions."""

_HAS_BOOK = f"""\
Private Function HasBook() As Boolean
    ' Without a workbook, or in Protected View, RunPython would stop with a message about objects.
    HasBook = Not ActiveWorkbook Is Nothing
    If Not HasBook Then MsgBox "Open a markbook first; in Protected View, choose Enable Editing.", vbInformation, "{TAB}"
End Function
"""

_WARM_UP = """\
Sub WarmUp()
    ' Python starts while the teacher looks at the sheet, so that the first formula or button does not wait for it.
    On Error Resume Next
    XLPy.Exec "import addin.functions"
End Sub
"""

_ON_OPEN = f"""\
Private WithEvents Host As Application
Private Described As Boolean

Private Sub Workbook_Open()
    Set Host = Application
End Sub

Private Sub Host_WorkbookActivate(ByVal Wb As Workbook)
    ' Excel takes descriptions of functions only while a workbook is in view.
    If Described Then Exit Sub
    Described = True
    Application.OnTime Now, "'" & ThisWorkbook.Name & "'!{HELP_MODULE}.DescribeFunctions"
End Sub

Private Sub Host_WorkbookOpen(ByVal Wb As Workbook)
    ' Other workbooks start Python with their first formula, and most never do.
    If SheetExists(Wb, "Markbook") Then Application.OnTime Now, "'" & ThisWorkbook.Name & "'!{MODULE}.WarmUp"
End Sub
"""


def command_of(button: Button) -> str:
    """The Python that a click runs.

    Example:
        >>> command_of(BUTTONS[0])
        'import addin.excel.desktop.entries; addin.excel.desktop.entries.score_class()'
    """
    return f"import addin.excel.desktop.entries; addin.excel.desktop.entries.{button.entry}()"


def callbacks() -> str:
    """The text of the module behind the ribbon.

    Example:
        >>> print(callbacks().splitlines()[3])
        Sub ScoreClass(control As IRibbonControl)
    """
    subs = [
        f'Sub {button.id}(control As IRibbonControl)\n    If HasBook() Then RunPython "{command_of(button)}"\nEnd Sub\n'
        for button in BUTTONS
    ]
    return "\n".join([f'Attribute VB_Name = "{MODULE}"\nOption Explicit\n', *subs, _HAS_BOOK, _WARM_UP])


def on_open() -> str:
    """The body of the module ThisWorkbook, where there are functions to describe and a server to warm: on Windows."""
    return f"Option Explicit\n\n{_ON_OPEN}"
