"""A class with a plan."""

from __future__ import annotations

from tests.report.conftest import full_book, page_file

__all__ = ["full_book", "page_file"]
