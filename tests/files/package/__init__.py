"""Reading, guarding and patching of workbook files."""
