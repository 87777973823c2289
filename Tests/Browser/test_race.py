"""A race of three lanes, from bids that came out close to three contracts with one gate, which the public reads in the
notice. The programme is data alone; its bids stand in the demo city, reviewed."""

import re
import sqlite3

from desk import PHONE
from house import jiebang

TOPIC = "再生骨料现场快速分级"
ASSESSOR = "京准检测认证公司（演示）"
GATE = "2028-01-01"
FIRST, GRANT, REST = "360,000.00", "1,200,000.00", "840,000.00"
DIFFERENCE = "三条路线的测量原理各不相同：近红外光谱、声学共振和机器视觉，误差来源也不同。"
GROUNDS = "三条路线各有长处，精度、速度和成本难以事先分出高下，并行一年再作取舍。"
PLEDGE = "按题目的指标和节点完成，一年内通过阶段考核；达不到的如实报告，不再使用余款。"


def people_of(house, case):
    """The owner of a dossier and the officer of its university: nobody of the cast, so found by the database."""
    with sqlite3.connect(f"file:{house.data / 'jiebang.sqlite'}?mode=ro", uri=True) as database:
        return database.execute(
            """SELECT application.owner, tenure.person FROM application
               JOIN tenure ON tenure.organisation = application.university AND tenure.role = 'research-office'
               WHERE application.id = ?""", (case,)).fetchone()


def the_officer_finds_what_is_close(officer, axe):
    """The comparison of the topic's bids; the address of the round and the cases ticked, best first."""
    officer.go("/rounds")
    officer.page.get_by_role("link", name=f"揭榜征集：{TOPIC}").click()
    round_ = officer.path
    officer.page.locator("ul.views a", has_text=TOPIC).click()
    officer.page.get_by_role("link", name="比较揭榜方案").click()
    officer.reads("按题目指标比较", "与标准试验的一致率", "一致率 96%", "一致率 88%", "技术路线说明", "得分相近", "仅供参考",
                  "桂科计字〔2022〕125号", "借鉴其他办法")
    axe(officer.page)
    lanes = [box.get_attribute("value") for box in officer.page.locator('input[name="lane"]:checked').all()]
    assert len(lanes) == 3
    return round_, lanes


def a_race_without_grounds_is_refused(officer, axe):
    officer.send("/race", {"first": "400000", "assessor": "北京工业大学"}, status=422)
    officer.reads("首笔 400,000.00 元超过每道资助额的 30%", "北京工业大学 是赛道单位、最终用户或市教委", "技术路线为何不同，至少 20 个字",
                  "开赛理由，至少 20 个字", "依据：行动计划 3.6.1")
    axe(officer.page)


def the_officer_proposes_it(officer, round_, lanes, axe):
    officer.send("/race", {
        "gate": GATE, "assessor": ASSESSOR, "grant": "1200000", "first": "360000", "difference": DIFFERENCE,
        "grounds": GROUNDS})
    officer.reads("赛马已提出", "待名单签批", DIFFERENCE, GROUNDS)
    axe(officer.page)
    page = officer.go(round_)
    officer.reads("拟开的赛马")
    axe(page)
    form = officer.form("/reckon")
    # A lane left out: the selection cannot go.
    page.locator(f"#fund-{lanes[2]}").uncheck()
    officer.press(form, 'button[formaction$="/propose"]', status=422)
    officer.reads("名单须资助它的每一条赛道")
    officer.page.locator(f"#fund-{lanes[2]}").check()
    officer.press(officer.form("/reckon"), 'button[formaction$="/propose"]')
    officer.reads("确认拟立项名单", "拟开的赛马", ASSESSOR)
    axe(officer.page)
    officer.press(officer.form("/propose"), "button.primary")


def the_leader_signs(leader, round_, axe):
    leader.go(f"{round_}/sign")
    leader.reads("拟开的赛马", DIFFERENCE, GROUNDS, ASSESSOR, GATE, "只能凭阶段考核的裁决拨付")
    axe(leader.page)
    leader.send("/sign")
    leader.go(round_)
    leader.reads("已成立的赛马")


