"""Each form and each upload is sent what no browser would send: the house says no, clearly, and never breaks."""

import io
import urllib.parse
import zipfile

import pytest

from crawl import ROLES, kind_of, local, pages
from house import House, copied, jiebang
from living import live_in
from visitor import Answer, Form, Visitor, forms

SCRIPT = "<script>alert(1)</script>"
WRONG = ["", SCRIPT, "../../../../etc/passwd", "-1", "9" * 40, "9223372036854775807", "\0\x01\x7f", "'; DROP TABLE fact; --", "𝕬" * 300]
BIG = 10_000_000
REFUSALS = {400, 403, 404, 405, 409, 411, 413, 415, 422, 429}

# Signing out or moving the clock would only end the others' turn.
NOT_HERE = {"/sign-out", "/account/sign-out-everywhere", "/demo/clock"}
STARTS = ("/", "/todo", "/cases", "/account", "/sign-in")


def check(answer: Answer, what: str, allowed: set[int]) -> None:
    assert answer.status < 500, f"{what} → {answer.status}"
    assert answer.status in allowed, f"{what} → {answer.status}, not one of {sorted(allowed)}"
    if answer.status >= 400:
        kind = answer.headers.get("content-type", "")
        assert "text/html" in kind or "application/json" in kind or "text/plain" in kind, f"{what}: {kind}"
        assert len(answer.text.strip()) > 10, f"{what}: {answer.status} without a word"
        if "text/html" in kind:
            assert "<h1" in answer.text, f"{what}: {answer.status} without a heading"
    if "html" in answer.headers.get("content-type", ""):
        assert SCRIPT not in answer.text, f"{what}: hostile text came back as it was"


def visit(port: int, who: str | None) -> Visitor:
    visitor = Visitor(port)
    return visitor.sign_in(who) if who else visitor


def gather(port: int, who: str | None) -> list[tuple[str, Form]]:
    """One form of each kind that this person meets, with the page it stands on."""
    visitor = visit(port, who)
    found: dict[tuple[str, str], tuple[str, Form]] = {}
    for path, html in pages(visitor, STARTS).items():
        for form in forms(html):
            for action in [form.action, *form.elsewhere]:
                target = local(action or path, path)
                if target is None or target.split("?")[0] in NOT_HERE:
                    continue
                key = (form.method, kind_of(target.split("?")[0]))
                found.setdefault(key, (path, Form(target, form.method, form.multipart, form.fields)))
    visitor.close()
    return list(found.values())


class Sender:
    """Sends forms, in ways no browser would."""

    def __init__(self, port: int, who: str | None):
        self.visitor = visit(port, who)
        self.token = self.visitor.csrf("/account" if who else "/sign-in")

    def good(self, form: Form) -> dict[str, str]:
        values = {name: value for name, (_, value) in form.fields.items()}
        values["csrf"] = self.token
        return values

    def post(self, form: Form, values: dict[str, str]) -> Answer:
        if form.multipart:
            return self.upload(form, values, b"", None)
        return self.visitor.post(form.action, values)

    def raw(self, form: Form, body: bytes, kind: str = "application/x-www-form-urlencoded") -> Answer:
        return self.visitor.send("POST", form.action, body, kind)

    def upload(self, form: Form, values: dict[str, str], content: bytes, name: str | bytes | None) -> Answer:
        mark = b"----jiebang"
        body = b""
        for field, (kind, _) in form.fields.items():
            if kind == "file":
                continue
            body += b"--" + mark + b'\r\nContent-Disposition: form-data; name="' + field.encode() + b'"\r\n\r\n'
            body += values.get(field, "").encode() + b"\r\n"
        if name is not None:
            file = next(field for field, (kind, _) in form.fields.items() if kind == "file")
            shown = name if isinstance(name, bytes) else name.encode()
            body += (b"--" + mark + b'\r\nContent-Disposition: form-data; name="' + file.encode()
                     + b'"; filename="' + shown + b'"\r\nContent-Type: application/pdf\r\n\r\n' + content + b"\r\n")
        body += b"--" + mark + b"--\r\n"
        return self.raw(form, body, "multipart/form-data; boundary=----jiebang")


