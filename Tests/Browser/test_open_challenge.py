"""An open challenge whose final user is a firm: its problem, the topic made of it, the call, a bid, the firm's word, the
decision, the pledge and the contract; the chain of all of it, read both ways; and the firm using the result."""

from house import jiebang
from letting import accept_party, all_agree, end_of_notice, is_paid, publish, write_statement
from proposal import PROSE, TITLE
from test_story import (
    CLOSES, EXPERTS, OPENS, Round, an_expert_reviews, the_applicant_begins, the_applicant_submits,
    the_applicant_writes, the_leader_signs, the_officer_opens_the_notice, the_officer_proposes,
    the_officer_screens, the_university_endorses, three_experts_are_asked)

FIRM = "北京轨道减振科技有限公司"
PROBLEM = {
    "title": "地铁车辆段上盖住宅低频振动怎样减下来（故事）",
    "statement": "（演示）车辆段上盖住宅夜间低频振动明显，道床已经换过一次，效果不大；希望有不停运就能安装的减振办法。",
    "benefits": "（演示）上盖住宅的居民和运营单位", "solved": "（演示）卧室竖向振动级不高于 65 分贝",
    "user": "（演示）轨道减振企业", "money": "300000",
}
TOPIC = {
    "title": "车辆段上盖住宅低频减振成套技术（故事）",
    "goal": "（演示）在不停运的条件下降低车辆段上盖住宅的低频振动，形成可以在天窗时间安装的成套技术并在一处验证。",
    "indicators": "卧室竖向振动级 | 不高于 68 分贝 | 自测",
    "nodes": "6 | 完成现场测试和设计\n18 | 完成示范并通过第三方检测",
    "payments": "0 | 30\n18 | 70", "test": "yes", "test-of": "（演示）卧室竖向振动级，连续 30 天",
    "ceiling": "500000", "user-name": FIRM, "user-email": "firm@jiebang.example",
}
BETTER = "卧室竖向振动级 | 不高于 65 分贝 | 第三方连续监测 30 天\n每户造价 | 不高于 2 万元 | 决算审核"
PANEL = ["expert-industry", "expert-investment", "integrity"]
PLEDGE = {"promise": "（演示）十八个月内完成示范，卧室竖向振动级不高于 65 分贝，每户造价不高于 2 万元。", "tested": "true"}


def test_an_open_challenge_with_a_firm_as_final_user(own_house, desks, axe):
    story = Round(own_house, desks, "open-challenge", True)
    problem = the_firm_puts_its_problem_in(story)
    topic = a_topic_is_made_of_it(story, problem)
    a_panel_votes(story, topic)
    no_call_without_a_topic(story)
    publish(story, parameters={"grantAmount": "500000", "roundBudget": "1000000"},
            more={"topics": topic.rsplit("/", 1)[1]})
    the_public_reads_the_challenge(story, topic)
    story.clock(f"{OPENS}T09:05")
    the_applicant_begins(story)
    the_applicant_writes(story)
    the_applicant_submits(story)
    story.clock(f"{CLOSES}T16:30")
    the_university_endorses(story)
    the_officer_screens(story)
    three_experts_are_asked(story)
    for expert in EXPERTS:
        an_expert_reviews(story, expert)
    the_firm_has_its_part(story, axe)
    what_it_promises_stands_beside_the_target(story, topic, axe)
    the_officer_proposes(story)
    the_leader_signs(story)
    the_officer_opens_the_notice(story)
    end_of_notice(story, "2026-10-09T10:00")
    the_pledge_is_signed(story, axe)
    all_agree(story, TITLE, "50,000", "15,000", "35,000", "第 18 个月的节点验收后", "（演示）卧室竖向振动级，连续 30 天", "不高于 65 分贝", "方案承诺值", PROSE, "第三方连续监测 30 天", FIRM,
              "第三方检测与最终验收")
    axe(story.desk("applicant").page)
    is_paid(story, "DEMO-2026-0031")
    the_chain_reads_both_ways(story, problem, topic, axe)
    the_firm_takes_the_result_up(story, topic, axe)
    own_house.stop()
    jiebang("journal", "verify", "--data", own_house.data)


