"""Questions on statistics: averages, charts in words, and how data spread."""
