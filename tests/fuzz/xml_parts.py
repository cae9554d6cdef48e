"""The XML in a workbook: elements and attributes dropped, doubled, renamed, retargeted, of other types and namespaces."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy

from lxml import etree

from tests.files.package.books import with_prefix
from tests.fuzz.campaign import Kind
from tests.fuzz.choices import Choices
from tests.fuzz.seeds import of_other_programs
from tests.fuzz.whole_file import on_real_books
from tests.fuzz.zips import Members, members_of, zipped

Element = etree._Element
VALUES = (
    "", "0", "1", "-1", "true", "abc", "NaN", "1e400", "99999999999999999999", "4294967296", "1.5", "A1", "XFE1", "A1048577",
    "A0", "$A$1",
    "A1:B2", "B2:A1", "A:A", "1:1", "#REF!", "Sheet1!A1", "../../../etc/passwd", "http://example.org/x", "/xl/workbook.xml",
    "xl\\workbook.xml",
    "#A1", "rId1", "rId99", " ", "9" * 400, "word " * 2_000, "General", "[h]:mm;@", "é\u200b🧮", "s", "n", "d", "e", "b",
    "str", "inlineStr",
    "veryHidden", "External", "_x0041_", "\t", "%41", "00", "+1", "1_0", "٣",
)  # fmt: skip
_NAMESPACES = (
    "", "urn:x", "http://purl.oclc.org/ooxml/spreadsheetml/main", "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
)  # fmt: skip
_WEIGHTS = (
    ("xl/worksheets/sheet", 8), ("xl/workbook.xml", 4), ("xl/_rels/workbook", 4), ("xl/styles", 3), ("xl/sharedStrings", 3),
    ("xl/tables/", 4),
    ("xl/worksheets/_rels", 3), ("[Content_Types]", 3), ("_rels/.rels", 2), ("xl/drawings", 2), ("xl/comments", 2),
)  # fmt: skip


def chosen_part(choices: Choices, members: Members) -> int | None:
    """The place of an XML part, those that matter more often."""
    weighted = [
        place
        for place, (name, _) in enumerate(members)
        if name.endswith((".xml", ".rels", ".vml"))
        for _ in range(next((weight for start, weight in _WEIGHTS if name.startswith(start)), 1))
    ]
    return choices.choice(weighted) if weighted else None


def mutated(choices: Choices, content: bytes) -> bytes:
    """A workbook of which one or two parts say something else."""
    members = members_of(content)
    for _ in range(1 + choices.randrange(2)):
        place = chosen_part(choices, members or [])
        if members is None or place is None:
            return content
        name, data = members[place]
        members[place] = (name, _spelled(choices, data) if choices.once_in(6) else changed(choices, data, _MUTATIONS))
    return zipped(members) if members else content


def changed(choices: Choices, data: bytes, mutations: Sequence[Callable[[Choices, Element], None]]) -> bytes:
    """A part with one to four elements changed."""
    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError:
        return data
    for _ in range(1 + choices.randrange(4)):
        elements = list(root.iter(etree.Element))
        try:
            choices.choice(mutations)(choices, choices.choice(elements))
        except (ValueError, TypeError):
            continue  # nothing that XML can say
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _dropped(choices: Choices, element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _doubled(choices: Choices, element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.insert(choices.randrange(len(parent) + 1), deepcopy(element))


def _emptied(choices: Choices, element: Element) -> None:
    for child in list(element):
        element.remove(child)
    element.text = choices.choice((None, *VALUES))


def _renamed(choices: Choices, element: Element) -> None:
    name = etree.QName(element)
    other = choices.choice(
        ("x", name.localname.upper(), name.localname + "s", "row", "c", "v", "f", "sheet", "extLst", "AlternateContent")
    )
    space = choices.choice((name.namespace or "", name.namespace or "", *_NAMESPACES))
    element.tag = f"{{{space}}}{other}" if space else other


def _other_space(choices: Choices, element: Element) -> None:
    space = choices.choice(_NAMESPACES)
    for one in element.iter(etree.Element) if choices.once_in(2) else [element]:
        one.tag = f"{{{space}}}{etree.QName(one).localname}" if space else etree.QName(one).localname


def _another_value(choices: Choices, element: Element) -> None:
    if element.attrib:
        name = choices.choice(sorted(element.attrib))
        element.set(name, choices.choice(VALUES))
    else:
        element.text = choices.choice(VALUES)


def _another_text(choices: Choices, element: Element) -> None:
    element.text = choices.choice(VALUES)


def _attribute_dropped(choices: Choices, element: Element) -> None:
    if element.attrib:
        del element.attrib[choices.choice(sorted(element.attrib))]


def _attribute_renamed(choices: Choices, element: Element) -> None:
    if element.attrib:
        name = choices.choice(sorted(element.attrib))
        value = element.attrib.pop(name)
        element.set(choices.choice((f"{name}x", name.upper(), f"{{urn:x}}{etree.QName(name).localname}")), value)


def _attribute_added(choices: Choices, element: Element) -> None:
    element.set(
        choices.choice(
            ("r", "t", "s", "ref", "count", "hidden", "spans", "si", "min", "max", "sheetId", "Target", "id", "name")
        ),
        choices.choice(VALUES),
    )


def _moved(choices: Choices, element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        above = parent.getparent()
        (parent if above is None or choices.once_in(2) else above).insert(0, element)


def _comment(choices: Choices, element: Element) -> None:
    element.insert(0, choices.choice((etree.Comment("<row>"), etree.ProcessingInstruction("mso", "x"))))


def _swapped(choices: Choices, element: Element) -> None:
    parent = element.getparent()
    if parent is not None and len(parent) > 1:
        parent.insert(choices.randrange(len(parent)), element)


_MUTATIONS = (
    _another_value, _another_value, _another_value, _dropped, _dropped, _doubled, _emptied, _renamed, _other_space, _another_text,
    _attribute_dropped, _attribute_dropped, _attribute_renamed, _attribute_added, _moved, _comment, _swapped,
)  # fmt: skip


def _spelled(choices: Choices, data: bytes) -> bytes:
    """The part in another spelling: encodings, a document type, comments, prefixes, cut off."""
    text = data.decode("utf-8", "replace")
    head, end, body = text.partition("?>") if text.startswith("<?xml") else ("", "", text)
    match choices.randrange(12):
        case 0:
            return with_prefix(text).encode()
        case 1:
            return body.encode("utf-16")
        case 2:
            return b'<?xml version="1.0" encoding="ISO-8859-1"?>' + body.encode("latin-1", "replace")
        case 3:
            return f"{head}{end}<!DOCTYPE x [<!ENTITY a 'b'>]>{body}".encode()
        case 4:
            return f"{head}{end}<!-- {'x' * choices.randrange(9000)} -->{body}".encode()
        case 5:
            return data[: choices.randrange(len(data) + 1)]
        case 6:
            return body.replace("<v>", "<v><![CDATA[").replace("</v>", "]]></v>").encode()
        case 7:
            return b"\xef\xbb\xbf" + data
        case 8:
            return text.replace(" ", "\n", choices.randrange(60)).encode()
        case 9:
            return b'<?xml version="1.1" encoding="x-none"?>' + body.encode()
        case 10:
            return text.replace('"', "'").encode()
        case _:
            at = choices.randrange(len(data) + 1)
            return (
                data[:at]
                + choices.choice((b"&#0;", b"&nosuch;", b"<", b"\0", b"]]>", b"\xff", b"&#xD800;"))
                + data[at:]
            )


KIND = Kind(
    name="xml",
    about="elements and attributes of real workbooks: dropped, doubled, renamed, retargeted",
    share=14,
    begin=on_real_books(mutated),
    ready=of_other_programs,
)
