"""The panels of an appraisal: an officer asks experts to sit for each lens, they write under seal, an officer opens it."""

from desk import Desk


def ask_to_sit(officer: Desk, lens: str, count: int) -> list[str]:
    """Asks the first of those whom the page offers for a lens; their ids."""
    form = officer.page.locator(f'section[aria-labelledby="lens-{lens}"] form[action$="/seat"]')
    chosen = form.locator('input[name="expert"]').all()[:count]
    ids = [box.get_attribute("value") for box in chosen]
    assert len(ids) == count, f"{officer.page.url} offers {len(ids)} for {lens}, not {count}\n{officer.words()[:2000]}"
    for box in chosen:
        box.check()
    officer.press(form)
    return ids


def hand_in(expert: Desk, title: str, answer: str = "yes") -> str:
    """Accepts the seat about this dossier and answers every conclusion alike; the seat's address."""
    page = expert.go("/appraisals")
    page.locator("ul.todo li", has_text=title).locator("a.button").first.click()
    seat = expert.path
    expert.send(f"{seat}/accept")
    form = expert.form(f"{seat}/draft")
    values = {}
    for control in form.locator('textarea, input[type="radio"]').all():
        name = control.get_attribute("name")
        values[name] = answer if name.startswith("answer-") else "（演示）已就此逐条核对材料，依据充分。"
    expert.send(f"{seat}/draft", values, button='button[value="confirm"]')
    expert.reads("确认密封提交")
    expert.send(f"{seat}/write")
    expert.reads("已密封提交")
    return seat
