"""What touches a spreadsheet, a screen or a mailbox. Each room says what comes in and what goes out."""
