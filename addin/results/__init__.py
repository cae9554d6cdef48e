"""Says what a run writes: in come a `Review` and what earlier runs left, out go edits that any host can apply."""
