"""A candidate whom three experts recommend, from the call to the first payment: the programme is data alone."""

import sqlite3

from desk import PHONE
from house import House, jiebang
from letting import accept_party, all_agree, end_of_notice, is_paid
from proposal import COMMENT, TITLE
from test_story import (
    CALL_TITLE, CLOSES, EXPERTS, OPENS, Round, an_expert_reviews, the_applicant_begins, the_applicant_submits,
    the_applicant_writes, the_leader_signs, the_officer_opens_the_notice, the_officer_proposes,
    the_officer_publishes_a_call, the_officer_screens, the_university_endorses, three_experts_are_asked)

PROGRAMME = "outstanding-young-scientists"
RECOMMENDERS = {"recommender": "高望岳", "recommender-2": "江涵秋", "recommender-3": "梅若谷"}
CAPACITIES = {"recommender": "academician", "recommender-2": "academician", "recommender-3": "institute"}
LETTER = (
    "（演示）长期关注候选人的工作，其研究问题重要、方法可靠、结论经得起检验，独立提出了新的分析框架，"
    "拟开展的研究路线清楚，值得稳定支持。")
INTERVIEW = "卓青面谈（浏览器演示）"
ROOM = "第二会议室（演示）"
ANSWER = "（演示）问：关键步骤失败怎么办？答：另有两条备选路线。"


def test_a_nomination_by_three_experts(own_house, desks, axe):
    story = Round(own_house, desks, PROGRAMME, True)
    # Its milestones are counted by the year: a shorter term would not see them.
    the_officer_publishes_a_call(story, {"p-projectYears": "5"})
    the_public_reads_who_may_recommend(story)
    both_generations_stand_side_by_side(story, desks, axe)
    story.clock(f"{OPENS}T09:05")
    the_applicant_begins(story)
    the_applicant_writes(story)
    the_applicant_asks_three(story, axe)
    two_are_not_enough(story)
    the_third_accepts_on_a_phone(story, desks, axe)
    the_applicant_submits(story)
    three_letters_are_written(story, axe)
    story.clock(f"{CLOSES}T16:30")
    the_university_endorses(story)
    the_officer_screens(story)
    three_experts_are_asked(story)
    for expert in EXPERTS:
        an_expert_reviews(story, expert)
    panel = three_others(own_house, story.case)
    meeting = the_officer_calls_an_interview(story, panel, axe)
    the_candidate_knows_when_and_not_who(story, meeting, panel, axe)
    the_candidate_is_heard(story, meeting, panel, axe)
    the_chair_signs(story, meeting, panel, axe)
    the_interview_is_read_by_those_who_decide(story, panel, axe)
    the_officer_proposes(story)
    the_leader_signs(story)
    the_officer_opens_the_notice(story)
    end_of_notice(story, "2026-10-09T10:00")
    all_agree(story, TITLE, "50,000", "10,000")
    is_paid(story, "DEMO-2026-0002")
    auditor = story.desk("auditor")
    auditor.go(f"/cases/{story.case}/timeline")
    auditor.reads("参与方接受邀请", "提交书面材料", "款项拨付")
    own_house.stop()
    jiebang("journal", "verify", "--data", own_house.data)


def the_public_reads_who_may_recommend(story: Round) -> None:
    public = story.desk(None)
    public.go(f"/calls/{story.call}")
    public.reads("专家推荐", "推荐人", "每人至多 3 项", "待核对原文")


def both_generations_stand_side_by_side(story: Round, desks, axe) -> None:
    """From the call to its programme, on a phone too: the table scrolls, the page does not."""
    public = story.desk(None)
    public.go(f"/calls/{story.call}")
    assert public.page.locator(f'main a[href="/plan/programmes/{PROGRAMME}"]').count() == 1
    public.go(f"/plan/programmes/{PROGRAMME}")
    public.reads("2017-01-01 至 2021-12-31", "2022-01-01 至 2022-08-24", "创新应用类", "原文未载明", "政策导向", "待核对原文")
    phone = desks(story.house, None, size=PHONE)
    page = phone.go(f"/plan/programmes/{PROGRAMME}")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def the_applicant_asks_three(story: Round, axe) -> None:
    applicant = story.desk("applicant")
    for who in RECOMMENDERS:
        applicant.go(f"/drafts/{story.case}/parties")
        applicant.send("/parties", {"email": f"{who}@jiebang.example"})
    axe(applicant.page)
    # Asked twice: refused on the page, and nobody's name shows before an answer.
    applicant.send("/parties", {"email": "recommender@jiebang.example"}, status=422)
    applicant.reads("已经邀请过了")
    for name in RECOMMENDERS.values():
        assert name not in applicant.page.content()


