"""Tests of addin/cli/tell."""
