"""A whole trust in one go: every workbook under a folder, or one of several classes, by several processes or a Dask cluster.

    find workbooks -> score each that has no good result yet (ledger), look at the others -> ledger, classes -> overview

`run.py` is that way, top to bottom.
"""
