"""What every browser story shares: a seeded city, a browser, and people who sit down at it."""

import json
import os
import urllib.request

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from desk import Desk
from house import House, copied, seeded
from living import live_in


@pytest.fixture(scope="session")
def city(tmp_path_factory):
    """The folder of the small demo city. Never served itself: each story takes a copy."""
    return seeded(tmp_path_factory.mktemp("city") / "data")


@pytest.fixture(scope="session")
def house(city, tmp_path_factory):
    """A house for stories that only look."""
    house = live_in(House(copied(city, tmp_path_factory.mktemp("shared") / "data")).start())
    yield house
    house.stop()


@pytest.fixture
def own_house(city, tmp_path):
    """A house for one story alone."""
    house = House(copied(city, tmp_path / "data")).start()
    yield house
    house.stop()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        options = ["--disable-gpu"] + (["--no-sandbox"] if os.geteuid() == 0 else [])
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=options)
        yield browser
        browser.close()


def people_of(house: House) -> dict[str, dict[str, str]]:
    """The demo's people: the last part of the sign-in address → role, name, href."""
    with urllib.request.urlopen(f"{house.base}/demo?format=json", timeout=30) as answer:
        return {person["href"].rsplit("/", 1)[1]: person for person in json.load(answer)}


@pytest.fixture
def desks(browser):
    """Opens desks, and closes them at the end, after seeing that nothing broke at any of them."""
    opened: list[Desk] = []

    def open_desk(house: House, who: str | None, **options) -> Desk:
        desk = Desk(browser, house, who, **options)
        opened.append(desk)
        return desk

    yield open_desk
    troubles = [trouble for desk in opened for trouble in desk.troubles]
    for desk in opened:
        desk.close()
    assert not troubles, "\n".join(troubles)


@pytest.fixture
def axe():
    return check_axe


def check_axe(page) -> None:
    """No serious and no critical violation of WCAG, as axe sees it."""
    found = [violation for violation in Axe().run(page).response["violations"]
             if violation["impact"] in ("serious", "critical")]
    assert not found, f"{page.url}\n" + "\n".join(
        f"  {violation['impact']} {violation['id']}: {violation['help']}\n"
        + "\n".join(f"    {' '.join(map(str, node['target']))}  {node['html'][:160]}"
                    for node in violation["nodes"][:4])
        for violation in found)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
    if report.failed:
        for house in House.running:
            report.sections.append((f"log of {house.base}", house.tail()))
