"""The pages to print, opened and printed by a real browser."""
