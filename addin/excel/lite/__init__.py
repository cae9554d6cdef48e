"""Excel with nothing to install: the same functions and buttons in xlwings Lite, an add-in that runs Python inside Excel.

`scripts` has what the buttons run, over the same host as on a server; `told` is where they say what they did; `letters_sheet` and
`values_sheet` give as a sheet what elsewhere is a file, since a browser has no folder beside the workbook; `on_demand` loads what
one button alone needs. `registered` names all
that Lite registers with Excel. `build` makes a workbook that carries the code (`carried`, `main_py`), with a sheet of buttons
(`button_cells`).

Nothing here reaches out of the workbook: no file, no mail, no message box, whose text would travel in an address.
"""
