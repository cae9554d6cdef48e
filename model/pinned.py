"""The hash that pins scorecard.json to this version of the program; written by `markbook model train`."""

SCORECARD_SHA256 = "61d78e63e4e407bb922f751d288ada2051ac681c8d009fbb8a34b140fa7a4d06"
