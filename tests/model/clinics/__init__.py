"""The plan of clinics."""
