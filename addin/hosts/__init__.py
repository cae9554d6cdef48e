"""Where a markbook lives: a closed file, an open book in Excel, or memory. Each host reads once and writes once."""
