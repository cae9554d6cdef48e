"""A fresh workbook made from the values of a marked markbook, for a colleague who has neither the add-in nor the original.

Nothing is copied but values: no macro, formula, comment, hidden sheet, hidden text or property of the original can travel
with it. It looks like the template, of whose own parts it is made (`templates/`). Columns that a colleague does not need for the
decision are left out: the UPN, what is for audit only, and what the teacher has hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook

from addin.errors import SheetProblem
from addin.mail.copied_columns import Choice, Clean, chosen, template_columns, upns_in, without_upns
from addin.mail.pseudonyms import Pseudonyms
from addin.mail.summary_figures import summary_figures
from addin.reading.grid import Book, CellValue, Sheet, address, as_text
from addin.reading.markbook import Markbook, Query
from addin.results.columns import RESULT_COLUMNS, Look
from templates import layout
from templates.cells import height_for
from templates.content import Setup, Value
from templates.layout import Group
from templates.sheets import markbook as markbook_sheet
from templates.sheets import summary as summary_sheet
from templates.sheets import tables
from templates.sheets.result_columns import width_of
from templates.styles import Styles

FIXED_DATE = datetime(2026, 1, 1)
"""The copy's date of making in its properties: the same values give the same bytes."""

LONGEST_TEXT = 32_767
"""Characters that Excel allows in a cell."""

MOST_CELLS = 4
"""Cells that are told for a word."""

_LEFT_OUT = "(left out)"
_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]+)")
_LOWEST_ROW = 19.0
_SENTENCES = (Look.WRAPPED, Look.TEXT)


@dataclass(frozen=True, kw_only=True)
class ValuesCopy:
    """A copy."""

    content: bytes
    students: int
    left_out: tuple[str, ...]
    look_at: tuple[str, ...] = ()
    """With codes: the words that may hold a short name, each with cells of the markbook in which it stands."""


def values_copy(book: Book, markbook: Markbook, *, pseudonyms: Pseudonyms | None = None) -> ValuesCopy:
    """Students with flags and colours, the class at a glance with its charts, and the queries, as a new .xlsx.

    Args:
        pseudonyms: Codes for the students; with them, names, IDs, forms and sets are left out, texts that somebody typed are
            searched for names, and the rows stand in order of priority and not of the register.

    Raises:
        SheetProblem: The markbook has no results yet.
    """
    refuse_unmarked(markbook)
    sheet = book.sheet(markbook.sheet)
    assert sheet is not None, "the markbook was read from this book"
    copy = _Copy(book, markbook, sheet, pseudonyms)
    buffer = BytesIO()
    with Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        workbook.set_properties({"title": "Marked markbook", "created": FIXED_DATE})
        styles = Styles(workbook)
        copy.write_students(workbook, styles)
        figures = summary_figures(book, markbook, copy.class_name)
        summary_sheet.write_figures(workbook, styles, figures)
        tables.write_queries(workbook, styles, rows=copy.queries())
    return ValuesCopy(
        content=buffer.getvalue(),
        students=len(markbook.students),
        left_out=copy.choice.left_out,
        look_at=copy.look_at(),
    )


def refuse_unmarked(markbook: Markbook) -> None:
    """Refuse, as SheetProblem, a markbook without results."""
    if "Flag" not in markbook.results:
        raise SheetProblem(
            f"Sheet '{markbook.sheet}' has no results to send. Run 'markbook score' first and send the marked file."
        )