def two_are_not_enough(story: Round) -> None:
    for who in list(RECOMMENDERS)[:2]:
        accept_party(story, who, TITLE, "林一诺", "院士")
    applicant = story.desk("applicant")
    applicant.go(f"/drafts/{story.case}/parties")
    applicant.reads("高望岳", "江涵秋", "等待答复")
    page = applicant.go(f"/drafts/{story.case}/submit")
    assert page.locator(".error-summary").count() == 1
    applicant.reads("至少需要 3 名接受邀请，现有 2 名")


def the_third_accepts_on_a_phone(story: Round, desks, axe) -> None:
    phone = desks(story.house, "recommender-3", size=PHONE)
    accept_party(story, "recommender-3", TITLE, "林一诺", "院士", desk=phone)
    axe(phone.page)
    # What is not submitted yet is its writer's own.
    phone.go(f"/cases/{story.case}", status=404)


def three_letters_are_written(story: Round, axe) -> None:
    # Nobody else's turn, and no list without the letters.
    story.desk("expert").go(f"/cases/{story.case}/statements", status=404)
    page = f"/cases/{story.case}/statements/recommend"
    story.desk("programme-officer").go(page, status=404)
    for who in RECOMMENDERS:
        desk = story.waits_for(who, TITLE)
        desk.go(page)
        if who == "recommender":
            axe(desk.page)
            desk.send("/recommend", {"achievement": LETTER}, status=422)
            desk.reads("请填写", "以何身份推荐")
        desk.send("/recommend", {
            "capacity": CAPACITIES[who], "acquaintance": LETTER, "achievement": LETTER, "potential": LETTER,
            "advice": "strongly"})
        desk.reads("书面材料已提交")
    applicant = story.desk("applicant")
    applicant.go(f"/cases/{story.case}/statements")
    applicant.reads("内容依规定对您不公开", "高望岳")
    assert LETTER not in applicant.page.content()
    assert "以何身份推荐" not in applicant.page.content()
    axe(applicant.page)
    officer = story.desk("programme-officer")
    officer.go(f"/cases/{story.case}/statements")
    officer.reads("以何身份推荐", "两院院士（含京外）", "科研院所负责人")


def three_others(house: House, case: str) -> list[dict[str, str]]:
    """Experts beside those who reviewed, of other bodies than the candidate and with no application of their own: by
    identity, name and address."""
    with sqlite3.connect(f"file:{house.data}/jiebang.sqlite?mode=ro", uri=True) as database:
        database.row_factory = sqlite3.Row
        found = database.execute(
            """SELECT person.id, person.name, person.email FROM expert JOIN person ON person.id = expert.person
               JOIN organisation ON organisation.id = person.organisation
               WHERE person.id NOT IN (SELECT expert FROM assignment WHERE application = :case)
                 AND person.email NOT LIKE 'recommender%' AND person.email NOT LIKE 'expert%'
                 AND person.id NOT IN (SELECT owner FROM application)
                 AND person.id NOT IN (SELECT person FROM application_member)
                 AND organisation.legal_entity NOT IN (SELECT university FROM application WHERE id = :case)
                 AND organisation.legal_entity NOT IN (
                   SELECT branch.legal_entity FROM application_member
                   JOIN organisation AS branch ON branch.id = application_member.organisation
                   WHERE application_member.application = :case)
                 AND EXISTS (SELECT 1 FROM tenure WHERE tenure.person = person.id AND tenure.role = 'expert'
                   AND tenure.until_at IS NULL)
               ORDER BY person.id LIMIT 3""", {"case": case}).fetchall()
    assert len(found) == 3, f"{len(found)} experts are free"
    return [dict(row) for row in found]


