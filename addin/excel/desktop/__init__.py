"""Excel on the desktop: the add-in `markbook.xlam`, built on the user's own computer, and what its buttons call.

`buttons` is the one table of buttons. From it come the ribbon (`ribbon_xml`), the VBA behind it (`callbacks`) and what Python
does on a click (`entries`); `wrappers` has the VBA of the functions, `vba_edits` what changes in xlwings' own; `xlam` puts
all of it into a file, with `parts`; `install` puts the file where Excel finds it (`computer`), with its settings (`settings`);
`status` says what is wrong.
"""
