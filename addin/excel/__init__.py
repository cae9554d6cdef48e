"""The ways into Excel: in comes a press of a button or a formula, out go its answer and what Excel is to show.

`desktop` is the add-in on one's own computer, `server` that of a school's machine, `lite` the one that runs inside Excel. What they
share stands here: the table of `buttons`, the `cell_functions` with their `function_help`, and the `columns` that are asked about.
"""
