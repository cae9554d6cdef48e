"""What the theme's pages leave out for those who read with a keyboard or by ear; styles cannot add it, so the pages are mended."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup, Tag


def mend(site: Path) -> None:
    """Mend every page of a made site."""
    for path in sorted(site.rglob("*.html")):
        path.write_text(mended(path.read_text(encoding="utf-8")), encoding="utf-8")


def mended(page: str) -> str:
    """A page with a level for each heading of the list of pages, names for what stands beside the text, and with all that can be
    scrolled reached by Tab.

    Example:
        >>> mended('<p class="caption" role="heading">Guides</p><aside class="toc-drawer"></aside>')
        '<p aria-level="2" class="caption" role="heading">Guides</p><aside aria-label="On this page" class="toc-drawer"></aside>'
        >>> mended('<pre>markbook</pre>')
        '<pre tabindex="0">markbook</pre>'
    """
    soup = BeautifulSoup(page, "html.parser")
    for caption in soup.select("p.caption[role=heading]"):
        caption["aria-level"] = "2"
    for chosen, name in (("aside.sidebar-drawer", "All pages"), ("aside.toc-drawer", "On this page")):
        for aside in soup.select(chosen):
            aside["aria-label"] = name
    for scrolled in soup.select("pre, div.table-wrapper"):
        scrolled["tabindex"] = "0"
    for heading in soup.select("th"):
        if not heading.get_text(strip=True):
            heading.name = "td"  # a corner of a table heads nothing
    article = soup.select_one("article")
    if isinstance(article, Tag) and soup.find("h1") is None and soup.title is not None:
        heading = soup.new_tag("h1")
        heading.string = soup.title.get_text().partition(" - ")[0]
        article.insert(0, heading)
    return str(soup)
