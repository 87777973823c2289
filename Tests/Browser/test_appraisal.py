"""A laboratory's last appraisal: two experts write under seal, an officer breaks the seals, and each reads what is theirs."""

from desk import PHONE


def find(officer):
    """The panel that waits for the cast's two experts."""
    officer.go("/office/appraisals")
    officer.reads("组织论证", "领域论证")
    row = officer.page.locator("tr", has_text="领域论证")
    row.locator("a").first.click()
    return officer.path


def write(desks, house, who, axe, answers):
    """Writes and hands in; `answers` by the conclusion's id."""
    expert = desks(house, who)
    expert.go("/appraisals")
    axe(expert.page)
    expert.page.locator("ul.todo a.button").first.click()
    seat = expert.path
    axe(expert.page)
    form = expert.form("/draft")
    values = {}
    for name in [area.get_attribute("name") for area in form.locator("textarea").all()]:
        values[name] = f"从本视角看，已就此逐条核对，{who}，依据充分。"
    expert.send("/draft", values, button='button[value="confirm"]', status=422)
    expert.reads("请对“必要”作出选择")
    axe(expert.page)
    expert.send("/draft", {f"answer-{name}": answer for name, answer in answers.items()},
                button='button[value="confirm"]')
    expert.reads("确认密封提交")
    axe(expert.page)
    expert.send("/write")
    expert.reads("已密封提交", "尚未启封，结论未知")
    axe(expert.page)
    return expert, seat


def test_a_panel_answers_under_seal_and_each_reads_what_is_theirs(own_house, desks, axe):
    officer = desks(own_house, "programme-officer")
    panel = find(officer)
    officer.reads("任何人都看不到意见内容", "还不能启封")
    axe(officer.page)

    yes = {"necessary": "yes", "feasible": "yes", "reasonable": "yes"}
    industry, seat = write(desks, own_house, "expert-industry", axe, yes | {"feasible": "no"})
    officer.go(panel)
    assert "expert-industry" not in officer.words()
    auditor = desks(own_house, "auditor")
    auditor.go(panel)
    assert "expert-industry" not in auditor.words()
    write(desks, own_house, "expert-investment", axe, yes)

    officer.go(panel)
    officer.send("/close")
    officer.reads("论证通过", "不同意见", "哪些因素会改变结论", "expert-industry", "闻致用")
    axe(officer.page)
    paper = officer.page.locator('a[href*="/opinions/"]').first.get_attribute("href")
    officer.go(paper)
    officer.reads("论证意见书", "-LZ", "具名本", "闻致用", "expert-industry", "哪些因素会改变结论")
    axe(officer.page)
    industry.go(seat)
    industry.reads("论证通过")
    assert "expert-investment" not in industry.words()

    office = desks(own_house, "research-office", size=PHONE)
    office.go(panel)
    office.reads("论证通过", "expert-industry")
    assert "闻致用" not in office.words() and "哪些因素会改变结论" not in office.words()
    axe(office.page)
    office.go(paper)
    office.reads("论证意见书", "不具名本", "expert-industry")
    assert "闻致用" not in office.words() and "哪些因素会改变结论" not in office.words()
    axe(office.page)
