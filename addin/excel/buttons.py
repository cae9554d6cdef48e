"""The buttons of the tab "Maths Clinic": the one table from which ribbon, VBA and Python entries are made."""

from __future__ import annotations

import re
from dataclasses import dataclass

from model.language.speech import gettext_noop

TAB = "Maths Clinic"


@dataclass(frozen=True)
class Button:
    """A button of the ribbon. Label, screentip and busy are in the catalogue for the task pane.

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
                "ScoreClass", gettext_noop("Score class"), "ConditionalFormattingMenu",
                gettext_noop("Flag who may miss the target"),
                "Writes flag, risk, priority, reasons, topics and activities beside the students. Decisions and notes stay.",
                "score_button", gettext_noop("scoring the class"), large=True,
            ),
            Button(
                "CheckData", gettext_noop("Check data"), "DataValidation",
                gettext_noop("See how the markbook is understood"),
                "Tells what each column is taken for and which cells are not understood. Nothing is written.",
                "check_button", gettext_noop("reading the markbook"),
            ),
            Button(
                "ClearResults", gettext_noop("Clear"), "ClearContents",
                gettext_noop("Empty the result columns"),
                "Empties flag, risk, priority, reasons, topics, activities and change. Decisions and notes stay.",
                "clear_button", gettext_noop("clearing the results"),
            ),
        ),
    ),
    Group(
        "ThinkGroup",
        "Think and share",
        (
            Button(
                "WhatIf", gettext_noop("What if"), "WhatIfAnalysisMenu",
                gettext_noop("Try one change, such as homework at 80 %"),
                "On its sheet: a student's risk now, and with one thing different. It tells of past students and promises nothing.",
                "whatif_button", gettext_noop("trying the change"), formulas=True,
            ),
            Button(
                "PlanClinics", gettext_noop("Plan clinics"), "CalendarInsert",
                gettext_noop("Fill next week's clinics"),
                "Scores the class and writes who is invited to which clinic, on which topic and why. Attendance you entered stays.",
                "plan_button", gettext_noop("planning the clinics"),
            ),
            Button(
                "WritePacks", gettext_noop("Clinic packs"), "FilePrintPreview",
                gettext_noop("Make what the planned clinics need on paper"),
                "For each session of Clinic plan pages to print: register, work for each student, two weeks at home, answers; once "
                "more easy to read. Nothing is sent.",
                "packs_button", gettext_noop("making the packs"),
            ),
            Button(
                "WriteLetters", gettext_noop("Letters"), "EnvelopesAndLabelsDialog",
                gettext_noop("Write letters for accepted students"),
                "A letter to the family and one to the student for everybody whose decision is Accept. Nothing is sent.",
                "letters_button", gettext_noop("writing the letters"),
            ),
            Button(
                "EmailMarkbook", gettext_noop("E-mail markbook"), "FileSendAsAttachment",
                gettext_noop("Make a draft for the colleagues named in Setup"),
                "Makes a draft e-mail with a copy of values alone: no formulas, no hidden sheets, no UPN. Nothing is sent.",
                "email_button", gettext_noop("making the draft"),
            ),
        ),
    ),
    Group(
        "HelpGroup",
        "Help",
        (
            Button(
                "ShowHelp", gettext_noop("Help"), "Help",
                gettext_noop("What the flags mean"),
                "Explains the flags, what they are not, and where to read on.",
                "help_button", gettext_noop("opening the help"),
            ),
        ),
    ),
)  # fmt: skip

BUTTONS = tuple(button for group in GROUPS for button in group.buttons)
