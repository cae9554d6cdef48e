"""The hash that pins scorecard.json to this version of the program; written by `markbook model train`."""

SCORECARD_SHA256 = "67722e8969225aed05c9261c5c8dc0fa6fbea69ad1d8187c1f405b4cbd667536"
