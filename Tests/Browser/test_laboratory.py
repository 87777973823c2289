"""A laboratory from its call to the contract and the plate: a partner joins it, it is set up when ripe, and three appraisals
follow one another. The programme is data alone."""

from house import jiebang
from letting import accept_party, all_agree, end_of_notice, propose_now, publish, write_statement
from panel import ask_to_sit, hand_in
from proposal import TITLE
from test_story import (
    OPENS, Round, the_applicant_begins, the_applicant_submits, the_applicant_writes, the_leader_signs,
    the_officer_opens_the_notice, the_officer_screens)

PANELS = {
    "coordinate": {"science": 2},
    "macro": {"science": 2, "industry": 1, "investment": 1},
    "field": {"science": 3, "industry": 2, "investment": 2},
}
PLATE = {"plateName": "居民协商北京实验室（演示）", "approval": "演示函〔2026〕1号", "hungOn": "2026-10-12", "place": "演示校区"}


BODY = "京轨减振科技公司（演示）"
JOINS = {
    "body": BODY, "type": "firm", "tasks": "（演示）承担样机试制和两处现场的应用验证。",
    "means": "（演示）提供中试线和四名工程师。", "money": "800000", "percent": "20",
}
SUPPORT = {
    "opinion": "（演示）列入学校重点建设的平台，同意牵头。", "means": "（演示）提供两层实验用房和十二名专职人员。",
    "matching": "500000",
}
# What an officer looks at, item by item; the accounts are missing at first.
ITEMS = ["need", "layout", "team", "partners", "tasks", "accounts", "means"]
MISSING = "（演示）只有财务处的口头答复，没有单独核算的账户证明。"
MENDED = "（演示）账户证明已补交，单独核算。"


def test_a_laboratory_through_three_appraisals_to_its_plate(own_house, desks, axe):
    story = Round(own_house, desks, "beijing-laboratory", True)
    publish(story, closes="2026-12-20T16:00")
    the_public_reads_what_makes_it_ripe(story, axe)
    story.clock(f"{OPENS}T09:05")
    the_applicant_begins(story)
    the_applicant_writes(story)
    a_firm_joins(story)
    the_applicant_submits(story)
    what_is_missing_is_open_before_anybody_has_spoken(story, axe)
    the_university_and_the_firm_speak(story, axe)
    it_waits_until_it_is_ripe(story, axe)
    the_officer_screens(story)
    sat: set[str] = set()
    for step, lenses in PANELS.items():
        a_panel_sits(story, step, lenses, sat, axe)
    propose_now(story, story.case)
    the_leader_signs(story)
    the_officer_opens_the_notice(story)
    no_plate_before_the_contract(story)
    end_of_notice(story, "2026-10-09T10:00")
    all_agree(story, TITLE, "50,000", "牵头与参加单位", BODY, "800,000", "10,000")
    firm = story.desk("firm")
    firm.go(f"/cases/{story.case}/contract")
    firm.reads(BODY, "10,000")
    the_plate_is_hung(story, axe)
    own_house.stop()
    jiebang("journal", "verify", "--data", own_house.data)


def the_public_reads_what_makes_it_ripe(story: Round, axe) -> None:
    public = story.desk(None)
    public.go(f"/calls/{story.call}")
    public.reads("成熟度清单", "经费单独核算的安排已落实", "联合单位确认", "接受邀请者人人须办")
    axe(public.page)


def a_firm_joins(story: Round) -> None:
    applicant = story.desk("applicant")
    # Nobody leads a laboratory alone.
    page = applicant.go(f"/drafts/{story.case}/submit")
    assert page.locator(".error-summary").count() == 1
    applicant.reads("至少需要 1 名接受邀请，现有 0 名")
    applicant.go(f"/drafts/{story.case}/parties")
    applicant.send("/parties", {"email": "firm@jiebang.example"})
    accept_party(story, "firm", TITLE, "联合单位指定的负责人")


def look_at(story: Round, item: str, state: str, words: str) -> None:
    officer = story.desk("programme-officer")
    page = officer.go(f"/cases/{story.case}/statements/ripen")
    form = page.locator(f'form[action$="/criteria"]:has(input[name="criterion"][value="{item}"])')
    officer.fill(form, {"state": state, "words": words})
    officer.press(form)


