"""One round from an officer's first draft of a call to the first payment, with everybody it needs.

The same story runs with script and without, and for the programme that is written in data alone.
"""

import datetime
import hashlib
import re

import pytest

from desk import Desk
from house import House, jiebang
from proposal import ANSWERS, COMMENT, PDF, PROSE, TITLE
from test_fuzz import Sender, filled, hostile
from visitor import forms

HUMANITIES = "research-plan-humanities-general"
NATURAL = "research-plan-natural-general"

CALL_TITLE = "科研计划一般项目（浏览器演示轮）"
NUMBER = "2026-LY"
OPENS = "2026-07-13"
CLOSES = "2026-08-12"

# What the notices leave open, as this call fills it. All of it is the stories' own.
PARAMETERS = {
    "youthCutoff": "1991-05-07", "ageDay": "2026-05-07", "projectStart": "2027-01-01", "projectYears": "2",
    "grantAmount": "50000", "roundBudget": "200000", "quotaEach": "15", "privateUniversities": "false",
    "jointShare": "0",
}
BY_TYPE = {"date": "2027-01-01", "number": "2", "text": "50000"}

EXPERTS = {"expert": "顾言之", "expert-2": "苏以文", "expert-3": "唐慎思"}


class Round:
    """The state of the story: who sits where, and the addresses it went through."""

    def __init__(self, house: House, desks, programme: str, script: bool):
        self.house = house
        self.programme = programme
        self.script = script
        self._desks = desks
        self._opened: dict[str | None, Desk] = {}
        self.call = ""
        self.case = ""
        self.number = ""
        self.notice = ""

    def desk(self, who: str | None) -> Desk:
        if who not in self._opened:
            self._opened[who] = self._desks(self.house, who, script=self.script)
        return self._opened[who]

    def clock(self, text: str) -> None:
        """Moves the demo's clock by the form on `/demo`."""
        desk = self.desk("system-admin")
        desk.go("/demo")
        form = desk.page.locator('form[action="/demo/clock"]:has([name="to"])')
        desk.fill(form, {"to": text})
        desk.press(form)

    def waits_for(self, who: str, *texts: str) -> Desk:
        """It is this person's turn: their to-do says so."""
        desk = self.desk(who)
        desk.go("/todo")
        desk.reads(*texts)
        return desk


@pytest.mark.parametrize(
    ("programme", "script"), [(HUMANITIES, True), (HUMANITIES, False), (NATURAL, True)],
    ids=["script", "no-script", "second-programme"])
def test_from_call_to_first_payment(own_house, desks, programme, script):
    story = Round(own_house, desks, programme, script)
    the_officer_publishes_a_call(story)
    the_public_reads_it(story)
    story.clock(f"{OPENS}T09:05")
    an_applicant_of_a_central_university_is_refused(story)
    the_applicant_begins(story)
    the_own_university_stands_there(story)
    if script:
        autosave_keeps_what_is_typed(story)
    two_windows_show_both_versions(story)
    the_applicant_writes(story)
    the_team_member_agrees(story)
    a_file_is_attached(story)
    the_applicant_submits(story)
    story.clock(f"{CLOSES}T16:30")
    the_university_endorses(story)
    the_officer_screens(story)
    three_experts_are_asked(story)
    for expert in EXPERTS:
        an_expert_reviews(story, expert)
    the_officer_proposes(story)
    the_leader_signs(story)
    the_officer_opens_the_notice(story)
    the_public_objects(story)
    the_officer_answers_and_closes(story)
    three_parties_agree_to_the_contract(story)
    the_first_payment_is_made(story)
    the_auditor_sees_it_all(story)
    the_applicant_reads_reviews_without_names(story)
    own_house.stop()
    jiebang("journal", "verify", "--data", own_house.data)


# ---- the call


