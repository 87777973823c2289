"""Steps that the ways of letting have in common, beside those of the plain round in `test_story`."""

import sqlite3

from desk import Desk
from house import House
from proposal import TITLE
from test_story import BY_TYPE, CALL_TITLE, CLOSES, NUMBER, OPENS, PARAMETERS, Round


def publish(story: Round, opens: str = f"{OPENS}T09:00", closes: str = f"{CLOSES}T16:00",
            parameters: dict[str, str] | None = None, more: dict[str, str] | None = None) -> Desk:
    """A call of a programme that asks for no days between guide and opening."""
    officer = story.desk("programme-officer")
    officer.go("/office/calls/new")
    officer.send("/office/calls/new", {"programme": story.programme})
    action = officer.path
    story.call = action.rsplit("/", 1)[1]
    form = officer.form(action)
    filled = PARAMETERS | (parameters or {})
    (opens_day, opens_time), (closes_day, closes_time) = opens.split("T"), closes.split("T")
    values = {
        "title": CALL_TITLE, "number": NUMBER, "year": "2026", "opens-day": opens_day, "opens-time": opens_time,
        "closes-day": closes_day, "closes-time": closes_time,
        "guide": "（演示指南）本轮由浏览器故事发布。\n一、申报条件以规则为准，逐条写明依据。",
    } | (more or {})
    for control in form.locator('[name^="p-"]').all():
        name = control.get_attribute("name")
        kind = control.get_attribute("type") or "text"
        values[name] = filled.get(name[2:], BY_TYPE.get(kind, "false"))
    officer.send(action, values)
    assert officer.page.locator(".error-summary").count() == 0, officer.words()[:3000]
    officer.send(f"{action}/publish")
    assert officer.path == f"/calls/{story.call}"
    officer.reads(CALL_TITLE, NUMBER)
    return officer


def write_statement(story: Round, who: str, step: str, values: dict[str, str], case: str | None = None,
                    button: str | None = None, status: int = 200) -> Desk:
    """Fills the form of a step whose turn is this person's."""
    desk = story.desk(who)
    desk.go(f"/cases/{case or story.case}/statements/{step}")
    desk.send(f"/{step}", values, button=button, status=status)
    if status == 200:
        desk.reads("书面材料已提交")
    return desk


def all_agree(story: Round, *texts: str, case: str | None = None,
              parties: dict[str, str] | None = None) -> None:
    """Each party of the contract reads the same text and agrees."""
    people = parties or {"applicant": "applicant", "research-office": "research-office",
                         "programme-officer": "programme-officer"}
    for who in people.values():
        desk = story.desk(who)
        desk.go(f"/cases/{case or story.case}/contract")
        desk.reads(*(texts or (TITLE,)))
        desk.send("/contract/agree")
    desk.go(f"/cases/{case or story.case}/contract")
    desk.reads("三方均已同意")


def end_of_notice(story: Round, at: str) -> None:
    """Waits the notice out and ends it."""
    story.clock(at)
    officer = story.desk("programme-officer")
    officer.go(f"{story.notice}/office")
    officer.send("/close")


def propose_now(story: Round, *cases: str, amount: str = "50000") -> None:
    """Where applications come one by one: those ticked are proposed, all of them for funding."""
    officer = story.waits_for("programme-officer", CALL_TITLE)
    page = officer.go(f"/rounds/{story.call}")
    form = officer.form(f"/rounds/{story.call}/reckon")
    for case in cases:
        page.locator(f"#line-{case}").check()
        page.locator(f"#fund-{case}").check()
        page.locator(f"#amount-{case}").fill(amount)
    officer.press(form, 'button[formaction$="/propose"]')
    officer.press(officer.form("/propose"), "button.primary")


def is_paid(story: Round, reference: str, case: str | None = None) -> None:
    """The first instalment, prepared, approved by somebody else, and paid."""
    pay = f"/cases/{case or story.case}/payment"
    for who, values in (("finance", {}), ("finance-approver", {}), ("finance", {"reference": reference})):
        desk = story.desk(who)
        page = desk.go(pay)
        ending = '[action$="/approve"]' if who == "finance-approver" else ""
        form = page.locator(f'main form[method="post"][action^="{pay}"]{ending}').first
        desk.fill(form, values)
        desk.press(form)


def somebody(house: House, role: str, university: str) -> str:
    """Somebody of the demo city beside the cast, by identity: with a role at a university of this ministry code."""
    with sqlite3.connect(f"file:{house.data}/jiebang.sqlite?mode=ro", uri=True) as database:
        found = database.execute(
            """SELECT person.id FROM person JOIN tenure ON tenure.person = person.id
               WHERE tenure.role = ? AND tenure.organisation = ? AND tenure.until_at IS NULL ORDER BY person.id""",
            (role, f"university-{university}")).fetchone()
    assert found, f"nobody is {role} at {university}"
    return found[0]


def accept_party(story: Round, who: str, title: str, *texts: str, desk: Desk | None = None) -> Desk:
    """Answers the invitation to be a party of the dossier with this title, which says these words."""
    desk = desk or story.waits_for(who, title)
    links = desk.go("/todo").locator('main a[href^="/parties/"]')
    links.first.wait_for()
    hrefs = [link.get_attribute("href") for link in links.all()
             if title in (link.get_attribute("aria-label") or "")]
    desk.go(hrefs[-1])
    desk.reads(title, *texts)
    desk.send("/accept", status=422)
    desk.reads("请先确认本人符合上述要求")
    desk.send("/accept", {"confirmed": "yes"})
    desk.reads("您已接受")
    return desk
