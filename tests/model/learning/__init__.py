"""Learning from outcomes."""
