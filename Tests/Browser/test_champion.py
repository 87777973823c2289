"""Experts disagree about a proposal: one who is for it writes its case, and it is selected beside the ranking.

Two proposals: one that all find good, and one that a mean buries. The programme is data alone. The round is funded by two
organisations: the other one agrees to the call before it is out, and to the selection before it is signed.
"""

from house import jiebang
from letting import somebody
from proposal import ANSWERS, COMMENT
from test_story import (
    CALL_TITLE, CLOSES, EXPERTS, OPENS, Round, the_applicant_begins, the_applicant_submits, the_applicant_writes,
    the_leader_signs, the_officer_opens_the_notice, the_officer_publishes_a_call)

PROGRAMME = "research-plan-natural-key"
OTHER_UNIVERSITY = "10005"
AGREED, APART = "低温电解水催化机理的演示研究", "室温下反常输运的演示研究"
GRADES = {AGREED: ["A", "A", "B"], APART: ["A", "D", "D"]}
CASE = "这一问题没有共识，正因为没有人做成过。" * 8
FUNDER = "funder-demo"
GROUNDS = "意见分歧集中在可行性；举荐意见给出了半年内可以检验的判据，风险可控。"


def test_a_proposal_that_experts_disagree_about(own_house, desks, axe):
    story = Round(own_house, desks, PROGRAMME, True)
    the_officer_publishes_a_call(
        story, {"funder": FUNDER, "p-jointShare": "40"}, lambda *at: the_other_funder_agrees_to_the_call(*at, axe))
    story.clock(f"{OPENS}T09:05")
    other = {who: somebody(own_house, who, OTHER_UNIVERSITY) for who in ("applicant", "research-office")}
    cases = {
        AGREED: applies(story, other["applicant"], AGREED),
        APART: applies(story, "applicant", APART),
    }
    story.clock(f"{CLOSES}T16:30")
    is_endorsed(story, other["research-office"], cases[AGREED])
    is_endorsed(story, "research-office", cases[APART])
    for title, case in cases.items():
        is_screened_and_reviewed(story, title, case)
    an_expert_who_was_against_finds_no_desk(story)
    an_expert_who_is_for_it_writes_its_case(story, axe)
    the_route_is_refused_without_grounds(story, cases, axe)
    the_officer_proposes_it_beside_the_ranking(story, cases, axe)
    the_other_funder_agrees_to_the_selection(story, axe)
    the_leader_signs(story, APART)
    the_officer_opens_the_notice(story)
    the_public_reads_by_which_route(story, axe)
    the_applicant_reads_the_case_without_a_name(story, cases[APART], axe)
    own_house.stop()
    jiebang("journal", "verify", "--data", own_house.data)


def the_other_funder_agrees_to_the_call(story: Round, officer, action: str, axe) -> None:
    officer.reads("须经某市级科学基金（演示）同意这份通知才能发布")
    assert officer.page.locator('form[action$="/publish"]').count() == 0
    axe(officer.page)
    officer.send(f"{action}/ask-joint")
    officer.reads("等待答复")
    funder = story.waits_for("joint-funder", "审阅拟联合资助的通知", CALL_TITLE)
    address = f"/joint/{story.call}"
    funder.go(address)
    funder.reads("8 万元", "40%", "12 万元", "依据")
    axe(funder.page)
    funder.send(f"{address}/refuse", {"reason": "不"}, status=422)
    axe(funder.page)
    funder.send(f"{address}/refuse", {"reason": "指南须写明两家共享成果"})
    officer.go(action)
    officer.reads("指南须写明两家共享成果")
    officer.send(action, {"guide": "（演示指南）本轮由两家机构联合资助，成果由两家共享。\n一、申报条件以规则为准。"})
    officer.send(f"{action}/ask-joint")
    funder.go(address)
    funder.send(f"{address}/agree")
    funder.reads("代表联合资助方同意这份通知")
    axe(funder.page)
    officer.go(action)
    officer.reads("代表联合资助方同意这份通知")


def the_other_funder_agrees_to_the_selection(story: Round, axe) -> None:
    leader = story.desk("commission-leader")
    leader.go(f"/rounds/{story.call}/sign")
    leader.reads("等待某市级科学基金（演示）同意", "联合资助方同意之后才能签批")
    assert leader.page.locator("form#sign").count() == 0
    axe(leader.page)
    funder = story.waits_for("joint-funder", "审阅拟立项名单", CALL_TITLE)
    funder.go(f"/rounds/{story.call}/sign")
    funder.reads(APART, GROUNDS)
    axe(funder.page)
    funder.send(f"/rounds/{story.call}/join")
    funder.reads("已同意拟立项名单")


def applies(story: Round, who: str, title: str) -> str:
    the_applicant_begins(story, who)
    the_applicant_writes(story, who, ANSWERS | {"title": title})
    the_applicant_submits(story, who, OPENS, title)
    return story.case


