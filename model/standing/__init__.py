"""Cohort -> Standing: where each student stands among the others, and on the scale of grades."""
