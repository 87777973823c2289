"""A rapid response: from the trigger to two signed contracts on two routes inside 48 hours of the demo clock, and then
what was left out, made up for."""

import datetime
import re

from house import jiebang
from letting import all_agree, end_of_notice, is_paid, propose_now, publish, somebody, write_statement
from panel import ask_to_sit, hand_in
from proposal import ANSWERS
from test_story import (
    EXPERTS, Round, the_applicant_begins, the_applicant_submits, the_applicant_writes, the_leader_signs,
    the_officer_opens_the_notice)

TRIGGER = datetime.datetime(2026, 6, 11, 8, 0)
DAY = "2026-06-11"
OWNER = "市教委负责人 | 北京市教育委员会（演示）"
SHOWN = "市教委负责人（北京市教育委员会（演示））"
FIRST, SECOND = "突发污染快速检测的荧光路线", "突发污染快速检测的质谱路线"
OTHER_UNIVERSITY = "10005"
OPINION = "（演示）路线可行，三日内可以给出样机。"


def test_a_rapid_response_inside_48_hours(own_house, desks, axe):
    story = Round(own_house, desks, "rapid-response", True)
    story.clock(TRIGGER.strftime("%Y-%m-%dT%H:%M"))
    publish(story, f"{DAY}T08:30", f"{DAY}T20:00", {
        "trigger": "（演示）今晨上游来水检出不明有机物，须在数日内给出现场检测办法。", "triggerOwner": OWNER,
        "projectStart": "2026-06-12", "projectYears": "1"})
    the_public_reads_what_set_it_off(story)
    who_answers_is_told(story, axe)
    story.clock(f"{DAY}T08:35")
    others = {who: somebody(own_house, who, OTHER_UNIVERSITY) for who in ("applicant", "research-office")}
    second = applies(story, others["applicant"], SECOND)
    first = applies(story, "applicant", FIRST)
    story.clock(f"{DAY}T15:00")
    for case in (first, second):
        is_screened_and_consulted(story, case, axe)
    propose_now(story, first, second)
    the_leader_signs(story, FIRST)
    story.clock("2026-06-12T10:00")
    all_agree(story, FIRST, case=first)
    all_agree(story, SECOND, case=second, parties=others | {"programme-officer": "programme-officer"})
    for case in (first, second):
        is_established_within_48_hours(story, case)
        owes(story, case, 3)
    axe(story.desk("programme-officer").page)
    story.desk("commission-leader").go(f"/calls/{story.call}/owed")
    story.desk("commission-leader").reads(FIRST, SECOND, "待补办")
    what_is_owed_is_in_the_to_do(story, first)
    is_paid(story, "DEMO-2026-0021", first)
    it_is_made_up_for(story, first, axe)
    owes(story, first, 0)
    # The other route still owes all of it.
    owes(story, second, 3)
    own_house.stop()
    jiebang("journal", "verify", "--data", own_house.data)


def the_public_reads_what_set_it_off(story: Round) -> None:
    public = story.desk(None)
    public.go(f"/calls/{story.call}")
    public.reads("快速反应", "上游来水检出不明有机物", SHOWN, "略去的环节", "专家通讯评审", "补办公示", "时钟从通知发布起算")


def who_answers_is_told(story: Round, axe) -> None:
    """Whoever holds the role finds the call in the to-do, and what it leaves out with its terms."""
    leader = story.desk("commission-leader")
    leader.go("/todo")
    leader.reads("您是触发责任人")
    leader.go(f"/calls/{story.call}/owed")
    leader.reads("上游来水检出不明有机物", "专家通讯评审", "补办专家评议")
    axe(leader.page)


def applies(story: Round, who: str, title: str) -> str:
    the_applicant_begins(story, who)
    the_applicant_writes(story, who, ANSWERS | {"title": title, "route": title, "keywords": "快速检测"})
    the_applicant_submits(story, who, DAY, title)
    return story.case


