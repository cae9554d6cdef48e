"""Cells into a markbook."""