def the_officer_calls_an_interview(story: Round, panel: list[dict[str, str]], axe) -> str:
    """Interviewers are experts with accounts, named by address; two are too few, and who reviewed would have to leave."""
    officer = story.waits_for("programme-officer", CALL_TITLE)
    officer.go("/meetings")
    officer.page.locator('main a[href^="/office/meetings/new/"]', has_text=CALL_TITLE).first.click()
    action = officer.path
    officer.reads("在场不少于 3 人方可面谈", "不表决")
    axe(officer.page)
    reviewers = [f"{who}@jiebang.example" for who in EXPERTS]
    addresses = [member["email"] for member in panel]
    officer.send(action, {
        "title": INTERVIEW, "place": ROOM, "at": "2026-09-20T09:00", "panel": "\n".join(addresses[:2]),
        "chair": addresses[0]}, status=422)
    officer.reads("名单只有 2 人")
    officer.send(action, {"panel": "\n".join(reviewers), "chair": reviewers[0]}, status=422)
    officer.reads("须离席的成员", "名单只剩 0 人")
    officer.send(action, {"panel": "\n".join(addresses), "chair": addresses[0]})
    officer.reads(INTERVIEW, TITLE)
    return officer.path


def the_candidate_knows_when_and_not_who(story: Round, meeting: str, panel: list[dict[str, str]], axe) -> None:
    applicant = story.waits_for("applicant", "参加面谈")
    page = applicant.go(f"/cases/{story.case}/meetings")
    applicant.reads("2026-09-20 09:00", ROOM)
    for member in panel:
        assert member["name"] not in applicant.words()
    axe(page)
    applicant.go(meeting, status=404)


def the_candidate_is_heard(story: Round, meeting: str, panel: list[dict[str, str]], axe) -> None:
    officer = story.desk("programme-officer")
    officer.go(meeting)
    officer.send("/open")
    officer.send("/begin")
    officer.reads("申请人还没有进场")
    axe(officer.page)
    # A member who looks on has nothing to vote on, and may leave.
    member = story.desk(panel[1]["id"])
    page = member.go(meeting)
    assert page.locator('form[action$="/vote"], form[action$="/hear"]').count() == 0
    assert page.locator('form[action$="/leave"]').count() == 1
    officer.send("/hear")
    officer.reads("开始面谈")
    officer.send("/dismiss")
    axe(officer.page)
    # What is lacking is told, and what was typed is not lost.
    officer.send("/close", {"person": COMMENT}, status=422)
    officer.reads("请填写")
    axe(officer.page)
    officer.send("/close", {"frontier": COMMENT, "design": COMMENT, "plans": COMMENT, "answers": ANSWER})
    officer.reads("已面谈", "主要问答", ANSWER)
    axe(officer.page)
    officer.send("/end")


def the_chair_signs(story: Round, meeting: str, panel: list[dict[str, str]], axe) -> None:
    assert story.desk(panel[1]["id"]).go(meeting).locator('form[action$="/sign"]').count() == 0
    chair = story.waits_for(panel[0]["id"], INTERVIEW)
    page = chair.go(meeting)
    chair.reads(f"组长：{panel[0]['name']}", "记录为日志第", "本次会议不表决", ANSWER)
    axe(page)
    chair.send("/sign")
    chair.reads("已签署")


def the_interview_is_read_by_those_who_decide(story: Round, panel: list[dict[str, str]], axe) -> None:
    officer = story.desk("programme-officer")
    officer.go(f"/rounds/{story.call}")
    officer.reads(TITLE, "已面谈", "会议记录")
    leader = story.desk("commission-leader")
    leader.go(f"/cases/{story.case}/statements")
    leader.reads(ANSWER)
    applicant = story.desk("applicant")
    axe(applicant.go(f"/cases/{story.case}/meetings"))
    applicant.reads("已面谈")
    for page in ["meetings", "statements"]:
        applicant.go(f"/cases/{story.case}/{page}")
        assert ANSWER not in applicant.words()
        for name in list(EXPERTS.values()) + [member["name"] for member in panel]:
            assert name not in applicant.words()
