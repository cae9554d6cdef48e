"""What packages the program: the build backend, and the lists of what it depends on. None of it is installed."""
