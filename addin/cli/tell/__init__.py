"""How results look on a terminal: in comes what a command did, out go tables and sentences."""
