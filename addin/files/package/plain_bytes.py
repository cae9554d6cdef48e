"""XML in the spelling of nearly every program that writes workbooks, so that searches in its bytes find what a parser would.

That is: UTF-8, the main namespace without a prefix, and no comments, sections or instructions. Whatever is spelled otherwise
goes to the parser, which is slower and sees everything.
"""

from __future__ import annotations

import re

from addin.files.package.markup import MAIN

_DECLARATION = re.compile(rb"""<\?xml version=["']1\.0["'](?: encoding=["']([A-Za-z0-9-]+)["'])?[^>?]*\?>""")
_NAMESPACE = re.compile(rb"""\sxmlns=["']([^"']*)["']""")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Unusual(Exception):
    """The bytes are spelled in a way that only a parser understands; never leaves `addin.files.package`."""


def is_plain(data: bytes, root: bytes, head: bytes) -> bool:
    """Whether a part can be searched instead of parsed.

    Args:
        data: The part, or as much of it as is to be searched.
        root: How its root element begins, such as b"<sst".
        head: The part from its first byte to somewhere behind the start of its root element.

    Example:
        >>> sheet = f'<?xml version="1.0" encoding="UTF-8"?><sst xmlns="{MAIN}"><si/></sst>'.encode()
        >>> is_plain(sheet, b"<sst", sheet), is_plain(b"<x:sst/>", b"<sst", b"<x:sst/>")
        (True, False)
    """
    rest = head.removeprefix(_BYTE_ORDER_MARK).lstrip()
    declaration = _DECLARATION.match(rest)
    if declaration is not None:
        if (declaration[1] or b"utf-8").lower() not in (b"utf-8", b"us-ascii"):
            return False
        rest = rest[declaration.end() :].lstrip()
    end = rest.find(b">")
    if not rest.startswith(root) or end < 0 or b"<!" in data or data.count(b"<?") > 1:
        return False
    namespace = _NAMESPACE.search(rest, 0, end)
    return namespace is not None and namespace[1] == MAIN.encode()
