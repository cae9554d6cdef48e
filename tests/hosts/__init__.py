"""The same tests over every host."""