def the_firm_puts_its_problem_in(story: Round) -> str:
    firm = story.desk("firm")
    firm.go("/problems/new")
    firm.send("/problems/new", PROBLEM)
    firm.reads(PROBLEM["title"])
    return firm.path


def a_topic_is_made_of_it(story: Round, problem: str) -> str:
    officer = story.desk("programme-officer")
    officer.go(f"/office/topics/new?problem={problem.rsplit('/', 1)[1]}")
    officer.reads(PROBLEM["title"])
    officer.send("/office/topics/new", TOPIC)
    topic = officer.path
    # The final user refines it, and the version says that it took the suggestion up.
    firm = story.desk("firm")
    firm.go(topic)
    firm.send("/suggest", {"part": "indicators", "text": "（演示）68 分贝居民感受不到差别，应为 65 分贝，由第三方监测 30 天。"})
    officer.go(f"{topic}/edit")
    officer.page.locator('[name="adopt"]').first.check()
    officer.send("/edit", {"indicators": BETTER, "reason": "（演示）采纳最终用户意见，指标由第三方检验。"})
    return topic


def a_panel_votes(story: Round, topic: str) -> None:
    officer = story.desk("programme-officer")
    officer.go(topic)
    # The firm has a stake: it does not vote on its own topic.
    everybody = [*PANEL, "firm"]
    officer.send("/ballot", {"panel": "\n".join(f"{who}@jiebang.example" for who in everybody), "quorum": "3"},
                 status=422)
    officer.send("/ballot", {"panel": "\n".join(f"{who}@jiebang.example" for who in PANEL), "quorum": "2"})
    for who in PANEL:
        desk = story.desk(who)
        desk.go(topic)
        desk.send("/vote", {"supports": "yes", "reason": "（演示）指标可测，最终用户明确。"})
    officer.go(topic)
    officer.send("/close", {"outcome": "ready", "reason": "（演示）多数赞成，予以公布。"})


def no_call_without_a_topic(story: Round) -> None:
    officer = story.desk("programme-officer")
    officer.go("/office/calls/new")
    officer.send("/office/calls/new", {"programme": story.programme})
    officer.reads("题目")
    assert officer.page.locator('form[action$="/publish"]').count() == 0


def the_public_reads_the_challenge(story: Round, topic: str) -> None:
    public = story.desk(None)
    public.go(f"/calls/{story.call}")
    public.reads("揭榜挂帅", TOPIC["title"], "不高于 65 分贝", FIRM, "最终用户", "第 18 个月的节点验收通过",
                 "（演示）卧室竖向振动级，连续 30 天")
    public.go(topic)
    public.reads("第三方连续监测 30 天", "第三方检测")


def the_firm_has_its_part(story: Round, axe) -> None:
    firm = story.desk("firm")
    firm.go(f"/cases/{story.case}", status=404)
    officer = story.desk("programme-officer")
    # The reviews are in, and still nobody can propose: the final user has not spoken.
    officer.go(f"/rounds/{story.call}")
    assert officer.page.locator(f"#fund-{story.case}").count() == 0
    officer.go(f"/cases/{story.case}/statements")
    axe(officer.page)
    officer.send("/parties", {"email": "firm@jiebang.example"})
    accept_party(story, "firm", TITLE)
    firm.go(f"/cases/{story.case}/statements/user")
    axe(firm.page)
    firm.send("/user", {"fit": "（演示）好"}, status=422)
    write_statement(story, "firm", "user", {
        "use": "yes", "fit": "（演示）方案的安装条件与现场相符，指标达到即可使用。", "offers": "（演示）提供一处现场和检测费用。"})
    applicant = story.desk("applicant")
    applicant.go(f"/cases/{story.case}/statements")
    applicant.reads("最终用户意见", "提供一处现场和检测费用", "高启明")


