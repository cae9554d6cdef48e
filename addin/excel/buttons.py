"""The buttons of the tab "Maths Clinic": the one table from which ribbon, VBA and Python entries are made."""

from __future__ import annotations

import re
from dataclasses import dataclass

TAB = "Maths Clinic"


@dataclass(frozen=True)
class Button:
    """A button of the ribbon.

    Args:
        id: Its name in the ribbon and in VBA, such as "ScoreClass".
        label: What stands on it.
        icon: One of Office's own pictures (imageMso), so that none has to be shipped.
        screentip: The heading of what is shown when the mouse rests on it.
        supertip: The sentences below that heading.
        function: The function of `addin.ribbon` that does the work.
        busy: What the status bar shows meanwhile.
        large: Whether it is one of the large ones.
        formulas: Whether what it writes are formulas, for which the functions must be there.

    Example:
        >>> BUTTONS[0].id, BUTTONS[0].entry, BUTTONS[0].function
        ('ScoreClass', 'score_class', 'score_button')
    """

    id: str
    label: str
    icon: str
    screentip: str
    supertip: str
    function: str
    busy: str
    large: bool = False
    formulas: bool = False

    @property
    def entry(self) -> str:
        """The function of `addin.excel.desktop.entries` that VBA calls."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", self.id).lower()


@dataclass(frozen=True)
class Group:
    """Buttons that stand together."""

    id: str
    label: str
    buttons: tuple[Button, ...]


GROUPS = (
    Group(
        "ClassGroup",
        "Class",
        (
            Button(
                "ScoreClass", "Score class", "ConditionalFormattingMenu",
                "Flag who may miss the target",
                "Writes flag, risk, priority, reasons, topics and activities beside the students. Decisions and notes stay.",
                "score_button", "scoring the class", large=True,
            ),
            Button(
                "CheckData", "Check data", "DataValidation",
                "See how the markbook is understood",
                "Tells what each column is taken for and which cells are not understood. Nothing is written.",
                "check_button", "reading the markbook",
            ),
            Button(
                "ClearResults", "Clear", "ClearContents",
                "Empty the result columns",
                "Empties flag, risk, priority, reasons, topics, activities and change. Decisions and notes stay.",
                "clear_button", "clearing the results",
            ),
        ),
    ),
    Group(
        "ThinkGroup",
        "Think and share",
        (
            Button(
                "WhatIf", "What if", "WhatIfAnalysisMenu",
                "Try one change, such as homework at 80 %",
                "On its sheet: a student's risk now, and with one thing different. It tells of past students and promises nothing.",
                "whatif_button", "trying the change", formulas=True,
            ),
            Button(
                "PlanClinics", "Plan clinics", "CalendarInsert",
                "Fill next week's clinics",
                "Scores the class and writes who is invited to which clinic, on which topic and why. Attendance you entered stays.",
                "plan_button", "planning the clinics",
            ),
            Button(
                "WritePacks", "Clinic packs", "FilePrintPreview",
                "Make what the planned clinics need on paper",
                "For each session of Clinic plan pages to print: register, work for each student, two weeks at home, answers; once "
                "more easy to read. Nothing is sent.",
                "packs_button", "making the packs",
            ),
            Button(
                "WriteLetters", "Letters", "EnvelopesAndLabelsDialog",
                "Write letters for accepted students",
                "A letter to the family and one to the student for everybody whose decision is Accept. Nothing is sent.",
                "letters_button", "writing the letters",
            ),
            Button(
                "EmailMarkbook", "E-mail markbook", "FileSendAsAttachment",
                "Make a draft for the colleagues named in Setup",
                "Makes a draft e-mail with a copy of values alone: no formulas, no hidden sheets, no UPN. Nothing is sent.",
                "email_button", "making the draft",
            ),
        ),
    ),
    Group(
        "HelpGroup",
        "Help",
        (
            Button(
                "ShowHelp", "Help", "Help",
                "What the flags mean",
                "Explains the flags, what they are not, and where to read on.",
                "help_button", "opening the help",
            ),
        ),
    ),
)  # fmt: skip

BUTTONS = tuple(button for group in GROUPS for button in group.buttons)
