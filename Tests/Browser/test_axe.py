"""Every page that links lead to: WCAG by axe, one heading of the first level, a title, no sideways scrolling."""

import hashlib
import re
from pathlib import Path

import pytest

from conftest import check_axe
from crawl import ROLES, kind_of, pages
from desk import PHONE, Desk
from visitor import Visitor

NARROW = {"width": 360, "height": 740}


@pytest.fixture(scope="session")
def looked(together) -> Path:
    """Holds an empty file for each shape of page that some worker has looked at in the browser already. Pages of many
    roles are the same but for their words; what axe finds depends on elements and classes, so one of each shape is
    enough."""
    folder = together / "looked"
    folder.mkdir(exist_ok=True)
    return folder


def is_new(looked: Path, path: str, html: str, how: str) -> bool:
    """Also sees that the page has one heading of the first level and a title."""
    title = re.search(r"<title>([^<]*)</title>", html)
    assert title and title.group(1).strip(" ·"), f"{path} has no title"
    assert html.count("<h1") == 1, f"{path} has {html.count('<h1')} headings of the first level"
    content = html[html.index("<main"):]
    shape = frozenset(re.findall(r'<(\w+)(?:[^>]*?\sclass="([^"]*)")?', content))
    key = repr((how, kind_of(path.split("?")[0]), sorted(shape)))
    try:
        (looked / hashlib.sha256(key.encode()).hexdigest()).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def check_overflow(desk: Desk, path: str) -> None:
    page = desk.page
    size = page.viewport_size
    page.set_viewport_size(NARROW)
    over = page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return null;
          const wide = [...document.querySelectorAll('body *')].filter((e) => {
            if (e.closest('.table-wrap, .visually-hidden')) return false;
            const box = e.getBoundingClientRect();
            return box.width > 0 && box.right > width + 1;
          });
          return document.documentElement.scrollWidth + ': '
            + wide.slice(0, 4).map((e) => e.tagName + '.' + e.className).join(', ');
        }""")
    page.set_viewport_size(size)
    assert over is None, f"{desk.name}: {path} scrolls sideways at {NARROW['width']} px: {over}"


@pytest.mark.parametrize("who", [None, *ROLES], ids=lambda who: who or "public")
def test_pages(house, desks, looked, who):
    visitor = Visitor(house.port)
    if who:
        visitor.sign_in(who)
    found = pages(visitor, ("/", "/todo", "/cases") if who else ("/", "/calls", "/notices", "/sign-in", "/demo"))
    visitor.close()
    assert len(found) >= 3, found.keys()
    wide = desks(house, who, looks=False)
    troubles = []
    for path, html in found.items():
        try:
            if is_new(looked, path, html, "wide"):
                wide.go(path)
                check_axe(wide.page)
                check_overflow(wide, path)
        except AssertionError as trouble:
            troubles.append(str(trouble))
    assert not troubles, "\n".join(troubles)


@pytest.mark.parametrize("who", ["applicant", "programme-officer"])
def test_pages_on_a_phone_in_english(house, desks, looked, who):
    visitor = Visitor(house.port).sign_in(who)
    found = pages(visitor)
    visitor.close()
    phone = desks(house, who, size=PHONE, language="en", looks=False)
    troubles = []
    for path, html in found.items():
        try:
            if not is_new(looked, path, html, "phone"):
                continue
            phone.go(path)
            assert phone.page.locator("html").get_attribute("lang") == "en"
            check_axe(phone.page)
        except AssertionError as trouble:
            troubles.append(str(trouble))
    assert not troubles, "\n".join(troubles)


@pytest.mark.parametrize("who", [None, *ROLES], ids=lambda who: who or "public")
def test_navigation_has_one_row_and_on_a_phone_one_menu(house, desks, who):
    # Without script in Chinese; with it in English, for axe itself is a script.
    for language, script in (("zh", False), ("en", True)):
        desk = desks(house, who, script=script, language=language, looks=False)
        page = desk.go("/todo" if who else "/")
        row = page.locator(".nav-row")
        assert row.bounding_box()["height"] < 70, f"{desk.name}: the navigation wraps in {language}"
        header = page.locator("header.site").bounding_box()
        assert header["height"] < 80, f"{desk.name}: the header wraps in {language}"
        links = set(row.locator("a").evaluate_all("all => all.map((a) => a.getAttribute('href'))"))
        for menu in row.locator("details").all():
            menu.locator("summary").press("Enter")
            assert menu.locator("a").first.is_visible()
            box = menu.locator(".menu-body").bounding_box()
            assert 0 <= box["x"] and box["x"] + box["width"] <= page.viewport_size["width"]
        page.set_viewport_size(PHONE)
        assert not row.is_visible()
        menu = page.locator(".nav-all")
        menu.locator("summary").press("Enter")
        found = menu.locator("a")
        assert set(found.evaluate_all("all => all.map((a) => a.getAttribute('href'))")) == links
        for link in found.all():
            box = link.bounding_box()
            assert box["height"] >= 40 and 0 <= box["x"] and box["x"] + box["width"] <= PHONE["width"]
        if script:
            check_axe(page)
