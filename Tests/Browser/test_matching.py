"""Reviewers of a whole round are matched, signed, and verified by somebody who has the public page and the program."""

import re
import time

from house import jiebang

PUBLIC = ["pairs.csv", "demand.csv", "load_max.csv", "lock.csv", "assignment.csv", "certificate.json"]


def taken(desk, name, folder):
    """The file of this name from the page, as anybody downloads it."""
    with desk.page.expect_download() as download:
        desk.page.get_by_role("link", name=name, exact=True).click()
    path = folder / name
    download.value.save_as(path)
    return path


def solve(desk, plans, values=None):
    """Asks for a plan, waits at the job's page, and opens what came of it."""
    desk.go(plans)
    # In the demo's round everybody is asked already: what is not answered may change.
    desk.page.locator('input[name="keeps"]').uncheck()
    desk.send("/plans", values or {"objective": "total"})
    assert desk.path.startswith("/jobs/"), desk.path
    until = time.monotonic() + 120
    link = desk.page.get_by_role("link", name="查看结果")
    while link.count() == 0 and time.monotonic() < until:
        assert "失败" not in desk.words(), desk.words()
        desk.page.wait_for_timeout(500)
        if desk.page.locator("[data-events]").count() == 0:
            desk.page.reload()
    link.click()
    return desk.path


def wish(desk, action, place=0):
    """Presses the button of this wish (`lock`, `forbid`) on the page, and gives its pair."""
    button = desk.page.locator(f'button[name="{action}"]').nth(place)
    value = button.get_attribute("value")
    with desk.page.expect_navigation():
        button.click()
    return value


def undecided(desk, plan):
    """Opens an application of the plan for which somebody may still be chosen."""
    desk.go(f"{plan}?show=all")
    rows = desk.page.locator("table.plan th a")
    for address in [rows.nth(place).get_attribute("href") for place in range(rows.count())]:
        desk.go(address)
        if desk.page.locator('button[name="forbid"]').count() > 1:
            return
    raise AssertionError("every reviewer of the round has answered already")


def verified(folder):
    return jiebang(
        "match", "verify", "--pairs", folder / "pairs.csv", "--demand", folder / "demand.csv", "--load-max",
        folder / "load_max.csv", "--lock", folder / "lock.csv", "--assignment", folder / "assignment.csv",
        "--certificate", folder / "certificate.json", check=False)


def test_an_officer_matches_a_round_and_an_auditor_verifies_it_from_the_public_page(own_house, desks, axe, tmp_path):
    officer = desks(own_house, "programme-officer")
    officer.go("/office/assign")
    officer.page.get_by_role("link", name="自动匹配").click()
    plans = officer.path
    axe(officer.page)

    first = solve(officer, plans)
    officer.reads("已证明最优", "总分")
    axe(officer.page)
    officer.go(f"{first}?show=changes")
    officer.reads("新增", "撤回")
    axe(officer.page)
    undecided(officer, first)
    axe(officer.page)
    # Who is in this plan must not come again, and who is farthest down the list must: the next plan is another one.
    forbidden = wish(officer, "forbid")
    officer.reads("已禁止")
    locked = wish(officer, "lock", place=officer.page.locator('button[name="lock"]').count() - 1)
    assert locked != forbidden
    officer.reads("已锁定", "重新求解后生效")

    second = solve(officer, plans)
    assert second != first
    officer.page.locator(f'a[href$="/applications/{locked.split(".")[0]}"]').first.click()
    chosen = officer.page.locator("table").first
    officer.reads("已锁定")
    assert chosen.locator(f'button[name="free"][value="{locked}"]').count() == 1, "the locked pair is in the plan"

    officer.go(plans)
    axe(officer.page)
    officer.page.get_by_role("button", name="比较所选的两份").click()
    officer.reads("比较两份方案", "仅乙")
    axe(officer.page)

    officer.go(second)
    officer.send("/sign")
    officer.reads("方案已签署")

    auditor = desks(own_house, "auditor")
    auditor.go("/matchings")
    auditor.page.locator("table a").first.click()
    public = auditor.path
    axe(auditor.page)
    for name in PUBLIC:
        taken(auditor, name, tmp_path)
    run = verified(tmp_path)
    assert run.returncode == 0, run.stdout + run.stderr
    total = int(re.search(r'"total":(\d+)', run.stdout).group(1))
    auditor.reads(f"{total:,}")
    proof = taken(auditor, "signed.tlog-proof", tmp_path)
    auditor.go("/journal")
    key = auditor.page.request.get("/journal/key").text().strip()
    assert "assignment-plan.signed" in jiebang("journal", "check", proof, "--key", key).stdout

    names = set()
    auditor.go(second)
    names.update(text.strip() for text in auditor.page.locator(".plan-pair b").all_text_contents())
    assert names
    outsider = desks(own_house, None)
    outsider.go(public)
    words = outsider.words() + "".join((tmp_path / name).read_text() for name in PUBLIC)
    assert not [name for name in names if name in words]

    lines = (tmp_path / "assignment.csv").read_text().splitlines()
    (tmp_path / "assignment.csv").write_text("\n".join(lines[:-1]) + "\n")
    assert verified(tmp_path).returncode == 1
