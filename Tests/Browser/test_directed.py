"""A directed commission from its call to the first payment: grounds, alternatives, an appraisal, a decision by several."""

from house import jiebang
from letting import all_agree, is_paid, propose_now, publish, write_statement
from panel import ask_to_sit, hand_in
from proposal import TITLE
from test_story import (
    CALL_TITLE, Round, the_applicant_begins, the_applicant_submits, the_applicant_writes, the_leader_signs)

DAY = "2026-06-10"
GROUNDS = {
    "type": "sole",
    "basis": "（演示）该装置全市只有一台，任务书由市有关部门下达，附件列明了所需的实验条件和时间要求。",
    "alternatives": "（演示）另有两家单位具备同类装置，一家正在停机改造，一家精度不能满足任务书的要求。",
}
LEADERS = {"commission-leader": "沈维正", "commission-leader-2": "梁守成", "commission-leader-3": "温念初"}
DISSENT = "（演示）仍应给停机改造的单位留出窗口，建议推迟一个季度再决定。"
WITHHELD = "（演示）任务涉及尚未公开的工程参数，经分管负责人批准，本项决定不公示，解密后补公示。"


def test_a_directed_commission(own_house, desks, axe):
    story = Round(own_house, desks, "directed-commission", True)
    publish(story, f"{DAY}T11:00", "2026-12-20T16:00",
            {"commissioned": "（演示）受托任务一项，拟委托演示团队", "grantAmount": "100000"})
    story.clock(f"{DAY}T11:05")
    the_applicant_begins(story)
    the_applicant_writes(story)
    the_applicant_submits(story, day=DAY)
    write_statement(story, "research-office", "support", {"means": "（演示）提供场地、机时和配套人员。"})
    the_grounds_are_written(story, axe)
    an_appraisal_is_held(story)
    three_leaders_decide(story, axe)
    propose_now(story, story.case)
    the_leader_signs(story)
    it_is_not_published_and_the_reason_stands(story, axe)
    all_agree(story, TITLE, "50,000", "30,000")
    is_paid(story, "DEMO-2026-0011")
    the_record_is_whole(story)
    own_house.stop()
    jiebang("journal", "verify", "--data", own_house.data)


def the_grounds_are_written(story: Round, axe) -> None:
    officer = story.waits_for("programme-officer", TITLE)
    officer.go(f"/cases/{story.case}/statements/grounds")
    axe(officer.page)
    # Whoever considered nobody else has no grounds.
    officer.send("/grounds", GROUNDS | {"alternatives": ""}, status=422)
    officer.reads("请填写")
    write_statement(story, "programme-officer", "grounds", GROUNDS)
    applicant = story.desk("applicant")
    applicant.go(f"/cases/{story.case}/statements")
    assert "停机改造" not in applicant.words()


def an_appraisal_is_held(story: Round) -> None:
    officer = story.desk("programme-officer")
    page = f"/cases/{story.case}/appraisals/appraise"
    officer.go(page)
    for expert in ask_to_sit(officer, "science", 2):
        hand_in(story.desk(expert), TITLE)
    officer.go(page)
    officer.send("/close")
    officer.reads("论证通过", "应当定向")


def three_leaders_decide(story: Round, axe) -> None:
    step = f"/cases/{story.case}/statements/collective"
    for who in LEADERS:
        # No decision is signed before all have spoken.
        officer = story.desk("programme-officer")
        officer.go(f"/rounds/{story.call}")
        assert officer.page.locator(f"#line-{story.case}").count() == 0
        desk = story.waits_for(who, TITLE)
        desk.go(step)
        if who == "commission-leader":
            axe(desk.page)
        against = who == "commission-leader-3"
        write_statement(story, who, "collective", {
            "position": "against" if against else "agree",
            "opinion": DISSENT if against else "（演示）理由充分，其他可能已逐一考虑，同意委托。"})
    for who in ("programme-officer", "auditor"):
        desk = story.desk(who)
        desk.go(f"/cases/{story.case}/statements")
        desk.reads(*LEADERS.values(), DISSENT, "赞成 2 · 反对 1 · 弃权 0", "须 2 人赞成，通过")
    axe(story.desk("programme-officer").page)
    applicant = story.desk("applicant")
    applicant.go(f"/cases/{story.case}/statements")
    for hidden in (*LEADERS.values(), DISSENT):
        assert hidden not in applicant.words(), hidden


def it_is_not_published_and_the_reason_stands(story: Round, axe) -> None:
    officer = story.waits_for("programme-officer", CALL_TITLE)
    officer.go(f"/cases/{story.case}/decision")
    axe(officer.page)
    officer.send("/decision/withhold", {"grounds": "涉密"}, status=422)
    officer.reads("请写明理由，至少 20 个字")
    officer.send("/decision/withhold", {"grounds": WITHHELD})
    officer.reads("不公示的理由", WITHHELD)
    for who in ("applicant", "research-office", "auditor"):
        desk = story.desk(who)
        desk.go(f"/cases/{story.case}/decision")
        desk.reads(WITHHELD)
    public = story.desk(None)
    public.go("/notices")
    assert TITLE not in public.words()


def the_record_is_whole(story: Round) -> None:
    auditor = story.desk("auditor")
    auditor.go(f"/cases/{story.case}/timeline")
    auditor.reads("集体决定计票", "决定不公示并说明理由", "款项拨付", WITHHELD)
