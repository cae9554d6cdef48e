"""Another name for a sheet of a closed workbook, where nothing but the workbook's own names calls it by the old one."""

from __future__ import annotations

import re

from addin.files.package.draft import Draft
from addin.files.package.markup import main
from addin.files.package.new_sheet import is_closed
from addin.files.package.parts import SheetPart

_NOT_LOOKED_AT = ("docprops/", "customxml/", "_xmlsignatures/")


def rename(draft: Draft, sheet: SheetPart, name: str) -> bool:
    """Rename a sheet; whether it has the name now. A formula or chart that refers to it keeps it as it is.

    Args:
        draft: The workbook's parts.
        sheet: Which of its sheets.
        name: The new name, of letters alone.
    """
    if sheet.name.casefold() == name.casefold():
        return True
    package = draft.package
    called = re.compile(rf"(?<![\w.'])(?:'{re.escape(sheet.name)}'|{re.escape(sheet.name)})!", re.IGNORECASE)
    workbook = draft.root(package.workbook_part)
    others = (
        part
        for part in package.names()
        if part.casefold().endswith(".xml")
        and part.casefold() != package.workbook_part.casefold()
        and not part.casefold().startswith(_NOT_LOOKED_AT)
    )
    in_pivots = f'sheet="{sheet.name}"'.encode()
    if is_closed(workbook) or any(
        in_pivots in (data := package.read(part)) or called.search(data.decode("utf-8", "replace")) for part in others
    ):
        return False
    for defined in workbook.iter(main("definedName")):
        defined.text = called.sub(f"{name}!", defined.text or "")
    next(entry for entry in workbook.iter(main("sheet")) if entry.get("name") == sheet.name).set("name", name)
    return True
