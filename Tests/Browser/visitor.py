"""A visitor without a browser: plain HTTP, cookies, and the forms and links of a page."""

import http.client
import urllib.parse
from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def location(self) -> str:
        return self.headers.get("location", "")


@dataclass
class Form:
    action: str
    method: str
    multipart: bool
    # Name → (kind, first value); kinds are those of HTML, "select" and "textarea".
    fields: dict[str, tuple[str, str]] = field(default_factory=dict)
    # Other addresses its buttons send it to.
    elsewhere: list[str] = field(default_factory=list)


class _Page(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._form: Form | None = None
        self._text: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        if tag == "form":
            self._form = Form(
                given.get("action") or "", (given.get("method") or "get").lower(),
                given.get("enctype") == "multipart/form-data")
            self.forms.append(self._form)
        if self._form is None:
            return
        name = given.get("name")
        if tag == "button" and given.get("formaction"):
            self._form.elsewhere.append(given["formaction"])
        if not name:
            return
        fields = self._form.fields
        kind = given.get("type") or "text"
        if tag == "input" and kind in ("radio", "checkbox"):
            if name not in fields or "checked" in given:
                fields[name] = (kind, given.get("value") or "on")
        elif tag == "input":
            fields.setdefault(name, (kind, given.get("value") or ""))
        elif tag == "textarea":
            fields.setdefault(name, ("textarea", ""))
            self._text = name
        elif tag == "select":
            fields.setdefault(name, ("select", ""))
            self._select = name
        elif tag == "button":
            fields.setdefault(name, ("button", given.get("value") or ""))
        if tag == "option" and self._select:
            pass

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)

    def handle_data(self, data):
        if self._text and self._form:
            kind, value = self._form.fields[self._text]
            self._form.fields[self._text] = (kind, (value + data).lstrip("\n"))

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._text = None
        elif tag == "select":
            self._select = None


def forms(html: str) -> list[Form]:
    page = _Page()
    page.feed(html)
    return page.forms


def links(html: str) -> list[str]:
    page = _Page()
    page.feed(html)
    return page.links


class Visitor:
    """One connection and one set of cookies. Redirects are not followed."""

    def __init__(self, port: int, timeout: float = 30):
        self.port = port
        self.timeout = timeout
        self.cookies: dict[str, str] = {}
        self._connection: http.client.HTTPConnection | None = None

    def sign_in(self, key: str) -> "Visitor":
        answer = self.get(f"/demo/sign-in/{key}")
        assert answer.status == 303, f"signing in as {key} answers {answer.status}"
        return self

    def get(self, path: str) -> Answer:
        return self.send("GET", path)

    def post(self, path: str, fields: dict[str, str] | list[tuple[str, str]]) -> Answer:
        body = urllib.parse.urlencode(fields).encode()
        return self.send("POST", path, body, "application/x-www-form-urlencoded")

    def send(self, method: str, path: str, body: bytes | None = None, kind: str | None = None) -> Answer:
        headers = {}
        if kind:
            headers["Content-Type"] = kind
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        for attempt in (1, 2):
            connection = self._connection
            is_new = connection is None
            if connection is None:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
                self._connection = connection
            try:
                try:
                    connection.request(method, path, body, headers)
                except (BrokenPipeError, ConnectionResetError):
                    # The server may answer and close before it has read all of a body that is too large.
                    if body is None or len(body) < 1 << 18:
                        raise
                response = connection.getresponse()
                answer = Answer(
                    response.status, {name.lower(): value for name, value in response.getheaders()},
                    response.read())
                for name, value in response.getheaders():
                    if name.lower() == "set-cookie":
                        key, _, rest = value.partition("=")
                        self.cookies[key] = rest.partition(";")[0]
                if answer.headers.get("connection", "").lower() == "close":
                    self.close()
                return answer
            except (http.client.HTTPException, OSError):
                self.close()
                # A kept connection may have been closed meanwhile. Only what changes nothing is asked again.
                if is_new or attempt == 2 or method != "GET":
                    raise
        raise AssertionError("unreachable")

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def csrf(self, path: str = "/calls") -> str:
        for form in forms(self.get(path).text):
            if "csrf" in form.fields:
                return form.fields["csrf"][1]
        raise AssertionError(f"no form of {path} carries a token")
