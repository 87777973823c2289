"""A laboratory from its call through three appraisals to the contract and the plate: the programme is data alone."""

from house import jiebang
from letting import all_agree, end_of_notice, publish, write_statement
from panel import ask_to_sit, hand_in
from proposal import TITLE
from test_story import (
    CLOSES, OPENS, Round, the_applicant_begins, the_applicant_submits, the_applicant_writes, the_leader_signs,
    the_officer_opens_the_notice, the_officer_proposes, the_officer_screens, the_university_endorses)

PANELS = {
    "coordinate": {"science": 2},
    "macro": {"science": 2, "industry": 1, "investment": 1},
    "field": {"science": 3, "industry": 2, "investment": 2},
}
PLATE = {"plateName": "居民协商北京实验室（演示）", "approval": "演示函〔2026〕1号", "hungOn": "2026-10-12", "place": "演示校区"}


def test_a_laboratory_through_three_appraisals_to_its_plate(own_house, desks, axe):
    story = Round(own_house, desks, "beijing-laboratory", True)
    publish(story)
    story.clock(f"{OPENS}T09:05")
    the_applicant_begins(story)
    the_applicant_writes(story)
    the_applicant_submits(story)
    story.clock(f"{CLOSES}T16:30")
    the_university_endorses(story)
    the_officer_screens(story)
    sat: set[str] = set()
    for step, lenses in PANELS.items():
        a_panel_sits(story, step, lenses, sat, axe)
    the_officer_proposes(story)
    the_leader_signs(story)
    the_officer_opens_the_notice(story)
    no_plate_before_the_contract(story)
    end_of_notice(story, "2026-10-09T10:00")
    all_agree(story, TITLE, "50,000")
    the_plate_is_hung(story, axe)
    own_house.stop()
    jiebang("journal", "verify", "--data", own_house.data)


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
