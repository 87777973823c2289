"""A draw by lot in three people's hands, repeated by somebody who has the public page and Python, and nothing else."""

import hashlib
import subprocess
import sys
import urllib.request

from house import jiebang
from letting import somebody

OWN_UNIVERSITY, OTHER_UNIVERSITY = "10011", "10005"
SOURCE = "双色球2026068期"


def taken(desk, name, folder):
    """The file of this name from the page, as anybody downloads it."""
    with desk.page.expect_download() as download:
        desk.page.get_by_role("link", name=name, exact=True).click()
    path = folder / name
    download.value.save_as(path)
    return path


def move_clock(desks, house, text):
    desk = desks(house, "system-admin")
    desk.go("/demo")
    form = desk.page.locator('form[action="/demo/clock"]:has([name="to"])')
    desk.fill(form, {"to": text})
    desk.press(form)


def test_an_auditor_verifies_a_draw_from_the_public_page_only(own_house, desks, axe, tmp_path):
    leader = desks(own_house, "commission-leader")
    leader.go("/draws")
    axe(leader.page)
    leader.send("/draws", {"purpose": "panel", "title": "六月专家组抽取", "places": "3", "alternates": "2"})
    draw = leader.path

    officer = desks(own_house, "programme-officer")
    officer.go("/todo")
    officer.reads("六月专家组抽取")
    officer.go(draw)
    axe(officer.page)
    officer.send("/keep", {"source-1": SOURCE, "kind-1": "sorted", "count-1": "6", "not-before": "2026-06-11T21:30"})
    officer.reads("名单、名额与随机来源已冻结并公开")

    public = desks(own_house, None)
    public.go(draw)
    digest = public.page.locator(".hash").first.text_content().strip()
    commitment = taken(public, "commitment.json", tmp_path)
    assert hashlib.sha256(commitment.read_bytes()).hexdigest() == digest

    third = desks(own_house, "integrity")
    third.go(draw)
    assert third.page.locator('form[action$="/hold"]').count() == 0, "the sources have not spoken"
    move_clock(desks, own_house, "2026-06-12T09:00")
    third.go(draw)
    third.send("/hold", {"value-0": "28 07 13 31 02"}, status=422)
    third.send("/hold", {"value-0": "28 07 13 31 02 19"})
    third.reads("抽取完成")

    public.go("/draws")
    public.page.get_by_role("link", name="六月专家组抽取").click()
    axe(public.page)
    transcript = taken(public, "transcript.json", tmp_path)
    script = taken(public, "verify_draw.py", tmp_path)
    proof = taken(public, "commitment.tlog-proof", tmp_path)
    with urllib.request.urlopen(f"{own_house.base}/journal/key", timeout=30) as key:
        assert digest in jiebang("journal", "check", proof, "--key", key.read().decode().strip()).stdout
    run = subprocess.run([sys.executable, "-I", script, transcript, digest], capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "2.7.13.19.28.31./" in run.stdout

    transcript.write_text(transcript.read_text().replace('"drawn"', '"alternate"', 1))
    bent = subprocess.run([sys.executable, "-I", script, transcript, digest], capture_output=True, timeout=60)
    assert bent.returncode == 1


def promise(desk, draw):
    """Makes a secret in the browser as an office does, keeps it, and registers its hash."""
    desk.go(draw)
    form = desk.form("/promise")
    with desk.page.expect_download() as download:
        form.locator("[data-make-secret]").click()
    secret = desk.page.locator("#own-secret")
    secret.wait_for()
    assert form.get_by_role("link", name="下载秘密数").is_visible(), "for whoever lost the file"
    kept = download.value.path().read_text().strip()
    assert kept == secret.input_value() and len(kept) == 64
    sent = []
    desk.page.on("request", lambda request: sent.append(request.post_data or ""))
    desk.send("/promise")
    desk.reads("承诺已写入日志")
    assert any("hash=" in body for body in sent) and not any(kept in body for body in sent), "the secret stays here"
    return kept


def test_two_universities_give_chance_in_place_of_a_lottery(own_house, desks, axe, tmp_path):
    leader = desks(own_house, "commission-leader")
    leader.go("/draws")
    leader.send("/draws", {"purpose": "panel", "title": "高校提供随机数的抽取", "places": "3", "alternates": "1"})
    draw = leader.path

    officer = desks(own_house, "programme-officer")
    officer.go(draw)
    officer.page.locator("summary", has_text="请高校提供随机数").click()
    form = officer.form("/invite")
    for code in (OWN_UNIVERSITY, OTHER_UNIVERSITY):
        form.locator(f'[name="party"][value="university-{code}"]').check()
    officer.send("/invite", {"quorum": "2", "opening-hours": "24", "until": "2026-06-10T17:00"})
    axe(officer.page)

    office = desks(own_house, "research-office")
    other = desks(own_house, somebody(own_house, "research-office", OTHER_UNIVERSITY))
    office.go("/todo")
    office.reads("为抽取提供随机数承诺", "高校提供随机数的抽取")
    axe(office.go(draw))
    secrets = [promise(office, draw), promise(other, draw)]
    officer.go(draw)
    officer.send("/keep", {"not-before": "2026-06-11T21:30"})
    for desk, secret in zip([office, other], secrets):
        desk.go(draw)
        desk.send("/open", {"secret": "0" * 64}, status=422)
        desk.reads("不是", "承诺时的秘密数")
        desk.send("/open", {"secret": secret})
        desk.reads("秘密数与承诺相符")

    move_clock(desks, own_house, "2026-06-12T09:00")
    third = desks(own_house, "integrity")
    third.go(draw)
    third.send("/hold")
    third.reads("抽取完成")
    public = desks(own_house, None)
    axe(public.go(draw))
    public.reads(*secrets)
    transcript = taken(public, "transcript.json", tmp_path)
    script = taken(public, "verify_draw.py", tmp_path)
    run = subprocess.run([sys.executable, "-I", script, transcript], capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stdout + run.stderr
    assert all(secret in run.stdout for secret in secrets)
