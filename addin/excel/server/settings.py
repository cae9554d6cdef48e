"""xlwings Server's settings as this program needs them, as environment variables, which every worker inherits.

What concerns the school is left to the school: sign-in (XLWINGS_AUTH_...), the public name (XLWINGS_HOSTNAME), the manifest's
own identity (XLWINGS_MANIFEST_ID_PROD), a path below the host (XLWINGS_APP_PATH), a file of settings (DOTENV_PATH).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from addin.excel.buttons import TAB

LICENCE_KEY = "XLWINGS_LICENSE_KEY"
NONCOMMERCIAL = "noncommercial"
"""xlwings' own key for noncommercial use."""

PUBLIC_NAME = "XLWINGS_HOSTNAME"
"""The name that goes into the manifest, where a proxy stands in front."""

LARGEST = "MARKBOOK_LARGEST_REQUEST"
"""Bytes of the largest body that a worker takes."""

_EXCEL_ON_THE_WEB = (
    "https://*.officeapps.live.com",
    "https://*.office.com",
    "https://*.office365.com",
    "https://*.microsoft365.com",
    "https://*.cloud.microsoft",
    "https://*.sharepoint.com",
    "https://*.live.com",
    "https://teams.microsoft.com",
)
"""Whose pages may hold the task pane in a frame: Excel on the web does, under these names."""

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        f"frame-ancestors 'self' {' '.join(_EXCEL_ON_THE_WEB)}",
    )
)
"""The task pane loads and asks nothing but this server."""

OURS: Mapping[str, str] = {
    "MARKBOOK_MODEL": "bundled",
    "XLWINGS_PROJECT_NAME": TAB,
    # Without a namespace, and only in production, the functions have no prefix.
    "XLWINGS_ENVIRONMENT": "prod",
    "XLWINGS_FUNCTIONS_NAMESPACE": "",
    "XLWINGS_LOG_LEVEL": "WARNING",
    "XLWINGS_ADD_SECURITY_HEADERS": "true",
    "XLWINGS_CUSTOM_HEADERS": json.dumps({"Content-Security-Policy": CONTENT_SECURITY_POLICY}),
    "XLWINGS_CDN_OFFICEJS": "false",
    "XLWINGS_ENABLE_ALPINEJS_CSP": "false",
    "XLWINGS_ENABLE_BOOTSTRAP": "false",
    "XLWINGS_ENABLE_EXAMPLES": "false",
    "XLWINGS_ENABLE_HOTRELOAD": "false",
    "XLWINGS_ENABLE_HTMX": "false",
    "XLWINGS_ENABLE_SOCKETIO": "false",
    "XLWINGS_ENABLE_TESTS": "false",
    "XLWINGS_ENABLE_WASM": "false",
}
"""Settings that the program stands or falls with; what the environment says of them is not heard."""

DEFAULTS: Mapping[str, str] = {"XLWINGS_MANIFEST_ID_PROD": "5b0c6a41-52b4-4c4e-9a5d-7d1b6f0e8c32"}
"""Settings that the school may replace."""


def project() -> Path:
    """The folder that xlwings Server serves; it is part of the installed package."""
    return Path(str(resources.files("addin.excel.server") / "project"))


def environment(given: Mapping[str, str], *, educational_use: bool, largest: int) -> dict[str, str]:
    """The variables to be set, beside those that are.

    Args:
        given: The environment as it is.
        educational_use: Whether the operator has stated that the use is educational.
        largest: Bytes of the largest body.

    Example:
        >>> new = environment({"XLWINGS_ENVIRONMENT": "dev"}, educational_use=True, largest=1000)
        >>> new["XLWINGS_ENVIRONMENT"], new["XLWINGS_LICENSE_KEY"]
        ('prod', 'noncommercial')
    """
    new = {**OURS, "XLWINGS_PROJECT_DIR": str(project()), LARGEST: str(largest)}
    new |= {name: value for name, value in DEFAULTS.items() if not given.get(name)}
    if educational_use and not given.get(LICENCE_KEY):
        new[LICENCE_KEY] = NONCOMMERCIAL
    return new