class _Copy:
    """What one copy holds."""

    def __init__(self, book: Book, markbook: Markbook, sheet: Sheet, pseudonyms: Pseudonyms | None) -> None:
        self.markbook, self.sheet, self.pseudonyms = markbook, sheet, pseudonyms
        self.choice: Choice = chosen(book, markbook, without_identity=pseudonyms is not None)
        upns = without_upns(upns_in(book, markbook))
        self.clean: Clean = upns if pseudonyms is None else lambda text: pseudonyms.clean(upns(text))
        self.clean_note: Clean = upns if pseudonyms is None else lambda text: pseudonyms.clean_note(upns(text))
        self.not_understood = frozenset(query.cell for query in markbook.queries)
        self.class_name = self.clean(as_text(book.names.get("class_name")))
        students = list(enumerate(markbook.students))
        if pseudonyms is not None:
            students.sort(key=lambda each: (self._priority(each[1].row), pseudonyms.code_of[each[1].key]))
        self.rows = tuple(place for place, _ in students)

    def write_students(self, workbook: Workbook, styles: Styles) -> None:
        """The sheet `Markbook`."""
        columns = template_columns(self.choice, coded=self.pseudonyms is not None, clean=self.clean)
        values = [self._column(column.index + 1, self.clean) for column in self.choice.columns]
        if self.pseudonyms is not None:
            codes = self.pseudonyms.code_of
            values.insert(0, tuple(codes[self.markbook.students[place].key] for place in self.rows))
        offset = len(values) - len(self.choice.columns)
        results = {
            spec: self._column(self.markbook.results[spec.heading], self.clean_note if spec.teachers else self.clean)
            for spec in RESULT_COLUMNS
            if spec.heading in self.choice.results
        }
        sentences = [(width_of(spec), cells) for spec, cells in results.items() if spec.look in _SENTENCES]
        widths = [width for width, _ in sentences]
        students = markbook_sheet.Students(
            title=Setup(class_name=self.class_name or None).title,
            columns=columns,
            values=tuple(values),
            results=results,
            lead=sum(column.group is Group.IDENTITY for column in columns[: layout.LEADING_COLUMNS]),
            per_cents={
                (line, place + offset)
                for line, student in enumerate(self.rows)
                for place, column in enumerate(self.choice.columns)
                if (self.markbook.students[student].row, column.index + 1) in self.sheet.percents
            },
            heights=tuple(_height([cells[line] for _, cells in sentences], widths) for line in range(len(self.rows))),
        )
        page = markbook_sheet.write_students(workbook, styles, students)
        markbook_sheet.colour_marks(page, styles, students)
        markbook_sheet.set_up_page(page, students)

    def look_at(self) -> tuple[str, ...]:
        """What a reader alone can tell: the words that go along and may hold a short name, each with its cells in the markbook."""
        if self.pseudonyms is None:
            return ()
        forms, found = self.pseudonyms.forms, dict[str, list[str]]()
        for where, text, is_note in self._travelling():
            for word in () if is_note and forms.in_doubt(text) else forms.may_hold(text):
                found.setdefault(word, []).append(where)
        return tuple(
            f"'{word}' in {', '.join(cells[:MOST_CELLS])}{f' and {rest} more' if (rest := len(cells) - MOST_CELLS) > 0 else ''}"
            for word, cells in found.items()
        )

    def _travelling(self) -> Iterator[tuple[str, str, bool]]:
        """Where every text that goes along stands, the text, and whether it is a note that somebody typed."""
        markbook, results = self.markbook, self.markbook.results
        if self.class_name:
            yield "the class's name on Setup", self.class_name, False
        for column in self.choice.columns:
            yield address(markbook.header_row, column.index + 1), column.heading, False
        teachers = {results[spec.heading] for spec in RESULT_COLUMNS if spec.teachers and spec.heading in results}
        columns = [
            *(column.index + 1 for column in self.choice.columns),
            *(results[name] for name in self.choice.results),
        ]
        for student in markbook.students:
            for place in sorted(set(columns)):
                cell, where = self.sheet.cell(student.row, place), address(student.row, place)
                if isinstance(cell, str):
                    yield where, cell, place in teachers or where in self.not_understood

    def queries(self) -> list[list[Value]]:
        """The rows of the sheet `Queries`: as the markbook has them, but for what stands in columns that are left out."""
        return [self._query(query) for query in self.markbook.queries]

    def _query(self, query: Query) -> list[Value]:
        column, row = _place(query.cell)
        hidden = column is not None and column not in {kept.index + 1 for kept in self.choice.columns}
        value = _LEFT_OUT if hidden and query.value else self.clean_note(query.value)
        return [
            self._cell(query.cell, column, row),
            _fit(value),
            _fit(self.clean(query.rule)),
            _fit(self.clean(query.remedy)),
        ]

    def _cell(self, cell: str, column: int | None, row: int | None) -> str:
        """The address of a query; with codes, whose cell it is and under which heading: a row would tell the register's order."""
        if self.pseudonyms is None or column is None:
            return self.clean(cell)
        who = next((self.pseudonyms.code_of[s.key] for s in self.markbook.students if s.row == row), "the headings")
        heading = next((c.heading for c in self.choice.columns if c.index + 1 == column), "")
        return f"{who}, {self.clean(heading)}" if heading else who

    def _column(self, column: int, clean: Clean) -> tuple[Value, ...]:
        rows = [self.markbook.students[place].row for place in self.rows]
        # What was not understood is a note that somebody typed among the marks.
        cleaners = [self.clean_note if address(row, column) in self.not_understood else clean for row in rows]
        return tuple(_value(self.sheet.cell(row, column), each) for row, each in zip(rows, cleaners, strict=True))

    def _priority(self, row: int) -> float:
        cell = self.sheet.cell(row, self.markbook.results.get("Priority", 0))
        return float(cell) if isinstance(cell, (int, float)) else float("inf")


def _place(cell: str) -> tuple[int | None, int | None]:
    """Column and row of an address on the sheet of students, counted from 1; None for a cell of another sheet."""
    found = _ADDRESS.fullmatch(cell)
    if found is None:
        return None, None
    column = 0
    for letter in found[1]:
        column = 26 * column + ord(letter) - ord("A") + 1
    return column, int(found[2])


def _value(cell: CellValue, clean: Clean) -> Value:
    """Numbers as numbers, everything else as text: what begins with '=' must never become a formula."""
    if cell is None:
        return None
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return cell
    return _fit(clean(cell if isinstance(cell, str) else as_text(cell)))


def _fit(text: str) -> str:
    return text[:LONGEST_TEXT]


def _height(sentences: Sequence[Value], widths: Sequence[float]) -> float:
    texts = [str(text or "") for text in sentences]
    return max(_LOWEST_ROW, height_for(texts, widths)) if texts else _LOWEST_ROW
