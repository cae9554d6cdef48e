"""Where a markbook lives (a closed file, an open book, memory): out comes a `grid.Book` in one read, in go edits in one write."""
