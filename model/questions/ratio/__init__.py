"""Questions of the strand Ratio."""
