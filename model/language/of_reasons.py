"""The sentences of reasons that come in several shapes: whole ones, so that no language has to be put together out of parts."""

from __future__ import annotations

from model.language.speech import gettext_noop
from model.vocabulary import SupportTier

# Translators: "figure" is one of the figures below, such as: Homework 43 %; "usual" is what it is compared with, such as: 71 %.
COMPARED = {  # (worse, well under or above, compared with what is usual instead of the class) -> sentence
    (True, False, False): gettext_noop("%(figure)s, under the class (%(usual)s)"),
    (True, True, False): gettext_noop("%(figure)s, well under the class (%(usual)s)"),
    (False, False, False): gettext_noop("%(figure)s, above the class (%(usual)s)"),
    (False, True, False): gettext_noop("%(figure)s, well above the class (%(usual)s)"),
    (True, False, True): gettext_noop("%(figure)s, under what is usual (%(usual)s)"),
    (True, True, True): gettext_noop("%(figure)s, well under what is usual (%(usual)s)"),
    (False, False, True): gettext_noop("%(figure)s, above what is usual (%(usual)s)"),
    (False, True, True): gettext_noop("%(figure)s, well above what is usual (%(usual)s)"),
}
FIGURES = {  # theme -> the figure in a sentence, and in few words
    "tests": (gettext_noop("Topic tests %(value)s %% on average"), gettext_noop("Topic tests %(value)s %%")),
    "mocks": (gettext_noop("Mock papers %(value)s %% on average"), gettext_noop("Mock papers %(value)s %%")),
    "attendance": (gettext_noop("Attendance %(value)s %%"),) * 2,
    "homework": (gettext_noop("Homework %(value)s %%"),) * 2,
    # Translators: effort is judged from 1 to 4.
    "effort": (gettext_noop("Effort %(value)s of 4"), gettext_noop("Effort %(value)s")),
}
OUTLOOKS = {  # (whether the target is known, how much support is needed) -> sentence
    # Translators: the 80 % interval of the final grade. "catch-up" and "intensive" say how much support is likely to be needed.
    (False, None): gettext_noop("Likely final grade %(low)s to %(high)s"),
    (False, SupportTier.ON_TRACK): gettext_noop("Likely final grade %(low)s to %(high)s: on track"),
    (False, SupportTier.CATCH_UP): gettext_noop("Likely final grade %(low)s to %(high)s: catch-up"),
    (False, SupportTier.INTENSIVE): gettext_noop("Likely final grade %(low)s to %(high)s: intensive"),
    (True, None): gettext_noop("Likely final grade %(low)s to %(high)s, target %(target)s"),
    (True, SupportTier.ON_TRACK): gettext_noop("Likely final grade %(low)s to %(high)s, target %(target)s: on track"),
    (True, SupportTier.CATCH_UP): gettext_noop("Likely final grade %(low)s to %(high)s, target %(target)s: catch-up"),
    (True, SupportTier.INTENSIVE): gettext_noop("Likely final grade %(low)s to %(high)s, target %(target)s: intensive"),
}
WITHOUT_TOTALS = {"tests": gettext_noop("Topic tests"), "mocks": gettext_noop("Mock papers")}
WORKING = {  # (a working-at grade and no marks, below the target, whether it is known) -> the sentence, and in few words
    (True, True, True): (
        gettext_noop("Working-at grade %(grade)s, %(gap)s below the target of %(target)s"),
        gettext_noop("Working at %(grade)s, target %(target)s"),
    ),
    (True, False, True): (
        gettext_noop("Working-at grade %(grade)s, %(gap)s above the target of %(target)s"),
        gettext_noop("Working at %(grade)s, target %(target)s"),
    ),
    (True, True, False): (
        gettext_noop("Working-at grade %(grade)s, %(gap)s below an estimated target of %(target)s"),
        gettext_noop("Working at %(grade)s, target %(target)s, estimated"),
    ),
    (True, False, False): (
        gettext_noop("Working-at grade %(grade)s, %(gap)s above an estimated target of %(target)s"),
        gettext_noop("Working at %(grade)s, target %(target)s, estimated"),
    ),
    # Translators: "gap" has one decimal here, such as 1.4.
    (False, True, True): (
        gettext_noop("Marks about %(gap)s grades below those of the target of %(target)s"),
        gettext_noop("Marks %(gap)s grades below target %(target)s"),
    ),
    (False, False, True): (
        gettext_noop("Marks about %(gap)s grades above those of the target of %(target)s"),
        gettext_noop("Marks %(gap)s grades above target %(target)s"),
    ),
    (False, True, False): (
        gettext_noop("Marks about %(gap)s grades below those of an estimated target of %(target)s"),
        gettext_noop("Marks %(gap)s grades below target %(target)s, estimated"),
    ),
    (False, False, False): (
        gettext_noop("Marks about %(gap)s grades above those of an estimated target of %(target)s"),
        gettext_noop("Marks %(gap)s grades above target %(target)s, estimated"),
    ),
}
