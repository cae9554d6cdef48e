"""The languages in which letters, reasons and the task pane speak: one catalogue, English its source.

`speech` is a language at work: sentences with names in them, plurals, numbers, dates and lists. `markbook.pot` holds every sentence
in English, `cy.po` and the like its translations, `cy.mo` the same as Python's gettext reads it; `catalogue` makes all of them from
the sources (`python -m model.language.catalogue`). A language is a value that is handed on with what it is spoken in: there is none
"in force".
"""