def what_it_promises_stands_beside_the_target(story: Round, topic: str, axe) -> None:
    officer = story.desk("programme-officer")
    page = officer.go(f"/rounds/{story.call}/topics/{topic.rsplit('/', 1)[1]}")
    officer.reads("按题目指标比较", "不高于 65 分贝", PROSE)
    axe(page)


def the_pledge_is_signed(story: Round, axe) -> None:
    applicant = story.waits_for("applicant", TITLE)
    # No contract before the pledge.
    applicant.go(f"/cases/{story.case}/contract")
    assert applicant.page.locator('form[action$="/contract/agree"]').count() == 0
    applicant.go(f"/cases/{story.case}/statements/pledge")
    axe(applicant.page)
    applicant.send("/pledge", PLEDGE, status=422)
    applicant.reads("请勾选签署承诺")
    write_statement(story, "applicant", "pledge", PLEDGE | {"signed": "yes"})


def the_chain_reads_both_ways(story: Round, problem: str, topic: str, axe) -> None:
    chain = f"{topic}/chain"
    # From the problem forwards.
    firm = story.desk("firm")
    page = firm.go(problem)
    page.locator(f'main a[href^="{topic}"]').first.click()
    assert firm.path.startswith(topic)
    page = firm.go(chain)
    axe(page)
    for link in (problem, topic, f"/calls/{story.call}", f"/cases/{story.case}"):
        assert page.locator(f'main a[href="{link}"]').count() >= 1, f"the chain does not lead to {link}"
    # From the project backwards.
    applicant = story.desk("applicant")
    page = applicant.go(f"/cases/{story.case}")
    page.locator(f'main a[href="{chain}"]').first.click()
    applicant.reads(TOPIC["title"], TITLE, story.number, FIRM)
    # Anybody sees the topic, its call and the published project, and neither problem nor case.
    public = story.desk(None)
    page = public.go(chain)
    public.reads(TOPIC["title"], TITLE, story.number)
    for link in (problem, f"/cases/{story.case}"):
        assert page.locator(f'main a[href="{link}"]').count() == 0, link
    # The call leads there too, and the topic says why its panel's round was closed.
    page = public.go(f"/calls/{story.call}")
    assert page.locator(f'main a[href="{chain}"]').count() == 1
    page = public.go(topic)
    public.reads("（演示）多数赞成，予以公布。")


def the_firm_takes_the_result_up(story: Round, topic: str, axe) -> None:
    chain, adoption = f"{topic}/chain", f"/cases/{story.case}/adoption"
    public = story.desk(None)
    public.go(chain)
    public.reads("尚无采用记录")
    applicant = story.desk("applicant")
    page = applicant.go(adoption)
    applicant.reads("采用情况由最终用户填写")
    assert page.locator('form[action$="/adoption"]').count() == 0
    firm = story.desk("firm")
    firm.go(f"/cases/{story.case}/statements")
    firm.page.locator(f'main a[href="{adoption}"]').first.click()
    axe(firm.page)
    firm.send("/adoption", {"extent": "part", "organisation": FIRM}, status=422)
    firm.reads("请填写在哪里用", "请填写开始采用的日期", "请写明依据")
    axe(firm.page)
    evidence = "（演示）采购合同和三个月的运行记录。"
    firm.send("/adoption", {
        "extent": "part", "organisation": FIRM, "place": "（演示）一处上盖住宅", "since": "2026-10-08", "evidence": evidence})
    firm.reads("采用情况已记录", "已部分采用", evidence)
    axe(firm.page)
    applicant.go(adoption)
    applicant.reads(FIRM, "（演示）一处上盖住宅", evidence)
    page = public.go(chain)
    public.reads(f"{FIRM} 自 2026-10-08 起部分采用")
    assert evidence not in page.content()
    axe(page)
