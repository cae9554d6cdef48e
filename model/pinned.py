"""The hash that pins scorecard.json to this version of the program; written by `markbook model train`."""

SCORECARD_SHA256 = "9c98cc411f1b506f06407a527142e768aee461ce2b4db34ced25bc6ebf58e8b2"
