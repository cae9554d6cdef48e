"""What touches a spreadsheet, a screen or a mailbox."""
