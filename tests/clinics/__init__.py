"""Clinics of a markbook."""
