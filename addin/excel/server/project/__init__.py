"""The project folder of xlwings Server: its names are those that xlwings Server looks for."""
