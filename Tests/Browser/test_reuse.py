"""A copied application of the demo city: compared by a job, read side by side, judged; and hidden from its author."""

import time

from desk import PHONE


def found(desk, seconds=240):
    """The desk's list, once the comparison of the city is done."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        desk.go("/office/reuse")
        if desk.page.locator("table.list tbody tr").count() and not waiting(desk):
            return desk.page
        time.sleep(1)
    raise AssertionError(f"nothing was found in {seconds} s\n{desk.words()[:2000]}")


def waiting(desk):
    desk.go("/office/reuse")
    link = desk.page.locator("table.list td.act a").first
    if not link.count():
        return True
    case = link.get_attribute("href").rsplit("/", 1)[0]
    desk.go(case)
    is_waiting = "比对正在排队或进行" in desk.words()
    desk.go("/office/reuse")
    return is_waiting


def test_an_officer_screens_a_copied_application_and_reads_the_passages(own_house, desks, axe):
    officer = desks(own_house, "programme-officer")
    page = found(officer)
    officer.reads("相似只是线索", "跨校不同人")
    axe(page)

    # The worst of this round is the copy: two of its sections come from another university's of the round before.
    page.get_by_role("link", name="对照阅读").first.click()
    pair = officer.path
    officer.reads("立项依据 ↔ 立项依据", "研究方案 ↔ 研究方案", "其他批次")
    axe(page)
    assert page.locator("mark.passage").count() >= 4
    left = page.locator("#a1").evaluate("e => e.parentElement.textContent")
    right = page.locator("#b1").evaluate("e => e.parentElement.textContent")
    assert left[-20:] == right[-20:], "the same words on both sides"

    # By keyboard: Enter on a number leads to the passage on the other side, and back.
    page.locator("#a1").focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#b1")
    page.locator("#b1").focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#a1")

    officer.send("/verdict", {"verdict": "examine", "reason": "抄"}, status=422)
    axe(page)
    officer.send("/verdict", {"verdict": "examine", "reason": "立项依据与研究方案大段相同，未注明出处。"})
    officer.reads("认定结论已写入日志", "移交学风核查", "申请的状态没有改变")
    page.get_by_role("link", name="日志中的这一条").click()
    officer.reads("文本比对作出认定")

    case = pair.split("/reuse/")[0]
    officer.go(f"{case}/screening")
    officer.reads("形式审查")
    officer.go(f"{case}/reuse")
    officer.reads("移交学风核查")
    axe(officer.page)
    officer.send("/check")
    officer.reads("文本比对")

    integrity = desks(own_house, "integrity")
    integrity.go("/office/reuse?state=examine")
    integrity.page.get_by_role("link", name="对照阅读").first.click()
    assert integrity.path == pair
    assert integrity.page.locator('[name="verdict"]').count() == 0

    for who in ("applicant", "research-office", "expert", "system-admin"):
        desk = desks(own_house, who)
        desk.go(pair, status=404)
        desk.go(f"{case}/reuse", status=404)
        desk.go("/office/reuse", status=404)


def test_a_passage_is_read_without_script_and_on_a_phone(own_house, desks, axe):
    officer = desks(own_house, "programme-officer", script=False)
    page = found(officer)
    page.get_by_role("link", name="对照阅读").first.click()
    page.locator("#b1").click()
    assert page.url.endswith("#a1")
    phone = desks(own_house, "programme-officer", size=PHONE)
    phone.go(officer.path)
    width = phone.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert width <= 0, f"{width} px too wide"
    axe(phone.page)
