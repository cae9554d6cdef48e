"""What several commands share: their arguments and options, and a trial of the whole way on a table."""