def bomb() -> bytes:
    """A document of a few kilobytes that unfolds to hundreds of megabytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"\0" * 300_000_000)
    return out.getvalue()


def climbing() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document/>")
        archive.writestr("../../../etc/cron.d/x", "* * * * * root true")
    return out.getvalue()


@pytest.fixture(scope="module")
def fuzzed(city, tmp_path_factory):
    """A house of its own: what is sent here is sometimes taken."""
    house = live_in(House(copied(city, tmp_path_factory.mktemp("fuzz") / "data")).start())
    yield house
    house.stop()
    # Whatever was taken was taken whole.
    jiebang("journal", "verify", "--data", house.data)


# What each person has to meet at the least, so that a change of pages does not empty this test unseen.
LEAST = {None: 1, "applicant": 12, "programme-officer": 6, "expert": 4, "research-office": 2, "security-admin": 3}


@pytest.mark.parametrize("who", [None, *ROLES], ids=lambda who: who or "public")
def test_forms(fuzzed, who):
    port = fuzzed.port
    found = gather(port, who)
    print(f"{who}: {sorted(form.method + ' ' + form.action for _, form in found)}")
    assert sum(form.method == "post" for _, form in found) >= LEAST.get(who, 1), found
    assert who != "applicant" or any(form.multipart for _, form in found), "no upload was met"
    posts = [(path, form) for path, form in found if form.method == "post"]
    gets = [(path, form) for path, form in found if form.method == "get"]
    sender = Sender(port, who)
    for path, form in gets:
        for wrong in WRONG:
            query = urllib.parse.urlencode({name: wrong for name in form.fields if name != "csrf"})
            check(sender.visitor.get(f"{form.action.split('?')[0]}?{query}"), f"GET {form.action} with {wrong[:12]!r}",
                  {200, 303, *REFUSALS})
        check(sender.visitor.get(f"{form.action.split('?')[0]}?q=%FF%FE"), f"GET {form.action}, not UTF-8", {400})
    for path, form in posts:
        where = f"{who}: POST {form.action} (on {path})"
        good = sender.good(form)
        text = {name for name, (kind, _) in form.fields.items() if name != "csrf" and kind != "file"}
        # Forged: no token, a wrong one.
        check(sender.post(form, {**good, "csrf": ""}), f"{where} without a token", {403})
        check(sender.post(form, {**good, "csrf": "0" * 32}), f"{where} with a wrong token", {403})
        # What is not a form, what is not text, what is too much.
        check(sender.raw(form, b'{"csrf": 1}', "application/json"), f"{where} as JSON", {415})
        check(sender.raw(form, b"csrf=" + sender.token.encode() + b"&x=%FF%FE"), f"{where}, not UTF-8", {400})
        check(sender.raw(form, b"csrf=" + sender.token.encode() + b"&x=" + b"a" * (BIG if not form.multipart else 3 * BIG)),
              f"{where}, {BIG} bytes", {413})
        check(sender.raw(form, b"csrf=" + sender.token.encode() + b"&a=1" * 50_000), f"{where}, 50,000 fields", {413})
        check(sender.raw(form, b"nothing", "multipart/form-data; boundary=x"), f"{where}, no parts", {400})
        check(sender.raw(form, b"--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb", "multipart/form-data; boundary=x"),
              f"{where}, cut off", {400, 403})
        # Every field wrong in the same way.
        for wrong in WRONG:
            values = {**good, **{name: wrong for name in text}}
            check(sender.post(form, values), f"{where} with {wrong[:12]!r}", {200, 303, *REFUSALS})
        if form.multipart:
            uploads(sender, form, good, where)
    sender.visitor.close()
    # The house still stands, and its pages with whatever was taken are still whole.
    visitor = visit(port, who)
    for path, html in pages(visitor, STARTS).items():
        assert SCRIPT not in html, f"{who}: {path} shows hostile text as it was given"
    visitor.close()


def filled(form: Form, good: dict[str, str]) -> dict[str, str]:
    """Whatever else the form asks for is filled in, so that it is the file that is judged."""
    text = "（演示）与该文件无关的各项都已如实填写，仅供检验之用。"
    return {**good, **{name: text for name, (kind, _) in form.fields.items()
                       if kind in ("text", "textarea") and name != "csrf"}}


def hostile(sender: Sender, form: Form, good: dict[str, str], where: str) -> None:
    """Files that nobody may hand in: refused, each for what it is."""
    refused = {
        "a page": (f"<html>{SCRIPT}</html>".encode(), "a.pdf"),
        "a page named as text": (f"<!doctype html>{SCRIPT}".encode(), "a.txt"),
        "a drawing with script": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "a.svg"),
        "nothing": (b"", "a.pdf"),
        "a program": (b"\x7fELF" + b"\0" * 64, "a.pdf"),
        "a zip bomb": (bomb(), "a.docx"),
        "a climbing archive": (climbing(), "a.docx"),
        "half an archive": (climbing()[:80], "a.docx"),
        "macros": (b"PK\x03\x04", "a.docm"),
    }
    for what, (content, name) in refused.items():
        check(sender.upload(form, good, content, name), f"{where}: {what}", {422})


def uploads(sender: Sender, form: Form, good: dict[str, str], where: str) -> None:
    good = filled(form, good)
    hostile(sender, form, good, where)
    check(sender.upload(form, good, b"a" * (21 << 20), "a.txt"), f"{where}: 21 MiB", {413, 422})
    check(sender.upload(form, good, b"text", b"\xff\xfe.txt"), f"{where}: a name that is not UTF-8", {400, 422})
    # Names that would lead elsewhere are taken as names only, or not at all.
    for number, name in enumerate(["../../etc/passwd.txt", "..\\..\\x.txt", "/etc/x.txt", "a\0b.txt", "．．／x.txt",
                                   f"{SCRIPT}.txt", "a" * 300 + ".txt", "con.txt", ".txt"]):
        check(sender.upload(form, good, f"text {number}".encode(), name), f"{where}: named {name[:20]!r}",
              {303, 400, 422, 429})
