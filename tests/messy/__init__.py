"""Messy markbooks: each made by a script, what must be read from it written beside it by hand."""
