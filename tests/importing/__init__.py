"""Exports read, matched with a markbook, and written into it."""