def the_officer_publishes_a_call(story: Round, more: dict | None = None, asking=None) -> None:
    """`more` is typed beside what every call says; `asking` is done before it can be published."""
    officer = story.desk("programme-officer")
    officer.go("/office/calls/new")
    officer.send("/office/calls/new", {"programme": story.programme})
    action = officer.path
    story.call = action.rsplit("/", 1)[1]
    form = officer.form(action)
    values = {
        "title": CALL_TITLE, "number": NUMBER, "year": "2026", "opens-day": "2026-06-20", "opens-time": "09:00",
        "closes-day": CLOSES, "closes-time": "16:00",
        "guide": "（演示指南）本轮由浏览器故事发布。\n一、申报条件以规则为准，逐条写明依据。",
    }
    for control in form.locator('input[name^="p-"]').all():
        name = control.get_attribute("name")
        kind = control.get_attribute("type") or "text"
        values[name] = PARAMETERS.get(name[2:], BY_TYPE.get(kind, "false"))
    officer.send(action, values | (more or {}))
    # The guide has to be out thirty days before: the refusal names the earliest day, and nothing goes out.
    officer.reads("指南须至少提前 30 天公布", "2026-07-10")
    assert officer.page.locator('form[action$="/publish"]').count() == 0
    officer.send(action, {"opens-day": OPENS})
    the_officer_takes_quotas_over(officer, action)
    if asking is not None:
        asking(story, officer, action)
    officer.send(f"{action}/publish")
    assert officer.path == f"/calls/{story.call}"
    officer.reads(CALL_TITLE, NUMBER)


def the_officer_takes_quotas_over(officer: Desk, action: str) -> None:
    """Where a programme reckons quotas from earlier rounds, another number than the formula's needs its reason."""
    button = f'button[formaction="{action}/quotas"]'
    if officer.page.locator(button).count() == 0:
        return
    officer.reads("与公式结果不同而没有写明理由", "按公式测算的限额", "立项率")
    assert officer.page.locator('form[action$="/publish"]').count() == 0
    officer.press(officer.page.locator("body"), button)
    assert "没有写明理由" not in officer.words()


def the_public_reads_it(story: Round) -> None:
    public = story.desk(None)
    public.go(f"/calls?q={NUMBER}")
    public.reads(CALL_TITLE)
    public.page.locator("main").get_by_role("link", name=CALL_TITLE).first.click()
    assert public.path == f"/calls/{story.call}"
    public.reads("尚未开放", "公示期", "国家自然科学基金条例")
    public.go(f"/calls/{story.call}/versions/1")
    # An office page does not exist for who is not an officer: the public is shown the way in.
    public.go(f"/office/calls/{story.call}")
    assert public.path == "/sign-in"


def an_applicant_of_a_central_university_is_refused(story: Round) -> None:
    central = story.desk("applicant-central")
    page = central.go(f"/calls/{story.call}")
    central.reads("不符合", "市属", "通知")
    assert page.locator(f'form[action="/calls/{story.call}/apply"]').count() == 0
    # Sending the form anyway is refused with the same reason and its source.
    token = page.locator('input[name="csrf"]').first.get_attribute("value")
    answer = story.desk("applicant-central").context.request.post(
        f"/calls/{story.call}/apply", form={"csrf": token}, max_redirects=0)
    assert answer.status == 422, answer.status
    assert "市属" in answer.text() and "号" in answer.text()


# ---- the application


def the_applicant_begins(story: Round, who: str = "applicant") -> None:
    applicant = story.desk(who)
    applicant.go(f"/calls/{story.call}")
    applicant.send(f"/calls/{story.call}/apply")
    assert applicant.path.startswith("/drafts/")
    story.case = applicant.path.rsplit("/", 1)[1]
    applicant.reads("草稿")


def the_own_university_stands_there(story: Round) -> None:
    """On the call as on the draft: places, and the list with this application."""
    applicant = story.desk("applicant")
    for path in (f"/calls/{story.call}", f"/drafts/{story.case}"):
        applicant.go(path)
        applicant.reads("本校名额与名单结构")
        applicant.reads("限额尚余")
        applicant.reads("加上您的申请")


def sections(story: Round, who: str = "applicant") -> list[str]:
    """Addresses of the sections, in their order."""
    page = story.desk(who).go(f"/drafts/{story.case}")
    found = [link.get_attribute("href") for link in page.locator("main a").all()]
    wanted = [href for href in found if href and href.startswith(f"/drafts/{story.case}/sections/")]
    return list(dict.fromkeys(href.split("?")[0].split("#")[0] for href in wanted))


