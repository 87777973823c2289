"""An award from its call to the list of awards: categories with a least, three judgings, one objection that stays to be read.

The programme is data alone, and gives no money: no page of the round shows an amount.
"""

import test_story
from house import jiebang
from proposal import ANSWERS, COMMENT, TITLE
from test_story import (
    CLOSES, EXPERTS, OPENS, Round, an_expert_reviews, sections, the_applicant_begins, the_applicant_submits,
    the_applicant_writes, the_leader_signs, the_officer_answers_and_closes, the_officer_opens_the_notice,
    the_officer_publishes_a_call, the_officer_screens, the_public_objects, the_university_endorses,
    three_experts_are_asked)

PROGRAMME = "humanities-award"
CALL = "优秀成果奖评选（浏览器演示）"
GROUP = "马克思主义理论组复评会（浏览器演示）"

# What this award's call fills in, and what its form asks beside the story's own answers. Invented.
CALLED = {
    "edition": "19", "worksFrom": "2024-01-01", "disciplineFrom": "2021-01-01", "worksUntil": "2026-06-30", "places": "1", "quotaEach": "3",
    "theoryLeast": "1", "adviceLeast": "0", "grandMost": "0", "firstMost": "1"}
WORK = {"published": "2025-03-01", "publisher": "演示出版社", "authors": "林一诺（独著）"}


def test_an_award_with_an_objection(own_house, desks, axe, monkeypatch):
    monkeypatch.setattr(test_story, "CALL_TITLE", CALL)
    for values, more in ((test_story.PARAMETERS, CALLED), (ANSWERS, WORK)):
        for name, value in more.items():
            monkeypatch.setitem(values, name, value)
    story = Round(own_house, desks, PROGRAMME, True)
    the_officer_publishes_a_call(story)
    the_public_reads_what_is_asked_of_a_list(story, axe)
    story.clock(f"{OPENS}T09:05")
    the_applicant_begins(story)
    the_applicant_writes(story)
    the_applicant_chooses(story, "discipline")
    the_applicant_submits(story)
    the_list_lacks_a_category(story, axe)
    the_applicant_chooses(story, "theory")
    submits_again(story)
    story.clock(f"{CLOSES}T16:30")
    the_university_endorses(story)
    the_officer_screens(story)
    three_experts_are_asked(story)
    for expert in EXPERTS:
        an_expert_reviews(story, expert)
    the_group_meets(story, axe)
    the_group_proposes_a_grade(story, axe)
    the_officer_proposes_without_money(story, axe)
    the_leader_signs(story)
    the_officer_opens_the_notice(story)
    the_notice_shows_no_amount(story, axe)
    the_public_objects(story)
    the_officer_answers_and_closes(story)
    the_final_list_keeps_the_objection(story)
    the_award_is_recorded(story, axe)
    own_house.stop()
    jiebang("journal", "verify", "--data", own_house.data)


def the_public_reads_what_is_asked_of_a_list(story: Round, axe) -> None:
    public = story.desk(None)
    page = public.go(f"/calls/{story.call}")
    public.reads("“党的创新理论”类不少于通知所定项数", "第十七届", "复评", "总评")
    axe(page)


def the_applicant_chooses(story: Round, category: str) -> None:
    applicant = story.desk("applicant")
    first = sections(story)[0]
    applicant.go(first)
    applicant.send(first, {"category": category}, button='button[name="then"][value="next"]')


def submits_again(story: Round) -> None:
    applicant = story.desk("applicant")
    page = applicant.go(f"/drafts/{story.case}/submit")
    assert page.locator(".error-summary").count() == 0, applicant.words()[:2000]
    applicant.send("/submit", {"commit": "yes"})
    applicant.reads(story.number)


def the_list_lacks_a_category(story: Round, axe) -> None:
    """The office sees what the list lacks while there is time, and sends the work back to be put right."""
    office = story.desk("research-office")
    chosen = f"go={story.case}&rank.{story.case}=1"
    page = office.go(f"/lists/{story.call}/confirm?{chosen}", status=422)
    office.reads("“党的创新理论”类不少于通知所定项数", "属于所列类别的 0", "至少（项） 1")
    axe(page)
    office.go(f"/lists/{story.call}/return/{story.case}")
    office.send(f"/return/{story.case}", {"reason": "（演示）成果属于党的创新理论类，请更正类别。"})
    applicant = story.waits_for("applicant", TITLE)
    applicant.go(f"/drafts/{story.case}")
    applicant.reads("请更正类别")


