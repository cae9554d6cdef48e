"""Questions on probability: chances of one event, several events, groups of people, and counting."""
