"""The command line: one small file per command, each of which parses, calls one public function, and tells the result."""
