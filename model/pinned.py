"""The hash that pins scorecard.json to this version of the program; written by `markbook model train`."""

SCORECARD_SHA256 = "d20f20be94a5743e665cf7296eca387a119bcc1e2b4ece1bc5b0c707b5fb3bcc"