def is_screened_and_consulted(story: Round, case: str, axe) -> None:
    officer = story.desk("programme-officer")
    officer.go(f"/cases/{case}/screening")
    officer.send("/screening", {"result": "pass", "reason": "（演示）经核对，符合申报条件。"})
    # Who is consulted has an account and may be in conflict; the experts say what they think, and vote on nothing.
    officer.go(f"/office/meetings/new/{story.call}")
    officer.reads("在场不少于 2 人方可会商", "不表决")
    axe(officer.page)
    addresses = [f"{who}@jiebang.example" for who in list(EXPERTS)[:2]]
    officer.send(officer.path, {
        "title": "应急攻关快速会商", "place": "视频会议（演示）", "at": f"{DAY}T15:30", "panel": "\n".join(addresses),
        "chair": addresses[0]})
    meeting = officer.path
    officer.send("/open")
    officer.send("/begin")
    axe(officer.page)
    officer.send("/close", {"opinion": OPINION}, status=422)
    officer.send("/close", {"routes": "（演示）与另一条路线原理不同，并行可以互相校验。"})
    officer.reads("已会商", OPINION)
    officer.send("/end")
    chair = story.desk("expert")
    chair.go(meeting)
    chair.reads("会商；在场：", OPINION)
    chair.send("/sign")
    chair.reads("已签署")
    leader = story.desk("commission-leader")
    leader.go(f"/cases/{case}/statements")
    leader.reads(OPINION)


def is_established_within_48_hours(story: Round, case: str) -> None:
    desk = story.desk("programme-officer")
    desk.go(f"/cases/{case}/contract")
    found = re.search(r"生效：\s*(\d{4}-\d\d-\d\d \d\d:\d\d)", desk.words())
    assert found, desk.words()[:1500]
    took = datetime.datetime.strptime(found.group(1), "%Y-%m-%d %H:%M") - TRIGGER
    assert datetime.timedelta() < took < datetime.timedelta(hours=48), took
    # Each step before it was done within its hours.
    desk.go(f"/cases/{case}/timeline")
    desk.reads("提交申请", "形式审查", "作出立项决定", "生成任务书", "一方确认任务书")


def owes(story: Round, case: str, count: int) -> None:
    """So much of what was left out is still owed, as the officer and the applicant see it."""
    desk = story.desk("programme-officer")
    page = desk.go(f"/cases/{case}")
    desk.reads("略去的环节与补办", "学校遴选推荐名单", "专家通讯评审", "签订任务书之前的公示")
    assert page.get_by_text("待补办", exact=True).count() == count, desk.words()[:3000]
    assert page.get_by_text("已补办", exact=True).count() == 3 - count


def what_is_owed_is_in_the_to_do(story: Round, case: str) -> None:
    for who in ("research-office", "programme-officer"):
        desk = story.desk(who)
        desk.go("/todo")
        desk.reads("填写书面材料")
    applicant = story.desk("applicant")
    applicant.go(f"/cases/{case}")
    applicant.reads("待补办", "补办专家评议")


def it_is_made_up_for(story: Round, case: str, axe) -> None:
    story.case = case
    the_officer_opens_the_notice(story)
    public = story.desk(None)
    public.go(story.notice)
    public.reads(FIRST)
    assert SECOND not in public.words()
    write_statement(story, "research-office", "university", {"support": "（演示）学校补办推荐，提供应急场地。"}, case=case)
    owes(story, case, 2)
    experts_review_it(story, case, axe)
    owes(story, case, 1)
    end_of_notice(story, "2026-06-25T10:00")
    officer = story.desk("programme-officer")
    officer.go(f"/cases/{case}/contract")
    officer.reads("三方均已同意")


def experts_review_it(story: Round, case: str, axe) -> None:
    """The review that was left out: three experts do not support it, nothing stops by itself, and the leader says what
    follows."""
    officer = story.desk("programme-officer")
    panel = f"/cases/{case}/appraisals/review-after"
    officer.go(panel)
    for expert in ask_to_sit(officer, "science", 3):
        hand_in(story.desk(expert), FIRST, answer="no")
    officer.go(panel)
    officer.send("/close")
    officer.reads("论证未通过，记录在案", "系统不会自动停止项目", "评议后的处理意见")
    axe(officer.page)
    leader = story.desk("commission-leader")
    leader.go(f"/calls/{story.call}/owed")
    leader.reads("专家不支持")
    axe(leader.page)
    write_statement(story, "commission-leader", "review-heard", {
        "course": "adjust", "grounds": "（演示）按专家意见缩小范围，一个月后复核。"}, case=case)
