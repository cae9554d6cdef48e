"""The XML of a workbook's parts: parsed without outside help, written back, with elements where the schema wants them.

lxml keeps namespace prefixes as they were, which `mc:Ignorable` relies on; the standard library would rename them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MAIN_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
RELATIONSHIP_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def main(name: str) -> str:
    """The full tag of an element of SpreadsheetML.

    Example:
        >>> main("row")
        '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}row'
    """
    return f"{{{MAIN}}}{name}"


def parse(data: bytes) -> etree._Element:
    """The root element of a part, or lxml.etree.XMLSyntaxError; entities stay unresolved and nothing is fetched.


    Example:
        >>> parse(b'<a b="1"/>').get("b")
        '1'
    """
    # huge_tree lifts libxml2's limits on text and depth: the guard has already bounded the size of every part
    # and refused documents that declare entities, which is what those limits are for.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    return etree.fromstring(data, parser)


def streamed(stream: IO[bytes], forgotten: str, *others: str) -> Iterator[etree._Element]:
    """The elements of these tags one by one as they end; each `forgotten` one is let go before the next: memory stays flat."""
    for _, element in etree.iterparse(
        stream, events=("end",), tag=(forgotten, *others), resolve_entities=False, no_network=True, huge_tree=True
    ):
        yield element
        if element.tag == forgotten:
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]


def serialise(root: etree._Element) -> bytes:
    """A part as bytes, with the declaration that Excel writes. The same tree always gives the same bytes.

    Example:
        >>> serialise(parse(b"<a><b/></a>"))
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\\n<a><b/></a>'
    """
    body: bytes = etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=False)
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + body


def child(parent: etree._Element, name: str) -> etree._Element | None:
    """The first child of that SpreadsheetML name, None without one."""
    return parent.find(main(name))


def child_or_new(parent: etree._Element, name: str, order: Sequence[str]) -> etree._Element:
    """The first child of that name, put in as `insert_in_order` does where there is none."""
    found = child(parent, name)
    return insert_in_order(parent, name, order) if found is None else found


def required(element: etree._Element, attribute: str) -> str:
    """An attribute that the schema demands; KeyError where the part is damaged and lacks it."""
    value = element.get(attribute)
    if value is None:
        raise KeyError(f"{etree.QName(element).localname} has no attribute {attribute}")
    return value


def insert_in_order(parent: etree._Element, name: str, order: Sequence[str]) -> etree._Element:
    """A new child where the schema wants it, behind the last child that comes before it or is of its kind.

    Excel repairs, and so alters, a file whose elements are out of `order`: the local names of the parent's children. Others are
    passed over.

    Example:
        >>> sheet = parse(f'<worksheet xmlns="{MAIN}"><sheetData/><pageMargins/></worksheet>'.encode())
        >>> _ = insert_in_order(sheet, "cols", ["cols", "sheetData", "pageMargins"])
        >>> [etree.QName(part).localname for part in sheet]
        ['cols', 'sheetData', 'pageMargins']
    """
    places = {main(known): place for place, known in enumerate(order)}
    own = places[main(name)]
    at = 0
    for index, sibling in enumerate(parent):
        if places.get(str(sibling.tag), len(order)) <= own:
            at = index + 1
    new = etree.SubElement(parent, main(name))  # made in place, so that it takes over the parent's prefix
    parent.insert(at, new)
    return new
