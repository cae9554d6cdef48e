"""The hash that pins scorecard.json to this version of the program; written by `markbook model train`."""

SCORECARD_SHA256 = "9a12eafae74278133a3b8a868caaf0cb914694c5a680af2c71cfd8b0002ad052"
