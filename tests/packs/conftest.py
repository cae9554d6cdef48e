"""A class with a plan, its packs with pages for home, and one browser."""

from __future__ import annotations

from tests.report.conftest import chromium, full_book, page_file

__all__ = ["chromium", "full_book", "page_file"]
