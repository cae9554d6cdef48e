"""Learns from a school's own outcomes: in come records and final grades, out goes a scorecard of its own where it is better."""
