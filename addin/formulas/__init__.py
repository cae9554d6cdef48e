"""What a formula sees: ranges of cells come in, the students of the call come out, scored; a class is understood once and kept."""
