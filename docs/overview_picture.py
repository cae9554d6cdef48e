"""Make the README's picture of the overview: score a department of invented classes, and let LibreOffice draw two of its sheets.

python docs/overview_picture.py        (needs LibreOffice and poppler-utils)
"""

from __future__ import annotations

import subprocess
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

from PIL import Image, ImageChops

from addin.batch.files import OVERVIEW_NAME
from addin.batch.run import run_batch
from model.training.cohorts import sample_class
from templates import layout
from templates.build import SAMPLE_SETUP, build_markbook
from templates.example import invent_example
from templates.roster import invent_roster

HERE = Path(__file__).parent
DAY = date(2026, 3, 27)
CLASSES = (
    ("10x/Ma1", "T. Example", 28),
    ("10x/Ma2", "U. Example", 30),
    ("10x/Ma3", "V. Example", 27),
    ("10y/Ma1", "T. Example", 31),
    ("10y/Ma2", "W. Example", 22),
    ("10y/Ma4", "X. Example", 8),
)
"""Class, teacher, students."""


def main() -> None:
    """Write docs/overview.png."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        for number, (class_name, teacher, size) in enumerate(CLASSES):
            _class(folder / "in" / f"{class_name.replace('/', '-')}.xlsx", class_name, teacher, size, number)
        run_batch(folder / "in", folder / "out", today=DAY)
        subprocess.run(
            ["soffice", "--headless", "--convert-to", "pdf", "--outdir", name, str(folder / "out" / OVERVIEW_NAME)],
            check=True,
            capture_output=True,
        )
        pdf = folder / OVERVIEW_NAME.replace(".xlsx", ".pdf")
        subprocess.run(["pdftoppm", "-r", "170", "-png", str(pdf), str(folder / "page")], check=True)
        pages = sorted(folder.glob("page*.png"))
        classes, topics = _cropped(pages[0]), _cropped(pages[2])
        width = max(classes.width, topics.width)
        picture = Image.new("RGB", (width, classes.height + topics.height + 60), "white")
        picture.paste(classes, (0, 0))
        picture.paste(topics, (0, classes.height + 60))
        picture.thumbnail((1800, 1800))
        picture.quantize(96).save(HERE / "overview.png", optimize=True)


def _class(path: Path, class_name: str, teacher: str, size: int, number: int) -> None:
    """One invented class; two of the first class go to the second for a lesson too."""
    seed = 40 + number
    cohort = sample_class(students=size, seed=seed, half_term=4, assessments=layout.assessments())
    roster = [
        replace(student, student_id=f"ZQ{number}{place:03}")
        for place, student in enumerate(invent_roster(students=size, seed=seed))
    ]
    if number == 1:
        roster[:2] = [
            replace(student, student_id=f"ZQ0{place:03}")
            for place, student in enumerate(invent_roster(students=CLASSES[0][2], seed=40)[:2])
        ]
    setup = replace(SAMPLE_SETUP, class_name=class_name, teacher=teacher)
    build_markbook(path, roster=roster, cohort=cohort, setup=setup, example=invent_example(roster, cohort, seed=seed))


def _cropped(page: Path) -> Image.Image:
    image = Image.open(page).convert("RGB")
    return image.crop(ImageChops.difference(image, Image.new("RGB", image.size, "white")).getbbox())


if __name__ == "__main__":
    main()
