"""One module per benchmark, run as `python -m benchmarks.<name>`; each prints a table of medians and ratios of one run."""
