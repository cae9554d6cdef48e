"""What Python reads first where tests are run as if it were another day (python -m tests.any_day)."""
