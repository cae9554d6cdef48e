"""Trains and judges the shipped model: in come invented worlds and public pupils, out go scorecard, figures and model card.

Of all this a teacher's computer runs the invented cohorts alone, for `markbook new`.
"""