def autosave_keeps_what_is_typed(story: Round) -> None:
    applicant = story.desk("applicant")
    first = sections(story)[0]
    page = applicant.go(first)
    page.locator("#title").fill(TITLE)
    page.locator(".save-state", has_text="已自动保存").wait_for(timeout=10_000)
    applicant.go(first)
    assert page.locator("#title").input_value() == TITLE


def two_windows_show_both_versions(story: Round) -> None:
    applicant = story.desk("applicant")
    section = sections(story)[1]
    page = applicant.go(section)
    name = page.locator("main textarea").first.get_attribute("name")
    mine, theirs = f"甲窗口所写。{PROSE}", f"乙窗口所写。{PROSE}"
    if story.script:
        another_window_saves(applicant, section, name, theirs)
        page.locator(f'[name="{name}"]').fill(mine)
        conflict = page.locator("section.conflict")
        conflict.wait_for(timeout=10_000)
        text = conflict.text_content() or ""
        assert "甲窗口所写" in text and "乙窗口所写" in text
        conflict.locator("button").first.click()
        page.locator(".save-state", has_text="已自动保存").wait_for(timeout=10_000)
        applicant.go(section)
        assert "甲窗口所写" in page.locator(f'[name="{name}"]').input_value()
        # From here on as without the house's script, which keeps two windows apart by itself; axe's own still runs.
        page.route("**/*.js", lambda route: route.abort())
        applicant.go(section)
    # Then a page of its own shows both.
    another_window_saves(applicant, section, name, theirs)
    applicant.send(section, {name: mine}, button='button[value="stay"]', status=409)
    applicant.reads("甲窗口所写", "乙窗口所写")
    applicant.press(applicant.form(section))
    page.unroute("**/*.js")
    applicant.go(section)
    assert "甲窗口所写" in page.locator(f'[name="{name}"]').input_value()


def another_window_saves(desk: Desk, section: str, name: str, text: str) -> None:
    other = desk.window()
    other.goto(section)
    with other.expect_navigation():
        other.locator(f'[name="{name}"]').fill(text)
        other.locator('button[name="then"][value="stay"]').click()
    other.close()


def the_applicant_writes(story: Round, who: str = "applicant", answers: dict[str, str] = ANSWERS) -> None:
    applicant = story.desk(who)
    addresses = sections(story, who)
    # What is chosen in one section may add another, so the list grows while it is gone through.
    for address in addresses:
        page = applicant.go(address)
        form = applicant.form(address)
        values: dict[str, str] = {}
        for control in form.locator("input:not([type=hidden]), textarea, select").all():
            name = control.get_attribute("name") or ""
            tag = control.evaluate("e => e.tagName")
            if control.get_attribute("type") == "radio":
                values.setdefault(name, control.get_attribute("value"))
            elif tag == "SELECT":
                values[name] = control.locator("option:not([value=''])").first.get_attribute("value")
            else:
                values[name] = answers.get(name, PROSE)
        applicant.send(address, values, button='button[name="then"][value="next"]')
        assert applicant.path != address, f"{address} was not taken:\n{applicant.words()[:2000]}"
        addresses += [found for found in sections(story, who) if found not in addresses]
    page = applicant.go(f"/drafts/{story.case}")
    applicant.reads(answers["title"], "尚未提交")
    assert page.locator("table .badge.good").count() >= len(addresses)


def the_team_member_agrees(story: Round) -> None:
    applicant = story.desk("applicant")
    applicant.go(f"/drafts/{story.case}/team")
    applicant.send("/team", {"email": "team-member@jiebang.example", "task": "入户访谈与资料整理"})
    # Whether anybody is behind the address, only that person can tell.
    applicant.reads("team-member@jiebang.example")
    # Until then it cannot be submitted, and the page says why.
    page = applicant.go(f"/drafts/{story.case}/submit")
    assert page.locator(".error-summary").count() == 1
    applicant.reads("team-member@jiebang.example")
    member = story.waits_for("team-member", TITLE)
    member.go(f"/consents/{story.case}")
    member.reads(TITLE, "林一诺")
    member.send(f"/consents/{story.case}")
    applicant.go(f"/drafts/{story.case}/team")
    applicant.reads("周亦然")
    # The draft itself stays the applicant's own.
    member.go(f"/drafts/{story.case}", status=404)


