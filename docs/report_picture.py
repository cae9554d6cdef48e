"""Make the picture of the class list: the demo class, scored and its clinics planned, as a screen of 1366 by 768 shows it at 75 %.

python docs/report_picture.py        (needs the extra `dev`, and chromium)
"""

from __future__ import annotations

import tempfile
from datetime import date
from io import BytesIO
from pathlib import Path

from PIL import Image

from addin.files.package.read import read_book
from addin.files.planned import plan_file
from addin.report.compose import class_lists
from addin.report.page import list_page
from templates.build import class_workbook
from tests.browser import browser

HERE = Path(__file__).parent
DAY = date(2026, 3, 2)
ZOOM = 0.75


def main() -> None:
    """Write docs/report.png."""
    with tempfile.TemporaryDirectory() as name, browser() as chromium:
        folder = Path(name)
        class_workbook(folder / "class.xlsx", students=32, seed=7)
        book = read_book(plan_file(folder / "class.xlsx", today=DAY).output)
        page = folder / "page.html"
        page.write_text(list_page(class_lists(book, today=DAY).classes), encoding="utf-8")
        screen = {"width": round(1366 / ZOOM), "height": round(768 / ZOOM)}
        shown = chromium.new_page(viewport=screen, device_scale_factor=ZOOM * 1.4)
        shown.goto(page.as_uri())
        height = shown.evaluate("() => document.querySelector('main').getBoundingClientRect().height")
        clip = {"x": 0, "y": 0, "width": screen["width"], "height": height}
        picture = Image.open(BytesIO(shown.screenshot(clip=clip))).convert("RGB")
        picture.quantize(64).save(HERE / "report.png", optimize=True)


if __name__ == "__main__":
    main()
