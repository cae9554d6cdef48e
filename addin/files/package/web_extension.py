"""An add-in's own store inside a workbook: the part that Office keeps for it, and the task pane that opens with the workbook.

Office keeps what an add-in has set for a document as properties of a part `xl/webextensions/webextension<n>.xml`, each value as
JSON ([MS-OWEXML]). xlwings Lite keeps `main.py` and `requirements.txt` there: that was read from workbooks that it has written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from addin.errors import UnsupportedWorkbook
from addin.files.package.draft import Draft, companion_of
from addin.files.package.markup import RELATIONSHIP_ID
from addin.files.package.new_part import state_type

_FOLDER = "xl/webextensions"
_PANES_KIND = "http://schemas.microsoft.com/office/2011/relationships/webextensiontaskpanes"
_EXTENSION_KIND = "http://schemas.microsoft.com/office/2011/relationships/webextension"
_PANES_TYPE = "application/vnd.ms-office.webextensiontaskpanes+xml"
_EXTENSION_TYPE = "application/vnd.ms-office.webextension+xml"
_WE = "http://schemas.microsoft.com/office/webextensions/webextension/2010/11"
_WETP = "http://schemas.microsoft.com/office/webextensions/taskpanes/2010/11"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ARROWS = "http://schemas.openxmlformats.org/package/2006/relationships"
_AUTO_SHOW = "Office.AutoShowTaskpaneWithDocument"


@dataclass(frozen=True, kw_only=True)
class StoreAddIn:
    """An add-in of Office's store.

    Args:
        id: Its number there, such as "wa200008175".
        version: The version that is asked for at least.
        name: What messages call it.
    """

    id: str
    version: str
    name: str


def keep_for(draft: Draft, add_in: StoreAddIn, texts: Mapping[str, str], *, mark: str, file_name: str) -> None:
    """Keep texts for an add-in, in place of those that were kept under the same names.

    Args:
        draft: The workbook's parts.
        add_in: The add-in.
        texts: Name -> text.
        mark: What a text that may be replaced holds.
        file_name: What messages call the file.

    Raises:
        UnsupportedWorkbook: The workbook keeps a text there that somebody else has written.
    """
    panes = next(iter(_targets(draft, "", _PANES_KIND)), None)
    if panes is None:
        panes = _free(draft, "taskpanes")
        draft.add(panes, f'<wetp:taskpanes xmlns:wetp="{_WETP}"/>'.encode())
        state_type(draft, panes, _PANES_TYPE)
        _point(draft, "", panes, _PANES_KIND)
    for part in _targets(draft, panes, _EXTENSION_KIND):
        root = draft.root(part)
        references = {each.get("id", "").casefold() for each in root.iter(f"{{{_WE}}}reference")}
        if add_in.id.casefold() in references:
            _replace(root, add_in, texts, mark=mark, file_name=file_name)
            return
    part = _free(draft, "webextension")
    root = draft.add(part, _empty(add_in))
    state_type(draft, part, _EXTENSION_TYPE)
    arrow = _point(draft, panes, part, _EXTENSION_KIND)
    _replace(root, add_in, texts, mark=mark, file_name=file_name)
    pane = etree.SubElement(
        draft.root(panes),
        f"{{{_WETP}}}taskpane",
        {"dockstate": "right", "visibility": "1", "width": "350", "row": str(len(draft.root(panes)))},
    )
    etree.SubElement(pane, f"{{{_WETP}}}webextensionref", {RELATIONSHIP_ID: arrow}, nsmap={"r": _R})


def kept_for(root: etree._Element) -> dict[str, str]:
    """The texts that a part keeps: name -> text, those of other kinds left out.

    Example:
        >>> kept_for(etree.fromstring(f'<we:x xmlns:we="{_WE}"><we:property name="main.py" value="&quot;a\\\\nb&quot;"/></we:x>'))
        {'main.py': 'a\\nb'}
    """
    found = {}
    for each in root.iter(f"{{{_WE}}}property"):
        try:
            value = json.loads(each.get("value", ""))
        except ValueError:
            continue
        if isinstance(value, str):
            found[each.get("name", "")] = value
    return found


def _replace(root: etree._Element, add_in: StoreAddIn, texts: Mapping[str, str], *, mark: str, file_name: str) -> None:
    there = kept_for(root)
    foreign = [name for name in texts if name.endswith(".py") and there.get(name) and mark not in there[name]]
    if foreign:
        raise UnsupportedWorkbook(
            f"{file_name}: it carries code of its own for {add_in.name} ({foreign[0]}), which would be lost. Build from a workbook "
            "without code, or empty that file in the add-in's pane and save."
        )
    properties = root.find(f"{{{_WE}}}properties")
    if properties is None:
        raise UnsupportedWorkbook(
            f"{file_name}: what it keeps for {add_in.name} cannot be read. Save it in Excel first."
        )
    by_name = {each.get("name", ""): each for each in properties}
    for name, text in texts.items():
        entry = by_name.get(name)
        if entry is None:
            entry = etree.SubElement(properties, f"{{{_WE}}}property", {"name": name})
        entry.set("value", json.dumps(text, ensure_ascii=False))
    if _AUTO_SHOW not in by_name:
        etree.SubElement(properties, f"{{{_WE}}}property", {"name": _AUTO_SHOW, "value": "true"})


def _empty(add_in: StoreAddIn) -> bytes:
    # The number that tells one instance from another: the same in every workbook, so that the same input gives the same bytes.
    instance = str(uuid5(NAMESPACE_URL, f"maths-clinic/{add_in.id}")).upper()
    return (
        f'<we:webextension xmlns:we="{_WE}" id="{{{instance}}}">'
        f'<we:reference id="{add_in.id}" version="{add_in.version}" store="en-US" storeType="OMEX"/>'
        f'<we:alternateReferences><we:reference id="{add_in.id}" version="{add_in.version}" store="{add_in.id.upper()}" '
        'storeType="OMEX"/></we:alternateReferences><we:properties/><we:bindings/>'
        f'<we:snapshot xmlns:r="{_R}"/></we:webextension>'
    ).encode()


def _targets(draft: Draft, part: str, kind: str) -> tuple[str, ...]:
    return draft.package.related(part, kind.rsplit("/", 1)[-1])


def _point(draft: Draft, part: str, target: str, kind: str) -> str:
    """Let a part, or "" the file itself, point at a new one; answers under which name."""
    companion = companion_of(part)
    if draft.package.member(companion) is None and companion not in draft.names():
        draft.add(companion, f'<Relationships xmlns="{_ARROWS}"/>'.encode())
    arrows = draft.root(companion)
    taken = {each.get("Id", "").casefold() for each in arrows}
    number = next(n for n in range(1, len(taken) + 2) if f"rid{n}" not in taken)
    etree.SubElement(arrows, f"{{{_ARROWS}}}Relationship", {"Id": f"rId{number}", "Type": kind, "Target": f"/{target}"})
    return f"rId{number}"


def _free(draft: Draft, stem: str) -> str:
    pattern = re.compile(rf"{_FOLDER}/{stem}(\d*)\.xml", re.IGNORECASE)
    numbers = [int(found[1] or 1) for found in map(pattern.fullmatch, draft.names()) if found]
    if stem == "taskpanes" and not numbers:
        return f"{_FOLDER}/taskpanes.xml"
    return f"{_FOLDER}/{stem}{max(numbers, default=0) + 1}.xml"
