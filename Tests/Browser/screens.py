#!/usr/bin/env python3
"""Screenshots of the main pages at both sizes: `screens.py FOLDER [--url http://127.0.0.1:8080]`.

Without `--url` a small demo city is made and served for it.
"""

import argparse
import re
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from crawl import ROLES, kind_of, pages
from desk import PHONE, WIDE, Desk, chromium
from house import House, seeded
from visitor import Visitor


class Elsewhere:
    """A house that somebody else runs."""

    def __init__(self, url: str):
        self.base = url.rstrip("/")
        self.port = int(self.base.rsplit(":", 1)[1])


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--url")
    arguments.add_argument("--role", action="append")
    chosen = arguments.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    house = None
    folder = tempfile.TemporaryDirectory()
    if not chosen.url:
        house = House(seeded(Path(folder.name) / "data")).start()
    place = house or Elsewhere(chosen.url)
    try:
        with sync_playwright() as playwright:
            browser = chromium(playwright)
            done: set[str] = set()
            for who in chosen.role or [None, *ROLES]:
                visitor = Visitor(place.port)
                if who:
                    visitor.sign_in(who)
                found = pages(visitor, ("/", "/todo", "/cases") if who else ("/", "/calls", "/notices", "/demo"))
                for size, name in ((WIDE, "wide"), (PHONE, "phone")):
                    desk = Desk(browser, place, who, size=size)
                    for path in found:
                        kind = kind_of(path.split("?")[0])
                        if f"{who} {kind} {name}" in done or (kind in done and who not in ("applicant", None)
                                                              and name == "phone"):
                            continue
                        done |= {f"{who} {kind} {name}", kind}
                        desk.go(path)
                        title = re.sub(r"[^\w-]+", "_", kind.strip("/").replace("*", "one")) or "home"
                        desk.page.screenshot(
                            path=chosen.folder / f"{who or 'public'}-{title}-{name}.png", full_page=True)
                    desk.close()
            browser.close()
    finally:
        if house:
            house.stop()
        folder.cleanup()


if __name__ == "__main__":
    main()