def the_group_meets(story: Round, axe) -> None:
    """The second judging is a vote of the group in its own meeting: nobody types a result in."""
    officer = story.waits_for("programme-officer", CALL)
    officer.go("/meetings")
    officer.page.locator('main a[href^="/office/meetings/new/"]', has_text=CALL).first.click()
    addresses = [f"{who}@jiebang.example" for who in EXPERTS]
    officer.send(officer.path, {
        "title": GROUP, "place": "第二会议室", "at": "2026-09-20T09:00", "panel": "\n".join(addresses),
        "chair": addresses[0]})
    officer.reads(GROUP, TITLE)
    meeting = officer.path
    officer.send("/open")
    officer.send("/begin")
    for who in EXPERTS:
        member = story.desk(who)
        member.go(meeting)
        member.send("/vote", {"vote": "yes"})
    officer.go(meeting)
    officer.send("/count")
    officer.reads("赞成 3")
    officer.send("/end")
    chair = story.waits_for(list(EXPERTS)[0], GROUP)
    page = chair.go(meeting)
    chair.reads("赞成 3，反对 0，弃权 0；支持")
    axe(page)
    chair.send("/sign")


def the_group_proposes_a_grade(story: Round, axe) -> None:
    officer = story.waits_for("programme-officer", TITLE)
    page = officer.go(f"/cases/{story.case}/statements/group")
    axe(page)
    officer.send("/group", {"grade": "first", "opinion": COMMENT})
    officer.reads("一等奖")
    # What the group thinks is not the author's to read before the end.
    applicant = story.desk("applicant")
    applicant.go(f"/cases/{story.case}/statements")
    assert "一等奖" not in applicant.words()


def the_officer_proposes_without_money(story: Round, axe) -> None:
    officer = story.waits_for("programme-officer", CALL)
    page = officer.go(f"/rounds/{story.call}")
    officer.reads(TITLE, "名额 1 项", "各校名单核对")
    assert page.locator('[name^="amount-"]').count() == 0
    assert "万元" not in officer.words()
    axe(page)
    form = officer.form(f"/rounds/{story.call}/reckon")
    page.locator(f"#fund-{story.case}").check()
    officer.press(form, 'button[formaction$="/propose"]')
    officer.reads(TITLE)
    officer.press(officer.form("/propose"), "button.primary")


def the_notice_shows_no_amount(story: Round, axe) -> None:
    public = story.desk(None)
    page = public.go(story.notice)
    public.reads(TITLE, "林一诺")
    assert "万元" not in public.words()
    axe(page)


def the_final_list_keeps_the_objection(story: Round) -> None:
    public = story.desk(None)
    public.go(story.notice)
    public.reads(TITLE, "收到异议 1 件：成立 0 件，不成立 1 件")
    # The record of the work: that there was an objection and what became of it, for its author without the objector.
    applicant = story.desk("applicant")
    applicant.go(f"/cases/{story.case}/decision")
    applicant.reads("异议不成立")
    assert "某读者" not in applicant.words()
    # Who oversees the house reads the answer beside it.
    auditor = story.desk("auditor")
    auditor.go(f"/cases/{story.case}/decision")
    auditor.reads("异议不成立", "不构成重复申报")
    auditor.go(f"/cases/{story.case}/timeline")
    auditor.reads("提交书面材料")


def the_award_is_recorded(story: Round, axe) -> None:
    officer = story.waits_for("programme-officer", TITLE)
    page = officer.go(f"/cases/{story.case}/statements/certificate")
    axe(page)
    certificate = {"number": "BJ19-0001（演示）", "announced": "2026-10-15"}
    # The call has no grand award.
    officer.send("/certificate", {"grade": "grand"} | certificate, status=422)
    officer.reads("“特等奖”至多 0 项")
    officer.send("/certificate", {"grade": "first"} | certificate)
    public = story.desk(None)
    public.go(f"/calls/{story.call}")
    public.page.locator('main a[href$="/rolls/certificate"]').click()
    public.reads("获奖名单", TITLE, "一等奖", "BJ19-0001", "一等奖：至多 1 项")
    axe(public.page)
    applicant = story.desk("applicant")
    applicant.go(f"/cases/{story.case}/statements")
    applicant.reads("一等奖", "BJ19-0001")
    for tab in ("contract", "payment"):
        assert applicant.page.locator(f'a[href="/cases/{story.case}/{tab}"]').count() == 0
