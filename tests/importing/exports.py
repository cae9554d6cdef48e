"""What other programs export, into a markbook of four students: the eight of the shared data, and variants by generator.

python -m tests.importing.exports        a line for each: students, new columns and marks, and whether that is right
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl

from addin.files.imported import import_file
from tests.public_data import data_folder
from tests.support import write_workbook

PEOPLE = (("Ova", "Zarrin", "S0"), ("Tul", "Beska", "S1"), ("Pim", "Dorro", "S2"), ("Kel", "Vasti", "S3"))
FRACTIONS, ANGLES = (10, 11, 12, 13), (20, 21, 22, 23)
BOOK = (
    ("Name", "Student ID", "Target", "Ratio (20)"),
    *((f"{f} {s}", code, 5, 10 + i) for i, (f, s, code) in enumerate(PEOPLE)),
)


@dataclass(frozen=True, kw_only=True)
class Case:
    """An export, and what must stand in the book afterwards.

    Args:
        name: What is special about it.
        content: The file.
        columns: Heading of a new column -> its four cells.
        ending: Of the file's name.
    """

    name: str
    content: bytes
    columns: dict[str, tuple[object, ...]]
    ending: str = ".csv"


TWO = {"Fractions (20)": FRACTIONS, "Angles (30)": ANGLES}
SHARED: dict[str, dict[str, tuple[object, ...]]] = {
    "canvas": {"Fractions quiz (20)": FRACTIONS, "Angles test (30)": ANGLES},
    "classroom": TWO,
    "moodle": {"Fractions": FRACTIONS, "Angles": (None, 21, 22, 23)},
    "blackboard": TWO,
    "sakai": TWO,
    "german": {"Brüche (20)": (10.5, 11.5, 12.5, 13.5), "Winkel (30)": (20.5, 21.5, 22.5, 23.5)},
    "forms": {"Quiz forms (10)": (5, 6, 7, 8)},
    "sims": {"KS2 Maths SS": (100, 101, 102, 103), "% Attend": (93.5,) * 4},
}


def text(*rows: tuple[object, ...], separator: str = ",") -> str:
    """Rows as CSV."""
    return "".join(separator.join(f'"{c}"' if separator in str(c) else str(c) for c in row) + "\n" for row in rows)


def cases() -> Iterator[Case]:
    """The shared exports where they are there, then the variants."""
    folder = data_folder("exports")
    for name, columns in SHARED.items() if folder is not None else ():
        assert folder is not None
        yield Case(name=name, content=(folder / f"{name}.csv").read_bytes(), columns=columns)
    yield from variants()


def variants() -> Iterator[Case]:
    """Orders of names, kinds of IDs, rows that are no students, encodings, separators and ways to write numbers."""
    tests = ("Fractions (20)", "Angles (30)")
    marks = list(zip(FRACTIONS, ANGLES, strict=True))

    def made(
        name: str,
        *rows: tuple[object, ...],
        columns: dict[str, tuple[object, ...]] | None = None,
        separator: str = ",",
        encoding: str = "utf-8",
    ) -> Case:
        return Case(name=name, content=text(*rows, separator=separator).encode(encoding), columns=columns or TWO)

    whole = [("Name", *tests), *((f"{f} {s}", *marks[i]) for i, (f, s, _) in enumerate(PEOPLE))]
    with_id = [("Student ID", *tests), *((code, *marks[i]) for i, (_, _, code) in enumerate(PEOPLE))]
    yield made("names as they stand", *whole)
    yield made("surname first", ("Name", *tests), *((f"{s} {f}", *marks[i]) for i, (f, s, _) in enumerate(PEOPLE)))
    yield made("surname, forename", ("Name", *tests), *((f"{s}, {f}", *marks[i]) for i, (f, s, _) in enumerate(PEOPLE)))
    yield made(
        "capitals", ("Student", *tests), *((f"{s.upper()} {f}", *marks[i]) for i, (f, s, _) in enumerate(PEOPLE))
    )
    yield made(
        "two columns", ("Surname", "Forename", *tests), *((s, f, *marks[i]) for i, (f, s, _) in enumerate(PEOPLE))
    )
    yield made("in another order", whole[0], *reversed(whole[1:]))
    yield made("by ID alone", *with_id)
    yield made("IDs in small letters", with_id[0], *((str(c).lower(), *rest) for c, *rest in with_id[1:]))
    yield made("IDs behind an apostrophe", with_id[0], *((f"'{c}", *rest) for c, *rest in with_id[1:]))
    yield made("signs that nobody sees", whole[0], *((f"\u200b{n}\u200e", *rest) for n, *rest in whole[1:]))
    yield made(
        "IDs of another system", ("ID", "Name", *tests),
        *((9001 + i, f"{f} {s}", *marks[i]) for i, (f, s, _) in enumerate(PEOPLE)),
    )  # fmt: skip
    bare = [("Name", "Fractions", "Angles"), *whole[1:]]
    yield made("points below the headings", bare[0], ("Points", 20, 30), *bare[1:])
    yield made("points possible", bare[0], ("Points Possible", 20, 30), *bare[1:])
    yield made("maximum at the foot", *bare, ("Maximum", 20, 30))
    yield made("dates and points", bare[0], ("Date", "2026-01-10", "2026-02-10"), ("Points", 20, 30), *bare[1:])
    yield made("average at the foot", *whole, ("Class average", 11.5, 21.5))
    yield made("a note at the foot", *whole, ("Total pupils: 4", "", ""))
    yield made("printed at the foot", *whole, ("Printed 02/03/2026", "", ""))
    yield made("the headings again", *whole[:3], whole[0], *whole[3:])
    yield made("the platform's own student", *whole, ("Student, Test", "", ""))
    yield made("semicolons, cp1252", *whole, separator=";", encoding="cp1252")
    yield made("tabs, UTF-16", *whole, separator="\t", encoding="utf-16")
    yield made(
        "decimal commas", whole[0], *((n, f"{a},5", f"{b},0") for n, a, b in whole[1:]), separator=";",
        columns={"Fractions (20)": (10.5, 11.5, 12.5, 13.5), "Angles (30)": ANGLES},
    )  # fmt: skip
    yield made("fractions", ("Name", "Fractions", "Angles"), *((n, f"{a}/20", f"{b} / 30") for n, a, b in whole[1:]))
    yield made(
        "what cannot be read", whole[0], ("Ova Zarrin", "see me", 20), *whole[2:],
        columns={"Fractions (20)": (None, 11, 12, 13), "Angles (30)": ANGLES},
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = write_workbook(Path(folder) / "e.xlsx", {"Export": whole})
        yield Case(name="a workbook", content=path.read_bytes(), columns=TWO, ending=".xlsx")


def wrong(case: Case, folder: Path) -> str:
    """What is not as it should be after the import of a case; "" where all is right."""
    into = write_workbook(folder / "markbook.xlsx", {"9X1": BOOK})
    export = folder / f"{case.name if case.name in SHARED else 'export'}{case.ending}"
    export.write_bytes(case.content)
    before = into.read_bytes()
    done = import_file(export, into=into, output=folder / "result.xlsx", add_columns=lambda offered: True)
    page = openpyxl.load_workbook(done.output).active
    assert page is not None
    rows = list(page.iter_rows(values_only=True))
    if into.read_bytes() != before:
        return "the markbook was touched"
    if [tuple(row[:4]) for row in rows] != [tuple(row) for row in BOOK]:
        return f"what stood there: {rows}"
    found = {str(rows[0][j]): tuple(row[j] for row in rows[1:]) for j in range(4, len(rows[0]))}
    return "" if found == case.columns else f"new columns {found}"


def main() -> int:
    """Print them; 1 where one is wrong."""
    bad = 0
    for case in cases():
        with tempfile.TemporaryDirectory() as folder:
            what = wrong(case, Path(folder))
        bad += bool(what)
        sys.stdout.write(f"{'wrong' if what else 'right':6} {case.name:32} {what or ', '.join(case.columns)}\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
