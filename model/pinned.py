"""The hash that pins scorecard.json to this version of the program; written by `markbook model train`."""

SCORECARD_SHA256 = "a96bdd1028ee8543e1227a9e28af72d2c83df1c812d6dcb5a7a5b100b07ba6f6"
