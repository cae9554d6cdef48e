"""Make the picture of the sheet of buttons: a workbook that carries the program, drawn by LibreOffice.

python docs/lite_picture.py        (needs LibreOffice and poppler-utils)
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from PIL import Image, ImageChops

from addin.excel.lite.build import build
from tests.support import class_file

HERE = Path(__file__).parent


def main() -> None:
    """Write docs/lite_buttons.png."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build(folder / "lite.xlsx", source=class_file(folder / "class.xlsx"))
        subprocess.run(
            ["soffice", "--headless", "--convert-to", "pdf", "--outdir", name, str(folder / "lite.xlsx")],
            check=True,
            capture_output=True,
        )
        subprocess.run(["pdftoppm", "-r", "120", "-png", str(folder / "lite.pdf"), str(folder / "page")], check=True)
        page = Image.open(sorted(folder.glob("page*.png"))[-1]).convert("RGB")
        box = ImageChops.difference(page, Image.new("RGB", page.size, "white")).getbbox()
        assert box is not None
        page.crop((box[0] - 12, box[1] - 12, box[2] + 12, box[3] + 12)).quantize(64).save(
            HERE / "lite_buttons.png", optimize=True
        )


if __name__ == "__main__":
    main()
