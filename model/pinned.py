"""The hash that pins scorecard.json to this version of the program; written by `markbook model train`."""

SCORECARD_SHA256 = "6cfdc3a02eebe806bfe03fb149db0a76a3c97f447f8039bb0935b94db4cdaf6c"
