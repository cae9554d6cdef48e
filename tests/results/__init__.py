"""Results into edits."""
