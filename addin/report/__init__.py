"""Pages to print: in come a book and who is to be listed, out go web pages that stand alone, and their file.

    book -> filters, runs, lines, charts (frozen records) -> Jinja2 -> one file of HTML

`addin/report/compose.py` makes the class list and the support cards, `addin/report/evening.py` the pages for parents' evening. The
latter are made from the facts of letters and nothing else: no flag, risk, priority or decision has a place in them.
"""
