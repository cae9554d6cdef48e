"""All kinds of attack."""

from __future__ import annotations

from tests.fuzz import cells, commands, exports, functions, grids, own_sheets, routes, xml_parts, zips
from tests.fuzz.campaign import Kind

KINDS: tuple[Kind, ...] = (
    grids.KIND,
    functions.KIND,
    exports.KIND,
    own_sheets.KIND,
    zips.KIND,
    xml_parts.KIND,
    cells.KIND,
    commands.KIND,
    routes.KIND,
)
