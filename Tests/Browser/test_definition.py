"""An officer changes a programme's definition in the browser, is shown errors at their lines, and another activates it."""

import re

HOME = "/office/plan/definitions/research-plan-humanities-general"
GROUNDS = "按会议纪要统一表述，不改变规则。"


def text(desk, name):
    return desk.page.locator(f'[name="file-{name}"]').input_value()


def write(desk, name, value):
    """Types into a file's field, which is folded away unless something is wrong in it."""
    field = desk.page.locator(f'[name="file-{name}"]')
    field.evaluate("e => { e.closest('details').open = true }")
    field.fill(value)


def test_a_definition_is_changed_checked_proposed_and_activated_by_another(own_house, desks, axe):
    officer = desks(own_house, "programme-officer")
    officer.go("/office/plan")
    axe(officer.page)
    officer.page.locator(f'a[href="{HOME}"]').click()
    officer.reads("现行定义", "还没有人提出过新定义")
    axe(officer.page)
    before = re.search(r"[0-9a-f]{12}", officer.words()).group()

    officer.go(f"{HOME}/edit")
    axe(officer.page)
    sound = text(officer, "rules.yaml")
    write(officer, "rules.yaml", sound.replace("rules:", "rulez:", 1))
    officer.send("/edit")
    officer.reads("rules.yaml:", "rulez")
    assert officer.page.locator('form[action$="/propose"]').count() == 0
    axe(officer.page)
    # What was typed is there, and goes on.
    assert "rulez:" in text(officer, "rules.yaml")
    write(officer, "rules.yaml", sound)
    label = "zh: 填写并提交"
    assert label in text(officer, "procedure.yaml")
    write(officer, "procedure.yaml", text(officer, "procedure.yaml").replace(label, "zh: 填写并提交申请书", 1))
    officer.send("/edit")
    officer.reads("提醒", "填写并提交申请书", "改后")
    assert "错误" not in officer.page.locator("#found").inner_text()
    officer.send("/propose", {"grounds": "短"}, status=422)
    officer.reads("请写明理由")
    officer.send("/propose", {"grounds": GROUNDS})
    officer.reads("等待启用")
    officer.page.locator(".panel a.hash").first.click()
    proposal = officer.path
    assert officer.page.locator('form[action$="/activate"]').count() == 0
    axe(officer.page)

    leader = desks(own_house, "commission-leader")
    leader.go("/todo")
    leader.page.locator(f'a[href="{proposal}"]').click()
    leader.reads("何清扬", GROUNDS, "填写并提交申请书")
    axe(leader.page)
    # Before it is activated, a round that is over is asked what it would change.
    leader.page.locator('a[href*="rules=proposal:"]').first.click()
    leader.reads("提出的新定义", "查看提出的新定义")
    assert leader.page.locator('input[name="rules"]:checked').get_attribute("value").startswith("proposal:")
    axe(leader.page)
    leader.go(proposal)
    leader.send("/activate", {"reason": "表述统一，同意启用。"})
    leader.reads("已启用")
    leader.go(HOME)
    assert re.search(r"[0-9a-f]{12}", leader.words()).group() != before
    # The plan's folder has not got it yet, and the page says so.
    leader.reads("文件夹里的定义与现行定义不同")
    # What is in force is what is simulated, whatever the folder has.
    leader.go("/office/plan/simulate/research-plan-humanities-general")
    leader.reads("填写并提交申请书")
