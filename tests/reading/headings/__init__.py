"""Headings into columns."""
