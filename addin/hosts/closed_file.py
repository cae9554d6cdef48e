"""A workbook as a file that no program has open: read behind the guard, written by patching its parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from addin.errors import FileInUse, StudentsMoved, UnsafeWorkbook
from addin.files.package.contents import contents
from addin.files.package.fill_cells import fill_workbook
from addin.files.package.formulas_to_values import with_values
from addin.files.package.guard import MOST_COLUMNS, check
from addin.files.package.kept_off import rows_with_notes
from addin.files.package.parts import damage_explained
from addin.files.package.patch import patch_workbook
from addin.files.package.read import read_book
from addin.files.package.safe_save import Fingerprint
from addin.hosts.guard import refuse_foreign_cells
from addin.hosts.identity import follow
from addin.reading.grid import Book, column_letters
from addin.results.edits import CellEdits, Listing, SheetEdits


class ClosedFile:
    """A file on disk as a host.

    Args:
        output: Where the result goes. It may be the same file, which is then replaced whole or not at all.
        before_replacing: Called by `apply` when all is ready and an earlier, different output is about to go: the moment to
            keep a copy of it. What it raises keeps the output as it is.

    Example:
        >>> import tempfile, xlsxwriter
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder) / "class.xlsx"
        ...     with xlsxwriter.Workbook(path) as workbook:
        ...         _ = workbook.add_worksheet("Y9").write("A1", "Name")
        ...     ClosedFile(path, output=path.with_name("class.marked.xlsx")).read().sheets[0].name
        'Y9'
    """

    def __init__(self, path: Path, *, output: Path, before_replacing: Callable[[], object] | None = None) -> None:
        self.path = path
        self.output = output
        self._before_replacing = before_replacing
        self._book: Book | None = None
        self._state: Fingerprint | None = None

    def read(self) -> Book:
        """Everything the program may need, in one go.

        Raises:
            FileProblem: The guard refuses the file, or it is damaged.
            FileInUse: Somebody saved it in that very moment.
        """
        before = _state(self.path)
        book = read_book(self.path)
        if _state(self.path) != before:
            raise FileInUse(f"{self.path.name}: the file was saved while it was read. Run again.")
        self._book, self._state = book, before
        return book

    def apply(self, *edits: SheetEdits) -> tuple[str, ...]:
        """Follow students whose rows moved since the file was read, and write the result to the output.

        Raises:
            StudentsMoved: The students are not those that were read; nothing is written.
            FileProblem: Anything else that keeps the result from being written; nothing is written.
        """
        if self._book is None or self._state != _state(self.path):
            self.read()
        followed = [self._followed(each) for each in edits]
        for each in followed:
            last = max((column.column for column in each.columns), default=0)
            if last > MOST_COLUMNS:  # the next run could not read it any more
                raise UnsafeWorkbook(
                    f"{self.path.name}, sheet '{each.sheet}': results would stand beyond column {column_letters(MOST_COLUMNS)}, "
                    "where no markbook reaches. Delete what stands far right of the students, save, and run again."
                )
        return patch_workbook(
            self.path, followed, self.output, expected=self._state, before_replacing=self._before_replacing
        )

    def _followed(self, edits: SheetEdits) -> SheetEdits:
        sheet = None if self._book is None else self._book.sheet(edits.sheet)
        if sheet is None:
            raise StudentsMoved(
                f"{self.path.name}: there is no sheet '{edits.sheet}' any more. Nothing was written. Run again."
            )
        followed = follow(edits, sheet)
        used = max(map(len, sheet.rows), default=0)
        if any(column.column <= used for column in followed.columns):  # nothing stands right of the last used column
            refuse_foreign_cells(followed, sheet)
        return followed

    def fill(
        self,
        edits: CellEdits | Sequence[CellEdits],
        *,
        listings: Sequence[Listing] = (),
        before_replacing: Callable[[], object] | None = None,
    ) -> tuple[bool, tuple[str, ...]]:
        """Write single cells and added rows to the output, in the very state of the file that was read.

        Args:
            edits: What changes in one sheet, or in several.
            listings: The program's own sheets that are replaced or added too.
            before_replacing: Called when an earlier, different output is about to go; raises to keep it.

        Returns:
            Whether anything was written: not where the output is the result already. And what the user should know.

        Raises:
            FileInUse: The file changed since it was read, or the output is open elsewhere; nothing is written.
            FileProblem: Anything else that keeps the result from being written; nothing is written.
        """
        if self._state is None:
            self.read()
        return fill_workbook(
            self.path,
            edits,
            self.output,
            listings=listings,
            expected=self._state,
            before_replacing=before_replacing,
        )

    def rows_with_notes(self, sheet: str) -> frozenset[int]:
        """The rows of a sheet on which a note, a comment or a link hangs: what is tied to a cell and not to a student.

        Raises:
            FileProblem: The file cannot be read.
        """
        return rows_with_notes(self.path, sheet)

    def whole(self) -> tuple[bytes, tuple[str, ...]]:
        """The workbook itself for a colleague without the add-in, whose formulas become values, and what it holds, in words.

        Raises:
            UnsupportedWorkbook: It holds macros, or the add-in where no value can stand.
            SheetProblem: A formula of the add-in has no result.
            FileProblem: The file cannot be read.
        """
        return with_values(self.path), contents(self.path)


def _state(path: Path) -> Fingerprint:
    # A missing file gets the guard's words; anything else that the system says gets those of a file that cannot be read.
    if not path.is_file():
        check(path)
    with damage_explained(path):
        return Fingerprint.of(path)
