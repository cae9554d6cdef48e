"""A part that the workbook gets: the two places that must know of it, the relationships and the content types."""

from __future__ import annotations

from lxml import etree

from addin.files.package.draft import Draft, companion_of

CONTENT_TYPES = "[Content_Types].xml"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_ARROWS = "http://schemas.openxmlformats.org/package/2006/relationships"


def point_at(draft: Draft, part: str, kind: str) -> str:
    """Make a new "worksheet" or "styles" part known to the file; answers what the workbook calls it, such as "rId3"."""
    arrows = draft.root(companion_of(draft.package.workbook_part))
    taken = {entry.get("Id", "").casefold() for entry in arrows}
    number = 1
    while f"rid{number}" in taken:
        number += 1
    # A target that begins with a slash is counted from the root of the file, wherever the workbook's part is kept.
    arrow = {"Id": f"rId{number}", "Type": f"{_KIND}{kind}", "Target": f"/{part}"}
    etree.SubElement(arrows, f"{{{_ARROWS}}}Relationship", arrow)
    state_type(draft, part, f"{_CONTENT}{kind}+xml")
    return arrow["Id"]


def state_type(draft: Draft, part: str, content_type: str) -> None:
    """State what a new part holds."""
    types = draft.root(CONTENT_TYPES)
    # A type may be left over from a part of that name that somebody took out.
    left_over = (each for each in types if each.get("PartName", "").casefold() == f"/{part}".casefold())
    entry = next(left_over, None)
    if entry is None:
        entry = etree.SubElement(types, f"{{{_TYPES}}}Override", {"PartName": f"/{part}"})
    entry.set("ContentType", content_type)
