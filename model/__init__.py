"""From a table of students to risk, reasons, needs and activities; knows no spreadsheet."""
