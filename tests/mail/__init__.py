"""Tests of the message, its attachment and its draft, read back as a mail program and Excel would."""
