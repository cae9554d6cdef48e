"""Several classes beside one another, for whoever leads them: classes that were scored come in, an overview goes out.

    reviews -> classes as seen -> each student once -> figures by class, year and school -> workbook, CSV, web page

Nothing in these names a student. Who needs help across classes is a list of its own (`names.py`), made on request alone.
"""