def a_file_is_attached(story: Round) -> None:
    applicant = story.desk("applicant")
    page = applicant.go(f"/drafts/{story.case}/attachments")
    page.locator('input[type="file"]').set_input_files(
        {"name": "伪装.pdf", "mimeType": "application/pdf", "buffer": b"<html><script>alert(1)</script></html>"})
    applicant.send("/attachments", status=422)
    page.locator('input[type="file"]').set_input_files(
        {"name": "调研方案.pdf", "mimeType": "application/pdf", "buffer": PDF})
    applicant.send("/attachments")
    applicant.reads("调研方案.pdf")


def the_applicant_submits(story: Round, who: str = "applicant", day: str = OPENS, title: str = TITLE) -> None:
    applicant = story.desk(who)
    page = applicant.go(f"/drafts/{story.case}/submit")
    assert page.locator(".error-summary").count() == 0, applicant.words()[:2500]
    applicant.send("/submit", {"commit": "yes"})
    assert applicant.path == f"/cases/{story.case}/receipt"
    found = re.search(rf"{NUMBER}[-\w]*\d+", applicant.words())
    assert found, applicant.words()[:1500]
    story.number = found.group()
    applicant.reads(day)
    hashes = re.findall(r"[0-9a-f]{64}", re.sub(r"\s", "", applicant.words()))
    assert hashes, "the receipt names no hash"
    # What is submitted looks unlike a draft.
    applicant.go(f"/cases/{story.case}")
    applicant.reads(story.number, title)


# ---- university, screening, review


def the_university_endorses(story: Round) -> None:
    office = story.waits_for("research-office", CALL_TITLE)
    page = office.go(f"/lists/{story.call}")
    office.reads(TITLE, story.number)
    form = page.locator("form#list")
    form.locator(f'[name="go"][value="{story.case}"]').check()
    form.locator(f'[name="rank.{story.case}"]').fill("1")
    office.press(form, 'button[formaction$="/confirm"]')
    office.reads(TITLE)
    office.send("/endorse")
    office.go(f"/lists/{story.call}")
    office.reads(story.number)


def the_officer_screens(story: Round) -> None:
    officer = story.waits_for("programme-officer", CALL_TITLE)
    officer.go(f"/cases/{story.case}/screening")
    officer.reads("号", "符合")
    officer.send("/screening", {"result": "pass", "reason": "（演示）经核对原件，情况属实，按规则处理。"})
    applicant = story.desk("applicant")
    applicant.go(f"/cases/{story.case}/screening")
    applicant.reads("通过", "经核对原件")
    applicant.go(f"/cases/{story.case}/why")


def three_experts_are_asked(story: Round) -> None:
    officer = story.waits_for("programme-officer", CALL_TITLE)
    for name in EXPERTS.values():
        page = officer.go(f"/cases/{story.case}/assign?q={name}")
        row = page.locator("form.panel tbody tr", has_text=name)
        row.locator('input[name="expert"]').check()
        officer.press(officer.form("/assign"))
    officer.reads(*EXPERTS.values())
    # Who is employed where the applicant is cannot be asked; the page says why.
    story.desk("applicant").go(f"/cases/{story.case}/assign", status=404)


