"""Tests of the workbooks that the project ships, and of what they are built from."""
