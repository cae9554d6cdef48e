"""The sheets of the template, a module each: in come contents and styles, out goes a written sheet of an XlsxWriter workbook."""
