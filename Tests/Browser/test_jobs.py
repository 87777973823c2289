"""Long work as its asker follows it: the page moves by itself, can be left, and outlives the house."""

import re

import pytest

from house import BusyHouse, copied

OFFICER = "programme-officer"


@pytest.fixture
def busy(city, tmp_path):
    """Makes houses that work at a matching of so many proposals."""
    data = copied(city, tmp_path / "data")
    houses = []

    def start(proposals: int, seconds: int) -> BusyHouse:
        house = BusyHouse(data, "--proposals", str(proposals), "--seconds", str(seconds)).start()
        houses.append(house)
        return house

    yield start
    for house in houses:
        house.kill()


def open_job(desk):
    desk.go("/jobs")
    desk.page.get_by_role("link", name="测速用的指派计算").first.click()
    assert re.fullmatch(r"/jobs/[a-z0-9]+", desk.path), desk.path
    return desk.path


def test_the_page_of_a_job_moves_by_itself_until_it_is_cancelled(busy, desks, axe):
    officer = desks(busy(20_000, 600), OFFICER)
    officer.go("/todo")
    open_job(officer)
    page = officer.page
    axe(page)
    page.evaluate("window.same = true")
    page.wait_for_function(
        """() => document.querySelector('[data-job=state]').textContent === '进行中'
                 && document.querySelector('[data-job=stage]').textContent === '求解'""", timeout=60_000)
    taken = page.locator("[data-job=taken]").text_content()
    page.wait_for_function("(was) => document.querySelector('[data-job=taken]').textContent !== was", arg=taken)
    assert page.evaluate("window.same") is True, "nothing was loaded anew"
    officer.send("/cancel")
    # First told to stop; then, by itself, over.
    page.wait_for_function("() => document.body.textContent.includes('已取消')", timeout=30_000)
    assert page.locator("progress, form[action$='/cancel'], [data-events]").count() == 0
    axe(page)


def test_without_script_the_page_is_read_again_and_again(busy, desks):
    house = busy(20_000, 600)
    officer = desks(house, OFFICER, script=False)
    path = open_job(officer)
    reads = []
    officer.page.on("response", lambda response: reads.append(response.url) if response.url.endswith(path) else None)
    officer.page.wait_for_timeout(8_000)
    assert len(reads) >= 2, reads
    officer.reads("本页每三秒自动刷新")


def test_a_job_begins_again_after_the_house_was_killed(busy, desks, axe):
    house = busy(20_000, 600)
    officer = desks(house, OFFICER)
    path = open_job(officer)
    officer.page.wait_for_function("() => document.querySelector('[data-job=state]').textContent === '进行中'")
    officer.close()
    house.kill()
    again = busy(60, 0)
    officer = desks(again, OFFICER)
    officer.go(path)
    officer.page.wait_for_function("() => document.body.textContent.includes('已完成')", timeout=60_000)
    # This kind keeps nothing to go on from, and the page says so.
    officer.reads("系统重新启动后从头开始")
    axe(officer.page)
    officer.page.get_by_role("link", name="查看结果").click()
    assert officer.path == "/jobs"
