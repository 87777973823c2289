"""An expert says what they would like to review; another declines, and an officer fills the place with one click."""

from test_matching import solve


def outcome(desk):
    """Waits at a job's page and opens what came of it."""
    link = desk.page.get_by_role("link", name="查看结果")
    for _ in range(240):
        if link.count():
            break
        assert "失败" not in desk.words(), desk.words()
        desk.page.wait_for_timeout(500)
        if desk.page.locator("[data-events]").count() == 0:
            desk.page.reload()
    link.click()
    return desk.path


def test_an_expert_says_what_they_would_like_to_review(own_house, desks, axe):
    expert = desks(own_house, "expert-3")
    expert.go("/reviews")
    axe(expert.page)
    expert.page.get_by_role("link", name="表示意愿").first.click()
    bids = expert.path
    expert.reads("评审意愿", "只列题目、学科和关键词")
    axe(expert.page)
    rows = expert.page.locator("tbody tr")
    assert rows.count() > 0, expert.words()
    rows.first.locator('input[value="eager"]').check()
    expert.page.get_by_role("button", name="保存意愿").first.click()
    expert.reads("意愿已记录")
    assert expert.page.locator('tbody tr input[value="eager"]').first.is_checked()

    # Enter in the field of a conflict saves and declares nothing; the text is not lost either.
    expert.page.locator("tbody tr details summary").first.click()
    field = expert.page.locator("tbody tr details input").first
    field.fill("申请人曾是我的学生")
    field.press("Enter")
    expert.page.wait_for_load_state()
    expert.reads("还没有申报")
    axe(expert.page)
    before = expert.page.locator("tbody tr").count()
    summary = expert.page.locator("tbody tr details").first
    if summary.get_attribute("open") is None:
        summary.locator("summary").click()
    with expert.page.expect_navigation():
        expert.page.locator("tbody tr details button").first.click()
    assert expert.page.locator("tbody tr").count() == before - 1

    applicant = desks(own_house, "applicant")
    applicant.go(bids, status=404)


def test_one_click_fills_what_was_declined(own_house, desks, axe):
    officer = desks(own_house, "programme-officer")
    officer.go("/office/assign")
    officer.reads("抽取的专家组", "本轮会评专家组（演示）")
    axe(officer.page)
    officer.page.get_by_role("link", name="自动匹配").click()
    plans = officer.path
    officer.go(solve(officer, plans))
    officer.send("/sign")

    for key in ("expert", "expert-2", "expert-3"):
        expert = desks(own_house, key)
        expert.go("/reviews")
        asked = expert.page.get_by_role("link", name="答复")
        if asked.count() == 0:
            continue
        asked.first.click()
        expert.send("/decline", {"reason": "近期没有精力"})
        break
    else:
        raise AssertionError("nobody of the cast is asked")

    officer.go("/office/assign")
    officer.reads("方案签署后有 1 人次退出", "补配缺额")
    axe(officer.page)
    officer.send("/plans/again")
    outcome(officer)
    officer.reads("与已签署方案相比", "退出", "近期没有精力", "补入")
    axe(officer.page)
    officer.send("/sign")
    officer.reads("方案已签署")
