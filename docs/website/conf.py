"""How Sphinx sets the site. Nothing is fetched from elsewhere: no font, script or picture; search works from the disk too."""

from __future__ import annotations

project = "Maths Clinic Markbook"
author = "The Maths Clinic Markbook contributors"
project_copyright = author

extensions = ["myst_parser"]
myst_heading_anchors = 4
root_doc = "index"
highlight_language = "none"
suppress_warnings = ["myst.header"]  # the model card and the changelog begin where they please

html_theme = "furo"
html_title = "Maths Clinic Markbook"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
# A summary under each result would be fetched from its page, which a browser forbids to pages from the disk.
html_show_search_summary = False
# The theme's own colours of code have too little contrast in a few places.
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
