"""What every browser story shares: a seeded city, a browser, and people who sit down at it."""

import fcntl
import json
import os
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from desk import Desk, chromium
from house import House, copied, seeded
from living import live_in
from looks import Looks, mark, seen, templates, violations


# What takes longest comes first in each half of the tests, of which each worker gets one; what is short comes last,
# to be taken over by the worker that is done. Tests for which a file makes something of its own stay in one half.
FIRST = ["test_sigkill", "test_pages", "test_fuzz"]
SECOND = ["test_story", "test_matching", "test_reuse", "test_draw", "test_jobs",
          "test_nomination", "test_race", "test_laboratory", "test_open_challenge", "test_directed", "test_rapid",
          "test_award", "test_meeting", "test_champion", "test_bids", "test_appraisal", "test_definition", "test_axe"]


def pytest_collection_modifyitems(items):
    first, second = ([item for item in items if item.path.stem in stems] for stems in (FIRST, SECOND))
    assert len(first) + len(second) == len(items), "conftest.py says in which half a new file is played"
    first.sort(key=lambda item: FIRST.index(item.path.stem))
    second.sort(key=lambda item: SECOND.index(item.path.stem))
    more = len(items) // 2 - len(first)
    if more > 0:
        first, second = first + second[-more:], second[:-more]
    items[:] = first + second


@pytest.fixture(scope="session")
def together(tmp_path_factory) -> Path:
    """A folder that all workers of this run have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def city(together):
    """The folder of the small demo city, seeded by the worker that needs it first. Never served itself: each story
    takes a copy."""
    with open(together / "city.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (together / "city").exists():
            seeded(together / "city-seeding").rename(together / "city")
    return together / "city"


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
        browser = chromium(playwright)
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
    for desk in opened:
        desk.look()
    troubles = [trouble for desk in opened for trouble in desk.troubles]
    for desk in opened:
        desk.close()
    assert not troubles, "\n".join(troubles)


@pytest.fixture
def axe():
    return check_axe


def check_axe(page) -> None:
    """No serious and no critical violation of WCAG, as axe sees it. Without script axe would never answer."""
    assert page.context not in Desk.scriptless, f"axe needs script, and {page.url} is read without"
    mark(page, "asked")
    found = violations(page)
    assert found is None, found


@pytest.fixture(scope="session", autouse=True)
def looks(together):
    """Desks look at each page that is new to this run."""
    Looks.folder = together / "axe"
    Looks.folder.mkdir(exist_ok=True)
    yield
    Looks.folder = None


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session):
    """Before the folders of the run are cleared away. Of several workers' run their one leader sees to it."""
    folder = session.config._tmp_path_factory.getbasetemp() / "axe"
    if not hasattr(session.config, "workerinput") and folder.exists():
        session.config.met_by_axe = seen(folder)


def pytest_terminal_summary(terminalreporter, config):
    """Which templates axe never saw."""
    met = getattr(config, "met_by_axe", None)
    if met is None:
        return
    terminalreporter.line(f"axe looked at {len(met)} of {len(templates())} templates")
    for name in sorted(templates() - met):
        terminalreporter.line(f"  never at {name}")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
    if report.failed:
        for house in House.running:
            report.sections.append((f"log of {house.base}", house.tail()))
