"""What holds for everybody who reads: checks of pages, Word documents and workbooks, for the tests of the rooms that make them."""
