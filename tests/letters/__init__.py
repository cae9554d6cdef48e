"""Letters: who gets one, what it says, how it looks, and where it goes."""
