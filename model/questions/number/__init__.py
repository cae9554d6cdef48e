"""Questions of the strand Number."""
