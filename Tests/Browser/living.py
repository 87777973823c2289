"""Brings a fresh city to the states that its seed leaves out: things half done."""

from house import House
from visitor import Visitor, forms, links


def live_in(house: House) -> House:
    """The applicant has begun a draft, the officer a call, an expert a review."""
    applicant = Visitor(house.port).sign_in("applicant")
    calls = [link for link in links(applicant.get("/calls?phase=open").text) if link.startswith("/calls/")]
    begun = act(applicant, calls[0], f"{calls[0]}/apply", {})
    draft = begun.split("?")[0]
    act(applicant, f"{draft}/team", f"{draft}/team", {"email": "team-member@jiebang.example", "task": "访谈"})
    applicant.close()

    officer = Visitor(house.port).sign_in("programme-officer")
    act(officer, "/office/calls/new", "/office/calls/new", {"programme": "research-plan-humanities-general"})
    officer.close()

    expert = Visitor(house.port).sign_in("expert")
    for link in dict.fromkeys(links(expert.get("/reviews").text)):
        if link.startswith("/reviews/"):
            found = [form.action for form in forms(expert.get(link).text) if form.action.endswith("/accept")]
            if found:
                act(expert, link, found[0], {})
                break
    expert.close()
    return house


def act(visitor: Visitor, page: str, action: str, values: dict[str, str]) -> str:
    """Sends a form of a page; where it leads."""
    token = visitor.csrf(page)
    answer = visitor.post(action, {"csrf": token, **values})
    assert answer.status == 303, f"{action} answers {answer.status}\n{answer.text[:1500]}"
    return answer.location
