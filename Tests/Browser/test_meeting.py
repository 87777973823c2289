"""A panel meets over a dossier that was reviewed: agenda, a member out of the room, a secret vote, minutes, the decision.

The programme is data alone; its step of this kind is what no other programme of the plan has.
"""

import sqlite3

from desk import PHONE, Desk
from house import House, jiebang
from proposal import TITLE
from test_story import (
    CALL_TITLE, CLOSES, EXPERTS, OPENS, Round, an_expert_reviews, the_applicant_begins, the_applicant_submits,
    the_applicant_writes, the_leader_signs, the_officer_proposes, the_officer_publishes_a_call,
    the_officer_screens, the_university_endorses, three_experts_are_asked)

PROGRAMME = "research-plan-natural-major"
MEETING = "重大项目会议评审（浏览器演示）"
VOTES = {"expert": "yes", "expert-2": "yes", "expert-3": "no"}


def test_a_panel_meets(own_house, desks, axe):
    story = Round(own_house, desks, PROGRAMME, True)
    the_officer_publishes_a_call(story)
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
    fourth = a_fourth_expert(own_house)
    meeting = the_officer_calls_it(story, fourth, axe)
    nobody_votes_before_it_is_open(story, meeting)
    the_officer_opens_it(story, meeting, axe)
    a_member_leaves_the_room(story, desks, meeting, fourth, axe)
    the_panel_votes_in_secret(story, meeting, axe)
    the_officer_counts(story, meeting)
    the_chair_signs_the_minutes(story, meeting, fourth, axe)
    the_applicant_reads_the_result_alone(story, meeting, axe)
    the_vote_stands_beside_the_ranking(story)
    the_officer_proposes(story)
    the_leader_signs(story)
    own_house.stop()
    jiebang("journal", "verify", "--data", own_house.data)


def a_fourth_expert(house: House) -> dict[str, str]:
    """An expert beside the cast, by name and address."""
    with sqlite3.connect(f"file:{house.data}/jiebang.sqlite?mode=ro", uri=True) as database:
        database.row_factory = sqlite3.Row
        found = database.execute(
            """SELECT person.id, person.name, person.email FROM expert JOIN person ON person.id = expert.person
               WHERE person.email NOT IN (?, ?, ?) ORDER BY person.id""",
            [f"{who}@jiebang.example" for who in EXPERTS]).fetchone()
    return dict(found)


def the_officer_calls_it(story: Round, fourth: dict[str, str], axe) -> str:
    officer = story.waits_for("programme-officer", CALL_TITLE)
    page = officer.go("/meetings")
    axe(page)
    page.locator('main a[href^="/office/meetings/new/"]', has_text=CALL_TITLE).first.click()
    action = officer.path
    axe(officer.page)
    officer.send(action, {"title": MEETING, "place": "第一会议室"}, status=422)
    officer.reads("请填写会议时间", "组长须在评审组名单里", "名单只有 0 人")
    axe(officer.page)
    addresses = [f"{who}@jiebang.example" for who in EXPERTS] + [fourth["email"]]
    officer.send(action, {
        "title": MEETING, "place": "第一会议室", "at": "2026-09-20T09:00", "panel": "\n".join(addresses),
        "chair": addresses[0]})
    officer.reads(MEETING, TITLE)
    return officer.path


def nobody_votes_before_it_is_open(story: Round, meeting: str) -> None:
    expert = story.waits_for("expert", MEETING)
    page = expert.go(meeting)
    assert page.locator('form[action$="/vote"]').count() == 0
    story.desk("applicant").go(meeting, status=404)


def the_officer_opens_it(story: Round, meeting: str, axe) -> None:
    officer = story.desk("programme-officer")
    officer.go(meeting)
    officer.send("/open")
    officer.send("/begin")
    axe(officer.page)
    # Votes are counted when all who may vote have.
    officer.send("/count", status=422)
    officer.reads("只投了 0 票")


def a_member_leaves_the_room(story: Round, desks, meeting: str, fourth: dict[str, str], axe) -> None:
    """Whom the register does not know to be in conflict says so, with a reason."""
    desk = desks(story.house, fourth["id"])
    desk.go(meeting)
    desk.page.locator("details", has_text="我需要回避").locator("summary").click()
    desk.send("/leave", {"reason": "亲"}, status=422)
    desk.page.locator("details", has_text="我需要回避").locator("summary").click()
    desk.send("/leave", {"reason": "近三年与申请人合作过论文"})
    desk.reads("这一项您已离席回避")
    assert desk.page.locator('form[action$="/vote"]').count() == 0
    axe(desk.page)
    # Its reason is for officials; a panel reads that a member is out, and since when.
    officer = story.desk("programme-officer")
    officer.go(meeting)
    officer.reads("离席回避", fourth["name"], "合作过论文")
    member = story.desk("expert-2")
    member.go(meeting)
    member.reads(fourth["name"])
    assert "合作过论文" not in member.words()


def the_panel_votes_in_secret(story: Round, meeting: str, axe) -> None:
    for who, vote in VOTES.items():
        desk = story.desk(who)
        # The ballot came by itself to whoever had the page open.
        page = desk.page if who == "expert" else desk.go(meeting)
        page.locator('form[action$="/vote"]').wait_for()
        axe(page)
        desk.send("/vote", {"vote": vote})
        desk.reads("您已投票")
    officer = story.desk("programme-officer")
    officer.go(meeting)
    officer.reads("已投 3 / 3")
    assert "赞成 2" not in officer.words(), "an official reads votes before they are counted"


def the_officer_counts(story: Round, meeting: str) -> None:
    officer = story.desk("programme-officer")
    officer.go(meeting)
    officer.send("/count")
    officer.reads("赞成 2", "反对 1")
    officer.send("/end")


def the_chair_signs_the_minutes(story: Round, meeting: str, fourth: dict[str, str], axe) -> None:
    member = story.desk("expert-2")
    assert member.go(meeting).locator('form[action$="/sign"]').count() == 0
    chair = story.waits_for("expert", MEETING)
    page = chair.go(meeting)
    chair.reads("组长：顾言之", f"{fourth['name']} 回避离席", "在场有表决权的 3 人中 3 人投票，赞成 2，反对 1，弃权 0；支持", "不少于 3 人投票有效")
    axe(page)
    chair.send("/sign")
    chair.reads("已签署")


def the_applicant_reads_the_result_alone(story: Round, meeting: str, axe) -> None:
    applicant = story.desk("applicant")
    page = applicant.go(f"/cases/{story.case}/meetings")
    applicant.reads("谁投了什么不公开")
    for name in EXPERTS.values():
        assert name not in applicant.words()
    axe(page)
    applicant.go(meeting, status=404)


def the_vote_stands_beside_the_ranking(story: Round) -> None:
    officer: Desk = story.desk("programme-officer")
    officer.go(f"/rounds/{story.call}")
    officer.reads(TITLE, "赞成 2")
    officer.page.set_viewport_size(PHONE)
    officer.go(f"/rounds/{story.call}")
    wide = officer.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE["width"], f"the round page is {wide} px wide on a phone"
    officer.page.set_viewport_size({"width": 1366, "height": 768})
