"""The ribbon's XML (customUI): the tab with its groups and buttons."""

from __future__ import annotations

from lxml import etree

from addin.excel.buttons import GROUPS, TAB, Button
from addin.excel.desktop.callbacks import MODULE

# The namespace of Office 2007, which every later Excel reads and which the add-in's own relationship names.
NAMESPACE = "http://schemas.microsoft.com/office/2006/01/customui"


def ribbon_xml(*, functions: bool = True) -> bytes:
    """The customUI part of the add-in.

    Args:
        functions: Whether the add-in has the functions; without them, buttons that write formulas are left out.

    Example:
        >>> b'onAction="MathsClinic.ScoreClass"' in ribbon_xml()
        True
    """
    root = etree.XML(f'<customUI xmlns="{NAMESPACE}"/>')
    tabs = _inside(_inside(root, "ribbon"), "tabs")
    tab = _inside(tabs, "tab", id="MathsClinicTab", label=TAB)
    for group in GROUPS:
        block = _inside(tab, "group", id=group.id, label=group.label)
        for button in group.buttons:
            if button.formulas and not functions:
                continue
            _inside(block, "button", **_attributes(button))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _inside(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes)


def _attributes(button: Button) -> dict[str, str]:
    return {
        "id": button.id,
        "label": button.label,
        "size": "large" if button.large else "normal",
        "imageMso": button.icon,
        "screentip": button.screentip,
        "supertip": button.supertip,
        "onAction": f"{MODULE}.{button.id}",
    }
