"""A whole trust in one go: every workbook under a folder, by several processes or a Dask cluster.

    find workbooks -> leave out what stands already (ledger) -> score each by itself -> ledger, totals -> overview

`run.py` is that way, top to bottom.
"""
