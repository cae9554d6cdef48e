"""Make the site of the documents: `make site`.

    python -m docs.website.build [FOLDER]

Pages, pictures and the reference are gathered in a folder of their own and set by Sphinx; a link or an anchor that leads nowhere
stops it. Links to other sites are listed in external-links.txt beside the pages, and nobody calls them. Nothing is fetched.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from importlib import metadata
from pathlib import Path

from sphinx.cmd.build import build_main

from docs.website.gather import SITE, gather, write_start
from docs.website.mend import mend
from docs.website.reference import write_reference

EXTERNAL, LICENCES = "external-links.txt", "licences.txt"
BUNDLED = ("Sphinx", "furo", "sphinx-basic-ng", "accessible-pygments", "Pygments")
"""The distributions whose scripts and styles go into the site."""

_LINK = re.compile(r'<a [^>]*href="(https?://[^"]+)"')


def main(site: Path = SITE) -> int:
    """Make the site.

    Args:
        site: The folder; what it held is replaced.

    Returns:
        0, or what Sphinx answers where a link or an anchor leads nowhere.
    """
    with tempfile.TemporaryDirectory() as name:
        source, workshop = Path(name, "source"), Path(name, "workshop")
        source.mkdir()
        workshop.mkdir()
        pages = gather(source)
        pages += write_reference(source, workshop)
        write_start(source, pages)
        shutil.copy(Path(__file__).with_name("conf.py"), source)
        shutil.rmtree(site, ignore_errors=True)
        failed = build_main(
            ["-q", "-W", "--keep-going", "-n", "-b", "html", "-d", str(Path(name, "kept")), str(source), str(site)]
        )
        if failed:
            return failed
    mend(site)
    links = {link for page in site.rglob("*.html") for link in _LINK.findall(page.read_text(encoding="utf-8"))}
    (site / EXTERNAL).write_text("".join(f"{link}\n" for link in sorted(links)), encoding="utf-8")
    (site / LICENCES).write_text(licences(), encoding="utf-8")
    sys.stdout.write(
        f"Written to {site}: {len(list(site.rglob('*.html')))} pages. {len(links)} links to other sites are in {EXTERNAL}.\n"
    )
    return 0


def licences() -> str:
    """The licences of what the site carries of others, as their distributions have them."""
    texts = []
    for name in BUNDLED:
        there = [file for file in metadata.files(name) or () if re.search(r"licen[cs]e", file.name, re.IGNORECASE)]
        if not there:
            raise SystemExit(f"{name}: its licence is not in the distribution. It has to go along with the site.")
        texts += [f"{name} {metadata.version(name)}\n\n{file.read_text(encoding='utf-8').strip()}\n" for file in there]
    return f"\n{'-' * 70}\n\n".join(texts)


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