def an_expert_reviews(story: Round, who: str) -> None:
    expert = story.waits_for(who, TITLE)
    page = expert.go("/reviews")
    page.locator("main").get_by_role("link", name=TITLE).first.click()
    address = expert.path
    expert.send(f"{address}/accept")
    form = expert.form(f"{address}/draft")
    values = {"grade": "A" if who == "expert" else "B", "advice": "A", "comment": COMMENT}
    for control in form.locator("textarea").all():
        values[control.get_attribute("name")] = COMMENT
    # Saving is not submitting: the draft says what it is.
    expert.send(f"{address}/draft", values, button='button[value="save"]')
    expert.reads("草稿")
    expert.send(f"{address}/draft", button='button[value="confirm"]')
    assert expert.path == f"{address}/confirm"
    expert.send(f"{address}/submit")
    expert.go(address)
    expert.reads(COMMENT)
    assert expert.page.locator(f'form[action^="{address}"]').count() == 0, "a submitted review can be altered"


# ---- decision and notice


def the_officer_proposes(story: Round) -> None:
    officer = story.waits_for("programme-officer", CALL_TITLE)
    page = officer.go(f"/rounds/{story.call}")
    officer.reads(TITLE, "1")
    form = officer.form(f"/rounds/{story.call}/reckon")
    page.locator(f"#fund-{story.case}").check()
    page.locator(f"#amount-{story.case}").fill("50000")
    officer.press(form, 'button[formaction$="/propose"]')
    officer.reads(TITLE)
    officer.press(officer.form("/propose"), "button.primary")
    # Who proposed does not sign.
    officer.go(f"/rounds/{story.call}")
    assert officer.page.locator('form[action$="/sign"]').count() == 0


def the_leader_signs(story: Round, title: str = TITLE) -> None:
    leader = story.waits_for("commission-leader", CALL_TITLE)
    page = leader.go(f"/rounds/{story.call}")
    page.locator('a[href*="/sign"]').first.click()
    leader.reads(title)
    leader.send("/sign")
    leader.go(f"/cases/{story.case}/decision")


def the_officer_opens_the_notice(story: Round) -> None:
    officer = story.waits_for("programme-officer", CALL_TITLE)
    page = officer.go(f"/rounds/{story.call}")
    officer.send("/notice")
    officer.go(f"/rounds/{story.call}")
    story.notice = page.locator('main a[href^="/notices/"]').first.get_attribute("href")


def the_public_objects(story: Round) -> None:
    public = story.desk(None)
    page = public.go("/notices")
    public.reads(CALL_TITLE)
    page = public.go(story.notice)
    public.reads(TITLE, "林一诺", story.number)
    assert "expert" not in public.words()
    page.locator("main table a").first.click()
    hostile_files_are_refused(story, public.path)
    form = public.page.locator('main form[method="post"]')
    public.fill(form, {"name": "某读者", "contact": "reader@jiebang.example",
                       "text": "（演示）该项目与已公开发表的一项成果题目相近，请核实是否重复申报，附有关出版信息备查。"})
    # A file that is not what it says: refused, what was typed is still there, the files are to be chosen again.
    chosen = form.locator('input[name="evidence"]')
    chosen.set_input_files([
        {"name": "书影.pdf", "mimeType": "application/pdf", "buffer": PDF},
        {"name": "伪装.pdf", "mimeType": "application/pdf", "buffer": b"<html><script>alert(1)</script></html>"}])
    public.press(form, status=422)
    public.reads("伪装.pdf", "请重新选择")
    form = public.page.locator('main form[method="post"]')
    assert form.locator('[name="contact"]').input_value() == "reader@jiebang.example"
    form.locator('input[name="evidence"]').set_input_files([
        {"name": "书影.pdf", "mimeType": "application/pdf", "buffer": PDF},
        {"name": "出版信息.txt", "mimeType": "text/plain", "buffer": "（演示）出版信息".encode()}])
    public.press(form)
    public.reads(story.number, TITLE)
    hashes = re.findall(r"[0-9a-f]{64}", public.words())
    assert hashlib.sha256(PDF).hexdigest() in hashes and len(hashes) == 2, hashes
    assert "书影" not in public.words()


def hostile_files_are_refused(story: Round, address: str) -> None:
    """Nobody is signed in here: what the fuzz sends to other uploads comes to this one too, and nothing is filed."""
    sender = Sender(story.house.port, None)
    form = next(form for form in forms(sender.visitor.get(address).text) if form.multipart)
    hostile(sender, form, filled(form, sender.good(form)), address)
    sender.visitor.close()