def the_public_reads_the_notice(officer, public, round_, axe):
    officer.go(round_)
    officer.send("/notice")
    officer.go(round_)
    notice = officer.page.locator('main a[href^="/notices/"]').first.get_attribute("href")
    public.go(notice)
    public.reads("赛马立项", "并行 3 条", GATE, ASSESSOR, FIRST, GRANT, REST, "第三方盲样 200 批", "被终止不等于失信", "赛马赛道")
    for sealed in (DIFFERENCE, GROUNDS):
        assert sealed not in public.page.content()
    axe(public.page)
    return notice


def move_clock(desk, to):
    desk.go("/demo")
    form = desk.page.locator('form[action="/demo/clock"]:has([name="to"])')
    desk.fill(form, {"to": to})
    desk.press(form)


def terms(desk, case):
    """The race's terms as one contract puts them, and what it says of the money: without what each bid promises."""
    page = desk.go(f"/cases/{case}/contract")
    said = page.locator("dl.facts", has_text="拨款规则").text_content()
    promised = page.locator('td[data-label="方案承诺值"]')
    assert promised.count() > 0
    promised.evaluate_all("cells => cells.forEach(cell => cell.remove())")
    tables = [table.text_content() for table in page.locator("section table").all()]
    return re.sub(r"\s+", " ", said + "".join(tables))


def a_lane_signs(house, desks, officer, case, axe):
    owner, office = people_of(house, case)
    applicant = desks(house, owner)
    # No contract before the pledge.
    applicant.go(f"/cases/{case}/contract")
    assert applicant.page.locator('form[action$="/contract/agree"]').count() == 0
    applicant.go(f"/cases/{case}/statements/pledge")
    applicant.send("/pledge", {"promise": PLEDGE, "failure": PLEDGE, "tested": "true"}, status=422)
    applicant.send("/pledge", {"promise": PLEDGE, "failure": PLEDGE, "tested": "true", "signed": "yes"})
    applicant.go(f"/cases/{case}/contract")
    applicant.reads("赛马条款", "对同一赛马的每一条赛道完全相同", FIRST, REST, GATE, ASSESSOR, "赛马阶段考核")
    axe(applicant.page)
    applicant.send("/contract/agree")
    for desk in (desks(house, office), officer):
        desk.go(f"/cases/{case}/contract")
        desk.send("/contract/agree")
    officer.reads("三方均已同意")


def only_the_first_money_is_paid(house, desks, case):
    finance, approver = desks(house, "finance"), desks(house, "finance-approver")
    pay = f"/cases/{case}/payment"
    finance.go(pay)
    finance.reads("赛马首笔", "30%", FIRST, f"其余至多 {REST} 元凭裁决拨付")
    finance.send("/payment/prepare")
    approver.go(pay)
    approver.send("/payment/approve")
    finance.go(pay)
    finance.send("/payment/pay", {"reference": "DEMO-2026-0300"})
    finance.go(pay)
    assert finance.page.locator('main form[method="post"]').count() == 0
    finance.reads("凭裁决拨付")


def test_three_lanes_are_established_with_one_gate(own_house, desks, axe):
    officer = desks(own_house, "programme-officer")
    round_, lanes = the_officer_finds_what_is_close(officer, axe)
    a_race_without_grounds_is_refused(officer, axe)
    the_officer_proposes_it(officer, round_, lanes, axe)
    the_leader_signs(desks(own_house, "commission-leader"), round_, axe)
    public = desks(own_house, None, size=PHONE)
    notice = the_public_reads_the_notice(officer, public, round_, axe)
    move_clock(desks(own_house, "system-admin"), "2026-07-01T10:00")
    officer.go(f"{notice}/office")
    officer.send("/close")

    for case in lanes:
        a_lane_signs(own_house, desks, officer, case, axe)
    said = {terms(officer, case) for case in lanes}
    assert len(said) == 1, said
    assert GATE in said.pop()
    only_the_first_money_is_paid(own_house, desks, lanes[0])
    public.go(notice)
    public.reads("赛马立项", "并行 3 条")
    own_house.stop()
    jiebang("journal", "verify", "--data", own_house.data)
