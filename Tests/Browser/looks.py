"""Looking with axe: at each page of the house once in a run, wherever a story comes by it, in whatever state.

A page is known by its template, which `<main data-page>` names, and by the status it came with: a form given back with
what is wrong (422) and the same form at first (200) are two. Workers share a folder, in which a file for each page says
that somebody looks at it already.
"""

import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Page

from house import ROOT

TEMPLATES = ROOT / "Sources/Portal/Templates"


class Looks:
    """What this run has looked at. Without a folder nothing is looked at unasked."""

    folder: Path | None = None


def templates() -> set[str]:
    """All that are pages of their own and no parts of others."""
    return {
        str(path.relative_to(TEMPLATES).with_suffix("")) for path in TEMPLATES.rglob("*.mustache")
        if re.search(r"\{\{<\s*frame\s*\}\}", path.read_text())}


def seen(folder: Path) -> set[str]:
    """Templates that were looked at; empty where nobody looked."""
    return {path.name.split("@")[0].replace("+", "/") for path in folder.glob("*@*")}


def template_of(page: Page) -> str | None:
    """Nil for what is no page of ours, such as a file, and while nothing is open."""
    return page.evaluate("() => document.querySelector('main')?.dataset.page ?? null")


def mark(page: Page, how: str) -> Path | None:
    """The mark that somebody looked at this page in this way; nil where it was there before."""
    template = template_of(page)
    if Looks.folder is None or template is None:
        return None
    path = Looks.folder / f"{template.replace('/', '+')}@{how}"
    try:
        path.touch(exist_ok=False)
    except FileExistsError:
        return None
    return path


def look(page: Page, status: int) -> str | None:
    """What axe finds on a page that is new to this run."""
    path = None
    try:
        path = mark(page, str(status))
        return violations(page) if path else None
    except Error:
        # It went elsewhere meanwhile: somebody else may look.
        if path:
            path.unlink()
        return None


def violations(page: Page) -> str | None:
    """What axe holds to be serious or critical, in words."""
    found = [violation for violation in Axe().run(page).response["violations"]
             if violation["impact"] in ("serious", "critical")]
    if not found:
        return None
    return f"{page.url}\n" + "\n".join(
        f"  {violation['impact']} {violation['id']}: {violation['help']}\n"
        + "\n".join(f"    {' '.join(map(str, node['target']))}  {node['html'][:160]}"
                    for node in violation["nodes"][:4])
        for violation in found)
