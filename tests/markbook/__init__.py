"""Tests of how a sheet becomes a markbook, and how its results become edits."""
