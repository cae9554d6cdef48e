"""How the templates of web pages are filled: every value is escaped, and one that is not there is an error."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined


def pages() -> Environment:
    """An environment for the HTML templates of this package; a caller adds filters of its own.

    Example:
        >>> pages().from_string("<p>{{ name }}</p>").render(name="Ova & Tul")
        '<p>Ova &amp; Tul</p>'
    """
    return Environment(
        loader=PackageLoader("templates", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
