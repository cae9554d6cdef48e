"""Make the picture of the task pane: the demo class beside the in-memory Excel, in Chromium, as wide as Excel shows a pane.

python docs/pane_picture.py        (needs the extras `server` and `dev`, and chromium)
"""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image

from model.vocabulary import Flag
from templates.build import class_workbook
from tests.browser import browser
from tests.excel.pane_browser import open_pane
from tests.excel.server_books import stand_in_workbook
from tests.excel.server_process import live_server

HERE = Path(__file__).parent


def main() -> None:
    """Write docs/task_pane.png."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        class_workbook(folder / "class.xlsx", students=30, seed=7)
        workbook = stand_in_workbook(folder / "class.xlsx")
        with (
            live_server(folder) as live,
            browser() as chromium,
            open_pane(chromium, live, workbook, height=1100, device_scale_factor=2) as pane,
        ):
            pane.press("Score class")
            pane.page.keyboard.press("Escape")
            pane.page.locator(f'.count[data-flag="{Flag.WATCH}"]').click()
            student = pane.expand(pane.names()[0])
            student.get_by_role("textbox").fill("Tuesday lunch, with a friend")
            student.get_by_role("button", name="Accept").click()
            pane.settled()
            pane.page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
            pane.page.mouse.move(0, 0)
            picture = Image.open(BytesIO(pane.page.screenshot())).convert("RGB")
        picture.quantize(64).save(HERE / "task_pane.png", optimize=True)


if __name__ == "__main__":
    main()
