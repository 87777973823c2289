"""Every page that links lead to: WCAG by axe, one heading of the first level, a title, no sideways scrolling."""

import pytest

from conftest import check_axe
from crawl import ROLES, kind_of, pages
from desk import PHONE, Desk
from visitor import Visitor

NARROW = {"width": 360, "height": 740}


def look(desk: Desk, path: str) -> None:
    page = desk.go(path)
    assert page.title().strip(" ·"), f"{path} has no title"
    assert page.locator("h1").count() == 1, f"{path} has {page.locator('h1').count()} headings of the first level"


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


# Kinds of page looked at already: a page that several roles reach is looked at in full once, and again for
# each role only by its headings.
_looked: set[str] = set()


@pytest.mark.parametrize("who", [None, *ROLES], ids=lambda who: who or "public")
def test_pages(house, desks, who):
    visitor = Visitor(house.port)
    if who:
        visitor.sign_in(who)
    found = pages(visitor, ("/", "/todo", "/cases") if who else ("/", "/calls", "/notices", "/sign-in", "/demo"))
    visitor.close()
    assert len(found) >= 3, found.keys()
    wide = desks(house, who)
    troubles = []
    for path in found:
        try:
            look(wide, path)
            # What a page holds for an official differs from what it holds for an applicant.
            key = f"{who} {kind_of(path.split('?')[0])}"
            if key not in _looked:
                _looked.add(key)
                check_axe(wide.page)
                check_overflow(wide, path)
        except AssertionError as trouble:
            troubles.append(str(trouble))
    assert not troubles, "\n".join(troubles)


@pytest.mark.parametrize("who", ["applicant", "programme-officer"])
def test_pages_on_a_phone_in_english(house, desks, who):
    visitor = Visitor(house.port).sign_in(who)
    found = pages(visitor)
    visitor.close()
    phone = desks(house, who, size=PHONE, language="en")
    troubles = []
    for path in found:
        try:
            look(phone, path)
            assert phone.page.locator("html").get_attribute("lang") == "en"
            check_axe(phone.page)
        except AssertionError as trouble:
            troubles.append(str(trouble))
    assert not troubles, "\n".join(troubles)
