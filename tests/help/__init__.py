"""Tests of what commands and functions say of themselves."""
