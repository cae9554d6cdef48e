"""Bugs that people have told of other spreadsheet tools, tried on this one: threads.csv has a line a thread, and its trial."""
