"""All kinds of attack."""

from __future__ import annotations

from tests.fuzz import exports, functions, grids, own_sheets
from tests.fuzz.campaign import Kind

KINDS: tuple[Kind, ...] = (grids.KIND, functions.KIND, exports.KIND, own_sheets.KIND)
