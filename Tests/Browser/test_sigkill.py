"""A kill in the middle of submissions loses nothing that was answered with success."""

import os
import random
import sqlite3
import threading
import time
from contextlib import closing

from house import House, jiebang, seeded
from visitor import Visitor, forms

# The demo prepares so many drafts, ready to be submitted, each by a person of its own.
SUBMISSIONS = int(os.environ.get("JIEBANG_SUBMISSIONS", "1000"))
WINDOWS = 4
# Which kill it is is random on purpose; the seed is printed, so that one that finds something can be had again.
SEED = int(os.environ.get("JIEBANG_SEED", str(random.SystemRandom().randrange(1 << 32))))


class Crowd:
    """Applicants, each with a session and a draft; shared by the windows that submit."""

    def __init__(self, people: list[tuple[str, str]]):
        # (person, draft) pairs that nobody has taken yet.
        self.waiting = list(people)
        self.acknowledged: dict[str, str] = {}
        self.unanswered: set[str] = set()
        self.lock = threading.Lock()
        self.troubles: list[str] = []

    def submit(self, house: House) -> None:
        visitor = Visitor(house.port)
        while True:
            with self.lock:
                if not self.waiting:
                    return
                person, draft = self.waiting.pop()
            try:
                visitor.cookies.clear()
                visitor.sign_in(person)
                address = f"/drafts/{draft}/submit"
                fields = next(form.fields for form in forms(visitor.get(address).text) if "content" in form.fields)
                with self.lock:
                    self.unanswered.add(draft)
                answer = visitor.post(address, {
                    "csrf": fields["csrf"][1], "content": fields["content"][1], "commit": "yes"})
                with self.lock:
                    self.unanswered.discard(draft)
                    if answer.status == 303 and answer.location.startswith(f"/cases/{draft}/receipt"):
                        self.acknowledged[draft] = person
                    else:
                        self.troubles.append(f"{draft}: {answer.status} {answer.text[:400]}")
            except Exception as error:  # noqa: BLE001 — the connection dies with the house
                with self.lock:
                    if draft not in self.unanswered:
                        self.waiting.append((person, draft))
                if house not in House.running:
                    return
                visitor.close()
                if not isinstance(error, (OSError, AssertionError)) and "http" not in type(error).__module__:
                    raise


def submit_all(house: House, crowd: Crowd, kill_at: int | None, chance: random.Random) -> None:
    threads = [threading.Thread(target=crowd.submit, args=(house,), daemon=True) for _ in range(WINDOWS)]
    for thread in threads:
        thread.start()
    while kill_at is not None and any(thread.is_alive() for thread in threads):
        if len(crowd.acknowledged) >= kill_at:
            time.sleep(chance.random() * 0.03)
            house.kill()
            break
        time.sleep(0.002)
    for thread in threads:
        thread.join(timeout=120)
        assert not thread.is_alive()


def test_nothing_acknowledged_is_lost(tmp_path):
    chance = random.Random(SEED)
    print(f"JIEBANG_SEED={SEED} JIEBANG_SUBMISSIONS={SUBMISSIONS}")
    data = seeded(tmp_path / "data", "--demo-drafts", str(SUBMISSIONS))
    house = House(data).start()
    everybody = drafts(house)
    assert len(everybody) == SUBMISSIONS
    crowd = Crowd(everybody)
    kill_at = chance.randrange(SUBMISSIONS // 5, SUBMISSIONS * 4 // 5)
    submit_all(house, crowd, kill_at, chance)
    assert not crowd.troubles, "\n".join(crowd.troubles[:5])
    answered = dict(crowd.acknowledged)
    assert kill_at <= len(answered) < SUBMISSIONS

    jiebang("journal", "verify", "--data", data)
    house = House(data).start()
    try:
        lost = [draft for draft, person in answered.items() if not received(house, person, draft)]
        assert not lost, f"{len(lost)} of {len(answered)} acknowledged submissions are gone: {lost[:5]}"
        # What got no answer was taken whole, or not at all; then it can be submitted still.
        left = [(person, draft) for person, draft in everybody if draft not in answered]
        whole = {draft: person for person, draft in left if received(house, person, draft)}
        assert set(whole) <= crowd.unanswered, "a submission is there that nobody sent"
        assert sorted(draft for _, draft in drafts(house)) == sorted(
            draft for _, draft in left if draft not in whole)
        crowd.acknowledged |= whole
        crowd.waiting = [(person, draft) for person, draft in left if draft not in whole]
        crowd.unanswered.clear()
        submit_all(house, crowd, None, chance)
        assert not crowd.troubles, "\n".join(crowd.troubles[:5])
        assert len(crowd.acknowledged) == SUBMISSIONS
    finally:
        house.stop()
    jiebang("journal", "verify", "--data", data)


def drafts(house: House) -> list[tuple[str, str]]:
    """People with drafts of the open round that wait to be submitted, read from the database beside the house."""
    with closing(sqlite3.connect(f"file:{house.data}/jiebang.sqlite?mode=ro", uri=True)) as database:
        return database.execute(
            """
            SELECT draft.owner, draft.id FROM draft JOIN call ON call.id = draft.call
            WHERE NOT draft.submitted AND call.programme = 'research-plan-humanities-general' ORDER BY draft.id
            """).fetchall()


def received(house: House, person: str, draft: str) -> bool:
    visitor = Visitor(house.port).sign_in(person)
    answer = visitor.get(f"/cases/{draft}/receipt")
    visitor.close()
    return answer.status == 200