def what_is_missing_is_open_before_anybody_has_spoken(story: Round, axe) -> None:
    applicant = story.desk("applicant")
    applicant.go(f"/cases/{story.case}/statements")
    applicant.reads("具备 0 项，尚缺 0 项，尚未核对 7 项")
    look_at(story, "need", "met", "（演示）需求出处见申请书第二节，已核对原文。")
    look_at(story, "accounts", "missing", MISSING)
    axe(story.desk("programme-officer").page)
    applicant.go(f"/cases/{story.case}/statements")
    applicant.reads("具备 1 项，尚缺 1 项，尚未核对 5 项", MISSING)
    axe(applicant.page)


def the_university_and_the_firm_speak(story: Round, axe) -> None:
    write_statement(story, "research-office", "support", SUPPORT)
    # The firm has not confirmed what it does and brings: the step is not open, however much was found.
    officer = story.desk("programme-officer")
    officer.go(f"/cases/{story.case}/statements/ripen")
    assert officer.page.locator('form[action$="/ripen"]').count() == 0
    firm = story.desk("firm")
    firm.go(f"/cases/{story.case}/statements/join")
    axe(firm.page)
    write_statement(story, "firm", "join", JOINS)
    applicant = story.desk("applicant")
    applicant.go(f"/cases/{story.case}/statements")
    applicant.reads(BODY, JOINS["tasks"], SUPPORT["means"])


def it_waits_until_it_is_ripe(story: Round, axe) -> None:
    officer = story.desk("programme-officer")
    officer.go(f"/cases/{story.case}/statements/ripen")
    officer.send("/ripen", status=422)
    officer.reads("还没有核对，不能办结")
    axe(officer.page)
    for item in ITEMS:
        if item not in ("need", "accounts"):
            look_at(story, item, "met", "（演示）已逐页核对申请书和附件。")
    officer.go(f"/cases/{story.case}/statements/ripen")
    officer.send("/ripen", status=422)
    applicant = story.desk("applicant")
    applicant.go(f"/cases/{story.case}/statements")
    applicant.reads("具备 6 项，尚缺 1 项，尚未核对 0 项", MISSING)
    # A month later what was missing is there; no term has pressed.
    story.clock("2026-08-12T16:30")
    look_at(story, "accounts", "met", MENDED)
    write_statement(story, "programme-officer", "ripen", {})
    applicant.go(f"/cases/{story.case}/statements")
    applicant.reads("具备 7 项，尚缺 0 项，尚未核对 0 项", MENDED)


def a_panel_sits(story: Round, step: str, lenses: dict[str, int], sat: set[str], axe) -> None:
    officer = story.waits_for("programme-officer")
    page = f"/cases/{story.case}/appraisals/{step}"
    officer.go(page)
    assert officer.page.locator('form[action$="/close"]').count() == 0
    experts = [expert for lens, count in lenses.items() for expert in ask_to_sit(officer, lens, count)]
    # Nobody sits in two of the three.
    assert len(set(experts)) == len(experts) and sat.isdisjoint(experts)
    sat.update(experts)
    for expert in experts:
        hand_in(story.desk(expert), TITLE)
    officer.go(page)
    officer.send("/close")
    officer.reads("论证通过")
    axe(officer.page)
    # Those who applied read the result and no name.
    applicant = story.desk("applicant")
    applicant.go(page)
    applicant.reads("论证通过")


def no_plate_before_the_contract(story: Round) -> None:
    officer = story.desk("programme-officer")
    officer.go(f"/cases/{story.case}/statements/plate")
    assert officer.page.locator('form[action$="/statements/plate"]').count() == 0, officer.words()[:1500]


def the_plate_is_hung(story: Round, axe) -> None:
    officer = story.waits_for("programme-officer", TITLE)
    officer.go(f"/cases/{story.case}/statements/plate")
    axe(officer.page)
    officer.send("/plate", PLATE | {"approval": ""}, status=422)
    officer.reads("请填写")
    write_statement(story, "programme-officer", "plate", PLATE)
    for who in ("applicant", "research-office", "auditor"):
        desk = story.desk(who)
        desk.go(f"/cases/{story.case}/statements")
        desk.reads("挂牌记录", "居民协商北京实验室", "演示函〔2026〕1号", "2026-10-12")
    axe(story.desk("applicant").page)
    # The money waits for nobody's plate, nor the plate for the money.
    story.waits_for("finance", TITLE)
