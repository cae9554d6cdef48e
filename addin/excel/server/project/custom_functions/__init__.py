"""The functions that Excel gets from the server: those of `addin.functions`, with the help that their docstrings give."""

from addin.excel.cell_functions import *  # noqa: F403 - xlwings registers what stands here; one list names it