def is_endorsed(story: Round, office: str, case: str) -> None:
    desk = story.waits_for(office, CALL_TITLE)
    form = desk.go(f"/lists/{story.call}").locator("form#list")
    form.locator(f'[name="go"][value="{case}"]').check()
    form.locator(f'[name="rank.{case}"]').fill("1")
    desk.press(form, 'button[formaction$="/confirm"]')
    desk.send("/endorse")


def is_screened_and_reviewed(story: Round, title: str, case: str) -> None:
    officer = story.desk("programme-officer")
    officer.go(f"/cases/{case}/screening")
    officer.send("/screening", {"result": "pass", "reason": "（演示）经核对，符合申报条件。"})
    for (who, name), grade in zip(EXPERTS.items(), GRADES[title]):
        row = officer.go(f"/cases/{case}/assign?q={name}").locator("form.panel tbody tr", has_text=name)
        row.locator('input[name="expert"]').check()
        officer.press(officer.form("/assign"))
        expert = story.desk(who)
        expert.go("/reviews").locator("main").get_by_role("link", name=title).first.click()
        address = expert.path
        expert.send(f"{address}/accept")
        form = expert.form(f"{address}/draft")
        values = {"grade": grade, "advice": "A" if grade == "A" else "C", "comment": COMMENT}
        for control in form.locator("textarea").all():
            values[control.get_attribute("name")] = COMMENT
        expert.send(f"{address}/draft", values, button='button[value="confirm"]')
        expert.send(f"{address}/submit")


def an_expert_who_was_against_finds_no_desk(story: Round) -> None:
    expert = story.desk("expert-2")
    expert.go("/todo")
    assert "举荐意见" not in expert.words()


def an_expert_who_is_for_it_writes_its_case(story: Round, axe) -> None:
    expert = story.waits_for("expert", "可为分歧大的申请写举荐意见", APART)
    page = expert.page
    page.locator('main a[href$="/case"]').first.click()
    address = expert.path
    expert.reads("其他专家怎样评，这里不告诉您")
    axe(expert.page)
    field = expert.form(address).locator("textarea").first.get_attribute("name")
    expert.send(address, {field: "值得一试"}, status=422)
    expert.reads("举荐意见至少 100 个字")
    axe(expert.page)
    expert.send(address, {field: CASE})
    expert.reads("举荐意见已提交", CASE)
    assert expert.page.locator(f'form[action="{address}"]').count() == 0


def the_route_is_refused_without_grounds(story: Round, cases: dict[str, str], axe) -> None:
    officer = story.waits_for("programme-officer", CALL_TITLE)
    page = officer.go(f"/rounds/{story.call}")
    officer.reads("非共识", "有 1 项意见分歧，其中 1 项有举荐意见", "等级最高")
    axe(page)
    form = officer.form(f"/rounds/{story.call}/reckon")
    page.locator(f"#fund-{cases[APART]}").check()
    page.locator(f"#amount-{cases[APART]}").fill("50000")
    page.locator(f"#route-{cases[APART]}").check()
    officer.press(form, 'button[formaction$="/propose"]', status=422)
    officer.reads("请写明排序第 2 名由非共识通道立项的依据")
    axe(officer.page)


def the_officer_proposes_it_beside_the_ranking(story: Round, cases: dict[str, str], axe) -> None:
    officer = story.desk("programme-officer")
    form = officer.form(f"/rounds/{story.call}/reckon")
    grounds = officer.page.locator(f"#why-{cases[APART]}")
    grounds.fill(GROUNDS)
    officer.press(form, 'button[formaction$="/propose"]')
    officer.reads(APART, GROUNDS, CASE)
    axe(officer.page)
    officer.press(officer.form("/propose"), "button.primary")
    # Who signs reads the case too.
    leader = story.desk("commission-leader")
    leader.go(f"/rounds/{story.call}/sign")
    leader.reads(GROUNDS, CASE)
    axe(leader.page)


def the_public_reads_by_which_route(story: Round, axe) -> None:
    public = story.desk(None)
    page = public.go(story.notice)
    public.reads(APART, "非共识", "没有按评审平均分排序选出")
    for sealed in (CASE, GROUNDS, *EXPERTS.values()):
        assert sealed not in public.words()
    axe(page)


def the_applicant_reads_the_case_without_a_name(story: Round, case: str, axe) -> None:
    applicant = story.desk("applicant")
    page = applicant.go(f"/cases/{case}/decision")
    applicant.reads("由非共识通道选出", GROUNDS)
    axe(page)
    page = applicant.go(f"/cases/{case}/reviews")
    applicant.reads(CASE)
    for name in EXPERTS.values():
        assert name not in applicant.words()
    axe(page)