def the_officer_answers_and_closes(story: Round) -> None:
    officer = story.desk("programme-officer")
    page = officer.go(f"{story.notice}/office")
    officer.reads("题目相近", "书影.pdf", "出版信息.txt")
    evidence = page.get_by_role("link", name="书影.pdf").get_attribute("href")
    answer = officer.context.request.get(evidence)
    assert answer.body() == PDF and answer.headers["content-disposition"].startswith("attachment")
    assert story.desk("applicant").context.request.get(evidence).status == 404
    form = page.locator('form:has([name="upheld"])')
    officer.fill(form, {"upheld": "no", "answer": "（演示）经核对，两项研究的对象与方法均不相同，不构成重复申报。"})
    officer.press(form)
    # Five working days have to pass; before, there is no button.
    assert page.locator('form[action$="/close"]').count() == 0
    story.desk(None).go(story.notice)
    ends = story.desk(None).page.locator("main time[data-countdown]").first.get_attribute("datetime")
    over = datetime.datetime.fromisoformat(ends).astimezone(
        datetime.timezone(datetime.timedelta(hours=8))) + datetime.timedelta(hours=1)
    began = datetime.date.fromisoformat(CLOSES)
    assert (over.date() - began).days >= 7, "five working days are a week at least"
    story.clock(over.strftime("%Y-%m-%dT%H:%M"))
    officer.go(f"{story.notice}/office")
    officer.send("/close")


# ---- contract and payment


def three_parties_agree_to_the_contract(story: Round) -> None:
    for who in ("applicant", "research-office", "programme-officer"):
        desk = story.waits_for(who, TITLE)
        desk.go(f"/cases/{story.case}/contract")
        desk.reads(TITLE, "50,000", "30,000", "20,000")
        desk.send("/contract/agree")


def the_first_payment_is_made(story: Round) -> None:
    pay = f"/cases/{story.case}/payment"
    for who, values in (
        ("finance", {}), ("finance-approver", {}), ("finance", {"reference": "DEMO-2026-0001"}),
    ):
        desk = story.waits_for(who, TITLE)
        page = desk.go(pay)
        desk.reads("30,000")
        if who == "finance-approver":
            # Whoever prepared it cannot approve it.
            story.desk("finance").go(pay)
            assert story.desk("finance").page.locator('form[action$="/approve"]').count() == 0
        form = page.locator(f'main form[method="post"][action^="{pay}"]')
        if who == "finance-approver":
            form = page.locator('main form[action$="/approve"]')
        desk.fill(form.first, values)
        desk.press(form.first)
    applicant = story.desk("applicant")
    applicant.go(pay)
    applicant.reads("30,000", "DEMO-2026-0001" if "DEMO-2026-0001" in applicant.words() else "已")


def the_auditor_sees_it_all(story: Round) -> None:
    auditor = story.desk("auditor")
    auditor.go(f"/cases/{story.case}/timeline")
    auditor.reads(story.number)
    events = auditor.page.locator(".timeline li").count()
    assert events >= 12, f"the timeline has {events} events"
    auditor.go(f"/cases/{story.case}/payment")
    auditor.reads("30,000", "DEMO-2026-0001")


def the_applicant_reads_reviews_without_names(story: Round) -> None:
    """Comments reach the applicant after the decision; names never do, on no page of the case."""
    for who in ("applicant", "research-office"):
        desk = story.desk(who)
        desk.go(f"/cases/{story.case}")
        tabs = [tab.get_attribute("href") for tab in desk.page.locator("nav.tabs a").all()]
        assert f"/cases/{story.case}/reviews" in tabs
        for address in [*tabs, f"/cases/{story.case}/receipt", "/todo", "/cases", story.notice]:
            if who == "research-office" and address.endswith("/receipt"):
                continue
            desk.go(address)
            html = desk.page.content()
            for name in EXPERTS.values():
                assert name not in html, f"{who} reads {name} at {address}"
    applicant = story.desk("applicant")
    applicant.go(f"/cases/{story.case}/reviews")
    applicant.reads(COMMENT)
