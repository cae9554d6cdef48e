"""Ranges, classes and calls of formulas."""
