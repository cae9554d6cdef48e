"""Which rows below the headings hold students, and which are totals, titles of groups, legends or blank.

Hidden and filtered rows count like any other. What is left aside in a way that a teacher might not expect is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from addin.errors import NoStudents
from addin.reading.grid import CellValue, Sheet, as_text
from addin.reading.headings.column import IDENTITY_ROLES, MARKED_ROLES, Role
from addin.reading.shape.block import LONGEST_GAP
from addin.reading.shape.profile import Kind, kind_of
from addin.reading.table.find_table import Layout
from addin.reading.table.summary_rows import filled, holds, is_section, is_summary


@dataclass(frozen=True, kw_only=True)
class Rows:
    """The rows of a sheet, sorted out.

    Args:
        students: Row numbers of students, those whose identity is missing included.
        notes: What was left aside.
    """

    students: tuple[int, ...]
    notes: tuple[str, ...]


def student_rows(sheet: Sheet, layout: Layout) -> Rows:
    """The rows of students.

    Raises:
        NoStudents: There is none below the headings.

    Example:
        >>> from addin.reading.table.find_table import lay_out
        >>> sheet = Sheet(name="Y9", rows=(("Name", "Angles (20)"), ("Ova", 12), (None, None), ("Tul", 8), ("Average", 10)))
        >>> student_rows(sheet, lay_out(sheet, 1, {})).students
        (2, 4)
    """
    told = [c.index for c in layout.columns if c.role not in (Role.RESULT, Role.IGNORED)]
    sure = [c.index for c in layout.columns if c.role in IDENTITY_ROLES]
    marks = [c.index for c in layout.columns if c.role in MARKED_ROLES]
    headings = _texts(sheet.rows[layout.header_row - 1], layout.who)
    last = min(layout.table.last_row if layout.table else len(sheet.rows), len(sheet.rows))
    found: list[int] = []
    summary_row, below_summary, sections, notes_below, another = None, 0, [], [], 0
    for row in range(layout.first_row, last + 1):
        cells = sheet.rows[row - 1]
        # Numbered lines and totals that Excel works out stand in rows without a student too.
        if not any(i < len(cells) and holds(cells[i]) for i in told):
            continue
        if layout.table is None and found and row - found[-1] > 2 and _begins_another(cells, told, layout.who):
            another = row
            break
        named = filled(cells, layout.who, 2)
        if (row == layout.totals.row and layout.totals.below) or (named < 2 and is_summary(cells, layout.who)):
            summary_row = row if found else None  # above the first student it ends nothing
        elif layout.table is None and named == 1 and is_section(cells, layout.who):
            sections.append(row)
        elif _are_texts(cells, layout.who, headings):
            continue  # headings said again, as on printed pages
        elif summary_row is not None and layout.table is None and named < 2:
            # Summary rows stand at the foot: a single word below them is a legend or a further summary, not a student.
            below_summary += 1
        elif (
            layout.table is None
            and found
            and row - found[-1] > LONGEST_GAP + 1
            and not _says_more(cells, told, layout.who)
        ):
            notes_below.append(row)  # far below the class, a text that nobody's marks stand beside is a note
        elif filled(cells, sure, 1) or not _is_worked_out(sheet, row, marks):
            found.append(row)
    if not found:
        raise NoStudents(
            f"Sheet {sheet.name!r} has headings in row {layout.header_row} but no student below. Enter the students."
        )
    notes = []
    if another:
        notes.append(f"Row {another} begins something else and is not read, nor is what stands below it")
    if notes_below:
        notes.append(f"Taken as a note below the class and not as a student: row {', '.join(map(str, notes_below))}")
    if below_summary:
        rows = "row" if below_summary == 1 else "rows"
        notes.append(f"Row {summary_row} ends the class; {below_summary} {rows} below it not read as students")
    if sections:
        notes.append(f"Taken as titles of groups and not as students: row {', '.join(map(str, sections))}")
    if layout.table and (outside := _below_table(sheet, layout, sure)):
        notes.append(f"Row {outside} stands below the table {layout.table.name!r} and is not read")
    return Rows(students=tuple(found), notes=tuple(notes))


def _texts(cells: Sequence[CellValue], columns: Sequence[int]) -> tuple[str, ...]:
    return tuple(as_text(cells[i]) if i < len(cells) else "" for i in columns)


def _are_texts(cells: Sequence[CellValue], columns: Sequence[int], texts: Sequence[str]) -> bool:
    there = (as_text(cells[i]) if i < len(cells) else "" for i in columns)
    return all(text == wanted for text, wanted in zip(there, texts, strict=True))


def _begins_another(cells: Sequence[CellValue], told: Sequence[int], who: Sequence[int]) -> bool:
    """Whether a row below blank ones is the headings of something else: words alone, one of them where marks would stand."""
    there = [cells[i] for i in told if i < len(cells) and holds(cells[i])]
    beside = [cells[i] for i in told if i not in who and i < len(cells) and holds(cells[i])]
    return bool(beside) and all(kind_of(cell) in (Kind.WORD, Kind.REMARK) for cell in there)


def _says_more(cells: Sequence[CellValue], told: Sequence[int], who: Sequence[int]) -> bool:
    """Whether a row tells more than who stands in it."""
    return filled(cells, [i for i in told if i not in who]) > 0 or filled(cells, who) > 1


def _is_worked_out(sheet: Sheet, row: int, marks: Sequence[int]) -> bool:
    """Whether all marks of a row without a student are formulas: an average or the like that no word names."""
    there = [i for i in marks if holds(sheet.cell(row, i + 1))]
    return len(there) > 0 and all((row, i + 1) in sheet.formulas for i in there)


def _below_table(sheet: Sheet, layout: Layout, sure: Sequence[int]) -> int | None:
    """The row right below the table where somebody stands who is no longer in it."""
    if layout.table is None or layout.table.last_row >= len(sheet.rows):
        return None
    cells = sheet.rows[layout.table.last_row]
    return layout.table.last_row + 1 if filled(cells, sure) and not is_summary(cells, layout.who) else None
