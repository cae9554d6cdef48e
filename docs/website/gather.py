"""Gather what the site is made of, each page where it stands in the repository: so links between pages are right in both places.

What is added: the first page with the list of all pages, and the reference pages (`docs.website.reference`). What is changed: a
picture in HTML becomes one in Markdown, so that it is taken along; the drawing of the rooms, which only some places draw, becomes a
list; and on the pages for each person commands lead to their reference.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]
SITE = ROOT / "build" / "site"

START = "docs/README.md"
"""The first page, in the repository the page of the folder docs."""

PAGES = {
    "Begin": ("docs/walk.md", "README.md"),
    "For you": (
        "docs/for/teacher.md", "docs/for/head-of-department.md", "docs/for/school-it.md",
        "docs/for/data-protection-officer.md", "docs/for/contributor.md", "docs/for/data-scientist.md",
    ),
    "Guides": (
        "docs/install-lite.md", "docs/install-windows.md", "docs/install-macos.md", "docs/letters.md",
        "docs/school-it.md", "docs/cluster.md",
    ),
    "Trust": (
        "docs/security.md", "docs/privacy/README.md", "docs/privacy/what-is-stored-where.md",
        "docs/privacy/retention.md", "docs/privacy/dpia.md", "docs/privacy/contest.md",
        "docs/privacy/notice-families.md", "docs/privacy/notice-students.md", "model/MODEL_CARD.md",
        "docs/accessibility.md", "docs/dependencies.md",
    ),
    "Reference": ("docs/reference/commands.md", "docs/reference/functions.md"),
    "Carrying on": (
        "CONTRIBUTING.md", "docs/architecture.md", "docs/performance.md", "docs/excel-checklist.md", "CHANGELOG.md",
    ),
}  # fmt: skip
"""Heading in the list of pages -> the pages. What stands nowhere here comes last; what is not there is left out."""

FOR = "docs/for/"
"""The pages for each person."""

_PICTURE = re.compile(r'<img src="([^"]+)" alt="([^"]+)"[^>]*>')
_DRAWING = re.compile(r"```mermaid\n(.*?)```", re.DOTALL)
_COMMAND = re.compile(r"`markbook ((?:model |excel |lite )?[a-z-]+)`")
_BOX = re.compile(r'(\w+)\["([^"]+)"\]')
_ARROW = re.compile(r'^\s*(\w+)(?:\["[^"]*"\])? --> (\w+)', re.MULTILINE)


def gather(into: Path) -> list[str]:
    """Copy pages and pictures into an empty folder, and write the first page.

    Returns:
        The pages, as paths below the folder.
    """
    pages = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "model/MODEL_CARD.md"]
    pages += [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "docs").rglob("*.md"))]
    for page in pages:
        if page != START:
            target = into / page
            target.parent.mkdir(parents=True, exist_ok=True)
            text = adapted((ROOT / page).read_text(encoding="utf-8"))
            if page.startswith(FOR):
                text = with_reference(text, "../reference/")
            target.write_text(text, encoding="utf-8")
    for picture in (ROOT / "docs").rglob("*.png"):
        shutil.copy(picture, into / picture.relative_to(ROOT))
    (into / "_static").mkdir()
    shutil.copy(Path(__file__).with_name("site.css"), into / "_static")
    return [page for page in pages if page != START]


def write_start(into: Path, pages: list[str]) -> None:
    """Write the first page, with the list of all others.

    Args:
        into: Where they were gathered.
        pages: All of them, those of the reference too.
    """
    text = (ROOT / START).read_text(encoding="utf-8")
    text = re.sub(r"\]\((?!https?:|#)(?:\.\./(?P<above>[^)]+)|(?P<beside>[^)]+))\)", _from_above, text)
    listed = {page for group in PAGES.values() for page in group}
    groups = {**PAGES, "More": tuple(page for page in pages if page not in listed and "/reference/" not in page)}
    trees = [
        "\n".join(
            [
                "```{toctree}",
                ":hidden:",
                f":caption: {caption}",
                "",
                *(page.removesuffix(".md") for page in there),
                "```",
            ]
        )
        for caption, group in groups.items()
        if (there := [page for page in group if page in pages])
    ]
    (into / "index.md").write_text("\n\n".join([text, *trees, ""]), encoding="utf-8")


def adapted(text: str) -> str:
    """A page's text as the site can show it.

    Example:
        >>> adapted('<img src="docs/task_pane.png" alt="The task pane" width="320">')
        '![The task pane](docs/task_pane.png)'
        >>> print(adapted('```mermaid\\nflowchart TB\\n    cli["cli: commands"] --> batch["batch: a trust"]\\n```'))
        - **cli: commands** uses batch
        - **batch: a trust**
    """
    return _DRAWING.sub(lambda found: _listed(found[1]), _PICTURE.sub(r"![\2](\1)", text))


def with_reference(text: str, folder: str) -> str:
    """A page whose commands lead to their pages, which the repository does not hold.

    Example:
        >>> with_reference("Use `markbook model card`.", "../reference/")
        'Use [`markbook model card`](../reference/command-model-card.md).'
    """
    return _COMMAND.sub(lambda found: f"[{found[0]}]({folder}command-{found[1].replace(' ', '-')}.md)", text)


def _listed(drawing: str) -> str:
    labels = dict(_BOX.findall(drawing))
    short = {name: label.partition(":")[0] for name, label in labels.items()}
    arrows: dict[str, list[str]] = {name: [] for name in labels}
    for one, other in _ARROW.findall(drawing):
        arrows[one].append(short[other])
    return "\n".join(
        f"- **{labels[name]}**{' uses ' if used else ''}{', '.join(used)}" for name, used in arrows.items()
    )


def _from_above(link: re.Match[str]) -> str:
    return f"]({link['above'] or 'docs/' + link['beside']})"
